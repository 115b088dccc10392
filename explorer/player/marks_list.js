// @ts-check
// The marks of the session as a list: each leads to its moment, can be changed, and deleted.

import { element } from '../widgets/dom.js'
import { shape } from './icons.js'
import { LABELS } from './note.js'

/** @typedef {import('./marks.js').Mark} Mark */
/**
 * @typedef {object} Asked
 * @property {(t_us: number) => void} seek
 * @property {() => void} add
 * @property {(mark: Mark) => void} edit
 * @property {(mark: Mark) => void} remove
 * @property {(t_us: number) => string} words
 */

const NONE = 'No marks yet. Press m to mark a moment, with a note.'

export class MarksList {
  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked
    this.body = element('ol', 'marks')
    this.empty = element('p', 'none', {}, '')
    const add = element('button', 'button', { type: 'button' }, 'Mark this moment')
    add.onclick = () => asked.add()
    this.own = /** @type {HTMLAnchorElement} */ (element('a', '', { download: '' }, 'CSV'))
    const all = element('a', '', { download: '', href: new URL('marks.csv', document.baseURI).href }, 'CSV of all sessions')
    this.root = element('div', 'marked', {}, element('div', 'bar', {}, add, element('span', 'ways', {}, this.own, all)),
      element('div', 'shelf', { tabindex: '0', role: 'region', 'aria-label': 'Marks' }, this.body, this.empty))
  }

  /** @param {string} href of the session's marks as CSV */
  open(href) {
    this.own.href = new URL(href, document.baseURI).href
  }

  /** @param {import('./marks.js').Marks} marks */
  show({ all, isHere, problem }) {
    this.all = all
    this.body.replaceChildren(...all.map((mark) => this.row(mark)))
    this.empty.textContent = problem || (all.length ? '' : isHere ? NONE : 'Loading…')
    this.own.hidden = !all.length
    this.at(this.t_us ?? 0)
  }

  /** @param {Mark} mark */
  row(mark) {
    const go = element('button', 'go', { type: 'button' }, element('span', 'when', {}, this.asked.words(mark.t_us)), shape('mark'),
      element('span', 'what', {}, LABELS[mark.label] ?? mark.label))
    go.onclick = () => this.asked.seek(mark.t_us)
    const edit = element('button', 'act', { type: 'button' }, 'Change')
    edit.onclick = () => this.asked.edit(mark)
    const remove = element('button', 'act', { type: 'button' }, 'Delete')
    remove.onclick = () => this.asked.remove(mark)
    const row = element('li', `marking ${mark.label}`, {}, go, element('span', 'acts', {}, edit, remove))
    if (mark.note) row.append(element('p', 'words', { dir: 'auto' }, mark.note))
    return row
  }

  /** The clock stands here. @param {number} t_us */
  at(t_us) {
    this.t_us = t_us
    const place = (this.all ?? []).findIndex((mark) => Math.abs(mark.t_us - t_us) < 1000)
    if (place === this.current && this.body.children[place]?.classList.contains('current')) return
    this.body.querySelector('.current')?.classList.remove('current')
    this.body.children[place]?.classList.add('current')
    this.current = place
  }
}
