// @ts-check
// What stands in the place of an item when there is none: who reads, the end of a batch, what the checks had found there.

import { element, grouped } from '../widgets/dom.js'
import { lengthWords } from './words.js'

const LONGEST_NAME = 80
const FINDING_ROWS = 200

/**
 * @typedef {{title: string, words: string[], ways: [string, () => void][], more?: Node[]}} Told ways: the first is the main one
 */

/** @typedef {{title: string, words: string[], ways: string[]}} End ways: close, undo, leave, on */

const OPEN = 'is open still: every verdict in it can be taken back. Once it is closed they stay, and the checks tell what they had found.'

/**
 * What is said where there is no item; null: nothing yet.
 * @param {string} state of the server's last answer
 * @param {any} progress
 * @param {string} after what comes after the last item
 * @returns {End | null}
 */
export function endOf(state, progress, after) {
  const open_n = progress.in_batch_n
  if (state === 'batch_full') {
    const words = [`The batch ${OPEN}`, 'A good moment to look up for a minute.']
    return { title: `Batch ${progress.batch_n} is judged`, words, ways: ['close', 'undo'] }
  }
  if (state === 'done' && open_n) {
    // What is left may need another person.
    const title = progress.left_n ? 'You have judged all that you can' : 'Everything is judged'
    return { title, words: [`The last batch ${OPEN}`], ways: ['close', 'undo'] }
  }
  if (state === 'done') return { title: 'Nothing is left for you here', words: [after], ways: ['leave'] }
  if (state !== 'waiting') return null
  const words = ['What is left is lent: to others, or to a page of yours that was cut off. It comes back within ten minutes, ' +
    'and this page asks again by itself.']
  return { title: 'Nothing is free now', words, ways: open_n ? ['leave', 'undo'] : ['leave'] }
}

/**
 * Say that the server is silent, and what that means for what was judged; or that it answers again.
 * @param {import('./notices.js').Notices} notices
 * @param {number} waiting_n verdicts that are not kept yet
 * @param {number | null} wait_ms until the next try; null: it answers
 * @param {string} problem
 * @param {() => void} act try now
 */
export function tellSilence(notices, waiting_n, wait_ms, problem, act) {
  if (wait_ms === null) {
    notices.clear('silent')
    return notices.say('again', 'The server answers again.', null, 4000)
  }
  const waiting = waiting_n === 1 ? 'One verdict waits' : `${waiting_n} verdicts wait`
  const kept = waiting_n ? `${waiting} here and will be sent again` : 'Nothing is lost'
  const words = `${problem || 'The server does not answer.'} ${kept}; next try in ${lengthWords(wait_ms * 1000)}.`
  return notices.say('silent', words, { label: 'Try now', act })
}

/** @param {HTMLElement} panel @param {Told} told */
export function tell(panel, { title, words, ways, more = [] }) {
  const buttons = ways.map(([label, act], at) => {
    const button = /** @type {HTMLButtonElement} */ (element('button', at ? 'button' : 'button primary', { type: 'button' }, label))
    button.onclick = act
    return button
  })
  panel.setAttribute('aria-label', title)
  panel.replaceChildren(element('div', 'card', {}, element('h2', '', {}, title), ...words.map((line) => element('p', '', {}, line)),
    ...more, element('div', 'ways', {}, ...buttons)))
  panel.hidden = false
  buttons[0]?.focus({ preventScroll: true })
}

/**
 * Ask who reads. The name goes into the log of the review, so that nobody is both readers of an item.
 * @param {HTMLElement} panel
 * @param {{name: string, role: string, words: string[], act: (name: string) => void}} asked
 */
export function askWho(panel, { name, role, words, act }) {
  const field = /** @type {HTMLInputElement} */ (element('input', 'filter', { type: 'text', maxlength: String(LONGEST_NAME), id: 'who', autocomplete: 'off', required: '' }))
  field.value = name
  const title = role === 'adjudicator' ? 'Who decides?' : 'Who reads?'
  const form = element('form', 'card', {}, element('h2', '', {}, title), ...words.map((line) => element('p', '', {}, line)),
    element('label', 'field', { for: 'who' }, 'Your name, as it will stand in the log', field),
    element('div', 'ways', {}, element('button', 'button primary', { type: 'submit' }, 'Begin')))
  form.onsubmit = (event) => {
    event.preventDefault()
    const said = field.value.trim()
    if (said) act(said)
  }
  panel.setAttribute('aria-label', title)
  panel.replaceChildren(form)
  panel.hidden = false
  field.focus({ preventScroll: true })
}

/**
 * What the checks had found in a batch that is closed, and which items had been made for the test of the readers.
 * @param {any[]} revealed
 * @param {Record<string, string>} verdicts words
 */
export function revealedList(revealed, verdicts) {
  const rows = revealed.slice(0, FINDING_ROWS).map((row) => revealedRow(row, verdicts))
  const list = element('ol', 'revealed', {}, ...rows)
  const rest_n = revealed.length - rows.length
  const more = rest_n > 0 ? [element('p', 'hint', {}, `and ${grouped(rest_n)} more`)] : []
  return [element('div', 'scroller', { tabindex: '0', role: 'region', 'aria-label': 'What the checks had found' }, list), ...more]
}

/** @param {any} row @param {Record<string, string>} verdicts */
function revealedRow({ verdict, words, way }, verdicts) {
  const link = way ? [element('a', '', { href: way, target: '_blank', rel: 'noopener' }, 'Look at it')] : []
  return element('li', `item_${verdict}`, {}, element('span', 'your', {}, verdicts[verdict] ?? verdict),
    element('span', 'found', { dir: 'auto' }, words), ...link)
}
