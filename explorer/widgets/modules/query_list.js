// @ts-check
// The query library by folder. The search box works here alone: what is typed never leaves the browser.

import { element } from './dom.js'
import { isPlainClick, visit } from './visit.js'

const lists = new WeakMap()

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const list = lists.get(parentElement) ?? new QueryList(parentElement.querySelector('.list'))
  lists.set(parentElement, list)
  list.update(data)
  return () => lists.delete(parentElement)
}

/**
 * Whether every word of a search stands in a query's name or summary.
 * @param {{name: string, summary: string}} query
 * @param {string} search
 */
export function fits({ name, summary }, search) {
  const text = `${name} ${summary}`.toLowerCase()
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word))
}

class QueryList {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.back = /** @type {HTMLAnchorElement} */ (element('a', 'back', {}, '← All queries'))
    this.box = /** @type {HTMLInputElement} */ (element('input', 'search', {
      type: 'search', placeholder: 'Search queries', 'aria-label': 'Search queries', autocomplete: 'off' }))
    this.found = element('div', 'found')
    this.none = element('p', 'none', { role: 'status' })
    root.replaceChildren(this.back, this.box, element('nav', 'folders', { 'aria-label': 'Queries' }, this.found), this.none)
    this.box.oninput = () => this.draw()
    root.onclick = (event) => follow(event)
    root.onkeydown = (event) => this.keyed(event)
  }

  /** @param {any} data */
  update(data) {
    const isNew = this.data?.chosen !== data.chosen
    this.data = data
    this.back.href = new URL(data.all, document.baseURI).href
    this.root.classList.toggle('has-chosen', Boolean(data.chosen))
    this.draw()
    if (isNew) this.root.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }

  draw() {
    const groups = this.data.folders.map((/** @type {any} */ { folder, queries }) => {
      const links = queries.filter((/** @type {any} */ query) => fits(query, this.box.value.trim()))
        .map((/** @type {any} */ query) => linkTo(query, this.data.chosen))
      return links.length ? element('section', '', {}, element('h2', '', {}, folder), ...links) : ''
    })
    this.found.replaceChildren(...groups.filter(Boolean))
    this.none.textContent = this.found.children.length ? '' : 'No query has these words in its name or summary.'
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    // Streamlit's own keys (r, c) must not fire while someone works in the list.
    event.stopPropagation()
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    const stops = /** @type {HTMLElement[]} */ ([this.box, ...this.found.querySelectorAll('a')])
    const now = stops.indexOf(/** @type {HTMLElement} */ (event.target))
    event.preventDefault()
    stops[Math.max(0, Math.min(stops.length - 1, now + step))]?.focus()
  }
}

/** @param {any} query @param {string | null} chosen */
function linkTo({ name, short, summary, href }, chosen) {
  const link = element('a', 'query', { href: new URL(href, document.baseURI).href, 'data-name': name },
    element('span', 'name', {}, short), element('span', 'summary', {}, summary))
  if (name === chosen) link.setAttribute('aria-current', 'page')
  return link
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a'))
  if (!link || !isPlainClick(event)) return
  event.preventDefault()
  visit(link.href)
}
