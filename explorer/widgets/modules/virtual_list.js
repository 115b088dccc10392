// @ts-check
// Which rows of a long list exist: pure arithmetic, no page.

/**
 * First row and row after the last that should exist for a scroll position.
 * @param {{scroll_px: number, view_px: number, row_px: number, rows_n: number, spare_n?: number}} place
 * @returns {[number, number]}
 */
export function visibleRows({ scroll_px, view_px, row_px, rows_n, spare_n = 6 }) {
  const first = Math.floor(scroll_px / row_px) - spare_n
  const end = Math.ceil((scroll_px + view_px) / row_px) + spare_n
  return [Math.max(0, Math.min(first, rows_n)), Math.max(0, Math.min(end, rows_n))]
}

/**
 * Scroll position at which a row is fully in view, moving as little as possible.
 * @param {{row: number, row_px: number, scroll_px: number, view_px: number}} place
 */
export function scrollToShow({ row, row_px, scroll_px, view_px }) {
  const top_px = row * row_px
  if (top_px < scroll_px) return top_px
  return Math.max(scroll_px, top_px + row_px - view_px)
}

/**
 * Row that a key leads to, or null when the key does not move.
 * @param {string} key
 * @param {number} row
 * @param {number} rows_n
 * @param {number} page_n
 */
export function rowAfterKey(key, row, rows_n, page_n) {
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page_n, PageUp: -page_n, Home: -rows_n, End: rows_n }
  const step = steps[/** @type {keyof typeof steps} */ (key)]
  return step === undefined ? null : Math.max(0, Math.min(rows_n - 1, row + step))
}
