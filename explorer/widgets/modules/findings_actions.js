// @ts-check
// What can be done with findings: dismissed with a reason, taken back; many at once only after a question.

import { askServer } from '../player/ask_server.js'
import { element, grouped } from './dom.js'
import { DismissDialog } from './findings_dialog.js'

const WAY = 'findings/dismissals.json'
// Ids that one request may carry.
const MOST_IDS = 400

export class FindingsActions {
  /** @param {import('./findings.js').FindingsPage} page */
  constructor(page) {
    this.page = page
    this.said = element('span', 'said', { role: 'status' })
    this.selectAll = button('Select all', () => page.list.selectAll())
    this.clear = button('Clear', () => page.list.clear())
    this.dismissButton = button('Dismiss…', () => this.dismiss(), 'd')
    this.undoButton = button('Take back', () => this.undo(), 'u')
    this.done = element('span', 'done', { role: 'status', hidden: '' })
    this.root = element('div', 'actions', {}, this.said, this.selectAll, this.clear, this.dismissButton, this.undoButton, this.done)
    this.form = new DismissDialog()
    this.dialog = this.form.root
  }

  /** Say what is selected, and offer what can be done with it. */
  refresh() {
    const { list, data } = this.page
    if (!data) return
    const { isAll, selected, rows_n, activeRow } = list
    const n = isAll ? rows_n : selected.size
    this.said.textContent = n ? `${grouped(n)} selected` : findings(rows_n)
    this.selectAll.hidden = !rows_n || isAll
    this.clear.hidden = !n
    const isDismissed = n ? data.state === 'dismissed' : Boolean(activeRow?.dismissed)
    this.dismissButton.hidden = !rows_n || isDismissed
    this.undoButton.hidden = !rows_n || (n ? data.state === 'open' : !isDismissed)
  }

  dismiss() {
    const { list, data } = this.page
    const { n, ids, isAll } = list.meant
    if (!n || this.dismissButton.hidden) return
    this.form.open({
      title: n === 1 ? 'Dismiss this finding' : `Dismiss ${findings(n)}`, n, reasons: data.reasons,
      act: (said) => this.send({ is_dismissed: true, ...said }, ids, isAll, n),
    })
  }

  async undo() {
    const { n, ids, isAll } = this.page.list.meant
    if (!n || this.undoButton.hidden) return
    const problem = await this.send({ is_dismissed: false }, ids, isAll, n)
    if (problem) this.say(problem)
  }

  /**
   * @param {{is_dismissed: boolean}} change
   * @param {string[]} ids
   * @param {boolean} isAll all findings of the list are meant
   * @param {number} n
   * @returns {Promise<string>} the problem; empty: done
   */
  async send(change, ids, isAll, n) {
    const { data } = this.page
    const parts = isAll ? [{ choice: data.address, choice_n: n }] : batches(ids).map((part) => ({ ids: part }))
    for (const part of parts) {
      const { problem } = await askServer(WAY, { method: 'POST', body: { ...change, ...part } })
      if (problem) {
        this.page.changed?.()
        return problem
      }
    }
    const isOne = n === 1
    const words = `${findings(n)} ${change.is_dismissed ? 'dismissed' : isOne ? 'is open again' : 'are open again'}.`
    this.say(words, change.is_dismissed && !isAll ? () => this.takeBack(ids, n) : null)
    this.page.changed?.()
    return ''
  }

  /** @param {string[]} ids @param {number} n */
  async takeBack(ids, n) {
    const problem = await this.send({ is_dismissed: false }, ids, false, n)
    if (problem) this.say(problem)
  }

  /** @param {string} words @param {(() => void) | null} [undo] */
  say(words, undo = null) {
    this.done.hidden = false
    this.done.replaceChildren(element('span', '', {}, words))
    if (undo) this.done.append(button('Undo', undo))
  }
}

/** @param {string[]} ids */
function batches(ids) {
  const parts = []
  for (let start = 0; start < ids.length; start += MOST_IDS) parts.push(ids.slice(start, start + MOST_IDS))
  return parts
}

/** @param {number} n */
function findings(n) {
  return `${grouped(n)} finding${n === 1 ? '' : 's'}`
}

/** @param {string} label @param {() => void} act @param {string} [key] */
function button(label, act, key = '') {
  const node = /** @type {HTMLButtonElement} */ (element('button', 'button', { type: 'button' }, label))
  if (key) node.title = `${label} (${key})`
  node.onclick = act
  return node
}
