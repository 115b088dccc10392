// @ts-check
// Pictures of one session: fetched when wanted, decoded once, kept for a while, closed when let go.

const MOST_N = 64
const MOST_BYTES = 256 * 2 ** 20
const AHEAD_N = 3
const BYTES_PER_PIXEL = 4
// Pixels as they are stored: a colour profile in the file must not change them.
const AS_STORED = /** @type {ImageBitmapOptions} */ ({ colorSpaceConversion: 'none', premultiplyAlpha: 'none' })
const SAID = {
  gone: 'This picture is not in the dataset any more.',
  unread: 'The server could not read this picture. Its log says why.',
  silent: 'The server did not answer when asked for this picture.',
  broken: 'The stored picture does not decode.',
}

/**
 * @typedef {'ready' | 'loading' | 'failed' | 'none'} State
 * @typedef {object} Options
 * @property {(index: number) => string} urlOf address of a picture
 * @property {number} frames_n how many pictures there are
 * @property {(url: string, options: RequestInit) => Promise<Response>} [fetch]
 * @property {(blob: Blob, options: ImageBitmapOptions) => Promise<ImageBitmap>} [createBitmap]
 * @property {number} [most_n] pictures kept at most
 * @property {number} [most_bytes] their decoded size at most; a few are kept whatever their size
 * @property {number} [ahead_n] pictures fetched before they are needed
 */

/** @param {Options} options */
export function createFrames(options) {
  return new Frames(options)
}

export class Frames {
  /** @param {Options} options */
  constructor(options) {
    this.urlOf = options.urlOf
    this.frames_n = options.frames_n
    this.fetch = options.fetch ?? ((url, how) => fetch(url, how))
    this.createBitmap = options.createBitmap ?? ((blob, how) => createImageBitmap(blob, how))
    this.most_n = options.most_n ?? MOST_N
    this.most_bytes = options.most_bytes ?? MOST_BYTES
    this.ahead_n = options.ahead_n ?? AHEAD_N
    this.kept = /** @type {Map<number, ImageBitmap>} */ (new Map()) // least recently used first
    this.kept_bytes = 0
    this.loads = /** @type {Map<number, AbortController>} */ (new Map()) // oldest first
    this.failures = /** @type {Map<number, string>} */ (new Map())
    this.wanted = /** @type {number[]} */ ([]) // the one needed now comes first
    this.listeners = /** @type {Set<(index: number, state: State) => void>} */ (new Set())
    this.onready = /** @type {((index: number) => void) | null} */ (null)
  }

  /**
   * The picture, if it is here. It may be closed later: ask again for each drawing.
   * @param {number} index
   */
  get(index) {
    const bitmap = this.kept.get(index)
    if (!bitmap) return null
    this.kept.delete(index)
    this.kept.set(index, bitmap)
    return bitmap
  }

  /**
   * Place of the closest picture here that is not later than one; -1 when there is none.
   * @param {number} index
   */
  nearest(index) {
    let found = -1
    for (const place of this.kept.keys()) if (place <= index && place > found) found = place
    return found
  }

  /**
   * @param {number} index
   * @returns {State}
   */
  state(index) {
    if (this.kept.has(index)) return 'ready'
    if (this.failures.has(index)) return 'failed'
    return this.loads.has(index) ? 'loading' : 'none'
  }

  /**
   * Why a picture failed, in words; empty when it did not.
   * @param {number} index
   */
  reason(index) {
    return this.failures.get(index) ?? ''
  }

  /**
   * Load this picture first, then the next ones in a direction (1 or -1); what else is under way is given up.
   * @param {number} index
   * @param {number} [direction]
   */
  want(index, direction = 1) {
    const step = direction < 0 ? -1 : 1
    if (this.wanted[0] === index && (this.wanted[1] ?? index + step) === index + step) return
    this.wanted = []
    for (let ahead = 0; ahead <= this.ahead_n; ahead += 1) {
      const place = index + ahead * step
      if (place >= 0 && place < this.frames_n) this.wanted.push(place)
    }
    const unwanted = [...this.loads.keys()].filter((place) => !this.wanted.includes(place))
    // The oldest may finish: with a wish a frame, fast playing would give up each picture before it came.
    for (const place of unwanted.slice(1)) this.giveUp(place)
    this.pump()
  }

  /**
   * Forget that a picture failed, or that any did, and load what is wanted.
   * @param {number} [index]
   */
  retry(index) {
    if (index === undefined) this.failures.clear()
    else this.failures.delete(index)
    this.pump()
  }

  /**
   * Be told of every picture that came or failed; returns how to stop.
   * @param {(index: number, state: State) => void} listener
   */
  listen(listener) {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  close() {
    this.wanted = []
    for (const place of [...this.loads.keys()]) this.giveUp(place)
    for (const bitmap of this.kept.values()) bitmap.close()
    this.kept.clear()
    this.kept_bytes = 0
    this.listeners.clear()
    this.onready = null
  }

  // The picture needed now comes alone; the ones ahead start when it is here or has failed.
  pump() {
    for (const place of this.wanted) {
      if (this.state(place) === 'none') this.load(place)
      if (place === this.wanted[0] && this.loads.has(place)) return
    }
  }

  /** @param {number} index */
  giveUp(index) {
    this.loads.get(index)?.abort()
    this.loads.delete(index)
  }

  /** @param {number} index */
  async load(index) {
    const controller = new AbortController()
    this.loads.set(index, controller)
    const found = await this.fetched(index, controller.signal)
    if (controller.signal.aborted) {
      if (typeof found !== 'string') found.close()
      return
    }
    this.loads.delete(index)
    if (typeof found === 'string') this.failures.set(index, found)
    else this.keep(index, found)
    for (const listener of this.listeners) listener(index, this.state(index))
    if (typeof found !== 'string') this.onready?.(index)
    this.pump()
  }

  /**
   * The decoded picture, or why there is none.
   * @param {number} index
   * @param {AbortSignal} signal
   * @returns {Promise<ImageBitmap | string>}
   */
  async fetched(index, signal) {
    let blob
    try {
      const answer = await this.fetch(this.urlOf(index), { signal, credentials: 'same-origin' })
      if (answer.status === 404) return SAID.gone
      if (!answer.ok) return SAID.unread
      blob = await answer.blob()
    } catch {
      return SAID.silent
    }
    try {
      return await this.createBitmap(blob, AS_STORED)
    } catch {
      return SAID.broken
    }
  }

  /** @param {number} index @param {ImageBitmap} bitmap */
  keep(index, bitmap) {
    this.kept.set(index, bitmap)
    this.kept_bytes += bytesOf(bitmap)
    const least_n = this.ahead_n + 2
    for (const [place, old] of this.kept) {
      if (this.kept.size <= this.most_n && (this.kept_bytes <= this.most_bytes || this.kept.size <= least_n)) break
      this.kept.delete(place)
      this.kept_bytes -= bytesOf(old)
      old.close()
    }
  }
}

/** @param {ImageBitmap} bitmap */
function bytesOf(bitmap) {
  return bitmap.width * bitmap.height * BYTES_PER_PIXEL
}
