// @ts-check
// A picture or a film of the replay: what it would be, whether it may be made, how far it is, and the file.

import { element, grouped } from '../widgets/dom.js'
import { askServer } from './ask_server.js'
import { rangeOf, timeText, wordsOf } from './clip_range.js'

const PLAN_WAIT_MS = 250
const ASK_AGAIN_MS = 250
const MAKE = { png: 'Make picture', gif: 'Make GIF', mp4: 'Make film' }
const WIDTHS = { png: [640, 1280, 1920], gif: [480, 640, 960], mp4: [640, 960, 1280, 1920] }

/**
 * @typedef {object} Shown what the player shows
 * @property {string} way of the session's routes
 * @property {any} about
 * @property {number} t_us
 * @property {[number, number] | null} loop
 * @property {{speed: number, skip_s: number}} settings
 */

export class TakeClip {
  constructor() {
    this.from = field('From')
    this.to = field('To')
    this.speed = select('Plays at', [0.5, 1, 2, 4, 8, 16, 32, 64].map((speed) => [String(speed), `${speed}×`]))
    this.width = select('Width', [])
    this.cuts = box('Cut pauses over 2 s')
    this.plain = box('The screenshot as stored, nothing drawn')
    this.sure = box('')
    this.said = element('p', 'plan', { role: 'status' })
    this.label = element('p', 'hint')
    this.problem = element('p', 'problem', { role: 'alert', hidden: '' })
    this.bar = /** @type {HTMLProgressElement} */ (element('progress', '', { max: '1', value: '0', 'aria-label': 'Progress', hidden: '' }))
    this.make = /** @type {HTMLButtonElement} */ (element('button', 'button primary', { type: 'button' }, 'Make'))
    this.stop = element('button', 'button', { type: 'button', hidden: '' }, 'Stop')
    this.file = /** @type {HTMLAnchorElement} */ (element('a', 'button', { download: '', hidden: '' }))
    this.make.onclick = () => this.begin()
    this.stop.onclick = () => this.leave()
    for (const { input } of [this.from, this.to, this.speed, this.width, this.cuts, this.plain]) input.oninput = () => this.changed()
    this.sure.input.onchange = () => this.allow()
    this.root = element('div', 'clip', {},
      element('div', 'range_row', {}, this.from.row, this.to.row, this.speed.row, this.width.row), this.cuts.row, this.plain.row, this.said, this.label,
      this.sure.row, this.problem, this.bar, element('div', 'end', {}, this.stop, this.file, this.make))
  }

  /** @param {Shown} shown */
  open(shown) {
    this.shown = shown
    const [from_us, to_us] = rangeOf(shown)
    this.from.input.value = timeText(from_us, shown.about)
    this.to.input.value = timeText(to_us, shown.about)
    this.speed.input.value = String(shown.settings.speed)
    if (!this.speed.input.value) this.speed.input.value = '1'
    this.cuts.input.checked = shown.settings.skip_s > 0
    this.plain.input.checked = false
    this.sure.input.checked = false
  }

  /** @param {string} kind */
  setKind(kind) {
    this.kind = kind
    const isFilm = kind !== 'png'
    for (const { row } of [this.from, this.to, this.speed]) row.hidden = !isFilm
    this.make.textContent = MAKE[/** @type {keyof typeof MAKE} */ (kind)]
    this.cuts.row.hidden = !isFilm || this.shown?.about.axis === 'step'
    this.plain.row.hidden = isFilm || !this.shown?.about.frames.id.length
    const usual = element('option', '', { value: '' }, 'usual')
    const widths = WIDTHS[/** @type {keyof typeof WIDTHS} */ (kind)]
    this.width.input.replaceChildren(usual, ...widths.map((px) => element('option', '', { value: String(px) }, `${grouped(px)} px`)))
    this.changed()
  }

  /** What is asked for; null where a time is none. */
  asked() {
    const shown = /** @type {Shown} */ (this.shown)
    const isFilm = this.kind !== 'png'
    const read = (/** @type {any} */ { input }, /** @type {boolean} */ isEnd) => wordsOf(input.value, shown.about, isEnd)
    const from_us = isFilm ? read(this.from, false) : Math.round(shown.t_us)
    const to_us = isFilm ? read(this.to, true) : null
    if (from_us === null || (isFilm && to_us === null)) return null
    const is_plain = !isFilm && this.plain.input.checked
    return {
      format: this.kind, from_us, to_us, speed: isFilm ? Number(this.speed.input.value) : 1,
      skips_idle: !this.cuts.row.hidden && this.cuts.input.checked, is_plain,
      width_px: is_plain || !this.width.input.value ? null : Number(this.width.input.value), with_unredacted: this.sure.input.checked,
    }
  }

  /** Something else is asked for: say what it would be. */
  changed() {
    clearTimeout(this.timer)
    this.leave()
    this.file.hidden = true
    this.width.row.hidden = !this.plain.row.hidden && this.plain.input.checked
    this.plan = null
    this.say('')
    this.allow()
    this.timer = setTimeout(() => this.look(), PLAN_WAIT_MS)
  }

  async look() {
    const asked = this.asked()
    if (!asked) return this.say('Write times as 0:12.4 or 1:02:03.')
    this.said.textContent = 'Looking…'
    const { answer, problem } = await askServer(`${this.shown?.way}/clip/plan`, { method: 'POST', body: asked })
    // Another question was asked meanwhile.
    if (JSON.stringify(asked) !== JSON.stringify(this.asked()) || !this.root.isConnected) return undefined
    this.plan = answer
    this.say(problem)
    return this.allow()
  }

  /** Show what the plan says; the button works when there is one, and nothing is left to confirm. */
  allow() {
    const { plan } = this
    this.said.textContent = plan ? planWords(plan, this.kind) : ''
    this.label.textContent = plan ? `It says below it: ${plan.label}` : ''
    this.sure.row.hidden = !plan?.is_asked
    const of = plan ? `${grouped(plan.uncovered_n)} of ${grouped(plan.shown_n)} screenshots` : ''
    this.sure.words.textContent = `I have looked at them: show the ${of} that no redaction pass covered, and say so below.`
    this.make.disabled = !plan || (plan.is_asked && !this.sure.input.checked)
  }

  async begin() {
    const asked = this.asked()
    if (!asked) return
    const begun = {}
    this.begun = begun
    this.setBusy(true)
    const { answer, problem } = await askServer(`${this.shown?.way}/clip`, { method: 'POST', body: asked })
    if (this.begun !== begun) {
      // Left before the server had given it a name by which it can be stopped.
      if (!problem) askServer(`clip/${answer.job_id}/stop`, { method: 'POST' })
    } else if (problem) {
      this.begun = undefined
      this.setBusy(false)
      this.say(problem)
    } else {
      this.job_id = answer.job_id
      this.follow(answer.job_id)
    }
  }

  /** @param {string} job_id */
  async follow(job_id) {
    const { answer, problem } = await askServer(`clip/${job_id}.json`)
    if (job_id !== this.job_id) return
    const isOver = problem || ['done', 'failed', 'stopped'].includes(answer.state)
    if (!isOver) {
      if (answer.pictures_n) this.bar.value = answer.done_n / answer.pictures_n
      else this.bar.removeAttribute('value')
      this.said.textContent = answer.state === 'waiting' ? 'Waiting for another clip…' :
        `Drawing ${grouped(answer.done_n)} of ${grouped(answer.pictures_n)} pictures…`
      setTimeout(() => this.follow(job_id), ASK_AGAIN_MS)
      return
    }
    this.begun = undefined
    this.job_id = undefined
    this.setBusy(false)
    this.say(problem || answer.problem)
    if (answer?.state === 'done') this.hand(answer)
  }

  /** The file is there: it is saved at once, and can be saved again. @param {any} job */
  hand({ job_id, name, bytes_n }) {
    this.file.href = new URL(`clip/${job_id}/file`, document.baseURI).href
    this.file.download = name
    this.file.textContent = 'Save again'
    this.file.hidden = false
    this.said.textContent = `${name}: ${grouped(Math.ceil(bytes_n / 1000))} kB.`
    this.file.click()
  }

  /** What is in the making is not wanted any more. */
  leave() {
    if (!this.begun) return
    if (this.job_id) askServer(`clip/${this.job_id}/stop`, { method: 'POST' })
    this.begun = undefined
    this.job_id = undefined
    this.setBusy(false)
    this.allow()
  }

  /** @param {boolean} isBusy */
  setBusy(isBusy) {
    this.bar.hidden = !isBusy
    this.bar.value = 0
    this.stop.hidden = !isBusy
    this.make.hidden = isBusy
    this.file.hidden = true
    this.say('')
  }

  /** @param {string} problem */
  say(problem) {
    this.problem.hidden = !problem
    this.problem.textContent = problem
  }
}

/** @param {any} plan @param {string | undefined} kind */
function planWords({ pictures_n, length_s, width_px, height_px }, kind) {
  const size = `${grouped(width_px)} × ${grouped(height_px)} px`
  return kind === 'png' ? size : `${length_s.toFixed(1)} s, ${grouped(pictures_n)} pictures of ${size}`
}

/** @param {string} words */
function field(words) {
  const input = /** @type {HTMLInputElement} */ (element('input', 'filter', { type: 'text', inputmode: 'decimal', autocomplete: 'off' }))
  return { input, row: element('label', 'field', {}, element('span', '', {}, words), input) }
}

/** @param {string} words @param {string[][]} choices */
function select(words, choices) {
  const input = /** @type {HTMLSelectElement} */ (element('select', 'choice', {},
    ...choices.map(([value, label]) => element('option', '', { value }, label))))
  return { input, row: element('label', 'field', {}, element('span', '', {}, words), input) }
}

/** @param {string} said */
function box(said) {
  const input = /** @type {HTMLInputElement} */ (element('input', '', { type: 'checkbox' }))
  const words = element('span', '', {}, said)
  return { input, words, row: element('label', 'check', {}, input, words) }
}
