// @ts-check
// Verdicts on their way to the server: sent in order, again and again under the same lease until they are kept.
//
// They also stand in the tab's own storage, so that loading the page again loses none. They hold places, no text.

import { AFTER_DRAWING_MS, waitOf } from './review_server.js'

/** @typedef {{lease_id: string, verdict: string, spots: object[], spent_ms: number}} Answered */

/**
 * @typedef {object} Options
 * @property {(answered: Answered) => Promise<import('./review_server.js').Told>} send
 * @property {string} key under which they stand in the storage
 * @property {Storage} storage
 * @property {(answer: any) => void} onkept
 * @property {(answered: Answered, problem: string) => void} onrefused
 * @property {(wait_ms: number | null, problem: string) => void} onsilent null: the server answers
 */

/** Those of this tab, by key: verdicts are sent on also after the reader went to another page of the app. */
const open = /** @type {Map<string, Outbox>} */ (new Map())
const QUIET = { onkept: () => {}, onrefused: () => {}, onsilent: () => {} }

/** The outbox under a key, which from now on tells these listeners. @param {Options} options */
export function outboxOf(options) {
  const there = open.get(options.key) ?? new Outbox(options)
  there.options = options
  open.set(options.key, there)
  return there
}

export class Outbox {
  /** @param {Options} options */
  constructor(options) {
    this.options = options
    this.waiting = read(options)
    this.failures_n = 0
    this.problem = '' // what the server said of the last failure
    this.timer = 0
    this.isSending = false
    this.asked = /** @type {(() => void)[]} */ ([])
  }

  get size() {
    return this.waiting.length
  }

  /** @param {Answered} answered */
  add(answered) {
    this.waiting.push(answered)
    this.write()
    // The next picture is drawn first: server and browser often share their processors.
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.pump(), this.failures_n ? waitOf(this.failures_n) : AFTER_DRAWING_MS)
  }

  /** Send what waits, one after the other. */
  async pump() {
    if (this.isSending) return
    clearTimeout(this.timer)
    this.isSending = true
    while (this.waiting.length) {
      const [first] = this.waiting
      const { answer, problem, isSilent } = await this.options.send(first)
      if (isSilent) {
        this.failures_n += 1
        this.problem = problem
        break
      }
      if (this.failures_n) this.options.onsilent(null, '')
      this.failures_n = 0
      this.waiting.shift()
      this.write()
      if (answer) this.options.onkept(answer)
      else this.options.onrefused(first, problem)
    }
    this.isSending = false
    this.settle()
  }

  settle() {
    if (!this.waiting.length) {
      for (const tell of this.asked.splice(0)) tell()
    } else {
      const wait_ms = waitOf(this.failures_n)
      this.timer = setTimeout(() => this.pump(), wait_ms)
      this.options.onsilent(wait_ms, this.problem)
    }
  }

  /** Once nothing waits any more. @returns {Promise<void>} */
  empty() {
    if (!this.waiting.length && !this.isSending) return Promise.resolve()
    return new Promise((tell) => { this.asked.push(tell) })
  }

  /** Go on without a word: nobody listens any more. */
  hush() {
    this.options = { ...this.options, ...QUIET }
  }

  write() {
    const { storage, key } = this.options
    if (this.waiting.length) storage.setItem(key, JSON.stringify(this.waiting))
    else storage.removeItem(key)
  }
}

/** @param {Options} options @returns {Answered[]} */
function read({ storage, key }) {
  try {
    const found = JSON.parse(storage.getItem(key) ?? '[]')
    return Array.isArray(found) ? found : []
  } catch {
    return []
  }
}
