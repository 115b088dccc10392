// @ts-check
// Times and counts as they are said in the player. Pure.

import { grouped } from '../widgets/dom.js'

const SECOND_US = 1_000_000

/**
 * A place in time to the hundredth, never rounded up: 0:13.02, 1:02:03.40.
 * @param {number} t_us
 */
export function placeWords(t_us) {
  const hundredths = Math.floor(t_us / 10_000)
  const seconds = Math.floor(hundredths / 100)
  const rest = `${two(seconds % 60)}.${two(hundredths % 100)}`
  const minutes = Math.floor(seconds / 60) % 60
  const hours = Math.floor(seconds / 3600)
  return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`
}

/**
 * The place on an axis of steps, from 1: each takes a second of its pseudo time.
 * @param {number} t_us
 * @param {number} duration_us
 */
export function stepAt(t_us, duration_us) {
  const steps_n = Math.max(1, Math.round(duration_us / SECOND_US))
  return Math.min(steps_n, Math.floor(t_us / SECOND_US) + 1)
}

/**
 * A length in its two largest units: 4 m 12 s, 3.4 s, 240 ms.
 * @param {number} us
 */
export function lengthWords(us) {
  if (us < SECOND_US) return `${Math.round(us / 1000)} ms`
  if (us < 10 * SECOND_US) return `${(us / SECOND_US).toFixed(1)} s`
  const seconds = Math.round(us / SECOND_US)
  const minutes = Math.floor(seconds / 60) % 60
  const hours = Math.floor(seconds / 3600)
  if (hours) return `${grouped(hours)} h ${minutes} m`
  return minutes ? `${minutes} m ${seconds % 60} s` : `${seconds} s`
}

/**
 * The same in one unit, for where there is little room: 4 m, 12 s, 2 h.
 * @param {number} us
 */
export function shortLength(us) {
  const seconds = us / SECOND_US
  if (seconds < 99.5) return `${Math.round(seconds)} s`
  return seconds < 5970 ? `${Math.round(seconds / 60)} m` : `${Math.round(seconds / 3600)} h`
}

/**
 * A number with its noun: 1 mask, 3 masks.
 * @param {number} value
 * @param {string} one
 */
export function counted(value, one) {
  return `${grouped(value)} ${one}${value === 1 ? '' : 's'}`
}

/** @param {number} value */
function two(value) {
  return String(value).padStart(2, '0')
}
