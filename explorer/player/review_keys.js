// @ts-check
// The keyboard of the review: one table of bindings, and which command a key press means. Pure but for the listening.

/** @typedef {{keys: string[], command: string, value?: string | number, words: string, group: string}} Binding */

/** @type {Binding[]} in the order of the sheet */
export const REVIEW_BINDINGS = [
  { keys: ['1'], command: 'verdict', value: 'clean', words: 'Clean: nothing personal to be seen', group: 'Judge' },
  { keys: ['2'], command: 'verdict', value: 'leak', words: 'Leak: personal data can be seen or recovered', group: 'Judge' },
  { keys: ['3'], command: 'verdict', value: 'over_redacted', words: 'Over-redacted: masked without need', group: 'Judge' },
  { keys: ['4'], command: 'verdict', value: 'unsure', words: 'Unsure: counts as a leak until someone decides', group: 'Judge' },
  { keys: ['5'], command: 'verdict', value: 'broken', words: 'Broken: cannot be looked at', group: 'Judge' },
  { keys: ['z'], command: 'undo', words: 'Take back the last verdict, while its batch is open', group: 'Judge' },
  { keys: ['t'], command: 'row', value: 1, words: 'Next text; Enter marks it', group: 'Mark' },
  { keys: ['T'], command: 'row', value: -1, words: 'Text before', group: 'Mark' },
  { keys: ['s'], command: 'selected', words: 'Mark the selected characters', group: 'Mark' },
  { keys: ['e'], command: 'say', value: 'entity', words: 'What the last place shows', group: 'Mark' },
  { keys: ['b'], command: 'say', value: 'severity', words: 'How bad it is', group: 'Mark' },
  { keys: ['w'], command: 'say', value: 'reason', words: 'Why it is so', group: 'Mark' },
  { keys: ['Backspace', 'Delete'], command: 'remove', words: 'Remove the last place', group: 'Mark' },
  { keys: ['m'], command: 'outlines', words: 'Outlines of masks, while held', group: 'Look' },
  { keys: ['c'], command: 'contrast', words: 'Contrast stretched', group: 'Look' },
  { keys: ['d'], command: 'difference', words: 'What differs from the picture before', group: 'Look' },
  { keys: ['f'], command: 'fit', words: 'Whole picture', group: 'Look' },
  { keys: ['0'], command: 'one_to_one', words: 'One picture pixel is one screen pixel', group: 'Look' },
  { keys: ['+', '='], command: 'zoom', value: 1, words: 'Closer', group: 'Look' },
  { keys: ['-', '_'], command: 'zoom', value: -1, words: 'Farther', group: 'Look' },
  { keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], command: 'pan', words: 'Move the picture', group: 'Look' },
  { keys: ['Alt'], command: 'loupe', words: 'Loupe under the pointer, while held', group: 'Look' },
  { keys: ['Shift'], command: 'hand', words: 'A drag moves the picture, instead of marking on it', group: 'Look' },
  { keys: ['?'], command: 'sheet', words: 'All keys', group: 'Else' },
]

const BY_KEY = new Map(REVIEW_BINDINGS.flatMap((binding) => binding.keys.map((key) => /** @type {[string, Binding]} */ ([key, binding]))))
const HELD = new Set(['Alt', 'Shift', 'Control', 'Meta', 'AltGraph'])
const NAMES = ['keydown', 'keyup', 'keypress']
const REPEATED = new Set(['zoom', 'pan', 'row'])
const PANS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
})

/**
 * Command of a key press; null for keys that are not ours.
 * @param {{key: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, isComposing?: boolean}} press
 * @returns {{command: string, value: any} | null}
 */
export function reviewCommand({ key, ctrlKey, metaKey, altKey, isComposing }) {
  if (ctrlKey || metaKey || altKey || isComposing || HELD.has(key)) return null
  const binding = BY_KEY.get(key)
  return binding ? { command: binding.command, value: binding.command === 'pan' ? PANS[key] : binding.value ?? null } : null
}

/**
 * Hear keys pressed in the review, and those pressed while nothing else has the focus; none of them reaches Streamlit,
 * whose own keys (r, c) would run the page again or clear its memory.
 * @param {HTMLElement} frame
 * @param {(command: string, value: any, isDown: boolean) => void} act
 */
export function attachReviewKeys(frame, act) {
  const hear = (/** @type {KeyboardEvent} */ event) => {
    if (event.type === 'keypress' || HELD.has(event.key) || isElsewhere(event)) return
    const command = reviewCommand(event)
    if (!command || (event.repeat && !REPEATED.has(command.command))) return
    event.preventDefault()
    act(command.command, command.value, event.type === 'keydown')
  }
  const inside = (/** @type {Event} */ event) => {
    if (!HELD.has(/** @type {KeyboardEvent} */ (event).key)) event.stopPropagation()
    hear(/** @type {KeyboardEvent} */ (event))
  }
  const outside = (/** @type {Event} */ event) => {
    const { target } = event
    const isNobodys = !(target instanceof Element) || target.matches('html, body, main')
    const { key, ctrlKey, metaKey } = /** @type {KeyboardEvent} */ (event)
    if (!isNobodys || HELD.has(key) || ctrlKey || metaKey) return
    event.stopPropagation()
    hear(/** @type {KeyboardEvent} */ (event))
  }
  for (const name of NAMES) {
    frame.addEventListener(name, inside)
    window.addEventListener(name, outside, true)
  }
  return () => {
    for (const name of NAMES) window.removeEventListener(name, outside, true)
  }
}

/** Keys of a dialog, of a field, and the scrolling of a list are not ours. @param {KeyboardEvent} event */
function isElsewhere(event) {
  const path = event.composedPath()
  if (path.some((node) => node instanceof HTMLDialogElement)) return true
  const target = /** @type {Element} */ (path[0])
  if (target.matches?.('input, textarea, select')) return true
  return event.key.startsWith('Arrow') && path.some((node) => node instanceof Element && node.matches('.scroller'))
}
