// @ts-check
// Items to be judged: the current one first, the next ones fetched and decoded before they are needed.

import { AFTER_DRAWING_MS, waitOf } from './review_server.js'

const HELD_N = 4 // the most that the server lends to one reader
const POLL_MS = 10_000

/**
 * @typedef {object} Item
 * @property {string} lease_id
 * @property {any} shown what to draw; no word on why
 * @property {number} expires_ms
 * @property {ImageBitmap | null} bitmap
 * @property {string} problem why there is no picture
 * @property {boolean} isReady the picture is here, or there is none
 * @property {Promise<import('./review_server.js').Got>} [before]
 *
 * @typedef {object} Options
 * @property {import('./review_server.js').ReviewServer} server
 * @property {Storage} storage
 * @property {string} key under which it remembers what is lent to this tab, for when the page is loaded again
 * @property {() => void} onchange
 * @property {(progress: any) => void} onprogress
 * @property {(problem: string) => void} onproblem
 * @property {(wait_ms: number | null) => void} onsilent
 */

export class Supply {
  /** @param {Options} options */
  constructor(options) {
    this.options = options
    this.held = /** @type {Item[]} */ ([])
    this.state = 'item' // what the server said last: item, batch_full, waiting, done
    this.asked = '' // lease that is being asked for: the same one again when nothing was answered
    this.lent = read(options) // lent to this tab before the page was loaded again
    this.failures_n = 0
    this.timer = 0
    this.isFilling = false
    this.isStopped = false
  }

  get current() {
    return this.held[0] ?? null
  }

  /** Ask for items until enough are here. */
  async fill() {
    if (this.isFilling || this.isStopped) return
    clearTimeout(this.timer)
    this.isFilling = true
    let goes = await this.giveBack()
    while (goes && this.held.length < HELD_N) goes = await this.fetchOne()
    this.isFilling = false
    this.options.onchange()
  }

  /** Give back what was lent to this tab before the page was loaded again: the same items come again. */
  async giveBack() {
    while (this.lent.length) {
      const { problem, isSilent } = await this.options.server.ask('release', { lease_id: this.lent[0] })
      if (isSilent) return this.failed(problem, isSilent)
      this.lent.shift()
    }
    return true
  }

  /** @param {boolean} [isFirst] before the others: the one that an undo brought back */
  async fetchOne(isFirst = false) {
    this.asked ||= crypto.randomUUID()
    const { answer, problem, isSilent } = await this.options.server.ask('next', { lease_id: this.asked })
    if (this.isStopped) return false
    if (!answer) return this.failed(problem, isSilent)
    if (this.failures_n) this.options.onsilent(null)
    this.failures_n = 0
    this.asked = ''
    this.state = answer.state
    this.options.onprogress(answer.progress)
    if (answer.state === 'waiting') this.later(POLL_MS)
    if (answer.state !== 'item') return false
    this.take(answer, isFirst)
    return true
  }

  /** @param {string} problem @param {boolean} isSilent */
  failed(problem, isSilent) {
    if (!isSilent) {
      this.options.onproblem(problem)
      return false
    }
    this.failures_n += 1
    const wait_ms = waitOf(this.failures_n)
    this.options.onsilent(wait_ms)
    this.later(wait_ms)
    return false
  }

  /** @param {number} wait_ms */
  later(wait_ms) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.fill(), wait_ms)
  }

  /** @param {any} answer @param {boolean} isFirst */
  take({ lease_id, expires_utc_us, shown }, isFirst) {
    const item = { lease_id, shown, expires_ms: expires_utc_us / 1000, bitmap: null, problem: '', isReady: !shown.has_picture }
    if (isFirst) this.held.unshift(item)
    else this.held.push(item)
    this.write()
    this.load(item)
    if (this.held.length === 1 || isFirst) this.options.onchange()
  }

  /** @param {Item} item */
  async load(item) {
    if (item.isReady) return
    const { bitmap, problem, isSilent } = await this.options.server.picture(item.lease_id, 'now')
    if (isSilent && !this.isStopped && this.held.includes(item)) {
      setTimeout(() => this.load(item), waitOf(1))
      return
    }
    Object.assign(item, { bitmap, problem, isReady: true })
    if (item === this.current) this.options.onchange()
  }

  /** The picture before the current one; asked for once. */
  before() {
    const item = this.current
    if (!item?.shown.has_before) return null
    item.before ??= this.options.server.picture(item.lease_id, 'before')
    return item.before
  }

  /** The current item was judged. */
  shift() {
    const item = this.held.shift()
    this.write()
    item?.bitmap?.close()
    item?.before?.then(({ bitmap }) => bitmap?.close())
    this.options.onchange()
    if (this.state === 'item') this.later(AFTER_DRAWING_MS)
  }

  /** Leases run out while someone looks for long; those held are asked for anew. @param {number} now_ms */
  renew(now_ms) {
    for (const item of this.held) this.renewOne(item, now_ms)
  }

  /** @param {Item} item @param {number} now_ms */
  async renewOne(item, now_ms) {
    const { answer } = await this.options.server.ask('renew', { lease_id: item.lease_id })
    if (answer?.expires_utc_us) item.expires_ms = Math.max(now_ms, answer.expires_utc_us / 1000)
  }

  /** Bring back the item of a verdict that was undone. The farthest one ahead makes room. */
  async back() {
    if (this.held.length >= HELD_N) {
      const last = this.held.pop()
      last?.bitmap?.close()
      if (last) await this.options.server.ask('release', { lease_id: last.lease_id })
    }
    this.asked = ''
    await this.fetchOne(true)
    this.fill()
  }

  /** A verdict was kept: where there was nothing to get before, there may be now. */
  kept() {
    if (this.state !== 'item' && this.held.length < HELD_N) this.fill()
  }

  /** Another batch. */
  anew() {
    this.state = 'item'
    this.fill()
  }

  /** The reader leaves: what is lent goes back. It stays noted, in case nobody hears of it. */
  stop() {
    this.isStopped = true
    clearTimeout(this.timer)
    for (const { bitmap, lease_id } of this.held) {
      bitmap?.close()
      this.options.server.ask('release', { lease_id })
    }
    this.held = []
  }

  write() {
    const { storage, key } = this.options
    storage.setItem(key, JSON.stringify(this.held.map(({ lease_id }) => lease_id)))
  }
}

/** @param {Options} options @returns {string[]} */
function read({ storage, key }) {
  try {
    const found = JSON.parse(storage.getItem(key) ?? '[]')
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
