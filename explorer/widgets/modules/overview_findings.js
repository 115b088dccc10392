// @ts-check
// Where the recordings go beyond what was announced: said in words, marked by shape as well as colour.

import { element } from './dom.js'

/**
 * @typedef {{head: string, note: string}} Finding
 * @param {any} component of Components v2
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.findings')
  root.replaceChildren(...data.findings.map((/** @type {Finding} */ { head, note }) => element('li', '', {},
    element('strong', '', { dir: 'auto' }, head), element('span', '', { dir: 'auto' }, note))))
}
