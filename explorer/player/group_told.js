// @ts-check
// Items that the description of a session tells by itself, before any chunk is here: steps, applications, waiting. Pure.

import { appSwitches } from './nexts.js'

/** @typedef {import('./session.js').About} About */
/** @typedef {import('./grouping.js').Item} Item */

// Shorter waits are part of any work.
const LEAST_WAIT_US = 10_000_000

/**
 * @param {About} about
 * @returns {Item[]}
 */
export function toldItems(about) {
  const common = { detail: '', text: '', row: -1, n: 1, step: null, app: null, title: null, element: null }
  const steps = about.steps.map((step) => ({
    ...common, kind: /** @type {const} */ ('step'), start_us: step.t_us, end_us: step.t_us, step: step.step,
    label: ['step', step.step, step.action_type].filter((part) => part !== null && part !== undefined).join(' '),
    detail: step.action_args ?? step.action_code ?? '',
    text: [step.thought, step.observation, step.reflection].filter(Boolean).join('\n'),
  }))
  const switches = appSwitches(about).map(({ t_us, from, to }) => ({
    ...common, kind: /** @type {const} */ ('app_switch'), start_us: t_us, end_us: t_us, app: to, label: `switched to ${to}`,
    detail: `from ${from}`,
  }))
  const waits = about.idle.filter(([from_us, to_us]) => to_us - from_us >= LEAST_WAIT_US).map(([from_us, to_us]) => ({
    ...common, kind: /** @type {const} */ ('pause'), start_us: from_us, end_us: to_us,
    label: `nothing for ${lengthWords(to_us - from_us)}`,
  }))
  return [...steps, ...waits, ...switches]
}

/**
 * A length of time: 12 s, 4 min 12 s, 2 h 5 min.
 * @param {number} us
 */
export function lengthWords(us) {
  const seconds = Math.round(us / 1e6)
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  if (hours) return minutes ? `${hours} h ${minutes} min` : `${hours} h`
  if (minutes) return rest ? `${minutes} min ${rest} s` : `${minutes} min`
  return `${rest} s`
}
