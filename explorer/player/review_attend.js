// @ts-check
// Watches over the reader's time: what counts as work, when a break is due, that lent items stay lent, and that nobody
// leaves while a verdict waits.

const TICK_MS = 20_000
const RENEW_MS = 120_000
const BREAK_WORDS = 'You have looked for 40 minutes. A break of five minutes keeps the eye sharp.'

/** @param {import('./review.js').Review} review @returns {() => void} how to stop */
export function attend(review) {
  const { pace, parts } = review
  const hidden = () => pace.away(document.hidden, Date.now())
  const touched = () => pace.touch(Date.now())
  const leaving = (/** @type {BeforeUnloadEvent} */ event) => { if (review.outbox?.size) event.preventDefault() }
  const left = (/** @type {PageTransitionEvent} */ event) => { if (!event.persisted) review.supply?.stop() }
  document.addEventListener('visibilitychange', hidden)
  window.addEventListener('beforeunload', leaving)
  window.addEventListener('pagehide', left)
  for (const name of ['pointermove', 'keydown', 'wheel']) parts.frame.addEventListener(name, touched, { passive: true })
  const tick = setInterval(() => {
    if (!pace.isBreakDue) return
    pace.rest()
    review.note(BREAK_WORDS, 0)
  }, TICK_MS)
  const renew = setInterval(() => review.supply?.renew(Date.now()), RENEW_MS)
  return () => {
    document.removeEventListener('visibilitychange', hidden)
    window.removeEventListener('beforeunload', leaving)
    window.removeEventListener('pagehide', left)
    clearInterval(tick)
    clearInterval(renew)
  }
}
