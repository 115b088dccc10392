// @ts-check
// One session as a row: which columns there are, and what stands in them.

import { element, grouped } from './dom.js'
import { activityCanvas, ribbonCanvas } from './strips.js'

/**
 * @typedef {{session_id: string, title: string, below: string, week: string, length: string, clicks_n: number,
 *   shortcuts_n: number, frames_n: number, frame_ids: string[], activity: string, apps: number[],
 *   badges: number[]}} Session
 * @typedef {{kind_colours: string[], app_colours: string[], line: string, link: string,
 *   badges: [string, string, string][]}} Look
 * @typedef {{name: string, label: string, sort?: string, isNumber?: boolean,
 *   fill: (session: Session, look: Look) => (Node | string)[]}} Column
 */

/** @type {Column[]} */
export const COLUMNS = [
  { name: 'title', label: 'Session', fill: titleCell },
  { name: 'week', label: 'Week of', sort: 'week', isNumber: true, fill: (session) => [session.week] },
  { name: 'length', label: 'Length', sort: 'length', isNumber: true, fill: (session) => [session.length] },
  { name: 'activity', label: 'Activity', fill: (session, look) => [
    activityCanvas(session.activity, look.kind_colours, look.line, 104, 28)] },
  { name: 'apps', label: 'Apps', fill: (session, look) => [
    ribbonCanvas(session.apps, look.app_colours, look.line, 80, 8)] },
  { name: 'clicks', label: 'Clicks', sort: 'clicks', isNumber: true, fill: (session) => [grouped(session.clicks_n)] },
  { name: 'shortcuts', label: 'Shortcuts', sort: 'shortcuts', isNumber: true,
    fill: (session) => [grouped(session.shortcuts_n)] },
  { name: 'frames', label: 'Frames', sort: 'frames', isNumber: true, fill: framesCell },
  { name: 'badges', label: 'Marks', fill: badgesCell },
]

/**
 * Address of a session's page.
 * @param {Session} session
 * @param {Look} look
 */
export function sessionHref(session, look) {
  const address = new URL('session', document.baseURI)
  address.search = look.link
  address.searchParams.set('id', session.session_id)
  return address.href
}

/**
 * The row's element; `index` counts from 0 among all sessions of the list.
 * @param {Session} session
 * @param {number} index
 * @param {Look} look
 */
export function sessionRow(session, index, look) {
  const row = element('div', 'row', { role: 'row', id: `row-${index}`, 'aria-rowindex': String(index + 2) })
  COLUMNS.forEach((column, place) => {
    const name = `cell ${column.name}${column.isNumber ? ' number' : ''}`
    const attributes = { role: 'gridcell', 'aria-colindex': String(place + 1) }
    row.append(element('div', name, attributes, ...column.fill(session, look)))
  })
  return row
}

/** @type {Column['fill']} */
function titleCell(session, look) {
  const link = element('a', 'name', { href: sessionHref(session, look), tabindex: '-1', dir: 'auto' }, session.title)
  const wide = element('div', 'below', { dir: 'auto' }, session.below)
  const parts = [session.week, session.length].filter((part) => part !== '–')
  const narrow = element('div', 'below narrow', {}, parts.join(' · '))
  return [link, wide, narrow]
}

/** @type {Column['fill']} */
function framesCell(session) {
  const thumbs = session.frame_ids.map((frame_id) => {
    const picture = /** @type {HTMLImageElement} */ (element('img', 'thumb', { alt: '', width: '36', height: '22' }))
    picture.loading = 'lazy'
    picture.decoding = 'async'
    picture.onerror = () => picture.classList.add('missing')
    picture.src = new URL(`thumb/${encodeURIComponent(frame_id)}`, document.baseURI).href
    return picture
  })
  return [element('span', 'thumbs', {}, ...thumbs), element('span', 'total', {}, grouped(session.frames_n))]
}

/** @type {Column['fill']} */
function badgesCell(session, look) {
  const shown = session.badges.map((place) => {
    const [label, , tone] = look.badges[place]
    return element('span', `badge ${tone}`, { 'data-badge': String(place) }, label)
  })
  return [element('span', 'labels', {}, ...shown)]
}
