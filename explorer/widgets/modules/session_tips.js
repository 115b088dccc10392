// @ts-check
// What the list says when the pointer rests on a strip or a badge.

import { element } from './dom.js'
import { appShares, unpackActivity } from './strips.js'

const APPS_SHOWN = 8

/**
 * Panel for what is under the pointer, or null.
 * @param {Element} target
 * @param {(index: number) => import('./session_row.js').Session} sessionOf
 * @param {any} data of the component
 */
export function tipContents(target, sessionOf, data) {
  const badge = target.closest?.('[data-badge]')
  if (badge) return { anchor: badge, content: badgeTip(data.badges[Number(badge.getAttribute('data-badge'))]) }
  const row = target.closest?.('.row[id]')
  const cell = target.closest?.('.cell')
  if (!row || !cell) return null
  if (cell.classList.contains('title')) return titleTip(cell)
  const session = sessionOf(Number(row.id.slice('row-'.length)))
  if (cell.classList.contains('apps') && session.apps.length) {
    return { anchor: cell, content: appsTip(session, data.app_names, data.app_colours) }
  }
  if (cell.classList.contains('activity') && session.activity) {
    return { anchor: cell, content: activityTip(session, data.kinds) }
  }
  return null
}

/**
 * The whole of a title that does not fit.
 * @param {Element} cell
 */
function titleTip(cell) {
  const lines = [...cell.children].filter((line) => line.scrollWidth > line.clientWidth)
  if (!lines.length) return null
  const whole = lines.map((line) => element('div', line.className === 'name' ? '' : 'quiet', { dir: 'auto' },
    line.textContent ?? ''))
  return { anchor: cell, content: element('div', '', {}, ...whole) }
}

/** @param {[string, string, string]} badge */
function badgeTip([label, text]) {
  return element('div', '', {}, element('strong', '', {}, label), element('div', 'quiet', {}, text))
}

/**
 * @param {import('./session_row.js').Session} session
 * @param {string[]} names
 * @param {string[]} colours
 */
function appsTip(session, names, colours) {
  const shares = appShares(session.apps)
  const lines = shares.slice(0, APPS_SHOWN).map(({ app, share }) => legendLine(colours[app], names[app],
    share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`))
  if (shares.length > APPS_SHOWN) lines.push(element('div', 'quiet', {}, `and ${shares.length - APPS_SHOWN} more`))
  return element('div', '', {}, element('div', 'quiet', {}, 'Application in front, share of the time'), ...lines)
}

/**
 * @param {import('./session_row.js').Session} session
 * @param {string[][]} kinds
 */
function activityTip(session, kinds) {
  const lines = unpackActivity(session.activity).map(({ kind }) => {
    const [label, light, dark] = kinds[kind]
    return legendLine(`light-dark(${light}, ${dark})`, label, '')
  })
  const note = 'What happened when, on a logarithmic scale that is the same for all sessions'
  return element('div', '', {}, element('div', 'quiet', {}, note), ...lines)
}

/**
 * @param {string} colour
 * @param {string} label
 * @param {string} figure
 */
function legendLine(colour, label, figure) {
  const swatch = element('span', 'swatch')
  swatch.style.background = colour
  return element('div', 'legend', {}, swatch, element('span', 'word', { dir: 'auto' }, label),
    element('span', 'figure', {}, figure))
}
