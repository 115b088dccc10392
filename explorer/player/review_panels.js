// @ts-check
// What stands in the place of an item when there is none: who reads, the end of a batch, what the checks had found there.

import { element, grouped } from '../widgets/dom.js'

const LONGEST_NAME = 80
const FINDING_ROWS = 200

/**
 * @typedef {{title: string, words: string[], ways: [string, () => void][], more?: Node[]}} Told ways: the first is the main one
 */

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
