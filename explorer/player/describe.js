// @ts-check
// What the stage shows at a moment, said in words for those who do not see it. Pure.

import { counted, lengthWords } from './words.js'

const CLICK_US = 1_500_000
const SAID_CHIPS = 3
const SAID_ENTITIES = 4

/**
 * @param {any} session
 * @param {any} about
 * @param {number} t_us
 * @param {{index: number, reason: string, lag_us: number, masks: {entity: string}[], finding?: {words: string} | null}} picture
 * @param {{chips: 'shortcuts' | 'all' | 'none'}} options
 */
export function describe(session, about, t_us, { index, reason, lag_us, masks, finding }, { chips }) {
  const { window, x, y, buttons } = session.stateAt(t_us)
  const held = [...buttons].map((button) => `${button} button held`)
  const pointer = x === null || y === null ? 'Pointer not known' : [`Pointer at ${x}, ${y}`, ...held].join(', ')
  const keys = session.chipsAt(t_us, { mode: chips }).slice(-SAID_CHIPS).map((/** @type {any} */ chip) => chip.label)
  return [
    [window.app, window.title].filter(Boolean).join(', window '),
    window.url ? `Address ${window.url}` : '',
    pointer,
    clickWords(session, t_us),
    keys.length ? `Keys ${keys.join(', ')}` : '',
    reason || pictureWords(index, about.frames.id.length, lag_us),
    maskWords(masks),
    finding ? `Finding: ${finding.words}` : '',
  ].filter(Boolean).map((part) => part.replace(/\.$/, '')).join('. ')
}

/** @param {number} index @param {number} frames_n @param {number} lag_us */
function pictureWords(index, frames_n, lag_us) {
  if (index < 0) return ''
  const age = lag_us ? `, ${lengthWords(Math.abs(lag_us))} ${lag_us < 0 ? 'newer' : 'older'} than this moment` : ''
  return `Picture ${index + 1} of ${frames_n}${age}`
}

/** @param {any} session @param {number} t_us */
function clickWords(session, t_us) {
  const presses = session.pressesBetween(t_us - CLICK_US, t_us)
  const click = presses.findLast((/** @type {any} */ { kind }) => kind === 'click' || kind === 'double_click')
  if (!click) return ''
  const { role = '', name = '' } = click.detail?.element ?? {}
  const said = click.kind === 'double_click' ? 'Double click' : click.button === 'right' ? 'Right click' : 'Click'
  return [said, role || name ? `on ${[role, name].filter(Boolean).join(' ')}` : ''].filter(Boolean).join(' ')
}

/** @param {{entity: string}[]} masks */
function maskWords(masks) {
  if (!masks.length) return ''
  const counts = new Map()
  for (const { entity } of masks) counts.set(entity, (counts.get(entity) ?? 0) + 1)
  const parts = [...counts].sort((a, b) => b[1] - a[1]).slice(0, SAID_ENTITIES).map(([entity, n]) => `${n} ${entity}`)
  return `${counted(masks.length, 'mask')}: ${parts.join(', ')}`
}
