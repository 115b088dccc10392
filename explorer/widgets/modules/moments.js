// @ts-check
// Moments behind a cell of a map: each a screenshot, where there is one, that leads to the replay just before it.

import { element } from './dom.js'
import { isPlainClick, visit } from './visit.js'

/**
 * @typedef {{frame_id: string | null, time: string, app: string, href: string}} Moment
 * @param {any} component of Components v2
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.moments')
  root.replaceChildren(element('ol', '', { 'aria-label': 'Moments' },
    ...data.moments.map((/** @type {Moment} */ moment) => element('li', '', {}, linkTo(moment)))))
  root.onclick = (/** @type {MouseEvent} */ event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a'))
    if (!link || !isPlainClick(event)) return
    event.preventDefault()
    visit(link.href)
  }
  root.onkeydown = (/** @type {KeyboardEvent} */ event) => keyed(root, event)
}

/** @param {Moment} moment */
function linkTo({ frame_id, time, app, href }) {
  const link = element('a', '', { href: new URL(href, document.baseURI).href, 'aria-label': `Replay ${app} from ${time}` })
  const face = element('span', frame_id ? 'face' : 'face none', {}, frame_id ? '' : 'No screenshot')
  if (frame_id) {
    const picture = /** @type {HTMLImageElement} */ (element('img', '', { alt: '', width: '240', height: '150' }))
    picture.loading = 'lazy'
    picture.decoding = 'async'
    picture.onerror = () => {
      face.classList.add('none')
      face.replaceChildren('No screenshot')
    }
    picture.src = new URL(`thumb/${encodeURIComponent(frame_id)}`, document.baseURI).href
    face.append(picture)
  }
  link.append(face, element('span', 'app', { dir: 'auto' }, app), element('span', 'time', {}, time))
  return link
}

/** @param {HTMLElement} root @param {KeyboardEvent} event */
function keyed(root, event) {
  // Streamlit's own keys (r, c) must not fire while someone looks for a moment.
  if (event.key !== 'Tab') event.stopPropagation()
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 3, ArrowUp: -3 }[event.key]
  if (!step) return
  const links = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('a')])
  const now = links.indexOf(/** @type {HTMLElement} */ (event.target))
  event.preventDefault()
  links[Math.max(0, Math.min(links.length - 1, now + step))]?.focus()
}
