// @ts-check
// The bar below a map: which colour stands for which amount.

import { element } from './dom.js'
import { colourOf, gradientOf } from './heat_paint.js'

const LETTER_SHARE = 0.024
const GAP_SHARE = 0.03

/**
 * Ticks whose words do not touch on the narrowest bar: the first and the last stay, those between as there is room.
 * @param {[number, string][]} ticks
 */
export function spaced(ticks) {
  if (ticks.length < 3) return ticks
  const last = ticks[ticks.length - 1]
  const kept = [ticks[0]]
  let free = LETTER_SHARE * ticks[0][1].length + GAP_SHARE
  for (const tick of ticks.slice(1, -1)) {
    const half = (LETTER_SHARE * tick[1].length) / 2
    if (tick[0] - half < free || tick[0] + half > 1 - LETTER_SHARE * last[1].length - GAP_SHARE) continue
    kept.push(tick)
    free = tick[0] + half + GAP_SHARE
  }
  return [...kept, last]
}

/**
 * @typedef {{title: string, ticks: [number, string][], from: number, grey: string}} Bar places of ticks are 0–1;
 *   `from` is the first level of the gradient; `grey` says what grey stands for, where there is grey
 * @param {Bar} bar
 * @param {Uint8ClampedArray} table
 */
export function barOf(bar, table) {
  const ramp = element('div', 'ramp')
  ramp.style.backgroundImage = gradientOf(table, bar.from)
  const ticks = element('div', 'ticks')
  for (const [place, label] of spaced(bar.ticks)) {
    const tick = element('span', place < 0.02 ? 'tick first' : place > 0.98 ? 'tick last' : 'tick', {}, label)
    tick.style.left = `${100 * place}%`
    ticks.append(tick)
  }
  const whole = element('div', 'bar', {}, element('div', 'scale', {}, ramp, ticks), element('p', 'bar-title', {}, bar.title))
  if (bar.grey) {
    const chip = element('span', 'chip')
    chip.style.backgroundColor = colourOf(table, 0)
    whole.append(element('p', 'grey', {}, chip, bar.grey))
  }
  return whole
}
