// @ts-check
// A round glass over the picture: stored pixels, each as a square of whole device pixels.

import { element } from '../widgets/dom.js'

const SIZE_PX = 184
const LEAST_FACTOR = 2
const ABOVE_FINGER_PX = 110

export class Loupe {
  constructor() {
    this.canvas = /** @type {HTMLCanvasElement} */ (element('canvas', '', { 'aria-hidden': 'true' }))
    this.words = element('span', 'where')
    this.root = element('div', 'loupe', { hidden: '' }, this.canvas, this.words)
  }

  get isOpen() {
    return !this.root.hidden
  }

  close() {
    this.root.hidden = true
  }

  /**
   * Show the pixels around a place.
   * @param {CanvasImageSource} picture
   * @param {{x: number, y: number}} pixel of the picture, in its middle
   * @param {{at: {x: number, y: number}, unit: number, zoom: number, look: import('./look.js').Look, words: string, isTouch: boolean}} how
   *   at: CSS pixel of the pointer; zoom: device pixels of a stored pixel on the stage
   */
  show(picture, pixel, { at, unit, zoom, look, words, isTouch }) {
    const size = Math.round(SIZE_PX * unit)
    if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'))
    const factor = factorOf(zoom, unit)
    context.fillStyle = look.ground
    context.fillRect(0, 0, size, size)
    context.imageSmoothingEnabled = false
    const middle = size / 2
    context.setTransform(factor, 0, 0, factor, Math.round(middle - pixel.x * factor), Math.round(middle - pixel.y * factor))
    context.drawImage(picture, 0, 0)
    context.resetTransform()
    cross(context, middle, unit, look)
    this.words.textContent = words
    this.root.style.transform = `translate(${at.x - SIZE_PX / 2}px, ${at.y - SIZE_PX / 2 - (isTouch ? ABOVE_FINGER_PX : 0)}px)`
    this.root.hidden = false
  }
}

/**
 * Device pixels of a stored pixel in the glass: whole, and at least twice what the stage shows.
 * @param {number} zoom
 * @param {number} unit
 */
export function factorOf(zoom, unit) {
  return Math.max(Math.ceil(LEAST_FACTOR * unit), Math.ceil(2 * zoom))
}

/**
 * Four short lines that leave the middle free.
 * @param {CanvasRenderingContext2D} context
 * @param {number} middle
 * @param {number} unit
 * @param {import('./look.js').Look} look
 */
function cross(context, middle, unit, look) {
  const path = new Path2D()
  for (const [x, y] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    path.moveTo(middle + x * 6 * unit, middle + y * 6 * unit)
    path.lineTo(middle + x * 14 * unit, middle + y * 14 * unit)
  }
  context.lineWidth = 3 * unit
  context.strokeStyle = look.halo
  context.stroke(path)
  context.lineWidth = unit
  context.strokeStyle = look.ink
  context.stroke(path)
}
