// @ts-check
// Small pictures under the pointer: kept here for a while, because no browser may keep what consent can withdraw.

const MOST_N = 64

export class Thumbs {
  /** @param {(index: number) => string} urlOf address of a thumb */
  constructor(urlOf) {
    this.urlOf = urlOf
    this.kept = /** @type {Map<number, string>} */ (new Map())
    this.wanted = -1
    this.abort = /** @type {AbortController | null} */ (null)
  }

  /**
   * Show a thumb in a picture as soon as it is here; what was wanted before is given up.
   * @param {number} index
   * @param {HTMLImageElement} picture
   */
  async show(index, picture) {
    if (index === this.wanted) return
    this.wanted = index
    this.abort?.abort()
    const kept = this.kept.get(index)
    if (kept) picture.src = kept
    picture.classList.toggle('missing', !kept)
    if (kept || index < 0) return
    this.abort = new AbortController()
    const url = await this.fetched(index, this.abort.signal)
    if (index !== this.wanted || !url) return
    picture.src = url
    picture.classList.remove('missing')
  }

  /** @param {number} index @param {AbortSignal} signal */
  async fetched(index, signal) {
    try {
      const answer = await fetch(this.urlOf(index), { signal, credentials: 'same-origin' })
      if (!answer.ok) return null
      const url = URL.createObjectURL(await answer.blob())
      this.kept.set(index, url)
      for (const [place, old] of this.kept) {
        if (this.kept.size <= MOST_N) break
        URL.revokeObjectURL(old)
        this.kept.delete(place)
      }
      return url
    } catch {
      return null
    }
  }

  close() {
    this.abort?.abort()
    for (const url of this.kept.values()) URL.revokeObjectURL(url)
    this.kept.clear()
    this.wanted = -1
  }
}
