// @ts-check
// What the pointer did in a stretch of time: its way, and what was pressed. Pure.

import { hasPoint, pointAfter, stateAfter } from './chunk_state.js'
import { lowerBound, UNKNOWN, upperBound } from './events.js'

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./session.js').Indexed} Indexed */
/** @typedef {import('./events.js').Detail} Detail */

/**
 * `t_us` of a drag is its end (its detail has start_us); x and y are where a press began, null where nothing is known.
 * @typedef {{
 *   t_us: number, x: number | null, y: number | null, kind: string, button: string | null, clicks_n: number,
 *   row: number, detail: Detail,
 * }} Press
 */

const PRESSES = new Set(['mouse_down', 'mouse_up', 'click', 'double_click', 'drag', 'scroll', 'touch_start'])

/**
 * Chunks that are here with their rows after `from_us` up to and with `to_us`.
 * @param {Session} session
 * @param {number} from_us
 * @param {number} to_us
 */
function* rowsBetween(session, from_us, to_us) {
  for (const place of session.chunksFor(from_us, to_us)) {
    const indexed = session.indexed[place]
    if (!indexed) continue
    const { t, base_us } = indexed.chunk
    yield { indexed, first: upperBound(t, from_us - base_us), end: upperBound(t, to_us - base_us) }
  }
}

/**
 * @param {Session} session
 * @param {number} from_us
 * @param {number} to_us
 * @param {number} most_n
 */
export function pathBetween(session, from_us, to_us, most_n) {
  const start = session.stateAt(from_us)
  const found = start.x === null || start.y === null ? [] : [from_us, start.x, start.y]
  const parts = [...rowsBetween(session, from_us, to_us)]
  const rows_n = parts.reduce((sum, { first, end }) => sum + Math.max(0, end - first), 0)
  // Rows are chosen by their number, not by their place in the stretch: a trail does not flicker as time passes.
  const stride = 2 ** Math.max(0, Math.ceil(Math.log2(rows_n / Math.max(1, most_n - 1))))
  let last = -1
  for (const { indexed: { chunk, first_row }, first, end } of parts) {
    for (let row = first; row < end; row += 1) {
      if (!hasPoint(chunk, row)) continue
      const { x, y } = pointAfter(chunk, row)
      const part = Math.floor((first_row + row) / stride)
      if (part === last) found.length -= 3
      last = part
      found.push(chunk.base_us + chunk.t[row], x, y)
    }
  }
  return Float64Array.from(found)
}

/**
 * @param {Session} session
 * @param {number} from_us
 * @param {number} to_us
 */
export function pressesBetween(session, from_us, to_us) {
  /** @type {Press[]} */
  const found = []
  for (const { indexed, first, end } of rowsBetween(session, from_us, to_us)) {
    const { event_rows, header, kind } = indexed.chunk
    for (let place = lowerBound(event_rows, first); place < event_rows.length && event_rows[place] < end; place += 1) {
      const row = event_rows[place]
      if (PRESSES.has(header.kinds[kind[row]])) found.push(pressOf(indexed, place))
    }
  }
  return found
}

/**
 * @param {Indexed} indexed
 * @param {number} place among the chunk's events
 * @returns {Press}
 */
function pressOf({ chunk, first_row, states }, place) {
  const { event_rows, refs, header, kind, base_us, t } = chunk
  const row = event_rows[place]
  const detail = header.details[refs[place]]
  const isKnown = chunk.x[row] !== UNKNOWN && chunk.y[row] !== UNKNOWN
  const { x, y } = isKnown ? { x: chunk.x[row], y: chunk.y[row] } : stateAfter(chunk, states, row + 1)
  const name = header.kinds[kind[row]]
  return {
    t_us: base_us + t[row], x, y, kind: name, button: detail.button ?? null,
    clicks_n: detail.clicks_n ?? (name === 'double_click' ? 2 : 1), row: first_row + row, detail,
  }
}
