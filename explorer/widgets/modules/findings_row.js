// @ts-check
// One finding as a row of the list: how severe, what, where. Text is only ever set as text.

import { element, grouped } from './dom.js'

const BARS_N = 3
const LEVELS = /** @type {Record<string, number>} */ ({ high: 3, medium: 2, low: 1 })

/**
 * How severe, as a shape: the more bars the worse; what is no leak has outlines only.
 * @param {string} severity
 */
export function severityMark(severity) {
  const level = LEVELS[severity] ?? 0
  const bars = Array.from({ length: BARS_N }, (_, place) => element('i', place < level ? 'on' : ''))
  return element('span', 'mark', { 'aria-hidden': 'true' }, ...bars)
}

/**
 * @param {any} row
 * @param {number} index
 * @param {{words: any, isSelected: boolean}} look
 */
export function findingRow(row, index, { words, isSelected }) {
  const kind = words.kinds[row.kind]?.[0] ?? row.kind
  const repeats = row.same_n > 1 ? `${grouped(row.same_n)} times` : ''
  const singles = row.singles ? `${grouped(row.singles.n)} told one by one` : ''
  const below = [repeats, singles, row.entity, row.where].filter(Boolean).join(' · ')
  const box = element('div', 'cell pick', { role: 'gridcell' }, element('span', 'box', { 'aria-hidden': 'true' }))
  const level = element('div', `cell level ${row.severity}`, { role: 'gridcell' }, severityMark(row.severity),
    element('span', '', {}, words.severities[row.severity]?.[0] ?? row.severity))
  const what = element('div', 'cell what', { role: 'gridcell' }, element('span', 'kind', { dir: 'auto' }, kind),
    element('span', 'below', { dir: 'auto' }, below || row.reason || 'no place'))
  const app = element('div', 'cell app', { role: 'gridcell', dir: 'auto' }, row.app || '–')
  const session = element('div', 'cell session', { role: 'gridcell' }, element('span', 'id', { dir: 'auto' }, shortId(row.session)),
    element('span', 'below', {}, row.time))
  const node = element('div', `row${row.dismissed ? ' dismissed' : ''}`, {
    role: 'row', id: `finding-${index}`, 'aria-rowindex': String(index + 1), 'aria-selected': String(isSelected),
  }, box, level, what, app, session)
  if (row.dismissed) what.append(element('span', 'tag', {}, 'dismissed'))
  return node
}

/** A row whose page is still on its way. @param {number} index */
export function emptyRow(index) {
  return element('div', 'row empty', { role: 'row', id: `finding-${index}`, 'aria-rowindex': String(index + 1) },
    element('div', 'cell what', { role: 'gridcell' }, '…'))
}

/** The end of an id, which tells sessions apart. @param {string} session */
export function shortId(session) {
  if (!session) return 'dataset'
  return session.length > 14 ? `…${session.slice(-8)}` : session
}
