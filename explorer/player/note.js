// @ts-check
// The dialog of a mark: what it is about, and a note. What was written stays until the server has kept it.

import { element } from '../widgets/dom.js'
import { dialog } from './dialog.js'

const LONGEST_NOTE = 500
export const LABELS = /** @type {Record<string, string>} */ ({
  interesting: 'Interesting', question: 'Question', problem: 'Problem', possible_leak: 'Possible leak',
})

/** @typedef {{label: string, note: string}} Said */

export class Note {
  constructor() {
    this.text = /** @type {HTMLTextAreaElement} */ (
      element('textarea', '', { rows: '3', maxlength: String(LONGEST_NOTE), 'aria-label': 'Note', dir: 'auto' }))
    this.moment = element('span', 'moment')
    this.labels = Object.entries(LABELS).map(([value, words]) => choice(value, words))
    this.problem = element('p', 'problem', { role: 'alert', hidden: '' })
    this.keepButton = /** @type {HTMLButtonElement} */ (element('button', 'button primary', { type: 'submit' }, 'Keep'))
    const form = element('form', '', {},
      element('div', 'labels_row', { role: 'radiogroup', 'aria-label': 'About' }, ...this.labels.map(({ row }) => row)), this.text,
      element('p', 'hint', {}, 'Kept on this computer, apart from the dataset. Write nothing that names a person.'),
      this.problem, element('div', 'end', {}, element('span', 'hint', {}, 'Enter keeps'), this.keepButton))
    this.whole = dialog('note', 'Mark this moment', [form])
    this.root = this.whole.root
    form.onsubmit = (event) => {
      event.preventDefault()
      this.keep()
    }
    this.text.onkeydown = (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      this.keep()
    }
  }

  /**
   * @param {string} title
   * @param {Said} said
   * @param {(said: Said) => Promise<{problem: string}>} act
   */
  open(title, { label, note }, act) {
    this.act = act
    this.text.value = note
    for (const { input } of this.labels) input.checked = input.value === label
    this.say('')
    this.whole.setTitle(title)
    this.whole.open()
    this.text.focus()
  }

  async keep() {
    if (this.keepButton.disabled) return
    this.keepButton.disabled = true
    const label = this.labels.find(({ input }) => input.checked)?.input.value ?? 'interesting'
    const { problem } = await /** @type {NonNullable<Note['act']>} */ (this.act)({ label, note: this.text.value.trim() })
    this.keepButton.disabled = false
    this.say(problem)
    if (!problem) this.root.close()
  }

  /** @param {string} problem */
  say(problem) {
    this.problem.hidden = !problem
    this.problem.textContent = problem
  }
}

/** @param {string} value @param {string} words */
function choice(value, words) {
  const input = /** @type {HTMLInputElement} */ (element('input', '', { type: 'radio', name: 'label', value }))
  return { input, row: element('label', 'chip', {}, input, element('span', '', {}, words)) }
}
