// @ts-check
// The parts of the player and where they stand. Space is there before anything has arrived.

import { element } from '../widgets/dom.js'
import { COMMANDS } from './commands.js'
import { Controls } from './controls.js'
import { itemAt, matches } from './grouping.js'
import { Head } from './head.js'
import { BINDINGS, keyLabel } from './keys.js'
import { Lanes } from './lanes.js'
import { EventList } from './list.js'
import { MarksList } from './marks_list.js'
import { Note } from './note.js'
import { Notices } from './notices.js'
import { createSheet } from './sheet.js'
import { Side } from './side.js'
import { TakeAway } from './take_away.js'

const STYLES = ['./player.css', './stage.css']

/**
 * @param {ShadowRoot} root
 * @param {import('./player.js').Player} player
 */
export function buildLayout(root, player) {
  const ask = (/** @type {string} */ command, /** @type {any} */ value = undefined) => player.ask(command, value)
  const head = new Head({ link: () => player.link(), setLinked: (isLinked) => ask('linked', isLinked), takeAway: () => ask('take_away') })
  const controls = new Controls(ask)
  const notices = new Notices()
  const lanes = new Lanes({
    seek: (t_us, isEnd) => seekBy(player, t_us, isEnd),
    thumbUrl: (index) => player.opening?.urlOf(player.data.thumb_url, index) ?? '',
    frameAt: (t_us) => player.session?.frameAt(t_us) ?? -1,
  })
  const list = new EventList({ seek: (t_us) => player.seek(t_us), matches, itemAt })
  const marks = new MarksList({
    seek: (t_us) => player.seek(t_us), add: () => ask('mark'), edit: (mark) => ask('change_mark', mark),
    remove: (mark) => ask('delete_mark', mark), words: (t_us) => lanes.words(t_us),
  })
  const side = new Side({ events: list.root, marks: marks.root }, () => ask('close'))
  const sheet = createSheet(() => BINDINGS.filter(({ command }) => command in COMMANDS), keyLabel)
  const note = new Note()
  const take = new TakeAway()
  const stage = element('div', 'stage_box')
  const live = element('div', 'live', { 'aria-live': 'polite' })
  const frame = element('section', 'deck', { tabindex: '-1', 'aria-label': 'Replay' }, head.root,
    element('div', 'scene', {}, stage, notices.root), side.root, controls.root, lanes.root, live, sheet.root, note.root, take.root)
  const host = /** @type {HTMLElement} */ (root.querySelector('.player'))
  host.replaceChildren(...STYLES.map(styleLink), frame)
  return {
    head, controls, notices, lanes, list, marks, side, sheet, note, take, stage, live, frame,
    /** @param {boolean} isOpen */
    setDrawer(isOpen) {
      frame.classList.toggle('drawn', isOpen)
      controls.events.setAttribute('aria-expanded', String(isOpen))
    },
    isDrawerOpen: () => frame.classList.contains('drawn'),
    stop() {
      lanes.stop()
      list.stop()
      controls.options.close()
      notices.clearAll()
    },
  }
}

/** @param {import('./player.js').Player} player @param {number} t_us @param {boolean} isEnd */
function seekBy(player, t_us, isEnd) {
  player.seek(t_us)
  if (isEnd) player.parts.frame.focus({ preventScroll: true })
}

/** @param {string} path */
function styleLink(path) {
  return element('link', '', { rel: 'stylesheet', href: new URL(path, import.meta.url).href })
}
