// @ts-check
// Draws the lanes of the timeline: what each is, where it lies, how it looks. No state, no events.

import { clockText } from '../widgets/time_axis.js'
import { bars, lanesOf, stepTicks, tickTimes } from './axis.js'
import { outcomeOf } from './list_item.js'
import { shortLength } from './words.js'

/** Name, top and height of each lane, in CSS pixels. */
export const LANES = /** @type {[string, number, number][]} */ ([
  ['apps', 2, 14], ['activity', 22, 42], ['frames', 68, 12], ['marks', 84, 12], ['', 100, 16]])
export const HEIGHT_PX = 118
export const BAR_PX = 3
const LEAST_TICK_PX = 1.5
const NAME_PX = 72
const WRONG_PX = 4

/**
 * @typedef {object} Scene
 * @property {any} about
 * @property {any} axis of createAxis
 * @property {import('./bars.js').Density} density
 * @property {import('./look.js').Look} look
 * @property {Record<string, string>} app_colours
 * @property {{t_us: number}[]} marks
 * @property {number} width_px
 */

/** @param {CanvasRenderingContext2D} context @param {Scene} scene */
export function drawLanes(context, scene) {
  context.clearRect(0, 0, scene.width_px, HEIGHT_PX)
  for (const [name, top_px, height_px] of LANES) {
    context.save()
    context.translate(0, top_px)
    DRAWN[/** @type {keyof typeof DRAWN} */ (name || 'axis')](context, scene, height_px)
    context.restore()
  }
  for (const fold of scene.axis.folds) drawFold(context, fold, scene.look)
  drawNames(context, scene)
}

const DRAWN = { apps: drawApps, activity: drawActivity, frames: drawFrames, marks: drawMarks, axis: drawAxis }

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height_px */
function drawApps(context, { about, axis, look, app_colours }, height_px) {
  for (const { app, x_px, width_px } of lanesOf(about.apps, axis)) {
    context.fillStyle = app === null ? look.line : app_colours[app] ?? look.kinds.move
    context.globalAlpha = app === null ? 0.35 : 1
    context.fillRect(x_px, 0, Math.max(0.5, width_px - 1), height_px)
    context.globalAlpha = 1
  }
}

/**
 * Names of applications, each where its run has room beside the folds.
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 */
function drawNames(context, { about, axis, look }) {
  const [, top_px, height_px] = LANES[0]
  context.font = `10px ${look.font}`
  context.textBaseline = 'middle'
  context.fillStyle = '#ffffff'
  context.strokeStyle = 'rgb(0 0 0 / 55%)'
  context.lineWidth = 2.5
  for (const { app, x_px, width_px } of lanesOf(about.apps, axis)) {
    if (app === null) continue
    const text_px = context.measureText(app).width
    const piece = axis.pieces.find((/** @type {any} */ one) => !one.is_fold &&
      Math.min(one.x_px + one.width_px, x_px + width_px) - Math.max(one.x_px, x_px) > Math.min(NAME_PX, text_px + 8))
    if (!piece) continue
    const [left_px, right_px] = [Math.max(piece.x_px, x_px), Math.min(piece.x_px + piece.width_px, x_px + width_px)]
    context.save()
    context.beginPath()
    context.rect(left_px, top_px, right_px - left_px - 4, height_px)
    context.clip()
    context.strokeText(app, left_px + 4, top_px + height_px / 2 + 0.5)
    context.fillText(app, left_px + 4, top_px + height_px / 2 + 0.5)
    context.restore()
  }
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height_px */
function drawActivity(context, { density, axis, look, width_px }, height_px) {
  context.fillStyle = look.line
  context.fillRect(0, height_px - 1, width_px, 1)
  for (const bar of bars(density, axis, BAR_PX, height_px)) {
    for (const part of bar.parts) {
      context.fillStyle = look.kinds[part.kind] ?? look.kinds.move
      context.fillRect(bar.x_px, height_px - part.y_px - part.height_px, Math.max(1, bar.width_px - 0.5), part.height_px)
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height_px */
function drawFrames(context, { about, axis, look, width_px }, height_px) {
  context.fillStyle = look.kinds.frame
  let last_px = -LEAST_TICK_PX
  for (const t_us of about.frames.t_us) {
    const x_px = axis.x_of(t_us)
    if (x_px < 0 || x_px > width_px || x_px - last_px < LEAST_TICK_PX) continue
    context.fillRect(Math.min(x_px, width_px - 1), 0, 1, height_px)
    last_px = x_px
  }
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height_px */
function drawMarks(context, { about, axis, look, marks, width_px }, height_px) {
  const middle_px = height_px / 2
  for (const step of about.steps) {
    const x_px = axis.x_of(step.t_us)
    if (x_px < 0 || x_px > width_px) continue
    if (outcomeOf(step) === 'wrong') drawCross(context, x_px, middle_px, look.kinds.mark)
    else {
      context.fillStyle = look.quiet
      context.fillRect(x_px - 1, middle_px - 3, 2, 6)
    }
  }
  context.fillStyle = look.kinds.mark
  for (const { t_us } of marks) {
    const x_px = axis.x_of(t_us)
    if (x_px < 0 || x_px > width_px) continue
    context.fillRect(x_px, 0, 1.5, height_px)
    context.beginPath()
    context.moveTo(x_px, 0)
    context.lineTo(x_px + 8, 3.5)
    context.lineTo(x_px, 7)
    context.fill()
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} x_px @param {number} y_px @param {string} colour */
function drawCross(context, x_px, y_px, colour) {
  context.strokeStyle = colour
  context.lineWidth = 1.6
  context.beginPath()
  for (const side of [1, -1]) {
    context.moveTo(x_px - WRONG_PX, y_px - side * WRONG_PX)
    context.lineTo(x_px + WRONG_PX, y_px + side * WRONG_PX)
  }
  context.stroke()
}

/** @param {CanvasRenderingContext2D} context @param {Scene} scene @param {number} height_px */
function drawAxis(context, { about, axis, look, width_px }, height_px) {
  const isSteps = about.axis === 'step'
  const times = isSteps ? stepTicks(axis) : tickTimes(axis)
  const hasTenths = times.length > 1 && times[1] - times[0] < 1e6
  context.font = `11px ${look.font}`
  context.textBaseline = 'bottom'
  for (const t_us of times) {
    const x_px = axis.x_of(t_us)
    const text = isSteps ? String(t_us / 1e6 + 1) : clockText(t_us, hasTenths)
    const half_px = context.measureText(text).width / 2
    context.fillStyle = look.line
    context.fillRect(Math.min(x_px, width_px - 1), 0, 1, 4)
    context.fillStyle = look.quiet
    context.fillText(text, Math.min(Math.max(0, x_px - half_px), width_px - 2 * half_px), height_px)
  }
}

/**
 * A zig-zag through all lanes where nothing happened, with how long.
 * @param {CanvasRenderingContext2D} context
 * @param {{x_px: number, width_px: number, length_us: number}} fold
 * @param {import('./look.js').Look} look
 */
function drawFold(context, { x_px, width_px, length_us }, look) {
  const bottom_px = LANES[4][1] - 2
  context.fillStyle = look.display
  context.fillRect(x_px + 1, 0, width_px - 2, bottom_px)
  context.strokeStyle = look.line
  context.lineWidth = 1
  for (const side_px of [x_px + 2.5, x_px + width_px - 2.5]) {
    context.beginPath()
    for (let y_px = 0; y_px <= bottom_px; y_px += 4) context.lineTo(side_px + (y_px % 8 ? 1.5 : -1.5), y_px)
    context.stroke()
  }
  context.save()
  context.translate(x_px + width_px / 2, bottom_px / 2)
  context.rotate(-Math.PI / 2)
  context.font = `11px ${look.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillStyle = look.quiet
  context.fillText(shortLength(length_us), 0, 0)
  context.restore()
}
