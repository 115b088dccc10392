// @ts-check
// The dialog of a dismissal: a reason from a list, a few words, who says so. What was written stays until it is kept.

import { dialog } from '../player/dialog.js'
import { element } from './dom.js'

const LONGEST_NOTE = 500
const LONGEST_AUTHOR = 80
const HINT = 'Kept on this computer, apart from the dataset, and counted. Write nothing that names a person.'

/** @typedef {{reason: string, note: string, author: string}} Said */

export class DismissDialog {
  constructor() {
    this.reasons = element('div', 'reasons', { role: 'radiogroup', 'aria-label': 'Reason' })
    this.note = /** @type {HTMLTextAreaElement} */ (element('textarea', '', { rows: '2', maxlength: String(LONGEST_NOTE), dir: 'auto' }))
    this.author = /** @type {HTMLInputElement} */ (element('input', '', { type: 'text', maxlength: String(LONGEST_AUTHOR), autocomplete: 'off' }))
    this.question = element('p', 'question', { hidden: '' })
    this.rest = element('p', 'question', { hidden: '' })
    this.problem = element('p', 'problem', { role: 'alert', hidden: '' })
    this.keep = /** @type {HTMLButtonElement} */ (element('button', 'button primary', { type: 'submit' }, 'Dismiss'))
    const form = element('form', '', {}, this.question, this.rest, this.reasons,
      element('label', 'field', {}, element('span', '', {}, 'Note'), this.note),
      element('label', 'field', {}, element('span', '', {}, 'Signed by, if you like'), this.author),
      element('p', 'hint', {}, HINT), this.problem, element('div', 'end', {}, this.keep))
    this.whole = dialog('dismiss', 'Dismiss', [form])
    this.root = this.whole.root
    form.onsubmit = (event) => {
      event.preventDefault()
      this.send()
    }
  }

  /**
   * @param {{title: string, n: number, rest: string, reasons: [string, string][], act: (said: Said) => Promise<string>}} asked
   *   `rest`: what is not dismissed with it, or what besides
   */
  open({ title, n, rest, reasons, act }) {
    this.act = act
    this.inputs = reasons.map(([value, words], place) => choice(value, words, place === 0))
    this.reasons.replaceChildren(...this.inputs.map(({ row }) => row))
    this.note.value = ''
    this.say('')
    this.question.hidden = n === 1
    this.question.textContent = n === 1 ? '' : `Are all ${title.replace('Dismiss ', '')} false alarms for the same reason?`
    this.rest.hidden = !rest
    this.rest.textContent = rest
    this.keep.textContent = n === 1 ? 'Dismiss' : `Yes, dismiss ${title.replace('Dismiss ', '')}`
    this.whole.setTitle(title)
    this.whole.open()
    this.inputs[0]?.input.focus()
  }

  async send() {
    if (this.keep.disabled || !this.act) return
    this.keep.disabled = true
    const reason = this.inputs?.find(({ input }) => input.checked)?.input.value ?? ''
    const problem = await this.act({ reason, note: this.note.value.trim(), author: this.author.value.trim() })
    this.keep.disabled = false
    this.say(problem)
    if (!problem) this.root.close()
  }

  /** @param {string} problem */
  say(problem) {
    this.problem.hidden = !problem
    this.problem.textContent = problem
  }
}

/** @param {string} value @param {string} words @param {boolean} isChosen */
function choice(value, words, isChosen) {
  const input = /** @type {HTMLInputElement} */ (element('input', '', { type: 'radio', name: 'reason', value }))
  input.checked = isChosen
  return { input, row: element('label', 'reason', {}, input, element('span', '', {}, words)) }
}
