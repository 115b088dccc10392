// @ts-check
// What holds at a row: pointer, held buttons and keys. Snapshots every 2,048 rows keep a seek short. Pure.

import { lowerBound, UNKNOWN } from './events.js'
import { BULLET } from './key_names.js'

/** @typedef {import('./events.js').Chunk} Chunk */
/** @typedef {import('./events.js').Detail} Detail */
/** @typedef {{key: string, mods: string | null, since_us: number}} Held */
/** @typedef {{x: number, y: number} | null} Point */

/**
 * Pointer, and what is held with where and when it went down.
 * @typedef {{x: number | null, y: number | null, buttons: Map<string, Point>, keys: Held[]}} Hold
 */

export const SNAPSHOT_ROWS = 2048
const CHANGES = new Set(['mouse_down', 'mouse_up', 'touch_start', 'touch_end', 'key_down', 'key_up'])
// A source that tells no button still tells that one is down; so does a finger.
/** @type {Record<string, string>} */
const UNNAMED = { mouse_down: 'unknown', mouse_up: 'unknown', touch_start: 'touch', touch_end: 'touch' }

/**
 * State just before the first row of a chunk.
 * @param {Chunk} chunk
 * @returns {Hold}
 */
export function stateBefore({ header: { state }, base_us }) {
  const from = state.drag_from
  const pressed = from ? { x: from[0], y: from[1] } : null
  return {
    x: state.x, y: state.y,
    buttons: new Map(state.buttons.map((button) => [button, pressed])),
    keys: state.keys.map(([key, mods]) => ({ key, mods, since_us: base_us })),
  }
}

/** @param {Hold} hold @returns {Hold} */
function copied({ x, y, buttons, keys }) {
  return { x, y, buttons: new Map(buttons), keys: [...keys] }
}

/**
 * What makes a chunk's states fast to find: the rows that change what is held, with their kinds and details, and the
 * state before rows 0, 2,048, 4,096 …
 * @typedef {{rows: Uint32Array, kinds: string[], details: Detail[], snapshots: Hold[]}} StateIndex
 */

/**
 * @param {Chunk} chunk
 * @returns {StateIndex}
 */
export function stateIndex(chunk) {
  const { event_rows, refs, header, kind } = chunk
  const isChange = header.kinds.map((name) => CHANGES.has(name))
  // A repeat, a press without release and a release without press do not change what is held.
  const places = Array.from(event_rows.keys()).filter((at) =>
    isChange[kind[event_rows[at]]] && !header.details[refs[at]].press && !header.details[refs[at]].derived)
  const index = {
    rows: Uint32Array.from(places, (at) => event_rows[at]), kinds: places.map((at) => header.kinds[kind[event_rows[at]]]),
    details: places.map((at) => header.details[refs[at]]), snapshots: /** @type {Hold[]} */ ([]),
  }
  const hold = stateBefore(chunk)
  for (let row = 0; row === 0 || row < chunk.rows_n; row += SNAPSHOT_ROWS) {
    if (row) advance(chunk, index, hold, row - SNAPSHOT_ROWS, row)
    index.snapshots.push(copied(hold))
  }
  return index
}

/**
 * State after `rows_n` rows of a chunk.
 * @param {Chunk} chunk
 * @param {StateIndex} index
 * @param {number} rows_n
 */
export function stateAfter(chunk, index, rows_n) {
  const place = Math.min(index.snapshots.length - 1, Math.floor(rows_n / SNAPSHOT_ROWS))
  const hold = copied(index.snapshots[place])
  advance(chunk, index, hold, place * SNAPSHOT_ROWS, rows_n)
  return hold
}

/**
 * Take rows from `start` up to `end` into the state.
 * @param {Chunk} chunk
 * @param {StateIndex} index
 * @param {Hold} hold
 * @param {number} start
 * @param {number} end
 */
function advance(chunk, { rows, kinds, details }, hold, start, end) {
  for (let at = lowerBound(rows, start); at < rows.length && rows[at] < end; at += 1) {
    const [row, name, detail] = [rows[at], kinds[at], details[at]]
    const button = detail.button ?? UNNAMED[name]
    if (name === 'mouse_down' || name === 'touch_start') buttonDown(hold, button, pointBefore(chunk, hold, start, row + 1))
    else if (name === 'mouse_up' || name === 'touch_end') hold.buttons.delete(button)
    else if (name === 'key_down') keyDown(hold, detail, chunk.base_us + chunk.t[row])
    else if (name === 'key_up') keyUp(hold, detail)
  }
  const point = pointBefore(chunk, hold, start, end)
  if (point) [hold.x, hold.y] = [point.x, point.y]
}

/**
 * Where the pointer is before row `end`: the rows from `start` on know, else the state before them.
 * @param {Chunk} chunk
 * @param {Hold} hold
 * @param {number} start
 * @param {number} end
 * @returns {Point}
 */
function pointBefore(chunk, hold, start, end) {
  const row = lastPointBefore(chunk, start, end)
  if (row >= 0) return pointAfter(chunk, row)
  return hold.x === null || hold.y === null ? null : { x: hold.x, y: hold.y }
}

/**
 * Last row from `start` up to `end` that says where the pointer is; -1 when there is none. A derived row repeats
 * where its press began: the pointer is not there any more.
 * @param {Chunk} chunk
 * @param {number} start
 * @param {number} end
 */
function lastPointBefore(chunk, start, end) {
  for (let row = end - 1; row >= start; row -= 1) if (hasPoint(chunk, row)) return row
  return -1
}

/**
 * Whether a row says where the pointer is.
 * @param {Chunk} chunk
 * @param {number} row
 */
export function hasPoint(chunk, row) {
  return chunk.x[row] !== UNKNOWN && chunk.y[row] !== UNKNOWN && (!chunk.kind[row] || !chunk.refOf(row)?.derived)
}

/**
 * Where the pointer is after a row; a drag that is a row of its own leaves it at the drag's end.
 * @param {Chunk} chunk
 * @param {number} row
 */
export function pointAfter(chunk, row) {
  const detail = chunk.kind[row] && chunk.header.kinds[chunk.kind[row]] === 'drag' ? chunk.refOf(row) : null
  return { x: detail?.end_x ?? chunk.x[row], y: detail?.end_y ?? chunk.y[row] }
}

/**
 * @param {Hold} hold
 * @param {string} button
 * @param {Point} pointer where it is pressed
 */
function buttonDown({ buttons }, button, pointer) {
  buttons.delete(button)
  buttons.set(button, pointer)
}

/**
 * @param {Hold} hold
 * @param {Detail} detail
 * @param {number} t_us
 */
function keyDown({ keys }, { key, mods }, t_us) {
  if (key) keys.push({ key, mods: mods ?? null, since_us: t_us })
}

/**
 * A key may come up in another case than it went down. A hidden key that comes up is any hidden one, or else one that
 * was shown because of a modifier that was let go before.
 * @param {Hold} hold
 * @param {Detail} detail
 */
function keyUp({ keys }, { key = '' }) {
  const own = keys.findIndex((held) => held.key.toLowerCase() === key.toLowerCase())
  const place = own < 0 && key === BULLET ? keys.findIndex((held) => [...held.key].length === 1) : own
  if (place >= 0) keys.splice(place, 1)
}
