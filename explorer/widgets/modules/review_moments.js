// @ts-check
// The moments behind verdicts: what was said, and the way to each.

import { element } from './dom.js'
import { isPlainClick, visit } from './visit.js'

/** @param {any} component of Components v2 */
export default function mount({ parentElement, data }) {
  const list = parentElement.querySelector('.behind')
  list.replaceChildren(...data.rows.map(rowOf))
}

/** @param {[string, string, string, string]} row */
function rowOf([verdict, label, words, way]) {
  const parts = [element('span', 'verdict', {}, label), element('span', 'words', {}, words)]
  if (!way) return element('li', verdict, {}, ...parts, element('span', 'gone', {}, 'not in the dataset now'))
  const link = /** @type {HTMLAnchorElement} */ (element('a', '', { href: way }, 'Look at it'))
  link.onclick = (event) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    visit(link.href)
  }
  return element('li', verdict, {}, ...parts, link)
}
