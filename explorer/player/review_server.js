// @ts-check
// What the review page asks the server. Names and places go in the body, never in an address.

// Pixels as they are stored: a colour profile in the file must not change them.
const AS_STORED = /** @type {ImageBitmapOptions} */ ({ colorSpaceConversion: 'none', premultiplyAlpha: 'none' })
const SAID = {
  gone: 'The picture of this moment is not in the dataset any more.',
  unread: 'The server could not read the picture of this moment. Its log says why.',
  broken: 'The stored picture does not decode.',
  refused: 'The server refused. Load the page again.',
}

/**
 * @typedef {{answer: any, problem: string, isSilent: boolean}} Told isSilent: nothing is known of whether it was done
 * @typedef {{bitmap: ImageBitmap | null, problem: string, isSilent: boolean}} Got
 */

export class ReviewServer {
  /**
   * @param {string} way address of the plan's routes, relative to the page's base
   * @param {{reader: string, role: string}} who
   */
  constructor(way, who) {
    this.way = way
    this.who = who
  }

  /** @param {string} name @param {object} more @returns {Promise<Response>} */
  post(name, more) {
    return fetch(new URL(`${this.way}/${name}`, document.baseURI).href, {
      method: 'POST', credentials: 'same-origin', keepalive: name === 'release', // also from a page that is being left
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...this.who, ...more }),
    })
  }

  /**
   * The answer as JSON, or why there is none.
   * @param {string} name
   * @param {object} [more]
   * @returns {Promise<Told>}
   */
  async ask(name, more = {}) {
    try {
      const answer = await this.post(name, more)
      const content = await answer.json().catch(() => null)
      if (answer.ok && content) return { answer: content, problem: '', isSilent: false }
      // What the server could not do now (a full disk, a locked store) may work later.
      return { answer: null, problem: content?.problem ?? SAID.refused, isSilent: answer.ok || answer.status >= 500 }
    } catch {
      return { answer: null, problem: '', isSilent: true }
    }
  }

  /**
   * A picture of the item, decoded.
   * @param {string} lease_id
   * @param {'now' | 'before'} which
   * @returns {Promise<Got>}
   */
  async picture(lease_id, which) {
    let blob
    try {
      const answer = await this.post('picture', { lease_id, which })
      if (!answer.ok) return failed(answer.status === 404 ? SAID.gone : SAID.unread)
      blob = await answer.blob()
    } catch {
      return { bitmap: null, problem: '', isSilent: true }
    }
    try {
      return { bitmap: await createImageBitmap(blob, AS_STORED), problem: '', isSilent: false }
    } catch {
      return failed(SAID.broken)
    }
  }
}

/** @param {string} problem @returns {Got} */
function failed(problem) {
  return { bitmap: null, problem, isSilent: false }
}

/** A frame or two: until then nothing is asked of the server after a verdict. */
export const AFTER_DRAWING_MS = 40

/**
 * How long to wait before asking again: 1, 2, 4 … 30 s.
 * @param {number} failures_n
 */
export function waitOf(failures_n) {
  return Math.min(30_000, 1000 * 2 ** Math.max(0, failures_n - 1))
}
