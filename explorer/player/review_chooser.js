// @ts-check
// One question with a list of answers, each with a key: 1 to 9, then letters. The answer given last is offered first.

import { element } from '../widgets/dom.js'
import { showModal } from './dialog.js'

const KEYS = [...'123456789abcdefghijklmnopqrstuvwxyz']

export class Chooser {
  constructor() {
    this.title = element('h2', 'ask', { id: 'ask' })
    this.options = element('div', 'answers', { role: 'group', 'aria-labelledby': 'ask' })
    this.root = /** @type {HTMLDialogElement} */ (element('dialog', 'chooser', { 'aria-labelledby': 'ask' },
      this.title, this.options, element('p', 'hint', {}, 'Press a key, or Enter for the marked one. Esc goes back.')))
    this.last = /** @type {Map<string, string>} */ (new Map())
    this.root.addEventListener('keydown', (event) => this.key(event))
    // An answer may have opened the next question before this event comes.
    this.root.addEventListener('close', () => { if (!this.root.open) this.answer(null) })
    this.root.onclick = (event) => { if (event.target === this.root) this.root.close() }
  }

  get isOpen() {
    return this.root.open
  }

  /**
   * @param {string} name under which the last answer is remembered
   * @param {string} title
   * @param {[string, string][]} options value and words
   * @returns {Promise<string | null>} null: not answered
   */
  ask(name, title, options) {
    this.title.textContent = title
    const last = this.last.get(name)
    this.buttons = options.slice(0, KEYS.length).map(([value, words], at) => {
      const button = /** @type {HTMLButtonElement} */ (element('button', 'answer', { type: 'button', 'aria-keyshortcuts': KEYS[at] },
        element('kbd', '', {}, KEYS[at]), element('span', '', {}, words)))
      button.onclick = () => this.choose(name, value)
      return button
    })
    this.options.replaceChildren(...this.buttons)
    showModal(this.root)
    const first = Math.max(0, options.findIndex(([value]) => value === last))
    this.buttons[first]?.focus()
    return new Promise((tell) => { this.tell = tell })
  }

  /** @param {string} name @param {string} value */
  choose(name, value) {
    this.last.set(name, value)
    this.answer(value)
    this.root.close()
  }

  /** @param {string | null} value */
  answer(value) {
    const tell = this.tell
    this.tell = undefined
    tell?.(value)
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    event.stopPropagation()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const buttons = this.buttons ?? []
    const at = KEYS.indexOf(event.key.toLowerCase())
    const now = buttons.findIndex((button) => button.matches(':focus'))
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    if (at >= 0 && buttons[at]) buttons[at].click()
    else if (step) buttons[(now + step + buttons.length) % buttons.length].focus()
    else return
    event.preventDefault()
  }
}
