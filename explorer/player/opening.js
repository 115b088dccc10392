// @ts-check
// Opening a session: what it is comes first, then its rows; stage, timeline and list are given what has come.

import { askAheadOf } from '../widgets/ahead.js'
import { decodeChunk } from './events.js'
import { createFrames } from './frames.js'
import { groupRows } from './grouping.js'
import { Loading } from './loading.js'
import { lookOf } from './look.js'
import { Session } from './session.js'
import { createStage } from './stage.js'

const LIST_WAIT_MS = 150
const AHEAD_WAIT_MS = 1000

export class Opening {
  /** @param {import('./player.js').Player} player */
  constructor(player) {
    this.player = player
    const { data, said, playback } = player
    playback.open()
    said.opening(data.title)
    this.loading = new Loading(data, {
      onabout: (about) => this.opened(about),
      onchunk: (buffer) => this.received(buffer),
      onfail: (problem) => {
        playback.apply('fail')
        said.failed(problem)
      },
      onchunks: (failed) => this.lacking(failed),
      onsilent: (wait_ms) => {
        said.silent(wait_ms)
        if (wait_ms === null) this.frames?.retry()
      },
    }, data.is_rows_alone && [data.start_us, data.start_step, data.start_frame].every((named) => named === null))
  }

  /** @param {any} about */
  opened(about) {
    const { data, parts: { stage, lanes, list, controls, head }, playback, said } = this.player
    this.about = about
    this.session = new Session(about)
    this.frames = createFrames({ urlOf: (index) => this.urlOf(data.frame_url, index), frames_n: about.frames.id.length })
    this.frames.listen((_, state) => {
      if (state === 'failed') this.loading.check()
    })
    const { t_us, words } = startOf(data, about)
    this.stage = createStage(stage, { about, session: this.session, frames: this.frames, t_us })
    lanes.open(this.session, { look: lookOf(stage), app_colours: data.app_colours, marks: [] })
    list.open(about)
    controls.open(about)
    head.describe(about)
    if (words) said.note(words)
    this.loading.want(this.session.chunkAt(t_us))
    playback.loaded(this.session, t_us)
    this.player.opened()
    // With chunks to come, the list waits for the first: it should not be rebuilt under the reader's eyes.
    if (!about.chunks.length) {
      this.regroup(0)
      this.lookAhead()
    }
  }

  /** @param {string} route @param {number} index of a frame */
  urlOf(route, index) {
    return new URL(route + encodeURIComponent(this.about.frames.id[index]), document.baseURI).href
  }

  /** @param {ArrayBuffer} buffer */
  received(buffer) {
    const { playback } = this.player
    const [isFirst, wasStarving] = [!this.loading.loaded.size, playback.isStarving()]
    this.session?.add(decodeChunk(buffer))
    this.player.parts.lanes.arrived()
    this.regroup(isFirst ? 0 : LIST_WAIT_MS)
    playback.arrived()
    if (wasStarving && !playback.isStarving()) this.player.settle()
    this.sought?.()
    if (this.loading.loaded.size + 1 === this.session?.indexed.length) this.lookAhead()
  }

  /** Everything is here: the server reads the next session, so that it opens at once. */
  lookAhead() {
    const { next } = this.player.data.ways
    clearTimeout(this.ahead)
    if (next) this.ahead = setTimeout(() => askAheadOf(new URL(next, document.baseURI).href), AHEAD_WAIT_MS)
  }

  /**
   * Look again when a chunk is here, unless something else was looked for meanwhile.
   * @param {number} chunk
   * @param {() => void} look
   */
  seekWhenHere(chunk, look) {
    const t_us = this.player.playback.t_us
    this.loading.want(chunk)
    this.player.said.note('Fetching the events in which it may be…')
    this.sought = () => {
      this.sought = undefined
      this.player.said.note('')
      if (!this.player.playback.isRunning && this.player.playback.t_us === t_us) look()
    }
  }

  /** @param {number[]} failed chunks that are not here and will not come by themselves */
  lacking(failed) {
    const { playback, said } = this.player
    playback.broken = new Set(failed)
    said.lacking(failed, this.about)
    playback.arrived()
    this.player.settle()
    this.regroup(0)
  }

  /** @param {number} wait_ms until the list is made anew: chunks that come together are one change */
  regroup(wait_ms) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      if (this.session) this.player.parts.list.show(groupRows(this.session), this.loading.next() === null)
    }, wait_ms)
  }

  /** What was typed is fetched anew, in clear or without; what is here is forgotten at once. @param {boolean} isTyped */
  retype(isTyped) {
    this.session?.clear()
    this.loading.setTyped(isTyped)
    this.regroup(0)
  }

  retry() {
    if (this.player.playback.state === 'failed') {
      this.player.said.opening(this.player.data.title)
      this.player.playback.apply('retry')
    }
    this.loading.retry()
  }

  close() {
    clearTimeout(this.timer)
    clearTimeout(this.ahead)
    this.loading.stop()
    this.stage?.destroy()
    this.frames?.close()
  }
}

/**
 * The moment that an address names, as far as the session has it, and what to say where it has not.
 * @param {any} data
 * @param {any} about
 */
export function startOf({ start_us, start_step, start_frame }, about) {
  const frame = start_frame === null ? -1 : about.frames.id.indexOf(start_frame)
  const step = start_step === null ? undefined : about.steps[start_step - 1]
  const t_us = start_us ?? step?.t_us ?? about.frames.t_us[frame] ?? 0
  if (t_us <= about.duration_us) return { t_us, words: '' }
  return { t_us: about.duration_us, words: 'The address names a moment after the end: this is the end.' }
}
