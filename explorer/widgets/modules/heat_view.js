// @ts-check
// Where things lie on a map: all in shares (0–1) of the stage or of the whole space.

const CLICK_SHARE = 0.025
const SMALLEST = 1 / 32

/** @typedef {[number, number, number, number]} View left, top, right, bottom of what is shown, in shares of the space */

/**
 * What a drag asks for: null where it is too short to be meant. As wide as high, so that nothing is stretched.
 * @param {View} view
 * @param {[number, number]} from on the stage
 * @param {[number, number]} to
 * @returns {View | null}
 */
export function viewOfDrag(view, from, to) {
  const size = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]))
  if (size < CLICK_SHARE) return null
  const span = view[2] - view[0]
  const side = Math.min(1, Math.max(SMALLEST, size * span))
  const at = (/** @type {number} */ axis) => {
    const middle = view[axis] + (span * (from[axis] + to[axis])) / 2
    return rounded(Math.min(1 - side, Math.max(0, middle - side / 2)))
  }
  const [left, top] = [at(0), at(1)]
  return [left, top, rounded(left + side), rounded(top + side)]
}

/** @param {number} share */
function rounded(share) {
  return Math.round(share * 1000) / 1000
}

/**
 * The cell at a place of the stage.
 * @param {{columns: number, rows: number}} grid
 * @param {number} x
 * @param {number} y
 */
export function cellAt({ columns, rows }, x, y) {
  const column = Math.min(columns - 1, Math.max(0, Math.floor(x * columns)))
  const row = Math.min(rows - 1, Math.max(0, Math.floor(y * rows)))
  return row * columns + column
}

/**
 * Where a cell lies on the stage: left, top, width, height in percent.
 * @param {{columns: number, rows: number}} grid
 * @param {number} cell
 */
export function boxOf({ columns, rows }, cell) {
  const [column, row] = [cell % columns, Math.floor(cell / columns)]
  return [(100 * column) / columns, (100 * row) / rows, 100 / columns, 100 / rows]
}

/**
 * The cell after a key, or null where the key moves nothing; with `far` ten cells at once.
 * @param {{columns: number, rows: number}} grid
 * @param {number} cell
 * @param {string} key
 * @param {boolean} far
 */
export function movedCell({ columns, rows }, cell, key, far) {
  const step = far ? 10 : 1
  const across = { ArrowLeft: -step, ArrowRight: step }[key] ?? 0
  const down = { ArrowUp: -step, ArrowDown: step }[key] ?? 0
  if (key === 'Home') return cell - (cell % columns)
  if (key === 'End') return cell - (cell % columns) + columns - 1
  if (!across && !down) return null
  const column = Math.min(columns - 1, Math.max(0, (cell % columns) + across))
  const row = Math.min(rows - 1, Math.max(0, Math.floor(cell / columns) + down))
  return row * columns + column
}
