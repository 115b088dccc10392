// @ts-check
// One step: its number, how it was judged, thought, action, and the screens before and after. Text is only text.

import { element } from './dom.js'

const SVG = 'http://www.w3.org/2000/svg'
// A shape of its own for each outcome, so that nobody needs the colour.
const SHAPES = {
  correct: ['M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z', 'M4.8 8.2l2.2 2.3l4.2-4.6'],
  redundant: ['M8 1.5L14.5 8L8 14.5L1.5 8z', 'M5.4 8h5.2'],
  wrong: ['M2 2h12v12H2z', 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6'],
  unknown: ['M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7z', ''],
}

/**
 * @typedef {{place: number, time: string, thought: string, observation: string, reflection: string,
 *   actions: [string, [string, string][]][], action_code: string, frames: [string, string][]}} Step
 */

/**
 * The shape of an outcome.
 * @param {string} name
 */
export function mark(name) {
  const svg = document.createElementNS(SVG, 'svg')
  for (const [key, value] of Object.entries({ viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true', class: `mark ${name}` })) {
    svg.setAttribute(key, value)
  }
  SHAPES[/** @type {keyof typeof SHAPES} */ (name)].forEach((line, place) => {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', line)
    path.setAttribute('class', place ? 'sign' : 'frame')
    svg.append(path)
  })
  return svg
}

/**
 * The step's element.
 * @param {Step} step
 * @param {{name: string, word: string}} outcome
 * @param {string} replay address of the session's replay
 */
export function stepRow(step, { name, word }, replay) {
  const said = element('div', 'said')
  if (step.thought) said.append(element('p', 'thought', { dir: 'auto' }, step.thought))
  said.append(...step.actions.map(actionOf))
  if (!step.actions.length && !step.action_code) said.append(element('p', 'action none', {}, 'No action'))
  for (const [label, text, kind] of /** @type {[string, string, string][]} */ ([
    ['Code', step.action_code, 'code'], ['What was seen', step.observation, ''], ['Reflection', step.reflection, '']])) {
    if (text) said.append(moreOf(label, text, kind))
  }
  const number = element('div', 'number', {}, element('span', 'place', {}, String(step.place)), mark(name),
    element('span', `word ${name}`, {}, word), element('span', 'time', {}, replayLink(step, replay)))
  const screens = element('div', 'screens', {}, ...step.frames.map((frame) => screenOf(step.place, frame)))
  return element('article', `step ${name}`, { id: `step-${step.place}`, tabindex: '-1', 'aria-label': `Step ${step.place}, ${word}` },
    number, said, screens)
}

/** @param {Step} step @param {string} replay */
function replayLink({ place, time }, replay) {
  const address = new URL(replay, document.baseURI)
  address.searchParams.set('step', String(place))
  return element('a', 'replay', { href: address.href, 'aria-label': `Replay from step ${place}` }, time ? `${time} ▸` : 'Replay ▸')
}

/** @param {[string, [string, string][]]} action */
function actionOf([kind, args]) {
  const parts = args.map(([name, value]) => element('span', 'argument', {},
    ...(name ? [element('span', 'name', { dir: 'auto' }, name), ' '] : []), element('span', 'value', { dir: 'auto' }, value)))
  return element('p', 'action', {}, ...(kind ? [element('span', 'kind', { dir: 'auto' }, kind)] : []), ...parts)
}

/** @param {string} label @param {string} text @param {string} kind */
function moreOf(label, text, kind) {
  const body = kind === 'code' ? element('pre', '', { dir: 'auto', tabindex: '0' }, text) : element('p', 'more', { dir: 'auto' }, text)
  return element('details', '', {}, element('summary', '', {}, label), body)
}

/** @param {number} place @param {[string, string]} frame */
function screenOf(place, [word, frame_id]) {
  const address = (/** @type {string} */ route) => new URL(`${route}/${encodeURIComponent(frame_id)}`, document.baseURI).href
  const picture = /** @type {HTMLImageElement} */ (element('img', '', { alt: `Screen ${word} step ${place}`, width: '144', height: '90' }))
  picture.loading = 'lazy'
  picture.decoding = 'async'
  picture.onerror = () => picture.classList.add('missing')
  picture.src = address('thumb')
  const link = element('a', 'screen', { href: address('frame'), target: '_blank', rel: 'noopener', 'data-word': word, 'data-place': String(place) },
    picture, element('span', 'caption', {}, word))
  return link
}
