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
    this.bitmap = undefined
    this.box = row?.box ? { x: row.box[0], y: row.box[1], width: row.box[2], height: row.box[3] } : null
    this.root.hidden = !row?.frame
    if (!row?.frame) return
    this.say('Loading the picture…')
    this.draw()
    const found = await this.fetch(row.frame, signal)
    if (signal.aborted) return
    if (typeof found === 'string') return this.say(found)
    this.bitmap = found
    this.draw()
  }

  /** @param {string} frame_id @param {AbortSignal} signal @returns {Promise<ImageBitmap | string>} or why there is none */
  async fetch(frame_id, signal) {
    const known = this.kept.get(frame_id)
    if (known) return known
    try {
      const answer = await fetch(new URL(`frame/${encodeURIComponent(frame_id)}`, document.baseURI).href, { signal, credentials: 'same-origin' })
      if (!answer.ok) return GONE
      const blob = await answer.blob()
      const bitmap = await createImageBitmap(blob, AS_STORED).catch(() => null)
      if (!bitmap) return BROKEN
      this.keep(frame_id, bitmap)
      return bitmap
    } catch {
      return SILENT
    }
  }

  /** @param {string} frame_id @param {ImageBitmap} bitmap */
  keep(frame_id, bitmap) {
    this.kept.set(frame_id, bitmap)
    const [oldest] = this.kept.keys()
    if (this.kept.size <= MOST_KEPT) return
    this.kept.get(oldest)?.close()
    this.kept.delete(oldest)
  }

  draw() {
    const unit = window.devicePixelRatio || 1
    const wide_px = this.root.clientWidth
    if (!wide_px) return
    const { bitmap } = this
    const crop = sized(this.crop, wide_px, CROP_TALL_PX, unit)
    const whole = sized(this.whole, wide_px, WHOLE_TALL_PX, unit)
    if (!bitmap) return
    const box = this.box ?? { x: 0, y: 0, width: bitmap.width, height: bitmap.height }
    const part = cropOf(box, bitmap, this.crop)
    crop.imageSmoothingEnabled = part.zoom < 1
    crop.drawImage(bitmap, part.x, part.y, part.width, part.height, 0, 0, this.crop.width, this.crop.height)
    if (this.box) this.outline(crop, box, part, unit)
    const scale = Math.min(this.whole.width / bitmap.width, this.whole.height / bitmap.height)
    const left = Math.round((this.whole.width - bitmap.width * scale) / 2)
    whole.imageSmoothingQuality = 'high'
    whole.drawImage(bitmap, left, 0, bitmap.width * scale, bitmap.height * scale)
    if (this.box) this.outline(whole, box, { x: -left / scale, y: 0, zoom: scale }, unit)
    this.describe(part.zoom, bitmap)
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

  /** @param {number} zoom device pixels of a stored pixel @param {ImageBitmap} bitmap */
  describe(zoom, bitmap) {
    const stored = `picture of ${bitmap.width} × ${bitmap.height}`
    this.say(zoom >= 1 ? `Stored pixels${zoom > 1 ? `, ${zoom} × as large` : ''} · ${stored}` : `Smaller than stored, to fit · ${stored}`)
    const { x, y, width, height } = this.box ?? { x: 0, y: 0, width: bitmap.width, height: bitmap.height }
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
