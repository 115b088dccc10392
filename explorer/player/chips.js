// @ts-check
// Keys to show beside the picture at a moment: shortcuts, or all keys. Pure.

import { lowerBound } from './events.js'
import { BULLET, chipLabel, isTyping, keyLabel } from './key_names.js'

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./events.js').Detail} Detail */
/** @typedef {{label: string, times_n: number, age_us: number, kind: 'shortcut' | 'key' | 'typed'}} Chip */
/** @typedef {{label: string, kind: Chip['kind'], times_n: number, first_us: number, last_us: number}} Found */

const LONGEST_TYPED = 24
// A repeat that goes on is counted back this far: a bound on the work, not on what is shown.
const MOST_EVENTS = 2000

/**
 * @param {Session} session
 * @param {number} t_us
 * @param {{hold_us?: number, mode?: 'shortcuts' | 'all' | 'none'}} options hold_us: how long a chip stays
 * @returns {Chip[]} oldest first
 */
export function chipsAt(session, t_us, { hold_us = 2_500_000, mode = 'shortcuts' }) {
  if (mode === 'none') return []
  /** @type {Found[]} youngest first */
  const chips = []
  for (const { kind, detail, at_us, isShortcutsOwn } of eventsBack(session, t_us)) {
    const oldest = chips[chips.length - 1]
    const isOld = t_us - at_us >= hold_us
    if (isOld && (!oldest || oldest.first_us - at_us >= hold_us)) break
    const chip = isShortcutsOwn ? null : chipOf(kind, detail, mode, session.about.os)
    if (!chip) continue
    const isMore = oldest && oldest.kind === chip.kind && oldest.first_us - at_us < hold_us &&
      (chip.kind === 'typed' || oldest.label === chip.label)
    if (isMore) extend(oldest, chip.label, at_us)
    else if (isOld) break
    else chips.push({ ...chip, times_n: 1, first_us: at_us, last_us: at_us })
  }
  return chips.reverse().map(({ label, kind, times_n, last_us }) => ({
    label: [...label].slice(-LONGEST_TYPED).join(''), kind, times_n, age_us: t_us - last_us,
  }))
}

/**
 * Take an earlier event into a chip: more typed text, or one more time the same keys.
 * @param {Found} chip
 * @param {string} label
 * @param {number} at_us
 */
function extend(chip, label, at_us) {
  if (chip.kind === 'typed') chip.label = label + chip.label
  else chip.times_n += 1
  chip.first_us = at_us
}

/**
 * Events up to a moment, the latest first, through the chunks that are here.
 * @param {Session} session
 * @param {number} t_us
 */
function* eventsBack(session, t_us) {
  let isShortcut = false
  let left_n = MOST_EVENTS
  for (let place = session.chunkAt(t_us); place >= 0; place -= 1) {
    const chunk = session.indexed[place]?.chunk
    if (!chunk) return
    const { event_rows, refs, header, kind, t, base_us } = chunk
    const end = lowerBound(event_rows, endRow(chunk, t_us))
    for (let at = end - 1; at >= 0; at -= 1) {
      if (left_n-- <= 0) return
      const name = header.kinds[kind[event_rows[at]]]
      const detail = header.details[refs[at]]
      yield { kind: name, detail, at_us: base_us + t[event_rows[at]], isShortcutsOwn: isShortcut && name === 'key_down' }
      isShortcut = name === 'shortcut' && detail.derived === true
    }
  }
}

/**
 * Row after the last one of a moment.
 * @param {import('./events.js').Chunk} chunk
 * @param {number} t_us
 */
function endRow({ t, base_us }, t_us) {
  return lowerBound(t, Math.floor(t_us - base_us) + 1)
}

/**
 * @param {string} kind
 * @param {Detail} detail
 * @param {'shortcuts' | 'all'} mode
 * @param {string | null} [os]
 * @returns {{label: string, kind: Chip['kind']} | null}
 */
function chipOf(kind, detail, mode, os) {
  if (kind === 'shortcut') return { label: chipLabel(detail, os), kind: 'shortcut' }
  if (mode !== 'all' || detail.derived) return null
  const bullets_n = Math.min(LONGEST_TYPED, detail.text_len ?? 1)
  if (kind === 'text_input') return { label: detail.text ?? BULLET.repeat(bullets_n), kind: 'typed' }
  if (kind !== 'key_down' || !isTyping(detail)) return null
  const key = detail.key ?? BULLET
  return [...key].length === 1 ? { label: key, kind: 'typed' } : { label: keyLabel(key), kind: 'key' }
}
