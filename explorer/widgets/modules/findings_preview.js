// @ts-check
// One finding looked at: its region with the pixels as they are stored, where it lies in the picture, and in words.

import { FindingPicture } from './findings_picture.js'
import { severityMark } from './findings_row.js'
import { element, grouped } from './dom.js'

const WAIT_MS = 90
const NARROW_PX = 700
const CHOOSE = 'Choose a finding to look at it.'
const EMPTY = 'There is no finding to look at.'

/** @typedef {{open: () => void, dismiss: () => void, undo: () => void}} Asked */

export class FindingPreview {
  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked
    this.picture = new FindingPicture()
    this.head = element('h2', 'title')
    this.hint = element('p', 'hint')
    this.facts = element('dl', 'facts')
    this.way = element('div', 'way')
    this.singles = element('p', 'singles')
    this.body = element('div', 'inside', {}, this.head, this.way, this.singles, this.picture.root, this.hint, this.facts)
    this.none = element('p', 'none')
    this.root = element('aside', 'preview', { 'aria-label': 'Finding' }, this.body, this.none)
    this.show(undefined)
  }

  /** @param {any} words of kinds, severities, channels and reasons */
  look(words) {
    this.words = words
    this.picture.look(this.root)
  }

  /** @param {any} row undefined: none, or still on its way @param {boolean} [isEmpty] nothing is listed */
  show(row, isEmpty = false) {
    clearTimeout(this.timer)
    this.body.hidden = !row
    this.none.hidden = Boolean(row)
    this.none.textContent = isEmpty ? EMPTY : CHOOSE
    if (!row) return this.picture.show(null)
    const [kind, hint] = this.words.kinds[row.kind] ?? [row.kind, '']
    this.head.replaceChildren(element('span', `level ${row.severity}`, {}, severityMark(row.severity)), element('span', 'name', { dir: 'auto' }, kind))
    this.hint.textContent = hint
    this.facts.replaceChildren(...this.lines(row).map(([term, value]) =>
      element('div', '', {}, element('dt', '', {}, term), element('dd', '', { dir: 'auto' }, value))))
    this.facts.append(sessionLine(row))
    this.way.replaceChildren(...this.buttons(row))
    this.singles.hidden = !row.singles
    this.singles.replaceChildren(...(row.singles ? [singlesLink(row.singles)] : []))
    // Moving through the list quickly asks for no picture.
    this.timer = setTimeout(() => this.picture.show(row), WAIT_MS)
    return undefined
  }

  /** @param {any} row @returns {[string, string][]} */
  lines(row) {
    const { severities, channels } = this.words
    const known = /** @type {[string, string][]} */ ([
      ['Severity', `${severities[row.severity]?.[0] ?? row.severity}, score ${Number.isFinite(row.score) ? row.score.toFixed(2) : 'not known'}`],
      ['Channel', channels[row.channel] ?? row.channel],
      ['Place', row.where],
      ['Repeats', row.same_n > 1 ? `${grouped(row.same_n)} times in this session, once for each picture; this is the worst` : ''],
      ['To see it', row.look],
      [row.is_masked ? 'Masked as' : 'Looks like', row.entity],
      [row.kind === 'unread' ? 'Reason' : 'In numbers', row.reason],
      ['App', row.app],
      ['Time', row.time],
      ['Check', row.check],
    ])
    if (row.dismissed) known.push(['Dismissed', this.dismissedWords(row.dismissed)])
    return known.filter(([, value]) => value)
  }

  /** @param {{reason: string, note: string, author: string, day: string}} dismissed */
  dismissedWords({ reason, note, author, day }) {
    const said = [this.words.reasons[reason] ?? reason, note && `“${note}”`].filter(Boolean).join(': ')
    return [said, author && `by ${author}`, day].filter(Boolean).join(', ')
  }

  /** @param {any} row */
  buttons(row) {
    const made = []
    if (row.href) {
      const link = element('a', 'button primary', { href: new URL(row.href, document.baseURI).href }, 'Open in replay')
      link.title = 'Open in replay (Enter)'
      made.push(link)
    }
    const act = element('button', 'button', { type: 'button' }, row.dismissed ? 'Take back' : 'Dismiss…')
    act.onclick = row.dismissed ? this.asked.undo : this.asked.dismiss
    return [...made, act]
  }

  /** Bring it into view, where it stands below the list. */
  reveal() {
    if (window.innerWidth < NARROW_PX) this.root.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
  }

  stop() {
    clearTimeout(this.timer)
    this.picture.stop()
  }
}

/** The list of what is told of single masks beside their session. @param {{n: number, href: string}} singles */
function singlesLink({ n, href }) {
  const said = n === 1 ? '1 of its masks is told by itself' : `${grouped(n)} of its masks are told one by one`
  return element('a', '', { href: new URL(href, document.baseURI).href }, said)
}

/** @param {any} row */
function sessionLine({ session, session_href }) {
  const said = session_href
    ? element('a', '', { href: new URL(session_href, document.baseURI).href, 'aria-label': `All findings of session ${session}` }, session)
    : 'none: it is about the whole dataset'
  return element('div', '', {}, element('dt', '', {}, 'Session'), element('dd', '', { dir: 'auto' }, said))
}
