// @ts-check
// What the scan found: counts that filter, a list of which only the rows in view exist, and one finding looked at.

import { element, grouped } from './dom.js'
import { facetList } from './findings_facets.js'
import { FindingsActions } from './findings_actions.js'
import { FindingsList } from './findings_list.js'
import { FindingPreview } from './findings_preview.js'
import { shortId } from './findings_row.js'
import { isDark } from './theme.js'
import { isPlainClick, visit } from './visit.js'

const STATES = /** @type {const} */ (['open', 'dismissed', 'all'])
const STATE_WORDS = { open: 'Open', dismissed: 'Dismissed', all: 'All' }
// The line of which finding is to be come to.
const LINE = 'finding'
const pages = new WeakMap()
// Where each list was left, so that coming back from a replay finds the same finding.
const places = new Map()

/** @param {any} component of Components v2 */
export default function mount(component) {
  const root = component.parentElement
  const page = pages.get(root) ?? new FindingsPage(root.querySelector('.findings'))
  pages.set(root, page)
  page.update(component)
  return () => {
    pages.delete(root)
    page.stop()
  }
}

export class FindingsPage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.path = location.pathname
    this.facets = element('nav', 'facets', { 'aria-label': 'Filters' })
    this.states = element('div', 'states', { role: 'group', 'aria-label': 'Which findings' })
    this.files = element('div', 'files')
    this.only = element('div', 'only')
    this.preview = new FindingPreview({ open: () => this.open(), dismiss: () => this.actions.dismiss(), undo: () => this.actions.undo() })
    this.list = new FindingsList({
      active: (row, index) => this.activated(row, index), open: () => this.open(), selected: () => this.actions.refresh(),
      clicked: () => this.preview.reveal(),
    })
    this.actions = new FindingsActions(this)
    root.replaceChildren(this.facets, element('section', 'main', { 'aria-label': 'Findings' },
      element('div', 'bar', {}, this.states, this.only, this.files), this.actions.root, this.list.root), this.preview.root, this.actions.dialog)
    root.onclick = follow
    root.onkeydown = (event) => this.keyed(event)
  }

  /** @param {any} component */
  update({ data, setTriggerValue }) {
    const before = this.data
    this.data = data
    this.changed = () => setTriggerValue('changed', `${performance.now()}`)
    this.root.style.colorScheme = isDark(this.root) ? 'dark' : 'light'
    this.facets.replaceChildren(...facetList(data.facets))
    this.only.replaceChildren(...(data.session ? [onlyLink(data.session)] : []), ...(data.repeats ? [repeatsLink(data.repeats)] : []))
    this.states.replaceChildren(...STATES.map((name) => stateLink(name, data.states[name], data.state === name)))
    this.files.replaceChildren(element('span', '', {}, 'Fix list'), fileLink('CSV', data.files.csv), fileLink('JSON', data.files.json))
    this.preview.look(data.words)
    const isSame = before?.list_id === data.list_id && before?.version === data.version
    if (!isSame) this.list.open(data, before?.list_id === data.list_id ? this.list.place : placeOf(data))
    this.forget()
    this.actions.refresh()
  }

  /** The address names a line only to come to it: Back leads to where one has been since. */
  forget() {
    const address = new URL(location.href)
    if (location.pathname !== this.path || !address.searchParams.has(LINE)) return
    address.searchParams.delete(LINE)
    history.replaceState(history.state, '', address.href)
  }

  /** @param {any} row @param {number} index */
  activated(row, index) {
    if (this.data) places.set(this.data.list_id, { active: index, scroll_px: this.list.scroll_px })
    this.preview.show(row, !this.list.rows_n)
    this.actions.refresh()
  }

  /** Open the replay at the active finding. */
  open() {
    const row = this.list.activeRow
    if (!row?.href) return
    places.set(this.data.list_id, this.list.place)
    visit(new URL(row.href, document.baseURI).href)
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    // Streamlit's own keys (r, c) must not fire while someone works here.
    if (event.key !== 'Tab') event.stopPropagation()
    const target = /** @type {HTMLElement} */ (event.target)
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return
    const act = { d: () => this.actions.dismiss(), u: () => this.actions.undo(), a: () => this.list.selectAll(), Escape: () => this.list.clear() }[event.key]
    if (!act || target.closest('dialog')) return
    event.preventDefault()
    act()
  }

  stop() {
    this.list.stop()
    this.preview.stop()
  }
}

/** Where a list begins: at the line that the address names, else where it was left. @param {any} data */
function placeOf({ at, list_id }) {
  return at === null ? places.get(list_id) : { active: at, scroll_px: null }
}

/** @param {keyof typeof STATE_WORDS} name @param {{n: number, href: string}} state @param {boolean} isChosen */
function stateLink(name, { n, href }, isChosen) {
  const link = element('a', '', { href: new URL(href, document.baseURI).href }, `${STATE_WORDS[name]} `, element('span', 'n', {}, grouped(n)))
  if (isChosen) link.setAttribute('aria-current', 'true')
  return link
}

/** The one session that is listed; a press leads to all. @param {{id: string, href: string}} session */
function onlyLink({ id, href }) {
  return element('a', 'button', { href: new URL(href, document.baseURI).href, title: 'Show all sessions' }, `Session ${shortId(id)} ×`)
}

/** A line for each place, or for each finding. @param {{words: string, href: string}} repeats */
function repeatsLink({ words, href }) {
  const title = 'A place that several pictures of a session show is one line, or a line for each picture; ' +
    'masks of a session that is off as a whole are counted under its line, or a line each'
  return element('a', 'repeats', { href: new URL(href, document.baseURI).href, title }, words)
}

/** @param {string} label @param {string} way */
function fileLink(label, way) {
  return element('a', 'file', { href: new URL(way, document.baseURI).href, download: '', 'aria-label': `Fix list as ${label}` }, label)
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a'))
  if (!link || link.hasAttribute('download') || !isPlainClick(event)) return
  event.preventDefault()
  visit(link.href)
}
