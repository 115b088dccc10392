// @ts-check
// The range of a clip, in words and back: times, or steps where a session has no times. Pure.

import { placeWords, stepAt } from './words.js'

const USUAL_US = 10_000_000
const STEP_US = 1_000_000
const TIME = /^(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,6})?)$/

/**
 * Where a clip begins and ends at first: the loop, else ten seconds from here.
 * @param {{t_us: number, loop: [number, number] | null, about: {duration_us: number}}} shown
 * @returns {[number, number]}
 */
export function rangeOf({ t_us, loop, about: { duration_us } }) {
  if (loop) return [Math.round(loop[0]), Math.round(Math.min(loop[1], duration_us))]
  const to_us = Math.min(duration_us, Math.round(t_us) + USUAL_US)
  return [Math.max(0, Math.min(Math.round(t_us), to_us - USUAL_US)), to_us]
}

/**
 * @param {number} t_us
 * @param {{axis: string, duration_us: number}} about
 */
export function timeText(t_us, { axis, duration_us }) {
  return axis === 'step' ? String(stepAt(t_us, duration_us)) : placeWords(t_us)
}

/**
 * The time of what was written: within the session; null when it is none. A step ends where the next one begins.
 * @param {string} text
 * @param {{axis: string, duration_us: number}} about
 * @param {boolean} isEnd
 */
export function wordsOf(text, { axis, duration_us }, isEnd) {
  const found = TIME.exec(text.trim())
  if (!found || (axis === 'step' && !/^\d+$/.test(text.trim()))) return null
  if (axis === 'step') return Math.max(0, Math.min(duration_us, (Number(text) - (isEnd ? 0 : 1)) * STEP_US))
  const [hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0))
  const t_us = Math.round((hours * 3600 + minutes * 60 + seconds) * 1e6)
  // The end is shown to the hundredth, never rounded up: what is written as the end means the end.
  return isEnd && placeWords(t_us) === placeWords(duration_us) ? duration_us : t_us
}
