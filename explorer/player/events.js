// @ts-check
// A chunk of a session's events as it comes over the wire: a JSON header, then columns that are read where they lie.
//
// Layout: header length (u32, little endian), the header, and the columns t, x, y, kind, ref, each starting at a
// multiple of 8. Moves and events stand merged in true order; kind 0 is a move, and every other row has a detail.

export const UNKNOWN = -32768
const VERSION = 1

/**
 * What is known about one event; only what is known is there. Times are microseconds of the session.
 * @typedef {{
 *   button?: string, clicks_n?: number, wheel_x?: number, wheel_y?: number, wheel_unit?: string, key?: string,
 *   mods?: string, chord?: string, text?: string, text_len?: number, redacted?: boolean, command?: string, via?: string,
 *   element?: {role?: string, name?: string, left?: number, top?: number, width?: number, height?: number},
 *   start_us?: number, end_us?: number, end_x?: number, end_y?: number, step?: number, derived?: boolean, flags?: string,
 *   press?: 'repeat' | 'lone',
 * }} Detail
 */

/** Row from which on it holds, app, title, url, left, top, width, height.
 * @typedef {[number, string | null, string | null, string | null, ...(number | null)[]]} WindowEntry */

/**
 * @typedef {{
 *   version: number, chunk: number, base_us: number, rows_n: number, details_rows_n: number, kinds: string[],
 *   details: Detail[], windows: WindowEntry[],
 *   state: {x: number | null, y: number | null, buttons: string[], keys: [string, string | null][],
 *     drag_from: [number, number] | null},
 * }} Header
 */

/**
 * Columns of a chunk. `t` counts from base_us; x and y are desktop pixels, UNKNOWN where not known.
 * `event_rows` are the rows that are no moves; `refs` their places in header.details.
 * @typedef {{
 *   chunk: number, base_us: number, rows_n: number, t: Uint32Array, x: Int16Array, y: Int16Array, kind: Uint8Array,
 *   event_rows: Uint32Array, refs: Uint16Array, header: Header, refOf: (row: number) => Detail | null,
 * }} Chunk
 */

/**
 * The chunk in a buffer, without copying its columns. Throws Error("chunk K: what is wrong").
 * @param {ArrayBuffer} buffer
 * @param {number} [expected] number of the chunk that was asked for
 * @returns {Chunk}
 */
export function decodeChunk(buffer, expected) {
  const { header, end } = readHeader(buffer, expected === undefined ? 'of events' : String(expected))
  const { chunk, rows_n, details_rows_n } = header
  const wrong = (/** @type {string} */ what) => new Error(`chunk ${chunk}: ${what}`)
  if (expected !== undefined && chunk !== expected) throw wrong(`it came in place of chunk ${expected}`)
  let at = end
  const place = (/** @type {number} */ bytes_n) => {
    const start = at
    at = padded(at + bytes_n)
    if (start + bytes_n > buffer.byteLength) throw wrong('it ends too early')
    return start
  }
  const t = new Uint32Array(buffer, place(4 * rows_n), rows_n)
  const x = new Int16Array(buffer, place(2 * rows_n), rows_n)
  const y = new Int16Array(buffer, place(2 * rows_n), rows_n)
  const kind = new Uint8Array(buffer, place(rows_n), rows_n)
  const refs = new Uint16Array(buffer, place(2 * details_rows_n), details_rows_n)
  if (padded(buffer.byteLength) > at) throw wrong('it is longer than its rows')
  const fault = firstFault(header, t, kind, refs)
  if (fault) throw wrong(fault)
  const event_rows = eventRows(kind, details_rows_n)
  const refOf = (/** @type {number} */ row) => {
    const place_of = upperBound(event_rows, row) - 1
    return place_of >= 0 && event_rows[place_of] === row ? header.details[refs[place_of]] : null
  }
  return { chunk, base_us: header.base_us, rows_n, t, x, y, kind, event_rows, refs, header, refOf }
}

/**
 * Number of values that are not larger than a limit, in a column that never falls.
 * @param {ArrayLike<number>} column
 * @param {number} limit
 */
export function upperBound(column, limit) {
  let [low, high] = [0, column.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (column[middle] <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Number of values that are smaller than a limit, in a column that never falls.
 * @param {ArrayLike<number>} column
 * @param {number} limit
 */
export function lowerBound(column, limit) {
  let [low, high] = [0, column.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (column[middle] < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** @param {number} bytes_n */
function padded(bytes_n) {
  return Math.ceil(bytes_n / 8) * 8
}

/**
 * The header, and where the columns start.
 * @param {ArrayBuffer} buffer
 * @param {string} name
 * @returns {{header: Header, end: number}}
 */
function readHeader(buffer, name) {
  if (buffer.byteLength < 4) throw new Error(`chunk ${name}: it is empty`)
  const length = new DataView(buffer).getUint32(0, true)
  if (4 + length > buffer.byteLength) throw new Error(`chunk ${name}: its header ends too early`)
  let header
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(buffer, 4, length)))
  } catch {
    throw new Error(`chunk ${name}: its header cannot be read`)
  }
  if (header?.version !== VERSION) throw new Error(`chunk ${name}: its version is not ${VERSION}; load the page again`)
  const counts = [header.chunk, header.rows_n, header.details_rows_n]
  const lists = [header.kinds, header.details, header.windows, header.state?.buttons, header.state?.keys]
  const isWhole = counts.every((n) => Number.isInteger(n) && n >= 0) && lists.every(Array.isArray)
  if (!isWhole || !Number.isFinite(header.base_us)) throw new Error(`chunk ${name}: its header is not complete`)
  return { header, end: padded(4 + length) }
}

/**
 * What is wrong with the columns, or null.
 * @param {Header} header
 * @param {Uint32Array} t
 * @param {Uint8Array} kind
 * @param {Uint16Array} refs
 */
function firstFault({ kinds, details, details_rows_n }, t, kind, refs) {
  let events_n = 0
  let highest = 0
  for (let row = 0; row < kind.length; row += 1) {
    if (row && t[row] < t[row - 1]) return `time falls at row ${row}`
    if (kind[row]) events_n += 1
    if (kind[row] > highest) highest = kind[row]
  }
  if (kind.length && highest >= kinds.length) return 'a row is of a kind that the header does not name'
  if (events_n !== details_rows_n) return `it has ${events_n} events, and details of ${details_rows_n}`
  return refs.every((ref) => ref < details.length) ? null : 'an event has no detail'
}

/**
 * Rows that are no moves.
 * @param {Uint8Array} kind
 * @param {number} events_n
 */
function eventRows(kind, events_n) {
  const rows = new Uint32Array(events_n)
  let found_n = 0
  for (let row = 0; row < kind.length; row += 1) if (kind[row]) rows[found_n++] = row
  return rows
}
