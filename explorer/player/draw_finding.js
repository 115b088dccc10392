// @ts-check
// The outline of a finding, with its kind in words: around the region, so that no pixel of it is covered.

import { drawTag, onCanvas, tagSize } from './draw_boxes.js'
import { strokeTwice } from './draw_marks.js'

const GAP_PX = 3
const WIDE_PX = 2.5
const RADIUS_PX = 3

/**
 * @param {import('./draw_marks.js').Pen} pen
 * @param {import('./draw_boxes.js').Box & {words: string}} finding desktop pixels
 */
export function drawFinding(pen, finding) {
  const { context, unit, look } = pen
  const colour = look.kinds.mark
  const box = onCanvas(pen, finding)
  const gap = GAP_PX * unit
  const path = new Path2D()
  path.roundRect(box.left - gap, box.top - gap, box.width + 2 * gap, box.height + 2 * gap, RADIUS_PX * unit)
  strokeTwice(pen, path, colour, WIDE_PX)
  const size = tagSize(pen, finding.words)
  const above = box.top - size.height - 3 * gap
  const below = box.top + box.height + 3 * gap
  const { width, height } = context.canvas
  const top = above >= 0 ? above : below
  drawTag(pen, finding.words, {
    ...size, left: Math.max(0, Math.min(box.left - gap, width - size.width)), top: Math.max(0, Math.min(top, height - size.height)),
  }, colour)
}
