// @ts-check
// The list of what happened: rows gathered into items a reader understands, with steps, applications and waits. Pure.

import { groupChunk } from './group_chunk.js'
import { itemOfRun, scrolledOn, typedOn } from './group_runs.js'
import { toldItems } from './group_told.js'

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./group_chunk.js').Grouped} Grouped */

/** Kinds of items, as a filter offers them. */
export const KINDS = /** @type {const} */ ([
  'step', 'click', 'double_click', 'right_click', 'drag', 'scroll', 'typing', 'shortcut', 'app_switch', 'navigation',
  'clipboard', 'pause', 'other',
])

/**
 * One line of the list. `label` says what happened, `detail` adds to it (a command, an address, a distance), `text` is
 * what was typed or thought, where it may be shown. `row` counts over the session, -1 for what no row tells; `n` rows
 * made it. `step` is the agent's step it belongs to.
 * @typedef {{
 *   kind: typeof KINDS[number], start_us: number, end_us: number, label: string, detail: string, text: string,
 *   row: number, n: number, step: number | null, app: string | null, title: string | null,
 *   element: {role?: string, name?: string} | null,
 * }} Item
 */

/** @typedef {{kinds?: Set<string> | null, text?: string}} Filter */

// Among items of one time: a step before what it caused, an application after the click that led to it.
const RANKS = { step: 0, pause: 1, app_switch: 3 }
const OWN_RANK = 2

/** @type {WeakMap<import('./session.js').Indexed, Grouped>} */
const groups = new WeakMap()
/** @type {WeakMap<import('./session.js').About, Item[]>} */
const told = new WeakMap()

/**
 * Items of all chunks that are here, by time. Each chunk is gathered once; call again after another one came.
 * @param {Session} session
 * @param {Filter | null} [filter]
 */
export function groupRows(session, filter = null) {
  const { about } = session
  if (!told.has(about)) told.set(about, toldItems(about))
  const items = [...joined(session.indexed.map((indexed) => indexed && groupOf(indexed, about.os))), ...told.get(about) ?? []]
  items.sort((a, b) => a.start_us - b.start_us || rankOf(a) - rankOf(b) || a.row - b.row)
  return filter ? items.filter((item) => matches(item, filter)) : items
}

/**
 * Whether a filter keeps an item; its text is looked for in all the item's words, in either case.
 * @param {Item} item
 * @param {Filter} filter
 */
export function matches(item, { kinds = null, text = '' }) {
  if (kinds && !kinds.has(item.kind)) return false
  const wanted = text.trim().toLowerCase()
  const words = [item.label, item.detail, item.app, item.title, item.element?.name, item.text]
  return !wanted || words.some((word) => word?.toLowerCase().includes(wanted))
}

/**
 * Place of the last item that has begun at a moment; -1 before the first.
 * @param {Item[]} items
 * @param {number} t_us
 */
export function itemAt(items, t_us) {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (items[middle].start_us <= t_us) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * @param {import('./session.js').Indexed} indexed
 * @param {string | null} [os]
 */
function groupOf(indexed, os) {
  const known = groups.get(indexed)
  if (known) return known
  const found = groupChunk(indexed, os)
  groups.set(indexed, found)
  return found
}

/**
 * Items of chunks in their order; a run that goes on over the border of two chunks is one item.
 * @param {(Grouped | undefined)[]} chunks
 */
function joined(chunks) {
  /** @type {Item[]} */
  const items = []
  /** @type {{run: any, place: number} | null} the run that was open, and where its item is */
  let open = null
  for (const group of chunks) {
    if (!group) {
      open = null
      continue
    }
    const { head, tail } = group
    /** @type {any} */
    const run = open && head ? join(open.run, head.run) : null
    if (open && run) items[open.place] = itemOfRun(run)
    for (const item of group.items) if (!run || item !== head?.item) items.push(item)
    if (run && tail === head) open = { run, place: /** @type {{place: number}} */ (open).place }
    else if (tail) open = { run: tail.run, place: items.length - 1 }
    else if (!group.isQuiet) open = null
  }
  return items
}

/**
 * @param {any} run
 * @param {any} more
 */
function join(run, more) {
  if ('way' in run !== 'way' in more) return null
  return 'way' in run ? scrolledOn(run, more) : typedOn(run, more)
}

/** @param {Item} item */
function rankOf({ kind, row }) {
  return row < 0 ? RANKS[/** @type {keyof typeof RANKS} */ (kind)] : OWN_RANK
}
