// @ts-check
// What each command does, whether a key or a button asked for it.

import { createSpeedChord } from './keys.js'
import { changeMark, deleteMark, markMoment } from './marking.js'
import { link, momentOf, together } from './sync.js'

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64]
const TRAILS_S = [0, 2, 5, 10]
const KEYS = /** @type {const} */ (['shortcuts', 'all', 'none'])
const CLOSER = 1.25
const chord = createSpeedChord()
const SAID = {
  click: 'click', right_click: 'right click', shortcut: 'shortcut', app_switch: 'app switch', frame: 'screenshot', mark: 'mark',
  event: 'event', failed_step: 'failed step',
}

/** @typedef {import('./player.js').Player} Player */

/** @type {Record<string, (player: Player, value: any) => void>} */
export const COMMANDS = {
  toggle,
  speed: (player, speed) => player.set({ speed }),
  speed_step: (player, by) => player.set({ speed: stepped(player.settings.speed, by) }),
  digit: (player, digit) => {
    const speed = chord.push(digit, performance.now())
    if (speed) player.set({ speed })
  },
  seek: (player, t_us) => player.seek(t_us),
  move: (player, by_us) => player.seek(clamped(player, player.playback.t_us + by_us)),
  start: (player) => player.seek(0),
  end: (player) => player.seek(player.playback.clock.end_us),
  next: (player, name) => go(player, name, 1),
  previous: (player, name) => go(player, name, -1),
  loop_in: (player) => loop(player, player.playback.t_us, player.loop?.[1] ?? player.playback.clock.end_us),
  loop_out: (player) => loop(player, player.loop?.[0] ?? 0, player.playback.t_us),
  loop_clear: (player) => loop(player, 0, null),
  skip_idle: (player) => player.set({ skip_s: player.settings.skip_s ? 0 : player.last_skip_s }),
  skip_s: (player, skip_s) => {
    player.last_skip_s = skip_s
    player.set({ skip_s })
  },
  trail: (player) => player.set({ trail_s: TRAILS_S.find((s) => s > player.settings.trail_s) ?? TRAILS_S[0] }),
  trail_s: (player, trail_s) => player.set({ trail_s }),
  chips: (player) => player.set({ keys: KEYS[(KEYS.indexOf(player.settings.keys) + 1) % KEYS.length] }),
  keys: (player, keys) => player.set({ keys }),
  masks: (player) => player.set({ masks: !player.settings.masks }),
  typed: (player) => {
    if (player.about?.typed === 'closed') player.said.note('The consent of this session does not cover what was typed.')
    else player.set({ typed: !player.settings.typed })
  },
  unfold: (player) => player.set({ folded: !player.settings.folded }),
  one_to_one: (player) => player.stage?.oneToOne(),
  fit: (player) => player.stage?.fit(),
  zoom: (player, by) => player.stage?.zoomBy(by > 0 ? CLOSER : 1 / CLOSER),
  next_session: (player) => player.parts.head.go(1),
  previous_session: (player) => player.parts.head.go(-1),
  link: (player) => player.parts.head.copyLink(),
  linked: (_, isLinked) => link(isLinked),
  filter: (player) => {
    player.parts.setDrawer(true)
    player.parts.side.show('events')
    player.parts.list.filter.focus()
  },
  drawer: (player) => player.parts.setDrawer(!player.parts.isDrawerOpen()),
  sheet: (player) => player.parts.sheet.open(),
  mark: markMoment,
  take_away: (player) => {
    const { about, data, loop, settings, playback, parts } = player
    if (!about) return
    playback.pause()
    parts.take.open({ way: data.trace_way, about, loop, settings, t_us: playback.t_us })
  },
  change_mark: changeMark,
  delete_mark: deleteMark,
  close: (player) => player.parts.setDrawer(false),
}

/** @param {Player} player */
function toggle(player) {
  const all = together(player).map(({ playback }) => playback)
  if (all.some(({ isRunning }) => isRunning)) {
    for (const playback of all) playback.pause()
    align(player)
  } else {
    // One that has ended waits for the others, and begins anew with them.
    const isOver = all.every(({ state }) => state === 'ended')
    for (const playback of all) if (isOver || playback.state !== 'ended') playback.play()
  }
}

/** Clocks stop one after the other: they stand at the same moment again. @param {Player} player */
function align(player) {
  const t_us = Math.round(player.playback.t_us)
  for (const member of together(player)) {
    const to_us = momentOf(player, member, t_us)
    if (member.playback.state === 'paused' && to_us <= member.playback.clock.end_us) member.playback.seek(to_us)
  }
}

/** @param {number} speed @param {number} by */
function stepped(speed, by) {
  const faster = SPEEDS.filter((one) => (by > 0 ? one > speed : one < speed))
  return (by > 0 ? faster[0] : faster[faster.length - 1]) ?? speed
}

/** @param {Player} player @param {number} t_us */
function clamped(player, t_us) {
  return Math.min(player.playback.clock.end_us, Math.max(0, t_us))
}

/** @param {Player} player @param {any} name @param {1 | -1} direction */
function go(player, name, direction) {
  const found = player.session?.next(name, Math.round(player.playback.t_us), direction)
  if (typeof found === 'number') {
    player.playback.pause()
    player.seek(found)
  } else if (found && player.playback.broken.has(found.needs_chunk)) {
    player.said.note('The events in which it may be could not be fetched.')
  } else if (found) {
    player.opening?.seekWhenHere(found.needs_chunk, () => go(player, name, direction))
  } else if (found === null) {
    const said = SAID[/** @type {keyof typeof SAID} */ (name)] ?? name
    player.said.note(`No ${direction > 0 ? 'later' : 'earlier'} ${said}`)
  }
}

/** @param {Player} player @param {number} from_us @param {number | null} to_us */
function loop(player, from_us, to_us) {
  for (const member of together(player)) {
    const other = /** @type {Player} */ (member)
    const by_us = other.offset_us - player.offset_us
    other.playback.clock.setLoop(Math.max(0, from_us + by_us), to_us === null ? null : to_us + by_us)
    other.loop = other.playback.clock.loop
    other.parts.lanes.setLoop(other.loop)
  }
}

