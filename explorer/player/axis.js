// @ts-check
// Where a moment stands on the timeline: time to pixels and back, with idle time folded. Pure arithmetic.
//
// The axis is a row of pieces; inside a piece time runs evenly. A fold is a piece of FOLD_PX, however long it is.

import { ticks } from '../widgets/time_axis.js'
import { apart } from './clock.js'

export { bars } from './bars.js'
export { closeDensity, densityOn } from './close_density.js'

/** @typedef {import('./clock.js').Span} Span */
/** @typedef {{from_us: number, to_us: number, x_px: number, width_px: number, is_fold: boolean}} Piece */
/** from_us to to_us is the whole wait, also where the view cuts through it.
 * @typedef {{x_px: number, width_px: number, length_us: number, from_us: number, to_us: number}} Fold */
/**
 * `x_of` of a time outside the view is its nearer border, and so is `t_of` of a place outside the width.
 * @typedef {{
 *   x_of: (t_us: number) => number, t_of: (x_px: number) => number, folds: Fold[], visible: Span, pieces: Piece[],
 *   width_px: number, duration_us: number,
 * }} Axis
 */

export const FOLD_PX = 28
// Folds take at most this share of the axis: the rest is for what happened.
const FOLDS_SHARE = 0.5
const LEAST_TICK_PX = 40
const STEP_US = 1e6

/**
 * @param {{duration_us: number, idle?: Span[], folded?: boolean, view?: Span | null, width_px: number}} options view: the
 *   stretch of time that is shown, everything without one
 * @returns {Axis}
 */
export function createAxis({ duration_us, idle = [], folded = true, view = null, width_px }) {
  const visible = viewOf(duration_us, view)
  const waits = folded ? longest(apart(idle), visible, width_px) : []
  const pieces = piecesOf(visible, waits, Math.max(0, width_px))
  const folds = pieces.filter(({ is_fold }) => is_fold).map(({ x_px, width_px: fold_px }, place) => {
    const [from_us, to_us] = waits[place]
    return { x_px, width_px: fold_px, length_us: to_us - from_us, from_us, to_us }
  })
  return {
    x_of: (t_us) => between(pieces, t_us, 'from_us', 'x_px'),
    t_of: (x_px) => between(pieces, x_px, 'x_px', 'from_us'),
    folds, visible, pieces, width_px, duration_us,
  }
}

/**
 * The stretch that is shown: within the session, its ends in order.
 * @param {number} duration_us
 * @param {Span | null} view
 * @returns {Span}
 */
function viewOf(duration_us, view) {
  const held = (/** @type {number} */ t_us) => Math.max(0, Math.min(duration_us, t_us))
  const [one, other] = view ?? [0, duration_us]
  const [from_us, to_us] = [held(Math.min(one, other)), held(Math.max(one, other))]
  return to_us > from_us ? [from_us, to_us] : [0, duration_us]
}

/**
 * Waits that are folded: the longest ones, as long as each takes less room folded than not, and something is left.
 * @param {Span[]} waits in order, apart from one another
 * @param {Span} visible
 * @param {number} width_px
 */
function longest(waits, [from_us, to_us], width_px) {
  const seen = waits.map((wait) => ({ wait, length_us: Math.min(wait[1], to_us) - Math.max(wait[0], from_us) }))
    .filter(({ length_us }) => length_us > 0).sort((a, b) => b.length_us - a.length_us)
  const chosen = []
  let left_us = to_us - from_us
  let left_px = width_px
  for (const { wait, length_us } of seen) {
    const isSaving = (length_us * left_px) / left_us > FOLD_PX
    const hasRoom = left_px - FOLD_PX >= width_px * (1 - FOLDS_SHARE)
    if (!isSaving || !hasRoom || left_us - length_us <= 0) break
    chosen.push(wait)
    left_us -= length_us
    left_px -= FOLD_PX
  }
  return chosen.sort((a, b) => a[0] - b[0])
}

/**
 * @param {Span} visible
 * @param {Span[]} waits
 * @param {number} width_px
 */
function piecesOf([from_us, to_us], waits, width_px) {
  const borders = [from_us]
  for (const [start_us, end_us] of waits) borders.push(Math.max(start_us, from_us), Math.min(end_us, to_us))
  borders.push(to_us)
  const folds_us = waits.reduce((sum, _, place) => sum + borders[2 * place + 2] - borders[2 * place + 1], 0)
  const open_us = to_us - from_us - folds_us
  const open_px = width_px - FOLD_PX * waits.length
  /** @type {Piece[]} */
  const pieces = []
  let x_px = 0
  for (let place = 0; place + 1 < borders.length; place += 1) {
    const [start_us, end_us, is_fold] = [borders[place], borders[place + 1], place % 2 === 1]
    const piece_px = is_fold ? FOLD_PX : open_us > 0 ? ((end_us - start_us) * open_px) / open_us : 0
    if (end_us === start_us && borders.length > 2) continue
    pieces.push({ from_us: start_us, to_us: end_us, x_px, width_px: piece_px, is_fold })
    x_px += piece_px
  }
  return pieces
}

const LENGTHS = /** @type {const} */ ({ from_us: 'to_us', x_px: 'width_px' })

/**
 * A value of one scale on the other, within the piece it lies in.
 * @param {Piece[]} pieces
 * @param {number} value
 * @param {'from_us' | 'x_px'} from
 * @param {'from_us' | 'x_px'} to
 */
function between(pieces, value, from, to) {
  let [low, high] = [0, pieces.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (pieces[middle][from] <= value) low = middle
    else high = middle - 1
  }
  const piece = pieces[low]
  const [long, other_long] = [lengthOf(piece, from), lengthOf(piece, to)]
  const share = long > 0 ? Math.max(0, Math.min(1, (value - piece[from]) / long)) : 0
  return piece[to] + share * other_long
}

/** @param {Piece} piece @param {'from_us' | 'x_px'} scale */
function lengthOf(piece, scale) {
  return LENGTHS[scale] === 'to_us' ? piece.to_us - piece.from_us : piece.width_px
}

/**
 * Runs of applications that are in view.
 * @param {[string | null, number, number][]} apps
 * @param {Axis} axis
 */
export function lanesOf(apps, { x_of, visible: [from_us, to_us] }) {
  return apps.filter(([, start_us, end_us]) => end_us > from_us && start_us < to_us).map(([app, start_us, end_us]) => {
    const x_px = x_of(start_us)
    return { app, x_px, width_px: x_of(end_us) - x_px, from_us: start_us, to_us: end_us }
  })
}

/**
 * Times of the ticks: round numbers, apart from one another, none inside a fold.
 * @param {Axis} axis
 */
export function tickTimes({ pieces, visible: [from_us], x_of }) {
  const open = pieces.filter(({ is_fold }) => !is_fold)
  const open_us = open.reduce((sum, piece) => sum + piece.to_us - piece.from_us, 0)
  const open_px = open.reduce((sum, piece) => sum + piece.width_px, 0)
  const step_us = ticks(open_us, open_px)[1] ?? Infinity
  const times = []
  let last_px = -Infinity
  for (const piece of Number.isFinite(step_us) ? open : []) {
    for (let t_us = Math.ceil(piece.from_us / step_us) * step_us; t_us <= piece.to_us; t_us += step_us) {
      if (x_of(t_us) - last_px < LEAST_TICK_PX) continue
      times.push(t_us)
      last_px = x_of(t_us)
    }
  }
  return times.length ? times : [from_us]
}

/**
 * The same where time is steps: only where one begins; the end of the last is the beginning of none.
 * @param {Axis} axis
 */
export function stepTicks(axis) {
  return tickTimes(axis).filter((t_us) => t_us % STEP_US === 0 && t_us < axis.duration_us)
}
