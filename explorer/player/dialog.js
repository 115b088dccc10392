// @ts-check
// A dialog over the player: a title, a way to close it, and what it is about.

import { element } from '../widgets/dom.js'

/** @param {string} name class @param {string} title @param {Node[]} content */
export function dialog(name, title, content) {
  const close = element('button', 'button', { type: 'button' }, 'Close')
  const said = element('strong', '', {}, title)
  const root = /** @type {HTMLDialogElement} */ (element('dialog', name, { 'aria-label': title },
    element('div', 'bar', {}, said, close), ...content))
  close.onclick = () => root.close()
  root.onclick = (event) => {
    if (event.target === root) root.close()
  }
  return {
    root,
    /** @param {string} words */
    setTitle(words) {
      said.textContent = words
      root.setAttribute('aria-label', words)
    },
    open: () => showModal(root),
  }
}

/**
 * Show a dialog that gives the focus back when it closes. With nothing to give it to, the focus would stay in what is no
 * longer seen until the browser draws again, and a key pressed until then would be lost.
 * @param {HTMLDialogElement} root within an element that can have the focus
 */
export function showModal(root) {
  if (root.open) return
  const home = /** @type {HTMLElement | null} */ (root.closest('[tabindex]'))
  if (home && !home.matches(':focus-within')) home.focus({ preventScroll: true })
  root.showModal()
}
