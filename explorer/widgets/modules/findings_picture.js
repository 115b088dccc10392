// @ts-check
// The region of a finding out of its picture: stored pixels, each a square of whole pixels of the screen, and a small
// view of the whole picture that shows where it lies. Pictures come by the guarded route, exactly as they are stored.

import { element } from './dom.js'
import { isDark } from './theme.js'

const CROP_TALL_PX = 176
const WHOLE_TALL_PX = 128
const MARGIN_PX = 18
const MOST_ZOOM = 6
const MOST_KEPT = 4
const EDGE_PX = 4
const AS_STORED = /** @type {ImageBitmapOptions} */ ({ colorSpaceConversion: 'none', premultiplyAlpha: 'none' })
const GONE = 'This picture is not in the dataset any more.'
const BROKEN = 'The stored picture does not decode.'
const SILENT = 'The server did not answer when asked for this picture.'

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/**
 * Which part of a picture a crop shows, and how large: whole screen pixels for each stored pixel where it fits.
 * @param {Box} box region, in stored pixels
 * @param {{width: number, height: number}} picture
 * @param {{width: number, height: number}} room device pixels
 */
export function cropOf(box, picture, room) {
  const wide = Math.max(1, box.width) + 2 * MARGIN_PX
  const high = Math.max(1, box.height) + 2 * MARGIN_PX
  const fits = Math.min(room.width / wide, room.height / high)
  const zoom = fits >= 1 ? Math.min(MOST_ZOOM, Math.floor(fits)) : fits
  const width = room.width / zoom
  const height = room.height / zoom
  const x = within(box.x + box.width / 2 - width / 2, picture.width - width)
  const y = within(box.y + box.height / 2 - height / 2, picture.height - height)
  return { x: Math.round(x), y: Math.round(y), width, height, zoom }
}

/** Whether a region has a pixel of the picture. @param {Box} box @param {{width: number, height: number}} picture */
function touches({ x, y, width, height }, picture) {
  return x < picture.width && y < picture.height && x + width > 0 && y + height > 0
}

/** @param {number} place @param {number} most */
function within(place, most) {
  return most < 0 ? most / 2 : Math.max(0, Math.min(most, place))
}

export class FindingPicture {
  constructor() {
    this.crop = /** @type {HTMLCanvasElement} */ (element('canvas', 'crop', { role: 'img' }))
    this.whole = /** @type {HTMLCanvasElement} */ (element('canvas', 'whole', { role: 'img', 'aria-label': 'Where it lies in the picture' }))
    this.said = element('p', 'said')
    this.root = element('figure', 'picture', { hidden: '' }, this.crop, element('figcaption', '', {}, this.said), this.whole)
    this.kept = /** @type {Map<string, ImageBitmap>} */ (new Map())
    this.gone = new AbortController()
    this.watch = new ResizeObserver(() => this.draw())
    this.watch.observe(this.root)
  }

  /** @param {HTMLElement} root whose theme counts */
  look(root) {
    this.colour = isDark(root) ? '#FF6B6B' : '#C62828'
    this.halo = isDark(root) ? 'rgb(11 14 18 / 88%)' : 'rgb(255 255 255 / 92%)'
    this.draw()
  }

  /** @param {any} row null: nothing */
  async show(row) {
    this.gone.abort()
    this.gone = new AbortController()
    const { signal } = this.gone
    this.bitmap = this.copy = undefined
    this.box = row?.box ? { x: row.box[0], y: row.box[1], width: row.box[2], height: row.box[3] } : null
    this.root.hidden = !row?.frame
    if (!row?.frame) return
    this.whole.hidden = false
    this.say('Loading the picture…')
    this.draw()
    const [found, copy] = await Promise.all([this.fetch('frame', row.frame, signal), row.is_copy && this.box ? this.fetch('thumb', row.frame, signal) : ''])
    if (signal.aborted) return
    if (typeof found === 'string') return this.fail(found)
    this.bitmap = found
    this.copy = typeof copy === 'string' ? undefined : copy
    this.draw()
  }

  /** @param {string} words why there is no picture */
  fail(words) {
    this.crop.hidden = this.whole.hidden = true
    this.say(words)
  }

  /**
   * @param {'frame' | 'thumb'} what the picture, or the dataset's small copy of it
   * @param {string} frame_id @param {AbortSignal} signal @returns {Promise<ImageBitmap | string>} or why there is none
   */
  async fetch(what, frame_id, signal) {
    const way = `${what}/${encodeURIComponent(frame_id)}`
    const known = this.kept.get(way)
    if (known) return known
    try {
      const answer = await fetch(new URL(way, document.baseURI).href, { signal, credentials: 'same-origin' })
      if (!answer.ok) return GONE
      const blob = await answer.blob()
      const bitmap = await createImageBitmap(blob, AS_STORED).catch(() => null)
      if (!bitmap) return BROKEN
      this.keep(way, bitmap)
      return bitmap
    } catch {
      return SILENT
    }
  }

  /** @param {string} way @param {ImageBitmap} bitmap */
  keep(way, bitmap) {
    this.kept.set(way, bitmap)
    const [oldest] = this.kept.keys()
    if (this.kept.size <= MOST_KEPT) return
    this.kept.get(oldest)?.close()
    this.kept.delete(oldest)
  }

  draw() {
    const unit = window.devicePixelRatio || 1
    const wide_px = this.root.clientWidth
    if (!wide_px || this.whole.hidden) return
    const { bitmap, box } = this
    const isClose = box !== null && box !== undefined && (!bitmap || touches(box, bitmap))
    this.crop.hidden = !isClose
    const crop = sized(this.crop, wide_px, CROP_TALL_PX, unit)
    const whole = sized(this.whole, wide_px, isClose ? WHOLE_TALL_PX : CROP_TALL_PX, unit)
    if (!bitmap) return
    this.drawWhole(whole, bitmap, isClose ? box : null, unit)
    if (isClose) this.drawCrop(crop, bitmap, box, unit)
    else this.say(`${box ? 'The region lies outside of the picture' : 'Picture'} of ${bitmap.width} × ${bitmap.height}`)
  }

  /** @param {CanvasRenderingContext2D} crop @param {ImageBitmap} bitmap @param {Box} box @param {number} unit */
  drawCrop(crop, bitmap, box, unit) {
    const shown = this.copy ?? bitmap
    const [across, down] = [shown.width / bitmap.width, shown.height / bitmap.height]
    const region = { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down }
    const part = cropOf(region, shown, this.crop)
    crop.imageSmoothingEnabled = part.zoom < 1
    crop.drawImage(shown, part.x, part.y, part.width, part.height, 0, 0, this.crop.width, this.crop.height)
    this.outline(crop, region, part, unit)
    this.describe(part.zoom, bitmap, box)
  }

  /**
   * The whole picture, with a margin in which an outline at its edge is seen.
   * @param {CanvasRenderingContext2D} whole @param {ImageBitmap} bitmap @param {Box | null} box @param {number} unit
   */
  drawWhole(whole, bitmap, box, unit) {
    const { width, height } = this.whole
    const room = 2 * EDGE_PX * unit
    const zoom = Math.min((width - room) / bitmap.width, (height - room) / bitmap.height)
    const [left, top] = [Math.round((width - bitmap.width * zoom) / 2), Math.round((height - bitmap.height * zoom) / 2)]
    whole.imageSmoothingQuality = 'high'
    whole.drawImage(bitmap, left, top, bitmap.width * zoom, bitmap.height * zoom)
    if (box) this.outline(whole, box, { x: -left / zoom, y: -top / zoom, zoom }, unit)
  }

  /** The outline lies outside of the region, so that no pixel of it is covered. @param {CanvasRenderingContext2D} context */
  outline(context, /** @type {Box} */ box, /** @type {{x: number, y: number, zoom: number}} */ { x, y, zoom }, /** @type {number} */ unit) {
    const gap = 2 * unit
    const rect = /** @type {[number, number, number, number]} */ ([(box.x - x) * zoom - gap, (box.y - y) * zoom - gap,
      box.width * zoom + 2 * gap, box.height * zoom + 2 * gap])
    for (const [colour, wide] of [[this.halo, 4], [this.colour, 2]]) {
      context.strokeStyle = /** @type {string} */ (colour)
      context.lineWidth = /** @type {number} */ (wide) * unit
      context.strokeRect(...rect)
    }
  }

  /** @param {number} zoom device pixels of a stored pixel @param {ImageBitmap} bitmap @param {Box} box */
  describe(zoom, bitmap, { x, y, width, height }) {
    const stored = this.copy ? `small copy of ${this.copy.width} × ${this.copy.height}` : `picture of ${bitmap.width} × ${bitmap.height}`
    this.say(zoom >= 1 ? `Stored pixels${zoom > 1 ? `, ${zoom} × as large` : ''} · ${stored}` : `Smaller than stored, to fit · ${stored}`)
    this.crop.setAttribute('aria-label', `Region of ${width} × ${height} pixels at ${x}, ${y}`)
  }

  /** @param {string} words */
  say(words) {
    this.said.textContent = words
  }

  stop() {
    this.gone.abort()
    this.watch.disconnect()
    for (const bitmap of this.kept.values()) bitmap.close()
    this.kept.clear()
  }
}

/** @param {HTMLCanvasElement} canvas @param {number} wide_px @param {number} tall_px @param {number} unit */
function sized(canvas, wide_px, tall_px, unit) {
  canvas.width = Math.round(wide_px * unit)
  canvas.height = Math.round(tall_px * unit)
  canvas.style.height = `${tall_px}px`
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
}
