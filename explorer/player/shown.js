// @ts-check
// Which picture stands on the stage at a moment, and how it stands to that moment.

import { upperBound } from './events.js'
import { lagOf } from './moment.js'
import { measure, worldOf } from './world.js'

// A first picture that comes this soon stands already before its time, and says so.
const EARLY_US = 1_000_000

export class Shown {
  /** @param {import('./stage.js').Sources} sources */
  constructor({ about, session, frames }) {
    this.about = about
    this.session = session
    this.frames = frames
    this.wanted = -1 // picture of the moment
    this.index = -1 // picture that is drawn
    this.lag_us = 0 // how much older it is than the moment; negative: newer
    this.isWaiting = false
    this.failure = ''
    this.direction = 1
    this.key = ''
    this.world = worldOf(about, about.frames.id.length ? 0 : -1, 0)
    this.changes = /** @type {Map<number, number | null>} */ (new Map())
    const times = about.displays.flatMap((/** @type {any} */ { start_us, end_us }) => [start_us, end_us])
    this.turns_us = times.filter(Number.isFinite).sort((/** @type {number} */ a, /** @type {number} */ b) => a - b)
  }

  /**
   * Choose the picture of a moment and ask for it and those that follow.
   * @param {number} t_us
   * @param {number} by_us since the moment before: where time is going
   */
  choose(t_us, by_us) {
    const { frames, about } = this
    if (by_us) this.direction = by_us < 0 ? -1 : 1
    this.wanted = this.session.frameAt(t_us)
    if (this.wanted < 0 && about.frames.t_us[0] - t_us <= EARLY_US) this.wanted = 0
    if (about.frames.id.length) frames.want(Math.max(0, this.wanted), this.direction)
    const state = this.wanted < 0 ? 'none' : frames.state(this.wanted)
    this.failure = state === 'failed' ? frames.reason(this.wanted) : ''
    this.isWaiting = this.wanted >= 0 && state !== 'ready' && state !== 'failed'
    this.index = state === 'ready' ? this.wanted : this.isWaiting ? frames.nearest(this.wanted) : -1
    const bitmap = this.index < 0 ? null : frames.get(this.index)
    if (bitmap) measure(about, this.index, bitmap)
    this.lag_us = this.index < 0 || about.axis === 'step' ? 0 : this.lag(t_us)
    this.look(t_us)
  }

  /** @param {number} t_us */
  lag(t_us) {
    const frame_us = this.about.frames.t_us[this.index]
    return this.isWaiting || frame_us > t_us ? t_us - frame_us : lagOf(t_us, frame_us, this.changeAfter(this.index, frame_us))
  }

  /**
   * When something first happened after a picture; null when nothing did, or it is not known yet.
   * @param {number} index
   * @param {number} frame_us
   */
  changeAfter(index, frame_us) {
    const known = this.changes.get(index)
    if (known !== undefined) return known
    const found = this.session.next('event', frame_us, 1)
    if (found !== null && typeof found === 'object') return null
    this.changes.set(index, found)
    return found
  }

  /**
   * The world of the picture that is drawn, or would be; the same object as long as nothing of it changes.
   * @param {number} t_us
   */
  look(t_us) {
    const frame = this.index >= 0 ? this.index : Math.max(this.wanted, this.about.frames.id.length ? 0 : -1)
    const key = `${frame} ${this.about.frames.width[frame]} ${upperBound(this.turns_us, t_us)}`
    if (key === this.key) return
    this.key = key
    this.world = worldOf(this.about, frame, t_us)
  }
}
