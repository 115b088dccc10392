// @ts-check
// What the pointer rests on in the timeline: the screen at that time, and how much happened.

import { element, grouped } from '../widgets/dom.js'
import { Thumbs } from './thumbs.js'
import { lengthWords } from './words.js'

const PANEL_PX = 176
const NEAR_PX = 6
const HINT = matchMedia('(pointer: coarse)').matches ? 'Draw to move through time.' :
  'Press to go there, draw to zoom in.'
const KINDS = {
  move: ['move', 'moves'], click: ['click', 'clicks'], right_click: ['right click', 'right clicks'], scroll: ['scroll', 'scrolls'],
  key: ['key', 'keys'], shortcut: ['shortcut', 'shortcuts'], app_switch: ['app switch', 'app switches'], frame: ['frame', 'frames'],
}

export class LanesHover {
  /** @param {import('./lanes.js').Asked} asked */
  constructor(asked) {
    this.asked = asked
    this.thumbs = new Thumbs(asked.thumbUrl)
    this.picture = /** @type {HTMLImageElement} */ (element('img', '', { alt: '' }))
    this.time = element('strong')
    this.panel = element('div', 'hover', { hidden: '', 'aria-hidden': 'true' }, this.picture, this.time)
    this.readout = element('div', 'readout', {}, HINT)
    this.legend = element('div', 'legend')
  }

  /** @param {any} about @param {import('./look.js').Look} look */
  open(about, look) {
    this.about = about
    this.thumbs.close()
    this.picture.hidden = !about.frames.id.length
    this.hide()
    this.legend.replaceChildren(...about.density.kinds
      .filter((/** @type {string} */ _, /** @type {number} */ at) => about.density.counts[at].some(Boolean))
      .map((/** @type {string} */ kind) => {
        const swatch = element('span', 'swatch')
        swatch.style.background = look.kinds[kind] ?? look.kinds.move
        return element('span', 'entry', {}, swatch, KINDS[/** @type {keyof typeof KINDS} */ (kind)]?.[1] ?? kind)
      }))
  }

  /** @param {import('./lanes.js').Lanes} lanes @param {import('./axis.js').Axis} axis @param {number} x_px */
  show(lanes, axis, x_px) {
    const t_us = Math.min(Math.max(0, axis.t_of(x_px)), this.about.duration_us)
    const left_px = Math.min(Math.max(0, x_px - PANEL_PX / 2), lanes.track.clientWidth - PANEL_PX)
    this.panel.hidden = false
    this.panel.style.transform = `translateX(${lanes.track.offsetLeft + left_px}px)`
    this.time.textContent = lanes.words(t_us)
    this.thumbs.show(this.asked.frameAt(t_us), this.picture)
    this.readout.textContent = [lanes.words(t_us), ...this.found(lanes, axis, t_us, x_px)].join(' · ')
  }

  /** @param {import('./lanes.js').Lanes} lanes @param {import('./axis.js').Axis} axis @param {number} t_us @param {number} x_px */
  found({ marks, density }, axis, t_us, x_px) {
    const mark = marks.find((one) => Math.abs(axis.x_of(one.t_us) - x_px) < NEAR_PX)
    const fold = axis.folds.find((one) => x_px >= one.x_px && x_px <= one.x_px + one.width_px)
    if (fold) return [`nothing happened for ${lengthWords(fold.length_us)}`, 'u unfolds']
    const app = this.about.apps.find((/** @type {any[]} */ [, from_us, to_us]) => t_us >= from_us && t_us < to_us)?.[0]
    const { bins_n, kinds, counts, span: [from_us, to_us] = [0, this.about.duration_us] } = density ?? this.about.density
    const bin = Math.min(bins_n - 1, Math.floor(((t_us - from_us) / Math.max(1, to_us - from_us)) * bins_n))
    const said = kinds.flatMap((/** @type {keyof typeof KINDS} */ kind, /** @type {number} */ at) => {
      const n = counts[at][bin]
      return n ? [`${grouped(n)} ${(KINDS[kind] ?? [kind, kind])[n === 1 ? 0 : 1]}`] : []
    })
    const note = mark && /** @type {any} */ (mark).note
    return [...(mark ? [note ? `mark: ${note}` : 'mark'] : []), ...(app ? [app] : []), ...said]
  }

  hide() {
    this.panel.hidden = true
    this.readout.textContent = HINT
  }

  stop() {
    this.thumbs.close()
  }
}
