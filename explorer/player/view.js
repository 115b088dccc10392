// @ts-check
// How the stage looks at its world: fitted, zoomed, moved, or one stored pixel to one pixel of the screen.

import { clampPan, desktopOf, fit, fromCanvas, oneToOne, pictureOf, UNKNOWN_PLANE, zoomAt } from './geometry.js'

/** @typedef {import('./geometry.js').Plane} Plane */
/** @typedef {import('./geometry.js').Point} Point */
/** @typedef {import('./geometry.js').View} View */

const MARGIN_PX = 16
const MOST_ZOOM = 32
const ALMOST = 1e-4

export class StageView {
  constructor() {
    this.size = { width: 0, height: 0 } // CSS pixels
    this.unit = 1 // device pixels of a CSS pixel
    this.plane = UNKNOWN_PLANE
    this.picture = /** @type {import('./world.js').World['picture']} */ (null)
    this.fitted = /** @type {'all' | 'picture' | null} */ ('all')
    this.view = /** @type {View} */ ({ scale: 1, x: 0, y: 0 })
  }

  /** Device pixels of a stored pixel; whole where it is nearly whole. */
  get zoom() {
    const exact = this.view.scale * this.unit
    return Math.abs(exact - Math.round(exact)) < ALMOST ? Math.round(exact) : exact
  }

  get isOneToOne() {
    return this.zoom === 1
  }

  /** CSS pixel in the middle. */
  get middle() {
    return { x: this.size.width / 2, y: this.size.height / 2 }
  }

  /** The picture is all there is to see. */
  get isWhole() {
    return this.picture !== null && this.picture.width === this.plane.width && this.picture.height === this.plane.height
  }

  /** Device pixel of the world's corner: whole, so that stored pixels stay squares. */
  get corner() {
    return { x: Math.round(this.view.x * this.unit), y: Math.round(this.view.y * this.unit) }
  }

  /** Where the picture lies, in device pixels. */
  get place() {
    const { x, y, width, height } = this.picture ?? { x: 0, y: 0, width: 0, height: 0 }
    const { zoom, corner } = this
    return { x: corner.x + x * zoom, y: corner.y + y * zoom, width: width * zoom, height: height * zoom }
  }

  /**
   * Look at another world: what was in the middle stays there, as large as it was, unless the view is fitted.
   * @param {import('./world.js').World} world
   */
  look({ plane, picture }) {
    if (plane === this.plane && picture === this.picture) return
    const { middle } = this
    const desktop = desktopOf(this.plane, fromCanvas(this.view, middle))
    const scale = (this.view.scale * this.plane.scale_x) / plane.scale_x
    const point = pictureOf(plane, desktop)
    this.plane = plane
    this.picture = picture
    if (this.fitted) this.refit()
    else this.settle({ scale, x: middle.x - point.x * scale, y: middle.y - point.y * scale })
  }

  /**
   * @param {{width: number, height: number}} size CSS pixels
   * @param {number} unit
   */
  resize(size, unit) {
    this.size = size
    this.unit = unit
    if (this.fitted) this.refit()
    else this.settle(this.view)
  }

  /** Show everything; asked again, only the picture. */
  fit() {
    this.fitted = this.fitted === 'all' && this.picture && !this.isWhole ? 'picture' : 'all'
    this.refit()
  }

  refit() {
    const isPicture = this.fitted === 'picture' && this.picture
    const view = fit(isPicture ? this.picture : this.plane, this.size, this.isWhole || isPicture ? 0 : MARGIN_PX)
    const { x, y } = isPicture ? this.picture : { x: 0, y: 0 }
    this.view = { scale: view.scale, x: view.x - x * view.scale, y: view.y - y * view.scale }
  }

  /** @param {Point} at CSS pixel that stays where it is @param {number} factor */
  zoomAt(at, factor) {
    const least = Math.min(fit(this.plane, this.size).scale, 1 / this.unit)
    this.fitted = null
    this.settle(zoomAt(this.view, at, factor, [least, MOST_ZOOM / this.unit]))
    if (factor < 1 && this.view.scale <= least * (1 + ALMOST) && least < 1 / this.unit) {
      this.fitted = 'all'
      this.refit()
    }
  }

  /** @param {Point} at CSS pixel that stays where it is */
  oneToOne(at) {
    this.fitted = null
    this.settle(oneToOne(this.view, this.unit, at))
  }

  /** @param {Point} by CSS pixels */
  pan(by) {
    if (this.fitted && this.isWhole) return
    this.fitted = null
    this.settle({ ...this.view, x: this.view.x + by.x, y: this.view.y + by.y })
  }

  /** @param {View} view */
  settle(view) {
    this.view = clampPan(view, this.plane, this.size)
  }

  /**
   * Desktop pixel under a CSS pixel.
   * @param {Point} at
   */
  desktopAt(at) {
    return desktopOf(this.plane, fromCanvas(this.view, at))
  }

  /**
   * A pen whose places are desktop pixels.
   * @param {CanvasRenderingContext2D} context
   * @param {import('./look.js').Look} look
   * @returns {import('./draw_marks.js').Pen}
   */
  pen(context, look) {
    const { zoom, corner, unit, plane } = this
    return {
      context, unit, look,
      x: (x_px) => (x_px - plane.left) * plane.scale_x * zoom + corner.x,
      y: (y_px) => (y_px - plane.top) * plane.scale_y * zoom + corner.y,
    }
  }
}
