// @ts-check
// The pointer itself: an arrow on its place, or at the edge where its place is not in view.

import { RING_FROM_PX, strokeTwice } from './draw_marks.js'
import { kindOfButton } from './look.js'

/** @typedef {import('./draw_marks.js').Pen} Pen */

const ARROW = new Path2D('M0 0V17.2L4.1 13.4L6.9 19.9L9.9 18.6L7.1 12.3H12.6Z')
const EDGE_ARROW = new Path2D('M0 0L-15 -8L-11 0L-15 8Z')
const ARROW_SCALE = 1.1
const EDGE_PX = 10

/**
 * The arrow, its tip on the point, with what is held around the tip; at the edge when the point is not in view.
 * @param {Pen} pen
 * @param {number} x
 * @param {number} y
 * @param {Iterable<string>} held buttons
 */
export function drawPointer(pen, x, y, held) {
  const { width, height } = pen.context.canvas
  const [left, top] = [pen.x(x), pen.y(y)]
  if (left < 0 || top < 0 || left >= width || top >= height) return drawAtEdge(pen, left, top)
  for (const button of held) drawHeld(pen, left, top, button)
  return drawShape(pen, ARROW, left, top, 0, ARROW_SCALE)
}

/**
 * A button that is held.
 * @param {Pen} pen
 * @param {number} left canvas pixel
 * @param {number} top
 * @param {string} button
 */
function drawHeld(pen, left, top, button) {
  const { context, unit, look } = pen
  const colour = look.kinds[kindOfButton(button)]
  context.beginPath()
  context.arc(left, top, RING_FROM_PX * unit, 0, 2 * Math.PI)
  context.globalAlpha = 0.28
  context.fillStyle = colour
  context.fill()
  context.globalAlpha = 1
  strokeTwice(pen, null, colour, 2, button === 'right' ? [4, 3] : [])
}

/**
 * An arrow at the edge that points to where the pointer is.
 * @param {Pen} pen
 * @param {number} left canvas pixel
 * @param {number} top
 */
function drawAtEdge(pen, left, top) {
  const { width, height } = pen.context.canvas
  const edge = EDGE_PX * pen.unit
  const x = Math.max(edge, Math.min(width - edge, left))
  const y = Math.max(edge, Math.min(height - edge, top))
  drawShape(pen, EDGE_ARROW, x, y, Math.atan2(top - y, left - x), 1)
}

/**
 * A dark shape with a light outline and a shadow line: seen on any picture, in any theme.
 * @param {Pen} pen
 * @param {Path2D} shape
 * @param {number} x canvas pixel
 * @param {number} y
 * @param {number} angle
 * @param {number} scale
 */
function drawShape({ context, unit }, shape, x, y, angle, scale) {
  context.save()
  context.translate(x, y)
  context.rotate(angle)
  context.scale(unit * scale, unit * scale)
  context.lineJoin = 'round'
  for (const [width, colour] of /** @type {[number, string][]} */ ([[4.4, 'rgb(17 20 24 / 35%)'], [2.8, '#ffffff']])) {
    context.lineWidth = width
    context.strokeStyle = colour
    context.stroke(shape)
  }
  context.fillStyle = '#16191d'
  context.fill(shape)
  context.restore()
}
