// @ts-check
// Time that was worked on an item, without breaks, and when a break is due. Pure: it is told the time.

const IDLE_MS = 60_000
const BREAK_AFTER_MS = 40 * 60_000
const BREAK_MS = 5 * 60_000

export class Pace {
  /** @param {number} now_ms */
  constructor(now_ms) {
    this.last_ms = now_ms
    this.spent_ms = 0
    this.worked_ms = 0 // since the last break
    this.isAway = false
  }

  /** Something was done, or looked at. @param {number} now_ms */
  touch(now_ms) {
    const since_ms = Math.max(0, now_ms - this.last_ms)
    this.last_ms = now_ms
    if (since_ms >= BREAK_MS) this.worked_ms = 0
    if (this.isAway) return
    // A longer silence was no work, but for its first minute.
    const counted_ms = Math.min(since_ms, IDLE_MS)
    this.spent_ms += counted_ms
    if (since_ms < BREAK_MS) this.worked_ms += counted_ms
  }

  /** The page was hidden, or is seen again. @param {boolean} isAway @param {number} now_ms */
  away(isAway, now_ms) {
    this.touch(now_ms)
    this.isAway = isAway
  }

  /** Time spent on the item that was judged now, in whole milliseconds; counting begins anew. @param {number} now_ms */
  take(now_ms) {
    this.touch(now_ms)
    const spent_ms = Math.round(this.spent_ms)
    this.spent_ms = 0
    return spent_ms
  }

  get isBreakDue() {
    return this.worked_ms >= BREAK_AFTER_MS
  }

  rest() {
    this.worked_ms = 0
  }
}

/**
 * What is left, in words: about 5 minutes; nothing while no time was measured.
 * @param {number} left_n
 * @param {number | null} pace_ms of one item
 */
export function leftWords(left_n, pace_ms) {
  if (!pace_ms || !left_n) return ''
  const minutes = (left_n * pace_ms) / 60_000
  if (minutes < 1) return 'less than a minute'
  if (minutes < 90) return `about ${Math.round(minutes)} ${Math.round(minutes) === 1 ? 'minute' : 'minutes'}`
  return `about ${(minutes / 60).toFixed(1)} hours`
}
