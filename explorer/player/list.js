// @ts-check
// The list of what happened, beside the stage: only the rows in view exist. It keeps in step with the clock until
// somebody scrolls; the switch "following" brings it back.

import { element, grouped } from '../widgets/dom.js'
import { ROW_PX, heightOf, listItem } from './list_item.js'
import { ListFilter } from './list_filter.js'
import { ListRows } from './list_rows.js'
import { counted } from './words.js'

// Where in the view the current row is brought to, and how far it may stray from there.
const WANTED_SHARE = 0.4
const NOTHING = 'There is nothing to list: moves and screenshots are not.'
const NOTHING_LEFT = 'Nothing passes the filter.'
const STRAY_SHARES = [0.12, 0.8]

/**
 * @typedef {object} Asked
 * @property {(t_us: number) => void} seek
 * @property {(item: any, filter: {kinds: Set<string> | null, text: string}) => boolean} matches
 * @property {(items: any[], t_us: number) => number} itemAt
 */

/** @typedef {{kinds: string[], from_us: number, to_us: number}} Found rows of a finding */

export class EventList {
  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked
    this.all = /** @type {any[]} */ ([])
    this.items = /** @type {any[]} */ ([])
    this.opened = new Map()
    this.current = -1
    this.chosen = -1 // of items that begin together, the one that somebody went to
    this.isFollowing = true
    this.found = /** @type {Found | null} */ (null)
    this.filter = new ListFilter(() => this.refilter())
    this.following = element('button', 'toggle', { type: 'button', 'aria-pressed': 'true' }, 'following')
    this.following.onclick = () => this.follow(!this.isFollowing)
    this.count = element('span', 'count')
    this.body = element('ol', 'body')
    this.empty = element('p', 'empty', {}, 'Loading…')
    this.scroller = element('div', 'scroller', { tabindex: '0', role: 'region', 'aria-label': 'Events' }, this.body)
    this.root = element('div', 'list', {}, element('div', 'bar', {}, this.filter.text, this.filter.kinds,
      this.following), element('div', 'counts', {}, this.count), this.scroller, this.empty)
    this.rows = new ListRows(this.scroller, this.body, (place) => this.build(place))
    this.listen()
  }

  listen() {
    this.scroller.onscroll = () => this.rows.draw()
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
    const placed = (/** @type {any} */ step, /** @type {number} */ at) => [step.step, { ...step, place: at + 1 }]
    this.steps = new Map(about.steps.map(placed))
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
    this.count.textContent = this.counted()
    this.empty.textContent = this.items.length ? '' : this.all.length ? NOTHING_LEFT : this.isWhole ? NOTHING : 'Loading…'
    this.measure()
    this.current = this.chosen = -1
    this.at(this.t_us ?? 0)
    this.rows.draw()
  }

  counted() {
    if (!this.all.length && !this.isWhole) return '…'
    const items_n = this.items.length
    return this.filter.isEmpty ? counted(items_n, 'event') : `${grouped(items_n)} of ${counted(this.all.length, 'event')}`
  }

  measure() {
    this.rows.measure(this.items.map((item) => this.opened.get(keyOf(item)) ?? heightOf(this.stepOf(item))))
  }

  resized() {
    this.rows.draw()
    this.bring()
  }

  /** @param {any} item */
  stepOf(item) {
    return item.kind === 'step' ? this.steps?.get(item.step) : null
  }

  /** @param {number} place */
  build(place) {
    const item = this.items[place]
    const row = listItem(item, { place, items_n: this.items.length, isOpen: this.opened.has(keyOf(item)),
      isSteps: this.isSteps === true, step: this.stepOf(item) })
    this.markRow(row, place)
    return row
  }

  /** @param {HTMLElement} row @param {number} place */
  markRow(row, place) {
    row.classList.toggle('current', place === this.current)
    row.classList.toggle('found', this.isFound(place))
    const go = /** @type {HTMLElement} */ (row.querySelector('.go'))
    if (place === this.current) go.setAttribute('aria-current', 'true')
    else go.removeAttribute('aria-current')
  }

  /** Point out the rows of a finding; null: none. @param {Found | null} found */
  setFound(found) {
    this.found = found
    for (const [place, row] of this.rows.rows) this.markRow(row, place)
  }

  /** @param {number} place */
  isFound(place) {
    const { found, items } = this
    if (!found) return false
    const { kind, start_us, end_us } = items[place]
    if (found.kinds.includes(kind)) return start_us <= found.to_us && end_us >= found.from_us
    return !found.kinds.length && place === this.asked.itemAt(items, found.from_us)
  }

  /**
   * The clock stands here.
   * @param {number} t_us
   */
  at(t_us) {
    this.t_us = t_us
    const isThere = Math.abs(this.items[this.chosen]?.start_us - t_us) < 1
    const place = isThere ? this.chosen : this.asked.itemAt(this.items, t_us)
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
    const top_px = this.rows.top(this.current)
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
    else if (target.closest('.go')) this.go(place)
  }

  /** Go to where an item begins. @param {number} place */
  go(place) {
    this.chosen = place
    this.asked.seek(this.items[place].start_us)
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
    this.rows.draw()
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
    this.go(Math.min(this.items.length - 1, Math.max(0, this.current + by)))
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
