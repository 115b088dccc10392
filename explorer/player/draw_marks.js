// @ts-check
// Marks that the pointer left: trail, rings of clicks, paths of drags, chevrons of scrolling.
// Places are desktop pixels, sizes CSS pixels; ages are shares of a mark's life, from 0 to 1.

import { kindOfButton } from './look.js'

const BANDS_N = 14
/** A ring begins as wide as this. */
export const RING_FROM_PX = 8
const RING_TO_PX = 24
const RING_STILL_PX = 16
const RINGS_APART_PX = 5
const MOST_RINGS = 3
const CHEVRON = { wide: 8, tall: 6, apart: 7 }
const MOST_CHEVRONS = 3
// Beside the tip of the arrow, on the side that it does not cover.
const CHEVRONS_LEFT_PX = 18

/**
 * @typedef {object} Pen
 * @property {CanvasRenderingContext2D} context
 * @property {number} unit device pixels of a CSS pixel
 * @property {import('./look.js').Look} look
 * @property {(x_px: number) => number} x canvas pixel of a desktop pixel
 * @property {(y_px: number) => number} y
 *
 * @typedef {{x: number, y: number, button: string | null, clicks_n: number, age: number, is_touch: boolean}} Ring
 * @typedef {{points: ArrayLike<number>, button: string | null, age: number, is_held: boolean}} Drag points: t, x, y, …
 * @typedef {{x: number, y: number, wheel_x: number, wheel_y: number, age: number, notches_n: number}} Scroll
 */

/**
 * The way of the pointer, fading with age.
 * @param {Pen} pen
 * @param {ArrayLike<number>} points t, x, y, t, x, y, … oldest first
 * @param {number} now_us
 * @param {number} span_us age at which nothing is left
 */
export function drawTrail(pen, points, now_us, span_us) {
  const bands = trailBands(pen, points, now_us, span_us)
  const { context, unit, look } = pen
  context.lineJoin = 'round'
  context.lineCap = 'butt'
  for (const isHalo of [true, false]) {
    context.strokeStyle = isHalo ? look.halo : look.kinds.move
    bands.forEach((path, band) => {
      if (!path) return
      const fresh = (band + 1) / BANDS_N
      context.globalAlpha = isHalo ? fresh * 0.5 : fresh
      context.lineWidth = (1 + 1.8 * fresh + (isHalo ? 1.8 : 0)) * unit
      context.stroke(path)
    })
  }
  context.globalAlpha = 1
}

/**
 * A path for each band of age, the oldest first; null where nothing happened.
 * @param {Pen} pen
 * @param {ArrayLike<number>} points
 * @param {number} now_us
 * @param {number} span_us
 */
function trailBands(pen, points, now_us, span_us) {
  const bands = /** @type {(Path2D | null)[]} */ (new Array(BANDS_N).fill(null))
  let last = -1
  for (let at = 3; at + 2 < points.length; at += 3) {
    const fresh = 1 - (now_us - points[at]) / span_us
    const band = Math.min(BANDS_N - 1, Math.max(0, Math.floor(fresh * BANDS_N)))
    const path = bands[band] ?? (bands[band] = new Path2D())
    if (band !== last) path.moveTo(pen.x(points[at - 2]), pen.y(points[at - 1]))
    path.lineTo(pen.x(points[at + 1]), pen.y(points[at + 2]))
    last = band
  }
  return bands
}

/**
 * A click: a ring that widens and fades, dashed for the right button, one more ring for each further click.
 * @param {Pen} pen
 * @param {Ring} ring
 */
export function drawRing(pen, { x, y, button, clicks_n, age, is_touch }) {
  const { context, unit, look } = pen
  const colour = look.kinds[kindOfButton(button)]
  const eased = 1 - (1 - age) * (1 - age)
  const radius_px = look.is_still ? RING_STILL_PX : RING_FROM_PX + (RING_TO_PX - RING_FROM_PX) * eased
  const middle = /** @type {[number, number]} */ ([pen.x(x), pen.y(y)])
  context.globalAlpha = 1 - age * age
  for (let place = 0; place < Math.min(MOST_RINGS, Math.max(1, clicks_n)); place += 1) {
    context.beginPath()
    context.arc(...middle, (radius_px + place * RINGS_APART_PX) * unit, 0, 2 * Math.PI)
    strokeTwice(pen, null, colour, 2.5, button === 'right' ? [5, 4] : [])
  }
  context.beginPath()
  context.arc(...middle, (button === 'left' || button === 'right' || !button ? 2 : 5) * unit, 0, 2 * Math.PI)
  strokeTwice(pen, null, look.halo, 0.5)
  context.fillStyle = colour
  context.fill()
  if (is_touch) {
    context.globalAlpha *= 0.2
    context.beginPath()
    context.arc(...middle, radius_px * unit, 0, 2 * Math.PI)
    context.fill()
  }
  context.globalAlpha = 1
}

/**
 * The way of a drag: from an open dot to a full one, or to the pointer while the button is held.
 * @param {Pen} pen
 * @param {Drag} drag
 */
export function drawDrag(pen, { points, button, age, is_held }) {
  if (points.length < 6) return
  const { context, unit, look } = pen
  const colour = look.kinds[kindOfButton(button)]
  const path = new Path2D()
  for (let at = 0; at + 2 < points.length; at += 3) path.lineTo(pen.x(points[at + 1]), pen.y(points[at + 2]))
  context.globalAlpha = 1 - age * age
  context.lineJoin = 'round'
  context.lineCap = 'round'
  strokeTwice(pen, path, colour, 2.5, button === 'right' ? [6, 5] : [])
  dot(pen, points[1], points[2], colour, false)
  if (!is_held) dot(pen, points[points.length - 2], points[points.length - 1], colour, true)
  context.globalAlpha = 1
  context.lineCap = 'butt'
  context.lineWidth = unit
}

/** @param {Pen} pen @param {number} x @param {number} y @param {string} colour @param {boolean} isFull */
function dot(pen, x, y, colour, isFull) {
  const { context, unit, look } = pen
  context.beginPath()
  context.arc(pen.x(x), pen.y(y), 4 * unit, 0, 2 * Math.PI)
  strokeTwice(pen, null, colour, 2.5)
  context.fillStyle = isFull ? colour : look.halo
  context.fill()
}

/**
 * Scrolling: chevrons that point where the wheel went, more of them for more of it.
 * @param {Pen} pen
 * @param {Scroll} scroll
 */
export function drawScroll(pen, { x, y, wheel_x, wheel_y, age, notches_n }) {
  const { context, unit, look } = pen
  const isAcross = Math.abs(wheel_x) > Math.abs(wheel_y)
  const sign = Math.sign(isAcross ? wheel_x : wheel_y) || 1
  const count = Math.min(MOST_CHEVRONS, Math.max(1, notches_n))
  context.save()
  const left = pen.x(x) - CHEVRONS_LEFT_PX * unit
  context.translate(left < CHEVRONS_LEFT_PX * unit ? pen.x(x) + 1.6 * CHEVRONS_LEFT_PX * unit : left, pen.y(y))
  if (isAcross) context.rotate(-Math.PI / 2)
  context.scale(1, sign)
  context.translate(0, look.is_still ? 0 : age * 6 * unit)
  context.globalAlpha = 1 - age * age
  context.lineCap = 'round'
  context.lineJoin = 'round'
  const path = new Path2D()
  for (let place = 0; place < count; place += 1) {
    const top = (place * CHEVRON.apart - ((count - 1) * CHEVRON.apart + CHEVRON.tall) / 2) * unit
    path.moveTo(-CHEVRON.wide * unit, top)
    path.lineTo(0, top + CHEVRON.tall * unit)
    path.lineTo(CHEVRON.wide * unit, top)
  }
  strokeTwice(pen, path, look.kinds.scroll, 2.5)
  context.restore()
}

/**
 * A line with its halo; without a path, the current one.
 * @param {Pen} pen
 * @param {Path2D | null} path
 * @param {string} colour
 * @param {number} width_px
 * @param {number[]} [dash_px]
 * @param {number} [halo_px] on both sides together
 */
export function strokeTwice({ context, unit, look }, path, colour, width_px, dash_px = [], halo_px = 2.5) {
  context.lineWidth = (width_px + halo_px) * unit
  context.strokeStyle = look.halo
  context.setLineDash([])
  if (path) context.stroke(path)
  else context.stroke()
  context.setLineDash(dash_px.map((length) => length * unit))
  context.lineWidth = width_px * unit
  context.strokeStyle = colour
  if (path) context.stroke(path)
  else context.stroke()
  context.setLineDash([])
}
