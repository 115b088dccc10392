// @ts-check
// Rows of a query: a table of which only the rows in view exist. Cells are text, and only text.

import { element, grouped } from './dom.js'
import { attachTip } from './tip.js'
import { visibleRows } from './virtual_list.js'
import { isPlainClick, visit } from './visit.js'

const ROW_PX = 28
const HEAD_PX = 40
const CHAR_PX = 8.2
const PAD_PX = 36
const WIDEST_PX = 340
const tables = new WeakMap()

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const table = tables.get(parentElement) ?? new ResultTable(parentElement.querySelector('.result'))
  tables.set(parentElement, table)
  table.update(data)
  return () => {
    table.stop()
    tables.delete(parentElement)
  }
}

/**
 * Width that a column needs for its name and its cells, in pixels.
 * @param {{name: string, unit: string, cells: (string | number | null)[]}} column
 */
export function columnWidth({ name, unit, cells }) {
  const longest = cells.reduce((/** @type {number} */ most, cell) => Math.max(most, said(cell).length), 0)
  const head = name.length + (unit ? unit.length + 1 : 0)
  return Math.min(WIDEST_PX, Math.ceil(Math.max(head, longest, 3) * CHAR_PX) + PAD_PX)
}

/**
 * A cell's value in words.
 * @param {string | number | null} value
 */
export function said(value) {
  if (value === null) return '–'
  return typeof value === 'number' ? grouped(value) : value
}

class ResultTable {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.rows = new Map()
    this.head = element('div', 'head', { role: 'rowgroup' })
    this.body = element('div', 'body', { role: 'rowgroup' })
    this.view = element('div', 'view', { role: 'table', tabindex: '0' }, this.head, this.body)
    root.replaceChildren(this.view)
    this.tip = attachTip(root, (target) => this.tipFor(target))
    this.view.onscroll = () => {
      this.tip.hide()
      this.draw()
    }
    this.view.onclick = (event) => follow(event)
    // Streamlit's own keys (r, c) must not fire while someone moves through the table.
    root.onkeydown = (event) => event.stopPropagation()
    this.watch = new ResizeObserver(() => this.draw())
    this.watch.observe(this.view)
  }

  stop() {
    this.watch.disconnect()
    this.tip.stop()
  }

  /** @param {any} data */
  update(data) {
    if (this.data !== undefined && JSON.stringify(this.data) === JSON.stringify(data)) return
    this.data = data
    this.rows.clear()
    this.body.replaceChildren()
    const widths = data.columns.map(columnWidth)
    const whole_px = widths.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0)
    // A last column of text takes what is left; numbers stay beside what they belong to.
    const last = data.columns.at(-1).is_number ? [`${widths.at(-1)}px`, '1fr'] : [`minmax(${widths.at(-1)}px, 1fr)`]
    const before = widths.slice(0, -1).map((/** @type {number} */ width) => `${width}px`)
    this.root.style.setProperty('--columns', [...before, ...last].join(' '))
    this.root.style.setProperty('--whole', `${whole_px}px`)
    this.view.setAttribute('aria-label', data.label)
    this.view.setAttribute('aria-rowcount', String(data.rows_n + 1))
    this.view.setAttribute('aria-colcount', String(data.columns.length))
    this.head.replaceChildren(headRow(data.columns))
    this.body.style.height = `${data.rows_n * ROW_PX}px`
    this.view.scrollTop = 0
    this.draw()
  }

  draw() {
    if (!this.data) return
    const view_px = this.view.clientHeight - HEAD_PX
    const place = { scroll_px: this.view.scrollTop, view_px, row_px: ROW_PX, rows_n: this.data.rows_n, spare_n: 12 }
    const [first, end] = visibleRows(place)
    for (const [index, row] of this.rows) {
      if (index >= first && index < end) continue
      row.remove()
      this.rows.delete(index)
    }
    for (let index = first; index < end; index += 1) {
      if (this.rows.has(index)) continue
      const row = rowOf(this.data.columns, index)
      const later = [...this.rows.keys()].filter((other) => other > index).sort((a, b) => a - b)[0]
      this.body.insertBefore(row, later === undefined ? null : this.rows.get(later))
      this.rows.set(index, row)
    }
  }

  /** @param {Element} target */
  tipFor(target) {
    const cell = target.closest?.('.cell')
    if (!cell) return null
    if (cell.parentElement?.parentElement === this.head) {
      const { name, type, unit, text } = this.data.columns[Number(cell.getAttribute('aria-colindex')) - 1]
      return { anchor: cell, content: element('div', '', {}, element('strong', '', {}, name),
        element('div', '', {}, text), element('div', 'quiet', {}, unit ? `${type.toLowerCase()}, ${unit}` : type.toLowerCase())) }
    }
    if (cell.scrollWidth <= cell.clientWidth) return null
    return { anchor: cell, content: element('div', 'whole', { dir: 'auto' }, cell.textContent ?? '') }
  }
}

/** @param {any[]} columns */
function headRow(columns) {
  return element('div', 'row', { role: 'row', 'aria-rowindex': '1' }, ...columns.map((column, place) => {
    const unit = column.unit ? [element('span', 'unit', {}, ` ${column.unit}`)] : []
    return element('div', `cell${column.is_number ? ' number' : ''}`,
      { role: 'columnheader', 'aria-colindex': String(place + 1) }, column.name, ...unit)
  }))
}

/** @param {any[]} columns @param {number} index */
function rowOf(columns, index) {
  const row = element('div', 'row', { role: 'row', 'aria-rowindex': String(index + 2) })
  row.style.transform = `translateY(${index * ROW_PX}px)`
  columns.forEach((column, place) => {
    const value = column.cells[index]
    const name = `cell${column.is_number ? ' number' : ''}${value === null ? ' none' : ''}`
    const text = said(value)
    const inner = value !== null && column.link ? linkOf(column.link, String(value)) : text
    row.append(element('div', name, { role: 'cell', 'aria-colindex': String(place + 1), dir: 'auto' }, inner))
  })
  return row
}

/** @param {string} kind @param {string} value */
function linkOf(kind, value) {
  const way = kind === 'frame' ? `frame/${encodeURIComponent(value)}` : `${kind}?id=${encodeURIComponent(value)}`
  const link = element('a', '', { href: new URL(way, document.baseURI).href }, value)
  if (kind === 'frame') {
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener')
  }
  return link
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a'))
  if (!link || link.target || !isPlainClick(event)) return
  event.preventDefault()
  visit(link.href)
}
