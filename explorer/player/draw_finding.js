// @ts-check
// The outline of a finding, with its kind in words: around the region, so that no pixel of it is covered. Where the
// region goes on beyond what is shown, the outline lies at the edge; where it lies beyond altogether, an arrow points there.

import { drawTag, onCanvas, tagSize } from './draw_boxes.js'
import { strokeTwice } from './draw_marks.js'

const GAP_PX = 3
const WIDE_PX = 2.5
const RADIUS_PX = 3
const ARROWS = [['↖', '↑', '↗'], ['←', '', '→'], ['↙', '↓', '↘']]

/**
 * The outline within the canvas, and which way a region lies that is beyond it (empty: it can be seen). Pure.
 * @param {import('./draw_boxes.js').Box} box canvas pixels
 * @param {{width: number, height: number}} canvas
 * @param {number} inset_px of the outline from the canvas's edge
 */
export function outlineOf({ left, top, width, height }, canvas, inset_px) {
  const [right, bottom] = [left + width, top + height]
  const across = right <= 0 ? 0 : left >= canvas.width ? 2 : 1
  const down = bottom <= 0 ? 0 : top >= canvas.height ? 2 : 1
  const [from_x, from_y] = [Math.max(left, inset_px), Math.max(top, inset_px)]
  return {
    left: from_x, top: from_y, width: Math.min(right, canvas.width - inset_px) - from_x,
    height: Math.min(bottom, canvas.height - inset_px) - from_y, arrow: ARROWS[down][across],
  }
}

/**
 * @param {import('./draw_marks.js').Pen} pen
 * @param {import('./draw_boxes.js').Box & {words: string}} finding desktop pixels
 */
export function drawFinding(pen, finding) {
  const { context, unit, look } = pen
  const colour = look.kinds.mark
  const box = onCanvas(pen, finding)
  const gap = GAP_PX * unit
  const grown = { left: box.left - gap, top: box.top - gap, width: box.width + 2 * gap, height: box.height + 2 * gap }
  const outline = outlineOf(grown, context.canvas, WIDE_PX * unit)
  if (!outline.arrow) {
    const path = new Path2D()
    path.roundRect(outline.left, outline.top, outline.width, outline.height, RADIUS_PX * unit)
    strokeTwice(pen, path, colour, WIDE_PX)
  }
  const words = [outline.arrow, finding.words].filter(Boolean).join(' ')
  const size = tagSize(pen, words)
  const above = box.top - size.height - 3 * gap
  const below = box.top + box.height + 3 * gap
  const { width, height } = context.canvas
  const top = above >= 0 ? above : below
  drawTag(pen, words, {
    ...size, left: Math.max(0, Math.min(box.left - gap, width - size.width)), top: Math.max(0, Math.min(top, height - size.height)),
  }, colour)
}
