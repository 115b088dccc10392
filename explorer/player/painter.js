// @ts-check
// Paints a moment on two layers: the ground, again only when the picture or the view of it changes, and the marks over
// it, for every moment.

import { drawGround } from './draw.js'
import { drawOver } from './draw_over.js'
import { chipHold, marksAt, masksByFrame } from './moment.js'

const MOST_TRAIL_S = 10

/** @typedef {import('./view.js').StageView} StageView */
/** @typedef {import('./look.js').Look} Look */

export class Painter {
  /** @param {import('./stage.js').Sources} sources @param {import('./shown.js').Shown} shown */
  constructor({ about, session, frames }, shown) {
    this.about = about
    this.session = session
    this.frames = frames
    this.shown = shown
    this.masks = masksByFrame(about)
    this.told = ''
    this.finding = /** @type {any} */ (null)
  }

  /** Paint the ground next time, whatever is there. */
  forget() {
    this.told = ''
  }

  /**
   * Masks of the picture that is drawn.
   * @param {import('./stage.js').Options} options
   */
  masksOf({ masks }) {
    return masks ? this.masks.get(this.shown.index) ?? [] : []
  }

  /** The finding on the picture that is drawn, or null. */
  get found() {
    return this.finding && this.finding.frame === this.shown.index ? this.finding : null
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {StageView} eye
   * @param {Look} look
   * @param {any} window focused
   * @param {import('./stage.js').Options} options
   */
  ground(context, eye, look, window, options) {
    const { index, key } = this.shown
    const outline = index < 0 ? outlineOf(window) : null
    const told = JSON.stringify([index, key, eye.place, eye.corner, eye.zoom, eye.unit, look.is_dark, options.masks, outline, this.found])
    if (told === this.told) return
    this.told = told
    drawGround(eye.pen(context, look), {
      bitmap: index < 0 ? null : this.frames.get(index), place: eye.place, isWhole: eye.isWhole,
      displays: this.shown.world.displays, window: outline, masks: this.masksOf(options), finding: this.found,
    })
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {StageView} eye
   * @param {Look} look
   * @param {number} t_us
   * @param {any} state of the session at the moment
   * @param {import('./stage.js').Options} options
   */
  over(context, eye, look, t_us, state, options) {
    const { session, about } = this
    const trail_us = Math.max(0, Math.min(MOST_TRAIL_S, options.trail_s)) * 1e6
    const hold_us = chipHold(options.speed)
    drawOver(eye.pen(context, look), {
      t_us, state, trail_us, hold_us, trail: trail_us ? session.pathBetween(t_us - trail_us, t_us) : [],
      marks: marksAt(session, about, t_us, options), chips: session.chipsAt(t_us, { hold_us, mode: options.chips }),
    })
  }
}

/**
 * The focused window's box, when all of it is known.
 * @param {any} window
 */
function outlineOf({ app, left, top, width, height }) {
  return [left, top, width, height].every(Number.isFinite) ? { app: app ?? '', left, top, width, height } : null
}
