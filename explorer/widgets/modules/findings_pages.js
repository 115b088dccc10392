// @ts-check
// Rows of a list that is too long to be sent at once: fetched page by page when they come into view.

import { askServer } from '../player/ask_server.js'

const MOST_PAGES = 40

export class FindingsPages {
  /** @param {(problem: string) => void} arrived a page came, or why it did not */
  constructor(arrived) {
    this.arrived = arrived
    this.pages = /** @type {Map<number, any[]>} */ (new Map())
    this.asked = /** @type {Set<number>} */ (new Set())
    this.gone = new AbortController()
  }

  /**
   * Another list: its first page is here.
   * @param {{rows: any[], rows_n: number, page_n: number, query: string}} list
   */
  open({ rows, rows_n, page_n, query }) {
    this.gone.abort()
    this.gone = new AbortController()
    this.pages.clear()
    this.asked.clear()
    this.page_n = page_n
    this.query = query
    this.rows_n = rows_n
    this.pages.set(0, rows)
  }

  /**
   * A row, if it is here; what is not is asked for.
   * @param {number} index
   */
  get(index) {
    const page_n = this.page_n ?? 1
    const page = Math.floor(index / page_n)
    const rows = this.pages.get(page)
    if (!rows) this.ask(page)
    return rows?.[index - page * page_n]
  }

  /** @param {number} page */
  async ask(page) {
    if (this.asked.has(page)) return
    this.asked.add(page)
    const { signal } = this.gone
    const offset = page * (this.page_n ?? 1)
    const { answer, problem } = await askServer(`findings/rows.json?${this.query}${this.query ? '&' : ''}offset=${offset}`, { signal })
    if (signal.aborted) return
    this.asked.delete(page)
    if (answer) {
      this.pages.set(page, answer.rows)
      // The first page stays: it came with the list.
      const others = [...this.pages.keys()].filter((other) => other !== 0 && other !== page)
      if (others.length > MOST_PAGES) this.pages.delete(others[0])
    }
    this.arrived(problem)
  }

  stop() {
    this.gone.abort()
  }
}
