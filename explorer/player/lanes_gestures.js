// @ts-check
// What a pointer does on the timeline. Mouse: press to go there, draw to zoom, the ruler scrubs. Touch: scrubs.

import { LANES } from './lanes_draw.js'

const DRAWN_PX = 5
const GRAB_PX = 6
const WHEEL_RATE = 0.002
const [, RULER_TOP_PX] = LANES[LANES.length - 1]

/**
 * @param {import('./lanes.js').Lanes} lanes
 * @returns {() => void} how to stop
 */
export function attachLaneGestures(lanes) {
  const { track, brush, hover } = lanes
  let from_px = /** @type {number | null} */ (null)
  let isScrubbing = false
  const place = (/** @type {MouseEvent} */ event) => {
    const box = track.getBoundingClientRect()
    return { x_px: Math.min(Math.max(0, event.clientX - box.left), box.width), y_px: event.clientY - box.top }
  }
  const down = (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0 || !lanes.axis) return
    const { x_px, y_px } = place(event)
    track.setPointerCapture(event.pointerId)
    const isHead = Math.abs(x_px - lanes.axis.x_of(lanes.t_us ?? 0)) < GRAB_PX
    isScrubbing = event.pointerType !== 'mouse' || y_px >= RULER_TOP_PX || isHead
    from_px = x_px
    if (isScrubbing) lanes.asked.seek(lanes.axis.t_of(x_px), false)
  }
  const move = (/** @type {PointerEvent} */ event) => {
    if (!lanes.axis) return
    const { x_px } = place(event)
    hover.show(lanes, lanes.axis, x_px)
    if (from_px === null) return
    if (isScrubbing) lanes.asked.seek(lanes.axis.t_of(x_px), false)
    else drawBrush(brush, from_px, x_px)
  }
  const up = (/** @type {PointerEvent} */ event) => {
    if (from_px === null || !lanes.axis) return
    const { x_px } = place(event)
    const [least_px, most_px] = [Math.min(from_px, x_px), Math.max(from_px, x_px)]
    from_px = null
    brush.hidden = true
    if (!isScrubbing && most_px - least_px > DRAWN_PX) lanes.setView([lanes.axis.t_of(least_px), lanes.axis.t_of(most_px)])
    else lanes.asked.seek(lanes.axis.t_of(x_px), true)
    if (event.pointerType !== 'mouse') hover.hide()
  }
  const cancel = () => {
    from_px = null
    brush.hidden = true
    hover.hide()
  }
  const wheel = (/** @type {WheelEvent} */ event) => turned(event, lanes, place(event).x_px)
  const leave = () => { if (from_px === null) hover.hide() }
  const ways = /** @type {[string, any][]} */ ([['pointerdown', down], ['pointermove', move], ['pointerup', up],
    ['pointercancel', cancel], ['pointerleave', leave], ['dblclick', () => lanes.setView(null)]])
  for (const [name, act] of ways) track.addEventListener(name, act)
  track.addEventListener('wheel', wheel, { passive: false })
  return () => {
    for (const [name, act] of ways) track.removeEventListener(name, act)
    track.removeEventListener('wheel', wheel)
  }
}

/** @param {HTMLElement} brush @param {number} from_px @param {number} to_px */
function drawBrush(brush, from_px, to_px) {
  brush.hidden = Math.abs(to_px - from_px) <= DRAWN_PX
  brush.style.transform = `translateX(${Math.min(from_px, to_px)}px)`
  brush.style.width = `${Math.abs(to_px - from_px)}px`
}

/**
 * Turning with Ctrl, or two fingers drawn apart, zooms at the pointer; sideways moves along.
 * @param {WheelEvent} event
 * @param {import('./lanes.js').Lanes} lanes
 * @param {number} x_px
 */
function turned(event, lanes, x_px) {
  if (!lanes.axis) return
  const [from_us, to_us] = lanes.view
  const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
  if (!isSideways && !event.ctrlKey) return
  event.preventDefault()
  if (isSideways) {
    const by_us = ((event.deltaX || event.deltaY) / lanes.track.clientWidth) * (to_us - from_us)
    lanes.setView([from_us + by_us, to_us + by_us])
    return
  }
  const times = Math.exp(event.deltaY * WHEEL_RATE)
  const at_us = lanes.axis.t_of(x_px)
  lanes.setView([at_us - (at_us - from_us) * times, at_us + (to_us - at_us) * times])
}
