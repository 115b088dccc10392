// @ts-check
// Answers asked for before the page that needs them is there: while Streamlit brings the page, they are on their way.

// An answer that nobody took by then is dropped: consent may be withdrawn meanwhile.
const KEPT_MS = 10_000
const REPLAY = 'replay'

/** @type {Map<string, {answer: Promise<Response>, timer: number}>} */
const asked = new Map()

/**
 * Ask for an answer, once.
 * @param {string} href
 */
export function askAhead(href) {
  if (asked.has(href)) return
  const stop = new AbortController()
  const answer = fetch(href, { credentials: 'same-origin', signal: stop.signal })
  answer.catch(() => {}) // who takes it is told
  const timer = setTimeout(() => {
    asked.delete(href)
    stop.abort()
  }, KEPT_MS)
  asked.set(href, { answer, timer })
}

/**
 * The answer that was asked for, which nobody else gets; null when there is none.
 * @param {string} href
 */
export function takeAhead(href) {
  const found = asked.get(href)
  if (!found) return null
  asked.delete(href)
  clearTimeout(found.timer)
  return found.answer
}

/**
 * Ask for what the page of an address will need first.
 * @param {string} href
 */
export function askAheadOf(href) {
  const address = new URL(href)
  const base = new URL('.', document.baseURI)
  const session_id = address.searchParams.get('id')
  if (address.origin !== base.origin || address.pathname !== base.pathname + REPLAY || !session_id) return
  for (const id of [session_id, address.searchParams.get('with')]) {
    if (id) askAhead(new URL(`trace/${encodeURIComponent(id)}/about.json`, base).href)
  }
}
