// @ts-check
// Keys that the player hears: those pressed in it, and those pressed while nothing on the page has the focus.
// None of them reaches Streamlit, whose own keys (r, c) would run the page again or clear its memory.

import { commandOf } from './keys.js'
import { isFirst } from './sync.js'

const NAMES = ['keydown', 'keyup', 'keypress']
const PRESSED = '.controls .button, .controls .toggle, .head .copy, .head .take_button, .list .toggle, .item, .marking .go, .tab'
const MODIFIERS = new Set(['Alt', 'Shift', 'Control', 'Meta', 'AltGraph'])

/** @param {import('./player.js').Player} player */
export function attachKeys(player) {
  const { frame, lanes } = player.parts
  let wasPressed = false
  const act = (/** @type {KeyboardEvent} */ event) => {
    // The slider of the timeline is moved by the same keys as everything else.
    const isTrack = event.composedPath()[0] === lanes.track
    const command = commandOf(isTrack ? pressOf(event) : event)
    if (!command || (event.repeat && !['move', 'next', 'previous', 'zoom', 'speed_step'].includes(command.command))) return
    event.preventDefault()
    player.ask(command.command, command.value)
  }
  const inside = (/** @type {Event} */ event) => {
    wasPressed = false
    if (MODIFIERS.has(/** @type {KeyboardEvent} */ (event).key)) return
    event.stopPropagation()
    if (event.type === 'keydown' && !isInDialog(event)) act(/** @type {KeyboardEvent} */ (event))
  }
  const outside = (/** @type {Event} */ event) => {
    const { key, target, ctrlKey, metaKey } = /** @type {KeyboardEvent} */ (event)
    // A press beside everything leaves the focus with the page's body, or with Streamlit's main part.
    const isNobodys = !(target instanceof Element) || target.matches('html, body, main')
    if (!isNobodys || MODIFIERS.has(key) || ctrlKey || metaKey || !isFirst(player)) return
    event.stopPropagation()
    if (event.type === 'keydown') act(/** @type {KeyboardEvent} */ (event))
  }
  const pressed = () => { wasPressed = true }
  // A button that was pressed with the pointer does not keep the space bar for itself.
  const clicked = (/** @type {Event} */ event) => letGo(event, PRESSED)
  const chosen = (/** @type {Event} */ event) => letGo(event, '.controls select')
  const letGo = (/** @type {Event} */ event, /** @type {string} */ which) => {
    const target = /** @type {Element} */ (event.composedPath()[0])
    if (wasPressed && target.closest?.(which)) frame.focus({ preventScroll: true })
  }
  for (const name of NAMES) {
    frame.addEventListener(name, inside)
    window.addEventListener(name, outside, true)
  }
  frame.addEventListener('pointerdown', pressed)
  frame.addEventListener('click', clicked)
  frame.addEventListener('change', chosen)
  return {
    stop() {
      for (const name of NAMES) window.removeEventListener(name, outside, true)
    },
  }
}

/** @param {KeyboardEvent} event */
function pressOf({ key, ctrlKey, metaKey, altKey, shiftKey, isComposing }) {
  return { key, ctrlKey, metaKey, altKey, shiftKey, isComposing }
}

/** @param {Event} event */
function isInDialog(event) {
  return event.composedPath().some((node) => node instanceof HTMLDialogElement)
}
