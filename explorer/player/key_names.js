// @ts-check
// How keys are written on screen, and said. Pure naming.

/** @typedef {import('./events.js').Detail} Detail */

// What stands for typed text that is not shown.
export const BULLET = '•'
export const MODIFIER_KEYS = new Set(['Control', 'Alt', 'AltGraph', 'Shift', 'Meta', 'CapsLock', 'NumLock', 'ScrollLock', 'Fn'])

/** Modifiers by system; an os that is not known is `other`. @type {Record<string, Record<string, string>>} */
const MODIFIERS = {
  macos: { ctrl: '⌃', alt: '⌥', shift: '⇧', meta: '⌘' },
  windows: { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', meta: 'Win' },
  other: { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', meta: 'Super' },
}
/** @type {Record<string, Record<string, string>>} */
const SPOKEN_MODIFIERS = {
  macos: { ctrl: 'Control', alt: 'Option', shift: 'Shift', meta: 'Command' },
  windows: { ctrl: 'Control', alt: 'Alt', shift: 'Shift', meta: 'Windows' },
  other: { ctrl: 'Control', alt: 'Alt', shift: 'Shift', meta: 'Super' },
}

/** Name on screen, and as said, by the key's name in lower case. @type {Map<string, [string, string]>} */
const NAMED = new Map(Object.entries({
  ' ': ['Space', 'space'], space: ['Space', 'space'], enter: ['Enter', 'enter'], tab: ['Tab', 'tab'],
  escape: ['Esc', 'escape'], backspace: ['Backspace', 'backspace'], delete: ['Del', 'delete'], insert: ['Ins', 'insert'],
  arrowleft: ['←', 'left arrow'], arrowright: ['→', 'right arrow'], arrowup: ['↑', 'up arrow'],
  arrowdown: ['↓', 'down arrow'], pageup: ['Page Up', 'page up'], pagedown: ['Page Down', 'page down'],
  home: ['Home', 'home'], end: ['End', 'end'], contextmenu: ['Menu', 'menu'], printscreen: ['Print', 'print screen'],
  control: ['Ctrl', 'control'], alt: ['Alt', 'alt'], altgraph: ['AltGr', 'alt graph'], shift: ['Shift', 'shift'],
  meta: ['Meta', 'meta'], '+': ['+', 'plus'], '-': ['-', 'minus'], ',': [',', 'comma'], '.': ['.', 'full stop'],
  '/': ['/', 'slash'], '\\': ['\\', 'backslash'], '[': ['[', 'left bracket'], ']': [']', 'right bracket'],
  '?': ['?', 'question mark'], '<': ['<', 'less than'], '>': ['>', 'greater than'], '=': ['=', 'equals'],
  [BULLET]: [BULLET, 'a key'], '_': ['_', 'underscore'],
}))

/**
 * Modifiers and key of an event; a chord is read where they are not told apart.
 * @param {Detail} detail
 * @returns {{mods: string[], key: string | null}}
 */
export function parts(detail) {
  if (detail.key !== undefined || !detail.chord) {
    return { mods: detail.mods ? detail.mods.split('+') : [], key: detail.key ?? null }
  }
  const [held] = /** @type {RegExpExecArray} */ (/^((ctrl|alt|shift|meta)\+)*/.exec(detail.chord))
  return { mods: held.split('+').filter(Boolean), key: detail.chord.slice(held.length) || null }
}

/**
 * A key as it is written on screen.
 * @param {string} key
 */
export function keyLabel(key) {
  return NAMED.get(key.toLowerCase())?.[0] ?? (/^f\d{1,2}$/.test(key) || [...key].length === 1 ? key.toUpperCase() : key)
}

/** @param {string | null | undefined} os */
function systemOf(os) {
  return os === 'macos' || os === 'windows' ? os : 'other'
}

/**
 * A shortcut as it is written on its system: Ctrl+Shift+Z, or ⇧⌘Z on macOS. A key without a name is said to have none.
 * @param {Detail} detail
 * @param {string | null} [os]
 */
export function chipLabel(detail, os) {
  const { mods, key } = parts(detail)
  const names = MODIFIERS[systemOf(os)]
  const held = mods.map((name) => names[name] ?? name)
  if (key === null) return [...held, unnamed(detail)].join(os === 'macos' ? ' ' : '+')
  return [...held, keyLabel(key)].join(os === 'macos' ? '' : '+')
}

/** A recorder may tell only that a key was pressed, and a redaction may have taken its name. @param {Detail} detail */
function unnamed({ redacted }) {
  return redacted ? 'masked key' : 'unknown key'
}

/**
 * A shortcut as it is said: Control Shift z.
 * @param {Detail} detail
 * @param {string | null} [os]
 */
export function chipSpoken(detail, os) {
  const { mods, key } = parts(detail)
  const names = SPOKEN_MODIFIERS[systemOf(os)]
  return [...mods.map((name) => names[name] ?? name), key === null ? unnamed(detail) : spokenKey(key)].join(' ')
}

/**
 * A key as it is said.
 * @param {string} key
 */
export function spokenKey(key) {
  return NAMED.get(key.toLowerCase())?.[1] ?? key
}

/**
 * Whether an event is a key that types, or edits what is typed: no modifier, and none held but Shift.
 * @param {Detail} detail
 */
export function isTyping({ key, mods }) {
  return (key === undefined || !MODIFIER_KEYS.has(key)) && !/ctrl|alt|meta/.test(mods ?? '')
}
