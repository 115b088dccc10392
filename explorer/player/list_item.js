// @ts-check
// One row of the list of events: when, what kind, what. A step is a card with its thought, action and judgement.

import { element } from '../widgets/dom.js'
import { mark } from '../widgets/step_row.js'
import { shape } from './icons.js'
import { counted, placeWords } from './words.js'

export const ROW_PX = 28
const HEAD_PX = 32
const LINE_PX = 20
const ACTION_PX = 26
// A thought takes two lines at most; it does not fit one when it is longer than this.
const LINE_CHARS = 50
const OUTCOMES = { correct: 'correct', redundant: 'redundant', wrong: 'failed', unknown: 'not judged' }

/**
 * Height of an item while it is not opened.
 * @param {any} step of an item that is one
 */
export function heightOf(step) {
  if (!step) return ROW_PX
  const lines_n = step.thought ? 1 + Number(step.thought.length > LINE_CHARS) : 0
  return HEAD_PX + lines_n * LINE_PX + ACTION_PX
}

/**
 * How a step was judged: what failed comes first.
 * @param {{is_correct: boolean | null, is_redundant: boolean | null}} step
 * @returns {keyof typeof OUTCOMES}
 */
export function outcomeOf({ is_correct, is_redundant }) {
  if (is_correct === false) return 'wrong'
  if (is_redundant) return 'redundant'
  return is_correct ? 'correct' : 'unknown'
}

/**
 * A row of the list.
 * @param {any} item of groupRows
 * @param {{place: number, items_n: number, isOpen: boolean, isSteps: boolean, step: any}} shown
 */
export function listItem(item, { place, items_n, isOpen, isSteps, step }) {
  // To the tenth: the list is read, not measured.
  const when = isSteps ? String(Math.floor(item.start_us / 1e6) + 1) : placeWords(item.start_us).slice(0, -1)
  const time = element('span', 'when', {}, when)
  const row = element('li', `item ${item.kind}`, { 'aria-setsize': String(items_n), 'aria-posinset': String(place + 1) })
  const go = element('button', 'go', { type: 'button', tabindex: '-1' })
  row.append(go)
  if (step) {
    go.append(time, ...stepParts(step))
    go.append(stepText(step, isOpen))
  } else go.append(time, shape(item.kind), ...words(item))
  if (isOpen) row.classList.add('open')
  if (step || hasMore(item)) {
    row.append(element('button', 'more', { type: 'button', tabindex: '-1', 'aria-expanded': String(isOpen),
      'aria-label': isOpen ? 'Less' : 'More' }, isOpen ? '▾' : '▸'))
  }
  if (isOpen && !step) row.append(detailOf(item))
  return row
}

/** @param {any} item */
export function hasMore(item) {
  return Boolean(item.text || item.element?.name || item.end_us - item.start_us > 500_000)
}

/** @param {any} item */
function words(item) {
  const parts = [element('span', 'what', { dir: 'auto' }, item.label)]
  if (item.detail) parts.push(element('span', 'detail', { dir: 'auto' }, item.detail))
  return parts
}

/** @param {any} item */
function detailOf(item) {
  const { name, role } = item.element ?? {}
  const lines = [['Text', item.text], ['Element', [role, name].filter(Boolean).join(' ')], ['App', item.app],
    ['Window', item.title],
    ['Took', item.end_us - item.start_us > 500_000 ? `${((item.end_us - item.start_us) / 1e6).toFixed(1)} s` : ''],
    ['Rows', item.n > 1 ? counted(item.n, 'row') : '']].filter(([, value]) => value)
  return element('dl', 'lines', {}, ...lines.map(([term, value]) => element('div', '', {},
    element('dt', '', {}, term), element('dd', '', { dir: 'auto' }, value))))
}

/** @param {any} step */
function stepParts(step) {
  const outcome = outcomeOf(step)
  const judged = outcome === 'unknown' ? '' : `, ${OUTCOMES[outcome]}`
  return [mark(outcome), element('span', `word ${outcome}`, {}, `Step ${step.place}${judged}`)]
}

/** @param {any} step @param {boolean} isOpen */
function stepText(step, isOpen) {
  const said = element('span', 'said')
  if (step.thought) said.append(element('span', 'thought', { dir: 'auto' }, step.thought))
  const action = [step.action_type, isOpen ? step.action_args ?? step.action_code : shortArgs(step)].filter(Boolean).join('  ')
  said.append(element('span', 'action', { dir: 'auto' }, action || 'No action'))
  if (isOpen && step.observation) said.append(element('span', 'thought', { dir: 'auto' }, `Saw: ${step.observation}`))
  if (isOpen && step.reflection) said.append(element('span', 'thought', { dir: 'auto' }, `Then: ${step.reflection}`))
  return said
}

/** @param {any} step */
function shortArgs({ action_args, action_code }) {
  return (action_args ?? action_code ?? '').replace(/\s+/g, ' ').slice(0, 200)
}
