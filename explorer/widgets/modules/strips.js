// @ts-check
// Small pictures of a whole session: activity as stacked bars, applications as a ribbon.

export const BINS = 60
export const LEVELS = 25
const A = 'a'.charCodeAt(0)

/**
 * Levels per kind of a packed activity text: a digit, then a letter a bin.
 * @param {string} packed
 * @returns {{kind: number, levels: number[]}[]}
 */
export function unpackActivity(packed) {
  const layers = []
  for (let at = 0; at + BINS < packed.length; at += BINS + 1) {
    const letters = packed.slice(at + 1, at + 1 + BINS)
    layers.push({ kind: Number(packed[at]), levels: Array.from(letters, (c) => c.charCodeAt(0) - A) })
  }
  return layers
}

/**
 * Runs of a flat list: application, start, end, in thousandths.
 * @param {number[]} flat
 */
export function unpackRuns(flat) {
  const runs = []
  for (let at = 0; at + 2 < flat.length; at += 3) runs.push({ app: flat[at], start: flat[at + 1], end: flat[at + 2] })
  return runs
}

/**
 * Share of the session's time per application, largest first.
 * @param {number[]} flat
 */
export function appShares(flat) {
  const shares = new Map()
  for (const { app, start, end } of unpackRuns(flat)) shares.set(app, (shares.get(app) ?? 0) + (end - start) / 1000)
  return [...shares].map(([app, share]) => ({ app, share })).sort((a, b) => b.share - a.share)
}

/**
 * A canvas of a size in CSS pixels, sharp on any screen.
 * @param {number} width
 * @param {number} height
 */
function canvasOf(width, height) {
  const canvas = document.createElement('canvas')
  const scale = Math.max(1, Math.round(window.devicePixelRatio || 1))
  canvas.width = width * scale
  canvas.height = height * scale
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  context.scale(scale, scale)
  return { canvas, context }
}

/**
 * Activity: the height of a bar follows the logarithm of what happened, its layers the kinds.
 * @param {string} packed
 * @param {string[]} colours of the kinds
 * @param {string} line colour of the base line
 */
export function activityCanvas(packed, colours, line, width = 120, height = 28) {
  const { canvas, context } = canvasOf(width, height)
  const layers = unpackActivity(packed)
  context.fillStyle = line
  context.fillRect(0, height - 1, width, 1)
  const bar_px = width / BINS
  for (let bin = 0; bin < BINS; bin += 1) {
    const sum = layers.reduce((total, layer) => total + layer.levels[bin], 0)
    const tallest = layers.reduce((most, layer) => Math.max(most, layer.levels[bin]), 0)
    let y = height
    for (const { kind, levels } of layers) {
      if (!levels[bin]) continue
      const part_px = Math.max(1, ((tallest / LEVELS) * height * levels[bin]) / sum)
      y -= part_px
      context.fillStyle = colours[kind]
      context.fillRect(bin * bar_px, y, Math.max(1, bar_px - 0.5), part_px)
    }
  }
  return canvas
}

/**
 * Applications over time.
 * @param {number[]} flat
 * @param {string[]} colours of the applications
 * @param {string} line colour where none is known
 */
export function ribbonCanvas(flat, colours, line, width = 120, height = 8) {
  const { canvas, context } = canvasOf(width, height)
  context.fillStyle = line
  context.fillRect(0, height / 2 - 0.5, width, 1)
  for (const { app, start, end } of unpackRuns(flat)) {
    context.fillStyle = colours[app]
    context.fillRect((start * width) / 1000, 0, Math.max(1, ((end - start) * width) / 1000), height)
  }
  return canvas
}
