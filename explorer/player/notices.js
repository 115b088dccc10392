// @ts-check
// What the player has to say: one line each over the stage, with what can be done about it.

import { element } from '../widgets/dom.js'

export class Notices {
  constructor() {
    this.root = element('div', 'notices', { role: 'status' })
    this.lines = /** @type {Map<string, HTMLElement>} */ (new Map())
    this.timers = /** @type {Map<string, number>} */ (new Map())
  }

  /**
   * Say something; a later word under the same name takes its place.
   * @param {string} name
   * @param {string} words
   * @param {{label: string, act: () => void} | null} [way] a button
   * @param {number} [gone_ms] after which it goes by itself; 0: it stays
   */
  say(name, words, way = null, gone_ms = 0) {
    if (this.lines.get(name)?.dataset.words === words) return
    this.clear(name)
    const line = element('div', 'notice', { 'data-words': words }, element('span', 'words', {}, words))
    if (way) {
      const button = element('button', 'act', { type: 'button' }, way.label)
      button.onclick = way.act
      line.append(button)
    }
    const close = element('button', 'close', { type: 'button', 'aria-label': 'Close this message' }, '×')
    close.onclick = () => this.clear(name)
    line.append(close)
    this.lines.set(name, line)
    this.root.append(line)
    if (gone_ms) this.timers.set(name, setTimeout(() => this.clear(name), gone_ms))
  }

  /** @param {string} name */
  clear(name) {
    clearTimeout(this.timers.get(name))
    this.timers.delete(name)
    this.lines.get(name)?.remove()
    this.lines.delete(name)
  }

  clearAll() {
    for (const name of [...this.lines.keys()]) this.clear(name)
  }
}
