// @ts-check
// A small panel that a button opens: closed by the button, by Escape, and by a press elsewhere.

import { element } from '../widgets/dom.js'

/**
 * The button and its panel, in one element.
 * @param {string} label
 * @param {string} name class of the whole
 * @param {Node[]} content of the panel
 */
export function menu(label, name, content) {
  const button = element('button', 'opener', { type: 'button', 'aria-expanded': 'false', 'aria-haspopup': 'true' }, label)
  const panel = element('div', 'panel', { role: 'group', 'aria-label': label, hidden: '' }, ...content)
  const whole = element('div', `menu ${name}`, {}, button, panel)
  const outside = (/** @type {Event} */ event) => {
    if (!event.composedPath().includes(whole)) close()
  }
  const close = () => {
    panel.hidden = true
    button.setAttribute('aria-expanded', 'false')
    document.removeEventListener('pointerdown', outside, true)
  }
  button.onclick = () => {
    if (!panel.hidden) return close()
    panel.hidden = false
    button.setAttribute('aria-expanded', 'true')
    document.addEventListener('pointerdown', outside, true)
    return /** @type {HTMLElement | null} */ (panel.querySelector('input, select, a, button'))?.focus()
  }
  whole.onkeydown = (event) => {
    if (event.key !== 'Escape' || panel.hidden) return
    event.stopPropagation()
    close()
    button.focus()
  }
  return { whole, button, panel, close }
}
