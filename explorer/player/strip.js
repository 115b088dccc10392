// @ts-check
// Words around the picture: window and address above it, its age and what is missing on it. Text only, as text.

import { element } from '../widgets/dom.js'
import { partsOf } from './found.js'
import { lengthWords, placeWords } from './words.js'

const NO_FRAMES = {
  consent: 'No pictures: consent does not cover screenshots.',
  not_recorded: 'No pictures: this recording has none.',
  unread_video: 'No pictures: the video of this recording was not read on import.',
  damaged: 'No pictures: their file is damaged. The command trace-explorer check names it.',
}
const OUTLINE = 'The outlines are those of the displays.'
const ESTIMATED = 'The size of the display is estimated.'
const UNKNOWN = 'The size of the display is not known.'

/** The line above the picture: application, window title, address, size of the picture. */
export class Strip {
  constructor() {
    this.app = element('span', 'app', { dir: 'auto' })
    this.title = element('span', 'title', { dir: 'auto' })
    this.url = element('span', 'url', { dir: 'auto' })
    this.size = element('span', 'size')
    this.root = element('div', 'strip', {}, this.app, this.title, this.url, this.size)
  }

  /**
   * @param {{app: string | null, title: string | null, url: string | null}} window
   * @param {number | null} share device pixels of a stored pixel; null where there is no picture
   * @param {{name: 'title' | 'url', chars: number[] | null} | null} [found] letters to point out
   */
  show({ app, title, url }, share, found = null) {
    say(this.app, app ?? '')
    point(this.title, title ?? '', found?.name === 'title' ? found : null)
    point(this.url, url ?? '', found?.name === 'url' ? found : null)
    say(this.size, share === null ? '' : `${Math.round(share * 100)} %`)
  }
}

/** Words on the picture: how old it is, why there is none, and a way to ask for it again. */
export class Notes {
  /** @param {() => void} onretry */
  constructor(onretry) {
    this.age = element('div', 'age', { hidden: '' })
    this.words = element('p', 'words')
    this.retry = element('button', 'retry', { type: 'button', hidden: '' }, 'Try again')
    this.retry.onclick = onretry
    this.reason = element('div', 'reason', { hidden: '' }, this.words, this.retry)
    this.hover = element('div', 'hover', { hidden: '', dir: 'auto' })
  }

  /** @param {string} words how old the picture is; empty: nothing to say */
  showAge(words) {
    say(this.age, words)
    hide(this.age, !words)
  }

  /**
   * @param {string} words why there is no picture; empty: there is one
   * @param {boolean} canRetry
   */
  showReason(words, canRetry) {
    say(this.words, words)
    hide(this.reason, !words)
    hide(this.retry, !canRetry)
  }

  /**
   * @param {string} words about what is under the pointer; empty: nothing to say
   * @param {{x: number, y: number}} [at] CSS pixels
   */
  showHover(words, at) {
    say(this.hover, words)
    hide(this.hover, !words)
    if (at) this.hover.style.transform = `translate(min(${at.x + 14}px, 100cqw - 100% - 4px), ${Math.max(0, at.y - 30)}px)`
  }
}

/**
 * What a mask covers and how, in words.
 * @param {import('./draw_boxes.js').Mask} mask
 */
export function maskWords({ entity, method, score }) {
  return [entity, method, score === null ? '' : `score ${score.toFixed(2)}`].filter(Boolean).join(' · ')
}

/**
 * Set text only where it changed: a frame should not touch the page for nothing.
 * @param {HTMLElement} node
 * @param {string} text
 */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/**
 * The same with letters pointed out; all of them where they are not known.
 * @param {HTMLElement} node
 * @param {string} text
 * @param {{chars: number[] | null} | null} found
 */
function point(node, text, found) {
  const told = found ? JSON.stringify(found.chars) : ''
  if ((node.dataset.found ?? '') === told) return say(node, text)
  node.dataset.found = told
  node.scrollLeft = 0
  const parts = found && partsOf(text, found.chars)
  if (!found) node.replaceChildren(text)
  else if (!parts) node.replaceChildren(element('mark', '', {}, text))
  else node.replaceChildren(parts[0], element('mark', '', {}, parts[1]), parts[2])
  node.querySelector('mark')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  return undefined
}

/** @param {HTMLElement} node @param {boolean} isHidden */
function hide(node, isHidden) {
  if (node.hidden !== isHidden) node.hidden = isHidden
}

/**
 * Why a moment has no picture.
 * @param {any} about
 * @param {number} index picture valid at the moment, or -1
 * @param {string} failure why it could not be shown, or empty
 */
export function reasonWords(about, index, failure) {
  if (failure) return `${failure} ${OUTLINE}`
  const first_us = about.frames.t_us[0]
  if (index < 0 && first_us !== undefined) return `No picture yet: the first one comes at ${placeWords(first_us)}.`
  if (index >= 0) return ''
  const told = about.frames_reason === 'not_recorded' && about.flags?.includes('unread_video') ? 'unread_video' : about.frames_reason
  const why = NO_FRAMES[/** @type {keyof typeof NO_FRAMES} */ (told)] ?? NO_FRAMES.not_recorded
  if (!about.displays.length) return `${why} ${UNKNOWN}`
  return `${why} ${about.displays.some((/** @type {any} */ { is_estimated }) => is_estimated) ? ESTIMATED : OUTLINE}`
}

/**
 * How old a picture is, in words; empty when that does not matter.
 * @param {number} lag_us negative: it is newer
 * @param {boolean} isWaiting a later picture is being fetched
 */
export function ageWords(lag_us, isWaiting) {
  if (isWaiting) return 'Loading the picture of this moment'
  // Steps of 10 ms, then of 100 ms: the words should not flicker while time passes.
  const step_us = Math.abs(lag_us) < 1e6 ? 1e4 : 1e5
  const age_us = Math.round(Math.abs(lag_us) / step_us) * step_us
  return age_us ? `Frame is ${lengthWords(age_us)} ${lag_us < 0 ? 'newer' : 'older'} than this moment` : ''
}
