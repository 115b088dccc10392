// @ts-check
// First frames of a session, each a link to the stored picture.

import { element } from './dom.js'

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.film')
  root.replaceChildren(...data.frames.map((/** @type {{frame_id: string, time: string}} */ frame) => {
    const address = (/** @type {string} */ route) =>
      new URL(`${route}/${encodeURIComponent(frame.frame_id)}`, document.baseURI).href
    const said = `Screenshot at ${frame.time}`
    const picture = /** @type {HTMLImageElement} */ (element('img', '', { alt: said, width: '168', height: '105' }))
    picture.loading = 'lazy'
    picture.decoding = 'async'
    picture.onerror = () => picture.classList.add('missing')
    picture.src = address('thumb')
    const link = element('a', '', { href: address('frame'), target: '_blank', rel: 'noopener' }, picture)
    return element('figure', '', {}, link, element('figcaption', '', {}, frame.time))
  }))
}
