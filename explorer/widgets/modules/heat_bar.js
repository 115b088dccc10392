// @ts-check
// The bar below a map: which colour stands for which amount.

import { element } from './dom.js'
import { gradientOf } from './heat_paint.js'

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
  for (const [place, label] of bar.ticks) {
    const tick = element('span', place < 0.02 ? 'tick first' : place > 0.98 ? 'tick last' : 'tick', {}, label)
    tick.style.left = `${100 * place}%`
    ticks.append(tick)
  }
  const whole = element('div', 'bar', {}, element('div', 'scale', {}, ramp, ticks), element('p', 'bar-title', {}, bar.title))
  if (bar.grey) {
    const chip = element('span', 'chip')
    chip.style.backgroundColor = gradientOf(table, 0).slice(27).split(', rgb')[0]
    whole.append(element('p', 'grey', {}, chip, bar.grey))
  }
  return whole
}
