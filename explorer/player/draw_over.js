// @ts-check
// The marks of a moment over the picture, the most important last.

import { drawElement } from './draw_boxes.js'
import { drawChips } from './draw_chips.js'
import { drawDrag, drawRing, drawScroll, drawTrail } from './draw_marks.js'
import { drawPointer } from './draw_pointer.js'

/**
 * @typedef {object} Seen
 * @property {number} t_us
 * @property {ArrayLike<number>} trail t, x, y, … up to the moment
 * @property {number} trail_us
 * @property {{rings: any[], scroll: any, drags: any[], element: any}} marks
 * @property {{x: number | null, y: number | null, buttons: Iterable<string>}} state
 * @property {any[]} chips
 * @property {number} hold_us how long a chip stays
 */

/**
 * @param {import('./draw_marks.js').Pen} pen
 * @param {Seen} seen
 */
export function drawOver(pen, { t_us, trail, trail_us, marks, state, chips, hold_us }) {
  if (trail_us > 0) drawTrail(pen, trail, t_us, trail_us)
  if (marks.element) drawElement(pen, marks.element)
  for (const drag of marks.drags) drawDrag(pen, drag)
  for (const ring of marks.rings) drawRing(pen, ring)
  if (marks.scroll) drawScroll(pen, marks.scroll)
  if (state.x !== null && state.y !== null) drawPointer(pen, state.x, state.y, state.buttons)
  if (chips.length) drawChips(pen, chips, hold_us)
}
