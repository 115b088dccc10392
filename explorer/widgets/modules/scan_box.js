// @ts-check
// A scan that the page began: how far it is, a way to stop it, and what came of it. The server is asked once a second.

import { askServer } from '../player/ask_server.js'
import { element } from './dom.js'
import { isDark } from './theme.js'

const EVERY_MS = 1000
const WAY = 'findings/scan'
const BUSY = new Set(['running', 'stopping', 'elsewhere'])
const boxes = new WeakMap()

/** @typedef {{state: string, done_share: number, problem: string}} Now */

/** @param {any} component of Components v2 */
export default function mount(component) {
  const root = component.parentElement
  const box = boxes.get(root) ?? new ScanBox(root.querySelector('.scan'))
  boxes.set(root, box)
  box.update(component)
  return () => {
    boxes.delete(root)
    box.stop()
  }
}

class ScanBox {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.begin = /** @type {HTMLButtonElement} */ (element('button', 'button primary', { type: 'button' }))
    this.end = /** @type {HTMLButtonElement} */ (element('button', 'button', { type: 'button', hidden: '' }, 'Stop'))
    this.bar = /** @type {HTMLProgressElement} */ (element('progress', '', { max: '1', 'aria-label': 'Scan', hidden: '' }))
    this.said = element('span', 'said', { role: 'status' })
    this.begin.onclick = () => this.ask(`${WAY}/start`, true)
    this.end.onclick = () => this.ask(`${WAY}/stop`, true)
    root.replaceChildren(this.begin, this.bar, this.said, this.end)
    this.wasBusy = false
    this.gone = new AbortController()
  }

  /** @param {any} component */
  update({ data, setTriggerValue }) {
    this.begin.textContent = data.label
    this.root.style.colorScheme = isDark(this.root) ? 'dark' : 'light'
    this.ended = () => setTriggerValue('ended', `${performance.now()}`)
    if (this.isAsked) return
    this.isAsked = true
    this.ask(`${WAY}.json`, false)
  }

  /** @param {string} way @param {boolean} isChange */
  async ask(way, isChange) {
    clearTimeout(this.timer)
    const { answer, problem } = await askServer(way, { method: isChange ? 'POST' : 'GET', body: isChange ? {} : undefined, signal: this.gone.signal })
    if (this.gone.signal.aborted) return
    if (answer) this.show(answer)
    else this.said.textContent = problem
    if (this.wasBusy) this.timer = setTimeout(() => this.ask(`${WAY}.json`, false), EVERY_MS)
  }

  /** @param {Now} now */
  show({ state, done_share, problem }) {
    const isBusy = BUSY.has(state)
    this.begin.hidden = isBusy
    this.bar.hidden = !isBusy
    // What another program began, it alone can stop.
    this.end.hidden = !isBusy || state === 'elsewhere'
    this.end.disabled = state === 'stopping'
    // Nothing is done until the first part is: the bar then says that it works, not how far it is.
    if (done_share) this.bar.value = done_share
    else this.bar.removeAttribute('value')
    const looking = done_share ? `Looking: ${Math.min(99, Math.floor(100 * done_share))} % of the work is done` : 'Looking…'
    const words = /** @type {Record<string, string>} */ ({
      running: looking, elsewhere: `${looking} (begun outside of this page)`, stopping: 'Stopping. What was found so far is kept.', stopped: 'Stopped. What was found so far is kept: go on at any time.',
      failed: `${problem}.`, done: '',
    })
    this.said.textContent = this.wasBusy || isBusy || state === 'failed' ? words[state] ?? '' : ''
    const hasEnded = this.wasBusy && !isBusy
    this.wasBusy = isBusy
    if (hasEnded && state === 'done') this.ended?.()
  }

  stop() {
    clearTimeout(this.timer)
    this.gone.abort()
  }
}
