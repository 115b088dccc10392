// @ts-check
// The timeline under the stage: applications, activity, frames and marks on one axis that folds idle time.
// A press leads there; drawing across it zooms in; the ruler and touch scrub.

import { element } from '../widgets/dom.js'
import { createAxis, densityOn } from './axis.js'
import { LanesHover } from './lanes_hover.js'
import { BAR_PX, HEIGHT_PX, LANES, drawLanes } from './lanes_draw.js'
import { attachLaneGestures } from './lanes_gestures.js'
import { placeWords, stepAt } from './words.js'

const SAID = { apps: 'apps', activity: 'activity', frames: 'frames', marks: 'marks' }
const LEAST_VIEW_US = 200_000
// Shorter waits are part of any work, and folding them would hardly save room.
const LEAST_FOLD_US = 5_000_000
const LEAST_FOLD_SHARE = 0.05

/**
 * @typedef {object} Asked
 * @property {(t_us: number, isEnd: boolean) => void} seek while scrubbing, and at its end
 * @property {(index: number) => string} thumbUrl
 * @property {(t_us: number) => number} frameAt
 */

export class Lanes {
  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked
    this.canvas = /** @type {HTMLCanvasElement} */ (element('canvas', '', { 'aria-hidden': 'true' }))
    this.canvas.style.height = `${HEIGHT_PX}px`
    this.head = element('div', 'playhead', { hidden: '' })
    this.loop = element('div', 'loop', { hidden: '' })
    this.brush = element('div', 'brush', { hidden: '' })
    this.track = element('div', 'track', { role: 'slider', tabindex: '0', 'aria-label': 'Time', 'aria-valuemin': '0',
      'aria-valuemax': '0', 'aria-valuenow': '0' }, this.canvas, this.loop, this.brush, this.head)
    this.labels = element('div', 'labels', { 'aria-hidden': 'true' }, ...LANES.filter(([name]) => name).map(labelOf))
    this.hover = new LanesHover(asked)
    this.whole = /** @type {HTMLButtonElement} */ (
      element('button', 'button whole', { type: 'button', disabled: '' }, 'Whole session'))
    this.whole.onclick = () => this.setView(null)
    this.root = element('div', 'lanes', {}, this.labels, this.track, this.hover.panel,
      element('div', 'foot', {}, this.hover.readout, this.whole, this.hover.legend))
    this.marks = /** @type {{t_us: number}[]} */ ([])
    /** @type {[number, number]} */
    this.view = [0, 0]
    this.range = /** @type {[number, number] | null} */ (null)
    this.isFolded = true
    this.stopGestures = attachLaneGestures(this)
    this.watch = new ResizeObserver(() => this.draw())
    this.watch.observe(this.track)
  }

  /**
   * @param {import('./session.js').Session} session
   * @param {{look: import('./look.js').Look, app_colours: Record<string, string>, marks: {t_us: number}[]}} shown
   */
  open(session, { look, app_colours, marks }) {
    const about = /** @type {any} */ (session.about)
    this.session = session
    this.about = about
    this.app_colours = app_colours
    this.marks = marks
    this.view = [0, about.duration_us]
    const least_us = Math.max(LEAST_FOLD_US, LEAST_FOLD_SHARE * about.duration_us)
    this.waits = about.idle.filter((/** @type {[number, number]} */ [from_us, to_us]) => to_us - from_us > least_us)
    this.whole.disabled = true
    this.labels.lastElementChild?.replaceChildren(about.steps.length ? 'steps' : 'marks')
    this.track.setAttribute('aria-valuemax', String(about.duration_us / 1e6))
    this.t_us = 0
    this.setLook(look)
  }

  /** @param {import('./look.js').Look} look */
  setLook(look) {
    this.look = look
    if (this.about) this.hover.open(this.about, look)
    this.draw()
  }

  /** @param {{t_us: number, note?: string}[]} marks */
  setMarks(marks) {
    this.marks = marks
    this.draw()
  }

  /** @param {boolean} isFolded */
  setFolded(isFolded) {
    if (isFolded === this.isFolded) return
    this.isFolded = isFolded
    this.draw()
  }

  /**
   * Show a part of the session; null: all of it.
   * @param {[number, number] | null} view
   */
  setView(view) {
    if (!this.about) return
    const whole_us = this.about.duration_us
    let [from_us, to_us] = view ?? [0, whole_us]
    const length_us = Math.min(whole_us, Math.max(LEAST_VIEW_US, to_us - from_us))
    from_us = Math.min(Math.max(0, from_us), whole_us - length_us)
    this.view = [from_us, from_us + length_us]
    this.whole.disabled = length_us >= whole_us
    this.draw()
  }

  /** More rows are here: a part of the session can be shown more finely. */
  arrived() {
    if (this.density === this.about?.density && !this.whole.disabled) this.draw()
  }

  draw() {
    const width_px = this.track.clientWidth
    if (!width_px || !this.session || !this.look) return
    const { about, look, app_colours, marks } = this
    this.axis = createAxis({ duration_us: about.duration_us, idle: this.waits, folded: this.isFolded, view: this.view, width_px })
    this.density = densityOn(this.session, this.axis, BAR_PX)
    const scale = Math.max(1, window.devicePixelRatio || 1)
    this.canvas.width = Math.round(width_px * scale)
    this.canvas.height = Math.round(HEIGHT_PX * scale)
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'))
    context.scale(scale, scale)
    drawLanes(context, { about, axis: this.axis, density: this.density, look, app_colours: app_colours ?? {}, marks, width_px })
    this.placeHead()
    this.placeLoop()
  }

  /**
   * The clock stands here. While it runs, a zoomed view follows it.
   * @param {number} t_us
   * @param {boolean} isRunning
   */
  at(t_us, isRunning) {
    this.t_us = t_us
    const [from_us, to_us] = this.view
    if (isRunning && t_us > to_us && to_us - from_us < this.about.duration_us) this.setView([t_us, t_us + to_us - from_us])
    else if (isRunning && t_us < from_us) this.setView([t_us, t_us + to_us - from_us])
    this.placeHead()
  }

  placeHead() {
    if (!this.axis) return
    const x_px = this.axis.x_of(this.t_us ?? 0)
    this.head.hidden = x_px < -1 || x_px > this.track.clientWidth + 1
    this.head.style.transform = `translateX(${x_px}px)`
    const seconds = String(Math.floor((this.t_us ?? 0) / 1e6))
    if (this.track.getAttribute('aria-valuenow') !== seconds) {
      this.track.setAttribute('aria-valuenow', seconds)
      this.track.setAttribute('aria-valuetext', this.words(this.t_us ?? 0))
    }
  }

  /** @param {number} t_us */
  words(t_us) {
    if (this.about?.axis !== 'step') return placeWords(t_us)
    return `${this.about.steps.length ? 'step' : 'event'} ${stepAt(t_us, this.about.duration_us)}`
  }

  /** @param {[number, number] | null} loop */
  setLoop(loop) {
    this.range = loop
    this.placeLoop()
  }

  placeLoop() {
    const { range, axis } = this
    this.loop.hidden = !range || !axis
    if (!range || !axis) return
    const [from_px, to_px] = range.map((t_us) => axis.x_of(t_us))
    this.loop.style.transform = `translateX(${from_px}px)`
    this.loop.style.width = `${Math.max(2, to_px - from_px)}px`
  }

  stop() {
    this.watch.disconnect()
    this.stopGestures()
    this.hover.stop()
  }
}

/** @param {[string, number, number]} lane */
function labelOf([name, top_px, height_px]) {
  const label = element('span', 'label', {}, SAID[/** @type {keyof typeof SAID} */ (name)])
  label.style.top = `${top_px}px`
  label.style.lineHeight = `${height_px}px`
  return label
}
