// @ts-check
// One item on the stage: its picture by the lens that is chosen, its texts, and the places that were marked in it.

import { ReviewLook } from './review_look.js'
import { Marked } from './review_marked.js'
import { difference, drawable, pixelsOf, stretched } from './review_pixels.js'
import { askedNext, sent, WITH_PLACES } from './review_places.js'
import { Texts } from './review_texts.js'

const PAN_PX = 80
const ZOOM = 1.25

/** @typedef {import('./review_places.js').Place} Place */
/** @typedef {import('./review_supply.js').Item} Item */
/** @typedef {'stored' | 'contrast' | 'difference'} Lens */

export class ReviewItem {
  /**
   * @param {any} data lists of words
   * @param {{note: (words: string) => void, seen: (words: string) => void, chooser: () => import('./review_chooser.js').Chooser,
   *   zoomed: () => void, before: () => Promise<import('./review_server.js').Got> | null}} acts
   */
  constructor(data, acts) {
    this.data = data
    this.acts = acts
    this.tools = /** @type {any} */ (null)
    this.item = /** @type {Item | null} */ (null)
    this.places = /** @type {Place[]} */ ([])
    this.lens = /** @type {Lens} */ ('stored')
    this.isDrawing = false
    this.look = new ReviewLook({ onregion: (place) => this.mark(place), onview: acts.zoomed, isDrawing: () => this.isDrawing })
    this.texts = new Texts({ onmark: (place) => this.mark(place) }, data.channels)
    const reasons = Object.values(data.reasons).flat()
    this.marked = new Marked({ remove: (at) => this.remove(at), change: (at, ask) => this.change(at, ask) }, { ...data, reasons })
  }

  stop() {
    this.look.stop()
  }

  /** @param {Item} item */
  show(item) {
    const isNew = item !== this.item
    this.item = item
    const { shown, problem, isReady } = item
    if (isNew) {
      this.setPlaces([])
      this.sure = ''
      this.lens = 'stored'
      this.texts.show(shown.texts)
      this.tellLens('')
    }
    const texts = shown.texts.length ? 'No screenshot in this moment: its texts alone.' : 'Neither screenshot nor text in this moment.'
    const reason = shown.has_picture ? problem : texts
    this.look.show(item.bitmap, { masks: shown.masks, words: this.words, reason: isReady ? reason : '' })
    this.tools.hold.disabled = !shown.masks.length
    this.tools.lenses.difference.disabled = !shown.has_before
    this.acts.zoomed()
  }

  clear() {
    this.item = null
    this.setPlaces([])
    this.texts.clear()
    this.look.show(null, { masks: [], words: 'No item', reason: '' })
  }

  /** The item in words, for those who do not see it. */
  get words() {
    const shown = this.item?.shown
    if (!shown) return 'No item'
    const count = (/** @type {number} */ n, /** @type {string} */ one) => `${n} ${n === 1 ? one : `${one}s`}`
    const picture = shown.has_picture ? `Screenshot, ${shown.width_px ?? '?'} by ${shown.height_px ?? '?'} pixels, ${count(shown.masks.length, 'mask')}` : 'No screenshot'
    return `${picture}; ${count(shown.texts.length, 'text')}.`
  }

  get zoomWords() {
    return this.item?.bitmap ? `${Math.round(100 * this.look.eye.zoom)} %` : ''
  }

  /** @param {string} command @param {any} value */
  act(command, value) {
    if (!this.item) return
    const { look } = this
    const acts = /** @type {Record<string, () => void>} */ ({
      fit: () => look.fit(), one_to_one: () => look.oneToOne(), zoom: () => look.zoomBy(value > 0 ? ZOOM : 1 / ZOOM),
      pan: () => look.panBy(value[0] * PAN_PX, value[1] * PAN_PX), contrast: () => this.setLens('contrast'),
      difference: () => this.setLens('difference'), drawing: () => this.setDrawing(!this.isDrawing),
      row: () => this.texts.step(value), remove: () => this.remove(this.places.length - 1),
      selected: () => { if (!this.texts.markSelected()) this.acts.note('Select characters in a text first.') },
      say: () => this.places.length && this.change(this.places.length - 1, value),
    })
    acts[command]?.()
  }

  /** @param {boolean} isOn */
  outlines(isOn) {
    const has = isOn && Boolean(this.item?.shown.masks.length)
    this.tools.hold.setAttribute('aria-pressed', String(has))
    this.look.setOutlines(has)
  }

  /** @param {boolean} isOn */
  setDrawing(isOn) {
    this.isDrawing = isOn
    this.tools.drawing.setAttribute('aria-pressed', String(isOn))
    this.look.screen.classList.toggle('drawing', isOn)
  }

  /** @param {Lens} lens chosen again: back to what is stored */
  async setLens(lens) {
    const { item } = this
    if (!item?.bitmap) return
    this.lens = this.lens === lens ? 'stored' : lens
    this.tellLens('')
    const [picture, words] = await this.through(item)
    if (item !== this.item) return
    if (!picture) this.lens = 'stored'
    this.look.setPicture(picture ?? item.bitmap)
    this.tellLens(words)
  }

  /** @param {Item} item @returns {Promise<[any, string]>} */
  async through(item) {
    const bitmap = /** @type {ImageBitmap} */ (item.bitmap)
    if (this.lens === 'stored') return [bitmap, '']
    if (this.lens === 'contrast') {
      const boxes = this.look.masks
      const words = boxes.length ? 'Masks stretched to their own range, dark values spread' : 'Dark values spread'
      return [drawable(stretched(pixelsOf(bitmap), boxes), bitmap.width, bitmap.height), words]
    }
    const before = await this.acts.before()
    if (!before?.bitmap) return [null, before?.problem || 'The picture before did not come.']
    const found = difference(pixelsOf(bitmap), pixelsOf(before.bitmap))
    if (!found) return [null, 'The picture before has another size.']
    const share = (100 * found.changed_n) / (bitmap.width * bitmap.height)
    const words = found.changed_n ? `${found.changed_n.toLocaleString('en')} pixels differ (${share < 0.1 ? 'under 0.1' : share.toFixed(1)} %)` : 'No pixel differs'
    return [drawable(found.data, bitmap.width, bitmap.height), words]
  }

  /** @param {string} words */
  tellLens(words) {
    this.acts.seen(words)
    for (const [name, button] of Object.entries(this.tools.lenses)) {
      /** @type {HTMLElement} */ (button).setAttribute('aria-pressed', String(name === this.lens))
    }
  }

  /** @param {Place[]} places */
  setPlaces(places) {
    this.places = places
    this.look.setPlaces(places)
    this.marked.show(places, places.length - 1)
  }

  /** @param {Place} place */
  mark(place) {
    if (!this.item) return
    this.setPlaces([...this.places, place])
    this.setDrawing(false)
  }

  /** @param {number} at */
  remove(at) {
    this.setPlaces(this.places.filter((_, place) => place !== at))
  }

  /** @param {number} at @param {'entity' | 'severity' | 'reason'} ask @param {string} [verdict] */
  async change(at, ask, verdict = '') {
    const value = await this.question(ask, verdict)
    if (value === null) return false
    this.setPlaces(this.places.map((place, one) => (one === at ? { ...place, [ask]: value || null } : place)))
    return true
  }

  /** @param {'channel' | 'entity' | 'severity' | 'reason'} ask @param {string} verdict */
  question(ask, verdict) {
    const { entities, severities, reasons, channels } = this.data
    const [title, options] = /** @type {Record<string, [string, [string, string][]]>} */ ({
      channel: ['Where is it?', this.channels(channels)], entity: ['What is it?', entities], severity: ['How bad is it?', severities],
      reason: ['Why?', [...(reasons[verdict] ?? Object.values(reasons).flat()), ['', 'not said']]],
    })[ask]
    return this.acts.chooser().ask(`${ask} ${verdict}`, title, options)
  }

  /** Channels that this item has. @param {Record<string, string>} words @returns {[string, string][]} */
  channels(words) {
    const shown = this.item?.shown
    const names = new Set([...(shown?.has_picture ? ['frame'] : []), ...(shown?.texts ?? []).map(({ channel }) => channel)])
    // Where nothing is shown, a doubt may be about anything.
    return [...(names.size ? names : Object.keys(words))].map((name) => [name, words[name] ?? name])
  }

  /**
   * Ask what a verdict still needs; its places, or null when the reader went back.
   * @param {string} verdict
   */
  async said(verdict) {
    if (!WITH_PLACES.includes(verdict) && this.places.length && this.sure !== verdict) {
      this.sure = verdict
      this.acts.note('You marked a place here. The same key once more drops it.')
      return null
    }
    for (let next = askedNext(verdict, this.places); next; next = askedNext(verdict, this.places)) {
      if (next.ask !== 'channel') {
        if (!await this.change(next.place, next.ask, verdict)) return null
        continue
      }
      const channel = await this.question('channel', verdict)
      if (channel === null) return null
      this.mark({ channel })
    }
    return sent(verdict, this.places)
  }
}
