// @ts-check
// What is to be seen at a moment, from the session alone: rings, drags, scrolling, the element under the last click,
// masks, how old the picture is. Pure.

const RING_US = 800_000
const SCROLL_US = 700_000
const DRAG_US = 1_500_000
const ELEMENT_US = 1_500_000
const CHIP_US = 2_500_000
const LAG_US = 250_000
// A click whose press is this much older gets a ring of its own: the press's ring is gone.
const HOLD_US = 300_000
const SAME_PLACE_PX = 5
const MOST_STRETCH = 8
// How far back the press of a drag that still lasts is looked for.
const DRAG_LOOK_US = 60_000_000
const STILL_AGE = 0.35
const PRESSES = new Set(['mouse_down', 'touch_start'])
const CLICKS = new Set(['click', 'double_click'])
const NOTCH = /** @type {Record<string, number>} */ ({ px: 100, line: 3, page: 1 })

/**
 * @typedef {any} Session see session.js
 * @typedef {any} About see the route
 * @typedef {import('./draw_marks.js').Ring} Ring
 * @typedef {import('./draw_marks.js').Drag} Drag
 * @typedef {import('./draw_marks.js').Scroll} Scroll
 * @typedef {import('./draw_boxes.js').ElementBox} ElementBox
 * @typedef {import('./draw_boxes.js').Mask} Mask
 */

/**
 * How much longer marks stay when time passes faster, so that they can be seen.
 * @param {number} speed
 */
export function stretchOf(speed) {
  return Math.min(MOST_STRETCH, Math.max(1, speed))
}

/**
 * How long chips stay, in the session's time.
 * @param {number} speed
 */
export function chipHold(speed) {
  return CHIP_US * stretchOf(speed)
}

/**
 * Everything that is drawn over the picture at a moment, but the pointer and its trail.
 * @param {Session} session
 * @param {About} about
 * @param {number} t_us
 * @param {{speed: number, elements: boolean}} options
 */
export function marksAt(session, about, t_us, { speed, elements }) {
  const stretch = stretchOf(speed)
  const step_us = about.actor === 'agent' ? stepStart(about.steps, t_us) : null
  const from_us = Math.min(t_us - DRAG_US * stretch, step_us ?? t_us)
  const presses = session.pressesBetween(from_us - HOLD_US, t_us)
  const since = (/** @type {number} */ age_us) => presses.filter((/** @type {any} */ row) => t_us - row.t_us < age_us)
  const rings = ringsOf(since(RING_US * stretch), t_us, RING_US * stretch)
  const pressed = lastPressed(presses, step_us ?? t_us - ELEMENT_US * stretch)
  const last = pressed[pressed.length - 1]
  if (step_us !== null && last && !rings.length) rings.push(ringOf(last, STILL_AGE))
  const age = step_us === null && last ? (t_us - last.t_us) / (ELEMENT_US * stretch) : 0
  return {
    rings,
    scroll: scrollOf(since(SCROLL_US * stretch), t_us, SCROLL_US * stretch),
    drags: dragsOf(session, since(DRAG_US * stretch), t_us, DRAG_US * stretch),
    element: elements ? elementOf(pressed, age) : null,
  }
}

/**
 * Rings of presses, and of clicks that have no press of their own just before; a later row of the same click only says
 * how many clicks it was.
 * @param {any[]} presses
 * @param {number} t_us
 * @param {number} life_us
 * @returns {Ring[]}
 */
export function ringsOf(presses, t_us, life_us) {
  const found = /** @type {{row: any, clicks_n: number, isClicked: boolean}[]} */ ([])
  for (const row of presses) {
    if (row.x === null || row.y === null) continue
    if (PRESSES.has(row.kind)) found.push({ row, clicks_n: 1, isClicked: false })
    if (!CLICKS.has(row.kind)) continue
    const clicks_n = row.clicks_n ?? (row.kind === 'double_click' ? 2 : 1)
    const ring = found.findLast((other) => isSame(other.row, row))
    if (ring && (!ring.isClicked || row.kind === 'double_click')) {
      ring.clicks_n = Math.max(ring.clicks_n, clicks_n)
      ring.isClicked = true
    } else found.push({ row, clicks_n, isClicked: true })
  }
  return found.map(({ row, clicks_n }) => ({ ...ringOf(row, (t_us - row.t_us) / life_us), clicks_n }))
}

/** @param {any} press @param {any} click */
function isSame(press, click) {
  return press.button === click.button && click.t_us - press.t_us <= HOLD_US
    && Math.abs(press.x - click.x) <= SAME_PLACE_PX && Math.abs(press.y - click.y) <= SAME_PLACE_PX
}

/** @param {any} row @param {number} age @returns {Ring} */
function ringOf({ x, y, button, clicks_n, kind }, age) {
  return { x, y, button: button ?? null, clicks_n: clicks_n ?? 1, age, is_touch: kind === 'touch_start' }
}

/**
 * Scrolling as one mark: where it was last, how far since it last turned.
 * @param {any[]} presses
 * @param {number} t_us
 * @param {number} life_us
 * @returns {Scroll | null}
 */
export function scrollOf(presses, t_us, life_us) {
  const rows = presses.filter((row) => row.kind === 'scroll' && row.x !== null && row.y !== null)
  const last = rows[rows.length - 1]
  if (!last) return null
  const wheel = (/** @type {any} */ row) => [row.detail?.wheel_x ?? 0, row.detail?.wheel_y ?? 0]
  const [across, down] = wheel(last)
  let notches_n = 0
  for (const row of rows.reverse()) {
    const [x, y] = wheel(row)
    if (x * across < 0 || y * down < 0) break
    notches_n += (Math.abs(x) + Math.abs(y)) / (NOTCH[row.detail?.wheel_unit] ?? 1)
  }
  return { x: last.x, y: last.y, wheel_x: across, wheel_y: down, age: (t_us - last.t_us) / life_us, notches_n: Math.round(notches_n) }
}

/**
 * Drags that ended a moment ago, and the one that lasts.
 * @param {Session} session
 * @param {any[]} presses
 * @param {number} t_us
 * @param {number} life_us
 * @returns {Drag[]}
 */
export function dragsOf(session, presses, t_us, life_us) {
  const found = /** @type {Drag[]} */ ([])
  for (const { kind, t_us: row_us, x, y, button, detail } of presses) {
    if (kind !== 'drag' || x === null || y === null) continue
    const [start_us, end_us] = [detail?.start_us ?? row_us, detail?.end_us ?? row_us]
    const way = end_us > start_us ? [...session.pathBetween(start_us, end_us)] : [start_us, x, y]
    const points = [start_us, x, y, ...way.slice(3)]
    if (detail?.end_x !== undefined) points.push(end_us, detail.end_x, detail.end_y)
    found.push({ points, button: button ?? null, age: Math.max(0, t_us - end_us) / life_us, is_held: false })
  }
  const { drag_from, buttons, x, y } = session.stateAt(t_us)
  if (!drag_from || x === null || Math.hypot(x - drag_from[0], y - drag_from[1]) <= SAME_PLACE_PX) return found
  const press = session.pressesBetween(t_us - DRAG_LOOK_US, t_us).findLast((/** @type {any} */ row) =>
    PRESSES.has(row.kind) && row.x === drag_from[0] && row.y === drag_from[1])
  const way = press ? session.pathBetween(press.t_us, t_us) : [t_us, ...drag_from, t_us, x, y]
  found.push({ points: way, button: [...buttons][0] ?? null, age: 0, is_held: true })
  return found
}

/**
 * Rows of the last press or click since a moment: the press, its release and what was made of them.
 * @param {any[]} presses
 * @param {number} since_us
 */
function lastPressed(presses, since_us) {
  const rows = presses.filter((row) => row.kind !== 'scroll' && row.t_us >= since_us && row.x !== null && row.y !== null)
  const start = rows.findLastIndex((row) => PRESSES.has(row.kind))
  return start < 0 ? rows.slice(-1) : rows.slice(start)
}

/**
 * The element of a click, from the last of its rows that names one with a box.
 * @param {any[]} pressed
 * @param {number} age
 * @returns {ElementBox | null}
 */
function elementOf(pressed, age) {
  const sides = (/** @type {any} */ { detail }) => ['left', 'top', 'width', 'height'].map((side) => detail?.element?.[side])
  const row = pressed.findLast((one) => sides(one).every(Number.isFinite))
  if (!row || age > 1) return null
  const { left, top, width, height, role = '', name = '' } = row.detail.element
  return { left, top, width, height, role: role ?? '', name: name ?? '', button: row.button ?? null, age }
}

/**
 * Start of the step that a moment lies in; null before the first.
 * @param {{t_us: number}[]} steps
 * @param {number} t_us
 */
export function stepStart(steps, t_us) {
  return steps.findLast((step) => step.t_us <= t_us)?.t_us ?? null
}

/**
 * How much older than a moment the picture is, when something happened more than 250 ms before that moment that it
 * cannot show; else 0.
 * @param {number} t_us
 * @param {number} frame_us
 * @param {number | null} change_us first event after the picture, or null
 */
export function lagOf(t_us, frame_us, change_us) {
  return change_us !== null && t_us - change_us > LAG_US ? t_us - frame_us : 0
}

/**
 * Masks by picture, as boxes on the desktop.
 * @param {About} about
 * @returns {Map<number, Mask[]>}
 */
export function masksByFrame({ masks, frames }) {
  const found = new Map()
  masks.frame.forEach((/** @type {number} */ frame, /** @type {number} */ at) => {
    const [scale_x, scale_y] = [frames.scale_x[frame] || 1, frames.scale_y[frame] || 1]
    const mask = {
      left: (frames.left[frame] ?? 0) + masks.left[at] / scale_x, top: (frames.top[frame] ?? 0) + masks.top[at] / scale_y,
      width: masks.width[at] / scale_x, height: masks.height[at] / scale_y,
      entity: masks.entity[at] ?? '', method: masks.method[at] ?? '', score: masks.score[at] ?? null,
    }
    if (!found.has(frame)) found.set(frame, [])
    found.get(frame).push(mask)
  })
  return found
}
