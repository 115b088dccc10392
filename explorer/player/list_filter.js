// @ts-check
// What of the list is shown: by kind, and by words that occur in it.

import { element, grouped } from '../widgets/dom.js'
import { shape } from './icons.js'
import { menu } from './menu.js'

const WAIT_MS = 120
const SAID = {
  typing: 'typing', drag: 'drags', scroll: 'scrolls', click: 'clicks', right_click: 'right clicks', double_click: 'double clicks',
  shortcut: 'shortcuts', app_switch: 'app switches', navigation: 'navigation', clipboard: 'clipboard', step: 'steps',
  pause: 'pauses', other: 'other',
}

export class ListFilter {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed
    this.left_out = /** @type {Set<string>} */ (new Set())
    this.input = /** @type {HTMLInputElement} */ (element('input', 'filter', { type: 'search', placeholder: 'filter…',
      'aria-label': 'Filter the events', autocomplete: 'off', spellcheck: 'false' }))
    this.input.oninput = () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(changed, WAIT_MS)
    }
    this.text = this.input
    this.boxes = element('div', 'boxes')
    this.menu = menu('Kinds', 'kinds', [this.boxes])
    this.kinds = this.menu.whole
    this.offered = ''
  }

  get isEmpty() {
    return !this.left_out.size && !this.input.value.trim()
  }

  get wanted() {
    const kinds = this.left_out.size ? new Set(Object.keys(SAID).filter((kind) => !this.left_out.has(kind))) : null
    return { kinds, text: this.input.value.trim() }
  }

  reset() {
    this.left_out.clear()
    this.input.value = ''
    this.offered = ''
    this.said()
  }

  /**
   * Offer the kinds that occur.
   * @param {any[]} items
   */
  offer(items) {
    const counts = new Map()
    for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    const told = JSON.stringify([...counts])
    if (told === this.offered) return
    this.offered = told
    this.boxes.replaceChildren(...Object.entries(SAID).filter(([kind]) => counts.has(kind)).map(([kind, words]) => {
      const box = /** @type {HTMLInputElement} */ (element('input', '', { type: 'checkbox' }))
      box.checked = !this.left_out.has(kind)
      box.onchange = () => this.setKind(kind, box.checked)
      const number = element('span', 'number', {}, grouped(counts.get(kind)))
      return element('label', 'row', {}, box, shape(kind), element('span', '', {}, words), number)
    }))
  }

  /** @param {string} kind @param {boolean} isShown */
  setKind(kind, isShown) {
    if (isShown) this.left_out.delete(kind)
    else this.left_out.add(kind)
    this.said()
    this.changed()
  }

  said() {
    this.menu.button.textContent = this.left_out.size ? `Kinds −${this.left_out.size}` : 'Kinds'
  }

  focus() {
    this.input.focus()
    this.input.select()
  }

  stop() {
    clearTimeout(this.timer)
    this.menu.close()
  }
}
