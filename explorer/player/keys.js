// @ts-check
// The keyboard of the replay: one table of bindings, and which command a key press means. Pure.

export { chipLabel, chipSpoken, isTyping, keyLabel, spokenKey } from './key_names.js'

/** What a key press needs to tell; a KeyboardEvent does.
 * @typedef {{
 *   key: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, shiftKey?: boolean, isComposing?: boolean,
 *   target?: any, composedPath?: () => any[],
 * }} Press
 */

/** `needs` is the modifier that must be held, `value` goes with the command; with digit it is the key itself.
 * @typedef {{
 *   keys: string[], command: string, value?: string | number, words: string, group: string, needs?: 'shift' | 'alt',
 * }} Binding
 */

const SECOND_US = 1_000_000

/**
 * A pair of keys that lead to the next and the previous moment of a name.
 * @param {[string, string]} keys
 * @param {string} name
 * @param {string} words
 * @returns {Binding[]}
 */
function pair([forth, back], name, words) {
  return [
    { keys: [forth], command: 'next', value: name, words: `Next ${words}`, group: 'Go to' },
    { keys: [back], command: 'previous', value: name, words: `Previous ${words}`, group: 'Go to' },
  ]
}

/** @type {Binding[]} in the order of the sheet */
export const BINDINGS = [
  { keys: ['k', ' '], command: 'toggle', words: 'Play or pause', group: 'Play' },
  { keys: ['ArrowUp'], command: 'speed_step', value: 1, words: 'Faster', group: 'Play' },
  { keys: ['ArrowDown'], command: 'speed_step', value: -1, words: 'Slower', group: 'Play' },
  { keys: [...'0123456789'], command: 'digit', words: 'Speed: 5 is 5×, 1 6 is 16×, 0 5 is 0.5×', group: 'Play' },
  { keys: ['['], command: 'loop_in', words: 'Loop from here', group: 'Play' },
  { keys: [']'], command: 'loop_out', words: 'Loop up to here', group: 'Play' },
  { keys: ['\\'], command: 'loop_clear', words: 'No loop', group: 'Play' },
  { keys: ['i'], command: 'skip_idle', words: 'Leap over idle time, or not', group: 'Play' },
  { keys: ['ArrowLeft'], command: 'move', value: -5 * SECOND_US, words: '5 seconds back', group: 'Move' },
  { keys: ['ArrowRight'], command: 'move', value: 5 * SECOND_US, words: '5 seconds forward', group: 'Move' },
  { keys: ['ArrowLeft'], needs: 'shift', command: 'move', value: -30 * SECOND_US, words: '30 seconds back', group: 'Move' },
  { keys: ['ArrowRight'], needs: 'shift', command: 'move', value: 30 * SECOND_US, words: '30 seconds forward', group: 'Move' },
  { keys: ['ArrowLeft'], needs: 'alt', command: 'move', value: -SECOND_US / 10, words: '0.1 seconds back', group: 'Move' },
  { keys: ['ArrowRight'], needs: 'alt', command: 'move', value: SECOND_US / 10, words: '0.1 seconds forward', group: 'Move' },
  { keys: ['Home'], command: 'start', words: 'To the start', group: 'Move' },
  { keys: ['End'], command: 'end', words: 'To the end', group: 'Move' },
  ...pair(['.', ','], 'frame', 'screenshot'),
  ...pair(['f', 'F'], 'frame', 'screenshot'),
  ...pair(['j', 'J'], 'event', 'event of any kind'),
  ...pair(['n', 'p'], 'click', 'click'),
  ...pair(['r', 'R'], 'right_click', 'right click'),
  ...pair(['s', 'S'], 'shortcut', 'shortcut'),
  ...pair(['a', 'A'], 'app_switch', 'change of application'),
  ...pair(['g', 'G'], 'mark', 'mark'),
  ...pair(['x', 'X'], 'failed_step', 'failed step'),
  { keys: ['>'], command: 'next_session', words: 'Next session of the list', group: 'Go to' },
  { keys: ['<'], command: 'previous_session', words: 'Previous session of the list', group: 'Go to' },
  { keys: ['c'], command: 'chips', words: 'Keys shown: shortcuts, all, none', group: 'Show' },
  { keys: ['t'], command: 'trail', words: 'Length of the trail', group: 'Show' },
  { keys: ['v'], command: 'masks', words: 'Masks', group: 'Show' },
  { keys: ['y'], command: 'typed', words: 'Typed text', group: 'Show' },
  { keys: ['u'], command: 'unfold', words: 'Unfold idle time, or fold it', group: 'Show' },
  { keys: ['z'], command: 'one_to_one', words: 'One picture pixel is one screen pixel', group: 'Show' },
  { keys: ['Z'], command: 'fit', words: 'Whole picture', group: 'Show' },
  { keys: ['+', '='], command: 'zoom', value: 1, words: 'Closer', group: 'Show' },
  { keys: ['-', '_'], command: 'zoom', value: -1, words: 'Farther', group: 'Show' },
  { keys: ['m'], command: 'mark', words: 'Mark this moment, with a note', group: 'Do' },
  { keys: ['l'], command: 'link', words: 'Copy a link to this moment', group: 'Do' },
  { keys: ['e'], command: 'take_away', words: 'Take away a picture, a film or the events', group: 'Do' },
  { keys: ['/'], command: 'filter', words: 'Filter the list', group: 'Do' },
  { keys: ['?'], command: 'sheet', words: 'All keys', group: 'Do' },
  { keys: ['Escape'], command: 'close', words: 'Close what is open', group: 'Do' },
]

/** Binding by modifier and key. */
const BY_KEY = new Map(BINDINGS.flatMap((binding) =>
  binding.keys.map((key) => /** @type {[string, Binding]} */ ([`${binding.needs ?? ''} ${key}`, binding]))))

/**
 * Command of a key press; null for keys that are not ours: with Ctrl or Meta (the browser's), in a field that is being
 * typed in, or those that a focused control moves or presses itself with.
 * @param {Press} press
 * @returns {{command: string, value: string | number | null} | null}
 */
export function commandOf(press) {
  if (press.ctrlKey || press.metaKey || press.isComposing || isTaken(press)) return null
  // Shift is part of a character (Z, ?, <), and a modifier of a named key (Shift+ArrowLeft).
  const isNamed = [...press.key].length > 1
  const held = press.altKey ? 'alt' : press.shiftKey && isNamed ? 'shift' : ''
  const binding = press.altKey && press.shiftKey ? undefined : BY_KEY.get(`${held} ${press.key}`)
  const value = binding?.command === 'digit' ? press.key : binding?.value ?? null
  return binding ? { command: binding.command, value } : null
}

const OWN_KEYS = new Set([' ', 'Enter', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'])
const PRESSED = new Set(['BUTTON', 'A', 'SUMMARY'])
const PRESSED_ROLES = new Set(['button', 'link', 'switch', 'checkbox'])
const MOVED_ROLES = new Set(['slider', 'spinbutton', 'listbox', 'option', 'grid', 'row', 'menu', 'menuitem', 'tab', 'radio'])
const NOT_TYPED_IN = new Set(['button', 'submit', 'reset', 'checkbox', 'radio', 'range', 'color', 'file', 'image'])

/**
 * Whether the focused element keeps a key for itself.
 * @param {Press} press
 */
function isTaken(press) {
  const target = press.composedPath?.()[0] ?? press.target
  const name = target?.tagName ?? ''
  const role = target?.getAttribute?.('role') ?? ''
  const isTypedIn = name === 'TEXTAREA' || name === 'SELECT' || role === 'textbox' || role === 'combobox' ||
    (name === 'INPUT' && !NOT_TYPED_IN.has(target.type))
  if (target?.isContentEditable || isTypedIn) return true
  if (name === 'INPUT' || MOVED_ROLES.has(role)) return OWN_KEYS.has(press.key)
  return (PRESSED.has(name) || PRESSED_ROLES.has(role)) && (press.key === ' ' || press.key === 'Enter')
}

/**
 * Speed by digits typed one after the other: 5 is 5×, 1 6 is 16×, 0 5 is 0.5×, 0 2 5 is 0.25×.
 * @param {{hold_ms?: number}} [options] a digit later than this begins anew
 */
export function createSpeedChord({ hold_ms = 1000 } = {}) {
  let typed = ''
  let last_ms = -Infinity
  return {
    /**
     * Speed so far, from 0.1 to 64; null while it is 0.
     * @param {string} digit
     * @param {number} now_ms
     */
    push(digit, now_ms) {
      typed = now_ms - last_ms > hold_ms || typed.length > 2 ? digit : typed + digit
      last_ms = now_ms
      const speed = typed.startsWith('0') ? Number(`0.${typed.slice(1) || '0'}`) : Number(typed)
      return speed ? Math.max(0.1, Math.min(64, speed)) : null
    },
  }
}
