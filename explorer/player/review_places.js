// @ts-check
// The places that a reader marks in one item, and what a verdict still needs to know of them. Pure.

/** Verdicts that name a place or more; clean and broken name none. */
export const WITH_PLACES = ['leak', 'over_redacted', 'unsure']
const LEAST_SIDE_PX = 3

/**
 * @typedef {object} Place as the server keeps it: picture pixels, or a row and characters, or the channel alone
 * @property {string} channel
 * @property {string | null} [reason]
 * @property {string | null} [entity]
 * @property {string | null} [severity]
 * @property {number} [left_px]
 * @property {number} [top_px]
 * @property {number} [width_px]
 * @property {number} [height_px]
 * @property {string} [column]
 * @property {number} [seq]
 * @property {number} [char_start] characters, as Python counts them
 * @property {number} [char_end]
 */

/** What is asked of each place, by verdict; a reason may stay open. */
const ASKED = /** @type {Record<string, ('entity' | 'severity' | 'reason')[]>} */ ({
  leak: ['entity', 'severity', 'reason'],
  over_redacted: ['reason'],
  unsure: ['entity', 'reason'],
})

/**
 * What is asked next before a verdict can be sent; null: nothing.
 * @param {string} verdict
 * @param {Place[]} places
 * @returns {{place: number, ask: 'channel' | 'entity' | 'severity' | 'reason'} | null}
 */
export function askedNext(verdict, places) {
  if (!WITH_PLACES.includes(verdict)) return null
  if (!places.length) return { place: -1, ask: 'channel' }
  for (const [place, one] of places.entries()) {
    for (const ask of ASKED[verdict]) if (one[ask] === undefined) return { place, ask }
  }
  return null
}

/**
 * Places as they are sent with a verdict: nothing that the verdict does not ask for.
 * @param {string} verdict
 * @param {Place[]} places
 */
export function sent(verdict, places) {
  if (!WITH_PLACES.includes(verdict)) return []
  const all = ['entity', 'severity', 'reason']
  return places.map((place) => ({
    ...place, verdict,
    ...Object.fromEntries(all.map((name) => [name, ASKED[verdict].some((asked) => asked === name)
      ? place[/** @type {'entity'} */ (name)] ?? null : null])),
  }))
}

/**
 * A region between two corners, in whole pixels inside a picture; null when it is too small to have been meant.
 * @param {{x: number, y: number}} from picture pixels
 * @param {{x: number, y: number}} to
 * @param {{width: number, height: number}} picture
 * @returns {Place | null}
 */
export function region(from, to, { width, height }) {
  const inside = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(0, Math.min(most, value))
  const [left, right] = [from.x, to.x].sort((one, other) => one - other).map((x) => inside(x, width))
  const [top, bottom] = [from.y, to.y].sort((one, other) => one - other).map((y) => inside(y, height))
  const [left_px, top_px] = [Math.floor(left), Math.floor(top)]
  const [width_px, height_px] = [Math.ceil(right) - left_px, Math.ceil(bottom) - top_px]
  if (width_px < LEAST_SIDE_PX || height_px < LEAST_SIDE_PX) return null
  return { channel: 'frame', left_px, top_px, width_px, height_px }
}

/**
 * Characters of a text between two places that a browser counts in UTF-16.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function characters(text, start, end) {
  const count = (/** @type {string} */ part) => [...part].length
  const char_start = count(text.slice(0, start))
  return { char_start, char_end: char_start + count(text.slice(start, end)) }
}

/**
 * A text in pieces: what is masked, and what is not. Places count characters.
 * @param {string} text
 * @param {{start: number, end: number, entity: string | null}[]} spans
 * @param {number} [most] characters shown; the rest is told by `rest_n`
 */
export function pieces(text, spans, most = Infinity) {
  const all = [...text]
  const shown = all.slice(0, Math.min(most, all.length))
  const found = /** @type {{text: string, entity: string | null, isMasked: boolean}[]} */ ([])
  let at = 0
  for (const { start, end, entity } of [...spans].sort((one, other) => one.start - other.start)) {
    if (end <= at || start >= shown.length) continue
    if (start > at) found.push({ text: shown.slice(at, start).join(''), entity: null, isMasked: false })
    found.push({ text: shown.slice(Math.max(at, start), end).join(''), entity, isMasked: true })
    at = end
  }
  if (at < shown.length) found.push({ text: shown.slice(at).join(''), entity: null, isMasked: false })
  return { pieces: found, rest_n: all.length - shown.length }
}
