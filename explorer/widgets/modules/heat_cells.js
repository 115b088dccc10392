// @ts-check
// The exact values of a map's cells: unpacked once, looked up by cell, said in words.

import { grouped } from './dom.js'

/**
 * @typedef {{place: Int32Array, values: Int32Array, others: Uint16Array}} Cells values of the cells that have any;
 *   `place` gives a cell's number among them, from 1; `others` are people, or 10,000 times a p value
 */

/**
 * Cells of a base64 text: deflated u32 n, then n u32 distances between cells, n i32 values, n u16 others.
 * @param {string} packed
 * @param {number} cells_n
 * @returns {Promise<Cells>}
 */
export async function unpackCells(packed, cells_n) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))
  const buffer = await new Response(stream).arrayBuffer()
  const [n] = new Uint32Array(buffer, 0, 1)
  const steps = new Uint32Array(buffer, 4, n)
  const place = new Int32Array(cells_n)
  let cell = 0
  for (let at = 0; at < n; at += 1) {
    cell += steps[at]
    place[cell] = at + 1
  }
  return { place, values: new Int32Array(buffer, 4 + 4 * n, n), others: new Uint16Array(buffer, 4 + 8 * n, n) }
}

/**
 * Value and other of a cell; null where the cell has nothing.
 * @param {Cells | null} cells
 * @param {number} cell
 */
export function valueAt(cells, cell) {
  const at = (cells?.place[cell] ?? 0) - 1
  return cells && at >= 0 ? { value: cells.values[at], other: cells.others[at] } : null
}

/**
 * What is said of a cell.
 * @param {{value: number, other: number} | null} found
 * @param {{format: string, one: string, many: string, none: string}} words
 */
export function said(found, { format, one, many, none }) {
  if (!found) return none
  const amount = amountOf(found.value, format, one, many)
  if (format === 'difference') return `${amount} · ${certainty(found.other)}`
  const people = found.other ? ` · ${grouped(found.other)} ${found.other === 1 ? 'person' : 'people'}` : ''
  return format === 'people' ? amount : `${amount}${people}`
}

/**
 * @param {number} value a count, tenths of a second, or millionths of a share
 * @param {string} format
 * @param {string} one
 * @param {string} many
 */
export function amountOf(value, format, one, many) {
  if (format === 'seconds') return `${grouped(Math.floor(value / 10))}.${value % 10} s`
  if (format === 'share') return `${percent(value)} of ${many}`
  if (format === 'difference') return `A − B: ${value > 0 ? '+' : value < 0 ? '−' : ''}${percent(Math.abs(value))}`
  return `${grouped(value)} ${value === 1 ? one : many}`
}

/** @param {number} millionths */
function percent(millionths) {
  const share = millionths / 1e4
  if (share === 0) return '0 %'
  return share < 0.01 ? 'under 0.01 %' : `${share.toFixed(share < 1 ? 2 : 1)} %`
}

/** @param {number} other 10,000 times a p value */
function certainty(other) {
  if (other > 10_000) return 'not compared'
  return other > 500 ? `not distinguishable (p ${(other / 1e4).toFixed(2)})` : `p ${other < 1 ? '< 0.0001' : (other / 1e4).toFixed(4)}`
}
