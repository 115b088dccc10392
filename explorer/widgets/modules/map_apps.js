// @ts-check
// The applications of a map, each a link to its own map, with how much was recorded in it.

import { element } from './dom.js'
import { isPlainClick, visit } from './visit.js'

/**
 * @typedef {{name: string, said: string, share: number, colour: string, href: string, is_chosen: boolean}} App
 * @param {any} component of Components v2
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.apps')
  root.replaceChildren(element('nav', '', { 'aria-label': 'Apps' }, ...data.apps.map(linkTo)),
    ...(data.note ? [element('p', 'note', {}, data.note)] : []))
  root.onclick = (/** @type {MouseEvent} */ event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a'))
    if (!link || !isPlainClick(event)) return
    event.preventDefault()
    visit(link.href)
  }
}

/** @param {App} app */
function linkTo(app) {
  const fill = element('span', 'fill')
  fill.style.width = `${Math.max(1, 100 * app.share)}%`
  fill.style.backgroundColor = app.colour
  const link = element('a', 'app', { href: new URL(app.href, document.baseURI).href, title: app.name },
    element('span', 'name', { dir: 'auto' }, app.name), element('span', 'said', {}, app.said),
    ...(app.share ? [element('span', 'share', { 'aria-hidden': 'true' }, fill)] : []))
  if (app.is_chosen) link.setAttribute('aria-current', 'true')
  return link
}
