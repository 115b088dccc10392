// @ts-check
// Fetches what a session is and then its rows, a chunk at a time: the ones needed now first, then all others.
// A silent server is asked again, later each time; a chunk that fails is left out until someone retries.

import { askAhead, takeAhead } from '../widgets/ahead.js'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

/**
 * @typedef {'unknown' | 'unread' | 'silent' | 'broken'} Problem
 *   unknown: there is no such session (any more); unread: the server could not read it; silent: no answer;
 *   broken: the answer makes no sense
 * @typedef {object} Loaded
 * @property {(about: any) => void} onabout
 * @property {(buffer: ArrayBuffer, place: number) => void} onchunk may throw: the chunk is then broken
 * @property {(problem: Problem) => void} onfail the session as a whole cannot be shown
 * @property {(failed: number[]) => void} onchunks chunks that failed, each time this changes
 * @property {(wait_ms: number | null) => void} onsilent the server is silent, tried again after so long; null: it answers
 */

export class Loading {
  /**
   * @param {{about_url: string, events_url: string}} urls relative to the page's base
   * @param {Loaded} told
   * @param {boolean} [isFromStart] the first chunk is needed at once, and no picture before it: it need not wait for
   *   what the session is
   */
  constructor(urls, told, isFromStart = false) {
    this.urls = urls
    this.told = told
    this.isTyped = false
    this.chunks_n = 0
    this.loaded = /** @type {Set<number>} */ (new Set())
    this.failed = /** @type {Set<number>} */ (new Set())
    this.wanted = 0
    this.wait_ms = FIRST_WAIT_MS
    this.isSilent = false
    this.wake = () => {}
    this.abort = new AbortController()
    this.run(this.abort.signal)
    if (isFromStart) askAhead(hrefOf(this.chunkUrl(0)))
  }

  stop() {
    this.abort.abort()
    this.wake()
  }

  /**
   * The chunk that is needed next; those after it follow, then those before.
   * @param {number} place
   */
  want(place) {
    this.wanted = place
  }

  /** Try again what failed, now. */
  retry() {
    this.failed.clear()
    this.told.onchunks([])
    if (this.isOver) this.restart()
    else this.wake()
  }

  /**
   * Load all rows anew, with what was typed or without.
   * @param {boolean} isTyped
   */
  setTyped(isTyped) {
    this.isTyped = isTyped
    this.loaded.clear()
    this.failed.clear()
    this.restart()
  }

  restart() {
    this.stop()
    this.abort = new AbortController()
    this.run(this.abort.signal)
  }

  /** Look whether the server answers: something else found it silent. */
  async check() {
    if (this.isSilent || this.isChecking) return
    this.isChecking = true
    await this.fetched(this.urls.about_url, this.abort.signal)
    this.isChecking = false
  }

  /** @param {AbortSignal} signal */
  async run(signal) {
    this.isOver = false
    if (!this.chunks_n && !await this.loadAbout(signal)) {
      this.isOver = true
      return
    }
    for (let place = this.next(); place !== null && !signal.aborted; place = this.next()) {
      await this.loadChunk(place, signal)
    }
    if (!signal.aborted) this.isOver = true
  }

  /** @param {AbortSignal} signal */
  async loadAbout(signal) {
    const answer = await this.fetched(this.urls.about_url, signal)
    if (signal.aborted || !answer) return false
    const about = answer.ok ? await answer.json().catch(() => null) : null
    if (signal.aborted) return false
    if (about) {
      this.chunks_n = about.chunks.length
      this.told.onabout(about)
      return true
    }
    this.told.onfail(answer.status === 404 ? 'unknown' : answer.ok ? 'broken' : 'unread')
    return false
  }

  /** @param {number} place */
  chunkUrl(place) {
    return `${this.urls.events_url}?chunk=${place}&typed=${Number(this.isTyped)}`
  }

  /** @param {number} place @param {AbortSignal} signal */
  async loadChunk(place, signal) {
    const answer = await this.fetched(this.chunkUrl(place), signal)
    const buffer = answer?.ok ? await answer.arrayBuffer().catch(() => null) : null
    if (signal.aborted) return
    try {
      if (!buffer) throw new Error(`chunk ${place}: no bytes`)
      this.told.onchunk(buffer, place)
      this.loaded.add(place)
    } catch {
      this.failed.add(place)
      this.told.onchunks([...this.failed].sort((a, b) => a - b))
    }
  }

  /** The chunk to load next; null when all are here or have failed. */
  next() {
    for (let step = 0; step < this.chunks_n; step += 1) {
      const place = (this.wanted + step) % this.chunks_n
      if (!this.loaded.has(place) && !this.failed.has(place)) return place
    }
    return null
  }

  /**
   * The answer to a request, however long the server is silent; null when it is not wanted any more.
   * @param {string} url
   * @param {AbortSignal} signal
   */
  async fetched(url, signal) {
    while (!signal.aborted) {
      try {
        const href = hrefOf(url)
        const answer = await (takeAhead(href) ?? fetch(href, { signal, credentials: 'same-origin' }))
        if (this.isSilent) this.answered()
        return answer
      } catch {
        if (signal.aborted) return null
        await this.silence(signal)
      }
    }
    return null
  }

  answered() {
    this.isSilent = false
    this.wait_ms = FIRST_WAIT_MS
    this.told.onsilent(null)
  }

  /** @param {AbortSignal} signal */
  async silence(signal) {
    this.isSilent = true
    this.told.onsilent(this.wait_ms)
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, this.wait_ms)
      this.wake = () => {
        clearTimeout(timer)
        resolve(null)
      }
    })
    if (!signal.aborted) this.wait_ms = Math.min(LONGEST_WAIT_MS, this.wait_ms * 2)
  }
}

/** @param {string} url */
function hrefOf(url) {
  return new URL(url, document.baseURI).href
}
