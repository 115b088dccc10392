// @ts-check
// Top of a session's page: the way through the list, its name, its badges, its facts in one line.

import { askAheadOf } from './ahead.js'
import { element } from './dom.js'
import { isDark } from './theme.js'
import { attachTip } from './tip.js'
import { isPlainClick, visit } from './visit.js'

const PRELOAD_MS = 300
const stops = new WeakMap()
let preload = 0

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.head')
  stops.get(root)?.()
  root.style.colorScheme = isDark(root) ? 'dark' : 'light'
  const way = element('nav', 'way', { 'aria-label': 'Sessions' }, wayLink('Sessions', data.list, ''))
  if (data.place) {
    way.append(element('span', 'gap'), wayLink('←', data.previous, 'Previous session'),
      element('span', 'place', {}, data.place), wayLink('→', data.next, 'Next session'))
  }
  const badges = data.badges.map((/** @type {string[]} */ [label, , tone], /** @type {number} */ place) =>
    element('span', `badge ${tone}`, { 'data-badge': String(place), tabindex: '0' }, label))
  root.replaceChildren(way, element('h1', '', { dir: 'auto' }, data.title),
    element('div', 'line', {}, element('span', 'summary', {}, data.summary), ...badges,
      ...(data.task ? [wayLink(data.task[0], data.task[1], '')] : [])), ...replayLinks(data.replay))
  const { stop: stopTip } = attachTip(root, (target) => {
    const anchor = target.closest?.('[data-badge]')
    if (!anchor) return null
    const [label, text] = data.badges[Number(anchor.getAttribute('data-badge'))]
    return { anchor, content: element('div', '', {}, element('strong', '', {}, label), element('div', '', {}, text)) }
  })
  // Streamlit's own keys (r, c) must not fire while someone moves through the badges.
  root.onkeydown = (/** @type {KeyboardEvent} */ event) => event.stopPropagation()
  stops.set(root, stopTip)
  return stopTip
}

/**
 * The ways into the replay, alone and beside another attempt.
 * @param {[string, string | null] | undefined} replay
 */
function replayLinks(replay) {
  if (!replay) return []
  const [alone, beside] = replay
  // Its files come while the page is read, and the server reads the session, so that the replay opens at once.
  clearTimeout(preload)
  preload = setTimeout(() => {
    import('../player/player.js')
    if (alone) askAheadOf(new URL(alone, document.baseURI).href)
  }, PRELOAD_MS)
  const first = wayLink('Replay', alone, '')
  first.classList.add('primary')
  return [element('div', 'replay', {}, first, ...(beside ? [wayLink('Beside another attempt', beside, '')] : []))]
}

/**
 * A real link, so that it opens in a new tab too; a plain click stays in this page.
 * @param {string} label
 * @param {string | null} way
 * @param {string} said
 */
function wayLink(label, way, said) {
  if (!way) return element('span', 'off', { 'aria-hidden': 'true' }, label)
  const link = element('a', '', { href: new URL(way, document.baseURI).href }, label)
  if (said) link.setAttribute('aria-label', said)
  link.onclick = (event) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    visit(/** @type {HTMLAnchorElement} */ (link).href)
  }
  return link
}
