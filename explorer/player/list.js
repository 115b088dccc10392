// @ts-check
// The list of what happened, beside the stage: only the rows in view exist. It keeps in step with the clock until
// somebody scrolls; the switch "following" brings it back.

import { element, grouped } from '../widgets/dom.js'
import { ROW_PX, heightOf, listItem } from './list_item.js'
import { ListFilter } from './list_filter.js'
import { counted } from './words.js'

const SPARE_PX = 240
// Where in the view the current row is brought to, and how far it may stray from there.
const WANTED_SHARE = 0.4
const STRAY_SHARES = [0.12, 0.8]

/**
 * @typedef {object} Asked
 * @property {(t_us: number) => void} seek
 * @property {() => void} close the drawer
 * @property {(item: any, filter: {kinds: Set<string> | null, text: string}) => boolean} matches
 * @property {(items: any[], t_us: number) => number} itemAt
 */

export class EventList {
  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked
    this.all = /** @type {any[]} */ ([])
    this.items = /** @type {any[]} */ ([])
    this.tops = new Float64Array(1)
    this.opened = new Map()
    this.rows = new Map()
    this.current = -1
    this.isFollowing = true
    this.filter = new ListFilter(() => this.refilter())
    this.following = element('button', 'toggle', { type: 'button', 'aria-pressed': 'true' }, 'following')
    this.following.onclick = () => this.follow(!this.isFollowing)
    this.count = element('span', 'count')
    const close = element('button', 'button close', { type: 'button', 'aria-label': 'Close the list' }, '×')
    close.onclick = () => asked.close()
    this.body = element('ol', 'body')
    this.empty = element('p', 'empty', {}, 'Loading…')
    this.scroller = element('div', 'scroller', { tabindex: '0', role: 'region', 'aria-label': 'Events' }, this.body)
    this.root = element('aside', 'list', { 'aria-label': 'Events' }, element('div', 'bar', {}, this.filter.text, this.filter.kinds,
      this.following, close), element('div', 'counts', {}, this.count), this.scroller, this.empty)
    this.listen()
  }

  listen() {
    this.scroller.onscroll = () => this.draw()
    // Only a person does these; scrolling by the clock does not.
    for (const name of ['wheel', 'touchmove']) this.scroller.addEventListener(name, () => this.follow(false), { passive: true })
    this.scroller.onpointerdown = (event) => {
      if (event.target === this.scroller && event.offsetX >= this.scroller.clientWidth) this.follow(false)
    }
    this.scroller.onkeydown = (event) => this.keyed(event)
    this.body.onclick = (event) => this.clicked(event)
    this.watch = new ResizeObserver(() => this.resized())
    this.watch.observe(this.scroller)
  }

  /** @param {any} about */
  open(about) {
    this.isSteps = about.axis === 'step'
    this.steps = new Map(about.steps.map((/** @type {any} */ step, /** @type {number} */ at) => [step.step, { ...step, place: at + 1 }]))
    this.opened.clear()
    this.filter.reset()
    this.t_us = 0
    this.current = -1
    this.scroller.scrollTop = 0
    this.follow(true)
    this.show([], false)
  }

  /**
   * Show items in the order of time; `isWhole` when no more will come.
   * @param {any[]} items
   * @param {boolean} isWhole
   */
  show(items, isWhole) {
    this.all = items
    this.isWhole = isWhole
    this.filter.offer(items)
    this.refilter()
  }

  refilter() {
    const { filter } = this
    this.items = filter.isEmpty ? this.all : this.all.filter((item) => this.asked.matches(item, filter.wanted))
    const loading = this.all.length || this.isWhole ? '' : '…'
    this.count.textContent = loading || (filter.isEmpty ? counted(this.items.length, 'event') : `${grouped(this.items.length)} of ${grouped(this.all.length)} events`)
    const why = this.all.length ? 'Nothing passes the filter.' : this.isWhole ? 'There is nothing to list: moves and screenshots are not.' : 'Loading…'
    this.empty.textContent = this.items.length ? '' : why
    this.measure()
    this.current = -1
    this.at(this.t_us ?? 0)
    this.draw()
  }

  measure() {
    this.tops = new Float64Array(this.items.length + 1)
    this.items.forEach((item, place) => {
      this.tops[place + 1] = this.tops[place] + (this.opened.get(keyOf(item)) ?? heightOf(this.stepOf(item)))
    })
    this.body.style.height = `${this.tops[this.items.length]}px`
    for (const row of this.rows.values()) row.remove()
    this.rows.clear()
  }

  resized() {
    this.draw()
    this.bring()
  }

  draw() {
    const from_px = this.scroller.scrollTop - SPARE_PX
    const to_px = this.scroller.scrollTop + this.scroller.clientHeight + SPARE_PX
    const first = this.placeAt(from_px)
    let end = first
    while (end < this.items.length && this.tops[end] < to_px) end += 1
    for (const [place, row] of this.rows) {
      if (place >= first && place < end) continue
      row.remove()
      this.rows.delete(place)
    }
    for (let place = first; place < end; place += 1) if (!this.rows.has(place)) this.addRow(place)
  }

  /** @param {any} item */
  stepOf(item) {
    return item.kind === 'step' ? this.steps?.get(item.step) : null
  }

  /** @param {number} px */
  placeAt(px) {
    let [low, high] = [0, this.items.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.tops[middle + 1] <= px) low = middle + 1
      else high = middle
    }
    return low
  }

  /** @param {number} place */
  addRow(place) {
    const item = this.items[place]
    const row = listItem(item, { place, items_n: this.items.length, isOpen: this.opened.has(keyOf(item)),
      isSteps: this.isSteps === true, step: this.stepOf(item) })
    if (!row.classList.contains('open')) row.style.height = `${this.tops[place + 1] - this.tops[place]}px`
    row.style.transform = `translateY(${this.tops[place]}px)`
    row.dataset.place = String(place)
    this.markRow(row, place)
    const later = [...this.rows.keys()].filter((other) => other > place).sort((a, b) => a - b)[0]
    this.body.insertBefore(row, later === undefined ? null : this.rows.get(later))
    this.rows.set(place, row)
  }

  /** @param {HTMLElement} row @param {number} place */
  markRow(row, place) {
    row.classList.toggle('current', place === this.current)
    const go = /** @type {HTMLElement} */ (row.querySelector('.go'))
    if (place === this.current) go.setAttribute('aria-current', 'true')
    else go.removeAttribute('aria-current')
  }

  /**
   * The clock stands here.
   * @param {number} t_us
   */
  at(t_us) {
    this.t_us = t_us
    const place = this.asked.itemAt(this.items, t_us)
    if (place === this.current) return
    const before = this.rows.get(this.current)
    this.current = place
    if (before) this.markRow(before, Number(before.dataset.place))
    const now = this.rows.get(place)
    if (now) this.markRow(now, place)
    this.bring()
  }

  /** Bring the current row into view, while following. */
  bring() {
    const view_px = this.scroller.clientHeight
    if (!this.isFollowing || !view_px) return
    const top_px = this.tops[Math.max(0, this.current)]
    const share = (top_px - this.scroller.scrollTop) / view_px
    if (share < STRAY_SHARES[0] || share > STRAY_SHARES[1]) this.scroller.scrollTop = Math.max(0, top_px - WANTED_SHARE * view_px)
  }

  /** @param {boolean} isFollowing */
  follow(isFollowing) {
    if (isFollowing === this.isFollowing) return
    this.isFollowing = isFollowing
    this.following.setAttribute('aria-pressed', String(isFollowing))
    this.bring()
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const row = /** @type {HTMLElement | null} */ (target.closest('.item'))
    if (!row) return
    const place = Number(row.dataset.place)
    if (target.closest('.more')) this.toggle(place)
    else if (target.closest('.go')) this.asked.seek(this.items[place].start_us)
  }

  /**
   * Open an item, or close it: its height is what its words need.
   * @param {number} place
   */
  toggle(place) {
    const item = this.items[place]
    const key = keyOf(item)
    if (this.opened.delete(key)) return this.redraw()
    this.opened.set(key, ROW_PX)
    this.redraw()
    const row = this.rows.get(place)
    if (row) this.opened.set(key, Math.max(heightOf(this.stepOf(item)), row.offsetHeight))
    return this.redraw()
  }

  redraw() {
    this.measure()
    this.draw()
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    if (['PageUp', 'PageDown'].includes(event.key)) this.follow(false)
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!by || !this.items.length) return
    event.preventDefault()
    event.stopPropagation()
    this.follow(true)
    this.asked.seek(this.items[Math.min(this.items.length - 1, Math.max(0, this.current + by))].start_us)
  }

  stop() {
    this.watch?.disconnect()
    this.filter.stop()
    this.all = this.items = []
  }
}

/** What tells an item from all others, also after the list was made anew. @param {any} item */
function keyOf({ kind, row, start_us }) {
  return `${kind} ${row} ${start_us}`
}
