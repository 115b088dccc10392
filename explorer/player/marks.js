// @ts-check
// The marks of one session as the server keeps them: fetched, made, changed, deleted, and brought back.

import { askServer } from './ask_server.js'

/** @typedef {{mark_id: string, t_us: number, label: string, note: string, author: string}} Mark */

export class Marks {
  /**
   * @param {string} way of the session's marks, without the ending
   * @param {() => void} changed
   */
  constructor(way, changed) {
    this.way = way
    this.changed = changed
    this.all = /** @type {Mark[]} */ ([])
    this.problem = ''
    this.isHere = false
    this.gone = new AbortController()
  }

  load() {
    return this.ask(`${this.way}.json`, {})
  }

  /** @param {{t_us: number, label: string, note: string}} mark */
  add(mark) {
    return this.ask(`${this.way}.json`, { method: 'POST', body: mark })
  }

  /** @param {string} mark_id @param {{label?: string, note?: string, is_deleted?: boolean}} change */
  change(mark_id, change) {
    return this.ask(`${this.way}/${mark_id}`, { method: 'POST', body: change })
  }

  /**
   * Every answer is the whole list, so that what others marked meanwhile is seen too.
   * @param {string} url
   * @param {{method?: string, body?: object}} asked
   * @returns {Promise<{mark_id: string | null, problem: string}>}
   */
  async ask(url, asked) {
    const { answer, problem } = await askServer(url, { ...asked, signal: this.gone.signal })
    if (this.gone.signal.aborted) return { mark_id: null, problem: '' }
    if (answer) {
      this.all = answer.marks
      this.isHere = true
    }
    if (!asked.method) this.problem = problem
    this.changed()
    return { mark_id: answer?.mark_id ?? null, problem }
  }

  close() {
    this.gone.abort()
  }
}
