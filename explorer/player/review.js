// @ts-check
// The review: one item after the other, judged by keyboard, without a run of the script between them.
//
// The browser holds the next items and the verdicts that wait; the server lends items and keeps verdicts.

import { attend } from './review_attend.js'
import { ReviewItem } from './review_item.js'
import { buildReview } from './review_layout.js'
import { attachReviewKeys } from './review_keys.js'
import { outboxOf } from './review_outbox.js'
import { leftWords, Pace } from './review_pace.js'
import { askWho, endOf, revealedList, tell, tellSilence } from './review_panels.js'
import { ReviewServer } from './review_server.js'
import { Supply } from './review_supply.js'

const NAME_KEY = 'trace-explorer reviewer'
const mounts = new WeakMap()

/** @param {any} component of Components v2 */
export default function mount(component) {
  const root = component.parentElement
  const { data } = component
  const asked = JSON.stringify([data.way, data.role])
  const there = mounts.get(root)
  if (there?.asked !== asked) {
    there?.review.stop()
    mounts.set(root, { asked, review: new Review(root, data) })
  }
  return () => {
    mounts.get(root)?.review.stop()
    mounts.delete(root)
  }
}

export class Review {
  /** @param {ShadowRoot} root @param {any} data */
  constructor(root, data) {
    this.data = data
    this.verdicts = Object.fromEntries(data.verdicts)
    this.pace = new Pace(Date.now())
    this.progress = /** @type {any} */ (null)
    this.shown = ''
    this.rows = /** @type {number[]} */ ([]) // verdicts of the open batch, as far as this page knows
    this.item = new ReviewItem(data, {
      note: (words) => this.note(words), seen: (words) => { this.parts.tools.seen.textContent = words },
      chooser: () => this.parts.chooser, zoomed: () => this.zoomed(), before: () => this.supply?.before() ?? null,
    })
    const { look, texts, marked } = this.item
    const ask = (/** @type {string} */ command, /** @type {any} */ value, isDown = true) => this.act(command, value, isDown)
    this.parts = buildReview(root, { ask, screen: look.screen, texts: texts.root, marked: marked.root, verdicts: data.verdicts, title: data.title, plan_way: data.plan_way })
    this.item.tools = this.parts.tools
    this.deaf = [attachReviewKeys(this.parts.frame, ask), attend(this)]
    this.enable(false)
    this.zoomed()
    this.welcome()
  }

  stop() {
    for (const stop of this.deaf) stop()
    this.supply?.stop()
    this.outbox?.hush()
    this.item.stop()
    this.parts.notices.clearAll()
  }

  welcome() {
    this.parts.head.note.textContent = this.data.rule
    askWho(this.parts.panel, { name: sessionStorage.getItem(NAME_KEY) ?? '', role: this.data.role, words: this.data.welcome, act: (name) => this.begin(name) })
    this.tellProgress()
  }

  /** @param {string} reader */
  begin(reader) {
    sessionStorage.setItem(NAME_KEY, reader)
    const { way, role } = this.data
    const server = new ReviewServer(way, { reader, role })
    const key = `review ${way} ${role} ${reader}`
    this.server = server
    this.outbox = outboxOf({
      send: (answered) => server.ask('answer', answered), storage: sessionStorage, key,
      onkept: ({ row_n, progress }) => { this.rows.push(row_n); this.hasProgress(progress); this.supply?.kept() },
      onrefused: (_, problem) => this.note(`A verdict was not kept. ${problem}`, 0),
      onsilent: (wait_ms, problem) => this.silent(wait_ms, problem),
    })
    this.supply = new Supply({
      server, storage: sessionStorage, key: `${key} held`, onchange: () => this.show(), onprogress: (progress) => this.hasProgress(progress),
      onproblem: (problem) => this.refused(problem), onsilent: (wait_ms) => this.silent(wait_ms, ''),
    })
    this.parts.panel.hidden = true
    this.parts.frame.focus({ preventScroll: true })
    this.outbox.pump()
    this.supply.fill()
  }

  /** @param {any} progress */
  hasProgress(progress) {
    this.progress = progress
    this.tellProgress()
    if (!this.supply?.current) this.show()
  }

  tellProgress() {
    const { progress } = this
    if (!progress) return this.parts.head.tell('', 0, 0)
    const waiting_n = this.outbox?.size ?? 0
    const left_n = Math.max(0, progress.left_n - waiting_n)
    const time = leftWords(left_n, this.data.pace_ms)
    const words = [`${left_n.toLocaleString('en')} of ${progress.items_n.toLocaleString('en')} left`, time,
      `batch ${progress.batch_n}: ${Math.min(progress.batch_size, progress.in_batch_n + waiting_n)} of ${progress.batch_size}`]
    return this.parts.head.tell(words.filter(Boolean).join(' · '), progress.items_n - left_n, progress.items_n)
  }

  /** Show the current item, or why there is none. */
  show() {
    const current = this.supply?.current ?? null
    if (this.isRevealing) return
    const key = current ? `${current.lease_id} ${current.isReady}` : `none ${this.supply?.state}`
    if (current && key === this.shown) return
    this.shown = key
    if (!current) return this.showEnd()
    this.enable(current.isReady)
    this.parts.panel.hidden = true
    if (this.parts.panel.contains(/** @type {any} */ (this.parts.frame.getRootNode()).activeElement)) this.parts.frame.focus()
    this.item.show(current)
    if (current.isReady) {
      this.pace.take(Date.now())
      this.parts.live.textContent = this.item.words
    }
  }

  async showEnd() {
    const state = this.supply?.state
    this.item.clear()
    this.enable(false)
    await this.outbox?.empty()
    if (!this.supply || this.supply.current || this.supply.isFilling || this.isRevealing || !this.progress || state !== this.supply.state) return
    const end = endOf(state ?? '', this.progress, this.data.after)
    if (end) this.tell(end)
  }

  /** @param {import('./review_panels.js').End} end @param {Node[]} [more] */
  tell({ title, words, ways }, more = []) {
    const acts = /** @type {Record<string, [string, () => void]>} */ ({
      close: ['Close the batch', () => this.close()], undo: ['Undo the last verdict', () => this.undo()],
      leave: ['Back to the plan', () => this.leave()], on: ['Go on', () => this.goOn()], who: ['Give another name', () => this.welcome()],
    })
    tell(this.parts.panel, { title, words, ways: ways.map((way) => acts[way]), more })
    this.parts.live.textContent = title
  }

  /** @param {boolean} isOn whether there is something to judge */
  enable(isOn) {
    for (const button of this.parts.bar.buttons) button.disabled = !isOn
  }

  /** @param {string} command @param {any} value @param {boolean} isDown */
  act(command, value, isDown) {
    if (command === 'outlines') return this.item.outlines(isDown)
    if (!isDown || this.parts.chooser.isOpen) return undefined
    if (command === 'verdict') return this.judge(value)
    if (command === 'undo') return this.undo()
    if (command === 'sheet') return this.parts.sheet.open()
    return this.item.act(command, value)
  }

  /** @param {string} verdict */
  async judge(verdict) {
    const current = this.supply?.current
    if (!current?.isReady || this.isBusy || this.isRevealing || !this.parts.panel.hidden) return
    this.isBusy = true
    const spots = await this.item.said(verdict)
    this.isBusy = false
    if (!spots || current !== this.supply?.current) return
    this.parts.frame.focus({ preventScroll: true })
    this.parts.bar.said.textContent = `Last: ${this.verdicts[verdict]}`
    this.outbox?.add({ lease_id: current.lease_id, verdict, spots, spent_ms: this.pace.take(Date.now()) })
    this.supply?.shift()
    this.tellProgress()
  }

  /** Take back the last verdict of the open batch. Its row is named, so that it is taken back once, however often asked. */
  async undo() {
    if (this.isBusy || this.isRevealing || !this.server) return
    if (this.outbox?.size && this.outbox.failures_n) return this.note('The last verdict is not kept yet. It can be taken back once the server answers.')
    this.isBusy = true
    await this.outbox?.empty()
    const { answer, problem, isSilent } = await this.server.ask('undo', { row_n: this.rows.at(-1) ?? null })
    this.isBusy = false
    if (!answer) return this.note(isSilent ? 'The server did not answer. Try again: one verdict is taken back, not two.' : problem)
    this.rows.pop()
    this.hasProgress(answer.progress)
    if (!answer.is_undone) return this.note('There is no verdict in this batch to take back.')
    this.parts.bar.said.textContent = ''
    this.note(`Taken back: ${this.verdicts[answer.verdict]}.`)
    await this.supply?.back()
  }

  async close() {
    if (this.isBusy || !this.server) return
    this.isBusy = true
    const { answer, problem, isSilent } = await this.server.ask('close')
    this.isBusy = false
    if (!answer) this.note(problem || 'The server does not answer. Nothing is lost: try again.')
    // Closed already, by a request whose answer was lost: on with the next batch.
    if (!answer) return isSilent ? undefined : this.goOn()
    this.isRevealing = true
    this.rows = []
    this.progress = answer.progress
    this.parts.bar.said.textContent = ''
    const ways = answer.progress.left_n ? ['on', 'leave'] : ['leave', 'on']
    const end = { title: `Batch ${answer.batch_n}: what the checks had found`, words: [answer.words], ways }
    this.tell(end, answer.revealed.length ? revealedList(answer.revealed, this.verdicts) : [])
    this.tellProgress()
  }

  goOn() {
    this.isRevealing = false
    this.parts.panel.hidden = true
    this.parts.frame.focus({ preventScroll: true })
    this.shown = ''
    this.supply?.anew()
  }

  leave() {
    /** @type {HTMLAnchorElement} */ (this.parts.head.root.querySelector('.leave')).click()
  }

  /** @param {string} problem */
  refused(problem) {
    this.item.clear()
    this.enable(false)
    // What is refused before anything was lent may be the name.
    this.tell({ title: 'This cannot go on', words: [problem], ways: this.progress ? ['leave'] : ['who', 'leave'] })
  }

  /** @param {number | null} wait_ms @param {string} problem */
  silent(wait_ms, problem) {
    const act = () => { this.outbox?.pump(); this.supply?.fill() }
    tellSilence(this.parts.notices, this.outbox?.size ?? 0, wait_ms, problem, act)
  }

  /** @param {string} words @param {number} [gone_ms] */
  note(words, gone_ms = 5000) {
    this.parts.notices.say('note', words, null, gone_ms)
  }

  zoomed() {
    if (this.parts) this.parts.tools.size.textContent = this.item.zoomWords
  }
}
