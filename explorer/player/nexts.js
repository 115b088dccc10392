// @ts-check
// Where the next or the previous click, shortcut, frame … is. Pure.

import { lowerBound, upperBound } from './events.js'

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./session.js').Indexed} Indexed */
/** @typedef {import('./session.js').About} About */
/** @typedef {import('./events.js').Detail} Detail */
/**
 * @typedef {'click' | 'right_click' | 'shortcut' | 'app_switch' | 'frame' | 'mark' | 'scroll' | 'key' | 'event' | 'step' |
 *   'failed_step'} StopName
 */

/** Names that are found in rows, and the rows they stand for.
 * @type {Record<string, (kind: string, detail: Detail) => boolean>} */
const ROWS = {
  click: (kind, { button, derived }) =>
    (kind === 'click' && button !== 'right') || (kind === 'double_click' && !derived) || kind === 'touch_start',
  right_click: (kind, { button }) => kind === 'click' && button === 'right',
  shortcut: (kind) => kind === 'shortcut',
  scroll: (kind) => kind === 'scroll',
  key: (kind, { derived }) => kind === 'key_down' || (kind === 'text_input' && !derived),
  event: () => true,
}
// Kinds of the activity (density) that tell whether a chunk holds such rows at all.
const COUNTED = new Set(['right_click', 'shortcut', 'scroll', 'key'])

/** Names that the description of the session answers, and their moments in order.
 * @type {Record<string, (session: Session) => number[]>} */
const TOLD = {
  frame: ({ about }) => about.frames.t_us,
  mark: ({ marks_us }) => marks_us,
  app_switch: ({ about }) => appSwitches(about).map(({ t_us }) => t_us),
  step: ({ about }) => inOrder(about.steps),
  failed_step: ({ about }) => inOrder(about.steps.filter((step) => step.is_correct === false)),
}

/** @param {{t_us: number}[]} steps */
function inOrder(steps) {
  return steps.map((step) => step.t_us).sort((a, b) => a - b)
}

/**
 * Moments at which another application came to the front.
 * @param {About} about
 */
export function appSwitches({ apps }) {
  const found = []
  let before = null
  for (const [app, start_us] of apps) {
    if (app !== null && before !== null && app !== before) found.push({ t_us: start_us, from: before, to: app })
    before = app ?? before
  }
  return found
}

/**
 * @param {Session} session
 * @param {StopName} name
 * @param {number} t_us
 * @param {number} direction
 * @returns {number | null | {needs_chunk: number}}
 */
export function nextOf(session, name, t_us, direction) {
  if (TOLD[name]) return nearest(TOLD[name](session), t_us, direction)
  if (!ROWS[name]) throw new Error(`there is no stop named ${name}`)
  const step = direction > 0 ? 1 : -1
  // Rows of one time may lie in several chunks: going back starts where the rows before this time end.
  const start = step > 0 ? session.chunkAt(t_us) : lowerBound(session.starts_us, t_us) - 1
  for (let place = start; place >= 0 && place < session.starts_us.length; place += step) {
    const indexed = session.indexed[place]
    const isBehind = step > 0 && session.about.chunks[place][1] <= t_us
    if (!indexed && !isBehind && mayHold(session.about, name, place)) return { needs_chunk: place }
    if (!indexed) continue
    const { base_us } = indexed.chunk
    const found = nearest(stopsOf(indexed, name), t_us - base_us, direction)
    if (found !== null) return base_us + found
  }
  return null
}

/**
 * @param {ArrayLike<number>} times in order
 * @param {number} t_us
 * @param {number} direction
 */
function nearest(times, t_us, direction) {
  const place = direction > 0 ? upperBound(times, t_us) : lowerBound(times, t_us) - 1
  return place >= 0 && place < times.length ? times[place] : null
}

/**
 * Times in a chunk, from its base, of the rows of a name; found once.
 * @param {Indexed} indexed
 * @param {string} name
 */
function stopsOf({ chunk, stops }, name) {
  const known = stops.get(name)
  if (known) return known
  const { event_rows, refs, header, kind, t } = chunk
  const found = []
  for (let place = 0; place < event_rows.length; place += 1) {
    const row = event_rows[place]
    if (ROWS[name](header.kinds[kind[row]], header.details[refs[place]])) found.push(t[row])
  }
  const times = Uint32Array.from(found)
  stops.set(name, times)
  return times
}

/**
 * Whether a chunk that is not here can hold rows of a name, as the activity of its time tells.
 * @param {About} about
 * @param {string} name
 * @param {number} place
 */
function mayHold({ density, duration_us, chunks }, name, place) {
  if (!COUNTED.has(name) || !density.bins_n || !(duration_us > 0)) return true
  const counts = density.counts[density.kinds.indexOf(name)] ?? []
  const bin = (/** @type {number} */ t_us) => Math.floor((t_us * density.bins_n) / duration_us)
  return counts.slice(Math.max(0, bin(chunks[place][0]) - 1), bin(chunks[place][1]) + 2).some(Boolean)
}
