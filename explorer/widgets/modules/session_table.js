// @ts-check
// The list of sessions: a grid of which only the rows in view exist.

import { columnWidths, textMeasure } from './column_widths.js'
import { element } from './dom.js'
import { COLUMNS, sessionHref, sessionRow } from './session_row.js'
import { tipContents } from './session_tips.js'
import { isDark, variable } from './theme.js'
import { attachTip } from './tip.js'
import { rowAfterKey, scrollToShow, visibleRows } from './virtual_list.js'
import { isPlainClick, visit } from './visit.js'

const ROW_PX = 48
const HEAD_PX = 36
const BORDERS_PX = 2
const tables = new WeakMap()
// Where each list was left, so that coming back from a session finds the same place.
const places = new Map()

/** @param {any} component of Components v2 */
export default function mount(component) {
  const root = component.parentElement
  const table = tables.get(root) ?? new SessionTable(root.querySelector('.table'))
  tables.set(root, table)
  table.update(component)
  return () => table.stop()
}

class SessionTable {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.rows = new Map()
    this.active = 0
    this.list_id = null
    this.body = element('div', 'body', { role: 'rowgroup' })
    this.head = element('div', 'head', { role: 'rowgroup' })
    this.grid = element('div', 'grid', { role: 'grid', tabindex: '0', 'aria-label': 'Sessions' }, this.head, this.body)
    root.replaceChildren(this.grid)
    this.tip = attachTip(root, (target) => tipContents(target, (id) => this.session(id), this.data))
    this.grid.onscroll = () => this.scrolled()
    this.grid.onclick = (event) => this.clicked(event)
    root.onkeydown = (event) => this.keyed(event)
    this.onPageKey = (/** @type {KeyboardEvent} */ event) => focusSearch(event)
    document.addEventListener('keydown', this.onPageKey)
    this.watch = new ResizeObserver(() => this.draw())
    this.watch.observe(this.grid)
  }

  stop() {
    document.removeEventListener('keydown', this.onPageKey)
    this.watch.disconnect()
    this.tip.stop()
    tables.delete(this.root.getRootNode())
  }

  /** @param {any} component */
  update({ data, setTriggerValue }) {
    this.data = data
    this.send = setTriggerValue
    this.rows_n = data.columns.session_id.length
    this.look = lookOf(this.root, data)
    this.head.replaceChildren(headRow(data.sort))
    this.grid.setAttribute('aria-rowcount', String(this.rows_n + 1))
    this.grid.setAttribute('aria-colcount', String(COLUMNS.length))
    this.root.classList.toggle('no-apps', data.app_names.length === 0)
    this.root.classList.toggle('no-thumbs', data.columns.frame_ids.every((/** @type {string[]} */ ids) => !ids.length))
    for (const [name, px] of Object.entries(columnWidths(data, textMeasure(this.root)))) {
      this.root.style.setProperty(`--${name}`, `${px}px`)
    }
    this.body.style.height = `${this.rows_n * ROW_PX}px`
    this.root.style.maxHeight = `${HEAD_PX + this.rows_n * ROW_PX + BORDERS_PX}px`
    this.body.replaceChildren()
    this.rows.clear()
    if (data.list_id !== this.list_id) this.restore(data.list_id)
    this.draw()
  }

  /** @param {string} list_id */
  restore(list_id) {
    this.list_id = list_id
    const known = places.get(list_id)
    const { active = 0, scroll_px = 0 } = known ?? {}
    this.active = Math.min(active, Math.max(0, this.rows_n - 1))
    this.grid.scrollTop = scroll_px
    // Back from a session: the arrow keys go on where they were, unless someone is busy elsewhere.
    if (known && document.activeElement === document.body) this.grid.focus({ preventScroll: true })
  }

  /** @param {number} index */
  session(index) {
    const session = /** @type {any} */ ({})
    for (const [name, values] of Object.entries(this.data.columns)) session[name] = values[index]
    return session
  }

  scrolled() {
    this.tip.hide()
    this.remember()
    this.draw()
  }

  remember() {
    places.set(this.list_id, { active: this.active, scroll_px: this.grid.scrollTop })
  }

  draw() {
    const view_px = this.grid.clientHeight - HEAD_PX
    const place = { scroll_px: this.grid.scrollTop, view_px, row_px: ROW_PX, rows_n: this.rows_n }
    const [first, end] = visibleRows(place)
    for (const [index, row] of this.rows) {
      if (index >= first && index < end) continue
      row.remove()
      this.rows.delete(index)
    }
    for (let index = first; index < end; index += 1) {
      if (!this.rows.has(index)) this.addRow(index)
    }
    this.markActive()
  }

  /** @param {number} index */
  addRow(index) {
    const row = sessionRow(this.session(index), index, this.look)
    row.style.transform = `translateY(${index * ROW_PX}px)`
    // Rows stand in the order of the list, whatever was scrolled to first.
    const later = [...this.rows.keys()].filter((other) => other > index).sort((a, b) => a - b)[0]
    this.body.insertBefore(row, later === undefined ? null : this.rows.get(later))
    this.rows.set(index, row)
  }

  markActive() {
    for (const [index, row] of this.rows) row.setAttribute('aria-selected', String(index === this.active))
    if (this.rows.has(this.active)) this.grid.setAttribute('aria-activedescendant', `row-${this.active}`)
    else this.grid.removeAttribute('aria-activedescendant')
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const sort = target.closest('button[data-sort]')
    if (sort) return this.send('sort', sort.getAttribute('data-sort'))
    const row = target.closest('.row[id]')
    if (!row || !isPlainClick(event)) return undefined
    event.preventDefault()
    return this.open(Number(row.id.slice('row-'.length)))
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    // Streamlit's own keys (r, c) must not fire while someone works in the list.
    event.stopPropagation()
    if (event.target !== this.grid || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === '/') focusSearch(event)
    if (event.key === 'Enter') this.open(this.active)
    const view_px = this.grid.clientHeight - HEAD_PX
    const next = rowAfterKey(event.key, this.active, this.rows_n, Math.max(1, Math.floor(view_px / ROW_PX) - 1))
    if (next === null) return
    event.preventDefault()
    this.active = next
    this.grid.scrollTop = scrollToShow({ row: next, row_px: ROW_PX, scroll_px: this.grid.scrollTop, view_px })
    this.remember()
    this.draw()
  }

  /** @param {number} index */
  open(index) {
    if (index < 0 || index >= this.rows_n) return
    this.active = index
    this.remember()
    this.markActive()
    visit(sessionHref(this.session(index), this.look))
  }
}

/**
 * @param {HTMLElement} root
 * @param {any} data
 */
function lookOf(root, data) {
  const shade = isDark(root) ? 2 : 1
  root.style.colorScheme = shade === 2 ? 'dark' : 'light'
  return {
    kind_colours: data.kinds.map((/** @type {string[]} */ kind) => kind[shade]),
    app_colours: data.app_colours,
    line: variable(root, '--st-border-color', '#dfe2e6'),
    link: data.link,
    badges: data.badges,
  }
}

/** @param {{by: string, is_rising: boolean}} sort */
function headRow(sort) {
  const row = element('div', 'row', { role: 'row', 'aria-rowindex': '1' })
  COLUMNS.forEach((column, place) => {
    const name = `cell ${column.name}${column.isNumber ? ' number' : ''}`
    const cell = element('div', name, { role: 'columnheader', 'aria-colindex': String(place + 1) })
    const isSorted = column.sort === sort.by
    if (isSorted) cell.setAttribute('aria-sort', sort.is_rising ? 'ascending' : 'descending')
    if (column.sort) {
      const arrow = element('span', 'arrow', { 'aria-hidden': 'true' }, isSorted && sort.is_rising ? '↑' : '↓')
      cell.append(element('button', isSorted ? 'sorted' : '', { type: 'button', 'data-sort': column.sort },
        arrow, column.label))
    } else cell.append(column.label)
    row.append(cell)
  })
  return row
}

/**
 * `/` leads to the search box, unless someone is typing.
 * @param {KeyboardEvent} event
 */
function focusSearch(event) {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
  const target = /** @type {HTMLElement} */ (event.composedPath()[0])
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName ?? '')) return
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector('.st-key-filter_search input'))
  if (!box) return
  event.preventDefault()
  box.focus()
  box.select()
}

