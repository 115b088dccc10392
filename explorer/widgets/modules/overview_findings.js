// @ts-check
// Where the recordings go beyond what was announced, and what the scan found: in words, marked by shape as well as colour.

import { element } from './dom.js'
import { isPlainClick, visit } from './visit.js'

/**
 * @typedef {{head: string, note: string, href: string}} Finding
 * @param {any} component of Components v2
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.findings')
  root.replaceChildren(...data.findings.map((/** @type {Finding} */ { head, note, href }) => element('li', '', {},
    element('strong', '', { dir: 'auto' }, href ? linkTo(head, href) : head), element('span', '', { dir: 'auto' }, note))))
}

/** @param {string} words @param {string} way */
function linkTo(words, way) {
  const link = /** @type {HTMLAnchorElement} */ (element('a', '', { href: new URL(way, document.baseURI).href }, words))
  link.onclick = (event) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    visit(link.href)
  }
  return link
}
