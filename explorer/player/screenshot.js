// @ts-check
// A moment as a picture of its own, at the stored size, whatever the stage looks at.

import { Painter } from './painter.js'
import { StageView } from './view.js'

// Marks keep their size to the picture: a large screen has large pixels' worth of ring.
const MARKS_FOR_PX = 1440

/**
 * PNG of everything there is at a moment, with its marks.
 * @param {import('./stage.js').Stage} stage
 * @returns {Promise<Blob>}
 */
export function screenshot({ sources, shown, session, t_us, options, look }) {
  const { plane, picture } = shown.world
  const unit = Math.max(1, plane.width / MARKS_FOR_PX)
  const eye = new StageView()
  Object.assign(eye, { fitted: null, plane, picture, unit, view: { scale: 1 / unit, x: 0, y: 0 } })
  const painter = new Painter(sources, shown)
  const state = session.stateAt(t_us)
  const sheet = new OffscreenCanvas(plane.width, plane.height)
  const context = /** @type {any} */ (sheet.getContext('2d'))
  painter.ground(context, eye, look, state.window, options)
  painter.over(context, eye, look, t_us, state, options)
  return sheet.convertToBlob({ type: 'image/png' })
}
