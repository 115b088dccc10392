// @ts-check
// Beside the stage: the events, and the marks, one at a time. On a small screen a drawer.

import { element, grouped } from '../widgets/dom.js'

const NAMES = /** @type {const} */ (['events', 'marks'])
const SAID = { events: 'Events', marks: 'Marks' }

export class Side {
  /**
   * @param {{events: HTMLElement, marks: HTMLElement}} panels
   * @param {() => void} close the drawer
   */
  constructor(panels, close) {
    this.panels = panels
    this.tabs = { events: this.tab('events'), marks: this.tab('marks') }
    this.count = element('span', 'n')
    this.tabs.marks.append(this.count)
    const shut = element('button', 'button close', { type: 'button', 'aria-label': 'Close the list' }, '×')
    shut.onclick = close
    const bar = element('div', 'tabs', { role: 'tablist', 'aria-label': 'Beside the stage' }, this.tabs.events, this.tabs.marks)
    bar.onkeydown = (event) => this.keyed(event)
    for (const name of NAMES) {
      panels[name].setAttribute('role', 'tabpanel')
      panels[name].setAttribute('aria-label', SAID[name])
    }
    this.root = element('aside', 'side', { 'aria-label': 'Events and marks' }, element('div', 'top', {}, bar, shut),
      panels.events, panels.marks)
    this.show('events')
  }

  /** @param {'events' | 'marks'} name */
  tab(name) {
    const tab = element('button', `tab ${name}`, { type: 'button', role: 'tab', 'data-name': name }, SAID[name])
    tab.onclick = () => this.show(name)
    return tab
  }

  /** @param {'events' | 'marks'} name */
  show(name) {
    for (const one of NAMES) {
      this.tabs[one].setAttribute('aria-selected', String(one === name))
      this.tabs[one].tabIndex = one === name ? 0 : -1
      this.panels[one].hidden = one !== name
    }
  }

  /** @param {number} marks_n */
  setCount(marks_n) {
    this.count.textContent = marks_n ? grouped(marks_n) : ''
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    const other = this.tabs.events.tabIndex === 0 ? 'marks' : 'events'
    this.show(other)
    this.tabs[other].focus()
  }
}
