// @ts-check
// Runs of the list: keys typed in one go, and scrolling in one direction. A run grows row by row, or by another run
// that goes on where it ends (at the border of a chunk). Pure.

import { BULLET, keyLabel } from './key_names.js'

/** @typedef {import('./events.js').Detail} Detail */
/** @typedef {import('./grouping.js').Item} Item */

/** What a row says about itself and where it happened.
 * @typedef {{
 *   t_us: number, row: number, detail: Detail, app: string | null, title: string | null,
 *   element: {role?: string, name?: string} | null,
 * }} Place
 */

/**
 * @typedef {{
 *   place: Place, end_us: number, n: number, keys_n: number, chars_n: number, last_len: number, letters: string,
 *   only: string | null,
 * }} Typing only: the one key that was pressed all the time
 */
/** @typedef {{place: Place, end_us: number, n: number, way: string, unit: string, amount: number}} Scrolling */

export const TYPING_GAP_US = 2_000_000
export const SCROLL_GAP_US = 1_000_000
const LONGEST_TEXT = 2000
const SIGNS = new Map([['Enter', '⏎'], ['Tab', '⇥'], ['Backspace', '⌫']])
// A key that was masked.
const MASK = '█'
const HAS_LETTERS = /[^⏎⇥⌫█]/
const WAYS = { down: 'down', up: 'up', right: 'right', left: 'left', none: '' }
const UNITS = new Set(['line', 'px', 'page'])

/** A count with its word: 1 key, 2 keys. @param {number} n @param {string} word */
export function counted(n, word) {
  return `${String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')} ${word}${n === 1 || word === 'px' ? '' : 's'}`
}

/**
 * Letters of a text that is shown; none where bullets stand for it.
 * @param {string | undefined} text
 */
export function shownText(text) {
  return text === undefined || [...text].every((letter) => letter === BULLET) ? '' : text
}

/**
 * A run of one key press.
 * @param {Place} place
 * @returns {Typing}
 */
export function typedKey(place) {
  const { key = BULLET, redacted } = place.detail
  const isLetter = [...key].length === 1
  const known = isLetter ? shownText(key) : SIGNS.get(key) ?? ''
  const letters = redacted && key === BULLET ? MASK : known
  const only = isLetter && key !== ' ' ? '' : key
  return { place, end_us: place.t_us, n: 1, keys_n: 1, chars_n: 0, last_len: 0, letters, only }
}

/**
 * A run of one text that was typed.
 * @param {Place} place
 * @returns {Typing}
 */
export function typedText(place) {
  const { text, text_len = [...(text ?? '')].length, end_us = place.t_us } = place.detail
  return {
    place, end_us: Math.max(end_us, place.t_us), n: 1, keys_n: 0, chars_n: text_len, last_len: text_len,
    letters: shownText(text), only: '',
  }
}

/**
 * Both runs as one, or null when the second does not go on where the first ends.
 * @param {Typing} run
 * @param {Typing} more
 * @returns {Typing | null}
 */
export function typedOn(run, more) {
  const isNew = more.place.t_us - run.end_us >= TYPING_GAP_US || run.place.app !== more.place.app
  if (isNew || (run.place.detail.step ?? null) !== (more.place.detail.step ?? null)) return null
  // A text row may hold the whole field each time: what was typed is how much longer it became, at least one key.
  const isField = run.last_len > 0 && more.keys_n === 0
  const chars_n = isField ? Math.max(1, more.chars_n - run.last_len) : more.chars_n
  return {
    place: run.place, end_us: Math.max(run.end_us, more.end_us), n: run.n + more.n, keys_n: run.keys_n + more.keys_n,
    chars_n: run.chars_n + chars_n, last_len: more.last_len,
    letters: isField ? more.letters : (run.letters + more.letters).slice(0, LONGEST_TEXT),
    only: run.only === more.only ? run.only : '',
  }
}

/**
 * A run of one turn of the wheel.
 * @param {Place} place
 * @returns {Scrolling}
 */
export function scrolled(place) {
  const { wheel_x = 0, wheel_y = 0, wheel_unit = '' } = place.detail
  const isUpright = Math.abs(wheel_y) >= Math.abs(wheel_x)
  const amount = isUpright ? wheel_y : wheel_x
  const [forth, back] = isUpright ? ['down', 'up'] : ['right', 'left']
  const way = amount === 0 ? 'none' : amount > 0 ? forth : back
  return { place, end_us: place.t_us, n: 1, way, unit: UNITS.has(wheel_unit) ? wheel_unit : '', amount: Math.abs(amount) }
}

/**
 * Both runs as one, or null when the second does not go on where the first ends.
 * @param {Scrolling} run
 * @param {Scrolling} more
 * @returns {Scrolling | null}
 */
export function scrolledOn(run, more) {
  const isNew = more.place.t_us - run.end_us >= SCROLL_GAP_US || run.way !== more.way || run.unit !== more.unit
  if (isNew || run.place.app !== more.place.app) return null
  return { ...run, end_us: more.end_us, n: run.n + more.n, amount: run.amount + more.amount }
}

/**
 * The run as an item of the list.
 * @param {Typing | Scrolling} run
 * @returns {Item}
 */
export function itemOfRun(run) {
  const common = { ...baseItem(run.place), end_us: run.end_us, n: run.n }
  if ('way' in run) return { ...common, kind: 'scroll', label: scrollWords(run) }
  return {
    ...common, kind: 'typing', label: typingWords(run), detail: run.place.element?.name ?? '', text: HAS_LETTERS.test(run.letters) ? run.letters : '',
  }
}

/**
 * What every item of a row has.
 * @param {Place} place
 * @returns {Item}
 */
export function baseItem({ t_us, row, detail, app, title, element }) {
  return {
    kind: 'other', start_us: t_us, end_us: t_us, label: '', detail: '', text: '', row, n: 1, step: detail.step ?? null,
    app, title, element,
  }
}

/** @param {Typing} run */
function typingWords({ keys_n, chars_n, only }) {
  if (only && keys_n === 1) return `pressed ${keyLabel(only)}`
  if (only) return `pressed ${keyLabel(only)} ${counted(keys_n, 'time')}`
  return keys_n ? `typed ${counted(keys_n, 'key')}` : `typed ${counted(chars_n, 'character')}`
}

/** @param {Scrolling} run */
function scrollWords({ way, unit, amount, n }) {
  const much = unit && amount ? counted(Math.round(amount) || 1, unit) : counted(n, 'time')
  return ['scrolled', WAYS[/** @type {keyof typeof WAYS} */ (way)], much].filter(Boolean).join(' ')
}
