// @ts-check
// Activity of a part of a session, counted from its rows: finer than what the session's description tells. Pure.

import { lowerBound } from './events.js'
import { appSwitches } from './nexts.js'

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./events.js').Detail} Detail */
/** @typedef {import('./bars.js').Density} Density */
/** @typedef {(kind: string, t_us: number) => void} Add */

// What is counted each time the view moves must stay well under a frame's time; more rows are as the session tells them.
const MOST_ROWS = 300_000
const MOST_BINS = 4000

/**
 * Activity as fine as an axis can show it, a bin for each bar: counted from the rows where the session's own bins are
 * wider than a bar, as far as the rows are here and not too many.
 * @param {Session} session
 * @param {import('./axis.js').Axis} axis
 * @param {number} bar_px
 * @returns {Density}
 */
export function densityOn(session, { visible, pieces, width_px, duration_us }, bar_px) {
  const { density, chunks } = session.about
  const open = pieces.filter(({ is_fold }) => !is_fold)
  const open_us = open.reduce((sum, { from_us, to_us }) => sum + to_us - from_us, 0)
  const open_px = open.reduce((sum, piece) => sum + piece.width_px, 0)
  const bar_us = (open_us / Math.max(1, open_px)) * bar_px
  if (!(width_px > 0) || !(bar_us > 0) || bar_us >= duration_us / Math.max(1, density.bins_n)) return density
  const rows_n = session.chunksFor(...visible).reduce((sum, place) => sum + chunks[place][2], 0)
  if (rows_n > MOST_ROWS) return density
  const bins_n = Math.min(MOST_BINS, Math.ceil((visible[1] - visible[0]) / bar_us))
  return closeDensity(session, visible, bins_n) ?? density
}

/**
 * Counts over equal parts of a stretch of time, by the same kinds as the session's own; the last part includes the end.
 * null while a chunk of the stretch is not here, or when the stretch has no length.
 * @param {Session} session
 * @param {import('./clock.js').Span} span
 * @param {number} [bins_n]
 * @returns {Density | null}
 */
export function closeDensity(session, [from_us, to_us], bins_n = 480) {
  const places = session.chunksFor(from_us, to_us)
  if (!(to_us > from_us) || places.some((place) => !session.indexed[place])) return null
  const { density: { kinds }, frames } = session.about
  const counts = kinds.map(() => /** @type {number[]} */ (new Array(bins_n).fill(0)))
  /** @type {Add} */
  const add = (kind, t_us) => {
    const of_kind = counts[kinds.indexOf(kind)]
    if (of_kind && t_us >= from_us && t_us <= to_us) {
      of_kind[Math.min(bins_n - 1, Math.floor(((t_us - from_us) * bins_n) / (to_us - from_us)))] += 1
    }
  }
  for (const place of places) {
    const indexed = session.indexed[place]
    if (indexed) addRows(indexed, from_us, to_us, add)
  }
  for (const { t_us } of appSwitches(session.about)) add('app_switch', t_us)
  for (const t_us of frames.t_us) add('frame', t_us)
  return { bins_n, kinds, counts, span: [from_us, to_us] }
}

/**
 * @param {import('./session.js').Indexed} indexed
 * @param {number} from_us
 * @param {number} to_us
 * @param {Add} add
 */
function addRows({ chunk }, from_us, to_us, add) {
  const { t, kind, base_us, header } = chunk
  for (let row = lowerBound(t, from_us - base_us); row < t.length && base_us + t[row] <= to_us; row += 1) {
    const name = kind[row] ? kindOf(header.kinds[kind[row]], /** @type {Detail} */ (chunk.refOf(row))) : 'move'
    if (name) add(name, base_us + t[row])
  }
}

/**
 * Kind of activity that an event counts as; none for most.
 * @param {string} kind
 * @param {Detail} detail
 */
function kindOf(kind, { button, derived }) {
  if (kind === 'click') return button === 'right' ? 'right_click' : 'click'
  if (kind === 'key_down' || (kind === 'text_input' && !derived)) return 'key'
  return kind === 'scroll' || kind === 'shortcut' ? kind : null
}
