// @ts-check
// A small panel beside what the pointer rests on.

import { element } from './dom.js'

const REST_MS = 120
const GAP_PX = 8

/**
 * The one panel of a component, for the pointer and for the focus; `contents` finds what to show, or nothing.
 * @param {HTMLElement} root where the panel lives
 * @param {(target: Element) => {anchor: Element, content: Node} | null} contents
 */
export function attachTip(root, contents) {
  const panel = element('div', 'tip', { role: 'tooltip', hidden: '' })
  root.append(panel)
  let timer = 0
  let anchor = /** @type {Element | null} */ (null)
  const hide = () => {
    clearTimeout(timer)
    anchor = null
    panel.hidden = true
  }
  const show = (/** @type {{anchor: Element, content: Node}} */ found) => {
    panel.replaceChildren(found.content)
    panel.hidden = false
    place(panel, found.anchor.getBoundingClientRect())
  }
  const reach = (/** @type {Event} */ event) => {
    const found = contents(/** @type {Element} */ (event.composedPath()[0]))
    if (found?.anchor === anchor) return
    hide()
    if (!found) return
    anchor = found.anchor
    timer = setTimeout(() => show(found), REST_MS)
  }
  const stop = () => {
    hide()
    root.removeEventListener('focusin', reach)
    root.removeEventListener('focusout', hide)
  }
  root.onpointerover = reach
  root.onpointerleave = hide
  root.addEventListener('focusin', reach)
  root.addEventListener('focusout', hide)
  return { hide, stop }
}

/**
 * Below the anchor, or above it where there is no room; always inside the window.
 * @param {HTMLElement} panel
 * @param {DOMRect} box
 */
function place(panel, box) {
  const { offsetWidth: width, offsetHeight: height } = panel
  const isBelow = box.bottom + GAP_PX + height < window.innerHeight
  const top = isBelow ? box.bottom + GAP_PX : box.top - GAP_PX - height
  const left = Math.min(Math.max(GAP_PX, box.left), window.innerWidth - width - GAP_PX)
  panel.style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.max(GAP_PX, top))}px)`
}
