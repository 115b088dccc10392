// @ts-check
// From the desktop to a picture of it, and from the picture to the canvas, and back. Pure arithmetic.
//
// A plane is what is looked at: a frame, or a plain stage where there is none. A view says how it lies on the canvas:
// canvas = picture * scale + (x, y), in CSS pixels.

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{left: number, top: number, width: number, height: number, scale_x: number, scale_y: number}} Plane */
/** @typedef {{scale: number, x: number, y: number}} View */
/** @typedef {Size & {start_us: number, end_us: number | null, left: number, top: number}} Display */

/** Where no display is known, and no frame. @type {Plane} */
export const UNKNOWN_PLANE = { left: 0, top: 0, width: 1920, height: 1080, scale_x: 1, scale_y: 1 }
const LEAST_SCALE = 0.05
const MOST_SCALE = 32

/**
 * Plane of a frame; scales that are not known count as 1.
 * @param {{frames: Record<'left' | 'top' | 'width' | 'height' | 'scale_x' | 'scale_y', number[]>}} about
 * @param {number} frame place in about.frames
 * @returns {Plane}
 */
export function planeOf({ frames }, frame) {
  return {
    left: frames.left[frame] ?? 0, top: frames.top[frame] ?? 0,
    width: frames.width[frame], height: frames.height[frame],
    scale_x: frames.scale_x[frame] || 1, scale_y: frames.scale_y[frame] || 1,
  }
}

/**
 * Plane around all displays of a moment; around those of all times when none is known for it.
 * @param {Display[]} displays
 * @param {number} t_us
 * @returns {Plane}
 */
export function plainPlane(displays, t_us) {
  const now = displays.filter(({ start_us, end_us }) => start_us <= t_us && (end_us === null || t_us < end_us))
  const boxes = (now.length ? now : displays).filter(({ width, height }) => width > 0 && height > 0)
  if (!boxes.length) return UNKNOWN_PLANE
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  const width = Math.max(...boxes.map((box) => box.left + box.width)) - left
  const height = Math.max(...boxes.map((box) => box.top + box.height)) - top
  return { left, top, width, height, scale_x: 1, scale_y: 1 }
}

/** @param {Plane} plane @param {Point} desktop */
export function pictureOf({ left, top, scale_x, scale_y }, { x, y }) {
  return { x: (x - left) * scale_x, y: (y - top) * scale_y }
}

/** @param {Plane} plane @param {Point} picture */
export function desktopOf({ left, top, scale_x, scale_y }, { x, y }) {
  return { x: x / scale_x + left, y: y / scale_y + top }
}

/** @param {View} view @param {Point} picture */
export function canvasOf({ scale, x, y }, picture) {
  return { x: picture.x * scale + x, y: picture.y * scale + y }
}

/** @param {View} view @param {Point} canvas */
export function fromCanvas({ scale, x, y }, canvas) {
  return { x: (canvas.x - x) / scale, y: (canvas.y - y) / scale }
}

/**
 * View that shows a whole picture, in the middle.
 * @param {Size} picture
 * @param {Size} canvas
 * @param {number} [margin] CSS pixels left free on every side
 * @returns {View}
 */
export function fit(picture, canvas, margin = 0) {
  const wide = Math.max(1, canvas.width - 2 * margin) / Math.max(1, picture.width)
  const high = Math.max(1, canvas.height - 2 * margin) / Math.max(1, picture.height)
  const scale = Math.min(wide, high)
  return { scale, x: (canvas.width - picture.width * scale) / 2, y: (canvas.height - picture.height * scale) / 2 }
}

/**
 * View after zooming; the picture's point under `canvas_point` stays there.
 * @param {View} view
 * @param {Point} canvas_point
 * @param {number} factor
 * @param {[number, number]} [limits] smallest and largest scale
 * @returns {View}
 */
export function zoomAt(view, canvas_point, factor, [least, most] = [LEAST_SCALE, MOST_SCALE]) {
  const scale = Math.max(least, Math.min(most, view.scale * factor))
  return around(fromCanvas(view, canvas_point), canvas_point, scale)
}

/**
 * View in which one picture pixel is exactly one pixel of the screen.
 * @param {View} view
 * @param {number} dpr screen pixels per CSS pixel
 * @param {Point} canvas_point stays over its place, up to half a screen pixel
 * @returns {View}
 */
export function oneToOne(view, dpr, canvas_point) {
  const { scale, x, y } = around(fromCanvas(view, canvas_point), canvas_point, 1 / dpr)
  return { scale, x: Math.round(x * dpr) / dpr, y: Math.round(y * dpr) / dpr }
}

/**
 * @param {Point} picture
 * @param {Point} canvas
 * @param {number} scale
 * @returns {View}
 */
function around(picture, canvas, scale) {
  return { scale, x: canvas.x - picture.x * scale, y: canvas.y - picture.y * scale }
}

/**
 * View moved as little as possible so that a picture smaller than the canvas lies within it, and a larger one leaves no
 * gap.
 * @param {View} view
 * @param {Size} picture
 * @param {Size} canvas
 * @returns {View}
 */
export function clampPan({ scale, x, y }, picture, canvas) {
  return { scale, x: held(x, canvas.width - picture.width * scale), y: held(y, canvas.height - picture.height * scale) }
}

/**
 * @param {number} place
 * @param {number} free canvas beside the picture; negative when the picture is larger
 */
function held(place, free) {
  return Math.max(Math.min(0, free), Math.min(Math.max(0, free), place))
}

/**
 * Whole device pixels of a length: as the browser says, or as they are, where that fits the length.
 * @param {number} length
 * @param {number} known
 */
export function near(length, known) {
  return Math.abs(length - known) < 1 ? known : Math.round(length)
}
