// @ts-check
// The stage of a replay: the picture of a moment, what happened around it, and words beside it.
//
// It is told a moment and draws it; it has no clock.

import { element } from '../widgets/dom.js'
import { describe } from './describe.js'
import { foundIn } from './found.js'
import { near } from './geometry.js'
import { Gestures } from './gestures.js'
import { lookOf } from './look.js'
import { Painter } from './painter.js'
import { Pointing } from './pointing.js'
import { screenshot } from './screenshot.js'
import { Shown } from './shown.js'
import { ageWords, Notes, reasonWords, Strip } from './strip.js'
import { StageView } from './view.js'

const WAIT_MS = 200
const DEFAULTS = { trail_s: 2, chips: 'shortcuts', masks: false, typed: false, elements: true, speed: 1 }
// Not every browser tells how many device pixels an element has.
const EXACT_BOX = 'devicePixelContentBoxSize' in ResizeObserverEntry.prototype ? 'device-pixel-content-box' : 'content-box'
const WISHES = ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)']

/**
 * @typedef {{trail_s: number, chips: 'shortcuts' | 'all' | 'none', masks: boolean, typed: boolean, elements: boolean,
 *   speed: number}} Options speed: marks stay longer when time passes faster
 * @typedef {{about: any, session: any, frames: import('./frames.js').Frames, t_us?: number}} Sources t_us: first moment
 */

/** @param {HTMLElement} root filled by the stage @param {Sources} sources */
export function createStage(root, sources) {
  return new Stage(root, sources)
}

export class Stage {
  /** @param {HTMLElement} root @param {Sources} sources */
  constructor(root, sources) {
    this.root = root
    this.sources = sources
    this.about = sources.about
    this.session = sources.session
    this.frames = sources.frames
    this.options = /** @type {Options} */ ({ ...DEFAULTS })
    this.t_us = sources.t_us ?? 0
    this.eye = new StageView()
    this.shown = new Shown(sources)
    this.painter = new Painter(sources, this.shown)
    this.build()
    this.pointing = new Pointing(this)
    this.gestures = new Gestures(this.screen, {
      zoom: (at, factor) => this.moved(() => this.eye.zoomAt(at, factor)),
      pan: (by) => this.moved(() => this.eye.pan(by)),
      fit: () => this.fit(),
      loupe: (at, isTouch = false) => this.pointing.look(at, isTouch),
      hover: (at) => this.pointing.hover(at),
    })
    this.listen()
    this.resize()
  }

  build() {
    this.strip = new Strip()
    this.notes = new Notes(() => {
      this.frames.retry(this.shown.wanted)
      this.redraw()
    })
    this.ground = /** @type {HTMLCanvasElement} */ (element('canvas', 'ground', { role: 'img', 'aria-label': 'Screen' }))
    this.over = /** @type {HTMLCanvasElement} */ (element('canvas', 'over', { 'aria-hidden': 'true' }))
    this.screen = element('div', 'screen', {}, this.ground, this.over, this.notes.age, this.notes.reason, this.notes.hover)
    this.root.classList.add('stage')
    this.root.replaceChildren(this.strip.root, this.screen)
    this.look = lookOf(this.root)
  }

  listen() {
    const relook = () => this.set({})
    const wishes = WISHES.map((wish) => matchMedia(wish))
    const watch = new ResizeObserver(([entry]) => this.resize(entry.devicePixelContentBoxSize?.[0]))
    const deaf = this.frames.listen((index) => index === this.shown.wanted && this.redraw())
    for (const wish of wishes) wish.addEventListener('change', relook)
    watch.observe(this.screen, { box: EXACT_BOX })
    this.stop = () => {
      for (const wish of wishes) wish.removeEventListener('change', relook)
      watch.disconnect()
      deaf()
    }
  }

  destroy() {
    cancelAnimationFrame(this.request ?? 0)
    clearTimeout(this.timer)
    this.stop?.()
    this.gestures.stop()
    this.root.replaceChildren()
  }

  /**
   * Draw a moment.
   * @param {number} t_us
   * @param {Partial<Options>} [options] stay until they are set again
   */
  draw(t_us, options = {}) {
    Object.assign(this.options, options)
    this.shown.choose(t_us, t_us - this.t_us)
    this.t_us = t_us
    if (!this.eye.size.width) return
    const { eye, look, painter, over } = this
    const state = this.session.stateAt(t_us)
    eye.look(this.shown.world)
    painter.ground(contextOf(this.ground), eye, look, state.window, this.options)
    const context = contextOf(over)
    context.clearRect(0, 0, over.width, over.height)
    painter.over(context, eye, look, t_us, state, this.options)
    this.say(state.window)
    this.pointing.refresh()
  }

  /** @param {any} window */
  say(window) {
    const { shown, notes } = this
    this.strip.show(window, shown.index < 0 ? null : this.eye.zoom, foundIn(this, window))
    this.waits_since_ms = shown.isWaiting ? this.waits_since_ms ?? performance.now() : undefined
    const isLong = shown.isWaiting && performance.now() - (this.waits_since_ms ?? 0) >= WAIT_MS
    if (shown.isWaiting && !isLong) {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.redraw(), WAIT_MS)
    }
    notes.showAge(ageWords(shown.isWaiting && !isLong ? 0 : shown.lag_us, isLong))
    notes.showReason(shown.isWaiting ? '' : reasonWords(this.about, shown.wanted, shown.failure), Boolean(shown.failure))
  }

  /**
   * Show where a finding is: its box on a picture, or its letters in the title or the address; null: no more.
   * @param {{box?: any, text?: {name: 'title' | 'url', chars: number[] | null, t_us: number}} | null} found
   */
  setFound(found) {
    this.painter.finding = found?.box ?? null
    this.found = found?.text ?? null
    this.set({})
  }

  /**
   * Fit the canvases to the room they have, and draw when that changed.
   * @param {{inlineSize: number, blockSize: number}} [exact] device pixels, where the browser knows them
   */
  resize(exact) {
    const unit = window.devicePixelRatio || 1
    const { width, height } = this.screen.getBoundingClientRect()
    const { ground, over, eye } = this
    const wide = near(width * unit, exact?.inlineSize ?? (eye.size.width && ground.width))
    const high = near(height * unit, exact?.blockSize ?? (eye.size.width && ground.height))
    if (!wide || !high || (wide === ground.width && high === ground.height && unit === eye.unit && eye.size.width)) return
    for (const canvas of [ground, over]) [canvas.width, canvas.height] = [wide, high]
    eye.resize({ width: wide / unit, height: high / unit }, unit)
    this.painter.forget()
    this.draw(this.t_us)
  }

  /** @param {Partial<Options>} options */
  set(options) {
    this.look = lookOf(this.root)
    this.painter.forget()
    this.draw(this.t_us, options)
  }

  /** Draw the moment again before the browser's next frame, for example because a picture came. */
  redraw() {
    cancelAnimationFrame(this.request ?? 0)
    this.request = requestAnimationFrame(() => this.draw(this.t_us))
  }

  /** @param {() => void} move */
  moved(move) {
    move()
    this.screen.classList.toggle('free', !this.eye.fitted)
    this.redraw()
  }

  /** Everything; asked again, the picture alone. */
  fit() {
    this.moved(() => this.eye.fit())
  }

  oneToOne() {
    this.moved(() => this.eye.oneToOne(this.eye.middle))
  }

  /** @param {number} factor */
  zoomBy(factor) {
    this.moved(() => this.eye.zoomAt(this.eye.middle, factor))
  }

  /** @param {number} x CSS pixels @param {number} y */
  panBy(x, y) {
    this.moved(() => this.eye.pan({ x, y }))
  }

  /** zoom: device pixels of a stored pixel. */
  get view() {
    const { zoom, fitted, isOneToOne } = this.eye
    return { zoom, isFit: fitted !== null, isOneToOne }
  }

  /** Picture that is drawn, or -1. */
  get shownFrame() {
    return this.shown.index
  }

  /** Whether the picture of the moment is still being fetched. */
  get isWaiting() {
    return this.shown.isWaiting
  }

  /**
   * Desktop pixel under a place of the window; null beside the stage.
   * @param {number} client_x
   * @param {number} client_y
   */
  point(client_x, client_y) {
    const { left, top, right, bottom } = this.screen.getBoundingClientRect()
    if (client_x < left || client_x >= right || client_y < top || client_y >= bottom) return null
    const { x, y } = this.eye.desktopAt({ x: client_x - left, y: client_y - top })
    return { x: Math.floor(x), y: Math.floor(y) }
  }

  /**
   * A moment in words, which become the picture's text alternative too; it is drawn if it is not yet.
   * @param {number} t_us
   */
  describe(t_us) {
    if (t_us !== this.t_us) this.draw(t_us)
    const { about, session, shown, options } = this
    const { index, lag_us, wanted, failure } = shown
    const reason = shown.isWaiting ? '' : reasonWords(about, wanted, failure)
    const words = describe(session, about, t_us, { index, reason, lag_us, masks: this.painter.masksOf(options), finding: this.painter.found }, options)
    this.ground.setAttribute('aria-label', words)
    return words
  }

  /** The moment as PNG, at the stored size, with its marks; not only what is in view. */
  screenshot() {
    return screenshot(this)
  }
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
}
