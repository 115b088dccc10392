// @ts-check
// Playing: the clock and the table of states, moved by what people ask for and by what has arrived.

import { createClock } from './clock.js'
import { next } from './machine.js'

/**
 * @typedef {object} Told
 * @property {(state: import('./machine.js').State, before: import('./machine.js').State) => void} onstate
 * @property {(t_us: number, isRunning: boolean) => void} onmoment draw this moment
 * @property {(place: number) => void} need the chunk of this place
 * @property {() => boolean} mayGo whether nothing else has to be waited for
 */

const now = () => performance.now()

export class Playback {
  /** @param {Told} told */
  constructor(told) {
    this.told = told
    this.state = /** @type {import('./machine.js').State} */ ('empty')
    this.session = /** @type {import('./session.js').Session | null} */ (null)
    this.clock = createClock({ end_us: 0, now_ms: now() })
    this.broken = /** @type {Set<number>} */ (new Set())
    this.request = 0
    this.tick = this.tick.bind(this)
  }

  get t_us() {
    return this.clock.t_us(now())
  }

  get isRunning() {
    return this.state === 'playing' || this.state === 'waiting'
  }

  /** Another session is being opened. */
  open() {
    this.session = null
    this.clock = createClock({ end_us: 0, now_ms: now() })
    this.broken.clear()
    this.apply('open')
  }

  /**
   * It is here: stand at this moment.
   * @param {import('./session.js').Session} session
   * @param {number} t_us
   */
  loaded(session, t_us) {
    this.session = session
    this.clock = createClock({ end_us: session.duration_us, now_ms: now() })
    this.clock.seek(t_us, now())
    this.apply('loaded')
  }

  play() {
    if (this.state === 'paused' && !this.clock.loop && this.t_us >= this.clock.end_us) this.clock.seek(0, now())
    this.apply('play')
  }

  pause() {
    this.apply('pause')
  }

  /** @param {number} t_us */
  seek(t_us) {
    if (!this.session) return
    this.clock.seek(Math.round(t_us), now())
    this.apply('seek')
  }

  /** Events arrived, or are known not to come. */
  arrived() {
    if (this.state !== 'waiting') this.draw()
    else if (!this.isStarving() && this.told.mayGo()) this.apply('fed')
  }

  /** Whether the events of this moment are still to come. */
  isStarving() {
    const place = this.session?.missing(this.t_us) ?? null
    return place !== null && !this.broken.has(place)
  }

  /** @param {import('./machine.js').Event} event */
  apply(event) {
    const before = this.state
    const { state, action } = next(before, event)
    this.state = state
    if (action === 'start') this.clock.play(now())
    else if (action === 'stop' || action === 'hold') this.clock.pause(now())
    else if (action === 'restart') {
      this.clock.seek(this.clock.loop?.[0] ?? 0, now())
      this.clock.play(now())
    }
    if (state !== before) this.told.onstate(state, before)
    if (action) this.draw()
  }

  /** Draw at the next chance, and go on drawing while time passes. */
  draw() {
    this.request ||= requestAnimationFrame(this.tick)
  }

  tick() {
    this.request = 0
    if (!this.session) return
    const t_us = this.t_us
    if (this.state === 'playing') {
      if (this.isStarving()) {
        this.told.need(/** @type {number} */ (this.session.missing(t_us)))
        this.apply('starve')
      } else if (!this.clock.isPlaying) this.apply('end')
    }
    this.told.onmoment(t_us, this.isRunning)
    if (this.state === 'playing') this.draw()
  }

  stop() {
    cancelAnimationFrame(this.request)
    this.session = null
    this.state = 'empty'
  }
}
