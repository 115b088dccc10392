// @ts-check
// What the reader's own pointer finds on the stage: words about a mask, and the loupe.

import { pictureOf, planeOf } from './geometry.js'
import { Loupe } from './loupe.js'
import { maskWords } from './strip.js'

/** @typedef {{x: number, y: number}} Point CSS pixels */

export class Pointing {
  /** @param {import('./stage.js').Stage} stage */
  constructor(stage) {
    this.stage = stage
    this.loupe = new Loupe()
    this.over = /** @type {Point | null} */ (null)
    this.glass = /** @type {{at: Point, isTouch: boolean} | null} */ (null)
    stage.screen.append(this.loupe.root)
  }

  /** Say again what is under the pointer: the moment or the view changed. */
  refresh() {
    if (this.glass) this.look(this.glass.at, this.glass.isTouch)
    if (this.over) this.hover(this.over)
  }

  /** @param {Point | null} at */
  hover(at) {
    this.over = at
    const { stage } = this
    const masks = at && !this.glass ? stage.painter.masksOf(stage.options) : []
    const { x, y } = at && masks.length ? stage.eye.desktopAt(at) : { x: 0, y: 0 }
    const mask = masks.find(({ left, top, width, height }) => x >= left && y >= top && x < left + width && y < top + height)
    stage.notes.showHover(mask ? maskWords(mask) : '', at ?? undefined)
  }

  /**
   * @param {Point | null} at null: close the loupe
   * @param {boolean} isTouch
   */
  look(at, isTouch) {
    const { eye, shown, frames, look, about } = this.stage
    const picture = at && shown.index >= 0 ? frames.get(shown.index) : null
    this.glass = at && picture ? { at, isTouch } : null
    this.hover(this.over)
    if (!at || !picture) return this.loupe.close()
    const desktop = eye.desktopAt(at)
    const pixel = pictureOf(planeOf(about, shown.index), desktop)
    const words = `${Math.floor(desktop.x)}, ${Math.floor(desktop.y)}`
    return this.loupe.show(picture, pixel, { at, unit: eye.unit, zoom: eye.zoom, look, words, isTouch })
  }
}
