// @ts-check
// What hands do on the stage: wheel and pinch zoom, dragging pans (or draws, where that is asked for), a double click
// fits, a long press or Alt opens the loupe. Places are CSS pixels from the upper left of the element.

const WHEEL_SPEED = 0.0016
const PINCH_WHEEL_SPEED = 0.01
const LINE_PX = 16
const SLOP_PX = 4
const LONG_PRESS_MS = 500

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {object} Acts
 * @property {(at: Point, factor: number) => void} zoom
 * @property {(by: Point) => void} pan
 * @property {(at: Point) => void} fit
 * @property {(at: Point | null, isTouch?: boolean) => void} loupe null: close it
 * @property {(at: Point | null) => void} hover
 * @property {(event: PointerEvent) => boolean} [draws] whether this drag draws
 * @property {(from: Point, to: Point | null, isEnd: boolean) => void} [draw] null: given up
 */

export class Gestures {
  /** @param {HTMLElement} area @param {Acts} acts */
  constructor(area, acts) {
    this.area = area
    this.acts = acts
    this.pointers = /** @type {Map<number, Point>} */ (new Map())
    this.mode = /** @type {'idle' | 'press' | 'pan' | 'draw' | 'pinch' | 'loupe'} */ ('idle')
    this.from = { x: 0, y: 0 }
    this.timer = 0
    this.over = /** @type {Point | null} */ (null)
    this.stops = /** @type {(() => void)[]} */ ([])
    this.on(area, 'wheel', (event) => this.wheel(/** @type {WheelEvent} */ (event)), { passive: false })
    this.on(area, 'pointerdown', (event) => this.down(/** @type {PointerEvent} */ (event)))
    this.on(area, 'pointermove', (event) => this.move(/** @type {PointerEvent} */ (event)))
    for (const name of ['pointerup', 'pointercancel']) {
      this.on(area, name, (event) => this.up(/** @type {PointerEvent} */ (event)))
    }
    this.on(area, 'pointerleave', () => this.leave())
    this.on(area, 'dblclick', (event) => acts.fit(this.at(/** @type {MouseEvent} */ (event))))
    // A long press is the loupe, not a menu.
    this.on(area, 'contextmenu', (event) => isTouch(/** @type {PointerEvent} */ (event)) && event.preventDefault())
    for (const name of ['keydown', 'keyup']) {
      this.on(window, name, (event) => this.key(/** @type {KeyboardEvent} */ (event)))
    }
  }

  stop() {
    clearTimeout(this.timer)
    for (const stop of this.stops) stop()
  }

  /** @param {EventTarget} target @param {string} name @param {(event: Event) => void} act @param {AddEventListenerOptions} [how] */
  on(target, name, act, how) {
    target.addEventListener(name, act, how)
    this.stops.push(() => target.removeEventListener(name, act, how))
  }

  /** @param {{clientX: number, clientY: number}} event @returns {Point} */
  at({ clientX, clientY }) {
    const box = this.area.getBoundingClientRect()
    return { x: clientX - box.left, y: clientY - box.top }
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault()
    const by_px = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1)
    this.acts.zoom(this.at(event), Math.exp(-by_px * (event.ctrlKey ? PINCH_WHEEL_SPEED : WHEEL_SPEED)))
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button !== 0 || isControl(event)) return
    this.pointers.set(event.pointerId, this.at(event))
    clearTimeout(this.timer)
    if (this.pointers.size > 1) {
      if (this.mode === 'loupe') this.acts.loupe(null)
      if (this.mode === 'draw') this.acts.draw?.(this.from, null, true)
      this.mode = 'pinch'
      return
    }
    this.mode = 'press'
    this.from = this.at(event)
    this.timer = setTimeout(() => {
      this.mode = 'loupe'
      this.hold(event.pointerId)
      this.acts.loupe(this.pointers.get(event.pointerId) ?? null, isTouch(event))
    }, LONG_PRESS_MS)
  }

  /** @param {PointerEvent} event */
  move(event) {
    const at = this.at(event)
    this.over = at
    const before = this.pointers.get(event.pointerId)
    if (!before) {
      this.acts.hover(at)
      if (event.altKey) this.acts.loupe(at)
      return
    }
    if (this.mode === 'loupe') this.acts.loupe(at, isTouch(event))
    else if (this.mode === 'pinch') this.pinch(event.pointerId, at)
    else if (this.mode === 'draw') this.acts.draw?.(this.from, at, false)
    else if (this.mode === 'pan') this.acts.pan({ x: at.x - before.x, y: at.y - before.y })
    else if (Math.hypot(at.x - before.x, at.y - before.y) < SLOP_PX) return
    else {
      clearTimeout(this.timer)
      this.mode = this.acts.draws?.(event) ? 'draw' : 'pan'
      this.hold(event.pointerId)
    }
    this.pointers.set(event.pointerId, at)
  }

  /**
   * Two fingers: their distance zooms about their middle, their middle pans.
   * @param {number} id
   * @param {Point} at
   */
  pinch(id, at) {
    const [other] = [...this.pointers].filter(([pointer]) => pointer !== id).map(([, point]) => point)
    const before = /** @type {Point} */ (this.pointers.get(id))
    const middle = { x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 }
    const apart_px = Math.hypot(before.x - other.x, before.y - other.y)
    if (apart_px > 1) this.acts.zoom(middle, Math.hypot(at.x - other.x, at.y - other.y) / apart_px)
    this.acts.pan({ x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 })
  }

  /** @param {PointerEvent} event */
  up(event) {
    clearTimeout(this.timer)
    if (!this.pointers.delete(event.pointerId)) return
    if (this.mode === 'loupe') this.acts.loupe(null)
    if (this.mode === 'draw') this.acts.draw?.(this.from, event.type === 'pointerup' ? this.at(event) : null, true)
    this.mode = this.pointers.size ? 'pan' : 'idle'
  }

  leave() {
    this.over = null
    this.acts.hover(null)
    if (this.mode !== 'loupe') this.acts.loupe(null)
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== 'Alt' || !this.over || this.mode === 'loupe') return
    event.preventDefault()
    this.acts.loupe(event.type === 'keydown' ? this.over : null)
  }

  /** @param {number} id the pointer stays ours outside the element */
  hold(id) {
    if (this.pointers.has(id)) this.area.setPointerCapture(id)
  }
}

/** @param {Event} event */
function isControl(event) {
  return event.composedPath().some((node) => node instanceof HTMLButtonElement)
}

/** @param {PointerEvent} event */
function isTouch(event) {
  return event.pointerType === 'touch'
}
