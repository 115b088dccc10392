// @ts-check
// Colours of what is drawn on the stage. The picture may be light in a dark theme: every mark has a halo of its own.

import { isDark, variable } from '../widgets/theme.js'

/** Colour of each kind on the light and on the dark theme, the same as everywhere in the app. */
export const KIND_COLOURS = /** @type {Record<string, [string, string]>} */ ({
  move: ['#8A8F98', '#7E8590'],
  click: ['#1F6FEB', '#4C9AFF'],
  right_click: ['#C2560C', '#F2903D'],
  scroll: ['#8A6D00', '#D9B93B'],
  key: ['#1B7F4D', '#3FBF7F'],
  shortcut: ['#6B3FD4', '#A88BFA'],
  app_switch: ['#0B7A75', '#35B8B0'],
  frame: ['#5B6573', '#98A2B3'],
  mark: ['#C62828', '#FF6B6B'],
})

/**
 * @typedef {object} Look
 * @property {boolean} is_dark
 * @property {Record<string, string>} kinds colour by kind
 * @property {string} halo around every mark
 * @property {string} ink text and thin lines on paper
 * @property {string} quiet text that matters less
 * @property {string} paper behind text on a picture
 * @property {string} cap face of a key cap
 * @property {string} ground beside the displays
 * @property {string} display face of a display without a picture
 * @property {string} line outline of displays and windows
 * @property {string} font family
 * @property {boolean} is_still the reader asked for less motion
 */

/**
 * What the page around an element looks like now.
 * @param {Element} root
 * @returns {Look}
 */
export function lookOf(root) {
  const is_dark = isDark(root)
  const pick = (/** @type {[string, string]} */ pair) => pair[is_dark ? 1 : 0]
  return {
    is_dark,
    kinds: Object.fromEntries(Object.entries(KIND_COLOURS).map(([kind, pair]) => [kind, pick(pair)])),
    halo: pick(['rgb(255 255 255 / 92%)', 'rgb(11 14 18 / 88%)']),
    ink: pick(['#1B1F24', '#E4E7EB']),
    quiet: pick(['#5B6573', '#98A2B3']),
    paper: pick(['rgb(255 255 255 / 94%)', 'rgb(26 30 36 / 94%)']),
    cap: pick(['#FFFFFF', '#262C35']),
    ground: variable(root, '--st-secondary-background-color', pick(['#F5F6F8', '#1A1E24'])),
    display: variable(root, '--st-background-color', pick(['#FFFFFF', '#111418'])),
    line: pick(['#B4BAC3', '#4A5361']),
    font: variable(root, '--st-font', 'system-ui, sans-serif'),
    is_still: matchMedia('(prefers-reduced-motion: reduce)').matches,
  }
}

/**
 * Kind whose colour a button has.
 * @param {string | null | undefined} button
 */
export function kindOfButton(button) {
  return button === 'right' ? 'right_click' : 'click'
}
