// @ts-check
// The rows of a session as files: events or the pointer's way, as CSV or Parquet.

import { element } from '../widgets/dom.js'

const TABLES = [['events', 'Events: clicks, keys, scrolls, windows'], ['moves', 'Moves: the way of the pointer']]
const HIDDEN = 'Typed text leaves as bullets unless it is asked for. Titles, addresses and names of elements are as redaction left them.'
const CLOSED = 'The consent of this session does not cover what was typed.'

export class TakeRows {
  constructor() {
    this.typed = /** @type {HTMLInputElement} */ (element('input', '', { type: 'checkbox' }))
    this.typed.onchange = () => this.address()
    this.hint = element('p', 'hint', {}, HIDDEN)
    this.links = TABLES.flatMap(([table]) => ['csv', 'parquet'].map((format) => linkTo(table, format)))
    const lines = TABLES.map(([table, words]) => element('div', 'row', {}, element('span', '', {}, words),
      element('span', 'ways', {}, ...this.links.filter((link) => link.dataset.table === table))))
    this.root = element('div', 'rows', { hidden: '' }, ...lines,
      element('label', 'row', {}, element('span', '', {}, 'With typed text'), this.typed), this.hint)
  }

  /** @param {import('./take_clip.js').Shown} shown */
  open({ way, about }) {
    this.way = way
    this.typed.checked = false
    this.typed.disabled = about.typed === 'closed'
    this.hint.textContent = about.typed === 'closed' ? CLOSED : HIDDEN
    this.address()
  }

  address() {
    for (const link of this.links) {
      const { table, format } = link.dataset
      const typed = table === 'events' && this.typed.checked ? '?typed=1' : ''
      link.href = new URL(`${this.way}/rows/${table}.${format}${typed}`, document.baseURI).href
    }
  }
}

/** @param {string} table @param {string} format */
function linkTo(table, format) {
  const words = format === 'csv' ? 'CSV' : 'Parquet'
  return /** @type {HTMLAnchorElement} */ (element('a', 'button', { download: '', 'data-table': table, 'data-format': format,
    'aria-label': `${table} as ${words}` }, words))
}
