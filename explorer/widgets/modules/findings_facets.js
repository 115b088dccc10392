// @ts-check
// Counts by severity, kind, channel and application: each a bar, and a link to the list that it counts. Of many values
// the rest is one press away.

import { element, grouped } from './dom.js'
import { severityMark } from './findings_row.js'

const MOST_SHOWN = 10
// Facets that were opened stay open when the counts change.
const opened = new Set()

/**
 * @typedef {{value: string, words: string, n: number, href: string, is_chosen: boolean, hint: string}} Value
 * @typedef {{name: string, label: string, values: Value[]}} Facet
 * @param {Facet[]} facets
 */
export function facetList(facets) {
  return facets.filter(({ values }) => values.length).map(facetOf)
}

/** @param {Facet} facet */
function facetOf({ name, label, values }) {
  const most_n = Math.max(1, ...values.map(({ n }) => n))
  const shown = values.slice(0, MOST_SHOWN)
  const chosen = values.slice(MOST_SHOWN).filter(({ is_chosen }) => is_chosen)
  const rest = values.slice(MOST_SHOWN).filter(({ is_chosen }) => !is_chosen)
  const rows = [...shown, ...chosen].map((value) => element('li', '', {}, valueLink(name, value, most_n)))
  if (rest.length > 1) rows.push(...restOf(name, rest, most_n))
  else rows.push(...rest.map((value) => element('li', '', {}, valueLink(name, value, most_n))))
  return element('section', `facet ${name}`, {}, element('h2', '', { id: `facet-${name}` }, label),
    element('ul', '', { 'aria-labelledby': `facet-${name}` }, ...rows))
}

/** The other values, and the button after them that shows them. @param {string} name @param {Value[]} rest @param {number} most_n */
function restOf(name, rest, most_n) {
  const rows = rest.map((value) => element('li', '', {}, valueLink(name, value, most_n)))
  const button = element('button', 'rest', { type: 'button' })
  const show = () => {
    const isOpen = opened.has(name)
    for (const row of rows) row.hidden = !isOpen
    button.setAttribute('aria-expanded', String(isOpen))
    button.textContent = isOpen ? 'Show fewer' : `Show ${grouped(rest.length)} more`
  }
  button.onclick = () => {
    if (!opened.delete(name)) opened.add(name)
    show()
  }
  show()
  return [...rows, element('li', '', {}, button)]
}

/** @param {string} facet @param {Value} value @param {number} most_n */
function valueLink(facet, { value, words, n, href, is_chosen, hint }, most_n) {
  const bar = element('i', 'share')
  bar.style.width = `${n ? Math.max(1.5, (100 * n) / most_n) : 0}%`
  const mark = facet === 'severity' ? [severityMark(value)] : []
  const link = element('a', `value ${facet === 'severity' ? `level ${value}` : ''}`, { href: new URL(href, document.baseURI).href },
    ...mark, element('span', 'words', { dir: 'auto' }, words), element('span', 'n', {}, grouped(n)),
    element('span', 'track', { 'aria-hidden': 'true' }, bar))
  if (hint) link.title = hint
  if (is_chosen) link.setAttribute('aria-current', 'true')
  return link
}
