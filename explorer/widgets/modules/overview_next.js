// @ts-check
// The ways on from the overview, each a real link; a plain click stays in this page.

import { element } from './dom.js'
import { isPlainClick, visit } from './visit.js'

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.next')
  root.setAttribute('aria-label', 'What can be done next')
  root.replaceChildren(...data.steps.map((/** @type {[string, string, string]} */ [name, way, sentence]) => {
    const link = element('a', '', { href: new URL(way, document.baseURI).href }, element('strong', '', {}, name),
      element('span', '', {}, sentence))
    link.onclick = (event) => {
      if (!isPlainClick(event)) return
      event.preventDefault()
      visit(/** @type {HTMLAnchorElement} */ (link).href)
    }
    return link
  }))
}
