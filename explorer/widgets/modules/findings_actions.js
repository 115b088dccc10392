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
    const { isAll, selected, rows_n, findings_n, activeRow } = list
    const n = isAll || selected.size ? list.meant.n : 0
    const all = rows_n === findings_n ? findings(findings_n) : `${places(rows_n)}, ${findings(findings_n)}`
    this.said.textContent = n ? `${grouped(n)} selected` : all
    this.selectAll.hidden = !rows_n || isAll
    this.clear.hidden = !n
    const isDismissed = n ? data.state === 'dismissed' : Boolean(activeRow?.dismissed)
    this.dismissButton.hidden = !rows_n || isDismissed
    this.undoButton.hidden = !rows_n || (n ? data.state === 'open' : !isDismissed)
  }

  dismiss() {
    const { list, data } = this.page
    const meant = list.meant
    const { n, lines } = meant
    if (!n || this.dismissButton.hidden) return
    const isPlace = lines.length === 1 && n > 1
    this.form.open({
      title: n === 1 ? 'Dismiss this finding' : `Dismiss ${findings(n)}${isPlace ? ' of this place' : ''}`, n, reasons: data.reasons,
      rest: restOf(meant, data.under_n),
      act: (said) => this.send({ is_dismissed: true, ...said }, meant),
    })
  }

  async undo() {
    const { meant } = this.page.list
    if (!meant.n || this.undoButton.hidden) return
    const problem = await this.send({ is_dismissed: false }, meant)
    if (problem) this.say(problem)
  }

  /**
   * @param {{is_dismissed: boolean}} change
   * @param {{lines: [string, number][], n: number, isAll: boolean}} meant
   * @returns {Promise<string>} the problem; empty: done
   */
  async send(change, { lines, n, isAll }) {
    const { problem, ids } = await this.post(change, isAll ? [{ choice: this.page.data.address, choice_n: n }] : this.parts(lines))
    if (problem) return problem
    const isOne = n === 1
    const words = `${findings(n)} ${change.is_dismissed ? 'dismissed' : isOne ? 'is open again' : 'are open again'}.`
    this.say(words, change.is_dismissed && !isAll ? () => this.takeBack(ids) : null)
    return ''
  }

  /**
   * Requests that together mean all these lines. A line that stands for several findings means those of its place.
   * @param {[string, number][]} lines
   */
  parts(lines) {
    const { address } = this.page.data
    return batches(lines).map((some) => {
      const ids = some.map(([id]) => id)
      const n = some.reduce((sum, [, same_n]) => sum + same_n, 0)
      return n === ids.length ? { ids } : { ids, choice: address, choice_n: n }
    })
  }

  /**
   * @param {{is_dismissed: boolean}} change
   * @param {{ids?: string[], choice?: any, choice_n?: number}[]} parts
   * @returns {Promise<{problem: string, ids: string[]}>} ids: what was changed, where the parts name any
   */
  async post(change, parts) {
    const done = []
    let problem = ''
    for (const part of parts) {
      const got = await askServer(WAY, { method: 'POST', body: { ...change, ...part } })
      problem = got.problem
      if (problem) break
      done.push(...(got.answer.ids ?? part.ids ?? []))
    }
    this.page.changed?.()
    return { problem, ids: done }
  }

  /** @param {string[]} ids */
  async takeBack(ids) {
    const problem = await this.send({ is_dismissed: false }, { lines: ids.map((id) => [id, 1]), n: ids.length, isAll: false })
    if (problem) this.say(problem)
  }

  /** @param {string} words @param {(() => void) | null} [undo] */
  say(words, undo = null) {
    this.done.hidden = false
    this.done.replaceChildren(element('span', '', {}, words))
    if (undo) this.done.append(button('Undo', undo))
  }
}

/** @param {[string, number][]} lines */
function batches(lines) {
  const parts = []
  for (let start = 0; start < lines.length; start += MOST_IDS) parts.push(lines.slice(start, start + MOST_IDS))
  return parts
}

/** @param {number} n */
function places(n) {
  return `${grouped(n)} place${n === 1 ? '' : 's'}`
}

/** @param {number} n */
function findings(n) {
  return `${grouped(n)} finding${n === 1 ? '' : 's'}`
}

/**
 * What becomes of findings on single masks whose session is dismissed; empty where there are none.
 * @param {{singles_n: number, isAll: boolean}} meant
 * @param {number} under_n findings that are counted under the line of their session
 */
function restOf({ singles_n, isAll }, under_n) {
  if (isAll) return under_n ? `Among them: ${grouped(under_n)} of single masks, counted under their session.` : ''
  if (singles_n < 1) return ''
  return singles_n === 1 ? '1 finding of a single mask stays as it is, to be looked at by itself.'
    : `${findings(singles_n)} of single masks stay as they are, to be looked at one by one.`
}

/** @param {string} label @param {() => void} act @param {string} [key] */
function button(label, act, key = '') {
  const node = /** @type {HTMLButtonElement} */ (element('button', 'button', { type: 'button' }, label))
  if (key) node.title = `${label} (${key})`
  node.onclick = act
  return node
}
