// @ts-check
// The review: one item after the other, judged by keyboard, without a run of the script between them.
//
// The browser holds the next items and the verdicts that wait; the server lends items and keeps verdicts.

import { ReviewItem } from './review_item.js'
import { buildReview } from './review_layout.js'
import { attachReviewKeys } from './review_keys.js'
import { Outbox } from './review_outbox.js'
import { leftWords, Pace } from './review_pace.js'
import { askWho, revealedList, tell } from './review_panels.js'
import { ReviewServer } from './review_server.js'
import { Supply } from './review_supply.js'
import { lengthWords } from './words.js'

const NAME_KEY = 'trace-explorer reviewer'
const TICK_MS = 20_000
const RENEW_MS = 120_000
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
    this.item = new ReviewItem(data, {
      note: (words) => this.note(words), dropped: () => {}, seen: (words) => { this.parts.tools.seen.textContent = words },
      chooser: () => this.parts.chooser, zoomed: () => this.zoomed(),
    })
    const { look, texts, marked } = this.item
    const ask = (/** @type {string} */ command, /** @type {any} */ value, isDown = true) => this.act(command, value, isDown)
    this.parts = buildReview(root, { ask, screen: look.screen, texts: texts.root, marked: marked.root, verdicts: data.verdicts, title: data.title, plan_way: data.plan_way })
    this.item.tools = this.parts.tools
    this.parts.head.note.textContent = data.rule
    this.deaf = [attachReviewKeys(this.parts.frame, ask), this.watch()]
    this.zoomed()
    this.welcome()
  }

  /** @returns {() => void} */
  watch() {
    const hidden = () => this.pace.away(document.hidden, Date.now())
    const touched = () => this.pace.touch(Date.now())
    const leaving = (/** @type {BeforeUnloadEvent} */ event) => { if (this.outbox?.size) event.preventDefault() }
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('beforeunload', leaving)
    for (const name of ['pointermove', 'keydown', 'wheel']) this.parts.frame.addEventListener(name, touched, { passive: true })
    const tick = setInterval(() => this.tick(), TICK_MS)
    const renew = setInterval(() => this.supply?.renew(Date.now()), RENEW_MS)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      window.removeEventListener('beforeunload', leaving)
      clearInterval(tick)
      clearInterval(renew)
    }
  }

  stop() {
    for (const stop of this.deaf) stop()
    this.supply?.stop()
    this.outbox?.stop()
    this.item.stop()
    this.parts.notices.clearAll()
  }

  welcome() {
    const act = (/** @type {string} */ name) => this.begin(name)
    askWho(this.parts.panel, { name: sessionStorage.getItem(NAME_KEY) ?? '', role: this.data.role, words: this.data.welcome, act })
    this.tellProgress()
  }

  /** @param {string} reader */
  begin(reader) {
    sessionStorage.setItem(NAME_KEY, reader)
    const { way, role } = this.data
    const server = new ReviewServer(way, { reader, role })
    this.server = server
    this.outbox = new Outbox({
      send: (answered) => server.ask('answer', answered), storage: sessionStorage, key: `review ${way} ${role} ${reader}`,
      onkept: ({ progress }) => { this.hasProgress(progress); this.supply?.kept() },
      onrefused: (_, problem) => this.note(`A verdict was not kept. ${problem}`, 0),
      onsilent: (wait_ms, problem) => this.silent(wait_ms, problem),
    })
    this.supply = new Supply({
      server, onchange: () => this.show(), onprogress: (progress) => this.hasProgress(progress),
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
    await this.outbox?.empty()
    if (!this.supply || this.supply.current || this.supply.isFilling || this.isRevealing || !this.progress || state !== this.supply.state) return
    const { panel } = this.parts
    const open_n = this.progress.in_batch_n
    const close = /** @type {[string, () => void]} */ (['Close the batch', () => this.close()])
    const undo = /** @type {[string, () => void]} */ (['Undo the last verdict', () => this.undo()])
    const leave = /** @type {[string, () => void]} */ (['Back to the plan', () => this.leave()])
    const until = 'Until then every verdict in it can be taken back. After that the checks tell what they had found.'
    if (state === 'batch_full') {
      tell(panel, { title: `Batch ${this.progress.batch_n} is judged`, words: [until, 'A good moment to look up for a minute.'], ways: [close, undo] })
    } else if (state === 'done' && open_n) {
      tell(panel, { title: 'Everything is judged', words: [`The last batch is open still. ${until}`], ways: [close, undo] })
    } else if (state === 'done') {
      tell(panel, { title: 'Nothing is left for you here', words: [this.data.after], ways: [leave] })
    } else if (state === 'waiting') {
      const ways = open_n ? [leave, undo] : [leave]
      tell(panel, { title: 'Others hold what is left', words: ['Items come back when their readers are done or stay away. This page asks again by itself.'], ways })
    }
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

  /** Take back the last verdict of the open batch. It is asked for once: asked again, it would take back another. */
  async undo() {
    if (this.isBusy || this.isRevealing || !this.server) return
    if (this.outbox?.size && this.outbox.failures_n) return this.note('The last verdict is not kept yet. It can be taken back once the server answers.')
    this.isBusy = true
    await this.outbox?.empty()
    const { answer, problem, isSilent } = await this.server.ask('undo')
    this.isBusy = false
    if (!answer) return this.note(isSilent ? 'The server did not answer. Load the page again to see whether the verdict was taken back.' : problem)
    this.hasProgress(answer.progress)
    if (!answer.is_undone) return this.note('There is no verdict in this batch to take back.')
    this.parts.bar.said.textContent = ''
    this.note(`Taken back: ${this.verdicts[answer.verdict]}.`)
    this.supply?.back()
  }

  async close() {
    if (this.isBusy || !this.server) return
    this.isBusy = true
    const { answer, problem } = await this.server.ask('close')
    this.isBusy = false
    if (!answer) return this.note(problem || 'The server does not answer. Nothing is lost: try again.')
    this.isRevealing = true
    this.progress = answer.progress
    this.parts.bar.said.textContent = ''
    const on = /** @type {[string, () => void]} */ (['Go on', () => this.goOn()])
    const leave = /** @type {[string, () => void]} */ (['Back to the plan', () => this.leave()])
    tell(this.parts.panel, {
      title: `Batch ${answer.batch_n}: what the checks had found`, words: [answer.words], ways: answer.progress.left_n ? [on, leave] : [leave, on],
      more: answer.revealed.length ? revealedList(answer.revealed, this.verdicts) : [],
    })
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
    tell(this.parts.panel, { title: 'This cannot go on', words: [problem], ways: [['Back to the plan', () => this.leave()]] })
  }

  /** @param {number | null} wait_ms @param {string} problem */
  silent(wait_ms, problem) {
    const { notices } = this.parts
    if (wait_ms === null) {
      notices.clear('silent')
      return notices.say('again', 'The server answers again. Every verdict is kept.', null, 4000)
    }
    notices.clear('again')
    const n = this.outbox?.size ?? 0
    const kept = n ? `${n === 1 ? 'One verdict waits' : `${n} verdicts wait`} here and will be sent again` : 'Nothing is lost'
    const retry = { label: 'Try now', act: () => { this.outbox?.pump(); this.supply?.fill() } }
    return notices.say('silent', `${problem || 'The server does not answer.'} ${kept}; next try in ${lengthWords(wait_ms * 1000)}.`, retry)
  }

  tick() {
    this.pace.touch(Date.now())
    if (!this.pace.isBreakDue) return
    this.pace.rest()
    this.note('You have looked for 40 minutes. A break of five minutes keeps the eye sharp.', 0)
  }

  /** @param {string} words @param {number} [gone_ms] */
  note(words, gone_ms = 5000) {
    this.parts.notices.say('note', words, null, gone_ms)
  }

  zoomed() {
    if (this.parts) this.parts.tools.size.textContent = this.item.zoomWords
  }
}
