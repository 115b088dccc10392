// @ts-check
// Everything that can be set, in one panel: also what the row of controls has no room for on a small screen.

import { element } from '../widgets/dom.js'
import { DEFAULTS } from './link.js'
import { menu } from './menu.js'

const CLOSED = 'The consent of this session does not cover what was typed.'

/** @param {(command: string, value?: any) => void} ask */
export function createOptions(ask) {
  const skip = slider('Skip waits longer than', 2, 60, 1, (value) => ask('skip_s', value))
  const isSkipping = box('Skip idle time', () => ask('skip_idle'))
  const trail = slider('Trail of the pointer', 0, 10, 0.5, (value) => ask('trail_s', value))
  const keys = /** @type {HTMLSelectElement} */ (element('select', 'choice', {},
    ...[['shortcuts', 'shortcuts only'], ['all', 'all keys'], ['none', 'none']]
      .map(([value, label]) => element('option', '', { value }, label))))
  keys.onchange = () => ask('keys', keys.value)
  const masks = box('Masks of the redaction', () => ask('masks'))
  const typed = box('Typed text in clear', () => ask('typed'))
  const folded = box('Fold idle time on the timeline', () => ask('unfold'))
  const reason = element('p', 'hint', { hidden: '' }, CLOSED)
  const zooms = element('div', 'zooms', {}, plain('Fit the picture', () => ask('fit')), plain('1:1', () => ask('one_to_one')))
  const { whole, close } = menu('Options', 'options', [isSkipping.row, skip.row, trail.row,
    element('label', 'row', {}, element('span', '', {}, 'Keys shown'), keys), masks.row, typed.row, reason, folded.row, zooms])
  return {
    whole,
    close,
    /** @param {any} about */
    open(about) {
      typed.input.disabled = about.typed === 'closed'
      reason.hidden = about.typed !== 'closed'
    },
    /** @param {import('./link.js').Settings & {typed: boolean}} settings */
    set(settings) {
      isSkipping.input.checked = settings.skip_s > 0
      skip.set(settings.skip_s || DEFAULTS.skip_s, settings.skip_s === 0)
      trail.set(settings.trail_s, false)
      keys.value = settings.keys
      masks.input.checked = settings.masks
      typed.input.checked = settings.typed
      folded.input.checked = settings.folded
    },
  }
}

/** @param {string} label @param {() => void} act */
function box(label, act) {
  const input = /** @type {HTMLInputElement} */ (element('input', '', { type: 'checkbox' }))
  input.onchange = act
  return { input, row: element('label', 'row', {}, element('span', '', {}, label), input) }
}

/** @param {string} label @param {number} least @param {number} most @param {number} step @param {(value: number) => void} act */
function slider(label, least, most, step, act) {
  const range = { type: 'range', min: String(least), max: String(most), step: String(step) }
  const input = /** @type {HTMLInputElement} */ (element('input', '', range))
  const said = element('output', '')
  input.oninput = () => act(Number(input.value))
  return {
    row: element('label', 'row', {}, element('span', '', {}, label), element('span', 'range', {}, input, said)),
    set(/** @type {number} */ value, /** @type {boolean} */ isOff) {
      input.value = String(value)
      input.disabled = isOff
      said.textContent = `${value} s`
      input.setAttribute('aria-valuetext', `${value} seconds`)
    },
  }
}

/** @param {string} label @param {() => void} act */
function plain(label, act) {
  const one = element('button', 'button', { type: 'button' }, label)
  one.onclick = act
  return one
}
