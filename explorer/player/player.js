// @ts-check
// The replay player: owns the clock, tells the stage, the timeline and the list the moment, and keeps the address.
// Python is told nothing; marks go to their own route.

import { COMMANDS } from './commands.js'
import { attachKeys } from './key_watch.js'
import { showFound } from './found.js'
import { buildLayout } from './layout.js'
import { addressAt, DEFAULTS, settingsOf } from './link.js'
import { lookOf } from './look.js'
import { Marks } from './marks.js'
import { Opening } from './opening.js'
import { Playback } from './playback.js'
import { Said } from './said.js'
import { leaps } from './skip.js'
import { join, leapsOf, leave, link, linked, mayGo, momentOf, spread, together } from './sync.js'

const ADDRESS_WAIT_MS = 250
const players = new WeakMap()

/** @param {any} component of Components v2 */
export default function mount(component) {
  const root = component.parentElement
  const player = players.get(root) ?? new Player(root)
  players.set(root, player)
  player.update(component)
  return () => {
    players.delete(root)
    player.stop()
  }
}

export class Player {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.offset_us = 0
    this.path = location.pathname
    this.loop = /** @type {[number, number] | null} */ (null)
    this.last_skip_s = DEFAULTS.skip_s
    this.found = /** @type {import('./found.js').Finding | null} */ (null)
    this.settings = { ...settingsOf(location.href), typed: false }
    /** @type {Playback} */
    this.playback = new Playback({
      onstate: (state, before) => this.changed(state, before),
      onmoment: (t_us, isRunning) => this.show(t_us, isRunning),
      need: (place) => this.opening?.loading.want(place),
      mayGo: () => mayGo(this),
    })
    this.parts = buildLayout(root, this)
    this.said = new Said(this.parts, () => this.opening?.retry())
    this.keys = attachKeys(this)
    this.theme = matchMedia('(prefers-color-scheme: dark)')
    this.onTheme = () => requestAnimationFrame(() => this.look())
    this.theme.addEventListener('change', this.onTheme)
    join(this)
  }

  /** @param {any} component of Components v2 */
  update({ data }) {
    const before = this.data
    const asked = JSON.stringify([data.start_us, data.start_step, data.start_frame])
    const isNew = asked !== this.asked
    const isFoundNew = JSON.stringify(data.finding) !== JSON.stringify(before?.finding)
    this.asked = asked
    this.data = data
    this.parts.head.open(data)
    this.look()
    if (data.session_id !== before?.session_id) return this.open()
    if (this.about) this.parts.head.describe(this.about)
    if (isFoundNew) showFound(this)
    if (isNew && data.start_us !== null && data.start_us !== this.written_us) this.seek(data.start_us)
    return undefined
  }

  get about() {
    return this.opening?.about
  }

  get session() {
    return this.opening?.session
  }

  get stage() {
    return this.opening?.stage
  }

  /** Fetch the session that the data names. */
  open() {
    this.close()
    this.written_us = undefined
    this.loop = null
    this.settings.typed = false // asked for again for each session, as its events are
    this.parts.lanes.setLoop(null)
    this.parts.controls.set(this.settings)
    this.marks = new Marks(`${this.data.trace_way}/marks`, () => this.showMarks())
    this.parts.marks.open(`${this.data.trace_way}/marks.csv`)
    this.showMarks()
    this.opening = new Opening(this)
  }

  /** What the session is has come. */
  opened() {
    this.marks?.load()
    showFound(this)
    link(linked() !== false)
    this.apply({})
  }

  /** @param {string} state @param {string} before */
  changed(state, before) {
    this.parts.controls.setState(state)
    this.parts.frame.dataset.state = state
    spread(this, state, before)
    if (state === 'paused' || state === 'ended') this.settle()
  }

  /** @param {number} t_us @param {boolean} isRunning */
  show(t_us, isRunning) {
    const { trail_s, keys, masks, typed, speed } = this.settings
    this.stage?.draw(t_us, { trail_s, chips: keys, masks, typed, elements: true, speed })
    this.parts.lanes.at(t_us, isRunning)
    this.parts.controls.at(t_us)
    this.parts.list.at(t_us)
    this.parts.marks.at(t_us)
  }

  /** The moment stands still: the address names it, and it is told to those who do not see it. */
  settle() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      if (!this.session || this.playback.isRunning || this.isElsewhere()) return
      this.written_us = Math.round(this.playback.t_us)
      history.replaceState(history.state, '', this.link())
      const words = this.playback.isStarving() ? 'Its events are on their way.' : this.stage?.describe(this.written_us)
      this.parts.live.textContent = `${this.parts.lanes.words(this.written_us)}. ${words ?? ''}`
    }, ADDRESS_WAIT_MS)
  }

  /** Whether the address is already that of another page or session, which is on its way. */
  isElsewhere() {
    const named = new URL(location.href).searchParams.get(this.data.side ? 'with' : 'id')
    return location.pathname !== this.path || (named !== null && named !== this.data.session_id)
  }

  /** The address of this moment. */
  link() {
    const { data: { session_id, side }, settings } = this
    return addressAt(location.href, { session_id, side, settings, t_us: this.playback.t_us })
  }

  /**
   * Do what a key or a button asks for.
   * @param {string} command
   * @param {any} [value]
   */
  ask(command, value) {
    COMMANDS[command]?.(this, value)
  }

  /** Lead all that run together to a moment of this one. @param {number} t_us */
  seek(t_us) {
    for (const member of together(this)) {
      const player = /** @type {Player} */ (member)
      const to_us = momentOf(this, player, t_us)
      // Asked for at once, not with the browser's next frame: the picture comes that much sooner.
      player.stage?.shown.choose(to_us, to_us - player.playback.t_us)
      player.playback.seek(to_us)
      player.settle()
    }
  }

  /** Change settings, here and in all that run together. @param {Partial<Player['settings']>} change */
  set(change) {
    for (const member of together(this)) /** @type {Player} */ (member).apply(change)
  }

  /** @param {Partial<Player['settings']>} change */
  apply(change) {
    const wasTyped = this.settings.typed
    Object.assign(this.settings, change)
    this.playback.clock.setSpeed(this.settings.speed, performance.now())
    this.parts.controls.set(this.settings)
    this.parts.lanes.setFolded(this.settings.folded)
    if (wasTyped !== this.settings.typed) this.opening?.retype(this.settings.typed)
    for (const member of together(this)) member.relinked()
    this.playback.draw()
    if (this.session) this.settle()
  }

  /** @returns {[number, number][]} */
  leaps() {
    return this.about && this.settings.skip_s ? leaps(this.about.idle, this.settings.skip_s * 1e6) : []
  }

  relinked() {
    this.parts.head.setLinked(linked())
    this.playback.clock.setJumps(leapsOf(this))
  }

  showMarks() {
    const { marks, session, about, parts } = this
    if (!marks) return
    session?.setMarks(marks.all.map(({ t_us }) => t_us))
    if (about) parts.lanes.setMarks(marks.all)
    parts.marks.show(marks)
    parts.side.setCount(marks.all.length)
  }

  look() {
    const look = lookOf(this.parts.frame)
    this.parts.frame.style.colorScheme = look.is_dark ? 'dark' : 'light'
    this.parts.lanes.setLook(look)
    this.stage?.set({})
    this.playback.draw()
  }

  close() {
    clearTimeout(this.timer)
    this.opening?.close()
    this.opening = undefined
    this.marks?.close()
    this.marks = undefined
    this.parts.note.root.close()
    this.parts.take.root.close()
  }

  stop() {
    leave(this)
    this.close()
    this.playback.stop()
    this.keys.stop()
    this.theme.removeEventListener('change', this.onTheme)
    this.parts.stop()
  }
}
