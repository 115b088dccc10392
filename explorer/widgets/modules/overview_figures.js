// @ts-check
// The numbers that a leader reads from across the room, and what is known of redaction.

import { element } from './dom.js'
import { attachTip } from './tip.js'

const stops = new WeakMap()

/**
 * @typedef {{value: [string, string][], label: string, below: string, hint: string}} Figure
 * @param {any} component of Components v2
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.figures')
  stops.get(root)?.()
  root.replaceChildren(
    element('dl', 'numbers', {}, ...data.figures.map(figureOf)),
    redactionOf(data.redaction),
    ...data.notes.map((/** @type {string} */ note) => element('p', 'note', {}, note)),
  )
  const { stop } = attachTip(root, (target) => {
    const anchor = target.closest?.('[data-figure]')
    if (!anchor) return null
    return { anchor, content: element('div', '', {}, data.figures[Number(anchor.getAttribute('data-figure'))].hint) }
  })
  stops.set(root, stop)
  return stop
}

/** @param {Figure} figure @param {number} place */
function figureOf({ value, label, below }, place) {
  const isNumber = value.some(([, unit]) => unit) || /^\d/.test(value[0][0])
  const said = value.flatMap(([digits, unit]) => [element('span', isNumber ? 'digits' : 'words', {}, digits),
    ...(unit ? [element('span', 'unit', {}, unit)] : [])])
  return element('div', 'figure', {},
    element('dt', '', { 'data-figure': String(place), tabindex: '0' }, label),
    element('dd', 'value', {}, ...said),
    element('dd', 'below', { dir: 'auto' }, below))
}

/** @param {[string, string]} answer and what it means */
function redactionOf([head, note]) {
  return element('section', 'redaction', {}, element('h2', '', {}, 'Redaction'), element('p', 'answer', {}, head),
    element('p', 'meaning', {}, note))
}
