// @ts-check
// The keyboard map over the player.

import { element } from '../widgets/dom.js'
import { dialog } from './dialog.js'

/**
 * The keyboard map. Only what the player does now is in it.
 * @param {() => {keys: string[], command: string, words: string, group: string, needs?: string}[]} bindings
 * @param {(key: string) => string} nameOf what is printed on a key
 */
export function createSheet(bindings, nameOf) {
  const groups = element('div', 'groups', { tabindex: '0', role: 'region', 'aria-label': 'Keys' })
  const whole = dialog('sheet', 'Keyboard', [groups])
  return {
    ...whole,
    open() {
      groups.replaceChildren(...tablesOf(bindings(), nameOf))
      whole.open()
    },
  }
}

/** @param {any[]} bindings @param {(key: string) => string} nameOf */
function tablesOf(bindings, nameOf) {
  const rows = new Map()
  for (const { keys, words: told, group, needs, command } of bindings) {
    // There and back is one line.
    const words = told.replace(/^(Next|Previous) /, 'Next, previous ').replace(/ (back|forward)$/, ' back, forward')
    const row = rows.get(words) ?? { group, words, keys: [] }
    const held = needs === 'shift' ? 'Shift ' : needs === 'alt' ? 'Alt ' : ''
    if (command === 'digit') row.keys = ['0 … 9']
    else row.keys.push(...keys.map((/** @type {string} */ key) => `${held}${printed(key, nameOf)}`))
    rows.set(words, row)
  }
  const all = [...rows.values()]
  return [...new Set(all.map(({ group }) => group))].map((group) => element('section', '', {}, element('h2', '', {}, group),
    element('dl', '', {}, ...all.filter((row) => row.group === group).map(rowOf))))
}

/** @param {{keys: string[], words: string}} row */
function rowOf({ keys, words }) {
  const caps = keys.map((key) => element('kbd', '', {}, key))
  return element('div', '', {}, element('dt', '', {}, ...caps), element('dd', '', {}, words))
}

/**
 * A letter as it is typed: s and S are different keys here.
 * @param {string} key
 * @param {(key: string) => string} nameOf
 */
function printed(key, nameOf) {
  return [...key].length === 1 && key !== ' ' ? key : nameOf(key)
}
