// @ts-check
// Other ways to look at a picture's pixels: contrast stretched, and what differs from the picture before. Pure.

const DARK_GAIN = 0.5
const GREY_SHARE = 0.35

/** @typedef {{width: number, height: number, data: Uint8ClampedArray}} Pixels RGBA, row by row */
/** @typedef {{left: number, top: number, width: number, height: number}} Box picture pixels */

/**
 * Contrast stretched: inside each box its own darkest to lightest value becomes black to white; everywhere else dark
 * values are spread, so that what a nearly black bar lets through can be seen.
 * @param {Pixels} pixels
 * @param {Box[]} boxes masks of the picture
 * @returns {Uint8ClampedArray}
 */
export function stretched({ width, height, data }, boxes) {
  const curve = spreadCurve()
  const out = new Uint8ClampedArray(data.length)
  for (let at = 0; at < data.length; at += 4) {
    out[at] = curve[data[at]]
    out[at + 1] = curve[data[at + 1]]
    out[at + 2] = curve[data[at + 2]]
    out[at + 3] = 255
  }
  for (const box of boxes) stretchBox({ width, height, data }, out, box)
  return out
}

function spreadCurve() {
  const whole = Math.log1p(255 * DARK_GAIN)
  return Uint8ClampedArray.from({ length: 256 }, (_, value) => Math.round((255 * Math.log1p(value * DARK_GAIN)) / whole))
}

/** @param {Pixels} pixels @param {Uint8ClampedArray} out @param {Box} box */
function stretchBox({ width, height, data }, out, box) {
  const [left, top] = [Math.max(0, Math.floor(box.left)), Math.max(0, Math.floor(box.top))]
  const right = Math.min(width, Math.ceil(box.left + box.width))
  const bottom = Math.min(height, Math.ceil(box.top + box.height))
  let [least, most] = [255, 0]
  const every = (/** @type {(at: number) => void} */ act) => {
    for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) act(4 * (y * width + x))
  }
  every((at) => {
    for (let channel = at; channel < at + 3; channel += 1) {
      if (data[channel] < least) least = data[channel]
      if (data[channel] > most) most = data[channel]
    }
  })
  const gain = most > least ? 255 / (most - least) : 1
  every((at) => {
    for (let channel = at; channel < at + 3; channel += 1) {
      out[channel] = most > least ? (data[channel] - least) * gain : data[channel]
    }
  })
}

/**
 * What differs from another picture keeps its colours, all else becomes a pale grey. null: their sizes differ.
 * @param {Pixels} now
 * @param {Pixels} before
 * @returns {{data: Uint8ClampedArray, changed_n: number} | null}
 */
export function difference(now, before) {
  if (now.width !== before.width || now.height !== before.height) return null
  const out = new Uint8ClampedArray(now.data.length)
  let changed_n = 0
  for (let at = 0; at < out.length; at += 4) {
    const [red, green, blue] = [now.data[at], now.data[at + 1], now.data[at + 2]]
    out[at + 3] = 255
    if (red === before.data[at] && green === before.data[at + 1] && blue === before.data[at + 2]) {
      const grey = 255 - (255 - (0.2126 * red + 0.7152 * green + 0.0722 * blue)) * GREY_SHARE
      out[at] = out[at + 1] = out[at + 2] = grey
    } else {
      changed_n += 1
      out[at] = red
      out[at + 1] = green
      out[at + 2] = blue
    }
  }
  return { data: out, changed_n }
}

/**
 * The pixels of a picture, as they are stored.
 * @param {ImageBitmap} bitmap
 * @returns {Pixels}
 */
export function pixelsOf(bitmap) {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }))
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, bitmap.width, bitmap.height)
}

/**
 * Pixels as something that can be drawn.
 * @param {Uint8ClampedArray} data
 * @param {number} width
 * @param {number} height
 */
export function drawable(data, width, height) {
  const canvas = new OffscreenCanvas(width, height)
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'))
  const image = context.createImageData(width, height)
  image.data.set(data)
  context.putImageData(image, 0, 0)
  return canvas
}
