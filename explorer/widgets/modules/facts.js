// @ts-check
// Facts as quiet lists: a term, what is so, and now and then what that means.

import { element } from './dom.js'

/**
 * @typedef {{term: string, value: string, note: string, is_found?: boolean}} Fact
 * @param {any} component of Components v2
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.facts')
  root.replaceChildren(...data.groups.map(groupOf))
}

/** @param {{heading: string, facts: Fact[]}} group */
function groupOf({ heading, facts }) {
  const list = element('dl')
  for (const { term, value, note, is_found } of facts) {
    const said = element('dd', is_found ? 'found' : '', {}, element('span', 'value', { dir: 'auto' }, value))
    if (note) said.append(element('span', 'note', {}, note))
    list.append(element('div', 'fact', {}, element('dt', '', {}, term), said))
  }
  return element('section', '', {}, element('h2', '', {}, heading), list)
}
