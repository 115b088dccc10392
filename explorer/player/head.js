// @ts-check
// Top of the player: the way through the list, what is shown, and what can be done with it.

import { element } from '../widgets/dom.js'
import { isPlainClick, visit } from '../widgets/visit.js'
import { menu } from './menu.js'
import { counted } from './words.js'

const APPS_SAID = 3
const SHOWN_MS = 1600

/**
 * @typedef {object} Ways what the head asks for
 * @property {() => string} link address of this moment
 * @property {(isLinked: boolean) => void} setLinked
 * @property {() => void} takeAway
 */

export class Head {
  /** @param {Ways} ways */
  constructor(ways) {
    this.ways = ways
    this.root = element('header', 'head')
    this.copy = element('button', 'copy', { type: 'button' }, 'Copy link')
    this.copy.onclick = () => this.copyLink()
    this.take = element('button', 'take_button', { type: 'button', title: 'Take away a picture, a film or the rows (e)' }, 'Take away…')
    this.take.onclick = () => this.ways.takeAway()
    this.summary = element('span', 'summary', { dir: 'auto' })
    this.linked = element('button', 'toggle linked', { type: 'button', 'aria-pressed': 'true', hidden: '' }, 'linked')
    this.found = element('span', 'found', { hidden: '' })
    this.linked.onclick = () => this.ways.setLinked(this.linked.getAttribute('aria-pressed') !== 'true')
    this.root.onclick = follow
  }

  /**
   * Show the names of a session that is being opened.
   * @param {any} data of the component
   */
  open(data) {
    this.data = data
    const { ways, title } = data
    const isTwo = isBeside()
    const way = element('nav', 'way', { 'aria-label': 'Sessions' }, wayLink('Sessions', ways.list, ''))
    if (ways.place && !isTwo) {
      way.append(wayLink('←', ways.previous, 'Previous session'), element('span', 'place', {}, ways.place),
        wayLink('→', ways.next, 'Next session'))
    }
    const links = element('div', 'links', {}, this.linked, wayLink('Session', ways.session, 'Page of this session'))
    if (isTwo) links.append(this.aloneLink(data.session_id))
    else if (data.others.length) links.append(besideMenu(data.others))
    links.append(this.take, this.copy)
    this.summary.textContent = data.length
    this.title = element('h1', '', { dir: 'auto', title }, title)
    this.root.replaceChildren(way, this.title, this.found, this.summary, links)
  }

  /**
   * Say what the session is made of.
   * @param {any} about
   */
  describe(about) {
    const apps = [...new Set(about.apps.map((/** @type {any[]} */ [app]) => app).filter(Boolean))]
    const said = apps.slice(0, APPS_SAID).join(', ') + (apps.length > APPS_SAID ? ` and ${apps.length - APPS_SAID} more` : '')
    const masks_n = about.masks?.frame?.length ?? 0
    const acted = about.actor === 'agent' ? 'Agent' : isBeside() ? 'Human' : ''
    const noun = about.steps.length ? 'step' : 'event'
    const length = about.axis === 'step' ? counted(about.steps.length || about.rows_n, noun) : this.data.length
    const frames_n = about.frames.id.length
    const clock = clockWords(about)
    const parts = [acted, said, length, frames_n ? counted(frames_n, 'screenshot') : '', masks_n ? counted(masks_n, 'mask') : '']
    this.summary.textContent = [...parts, about.backward_n ? 'clock stepped back' : ''].filter(Boolean).join(' · ')
    this.summary.title = [this.summary.textContent, clock].filter(Boolean).join('. ')
  }

  /**
   * The way to this session alone; it leads to the moment at which it is followed.
   * @param {string} session_id
   */
  aloneLink(session_id) {
    const link = /** @type {HTMLAnchorElement} */ (wayLink('Show alone', aloneHref(location.href, session_id, null), ''))
    const update = () => { link.href = aloneHref(this.ways.link(), session_id, this.data.side) }
    link.onpointerdown = update
    link.onfocus = update
    return link
  }

  /**
   * Say which finding is pointed out; null: none.
   * @param {{words: string, hint: string, list_href: string, isTitle: boolean} | null} finding `isTitle`: it is in the title
   * @param {() => void} hide
   */
  setFound(finding, hide) {
    this.found.hidden = !finding
    this.title?.classList.toggle('pointed', Boolean(finding?.isTitle))
    const close = element('button', '', { type: 'button', 'aria-label': 'Hide the finding' }, '×')
    close.onclick = hide
    this.found.replaceChildren(element('span', '', {}, `Finding: ${finding?.words ?? ''}`),
      ...(finding ? [wayLink('Back to the list', finding.list_href, 'Back to the list of findings')] : []), close)
    this.found.title = finding ? [`${finding.words}.`, finding.hint].filter(Boolean).join(' ') : ''
  }

  /** @param {boolean | null} isLinked null: there is no second player */
  setLinked(isLinked) {
    this.linked.hidden = isLinked === null
    this.linked.setAttribute('aria-pressed', String(isLinked === true))
  }

  async copyLink() {
    try {
      await navigator.clipboard.writeText(this.ways.link())
      this.copy.textContent = 'Copied'
    } catch {
      this.copy.textContent = 'Copy the address'
    }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => { this.copy.textContent = 'Copy link' }, SHOWN_MS)
  }

  /** @param {1 | -1} by */
  go(by) {
    const href = by > 0 ? this.data.ways.next : this.data.ways.previous
    if (href && !isBeside()) visit(new URL(href, document.baseURI).href)
  }
}

/**
 * What the axis does with times that cannot be true; empty when all can.
 * @param {{backward_n: number, untimed_n: number}} about
 */
function clockWords({ backward_n, untimed_n }) {
  const back = backward_n ? `${counted(backward_n, 'event')} would go back in time` : ''
  const none = untimed_n ? `${counted(untimed_n, 'event')} without a time` : ''
  return back || none ? `${[back, none].filter(Boolean).join(', ')}: shown at the latest time before them` : ''
}

/** Whether the address shows two sessions. */
function isBeside() {
  return new URL(location.href).searchParams.has('with')
}

/** @param {[string, string][]} others */
function besideMenu(others) {
  const links = others.map(([session_id, label]) => {
    const address = new URL(location.href)
    address.searchParams.set('with', session_id)
    return element('a', '', { href: address.href, dir: 'auto' }, label)
  })
  const hint = element('p', 'hint', {}, 'Show another attempt at the same task beside this one')
  return menu('Beside…', 'beside', [hint, ...links]).whole
}

/**
 * The address of one of two sessions, alone.
 * @param {string} href
 * @param {string} session_id
 * @param {string | null} side prefix of its moment; null: leave the moment out
 */
function aloneHref(href, session_id, side) {
  const address = new URL(href)
  const t = side === null ? null : address.searchParams.get(`${side}t`)
  for (const name of [...address.searchParams.keys()]) {
    if (name === 't' || name.startsWith('with')) address.searchParams.delete(name)
  }
  address.searchParams.set('id', session_id)
  if (t !== null) address.searchParams.set('t', t)
  return address.href
}

/**
 * A real link, so that it opens in a new tab too.
 * @param {string} label
 * @param {string | null} way
 * @param {string} said
 */
function wayLink(label, way, said) {
  if (!way) return element('span', 'off', { 'aria-hidden': 'true' }, label)
  const link = element('a', '', { href: new URL(way, document.baseURI).href }, label)
  if (said) link.setAttribute('aria-label', said)
  return link
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a'))
  if (!link || !isPlainClick(event)) return
  event.preventDefault()
  visit(link.href)
}
