// @ts-check
// Maps of where people point: one, three to compare, or many small ones, with what holds for all of them.

import { element } from './dom.js'
import { said } from './heat_cells.js'
import { tableOf } from './heat_paint.js'
import { Pane } from './heat_pane.js'
import { isDark } from './theme.js'

const WHOLE = [0, 0, 1, 1]
const boards = new WeakMap()

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement, setTriggerValue }) {
  const board = boards.get(parentElement) ?? new Board(parentElement.querySelector('.heat'))
  boards.set(parentElement, board)
  board.update(data, setTriggerValue)
  return () => {
    board.stop()
    boards.delete(parentElement)
  }
}

class Board {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.panes = /** @type {Pane[]} */ ([])
    this.maps = element('div', 'maps')
    this.opacity = /** @type {HTMLInputElement} */ (element('input', '', {
      type: 'range', min: '10', max: '100', step: '5', 'aria-label': 'Opacity of the map' }))
    this.whole = element('button', 'whole', { type: 'button' }, 'Show the whole')
    this.hint = element('span', 'hint')
    this.tools = element('div', 'tools', {}, this.hint, this.whole, element('label', '', {}, 'Opacity', this.opacity))
    root.replaceChildren(this.maps, this.tools)
    this.watch = new ResizeObserver(() => this.panes.forEach((pane) => pane.draw()))
    this.watch.observe(this.maps)
    this.opacity.oninput = () => this.panes.forEach((pane) => pane.setOpacity(Number(this.opacity.value)))
    this.opacity.onchange = () => this.tell('opacity', Number(this.opacity.value))
    this.opacity.onkeydown = (event) => event.stopPropagation()
    this.whole.onclick = () => this.tell('zoom', WHOLE)
  }

  /** @param {any} data @param {(name: string, value: any) => void} tell */
  update(data, tell) {
    this.data = data
    this.tell = tell
    const dark = isDark(this.root)
    this.root.style.colorScheme = dark ? 'dark' : 'light'
    this.root.classList.toggle('dark', dark)
    const tables = Object.fromEntries(Object.entries(data.colours).map(([name, pair]) => [name, tableOf(pair[dark ? 1 : 0])]))
    this.maps.className = `maps ${data.layout}`
    this.opacity.value = String(data.opacity)
    this.whole.hidden = data.view.join() === WHOLE.join()
    this.hint.textContent = data.hint
    while (this.panes.length < data.maps.length) this.panes.push(new Pane(this.asked()))
    this.panes.length = data.maps.length
    this.maps.replaceChildren(...this.panes.map((pane) => pane.root))
    this.panes.forEach((pane, at) => pane.update(data.maps[at], tables, data))
  }

  /** @returns {import('./heat_pane.js').Asked} */
  asked() {
    return {
      hover: (pane, cell) => this.hover(pane, cell),
      open: (pane, cell) => {
        if (!pane.map?.can_open) return
        pane.place(pane.chosen, cell)
        this.tell('open', { map: pane.map.key, cell })
      },
      zoom: (view) => this.tell('zoom', view),
      leave: () => (this.whole.hidden ? this.tell('open', null) : this.tell('zoom', WHOLE)),
    }
  }

  /** Point at a cell: maps beside each other show the same one. @param {Pane} pane @param {number | null} cell */
  hover(pane, cell) {
    const together = this.data.layout === 'three' ? this.panes : [pane]
    const lines = cell === null ? [] : together.map((other) => {
      const words = said(other.at(cell), other.map?.words)
      return together.length > 1 && other.map?.words.format !== 'difference' ? `${other.map?.key.toUpperCase()}: ${words}` : words
    })
    for (const other of together) other.show(cell, other === pane ? lines : [])
  }

  stop() {
    this.watch.disconnect()
  }
}
