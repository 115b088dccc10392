// @ts-check
// The place of a finding that the address names: an outline on its picture, or its letters and its row in the list.
// The address holds numbers and ids; the words are of a fixed list.

import { askServer } from './ask_server.js'

/** @typedef {import('./player.js').Player} Player */
/**
 * @typedef {object} Finding
 * @property {string} words of its kind
 * @property {string} hint what the kind means, and what to do
 * @property {string} list_href the list that it was opened from, at its line
 * @property {boolean} has_text whether rows hold the text that it is about
 * @property {string | null} frame id of its picture
 * @property {number[] | null} box left, top, width, height in pixels of the picture
 * @property {string | null} place where the replay shows such texts
 * @property {number[] | null} rows first and last
 * @property {number[] | null} chars first, and the one after the last
 */

const NAMES = ['what', 'on', 'box', 'place', 'rows', 'chars', 'finding']
const LIST = 'list_' // what the list was filtered by stands under names that begin so
const PLACES = /** @type {Record<string, string>} */ ({
  title: 'in the window title', url: 'in the address', typed: 'in typed text', clipboard: 'in the clipboard',
  element: 'in the name of an element', task: 'in the task', step: 'in the text of a step', row: '',
  session: 'of the whole session',
})
const KINDS = /** @type {Record<string, string[]>} */ ({
  typed: ['typing', 'shortcut'], clipboard: ['clipboard', 'shortcut'], step: ['step'],
  element: ['click', 'double_click', 'right_click', 'drag', 'clipboard'],
})
const GONE = 'The picture of this finding is not in the session (any more).'
const NO_ROWS = 'The rows of this finding are not in the session (any more).'
const HIDDEN = 'Typed text is hidden here. Options shows it: Typed text in clear.'
// The smallest outline that can be seen, in pixels of the picture.
const LEAST_PX = 4

/**
 * A finding's box on the desktop, and the picture it belongs to; null where it has none.
 * @param {Finding} finding
 * @param {any} about
 */
export function boxOf({ frame, box, words }, { frames }) {
  const index = frame === null ? -1 : frames.id.indexOf(frame)
  if (index < 0) return null
  const [left, top, width, height] = box ?? [0, 0, frames.width[index] ?? 0, frames.height[index] ?? 0]
  const [scale_x, scale_y] = [frames.scale_x[index] || 1, frames.scale_y[index] || 1]
  return {
    frame: index, words, left: (frames.left[index] ?? 0) + left / scale_x, top: (frames.top[index] ?? 0) + top / scale_y,
    width: Math.max(width, LEAST_PX) / scale_x, height: Math.max(height, LEAST_PX) / scale_y,
  }
}

/**
 * A text cut where a finding begins and ends; null where it is not as long. Characters are counted, not halves of them.
 * @param {string} text
 * @param {number[] | null} chars
 * @returns {[string, string, string] | null}
 */
export function partsOf(text, chars) {
  const letters = [...text]
  if (!chars || chars[0] >= chars[1] || chars[1] > letters.length) return null
  return [letters.slice(0, chars[0]).join(''), letters.slice(chars[0], chars[1]).join(''), letters.slice(chars[1]).join('')]
}

/**
 * The finding in the words of a window; null where these are others than at its moment.
 * @param {import('./stage.js').Stage} stage
 * @param {any} window
 */
export function foundIn({ found, session }, window) {
  if (!found || !session.has(found.t_us)) return null
  return session.stateAt(found.t_us).window[found.name] === window[found.name] ? found : null
}

/**
 * Show the finding of the data on stage, strip, list and head; or none.
 * @param {Player} player
 */
export async function showFound(player) {
  const { data, about, stage, session, parts } = player
  const finding = /** @type {Finding | null} */ (data.finding ?? null)
  if (!about || !stage || !session) return
  player.found = finding
  const said = finding ? { words: wordsOf(finding), hint: finding.hint, list_href: finding.list_href, isTitle: finding.place === 'task' } : null
  parts.head.setFound(said, () => hideFound(player))
  stage.setFound(null)
  parts.list.setFound(null)
  if (!finding) return
  const box = boxOf(finding, about)
  if (box) {
    stage.setFound({ box })
    whenSeen(player, box.frame)
  } else if (finding.frame !== null) player.said.note(GONE)
  await showText(player, finding, box)
}

/**
 * Say the moment again when its picture is here: only then the outline is to be seen.
 * @param {Player} player
 * @param {number} index of the picture
 */
function whenSeen(player, index) {
  const frames = player.opening?.frames
  if (!frames || frames.state(index) === 'ready') return player.settle()
  const deaf = frames.listen((other) => {
    if (other !== index || frames.state(index) !== 'ready') return
    deaf()
    player.settle()
  })
  return undefined
}

/** @param {Player} player @param {Finding} finding @param {{frame: number} | null} box that stands beside the text */
async function showText(player, finding, box) {
  const { place, rows, chars } = finding
  if (place === null || place === 'task' || place === 'session' || !rows) return
  const times = place === 'step' ? timesOfSteps(player.about, rows) : await timesOfRows(player, rows)
  if (player.found !== finding) return
  if (!times) return player.said.note(NO_ROWS)
  // A title holds on: what is masked beside it may come into the picture only later.
  if (player.data.start_us === null) player.seek(Math.max(times[0], box ? player.about.frames.t_us[box.frame] : 0))
  const kinds = KINDS[place] ?? []
  player.parts.list.setFound({ kinds, from_us: times[0], to_us: place === 'title' || place === 'url' ? times[0] : times[1] })
  if (place === 'title' || place === 'url') player.stage?.setFound({ box, text: { name: place, chars, t_us: times[0] } })
  else if (finding.has_text && (place === 'typed' || place === 'clipboard')) sayHidden(player)
}

/** Say how hidden text is shown, where it can be. @param {Player} player */
function sayHidden({ about, settings, said }) {
  if (about.typed !== 'closed' && !settings.typed) said.note(HIDDEN)
}

/** @param {Player} player @param {number[]} rows @returns {Promise<[number, number] | null>} */
async function timesOfRows({ data }, [first, last]) {
  const { answer } = await askServer(`${data.trace_way}/times.json?first=${first}&last=${last}`)
  return answer && answer.start_us !== null ? [answer.start_us, answer.end_us] : null
}

/** @param {any} about @param {number[]} rows numbers of steps @returns {[number, number] | null} */
function timesOfSteps({ steps }, [first, last]) {
  const meant = steps.filter((/** @type {any} */ { step }) => step >= first && step <= last)
  return meant.length ? [meant[0].t_us, meant[0].t_us] : null
}

/** @param {Player} player */
function hideFound(player) {
  const address = new URL(location.href)
  for (const name of [...address.searchParams.keys()]) {
    if (NAMES.includes(name) || name.startsWith(LIST)) address.searchParams.delete(name)
  }
  history.replaceState(history.state, '', address.href)
  player.data.finding = null
  showFound(player)
  player.playback.draw()
}

/** @param {Finding} finding */
function wordsOf({ words, place }) {
  return [words, place ? PLACES[place] : ''].filter(Boolean).join(', ')
}
