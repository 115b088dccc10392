// @ts-check
// The items of one chunk: what its rows mean to a reader. Moves, releases and modifiers alone mean nothing here. Pure.

import { Clicks, named } from './group_clicks.js'
import { baseItem, itemOfRun, scrolled, scrolledOn, shownText, counted, typedKey, typedOn, typedText } from './group_runs.js'
import { chipLabel, isTyping } from './key_names.js'

/** @typedef {import('./session.js').Indexed} Indexed */
/** @typedef {import('./grouping.js').Item} Item */
/** @typedef {import('./group_runs.js').Place} Place */
/** @typedef {import('./group_runs.js').Typing} Typing */
/** @typedef {import('./group_runs.js').Scrolling} Scrolling */
/** @typedef {Typing | Scrolling} Run */

/** A run with the item that was made of it. @typedef {{run: Run, item: Item}} Told */
/** Items of a chunk in the order they ended. `head` is the run that it began with, `tail` the one that was open at its
 * end; `isQuiet` when nothing in it ends a run of the chunk before.
 * @typedef {{items: Item[], head: Told | null, tail: Told | null, isQuiet: boolean}} Grouped
 */

const OTHER_GAP_US = 1_000_000
// Rows that mean nothing to a reader.
const SILENT = new Set(['key_up', 'mouse_up', 'touch_move', 'touch_end'])
const COPIES = { clipboard_copy: 'copied', clipboard_cut: 'cut', clipboard_paste: 'pasted' }
const OTHERS = { task_end: 'task ended', display_change: 'display changed', ui_element: 'element', custom: 'other event' }

/**
 * @param {Indexed} indexed
 * @param {string | null} [os]
 * @returns {Grouped}
 */
export function groupChunk({ chunk, first_row }, os) {
  const { event_rows, refs, header, kind, t, base_us } = chunk
  const group = new ChunkGroup(os ?? null)
  const { windows } = header
  const isSilent = header.kinds.map((name) => SILENT.has(name))
  let at_window = 0
  for (let at = 0; at < event_rows.length; at += 1) {
    const row = event_rows[at]
    if (isSilent[kind[row]]) continue
    while (at_window + 1 < windows.length && windows[at_window + 1][0] <= row) at_window += 1
    const [window_row, app = null, title = null, url = null] = windows[at_window] ?? [-1]
    const detail = header.details[refs[at]]
    const place = { t_us: base_us + t[row], row: first_row + row, detail, app, title, element: detail.element ?? null }
    const isChange = window_row === row && at_window > 0
    const before = isChange ? windows[at_window - 1] : null
    const x_y = { x: chunk.x[row], y: chunk.y[row] }
    const isNext = header.kinds[kind[event_rows[at + 1]] ?? 0] === 'shortcut'
    const isOfShortcut = isNext && header.details[refs[at + 1]].derived === true
    group.take(header.kinds[kind[row]], place, { url, before, ...x_y, isOfShortcut })
  }
  return group.finish()
}

/**
 * @typedef {{
 *   url: string | null, before: import('./events.js').WindowEntry | null, x: number, y: number, isOfShortcut: boolean,
 * }} Beside before: the window before the one that this row brought
 */

class ChunkGroup {
  /** @param {string | null} os */
  constructor(os) {
    this.os = os
    /** @type {Item[]} */
    this.items = []
    this.clicks = new Clicks()
    /** @type {Run | null} the run that is open: its item comes when it ends */
    this.run = null
    /** @type {Told | null} */
    this.head = null
    this.isQuiet = true
    /** @type {Item | null} */
    this.pause = null
  }

  /** @returns {Grouped} */
  finish() {
    return { items: this.items, tail: this.close(), head: this.head, isQuiet: this.isQuiet }
  }

  /** The open run becomes an item. */
  close() {
    if (!this.run) return null
    const told = { run: this.run, item: itemOfRun(this.run) }
    if (this.isQuiet) this.head = told
    this.items.push(told.item)
    this.isQuiet = false
    this.run = null
    return told
  }

  /** @param {Item} item one that ends what was going on */
  push(item) {
    this.close()
    this.isQuiet = false
    this.items.push(item)
    return item
  }

  /**
   * @param {Run} more
   * @param {(run: any, more: any) => Run | null} join
   */
  grow(more, join) {
    const isSame = this.run && 'way' in this.run === 'way' in more
    const joined = isSame ? join(this.run, more) : null
    if (!joined) this.close()
    this.run = joined ?? more
  }

  /**
   * @param {string} kind
   * @param {Place} place
   * @param {Beside} beside
   */
  take(kind, place, beside) {
    const { detail } = place
    if (kind === 'key_down') this.key(place, beside)
    else if (kind === 'text_input') this.text(place)
    else if (kind === 'scroll') this.grow(scrolled(place), scrolledOn)
    else if (kind === 'shortcut') this.shortcut(place)
    else if (kind === 'mouse_down') this.down(place)
    else if (kind === 'click' || kind === 'touch_start') this.clicked(kind, place)
    else if (kind === 'double_click') this.push(this.clicks.doubled(this.run ? [] : this.items, place))
    else if (kind === 'drag') this.push(this.clicks.dragged(place, beside))
    else if (kind === 'navigation' || kind === 'window_focus') this.window(kind, place, beside)
    else if (Object.hasOwn(COPIES, kind)) {
      const done = COPIES[/** @type {keyof typeof COPIES} */ (kind)]
      const label = detail.text_len === undefined ? done : `${done} ${counted(detail.text_len, 'character')}`
      this.push({ ...baseItem(place), kind: 'clipboard', label, text: shownText(detail.text) })
    } else this.other(kind, place)
  }

  /** @param {Place} place @param {Beside} beside */
  key(place, { isOfShortcut }) {
    if (isTyping(place.detail) && !isOfShortcut) this.grow(typedKey(place), typedOn)
  }

  /** @param {Place} place text that was made from the keys before it says nothing new */
  text(place) {
    const isOfKeys = place.detail.derived && this.run && 'keys_n' in this.run && this.run.keys_n > 0
    if (!isOfKeys) this.grow(typedText(place), typedOn)
  }

  /** @param {Place} place */
  shortcut(place) {
    const { key, mods, chord, redacted } = place.detail
    const unknown = redacted ? 'masked shortcut' : 'unknown shortcut'
    const label = key ?? mods ?? chord ? chipLabel(place.detail, this.os) : unknown
    this.push({ ...baseItem(place), kind: 'shortcut', label, detail: place.detail.command ?? '' })
  }

  /** @param {Place} place */
  down(place) {
    const { press, button } = place.detail
    if (press === 'lone') this.push({ ...baseItem(place), label: `pressed the ${button ?? 'mouse'} button` })
    else this.clicks.down(place)
  }

  /** @param {string} kind @param {Place} place */
  clicked(kind, place) {
    const last = this.run ? undefined : this.items[this.items.length - 1]
    const item = this.clicks.clicked(kind, place, last)
    if (item) this.push(item)
  }

  /** @param {string} kind @param {Place} place @param {Beside} beside */
  window(kind, place, { url, before }) {
    const isSwitch = before !== null && before[1] !== place.app
    if (kind === 'window_focus' && (isSwitch || !before)) return
    const verb = kind === 'navigation' ? 'opened' : 'window'
    const label = place.title ? `${verb} "${place.title}"` : kind === 'navigation' ? 'opened a page' : 'another window'
    // A page may follow what is typed into it: the typing goes on.
    this.items.push({ ...baseItem(place), kind: 'navigation', label, detail: url ?? '' })
  }

  /** @param {string} kind @param {Place} place */
  other(kind, place) {
    const last = this.items[this.items.length - 1]
    const end_us = place.detail.end_us ?? place.t_us
    if (kind === 'pause') this.pause = this.push({ ...baseItem(place), kind: 'pause', label: 'recording paused', end_us })
    else if (kind === 'resume') this.resume(place.t_us)
    else if (kind === 'idle') this.push({ ...baseItem(place), kind: 'pause', label: 'waited', end_us })
    else if (kind === 'custom' && last?.label === OTHERS.custom && place.t_us - last.end_us < OTHER_GAP_US) {
      last.end_us = place.t_us
      last.n += 1
    } else if (Object.hasOwn(OTHERS, kind)) {
      const label = named(OTHERS[/** @type {keyof typeof OTHERS} */ (kind)], place.element)
      this.items.push({ ...baseItem(place), label })
    }
  }

  /** @param {number} t_us */
  resume(t_us) {
    if (this.pause) this.pause.end_us = Math.max(this.pause.end_us, t_us)
    this.pause = null
  }
}
