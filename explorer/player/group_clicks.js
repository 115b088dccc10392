// @ts-check
// Clicks and drags of the list: what a button did from its press to its release is one item. Pure.

import { baseItem, counted } from './group_runs.js'

/** @typedef {import('./grouping.js').Item} Item */
/** @typedef {import('./group_runs.js').Place} Place */

// The clicks of a double click that is a row of its own lie at most this far before it.
const DOUBLE_US = 1_000_000

export class Clicks {
  constructor() {
    /** @type {Map<string, Place>} where buttons went down */
    this.downs = new Map()
    /** @type {Map<Item, {button: string, clicks_n: number}>} the last two clicks, oldest first */
    this.told = new Map()
  }

  /** @param {Place} place */
  down(place) {
    this.downs.set(place.detail.button ?? '', place)
  }

  /**
   * @param {Item} item
   * @param {string} button
   * @param {number} clicks_n
   */
  tell(item, button, clicks_n) {
    this.told.delete(item)
    this.told.set(item, { button, clicks_n })
    if (this.told.size > 2) this.told.delete(/** @type {Item} */ (this.told.keys().next().value))
  }

  /**
   * Time at which the button of an event went down; a source that tells no button had only one.
   * @param {Place} place
   */
  startOf({ t_us, detail }) {
    const name = this.downs.has(detail.button ?? '') ? detail.button ?? '' : ''
    const down = this.downs.get(name)
    this.downs.delete(name)
    return down?.t_us ?? t_us
  }

  /**
   * Item of a click; null when it went on in the item before, which became a double click.
   * @param {string} kind
   * @param {Place} place
   * @param {Item | undefined} last
   */
  clicked(kind, place, last) {
    const { button = 'left', clicks_n = 1, command } = place.detail
    const start_us = this.startOf(place)
    const before = last && this.told.get(last)
    if (last && before && clicks_n > 1 && before.button === button && before.clicks_n === clicks_n - 1) {
      Object.assign(last, clickWords(button, clicks_n, last.element ?? place.element), { end_us: place.t_us, n: last.n + 1 })
      this.tell(last, button, clicks_n)
      return null
    }
    const touched = { kind: 'click', label: named('touched', place.element) }
    const words = kind === 'touch_start' ? touched : clickWords(button, clicks_n, place.element)
    const item = /** @type {Item} */ ({ ...baseItem(place), ...words, start_us, detail: command ?? '' })
    this.tell(item, button, clicks_n)
    return item
  }

  /**
   * Item of a double click; the clicks that it is made of are taken away from the end of the items.
   * @param {Item[]} items
   * @param {Place} place
   */
  doubled(items, place) {
    const { button = 'left' } = place.detail
    const own = []
    let clicks_n = 0
    for (let last = items[items.length - 1]; last && clicks_n < 2; last = items[items.length - 1]) {
      const told = this.told.get(last)
      if (!told || told.button !== button || place.t_us - last.end_us > DOUBLE_US) break
      clicks_n += told.clicks_n
      own.unshift(last)
      items.pop()
    }
    const first = own[0] ?? { ...baseItem(place), start_us: this.startOf(place), detail: place.detail.command ?? '', n: 0 }
    const element = first.element ?? place.element
    const n = own.reduce((sum, item) => sum + item.n, 1)
    const item = { ...first, ...clickWords(button, Math.max(2, clicks_n), element), end_us: place.t_us, n, element }
    this.tell(item, button, Math.max(2, clicks_n))
    return item
  }

  /**
   * Item of a drag, from where the button went down.
   * @param {Place} place
   * @param {{x: number, y: number}} from
   * @returns {Item}
   */
  dragged(place, { x, y }) {
    const down_us = this.startOf(place)
    const { start_us = down_us, end_us = place.t_us, end_x, end_y } = place.detail
    const far = end_x === undefined || end_y === undefined ? '' : counted(Math.round(Math.hypot(end_x - x, end_y - y)), 'px')
    const isNamed = Boolean(place.element?.name)
    const label = isNamed ? named('dragged', place.element) : ['dragged', far].filter(Boolean).join(' ')
    return { ...baseItem(place), kind: 'drag', start_us, end_us, label, detail: isNamed ? far : '' }
  }
}

/**
 * Words with the name of what they happened to.
 * @param {string} words
 * @param {Place['element']} element
 */
export function named(words, element) {
  return element?.name ? `${words} "${element.name}"` : words
}

/**
 * Kind and label of a click.
 * @param {string} button
 * @param {number} clicks_n
 * @param {Place['element']} element
 * @returns {{kind: Item['kind'], label: string}}
 */
function clickWords(button, clicks_n, element) {
  const kind = button === 'right' ? 'right_click' : clicks_n > 1 ? 'double_click' : 'click'
  const times = ['click', 'click', 'double click', 'triple click'][clicks_n] ?? `click ${clicks_n} times`
  return { kind, label: named(button === 'left' ? times : `${button} ${times}`, element) }
}
