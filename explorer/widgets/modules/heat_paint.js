// @ts-check
// Levels of a grey picture in the colours of a table, on a canvas.

const LARGEST_PX = 2048

/**
 * A picture that is ready to be drawn.
 * @param {string} source a data: address
 * @returns {Promise<HTMLImageElement>}
 */
export async function pictureOf(source) {
  const picture = new Image()
  picture.src = source
  await picture.decode()
  return picture
}

/**
 * RGBA of each of 256 levels.
 * @param {string} packed base64
 */
export function tableOf(packed) {
  return Uint8ClampedArray.from(atob(packed), (letter) => letter.charCodeAt(0))
}

/**
 * The picture's levels in colour, a pixel a cell.
 * @param {HTMLImageElement} picture
 * @param {Uint8ClampedArray} table
 */
export function coloured(picture, table) {
  const canvas = document.createElement('canvas')
  canvas.width = picture.naturalWidth
  canvas.height = picture.naturalHeight
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }))
  context.drawImage(picture, 0, 0)
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height)
  for (let at = 0; at < pixels.data.length; at += 4) {
    pixels.data.set(table.subarray(4 * pixels.data[at], 4 * pixels.data[at] + 4), at)
  }
  context.putImageData(pixels, 0, 0)
  return canvas
}

/**
 * Draw a layer over the whole of a canvas; cells keep their edges unless the map is smooth.
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement | null} layer
 * @param {boolean} is_smooth
 */
export function drawLayer(canvas, layer, is_smooth) {
  const scale = window.devicePixelRatio || 1
  const box = canvas.getBoundingClientRect()
  canvas.width = Math.min(LARGEST_PX, Math.max(1, Math.round(box.width * scale)))
  canvas.height = Math.min(LARGEST_PX, Math.max(1, Math.round(box.height * scale)))
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  context.imageSmoothingEnabled = is_smooth
  context.imageSmoothingQuality = 'high'
  if (layer) context.drawImage(layer, 0, 0, canvas.width, canvas.height)
}

/**
 * A table of colours as a CSS gradient from its level `from` to its level 255.
 * @param {Uint8ClampedArray} table
 * @param {number} from
 */
export function gradientOf(table, from) {
  const stops = []
  for (let step = 0; step <= 32; step += 1) {
    const level = Math.round(from + ((255 - from) * step) / 32)
    stops.push(colourOf(table, level))
  }
  return `linear-gradient(to right, ${stops.join(', ')})`
}

/**
 * The CSS colour of a level.
 * @param {Uint8ClampedArray} table
 * @param {number} level
 */
export function colourOf(table, level) {
  const [red, green, blue, alpha] = table.subarray(4 * level, 4 * level + 4)
  return `rgb(${red} ${green} ${blue} / ${(alpha / 255).toFixed(3)})`
}
