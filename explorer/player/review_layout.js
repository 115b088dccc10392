// @ts-check
// The parts of the review and where they stand. Space is there before anything has arrived.

import { element } from '../widgets/dom.js'
import { isPlainClick, visit } from '../widgets/visit.js'
import { Notices } from './notices.js'
import { Chooser } from './review_chooser.js'
import { REVIEW_BINDINGS } from './review_keys.js'
import { createSheet } from './sheet.js'

const STYLES = ['./player.css', './stage.css', './review.css']
const PRINTED = /** @type {Record<string, string>} */ ({
  ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Backspace: 'Backspace', Delete: 'Delete', Alt: 'Alt', Shift: 'Shift',
})
const TOOLS = /** @type {[string, string, string, any, string][]} */ ([
  ['fit', 'Fit', 'f', null, 'Whole picture'], ['one_to_one', '1:1', '0', null, 'One picture pixel is one screen pixel'],
  ['zoom', '−', '-', -1, 'Farther'], ['zoom', '+', '+', 1, 'Closer'],
])
const LENSES = [['contrast', 'Contrast', 'c'], ['difference', 'Difference', 'd']]

/**
 * @param {ShadowRoot} root
 * @param {{ask: (command: string, value?: any, isDown?: boolean) => void, screen: HTMLElement, texts: HTMLElement,
 *   marked: HTMLElement, verdicts: [string, string, string][], title: string, plan_way: string}} parts
 */
export function buildReview(root, { ask, screen, texts, marked, verdicts, title, plan_way }) {
  const head = headOf(title, plan_way, ask)
  const tools = toolsOf(ask)
  const notices = new Notices()
  const chooser = new Chooser()
  const sheet = createSheet(() => /** @type {any} */ (REVIEW_BINDINGS), (key) => PRINTED[key] ?? key)
  const panel = element('section', 'panel_over', { hidden: '' })
  const scene = element('div', 'scene', {}, element('div', 'stage', {}, tools.root, screen), panel, notices.root)
  const side = element('div', 'beside', {}, marked, texts)
  const bar = barOf(verdicts, ask)
  const live = element('div', 'live', { 'aria-live': 'polite' })
  const frame = element('section', 'review_deck', { tabindex: '-1', 'aria-label': title },
    head.root, scene, side, bar.root, live, chooser.root, sheet.root)
  const host = /** @type {HTMLElement} */ (root.querySelector('.player'))
  host.replaceChildren(...STYLES.map(styleLink), frame)
  return { head, tools, notices, chooser, sheet, panel, scene, side, bar, live, frame }
}

/** @param {string} title @param {string} plan_way @param {(command: string) => void} ask */
function headOf(title, plan_way, ask) {
  const told = element('span', 'told')
  const note = element('span', 'rule')
  const line = element('div', 'done_line')
  const progress = element('div', 'progress', { role: 'progressbar', 'aria-label': 'Items judged', 'aria-valuemin': '0' }, line)
  const help = element('button', 'button help', { type: 'button', 'aria-label': 'Keyboard', title: 'Keyboard (?)', 'aria-keyshortcuts': '?' }, '?')
  help.onclick = () => ask('sheet')
  const leave = /** @type {HTMLAnchorElement} */ (element('a', 'leave', { href: plan_way }, 'Leave'))
  leave.onclick = (event) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    visit(leave.href)
  }
  const root = element('header', 'review_head', {}, element('h1', '', {}, title), told, note, element('span', 'gap'), help, leave, progress)
  return {
    root, note,
    /** @param {string} words @param {number} done_n @param {number} all_n */
    tell(words, done_n, all_n) {
      told.textContent = words
      progress.setAttribute('aria-valuemax', String(all_n))
      progress.setAttribute('aria-valuenow', String(done_n))
      line.style.width = `${all_n ? (100 * done_n) / all_n : 0}%`
    },
  }
}

/** @param {(command: string, value?: any, isDown?: boolean) => void} ask */
function toolsOf(ask) {
  const hold = element('button', 'toggle', { type: 'button', 'aria-pressed': 'false', 'aria-keyshortcuts': 'm', title: 'Outlines of masks, while held (m)' }, 'Outlines')
  const down = (/** @type {Event} */ event) => { ask('outlines', null, true); event.preventDefault() }
  const up = () => ask('outlines', null, false)
  hold.onpointerdown = down
  for (const name of ['pointerup', 'pointercancel', 'pointerleave', 'blur']) hold.addEventListener(name, up)
  // A key press has no end that a button tells: it turns the outlines on, and off.
  hold.onclick = (event) => { if (!event.detail) ask('outlines', null, hold.getAttribute('aria-pressed') !== 'true') }
  const lenses = LENSES.map(([command, words, key]) => toggle(command, words, key, ask))
  const drawing = toggle('drawing', 'Draw', '', ask)
  const views = TOOLS.map(([command, words, key, value, said]) => {
    const one = element('button', 'button small', { type: 'button', 'aria-label': said, title: `${said} (${key})`, 'aria-keyshortcuts': key }, words)
    one.onclick = () => ask(command, value)
    return one
  })
  const size = element('span', 'size')
  const seen = element('span', 'seen')
  const root = element('div', 'strip tools', { role: 'toolbar', 'aria-label': 'Look' }, hold, ...lenses, drawing, seen, size, ...views)
  return { root, hold, lenses: { contrast: lenses[0], difference: lenses[1] }, drawing, size, seen }
}

/** @param {string} command @param {string} words @param {string} key @param {(command: string) => void} ask */
function toggle(command, words, key, ask) {
  const one = element('button', `toggle ${command}`, { type: 'button', 'aria-pressed': 'false' }, words)
  if (key) {
    one.setAttribute('aria-keyshortcuts', key)
    one.title = `${words} (${key})`
  }
  one.onclick = () => ask(command)
  return one
}

/** @param {[string, string, string][]} verdicts @param {(command: string, value?: any) => void} ask */
function barOf(verdicts, ask) {
  const buttons = verdicts.map(([value, words, hint], at) => {
    const key = String(at + 1)
    const button = /** @type {HTMLButtonElement} */ (element('button', `button verdict ${value}`, { type: 'button', title: hint, 'aria-keyshortcuts': key },
      element('kbd', '', { 'aria-hidden': 'true' }, key), element('span', '', {}, words)))
    button.onclick = () => ask('verdict', value)
    return button
  })
  const undo = /** @type {HTMLButtonElement} */ (element('button', 'button undo', { type: 'button', 'aria-keyshortcuts': 'z' },
    element('kbd', '', { 'aria-hidden': 'true' }, 'z'), element('span', '', {}, 'Undo')))
  undo.onclick = () => ask('undo')
  const said = element('span', 'last')
  return { root: element('div', 'verdicts', { role: 'toolbar', 'aria-label': 'Verdict' }, ...buttons, said, undo), buttons, undo, said }
}

/** @param {string} path */
function styleLink(path) {
  return element('link', '', { rel: 'stylesheet', href: new URL(path, import.meta.url).href })
}
