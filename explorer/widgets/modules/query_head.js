// @ts-check
// The header of a query file as documentation.

import { element } from './dom.js'

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.head')
  if (root.dataset.name === data.name) return
  root.dataset.name = data.name
  const parts = [element('h2', '', {}, data.name), element('p', 'summary', {}, data.summary)]
  if (data.notes) parts.push(element('p', 'notes', {}, data.notes.replace(/([^\n])\n(?!\n)/g, '$1 ')))
  root.replaceChildren(...parts, columnsOf(data))
  // Streamlit's own keys (r, c) must not fire while someone opens the columns.
  root.onkeydown = (/** @type {KeyboardEvent} */ event) => event.stopPropagation()
}

/** @param {{rows: string, columns: [string, string, string, string][]}} data */
function columnsOf({ rows, columns }) {
  const many = columns.length === 1 ? '1 column' : `${columns.length} columns`
  const lines = columns.map(([name, type, unit, text]) => element('tr', '', {},
    element('th', '', { scope: 'row' }, name),
    element('td', 'type', {}, unit ? `${type.toLowerCase()}, ${unit}` : type.toLowerCase()), element('td', '', {}, text)))
  const table = element('table', '', {}, element('tbody', '', {}, ...lines))
  const said = element('summary', '', {}, element('span', '', {}, `Returns ${rows}`), element('span', 'many', {}, many))
  return element('details', '', {}, said, element('div', 'columns', {}, table))
}
