// @ts-check
// The list of findings: a grid of which only the rows in view exist, with one active row and any number selected.

import { element } from './dom.js'
import { emptyRow, findingRow } from './findings_row.js'
import { FindingsPages } from './findings_pages.js'
import { rowAfterKey, scrollToShow, visibleRows } from './virtual_list.js'

const ROW_PX = 48
const BORDERS_PX = 2

/**
 * @typedef {object} Told
 * @property {(row: any, index: number) => void} active another row is active; undefined where it is still to come
 * @property {() => void} open
 * @property {() => void} selected
 * @property {() => void} clicked
 */

export class FindingsList {
  /** @param {Told} told */
  constructor(told) {
    this.told = told
    this.rows = /** @type {Map<number, HTMLElement>} */ (new Map())
    this.active = 0
    this.anchor = 0
    this.selected = /** @type {Map<string, any>} */ (new Map()) // id -> row
    this.isAll = false
    this.rows_n = 0
    this.findings_n = 0
    this.body = element('div', 'body', { role: 'rowgroup' })
    this.grid = element('div', 'grid', { role: 'grid', tabindex: '0', 'aria-label': 'Findings', 'aria-multiselectable': 'true' }, this.body)
    this.empty = element('p', 'none', { hidden: '' })
    this.root = element('div', 'list', {}, this.grid, this.empty)
    this.pages = new FindingsPages((problem) => this.arrived(problem))
    this.grid.onscroll = () => this.draw()
    this.grid.onclick = (event) => this.clicked(event)
    this.grid.ondblclick = () => this.told.open()
    this.grid.onkeydown = (event) => this.keyed(event)
    this.watch = new ResizeObserver(() => this.draw())
    this.watch.observe(this.grid)
  }

  stop() {
    this.watch.disconnect()
    this.pages.stop()
  }

  get scroll_px() {
    return this.grid.scrollTop
  }

  get place() {
    return { active: this.active, scroll_px: this.scroll_px }
  }

  get activeRow() {
    return this.rows_n ? this.pages.get(this.active) : undefined
  }

  /**
   * What an action means: the lines that are selected, else the active one, as ids with the findings that each stands
   * for; and how many others tell of single masks what these tell of their session.
   * @returns {{lines: [string, number][], n: number, singles_n: number, isAll: boolean}} n findings
   */
  get meant() {
    if (this.isAll) return { lines: [], n: this.findings_n, singles_n: 0, isAll: true }
    const { activeRow } = this
    const rows = this.selected.size ? [...this.selected.values()] : activeRow ? [activeRow] : []
    return {
      lines: rows.map(({ id, same_n }) => [id, same_n]), n: rows.reduce((sum, { same_n }) => sum + same_n, 0),
      singles_n: rows.reduce((sum, row) => sum + othersOf(row, rows), 0), isAll: false,
    }
  }

  /**
   * @param {any} data of the page
   * @param {{active: number, scroll_px: number | null} | undefined} place where it begins; null: its line in the middle
   */
  open(data, place) {
    this.words = data.words
    this.rows_n = data.rows_n
    this.findings_n = data.findings_n
    this.pages.open(data)
    this.isAll = false
    this.selected.clear()
    this.grid.setAttribute('aria-rowcount', String(data.rows_n))
    this.body.style.height = `${data.rows_n * ROW_PX}px`
    this.root.style.setProperty('--most', `${Math.max(4, data.rows_n) * ROW_PX + BORDERS_PX}px`)
    this.grid.hidden = !data.rows_n
    this.empty.hidden = Boolean(data.rows_n)
    this.empty.textContent = data.empty
    this.redraw()
    this.grid.scrollTop = place ? place.scroll_px ?? (place.active + 0.5) * ROW_PX - this.grid.clientHeight / 2 : 0
    this.activate(Math.min(place?.active ?? 0, Math.max(0, data.rows_n - 1)))
    if (place && document.activeElement === document.body) this.come()
  }

  /** Begin at the active row: by keys, and in view, also where the page is narrow and the list far below. */
  come() {
    this.grid.focus({ preventScroll: true })
    const row = this.rows.get(this.active)
    if (row && row.getBoundingClientRect().bottom > window.innerHeight) row.scrollIntoView({ block: 'center' })
  }

  /** @param {string} problem */
  arrived(problem) {
    if (problem) {
      this.empty.hidden = false
      this.empty.textContent = problem
      return
    }
    this.empty.hidden = Boolean(this.rows_n)
    this.redraw()
    this.told.active(this.activeRow, this.active)
  }

  redraw() {
    for (const row of this.rows.values()) row.remove()
    this.rows.clear()
    this.draw()
  }

  draw() {
    const view_px = this.grid.clientHeight
    const [first, end] = visibleRows({ scroll_px: this.grid.scrollTop, view_px, row_px: ROW_PX, rows_n: this.rows_n })
    for (const [index, row] of this.rows) {
      if (index >= first && index < end) continue
      row.remove()
      this.rows.delete(index)
    }
    for (let index = first; index < end; index += 1) if (!this.rows.has(index)) this.add(index)
    this.mark()
  }

  /** @param {number} index */
  add(index) {
    const known = this.pages.get(index)
    const row = known ? findingRow(known, index, { words: this.words, isSelected: this.isSelected(known.id) }) : emptyRow(index)
    row.style.transform = `translateY(${index * ROW_PX}px)`
    // Rows stand in the order of the list, whatever was scrolled to first.
    const later = [...this.rows.keys()].filter((other) => other > index).sort((a, b) => a - b)[0]
    this.body.insertBefore(row, (later === undefined ? null : this.rows.get(later)) ?? null)
    this.rows.set(index, row)
  }

  /** @param {string} id */
  isSelected(id) {
    return this.isAll || this.selected.has(id)
  }

  mark() {
    for (const [index, row] of this.rows) {
      row.classList.toggle('active', index === this.active)
      const known = this.pages.get(index)
      if (known) row.setAttribute('aria-selected', String(this.isSelected(known.id)))
    }
    if (this.rows.has(this.active)) this.grid.setAttribute('aria-activedescendant', `finding-${this.active}`)
    else this.grid.removeAttribute('aria-activedescendant')
  }

  /** @param {number} index */
  activate(index) {
    this.active = index
    if (!this.rows_n) return this.told.active(undefined, 0)
    const view_px = this.grid.clientHeight
    this.grid.scrollTop = scrollToShow({ row: index, row_px: ROW_PX, scroll_px: this.grid.scrollTop, view_px })
    this.draw()
    return this.told.active(this.activeRow, index)
  }

  /** @param {number} from @param {number} to select all rows between that are here */
  range(from, to) {
    for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
      const row = this.pages.get(index)
      if (row) this.selected.set(row.id, row)
    }
    this.mark()
    this.told.selected()
  }

  /** @param {number} index */
  toggle(index) {
    const row = this.pages.get(index)
    if (!row) return
    if (this.isAll) this.clear()
    if (!this.selected.delete(row.id)) this.selected.set(row.id, row)
    this.anchor = index
    this.mark()
    this.told.selected()
  }

  selectAll() {
    this.isAll = this.rows_n > 0
    this.selected.clear()
    this.mark()
    this.told.selected()
  }

  clear() {
    this.isAll = false
    this.selected.clear()
    this.mark()
    this.told.selected()
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const target = /** @type {Element} */ (event.target)
    const row = target.closest('.row[id]')
    if (!row) return
    const index = Number(row.id.slice('finding-'.length))
    if (event.shiftKey) this.range(this.anchor, index)
    else if (target.closest('.pick') || event.ctrlKey || event.metaKey) this.toggle(index)
    else this.anchor = index
    this.activate(index)
    if (!target.closest('.pick')) this.told.clicked()
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') this.told.open()
    if (event.key === ' ') {
      event.preventDefault()
      this.toggle(this.active)
    }
    const next = rowAfterKey(event.key, this.active, this.rows_n, Math.max(1, Math.floor(this.grid.clientHeight / ROW_PX) - 1))
    if (next === null) return
    event.preventDefault()
    if (event.shiftKey) this.range(this.active, next)
    else this.anchor = next
    this.activate(next)
  }
}

/** How many findings that tell of single masks what a row tells of their session are not among the rows. @param {any} row @param {any[]} rows */
function othersOf({ session, singles }, rows) {
  if (!singles) return 0
  const own = rows.filter((row) => row.session === session && row.kind === singles.kind)
  return singles.n - own.reduce((sum, { same_n }) => sum + same_n, 0)
}
