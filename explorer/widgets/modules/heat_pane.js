// @ts-check
// One map: its ground, its layer of colour, the cell that is pointed at, and the keys that move it.

import { element } from './dom.js'
import { barOf } from './heat_bar.js'
import { unpackCells, valueAt } from './heat_cells.js'
import { coloured, drawLayer, pictureOf } from './heat_paint.js'
import { boxOf, cellAt, movedCell, viewOfDrag } from './heat_view.js'

/**
 * @typedef {{key: string, title: string, note: string, label: string, columns: number, rows: number, layer: string,
 *   is_smooth: boolean, colours: string, cells: string, words: any, ground: string, reason: string,
 *   bar: import('./heat_bar.js').Bar | null, can_open: boolean, chosen: number | null}} Map
 * @typedef {{hover: (pane: Pane, cell: number | null) => void, open: (pane: Pane, cell: number) => void,
 *   zoom: (view: number[]) => void, leave: () => void}} Asked
 */
export class Pane {
  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked
    this.cell = /** @type {number | null} */ (null)
    this.cells = /** @type {import('./heat_cells.js').Cells | null} */ (null)
    this.view = /** @type {import('./heat_view.js').View} */ ([0, 0, 1, 1])
    this.title = element('figcaption', 'pane-title', { dir: 'auto' })
    this.ground = /** @type {HTMLImageElement} */ (element('img', 'ground', { alt: '', hidden: '' }))
    this.canvas = /** @type {HTMLCanvasElement} */ (element('canvas', 'layer', { 'aria-hidden': 'true' }))
    this.cursor = element('div', 'cursor', { hidden: '' })
    this.chosen = element('div', 'chosen', { hidden: '' })
    this.drag = element('div', 'drag', { hidden: '' })
    this.reason = element('p', 'reason', { hidden: '' })
    this.tip = element('div', 'tip', { role: 'status', hidden: '' })
    this.face = element('div', 'face', {}, this.ground, this.canvas, this.reason)
    this.stage = element('div', 'stage', { role: 'application', tabindex: '0' }, this.face, this.chosen, this.cursor,
      this.drag, this.tip)
    this.below = element('div', 'below')
    this.root = element('figure', 'pane', {}, this.title, this.stage, this.below)
    this.listen()
  }

  /** @param {Map} map @param {Record<string, Uint8ClampedArray>} tables @param {any} board what holds for all maps */
  async update(map, tables, { view, ratio, can_zoom, opacity }) {
    const turn = (this.turn = (this.turn ?? 0) + 1)
    this.map = map
    this.canZoom = can_zoom
    this.view = view
    this.root.hidden = false
    this.title.textContent = map.title
    this.title.hidden = !map.title
    this.stage.style.aspectRatio = String(ratio)
    this.stage.style.setProperty('--ratio', String(ratio))
    this.stage.setAttribute('aria-label', map.label)
    this.stage.classList.toggle('plain', !map.ground)
    this.reason.textContent = map.reason
    this.reason.hidden = !map.reason
    this.showGround()
    this.setOpacity(opacity)
    this.place(this.chosen, map.chosen)
    this.below.replaceChildren(...(map.bar ? [barOf(map.bar, tables[map.colours])] : []),
      ...(map.note ? [element('p', 'note', {}, map.note)] : []))
    const [cells, layer] = await Promise.all([unpackCells(map.cells, map.columns * map.rows), pictureOf(map.layer)])
    if (turn !== this.turn) return
    this.cells = cells
    this.layer = coloured(layer, tables[map.colours])
    this.draw()
    this.root.dataset.state = 'drawn'
  }

  showGround() {
    this.ground.hidden = !this.map?.ground
    if (!this.map?.ground) return
    if (this.ground.src !== this.map.ground) this.ground.src = this.map.ground
    const side = 1 / (this.view[2] - this.view[0])
    Object.assign(this.ground.style, {
      width: `${100 * side}%`, height: `${100 * side}%`, left: `${-100 * side * this.view[0]}%`,
      top: `${-100 * side * this.view[1]}%` })
  }

  draw() {
    if (this.map) drawLayer(this.canvas, this.layer ?? null, this.map.is_smooth)
  }

  /** @param {number} percent */
  setOpacity(percent) {
    this.canvas.style.opacity = String(percent / 100)
  }

  /** What is known of a cell. @param {number} cell */
  at(cell) {
    return valueAt(this.cells, cell)
  }

  /** @param {number | null} cell @param {string[]} lines */
  show(cell, lines) {
    this.cell = cell
    this.place(this.cursor, cell)
    this.tip.hidden = cell === null || !lines.length
    if (cell === null || !this.map) return
    this.tip.replaceChildren(...lines.map((line) => element('div', '', {}, line)))
    const [left, top, width, height] = boxOf(this.map, cell)
    this.tip.classList.toggle('to-left', left > 55)
    this.tip.classList.toggle('above', top > 60)
    this.tip.style.left = `${left > 55 ? left : left + width}%`
    this.tip.style.top = `${top > 60 ? top : top + height}%`
  }

  /** @param {HTMLElement} box @param {number | null} cell */
  place(box, cell) {
    box.hidden = cell === null
    if (cell === null || !this.map) return
    const [left, top, width, height] = boxOf(this.map, cell)
    Object.assign(box.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` })
  }

  listen() {
    let from = /** @type {[number, number] | null} */ (null)
    const { stage } = this
    stage.onpointerdown = (event) => {
      if (event.button !== 0) return
      from = this.shareOf(event)
      if (event.pointerType === 'mouse') stage.setPointerCapture(event.pointerId)
    }
    stage.onpointermove = (event) => {
      const to = this.shareOf(event)
      const asked = from && event.pointerType === 'mouse' && this.canZoom ? viewOfDrag(this.view, from, to) : null
      this.showDrag(asked)
      if (this.map) this.asked.hover(this, asked ? null : cellAt(this.map, ...to))
    }
    stage.onpointerup = (event) => {
      if (!from || !this.map) return
      const to = this.shareOf(event)
      const asked = event.pointerType === 'mouse' && this.canZoom ? viewOfDrag(this.view, from, to) : null
      from = null
      this.showDrag(null)
      if (asked) this.asked.zoom(asked)
      else this.asked.open(this, cellAt(this.map, ...to))
    }
    stage.onpointercancel = () => {
      from = null
      this.showDrag(null)
    }
    stage.onpointerleave = () => this.asked.hover(this, null)
    stage.onblur = () => this.asked.hover(this, null)
    stage.onkeydown = (event) => this.keyed(event)
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    if (event.key === 'Tab' || !this.map) return
    // Streamlit's own keys (r, c) must not fire while someone reads the map.
    event.stopPropagation()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const middle = Math.floor(this.map.rows / 2) * this.map.columns + Math.floor(this.map.columns / 2)
    const now = this.cell ?? this.map.chosen ?? middle
    const next = movedCell(this.map, now, event.key, event.shiftKey)
    if (next !== null) this.asked.hover(this, this.cell === null ? now : next)
    else if ((event.key === 'Enter' || event.key === ' ') && this.cell !== null) this.asked.open(this, this.cell)
    else if (event.key === 'Escape') this.asked.leave()
    else if (event.key === '+' && this.canZoom) this.zoomAt(now)
    else return
    event.preventDefault()
  }

  /** Half of what is shown, around a cell. @param {number} cell */
  zoomAt(cell) {
    if (!this.map) return
    const [left, top, width, height] = boxOf(this.map, cell)
    const [x, y] = [(left + width / 2) / 100, (top + height / 2) / 100]
    const view = viewOfDrag(this.view, [x - 0.25, y - 0.25], [x + 0.25, y + 0.25])
    if (view) this.asked.zoom(view)
  }

  /** @param {import('./heat_view.js').View | null} asked */
  showDrag(asked) {
    this.drag.hidden = !asked
    if (!asked) return
    const span = this.view[2] - this.view[0]
    const side = (100 * (asked[2] - asked[0])) / span
    Object.assign(this.drag.style, {
      left: `${(100 * (asked[0] - this.view[0])) / span}%`, top: `${(100 * (asked[1] - this.view[1])) / span}%`,
      width: `${side}%`, height: `${side}%` })
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  shareOf(event) {
    const box = this.stage.getBoundingClientRect()
    const within = (/** @type {number} */ share) => Math.min(1, Math.max(0, share))
    return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)]
  }
}
