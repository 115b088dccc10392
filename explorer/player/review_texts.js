// @ts-check
// The texts of an item, as text: what is masked in them stands as a chip, and rows or characters can be marked.

import { element, grouped } from '../widgets/dom.js'
import { characters, pieces } from './review_places.js'

const SHOWN_N = 3000
const MASKED_KEY = '\uFFFD' // a key whose name a redaction took

/** @typedef {{channel: string, column: string, seq: number, rows_n: number, text: string, spans: any[]}} Row */

export class Texts {
  /**
   * @param {{onmark: (place: import('./review_places.js').Place) => void}} acts
   * @param {Record<string, string>} channels words of each channel
   */
  constructor(acts, channels) {
    this.acts = acts
    this.channels = channels
    this.title = element('h2', '', {}, 'Texts')
    this.rows = element('ol', 'rows', {})
    this.scroller = element('div', 'scroller', { tabindex: '0', role: 'region', 'aria-label': 'Texts of the moment' }, this.rows)
    this.root = element('section', 'texts', { 'aria-label': 'Texts' }, this.title, this.scroller)
  }

  clear() {
    this.show([])
    this.title.textContent = 'Texts'
  }

  /** @param {Row[]} rows */
  show(rows) {
    this.title.textContent = rows.length ? `${grouped(rows.length)} ${rows.length === 1 ? 'text' : 'texts'}` : 'No text in this moment'
    this.lines = rows.map((row) => this.line(row))
    this.rows.replaceChildren(...this.lines.map(({ root }) => root))
    this.scroller.scrollTop = 0
  }

  /** @param {Row} row */
  line(row) {
    const words = this.channels[row.channel] ?? row.channel
    const times = row.rows_n > 1 ? ` · ${grouped(row.rows_n)} times` : ''
    const mark = /** @type {HTMLButtonElement} */ (element('button', 'mark_row', { type: 'button', 'aria-label': `Mark all of this text: ${words}` }, 'Mark'))
    mark.onclick = () => this.acts.onmark({ channel: row.channel, column: row.column, seq: row.seq })
    const text = element('p', 'text', { dir: 'auto' })
    this.fill(text, row, SHOWN_N)
    return { row, text, mark, root: element('li', 'row', {}, element('span', 'channel', {}, words, times), mark, text) }
  }

  /** @param {HTMLElement} node @param {Row} row @param {number} most */
  fill(node, row, most) {
    const { pieces: found, rest_n } = pieces(row.text, row.spans, most)
    node.replaceChildren(...found.map(pieceOf))
    if (!rest_n) return
    const more = /** @type {HTMLButtonElement} */ (element('button', 'more', { type: 'button' }, `Show ${grouped(rest_n)} more characters`))
    more.onclick = () => this.fill(node, row, most * 10)
    node.append(more)
  }

  /** Go to the next row, or the one before. @param {1 | -1} by */
  step(by) {
    const lines = this.lines ?? []
    if (!lines.length) return
    const at = lines.findIndex(({ mark }) => mark.matches(':focus'))
    const next = at < 0 ? (by > 0 ? 0 : lines.length - 1) : (at + by + lines.length) % lines.length
    lines[next].mark.focus()
    lines[next].root.scrollIntoView({ block: 'nearest' })
  }

  /** Mark the characters that are selected; false when none are. */
  markSelected() {
    const root = /** @type {any} */ (this.root.getRootNode())
    const selection = /** @type {Selection | null} */ (root.getSelection?.() ?? document.getSelection())
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null
    const line = range && (this.lines ?? []).find(({ text }) => text.contains(range.startContainer) && text.contains(range.endContainer))
    if (!range || !line || range.collapsed) return false
    const start = lengthBefore(line.text, range.startContainer, range.startOffset)
    const end = lengthBefore(line.text, range.endContainer, range.endOffset)
    const { channel, column, seq, text } = line.row
    const place = characters(text, start, end)
    if (place.char_end <= place.char_start) return false
    selection?.removeAllRanges()
    this.acts.onmark({ channel, column, seq, ...place })
    return true
  }
}

/** @param {{text: string, entity: string | null, isMasked: boolean}} piece */
function pieceOf({ text, entity, isMasked }) {
  if (!isMasked) return document.createTextNode(text)
  // The name of the kind is no part of the text: it is drawn by the style, so that places in the text stay right.
  return element('span', 'masked', { 'data-entity': entity ?? 'masked', title: `Masked${entity ? `: ${entity}` : ''}` }, text.replaceAll(MASKED_KEY, '•'))
}

/**
 * UTF-16 units of a text before a place in it.
 * @param {HTMLElement} whole
 * @param {Node} node
 * @param {number} offset
 */
function lengthBefore(whole, node, offset) {
  const range = document.createRange()
  range.selectNodeContents(whole)
  range.setEnd(node, offset)
  return range.toString().length
}
