// @ts-check
// Going to another page of the app without loading everything again.

import { askAheadOf } from './ahead.js'

/**
 * Go to an address of ours as Back and Forward do: Streamlit follows the address, and one step Back returns.
 * (Its own switch of pages leaves two entries in the history.)
 * @param {string} href
 */
export function visit(href) {
  askAheadOf(href)
  history.pushState(null, '', href)
  window.dispatchEvent(new PopStateEvent('popstate', { state: null }))
}

/**
 * Whether a click asks for this tab, not for a new one.
 * @param {MouseEvent} event
 */
export function isPlainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
}
