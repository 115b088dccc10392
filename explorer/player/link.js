// @ts-check
// The player's state in the page's address: the moment, the speed, what is drawn. Pure.

/**
 * @typedef {object} Settings
 * @property {number} speed
 * @property {number} skip_s shortest wait that is skipped; 0: none is
 * @property {number} trail_s
 * @property {'shortcuts' | 'all' | 'none'} keys
 * @property {boolean} masks
 * @property {boolean} folded idle time is folded on the timeline
 */

/** @type {Settings} */
export const DEFAULTS = { speed: 1, skip_s: 5, trail_s: 2, keys: 'shortcuts', masks: false, folded: true }
const KEYS = ['shortcuts', 'all', 'none']

/**
 * What an address sets; anything odd is as if it were not there.
 * @param {string} href
 * @returns {Settings}
 */
export function settingsOf(href) {
  const params = new URL(href).searchParams
  const keys = params.get('keys') ?? ''
  return {
    speed: within(params.get('speed'), 0.1, 64, DEFAULTS.speed),
    skip_s: params.get('skip') === '0' ? 0 : within(params.get('skip'), 2, 60, DEFAULTS.skip_s),
    trail_s: within(params.get('trail'), 0, 10, DEFAULTS.trail_s),
    keys: /** @type {Settings['keys']} */ (KEYS.includes(keys) ? keys : DEFAULTS.keys),
    masks: params.get('masks') === '1',
    folded: params.get('idle') !== 'unfolded',
  }
}

/**
 * The address of a moment: `side` is the prefix of the second of two players.
 * @param {string} href of the page
 * @param {{session_id: string, t_us: number, side: string, settings: Settings}} shown
 */
export function addressAt(href, { session_id, t_us, side, settings }) {
  const address = new URL(href)
  const set = (/** @type {string} */ name, /** @type {string | null} */ value) => {
    if (value === null) address.searchParams.delete(name)
    else address.searchParams.set(name, value)
  }
  set(side ? 'with' : 'id', session_id)
  set(`${side}step`, null)
  set(`${side}frame`, null)
  set(`${side}t`, momentText(t_us))
  const { speed, skip_s, trail_s, keys, masks, folded } = settings
  set('speed', speed === DEFAULTS.speed ? null : String(speed))
  set('skip', skip_s === DEFAULTS.skip_s ? null : String(skip_s))
  set('trail', trail_s === DEFAULTS.trail_s ? null : String(trail_s))
  set('keys', keys === DEFAULTS.keys ? null : keys)
  set('masks', masks ? '1' : null)
  set('idle', folded ? null : 'unfolded')
  return address.href
}

/**
 * A time in milliseconds, with decimals only where they are needed, so that a link leads exactly there.
 * @param {number} t_us
 */
export function momentText(t_us) {
  const whole_us = Math.round(t_us)
  const decimals = String(whole_us % 1000).padStart(3, '0').replace(/0+$/, '')
  return `${Math.floor(whole_us / 1000)}${decimals ? `.${decimals}` : ''}`
}

/** @param {string | null} text @param {number} least @param {number} most @param {number} fallback */
function within(text, least, most, fallback) {
  const value = text === null || text.trim() === '' ? NaN : Number(text)
  return value >= least && value <= most ? value : fallback
}
