// @ts-check
// Columns as wide as their widest text, so that what is left goes to the title.

import { grouped } from './dom.js'

const BADGE_PX = 14
const GAP_PX = 4
const WIDEST_MARKS_PX = 196

/**
 * Width of texts in the type of an element, in pixels.
 * @param {Element} element
 * @returns {(text: string, size_px: number) => number}
 */
export function textMeasure(element) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'))
  const family = getComputedStyle(element).fontFamily
  return (text, size_px) => {
    context.font = `${size_px}px ${family}`
    return context.measureText(text).width
  }
}

/**
 * Widths of the columns whose texts are known.
 * @param {{columns: {week: string[], length: string[], clicks_n: number[], shortcuts_n: number[],
 *   badges: number[][]}, badges: [string, string, string][]}} data
 * @param {(text: string, size_px: number) => number} measure
 */
export function columnWidths({ columns, badges }, measure) {
  const widest = (/** @type {string[]} */ texts, /** @type {string} */ head) => Math.ceil(
    Math.max(measure(`↓ ${head}`, 12) + GAP_PX, ...[...new Set(texts)].map((text) => measure(text, 13))) + 2)
  const labels = badges.map(([label]) => measure(label, 12) + BADGE_PX)
  const rows = columns.badges.map((row) => row.reduce((sum, badge) => sum + labels[badge] + GAP_PX, 0))
  return {
    week: widest(columns.week, 'Week of'),
    length: widest(columns.length, 'Length'),
    clicks: widest(columns.clicks_n.map(grouped), 'Clicks'),
    shortcuts: widest(columns.shortcuts_n.map(grouped), 'Shortcuts'),
    marks: Math.min(WIDEST_MARKS_PX, Math.ceil(Math.max(measure('Marks', 12), ...rows)) + 2),
  }
}
