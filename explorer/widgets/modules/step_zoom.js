// @ts-check
// A screen at its stored pixels, over the page; arrow keys lead to the other screens.

import { element } from './dom.js'

export class Zoom {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.title = element('span', 'title')
    this.picture = /** @type {HTMLImageElement} */ (element('img', '', { alt: '' }))
    this.close = element('button', '', { type: 'button' }, 'Close')
    this.previous = element('button', '', { type: 'button', 'aria-label': 'Previous screen' }, '←')
    this.next = element('button', '', { type: 'button', 'aria-label': 'Next screen' }, '→')
    const bar = element('div', 'bar', {}, this.title, this.previous, this.next, this.close)
    this.dialog = /** @type {HTMLDialogElement} */ (element('dialog', 'zoom', { 'aria-label': 'Screen' }, bar,
      element('div', 'sheet', { tabindex: '0', role: 'region', 'aria-label': 'Screen at its stored size' }, this.picture)))
    root.append(this.dialog)
    this.close.onclick = () => this.dialog.close()
    this.previous.onclick = () => this.go(-1)
    this.next.onclick = () => this.go(1)
    this.dialog.onclick = (event) => {
      if (event.target === this.dialog) this.dialog.close()
    }
    this.dialog.onclose = () => this.link?.focus({ preventScroll: true })
  }

  get isOpen() {
    return this.dialog.open
  }

  /** @param {HTMLAnchorElement} link */
  open(link) {
    this.link = link
    this.picture.src = link.href
    const said = `Step ${link.dataset.place}, ${link.dataset.word}`
    this.picture.alt = `Screen: ${said}`
    this.title.textContent = said
    if (!this.dialog.open) this.dialog.showModal()
  }

  /** @param {number} by */
  go(by) {
    const links = /** @type {HTMLAnchorElement[]} */ ([...this.root.querySelectorAll('a.screen')])
    const next = links[links.indexOf(/** @type {HTMLAnchorElement} */ (this.link)) + by]
    if (next) this.open(next)
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!by) return
    event.preventDefault()
    this.go(by)
  }
}
