// @ts-check
// Boxes with a word: the element that was clicked, the masks of a picture, and tags beside them.

import { kindOfButton } from './look.js'
import { strokeTwice } from './draw_marks.js'

/** @typedef {import('./draw_marks.js').Pen} Pen */
/** @typedef {{left: number, top: number, width: number, height: number}} Box desktop pixels, or canvas pixels where said */
/** @typedef {Box & {role: string, name: string, button: string | null, age: number}} ElementBox */
/** @typedef {Box & {entity: string, method: string, score: number | null}} Mask */

const TAG_TALL_PX = 16
const TAG_PAD_PX = 5
const TAG_FONT_PX = 11
const READABLE_PX = 9
const LEAST_FONT_PX = 7
const LEAST_LETTERS = 6
const MOST_TAG_PX = 260
const MOST_MASK_TAGS = 300
const RADIUS_PX = 3

/**
 * The element under a click: its box, its role and its name.
 * @param {Pen} pen
 * @param {ElementBox} element
 */
export function drawElement(pen, element) {
  const { context, unit, look } = pen
  const colour = look.kinds[kindOfButton(element.button)]
  const box = onCanvas(pen, element)
  const fresh = 1 - element.age ** 3
  const path = new Path2D()
  path.roundRect(box.left, box.top, box.width, box.height, RADIUS_PX * unit)
  context.globalAlpha = 0.1 * fresh
  context.fillStyle = colour
  context.fill(path)
  context.globalAlpha = fresh
  strokeTwice(pen, path, colour, 1.5)
  const words = [element.role, element.name].filter(Boolean).join(' · ')
  if (words) drawTag(pen, words, tagPlace(pen, box, tagSize(pen, words)), colour)
  context.globalAlpha = 1
}

/**
 * The masks of a picture: each with its entity and its method, inside where that can be read, else above it where
 * nothing else is, else inside as small as it must be.
 * @param {Pen} pen
 * @param {Mask[]} masks
 */
export function drawMasks(pen, masks) {
  const { unit, look } = pen
  const boxes = masks.map((mask) => onCanvas(pen, mask))
  const path = new Path2D()
  for (const { left, top, width, height } of boxes) path.roundRect(left, top, width, height, RADIUS_PX * unit)
  strokeTwice(pen, path, look.kinds.frame, 1, [], 1.5)
  const taken = [...boxes]
  masks.slice(0, MOST_MASK_TAGS).forEach(({ entity, method }, place) => {
    const box = boxes[place]
    const words = `${entity} · ${method}`
    const inside_px = Math.min(TAG_FONT_PX, (box.height / unit) * 0.86)
    const size = tagSize(pen, words)
    const above = { ...size, left: Math.min(box.left, pen.context.canvas.width - size.width), top: box.top - size.height - 2 * unit }
    if (inside_px < READABLE_PX && above.top >= 0 && !taken.some((other) => other !== box && isOver(above, other))) {
      drawTag(pen, words, above, look.kinds.frame)
      taken.push(above)
    } else if (inside_px >= LEAST_FONT_PX) drawInside(pen, box, words, entity, inside_px)
  })
}

/** @param {Box} one @param {Box} other */
function isOver(one, other) {
  return one.left < other.left + other.width && other.left < one.left + one.width
    && one.top < other.top + other.height && other.top < one.top + one.height
}

/**
 * Words inside a mask; where it is too narrow for all of them, the entity alone, cut.
 * @param {Pen} pen
 * @param {Box} box canvas pixels
 * @param {string} all
 * @param {string} entity
 * @param {number} size_px
 */
function drawInside(pen, box, all, entity, size_px) {
  const { context, unit, look } = pen
  setFont(pen, size_px, 600)
  const pad = 3 * unit
  const room = box.width - 2 * pad
  const words = context.measureText(all).width <= room ? all : fitted(context, entity, room)
  if (words.length < LEAST_LETTERS && words !== entity) return
  context.fillStyle = look.paper
  context.beginPath()
  context.roundRect(box.left, box.top, context.measureText(words).width + 2 * pad, box.height, RADIUS_PX * unit)
  context.fill()
  context.fillStyle = look.ink
  context.fillText(words, box.left + pad, box.top + box.height / 2 + 0.5 * unit)
}

/**
 * A word on paper, with an edge in a colour.
 * @param {Pen} pen
 * @param {string} words
 * @param {Box} box canvas pixels
 * @param {string} colour
 */
export function drawTag(pen, words, box, colour) {
  const { context, unit, look } = pen
  context.beginPath()
  context.roundRect(box.left, box.top, box.width, box.height, RADIUS_PX * unit)
  context.fillStyle = look.paper
  context.fill()
  context.lineWidth = unit
  context.strokeStyle = colour
  context.stroke()
  setFont(pen, TAG_FONT_PX)
  context.fillStyle = look.ink
  context.fillText(fitted(context, words, box.width - 2 * TAG_PAD_PX * unit), box.left + TAG_PAD_PX * unit,
    box.top + box.height / 2 + 0.5 * unit)
}

/**
 * Text that starts at its place and stands in its middle.
 * @param {Pen} pen
 * @param {number} size_px
 * @param {number} [weight]
 */
export function setFont({ context, unit, look }, size_px, weight = 400) {
  context.font = `${weight} ${size_px * unit}px ${look.font}`
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  context.direction = 'ltr'
}

/**
 * Width and height of a tag, in canvas pixels.
 * @param {Pen} pen
 * @param {string} words
 */
export function tagSize(pen, words) {
  setFont(pen, TAG_FONT_PX)
  const width = pen.context.measureText(words.slice(0, 200)).width + 2 * TAG_PAD_PX * pen.unit
  return { width: Math.min(width, MOST_TAG_PX * pen.unit), height: TAG_TALL_PX * pen.unit }
}

/**
 * Above a box, or below it where there is no room; inside the canvas.
 * @param {Pen} pen
 * @param {Box} box canvas pixels
 * @param {{width: number, height: number}} size
 */
function tagPlace({ context, unit }, box, { width, height }) {
  const gap = 3 * unit
  const above = box.top - height - gap
  const below = box.top + box.height + gap
  const top = above >= 0 ? above : Math.min(below, context.canvas.height - height)
  const left = Math.max(0, Math.min(box.left, context.canvas.width - width))
  return { left, top, width, height }
}

/**
 * Text cut with … so that it fits.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} width
 */
export function fitted(context, text, width) {
  let whole = text.length > 200 ? `${text.slice(0, 200)}…` : text
  if (context.measureText(whole).width <= width) return whole
  let [fits, over] = [0, whole.length]
  while (over - fits > 1) {
    const middle = (fits + over) >> 1
    if (context.measureText(`${whole.slice(0, middle)}…`).width <= width) fits = middle
    else over = middle
  }
  return `${whole.slice(0, fits)}…`
}

/**
 * A box in canvas pixels.
 * @param {Pen} pen
 * @param {Box} box desktop pixels
 * @returns {Box}
 */
export function onCanvas(pen, { left, top, width, height }) {
  const [x, y] = [pen.x(left), pen.y(top)]
  return { left: x, top: y, width: pen.x(left + width) - x, height: pen.y(top + height) - y }
}
