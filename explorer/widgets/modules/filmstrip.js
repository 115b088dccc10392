// @ts-check
// First frames of a session, each a link to the replay at its moment.

import { element } from './dom.js'
import { isPlainClick, visit } from './visit.js'

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.film')
  root.replaceChildren(...data.frames.map((/** @type {{frame_id: string, time: string, replay: string}} */ frame) => {
    const said = `Screenshot at ${frame.time}`
    const picture = /** @type {HTMLImageElement} */ (element('img', '', { alt: said, width: '168', height: '105' }))
    picture.loading = 'lazy'
    picture.decoding = 'async'
    picture.onerror = () => picture.classList.add('missing')
    picture.src = new URL(`thumb/${encodeURIComponent(frame.frame_id)}`, document.baseURI).href
    const link = element('a', '', { href: new URL(frame.replay, document.baseURI).href, title: 'Replay from here' }, picture)
    link.onclick = (event) => {
      if (!isPlainClick(event)) return
      event.preventDefault()
      visit(/** @type {HTMLAnchorElement} */ (link).href)
    }
    return element('figure', '', {}, link, element('figcaption', '', {}, frame.time))
  }))
}
