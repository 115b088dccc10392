// @ts-check
// A session as far as it is here: what holds at a moment, what happened around it, where the next thing is.
//
// It knows the whole session from its description (about) and the rows from the chunks that were added. Rows are
// numbered over the whole session. At a moment, every row up to and with that time has happened.

import { chipsAt } from './chips.js'
import { stateAfter, stateIndex } from './chunk_state.js'
import { upperBound } from './events.js'
import { nextOf } from './nexts.js'
import { pathBetween, pressesBetween } from './paths.js'

/** @typedef {import('./events.js').Chunk} Chunk */
/** @typedef {import('./events.js').WindowEntry} WindowEntry */

/** A chunk that was added, with what makes it fast to ask. `stops` are times by name, made when first asked for.
 * @typedef {{
 *   chunk: Chunk, first_row: number, states: import('./chunk_state.js').StateIndex, window_rows: number[],
 *   stops: Map<string, Uint32Array>,
 * }} Indexed
 */

/** @typedef {{app: string | null, title: string | null, url: string | null, left: number | null, top: number | null,
 *   width: number | null, height: number | null}} Window */

/**
 * @typedef {{
 *   x: number | null, y: number | null, buttons: Set<string>, keys: import('./chunk_state.js').Held[],
 *   window: Window, row: number, drag_from: [number, number] | null,
 * }} Moment row is -1 where nothing is known
 */

/** The parts of a session's description that are read here.
 * @typedef {{
 *   duration_us: number, os?: string | null, chunks: [number, number, number][],
 *   frames: {t_us: number[]}, steps: any[], idle: [number, number][],
 *   apps: [string | null, number, number][], density: {bins_n: number, kinds: string[], counts: number[][]},
 * }} About
 */

export class Session {
  /** @param {About} about */
  constructor(about) {
    this.about = about
    this.duration_us = about.duration_us
    this.starts_us = about.chunks.map(([start_us]) => start_us)
    /** @type {(Indexed | undefined)[]} */
    this.indexed = about.chunks.map(() => undefined)
    this.first_rows = [0]
    for (const [, , rows_n] of about.chunks) this.first_rows.push(this.first_rows[this.first_rows.length - 1] + rows_n)
    /** @type {number[]} */
    this.marks_us = []
  }

  /**
   * Take a chunk; one that is there already is replaced. Throws Error when it is not one of this session's.
   * @param {Chunk} chunk
   */
  add(chunk) {
    const expected = this.about.chunks[chunk.chunk]
    if (!expected) throw new Error(`chunk ${chunk.chunk}: the session has ${this.about.chunks.length} chunks`)
    if (expected[2] !== chunk.rows_n) {
      throw new Error(`chunk ${chunk.chunk}: it has ${chunk.rows_n} rows in place of ${expected[2]}; load the page again`)
    }
    this.indexed[chunk.chunk] = {
      chunk, first_row: this.first_rows[chunk.chunk], states: stateIndex(chunk),
      window_rows: chunk.header.windows.map(([row]) => row), stops: new Map(),
    }
  }

  /** Forget all chunks, for example to fetch them with typed text. */
  clear() {
    this.indexed.fill(undefined)
  }

  /**
   * Chunk that a moment belongs to: the last one that has begun. -1 when the session has no rows.
   * @param {number} t_us
   */
  chunkAt(t_us) {
    return Math.min(this.starts_us.length - 1, Math.max(0, upperBound(this.starts_us, t_us) - 1))
  }

  /**
   * Whether what holds at a moment is known: its chunk is here, or there are no rows at all.
   * @param {number} t_us
   */
  has(t_us) {
    return this.missing(t_us) === null
  }

  /**
   * Chunk to fetch for a moment; null when nothing is missing.
   * @param {number} t_us
   */
  missing(t_us) {
    const place = this.chunkAt(t_us)
    return place < 0 || this.indexed[place] ? null : place
  }

  /**
   * Chunks, here or not, that a stretch of time touches.
   * @param {number} from_us
   * @param {number} to_us
   */
  chunksFor(from_us, to_us) {
    const [first, last] = [this.chunkAt(from_us), this.chunkAt(to_us)]
    return first < 0 ? [] : Array.from({ length: last - first + 1 }, (_, place) => first + place)
  }

  /**
   * What holds at a moment, after every row up to it. Costs a search, and a walk over at most 2,048 rows.
   * @param {number} t_us
   * @returns {Moment}
   */
  stateAt(t_us) {
    const found = this.indexed[this.chunkAt(t_us)]
    if (!found) return { x: null, y: null, buttons: new Set(), keys: [], window: windowOf(), row: -1, drag_from: null }
    const { chunk, first_row } = found
    const rows_n = upperBound(chunk.t, t_us - chunk.base_us)
    const { x, y, buttons, keys } = stateAfter(chunk, found.states, rows_n)
    const [pressed] = buttons.values()
    const entry = upperBound(found.window_rows, rows_n - 1) - 1
    return {
      x, y, keys, buttons: new Set(buttons.keys()),
      window: windowOf(chunk.header.windows[Math.max(0, entry)]),
      row: first_row + rows_n - 1,
      drag_from: pressed ? [pressed.x, pressed.y] : null,
    }
  }

  /**
   * Place of the frame that shows a moment; -1 before the first one.
   * @param {number} t_us
   */
  frameAt(t_us) {
    return upperBound(this.about.frames.t_us, t_us) - 1
  }

  /**
   * The pointer's way as t, x, y, t, x, y …, at most `most_n` points and the one it comes from.
   * @param {number} from_us
   * @param {number} to_us
   */
  pathBetween(from_us, to_us, most_n = 400) {
    return pathBetween(this, from_us, to_us, most_n)
  }

  /**
   * Presses, clicks, drags and scrolls after `from_us` up to and with `to_us`, in their order.
   * @param {number} from_us
   * @param {number} to_us
   */
  pressesBetween(from_us, to_us) {
    return pressesBetween(this, from_us, to_us)
  }

  /**
   * Keys to show at a moment, oldest first.
   * @param {number} t_us
   * @param {{hold_us?: number, mode?: 'shortcuts' | 'all' | 'none'}} [options]
   */
  chipsAt(t_us, options = {}) {
    return chipsAt(this, t_us, options)
  }

  /**
   * Moments of the user's marks, for next('mark', …).
   * @param {number[]} times_us
   */
  setMarks(times_us) {
    this.marks_us = [...times_us].sort((a, b) => a - b)
  }

  /**
   * Nearest moment strictly after (1) or before (-1) another one at which something of a name happens; null when there
   * is none, {needs_chunk} when a chunk that is not here may hold it.
   * @param {import('./nexts.js').StopName} name
   * @param {number} t_us
   * @param {number} direction
   */
  next(name, t_us, direction) {
    return nextOf(this, name, t_us, direction)
  }

  /** Windows in the order they came to the front, as far as the chunks are here. */
  windows() {
    const found = []
    let last = ''
    for (const indexed of this.indexed) {
      if (!indexed) last = ''
      for (const entry of indexed?.chunk.header.windows ?? []) {
        const told = JSON.stringify(entry.slice(1))
        const { t, base_us } = /** @type {Indexed} */ (indexed).chunk
        if (told !== last) found.push({ t_us: base_us + (t[entry[0]] ?? 0), ...windowOf(entry) })
        last = told
      }
    }
    return found
  }
}

/**
 * @param {WindowEntry} [entry]
 * @returns {Window}
 */
function windowOf(entry) {
  const [, app, title, url, left, top, width, height] = entry ?? [0, null, null, null, null, null, null, null]
  return { app, title, url, left, top, width, height }
}
