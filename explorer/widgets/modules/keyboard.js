// @ts-check
// A keyboard whose keys are shaded by how often shortcuts used them. A key that no shortcut used has no letter on it.

import { element } from './dom.js'
import { keys } from './keyboard_keys.js'
import { isDark } from './theme.js'
import { attachTip } from './tip.js'

const SPACE = 'http://www.w3.org/2000/svg'
const UNIT = 40
const GAP = 4
const WIDEST = 18.4
const TALLEST = 6.25
const stops = new WeakMap()

/**
 * @param {any} component of Components v2; `used` has a label, a share of the most used key, and words by key
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.keyboard')
  stops.get(root)?.()
  const colour = data.colours[isDark(root) ? 1 : 0]
  const board = svg('svg', { viewBox: `0 0 ${WIDEST * UNIT} ${TALLEST * UNIT}`, role: 'img', 'aria-label': data.alt })
  const known = new Set()
  for (const key of keys()) {
    known.add(key.name)
    board.append(drawn(key, data.used[key.name], data.names[key.name] ?? '', colour))
  }
  const others = Object.entries(data.used).filter(([name]) => !known.has(name))
  const list = others.map(([, { label, said }]) => element('span', '', { 'data-hint': said }, label))
  root.replaceChildren(board)
  if (list.length) root.append(element('p', 'others', {}, 'Not on this keyboard: ', ...list))
  const { stop } = attachTip(root, (target) => {
    const anchor = target.closest?.('[data-hint]')
    return anchor && { anchor, content: element('div', '', {}, anchor.getAttribute('data-hint') ?? '') }
  })
  stops.set(root, stop)
  return stop
}

/**
 * @param {import('./keyboard_keys.js').Key} key
 * @param {{label: string, share: number, said: string} | undefined} use
 * @param {string} name what stands on a key that types nothing
 * @param {string} colour
 */
function drawn(key, use, name, colour) {
  const width = key.width * UNIT - GAP
  const group = svg('g', { transform: `translate(${key.x * UNIT}, ${key.y * UNIT})`, class: use ? 'used' : '' })
  const cap = svg('rect', { width: String(width), height: String(UNIT - GAP), rx: '5' })
  if (use) {
    cap.style.fill = colour
    cap.style.fillOpacity = String(0.16 + 0.84 * Math.sqrt(use.share))
    group.setAttribute('data-hint', use.said)
  }
  group.append(cap)
  const label = use ? use.label : name
  if (label) {
    const text = svg('text', { x: String(width / 2), y: String((UNIT - GAP) / 2), class: label.length > 2 ? 'long' : '' })
    if (use && use.share > 0.3) text.classList.add('over')
    text.textContent = label
    group.append(text)
  }
  return group
}

/** @param {string} tag @param {Record<string, string>} attributes @returns {any} */
function svg(tag, attributes) {
  const node = document.createElementNS(SPACE, tag)
  for (const [name, value] of Object.entries(attributes)) if (value) node.setAttribute(name, value)
  return node
}
