// @ts-check
// A ranking as a quiet list: a name or keys, a bar of one or more parts, what it says in words, links to moments.

import { element } from './dom.js'
import { attachTip } from './tip.js'
import { isDark } from './theme.js'
import { isPlainClick, visit } from './visit.js'

const stops = new WeakMap()

/**
 * @typedef {{label: string, keys: string[], note: string, text: string, hint: string, shares: [string, number][],
 *   links: {label: string, said: string, href: string}[]}} Row
 * @param {any} component of Components v2
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.ranked')
  stops.get(root)?.()
  const place = isDark(root) ? 1 : 0
  const colours = Object.fromEntries(Object.entries(data.colours).map(([kind, pair]) => [kind, pair[place]]))
  const hints = /** @type {string[]} */ ([])
  const rows = data.rows.map((/** @type {Row} */ row) => rowOf(row, colours, hints))
  root.replaceChildren(...legendOf(data.legend, colours), element('ul', '', { 'aria-label': data.title }, ...rows))
  if (!rows.length) root.append(element('p', 'empty', {}, data.empty))
  const { stop } = attachTip(root, (target) => {
    const anchor = target.closest?.('[data-hint]')
    return anchor && { anchor, content: element('div', '', {}, hints[Number(anchor.getAttribute('data-hint'))]) }
  })
  stops.set(root, stop)
  return stop
}

/** @param {[string, string][]} legend @param {Record<string, string>} colours */
function legendOf(legend, colours) {
  if (!legend.length) return []
  const parts = legend.map(([kind, label]) => {
    const chip = element('i')
    chip.style.background = colours[kind]
    return element('span', '', {}, chip, label)
  })
  return [element('p', 'legend', {}, ...parts)]
}

/** @param {Row} row @param {Record<string, string>} colours @param {string[]} hints */
function rowOf(row, colours, hints) {
  const keys = row.keys.length ? [element('span', 'keys', {}, ...row.keys.map((key) => element('kbd', '', {}, key)))] : []
  const words = row.label ? [element('span', 'label', { dir: 'auto' }, row.label)] : []
  const name = element('span', 'name', {}, ...keys, ...words)
  if (row.note) name.append(element('span', 'note', {}, row.note))
  const bar = element('span', 'bar', { 'aria-hidden': 'true' }, ...row.shares.map(([kind, share]) => {
    const part = element('i')
    part.style.width = `${100 * share}%`
    part.style.background = colours[kind]
    return part
  }))
  const text = element('span', 'text', {}, row.text)
  if (row.hint) {
    text.classList.add('hinted')
    text.setAttribute('tabindex', '0')
    text.setAttribute('data-hint', String(hints.push(row.hint) - 1))
  }
  return element('li', '', {}, name, bar, text, ...waysOf(row))
}

/** @param {Row} row */
function waysOf({ links }) {
  if (!links.length) return []
  const anchors = links.map(({ label, said, href }) => {
    const anchor = /** @type {HTMLAnchorElement} */ (element('a', '', { href, 'aria-label': said }, label))
    anchor.onclick = (event) => {
      if (!isPlainClick(event)) return
      event.preventDefault()
      visit(anchor.href)
    }
    return anchor
  })
  return [element('span', 'ways', {}, 'Replay ', ...anchors)]
}
