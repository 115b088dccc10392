// @ts-check
// Steps in their order, a page at a time; f and F lead to the next and the previous failed one.

import { element, grouped } from './dom.js'
import { mark, stepRow } from './step_row.js'
import { Zoom } from './step_zoom.js'
import { isDark } from './theme.js'
import { isPlainClick, visit } from './visit.js'

const WRONG = 2
const lists = new WeakMap()

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const list = lists.get(parentElement) ?? new Steps(parentElement.querySelector('.steps'))
  lists.set(parentElement, list)
  list.update(data)
  return () => {
    list.stop()
    lists.delete(parentElement)
  }
}

/**
 * Place (from 1) of the nearest failed step after a place, or before it; null when there is none.
 * @param {string} outcomes a digit a step
 * @param {number} place
 * @param {number} by 1 or -1
 */
export function nextFailed(outcomes, place, by) {
  for (let at = place + by; at >= 1 && at <= outcomes.length; at += by) {
    if (Number(outcomes[at - 1]) === WRONG) return at
  }
  return null
}

class Steps {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.bar = element('div', 'top')
    this.list = element('div', 'list', { tabindex: '0', role: 'region', 'aria-label': 'Steps' })
    root.replaceChildren(this.bar, this.list)
    this.zoom = new Zoom(root)
    this.list.onclick = (event) => this.clicked(event)
    root.onkeydown = (event) => this.keyed(event)
    this.onPageKey = (/** @type {KeyboardEvent} */ event) => this.pageKey(event)
    document.addEventListener('keydown', this.onPageKey)
  }

  stop() {
    document.removeEventListener('keydown', this.onPageKey)
  }

  /** @param {any} data */
  update(data) {
    this.root.style.colorScheme = isDark(this.root) ? 'dark' : 'light'
    const told = JSON.stringify(data)
    if (told === this.told) return
    this.told = told
    this.data = data
    this.place = data.at ?? 0
    this.list.replaceChildren(...data.steps.map((/** @type {any} */ step) => stepRow(step, this.outcome(step.place), data.replay)))
    this.list.scrollTop = 0
    this.drawBar()
    if (data.at) this.show(data.at)
  }

  /** @param {number} place */
  outcome(place) {
    const at = Number(this.data.outcomes[place - 1] ?? 3)
    return { name: this.data.names[at], word: this.data.words[at] }
  }

  drawBar() {
    const { outcomes, names, words, steps, page_n } = this.data
    const counts = names.map((/** @type {string} */ name, /** @type {number} */ at) => ({ name, word: words[at],
      steps_n: outcomes.split(String(at)).length - 1 })).filter((/** @type {any} */ { steps_n }) => steps_n)
    const legend = counts.map((/** @type {any} */ { name, word, steps_n }) =>
      element('span', 'count', {}, mark(name), `${grouped(steps_n)} ${word}`))
    const parts = [element('span', 'counts', {}, ...legend)]
    if (outcomes.includes(String(WRONG))) {
      parts.push(this.button('Previous failed', -1), this.button('Next failed', 1))
    }
    if (outcomes.length > page_n) {
      const first = steps[0]?.place ?? 1
      parts.push(this.pageButton('←', 'Earlier steps', first - page_n),
        element('span', 'pages', {}, `${grouped(first)}–${grouped(first + steps.length - 1)} of ${grouped(outcomes.length)}`),
        this.pageButton('→', 'Later steps', first + page_n))
    }
    this.bar.replaceChildren(...parts)
  }

  /** @param {string} label @param {number} by */
  button(label, by) {
    const key = by > 0 ? 'f' : 'F'
    const button = element('button', '', { type: 'button', title: `Key: ${key}`, 'aria-keyshortcuts': by > 0 ? 'f' : 'Shift+F' }, label)
    button.onclick = () => this.failed(by)
    return button
  }

  /** @param {string} label @param {string} said @param {number} place */
  pageButton(label, said, place) {
    const button = /** @type {HTMLButtonElement} */ (element('button', '', { type: 'button', 'aria-label': said }, label))
    button.disabled = place < 1 || place > this.data.outcomes.length
    button.onclick = () => this.show(place)
    return button
  }

  /** @param {number} by */
  failed(by) {
    const start = this.place || (by > 0 ? 0 : this.data.outcomes.length + 1)
    const place = nextFailed(this.data.outcomes, start, by)
    if (place !== null) this.show(place)
  }

  /**
   * Lead to a step: it becomes the one that the address names, on its page.
   * @param {number} place
   */
  show(place) {
    const here = new URL(location.href)
    here.searchParams.set('step', String(place))
    const row = /** @type {HTMLElement | null} */ (this.list.querySelector(`#step-${place}`))
    if (!row) return visit(here.href)
    if (here.href !== location.href) history.replaceState(history.state, '', here.href)
    this.place = place
    this.list.querySelector('.active')?.classList.remove('active')
    row.classList.add('active')
    row.scrollIntoView({ block: 'nearest' })
    this.list.scrollTop += row.getBoundingClientRect().top - this.list.getBoundingClientRect().top - 1
    return row.focus({ preventScroll: true })
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a.screen, a.replay'))
    if (!link || !isPlainClick(event)) return
    event.preventDefault()
    if (link.matches('.replay')) visit(link.href)
    else this.zoom.open(link)
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    // Streamlit's own keys (r, c) must not fire while someone works in the list.
    event.stopPropagation()
    if (this.zoom.isOpen) this.zoom.keyed(event)
    else this.pageKey(event)
  }

  /** @param {KeyboardEvent} event */
  pageKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.zoom.isOpen || !/^f$/i.test(event.key)) return
    const target = /** @type {HTMLElement} */ (event.composedPath()[0])
    if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName ?? '')) return
    this.failed(event.key === 'F' ? -1 : 1)
  }
}
