// @ts-check
// Keys that were pressed, as key caps in the lower left corner; the newest at the right, the oldest go first.

import { fitted, setFont } from './draw_boxes.js'

const CAP = { tall: 26, least: 26, pad: 9, radius: 5, foot: 3, font: 13, most: 240 }
const MARGIN_PX = 14
const KEYS_APART_PX = 4
const CHIPS_APART_PX = 12
const FADES_FROM = 0.8

/**
 * @typedef {{label: string, kind: string, times_n: number, age_us: number}} Chip
 * @typedef {{words: string, width: number}} Cap
 */

/**
 * @param {import('./draw_marks.js').Pen} pen
 * @param {Chip[]} chips oldest first
 * @param {number} hold_us how long a chip stays
 */
export function drawChips(pen, chips, hold_us) {
  const { context, unit } = pen
  setFont(pen, CAP.font, 600)
  context.textAlign = 'center'
  const rows = chips.map((chip) => ({ chip, caps: capsOf(pen, chip), times: timesOf(pen, chip.times_n) }))
  const widthOf = (/** @type {typeof rows[0]} */ { caps, times }) =>
    caps.reduce((sum, cap) => sum + cap.width, 0) + (caps.length - 1) * KEYS_APART_PX * unit + times.width
  const room = context.canvas.width - 2 * MARGIN_PX * unit
  let first = rows.length
  for (let width = -CHIPS_APART_PX * unit; first > 0; first -= 1) {
    width += widthOf(rows[first - 1]) + CHIPS_APART_PX * unit
    if (width > room && first < rows.length) break
  }
  let left = MARGIN_PX * unit
  const top = context.canvas.height - (MARGIN_PX + CAP.tall) * unit
  for (const row of rows.slice(first)) {
    const age = row.chip.age_us / hold_us
    context.globalAlpha = age <= FADES_FROM ? 1 : Math.max(0, (1 - age) / (1 - FADES_FROM))
    drawChip(pen, row, left, top)
    left += widthOf(row) + CHIPS_APART_PX * unit
  }
  context.globalAlpha = 1
}

/**
 * @param {import('./draw_marks.js').Pen} pen
 * @param {{chip: Chip, caps: Cap[], times: Cap}} row
 * @param {number} left
 * @param {number} top
 */
function drawChip(pen, { chip, caps, times }, left, top) {
  const { context, unit, look } = pen
  const edge = chip.kind === 'shortcut' ? look.kinds.shortcut : look.kinds.key
  let x = left
  for (const cap of caps) {
    drawCap(pen, cap, x, top, edge)
    x += cap.width + KEYS_APART_PX * unit
  }
  if (!times.width) return
  const middle = top + (CAP.tall / 2) * unit
  context.lineWidth = 4 * unit
  context.lineJoin = 'round'
  context.strokeStyle = look.halo
  context.strokeText(times.words, x + times.width / 2 - 2 * unit, middle)
  context.fillStyle = look.ink
  context.fillText(times.words, x + times.width / 2 - 2 * unit, middle)
}

/**
 * One cap: a face that stands a little above its foot.
 * @param {import('./draw_marks.js').Pen} pen
 * @param {Cap} cap
 * @param {number} x
 * @param {number} top
 * @param {string} edge colour of the foot
 */
function drawCap({ context, unit, look }, { words, width }, x, top, edge) {
  const tall = CAP.tall * unit
  context.beginPath()
  context.roundRect(x, top, width, tall, CAP.radius * unit)
  context.lineWidth = 3 * unit
  context.strokeStyle = look.halo
  context.stroke()
  context.fillStyle = edge
  context.fill()
  context.beginPath()
  context.roundRect(x + unit, top + unit, width - 2 * unit, tall - (1 + CAP.foot) * unit, (CAP.radius - 1) * unit)
  context.fillStyle = look.cap
  context.fill()
  context.fillStyle = look.ink
  context.fillText(words, x + width / 2, top + ((CAP.tall - CAP.foot + 1.5) / 2) * unit)
}

/**
 * @param {import('./draw_marks.js').Pen} pen
 * @param {Chip} chip
 * @returns {Cap[]}
 */
function capsOf({ context, unit }, { label, kind }) {
  return keysOf(label, kind).map((key) => {
    const words = fitted(context, key, CAP.most * unit)
    return { words, width: Math.round(Math.max(CAP.least * unit, context.measureText(words).width + 2 * CAP.pad * unit)) }
  })
}

/**
 * Keys of a label: Ctrl and C of "Ctrl+C", Ctrl and + of "Ctrl++", ⇧ and ⌘ and Z of "⇧⌘Z"; typed text is one.
 * @param {string} label
 * @param {string} kind
 */
export function keysOf(label, kind) {
  if (kind !== 'shortcut') return [label]
  const [signs] = /** @type {RegExpExecArray} */ (/^[⌃⌥⇧⌘]*/.exec(label))
  return signs ? [...signs, label.slice(signs.length)].filter(Boolean) : label.split(/(?<=[^+])\+(?=.)/)
}

/** @param {import('./draw_marks.js').Pen} pen @param {number} times_n */
function timesOf({ context, unit }, times_n) {
  const words = times_n > 1 ? `×${times_n}` : ''
  return { words, width: words ? context.measureText(words).width + 10 * unit : 0 }
}
