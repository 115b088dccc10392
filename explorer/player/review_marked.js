// @ts-check
// The list of places that were marked in the item, each with what was said of it.

import { element, grouped } from '../widgets/dom.js'

/** @typedef {import('./review_places.js').Place} Place */
/** @typedef {{entities: [string, string][], reasons: [string, string][], severities: [string, string][], channels: Record<string, string>}} Lists */

export class Marked {
  /** @param {{remove: (at: number) => void, change: (at: number, ask: 'entity' | 'severity' | 'reason') => void}} acts @param {Lists} lists */
  constructor(acts, lists) {
    this.acts = acts
    this.lists = lists
    this.rows = element('ol', 'places')
    this.root = element('section', 'marked_places', { 'aria-label': 'Marked places', hidden: '' }, element('h2', '', {}, 'Marked'), this.rows)
  }

  /** @param {Place[]} places @param {number} [current] */
  show(places, current = -1) {
    this.root.hidden = !places.length
    this.rows.replaceChildren(...places.map((place, at) => this.row(place, at, at === current)))
  }

  /** @param {Place} place @param {number} at @param {boolean} isCurrent */
  row(place, at, isCurrent) {
    const remove = element('button', 'remove', { type: 'button', 'aria-label': `Remove place ${at + 1}` }, '×')
    remove.onclick = () => this.acts.remove(at)
    const chips = /** @type {const} */ (['entity', 'severity', 'reason']).map((ask) => this.chip(place, at, ask))
    return element('li', isCurrent ? 'place current' : 'place', {}, element('span', 'number', {}, String(at + 1)),
      element('span', 'where', {}, this.where(place)), remove, element('span', 'said', {}, ...chips))
  }

  /** @param {Place} place @param {number} at @param {'entity' | 'severity' | 'reason'} ask */
  chip(place, at, ask) {
    const list = { entity: this.lists.entities, severity: this.lists.severities, reason: this.lists.reasons }[ask]
    const words = list.find(([value]) => value === place[ask])?.[1]
    const asked = { entity: 'What is it?', severity: 'How bad?', reason: 'Why?' }[ask]
    const chip = element('button', words ? 'about' : 'about open', { type: 'button' }, words ?? asked)
    chip.onclick = () => this.acts.change(at, ask)
    return chip
  }

  /** @param {Place} place */
  where({ channel, width_px, height_px, char_start, char_end, column }) {
    const words = this.lists.channels[channel] ?? channel
    if (width_px) return `${words}, ${grouped(width_px)} × ${grouped(height_px ?? 0)} px`
    if (char_start !== undefined) return `${words}, ${grouped((char_end ?? 0) - char_start)} characters`
    return column ? `${words}, the whole text` : words
  }
}
