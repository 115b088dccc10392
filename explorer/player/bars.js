// @ts-check
// Activity over the timeline as stacked bars. Heights follow the logarithm; a kind that happened once can be seen. Pure.

/** @typedef {import('./axis.js').Axis} Axis */
/** Counts by kind over equal parts of a stretch of time: of the whole session without `span`.
 * @typedef {{bins_n: number, kinds: string[], counts: number[][], span?: import('./clock.js').Span}} Density */
/** A part's `y_px` is its lower edge above the base line. `n` may be a fraction where a bar shows part of a bin.
 * @typedef {{kind: string, n: number, y_px: number, height_px: number}} Part */
/** @typedef {{x_px: number, width_px: number, n: number, parts: Part[]}} Bar */

export const LEAST_PX = 1.5

/**
 * Bars of the visible time, empty ones left out; parts are stacked in the order of the kinds.
 * @param {Density} density
 * @param {Axis} axis
 * @param {number} bar_px
 * @param {number} [height_px] of the highest bar
 * @returns {Bar[]}
 */
export function bars(density, axis, bar_px, height_px = 40) {
  const { bins_n, kinds, counts } = density
  const bars_n = Math.max(1, Math.ceil(axis.width_px / bar_px))
  const sums = kinds.map(() => new Float64Array(bars_n))
  for (let bin = 0; bin < bins_n; bin += 1) {
    if (counts.some((of_kind) => of_kind[bin])) spread(density, bin, axis, bar_px, sums)
  }
  const totals = Array.from({ length: bars_n }, (_, bar) => sums.reduce((sum, of_kind) => sum + of_kind[bar], 0))
  const most = Math.max(...totals)
  return totals.flatMap((n, bar) => {
    if (!(n > 0)) return []
    const x_px = bar * bar_px
    const width_px = Math.max(0, Math.min(bar_px, axis.width_px - x_px))
    const found = kinds.map((kind, place) => ({ kind, n: sums[place][bar] })).filter((part) => part.n > 0)
    const wanted_px = (height_px * Math.log1p(n)) / Math.log1p(most)
    return [{ x_px, width_px, n, parts: stacked(found, wanted_px, height_px) }]
  })
}

/**
 * Share a bin's counts out over the bars it lies in, by the room it takes in each.
 * @param {Density} density
 * @param {number} bin
 * @param {Axis} axis
 * @param {number} bar_px
 * @param {Float64Array[]} sums of a kind by bar
 */
function spread({ counts, bins_n, span }, bin, axis, bar_px, sums) {
  const [from_us, to_us] = span ?? [0, axis.duration_us]
  const bin_us = (to_us - from_us) / bins_n
  const start_us = Math.max(from_us + bin * bin_us, axis.visible[0])
  const end_us = Math.min(from_us + (bin + 1) * bin_us, axis.visible[1])
  if (start_us > end_us || (start_us === end_us && bin_us > 0)) return
  const share = bin_us > 0 ? (end_us - start_us) / bin_us : 1
  const rooms = roomsOf(axis, start_us, end_us)
  const room_px = rooms.reduce((sum, [from_px, to_px]) => sum + to_px - from_px, 0)
  const last = sums[0].length - 1
  const add = (/** @type {number} */ bar, /** @type {number} */ part) =>
    sums.forEach((of_kind, place) => { of_kind[bar] += (counts[place][bin] ?? 0) * share * part })
  if (!(room_px > 0)) return add(Math.min(last, Math.floor(rooms[0][0] / bar_px)), 1)
  for (const [from_px, to_px] of rooms) {
    for (let bar = Math.floor(from_px / bar_px); bar * bar_px < to_px; bar += 1) {
      const inside_px = Math.min(to_px, (bar + 1) * bar_px) - Math.max(from_px, bar * bar_px)
      add(Math.min(last, bar), Math.max(0, inside_px) / room_px)
    }
  }
}

/**
 * Where a stretch of time lies on the axis, as from and to in pixels. Folds hold nothing unless there is nothing else.
 * @param {Axis} axis
 * @param {number} start_us
 * @param {number} end_us
 */
function roomsOf({ pieces, x_of }, start_us, end_us) {
  const own = pieces.filter(({ from_us, to_us }) => from_us <= end_us && to_us >= start_us)
  const open = own.filter(({ is_fold, from_us, to_us }) =>
    !is_fold && Math.min(to_us, end_us) > Math.max(from_us, start_us))
  return (open.length ? open : own).map(({ from_us, to_us }) =>
    [x_of(Math.max(from_us, start_us)), x_of(Math.min(to_us, end_us))])
}

/**
 * Parts of a bar, one on the other: heights by the logarithm of their counts, none below LEAST_PX, all within the room.
 * @param {{kind: string, n: number}[]} parts
 * @param {number} wanted_px
 * @param {number} room_px
 * @returns {Part[]}
 */
function stacked(parts, wanted_px, room_px) {
  const least_px = Math.min(LEAST_PX, room_px / parts.length)
  const bar_px = Math.min(room_px, Math.max(wanted_px, least_px * parts.length))
  const weights = parts.map(({ n }) => Math.log1p(n))
  const weight = weights.reduce((sum, one) => sum + one, 0)
  const free_px = bar_px - least_px * parts.length
  let y_px = 0
  return parts.map(({ kind, n }, place) => {
    const height_px = least_px + (free_px * weights[place]) / weight
    y_px += height_px
    return { kind, n, y_px: y_px - height_px, height_px }
  })
}
