// @ts-check
// What a replay is doing: one table of states and events. An event that a state does not know changes nothing.

/** What each state means. */
export const STATES = {
  empty: 'No session is open.',
  loading: 'The session is being fetched.',
  paused: 'The picture stands still.',
  playing: 'Time passes.',
  waiting: 'Time passes again as soon as the events of this moment are there.',
  ended: 'The end was reached.',
  failed: 'Something could not be fetched; the rest can still be seen.',
}

/** What each event means. */
export const EVENTS = {
  open: 'A session was chosen.',
  loaded: 'What the session is, and its first events, are there.',
  play: 'Somebody wants to see it move.',
  pause: 'Somebody wants it to stand still.',
  seek: 'Somebody chose another moment.',
  starve: 'The clock reached a moment whose events are not there.',
  fed: 'Events arrived.',
  end: 'The clock reached the end.',
  fail: 'Something could not be fetched.',
  retry: 'Somebody wants it fetched again.',
}

/** What the player does on the way into a state. */
export const ACTIONS = {
  load: 'Fetch the session.',
  show: 'Draw this moment.',
  start: 'Start the clock.',
  stop: 'Stop the clock.',
  hold: 'Stop the clock until events arrive.',
  restart: 'Start the clock at the beginning.',
  tell: 'Say what could not be fetched, and offer to try again.',
}

/** @typedef {keyof typeof STATES} State */
/** @typedef {keyof typeof EVENTS} Event */
/** @typedef {keyof typeof ACTIONS} Action */
/** @typedef {{state: State, action: Action | null}} Step */

/** @type {Record<State, Partial<Record<Event, [State, Action | null]>>>} */
const TABLE = {
  empty: { open: ['loading', 'load'] },
  loading: { open: ['loading', 'load'], loaded: ['paused', 'show'], fail: ['failed', 'tell'] },
  paused: {
    open: ['loading', 'load'], play: ['playing', 'start'], seek: ['paused', 'show'], fed: ['paused', 'show'],
    fail: ['failed', 'tell'],
  },
  playing: {
    open: ['loading', 'load'], pause: ['paused', 'stop'], seek: ['playing', 'show'], starve: ['waiting', 'hold'],
    fed: ['playing', null], end: ['ended', 'stop'], fail: ['failed', 'tell'],
  },
  waiting: {
    open: ['loading', 'load'], pause: ['paused', 'stop'], seek: ['waiting', 'show'], fed: ['playing', 'start'],
    fail: ['failed', 'tell'],
  },
  ended: {
    open: ['loading', 'load'], play: ['playing', 'restart'], seek: ['paused', 'show'], fed: ['ended', 'show'],
    fail: ['failed', 'tell'],
  },
  failed: { open: ['loading', 'load'], retry: ['loading', 'load'], seek: ['paused', 'show'] },
}

/**
 * State after an event, and what to do on the way; the same state and no action where the event does not fit.
 * @param {State} state
 * @param {Event} event
 * @returns {Step}
 */
export function next(state, event) {
  const found = TABLE[state][event]
  return found ? { state: found[0], action: found[1] } : { state, action: null }
}
