// @ts-check
// The picture of an item at stored pixels: fitted, 1:1, zoomed, moved, under the loupe; regions are drawn on it.

import { element } from '../widgets/dom.js'
import { drawGround } from './draw.js'
import { drawTag, onCanvas, tagSize } from './draw_boxes.js'
import { strokeTwice } from './draw_marks.js'
import { Gestures } from './gestures.js'
import { lookOf } from './look.js'
import { Loupe } from './loupe.js'
import { region } from './review_places.js'
import { StageView } from './view.js'

/** @typedef {import('./review_places.js').Place} Place */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {CanvasImageSource & {width: number, height: number}} Drawable */

export class ReviewLook {
  /** @param {{onregion: (place: Place) => void, onview: () => void, isDrawing: () => boolean}} acts */
  constructor(acts) {
    this.acts = acts
    this.eye = new StageView()
    this.loupe = new Loupe()
    this.picture = /** @type {Drawable | null} */ (null) // as it is drawn: stored, stretched, or the difference
    this.masks = /** @type {import('./draw_boxes.js').Mask[]} */ ([])
    this.places = /** @type {Place[]} */ ([])
    this.drawn = /** @type {Place | null} */ (null)
    this.hasOutlines = false
    this.reason = element('p', 'reason', { hidden: '' })
    this.ground = /** @type {HTMLCanvasElement} */ (element('canvas', 'ground', { role: 'img', 'aria-label': 'Screenshot' }))
    this.screen = element('div', 'screen', {}, this.ground, this.reason, this.loupe.root)
    this.gestures = new Gestures(this.screen, {
      zoom: (at, factor) => this.moved(() => this.eye.zoomAt(at, factor)),
      pan: (by) => this.moved(() => this.eye.pan(by)),
      fit: () => this.fit(),
      loupe: (at, isTouch = false) => this.glass(at, isTouch),
      hover: () => {},
      draws: (event) => Boolean(this.picture) && !event.shiftKey && (event.pointerType !== 'touch' || acts.isDrawing()),
      draw: (from, to, isEnd) => this.mark(from, to, isEnd),
    })
    this.watch = new ResizeObserver(() => this.resize())
    this.watch.observe(this.screen)
  }

  stop() {
    cancelAnimationFrame(this.request ?? 0)
    this.gestures.stop()
    this.watch.disconnect()
  }

  /**
   * Show another item; the view is fitted anew.
   * @param {Drawable | null} picture
   * @param {{masks: any[], words: string, reason: string}} how words: for those who do not see the picture
   */
  show(picture, { masks, words, reason }) {
    this.masks = masks.map(({ left_px, top_px, width_px, height_px, entity, method }) => ({
      left: left_px, top: top_px, width: width_px, height: height_px, entity: entity ?? 'masked', method: method ?? 'method not told', score: null,
    }))
    this.eye.fitted = 'all'
    this.ground.setAttribute('aria-label', words)
    this.reason.textContent = reason
    this.reason.hidden = !reason
    this.setPicture(picture)
  }

  /** The same item by another picture of the same size. @param {Drawable | null} picture */
  setPicture(picture) {
    this.picture = picture
    const { width, height } = picture ?? { width: 1920, height: 1080 }
    if (this.eye.plane.width !== width || this.eye.plane.height !== height || Boolean(picture) !== Boolean(this.eye.picture)) {
      const plane = { left: 0, top: 0, width, height, scale_x: 1, scale_y: 1 }
      this.eye.look({ plane, picture: picture && { x: 0, y: 0, width, height }, displays: [] })
    } else if (this.eye.fitted && this.eye.size.width) this.eye.refit()
    this.redraw()
  }

  /** @param {Place[]} places */
  setPlaces(places) {
    this.places = places
    this.redraw()
  }

  /** @param {boolean} hasOutlines */
  setOutlines(hasOutlines) {
    this.hasOutlines = hasOutlines
    this.redraw()
  }

  resize() {
    const unit = window.devicePixelRatio || 1
    const { width, height } = this.screen.getBoundingClientRect()
    if (!width || !height) return
    this.ground.width = Math.round(width * unit)
    this.ground.height = Math.round(height * unit)
    this.eye.resize({ width, height }, unit)
    this.paint()
    this.acts.onview()
  }

  redraw() {
    cancelAnimationFrame(this.request ?? 0)
    this.request = requestAnimationFrame(() => this.paint())
  }

  paint() {
    if (!this.eye.size.width) return
    const context = /** @type {CanvasRenderingContext2D} */ (this.ground.getContext('2d'))
    const look = lookOf(this.screen)
    const pen = this.eye.pen(context, look)
    drawGround(pen, { bitmap: this.picture, place: this.eye.place, isWhole: true, displays: [], window: null,
      masks: this.hasOutlines ? this.masks : [] })
    this.places.forEach((place, at) => place.width_px && drawPlace(pen, place, String(at + 1)))
    if (this.drawn) drawPlace(pen, this.drawn, '')
  }

  /** @param {() => void} move */
  moved(move) {
    move()
    this.screen.classList.toggle('free', !this.eye.fitted)
    this.redraw()
    this.acts.onview()
  }

  fit() {
    this.moved(() => this.eye.fit())
  }

  oneToOne() {
    this.moved(() => this.eye.oneToOne(this.eye.middle))
  }

  /** @param {number} factor */
  zoomBy(factor) {
    this.moved(() => this.eye.zoomAt(this.eye.middle, factor))
  }

  /** @param {number} x CSS pixels @param {number} y */
  panBy(x, y) {
    this.moved(() => this.eye.pan({ x, y }))
  }

  /** @param {Point} from CSS pixels @param {Point | null} to null: given up @param {boolean} isEnd */
  mark(from, to, isEnd) {
    const { picture } = this
    this.drawn = to && picture ? region(this.eye.desktopAt(from), this.eye.desktopAt(to), picture) : null
    if (isEnd && this.drawn) this.acts.onregion(this.drawn)
    if (isEnd) this.drawn = null
    this.redraw()
  }

  /** @param {Point | null} at @param {boolean} isTouch */
  glass(at, isTouch) {
    if (!at || !this.picture) return this.loupe.close()
    const { eye } = this
    const pixel = eye.desktopAt(at)
    const words = `${Math.floor(pixel.x)}, ${Math.floor(pixel.y)}`
    return this.loupe.show(this.picture, pixel, { at, unit: eye.unit, zoom: eye.zoom, look: lookOf(this.screen), words, isTouch })
  }
}

/**
 * A marked region with its number.
 * @param {import('./draw_marks.js').Pen} pen
 * @param {Place} place
 * @param {string} number
 */
function drawPlace(pen, { left_px = 0, top_px = 0, width_px = 0, height_px = 0 }, number) {
  const colour = pen.look.kinds.mark
  const box = onCanvas(pen, { left: left_px, top: top_px, width: width_px, height: height_px })
  const path = new Path2D()
  path.rect(box.left, box.top, box.width, box.height)
  strokeTwice(pen, path, colour, 2)
  if (!number) return
  const size = tagSize(pen, number)
  const top = box.top >= size.height ? box.top - size.height : box.top
  drawTag(pen, number, { ...size, left: Math.max(0, box.left), top }, colour)
}
