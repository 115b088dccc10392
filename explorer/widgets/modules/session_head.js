// @ts-check
// Top of a session's page: the way through the list, its name, its badges, its facts in one line.

import { element } from './dom.js'
import { isDark } from './theme.js'
import { attachTip } from './tip.js'

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.head')
  root.style.colorScheme = isDark(root) ? 'dark' : 'light'
  const way = element('nav', 'way', { 'aria-label': 'Sessions' }, wayLink('Sessions', data.list, setTriggerValue, ''))
  if (data.place) {
    way.append(element('span', 'gap'), wayLink('←', data.previous, setTriggerValue, 'Previous session'),
      element('span', 'place', {}, data.place), wayLink('→', data.next, setTriggerValue, 'Next session'))
  }
  const badges = data.badges.map((/** @type {string[]} */ [label, , tone], /** @type {number} */ place) =>
    element('span', `badge ${tone}`, { 'data-badge': String(place), tabindex: '0' }, label))
  root.replaceChildren(way, element('h1', '', { dir: 'auto' }, data.title),
    element('div', 'line', {}, element('span', 'summary', {}, data.summary), ...badges))
  const hideTip = attachTip(root, (target) => {
    const anchor = target.closest?.('[data-badge]')
    if (!anchor) return null
    const [label, text] = data.badges[Number(anchor.getAttribute('data-badge'))]
    return { anchor, content: element('div', '', {}, element('strong', '', {}, label), element('div', '', {}, text)) }
  })
  root.onkeydown = (/** @type {KeyboardEvent} */ event) => event.stopPropagation()
  return hideTip
}

/**
 * A real link, so that it opens in a new tab too; a plain click stays in this page.
 * @param {string} label
 * @param {{href: string, goal: string} | null} way
 * @param {(name: string, value: string) => void} send
 * @param {string} said
 */
function wayLink(label, way, send, said) {
  if (!way) return element('span', 'off', { 'aria-hidden': 'true' }, label)
  const link = element('a', '', { href: new URL(way.href, document.baseURI).href }, label)
  if (said) link.setAttribute('aria-label', said)
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    send('way', way.goal)
  }
  return link
}
