// @ts-check
// The clock of a replay: where it stands at a moment of wall time. Pure; the caller says what time it is.
//
// Wall time is in milliseconds, the session's in microseconds. The clock moves only when it is asked, and by at most
// `most_ms` of wall time a call: a tab that slept for hours goes on where it was left.

export const LEAST_SPEED = 0.1
export const MOST_SPEED = 64

/** @typedef {[number, number]} Span from, to, in microseconds */

/**
 * Where a clock stands after `by_us` of the session's time. Jumps are leapt over, the loop begins anew at its end.
 * @param {number} t_us
 * @param {number} by_us
 * @param {{end_us: number, loop: Span | null, jumps: Span[]}} course jumps in order, apart from one another
 */
export function moved(t_us, by_us, { end_us, loop, jumps }) {
  const stop_us = loop ? loop[1] : end_us
  const open = loop && !playable(loop, jumps) ? [] : jumps
  let rest_us = loop ? foldedIntoLoop(t_us, by_us, loop, open) : by_us
  let at_us = t_us
  while (rest_us > 0) {
    if (loop && at_us >= loop[1]) at_us = loop[0]
    const jump = open.find(([, to_us]) => to_us > at_us)
    if (jump && jump[0] <= at_us) at_us = Math.min(jump[1], stop_us)
    else {
      const border_us = Math.min(stop_us, jump ? jump[0] : Infinity)
      const step_us = Math.min(rest_us, border_us - at_us)
      at_us = step_us === rest_us ? at_us + step_us : border_us
      rest_us -= step_us
    }
    if (!loop && at_us >= end_us) return end_us
  }
  return loop && by_us > 0 && at_us >= loop[1] ? loop[0] : at_us
}

/**
 * Time of a loop that is not leapt over.
 * @param {Span} loop
 * @param {Span[]} jumps
 */
function playable([from_us, to_us], jumps) {
  const leapt = (/** @type {Span} */ [start_us, end_us]) =>
    Math.max(0, Math.min(end_us, to_us) - Math.max(start_us, from_us))
  return jumps.reduce((left_us, jump) => left_us - leapt(jump), to_us - from_us)
}

/**
 * Whole rounds of a short loop change nothing: they are left out, after the way to its end.
 * @param {number} t_us
 * @param {number} by_us
 * @param {Span} loop
 * @param {Span[]} jumps
 */
function foldedIntoLoop(t_us, by_us, loop, jumps) {
  const lead_us = t_us < loop[1] ? playable([t_us, loop[1]], jumps) : 0
  return by_us <= lead_us ? by_us : lead_us + ((by_us - lead_us) % playable(loop, jumps))
}

/**
 * Members take the wall time last.
 *
 * `seek` is exact: asked at the same wall time, the clock stands at that very number, also inside a jump or outside the
 * loop; both act only as time passes. At the end it stops by itself.
 */
class Clock {
  /** @param {{end_us: number, now_ms: number, most_ms?: number}} options */
  constructor({ end_us, now_ms, most_ms = 250 }) {
    this.course = { end_us, loop: /** @type {Span | null} */ (null), jumps: /** @type {Span[]} */ ([]) }
    this.most_ms = most_ms
    this.at_us = 0
    this.last_ms = now_ms
    this.isPlaying = false
    this.speed = 1
  }

  get end_us() {
    return this.course.end_us
  }

  get loop() {
    return this.course.loop
  }

  /** @param {number} now_ms */
  t_us(now_ms) {
    const passed_ms = Math.min(this.most_ms, now_ms - this.last_ms)
    if (now_ms > this.last_ms) this.last_ms = now_ms
    if (!this.isPlaying || !(passed_ms > 0)) return this.at_us
    this.at_us = moved(this.at_us, passed_ms * 1000 * this.speed, this.course)
    if (this.at_us >= this.end_us && !this.loop) this.isPlaying = false
    return this.at_us
  }

  /** @param {number} now_ms */
  play(now_ms) {
    this.t_us(now_ms)
    this.isPlaying = this.at_us < this.end_us || this.loop !== null
  }

  /** @param {number} now_ms */
  pause(now_ms) {
    this.t_us(now_ms)
    this.isPlaying = false
  }

  /** @param {number} t_us @param {number} now_ms */
  seek(t_us, now_ms) {
    this.t_us(now_ms)
    const wanted_us = Math.max(0, Math.min(this.end_us, t_us))
    if (wanted_us >= 0) this.at_us = wanted_us
  }

  /** @param {number} speed @param {number} now_ms */
  setSpeed(speed, now_ms) {
    this.t_us(now_ms)
    const wanted = Math.max(LEAST_SPEED, Math.min(MOST_SPEED, speed))
    if (wanted > 0) this.speed = wanted
  }

  /** @param {number} from_us @param {number | null} to_us null: no loop; so is an end before the start */
  setLoop(from_us, to_us) {
    const [from, to] = [Math.max(0, from_us), Math.min(this.end_us, to_us ?? -1)]
    this.course.loop = to > from ? [from, to] : null
  }

  /** @param {Span[]} spans in any order; overlapping ones become one */
  setJumps(spans) {
    this.course.jumps = apart(spans)
  }
}

/**
 * A clock that stands at 0.
 * @param {{end_us: number, now_ms: number, most_ms?: number}} options most_ms: wall time taken at most by one call
 */
export function createClock(options) {
  return new Clock(options)
}

/**
 * Spans in order; those that touch become one, empty ones none.
 * @param {Span[]} spans
 */
export function apart(spans) {
  /** @type {Span[]} */
  const found = []
  for (const [from_us, to_us] of [...spans].filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0])) {
    const last = found[found.length - 1]
    if (last && from_us <= last[1]) last[1] = Math.max(last[1], to_us)
    else found.push([from_us, to_us])
  }
  return found
}
