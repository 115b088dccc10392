// @ts-check
// What was announced beside what is here, as a table; where here goes further is said in words, not by colour alone.

import { element } from './dom.js'
import { attachTip } from './tip.js'

const stops = new WeakMap()

/**
 * @typedef {{label: string, hint: string, announced: string, here: string, share: number | null,
 *   is_beyond: boolean}} Line
 * @param {any} component of Components v2
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.ledger')
  stops.get(root)?.()
  const hints = /** @type {string[]} */ ([])
  root.replaceChildren(...data.groups.map((/** @type {any} */ group) => tableOf(group, data.heads, hints)))
  if (!data.groups.length) root.append(element('p', 'empty', {}, data.empty))
  const { stop } = attachTip(root, (target) => {
    const anchor = target.closest?.('[data-hint]')
    return anchor && { anchor, content: element('div', '', {}, hints[Number(anchor.getAttribute('data-hint'))]) }
  })
  stops.set(root, stop)
  return stop
}

/**
 * @param {{heading: string, lines: Line[]}} group
 * @param {string[]} heads
 * @param {string[]} hints
 */
function tableOf({ heading, lines }, heads, hints) {
  const names = [heading, ...heads].map((name, place) => element('th', `c${place}`, { scope: 'col' }, name))
  const rows = lines.map((line) => rowOf(line, hints))
  return element('table', '', {}, element('thead', '', {}, element('tr', '', {}, ...names)),
    element('tbody', '', {}, ...rows))
}

/** @param {Line} line @param {string[]} hints */
function rowOf({ label, hint, announced, here, share, is_beyond }, hints) {
  const name = element('span', hint ? 'name hinted' : 'name', { dir: 'auto' }, label)
  if (hint) {
    name.setAttribute('data-hint', String(hints.push(hint) - 1))
    name.setAttribute('tabindex', '0')
  }
  return element('tr', is_beyond ? 'beyond' : '', {},
    element('th', 'c0', { scope: 'row' }, name),
    element('td', 'c1', {}, announced),
    element('td', share === null ? 'c2 none' : 'c2', {}, here),
    element('td', 'c3', {}, ...(share === null ? [] : barOf(share))))
}

/** @param {number} share of the sessions, 0 to 1 */
function barOf(share) {
  const bar = element('span', 'bar', { 'aria-hidden': 'true' })
  const fill = element('span', 'fill')
  fill.style.width = `${100 * share}%`
  bar.append(fill)
  return [bar, element('span', 'percent', {}, percent(share))]
}

/**
 * A share in whole percent; what is neither nothing nor everything is never said to be.
 * @param {number} share
 */
export function percent(share) {
  if (share <= 0 || share >= 1) return share <= 0 ? '0 %' : '100 %'
  return `${Math.min(99, Math.max(1, Math.round(100 * share)))} %`
}
