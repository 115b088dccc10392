// @ts-check
// What lies under the marks: displays, the picture with its pixels as they are stored, or the focused window's outline.

import { drawFinding } from './draw_finding.js'
import { drawMasks, fitted, onCanvas, setFont } from './draw_boxes.js'

/** @typedef {import('./draw_marks.js').Pen} Pen */
/** @typedef {import('./draw_boxes.js').Box} Box */

const TITLE_TALL_PX = 22
const FONT_PX = 12
const RADIUS_PX = 4

/**
 * @typedef {object} Scene
 * @property {CanvasImageSource | null} bitmap the picture, when there is one to show
 * @property {{x: number, y: number, width: number, height: number}} place of the picture, in device pixels
 * @property {boolean} isWhole the picture covers everything there is
 * @property {import('./world.js').Display[]} displays
 * @property {(Box & {app: string}) | null} window focused, for a stage without a picture
 * @property {import('./draw_boxes.js').Mask[]} masks
 * @property {(Box & {words: string}) | null} [finding]
 */

/**
 * @param {Pen} pen
 * @param {Scene} scene
 */
export function drawGround(pen, scene) {
  const { context, look } = pen
  context.fillStyle = look.ground
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
  if (!scene.bitmap || !scene.isWhole) drawDisplays(pen, scene.displays)
  if (scene.bitmap) drawPicture(pen, scene.bitmap, scene)
  else if (scene.window) drawWindow(pen, scene.window)
  if (scene.masks.length) drawMasks(pen, scene.masks)
  if (scene.finding) drawFinding(pen, scene.finding)
}

/**
 * The picture; from its stored size on, each pixel is drawn as a square, and nothing is smoothed.
 * @param {Pen} pen
 * @param {CanvasImageSource} bitmap
 * @param {Scene} scene
 */
function drawPicture({ context, unit, look }, bitmap, { place, isWhole }) {
  const { x, y, width, height } = place
  const stored_px = /** @type {ImageBitmap} */ (bitmap).width
  context.imageSmoothingEnabled = width < stored_px
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, x, y, width, height)
  if (isWhole) return
  context.lineWidth = unit
  context.strokeStyle = look.line
  context.strokeRect(x - unit / 2, y - unit / 2, width + unit, height + unit)
}

/**
 * Each display as a face with an outline, dashed where its size is a guess; its name when there are several.
 * @param {Pen} pen
 * @param {import('./world.js').Display[]} displays
 */
function drawDisplays(pen, displays) {
  const { context, unit, look } = pen
  for (const display of displays) {
    const box = onCanvas(pen, display)
    context.fillStyle = look.display
    context.fillRect(box.left, box.top, box.width, box.height)
    context.lineWidth = unit
    context.strokeStyle = look.line
    context.setLineDash(display.is_estimated ? [6 * unit, 4 * unit] : [])
    context.strokeRect(box.left + unit / 2, box.top + unit / 2, box.width - unit, box.height - unit)
    context.setLineDash([])
    if (displays.length < 2) continue
    setFont(pen, FONT_PX)
    context.fillStyle = look.quiet
    const said = `${display.id} · ${display.width} × ${display.height}`
    context.fillText(fitted(context, said, box.width - 16 * unit), box.left + 8 * unit, box.top + box.height - 12 * unit)
  }
}

/**
 * The focused window as an outline with the name of its application.
 * @param {Pen} pen
 * @param {Box & {app: string}} window
 */
function drawWindow(pen, window) {
  const { context, unit, look } = pen
  const box = onCanvas(pen, window)
  const tall = Math.min(TITLE_TALL_PX * unit, box.height)
  context.beginPath()
  context.roundRect(box.left, box.top, box.width, box.height, RADIUS_PX * unit)
  context.fillStyle = look.display
  context.fill()
  context.save()
  context.clip()
  context.fillStyle = look.ground
  context.fillRect(box.left, box.top, box.width, tall)
  context.restore()
  context.lineWidth = 1.5 * unit
  context.strokeStyle = look.kinds.app_switch
  context.stroke()
  setFont(pen, FONT_PX)
  context.fillStyle = look.ink
  context.fillText(fitted(context, window.app, box.width - 20 * unit), box.left + 10 * unit, box.top + tall / 2 + unit)
}
