// @ts-check
// What lies on the stage: the displays of a moment and the picture among them, in pixels of the picture. Pure.

import { planeOf, plainPlane, UNKNOWN_PLANE } from './geometry.js'

/** @typedef {import('./geometry.js').Plane} Plane */
/** @typedef {{left: number, top: number, width: number, height: number}} Box desktop pixels */
/** @typedef {Box & {id: string, is_estimated: boolean, start_us: number, end_us: number | null}} Display */
/** @typedef {{plane: Plane, picture: {x: number, y: number, width: number, height: number} | null, displays: Display[]}} World */

// Displays and pictures of scaled video miss each other by a rounding; that is no gap.
const SAME_SHARE = 0.01
const NOT_KNOWN = { ...UNKNOWN_PLANE, id: '', is_estimated: true, start_us: 0, end_us: null }

/**
 * The plane around displays and picture, and where the picture lies in it, at whole pixels.
 * @param {any} about
 * @param {number} frame place of the picture whose geometry counts, or -1
 * @param {number} t_us
 * @returns {World}
 */
export function worldOf(about, frame, t_us) {
  const own = about.frames.width[frame] ? planeOf(about, frame) : null
  const known = displaysAt(about.displays, t_us).filter((display) => !own || !display.is_estimated || !isWhole(own, display))
  const displays = known.length || own ? known : [NOT_KNOWN]
  if (!own) return { plane: plainPlane(displays, t_us), picture: null, displays }
  const box = around(boxOf(own), displays.length ? plainPlane(displays, t_us) : everyFrame(about))
  const { scale_x, scale_y } = own
  const x = Math.ceil((own.left - box.left) * scale_x - 1e-6)
  const y = Math.ceil((own.top - box.top) * scale_y - 1e-6)
  const plane = {
    left: own.left - x / scale_x, top: own.top - y / scale_y, scale_x, scale_y,
    width: Math.max(x + own.width, x + Math.ceil((box.left + box.width - own.left) * scale_x - 1e-6)),
    height: Math.max(y + own.height, y + Math.ceil((box.top + box.height - own.top) * scale_y - 1e-6)),
  }
  return { plane, picture: { x, y, width: own.width, height: own.height }, displays }
}

/**
 * Take over the size of a picture that nobody told (Parquet of others, read in place). Such a picture is a screen, so
 * it covers the display of its moment, whatever its own size.
 * @param {any} about
 * @param {number} frame
 * @param {{width: number, height: number}} bitmap
 */
export function measure({ frames, displays }, frame, { width, height }) {
  if (frames.width[frame]) return
  const plane = displays.length ? plainPlane(displays, frames.t_us[frame]) : { width, height }
  frames.width[frame] = width
  frames.height[frame] = height
  frames.scale_x[frame] ??= width / plane.width
  frames.scale_y[frame] ??= height / plane.height
}

/**
 * Whether a picture seems to show a whole display: then it knows the size better than a guess does.
 * @param {Plane} plane
 * @param {Display} display
 */
function isWhole({ left, top }, display) {
  return left === display.left && top === display.top
}

/**
 * Displays that are there at a moment; all of them when none is known for it.
 * @param {Display[]} displays
 * @param {number} t_us
 */
export function displaysAt(displays, t_us) {
  const now = displays.filter(({ start_us, end_us }) => (start_us ?? 0) <= t_us && (end_us === null || t_us < end_us))
  return now.length ? now : displays
}

/**
 * Desktop box of a picture.
 * @param {Plane} plane
 * @returns {Box}
 */
export function boxOf({ left, top, width, height, scale_x, scale_y }) {
  return { left, top, width: width / scale_x, height: height / scale_y }
}

/**
 * Box around all pictures, so that pictures of windows do not jump where no display is known.
 * @param {any} about
 * @returns {Box}
 */
function everyFrame(about) {
  return [...about.frames.id.keys()].filter((/** @type {number} */ at) => about.frames.width[at])
    .map((/** @type {number} */ at) => boxOf(planeOf(about, at)))
    .reduce((/** @type {Box} */ sum, /** @type {Box} */ box) => around(sum, box))
}

/**
 * The box around two; a side that differs by a rounding only is that of the first.
 * @param {Box} box
 * @param {Box} other
 * @returns {Box}
 */
function around(box, other) {
  const near = (/** @type {number} */ side, /** @type {number} */ wanted, /** @type {number} */ size) =>
    Math.abs(wanted - side) <= size * SAME_SHARE ? side : wanted
  const left = near(box.left, Math.min(box.left, other.left), box.width)
  const top = near(box.top, Math.min(box.top, other.top), box.height)
  const right = near(box.left + box.width, Math.max(box.left + box.width, other.left + other.width), box.width)
  const bottom = near(box.top + box.height, Math.max(box.top + box.height, other.top + other.height), box.height)
  return { left, top, width: right - left, height: bottom - top }
}
