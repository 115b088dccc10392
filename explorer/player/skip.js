// @ts-check
// Which waits are leapt over while playing. Pure.

const LEFT_US = 300_000

/**
 * The leaps over waits longer than `least_us`; both ends of a wait stay, so that it can be seen that there was one.
 * @param {[number, number][]} waits
 * @param {number} least_us
 */
export function leaps(waits, least_us) {
  return waits.filter(([from_us, to_us]) => to_us - from_us > least_us)
    .map(([from_us, to_us]) => /** @type {[number, number]} */ ([from_us + LEFT_US, to_us - LEFT_US]))
}

/**
 * What lies in both of two lists of ranges, each in order.
 * @param {[number, number][]} left
 * @param {[number, number][]} right
 * @returns {[number, number][]}
 */
export function common(left, right) {
  const found = /** @type {[number, number][]} */ ([])
  let at = 0
  for (const [from_us, to_us] of left) {
    while (at < right.length && right[at][1] <= from_us) at += 1
    for (let next = at; next < right.length && right[next][0] < to_us; next += 1) {
      found.push([Math.max(from_us, right[next][0]), Math.min(to_us, right[next][1])])
    }
  }
  return found
}

/**
 * The same ranges on another clock, which is ahead by `by_us`.
 * @param {[number, number][]} ranges
 * @param {number} by_us
 * @returns {[number, number][]}
 */
export function shifted(ranges, by_us) {
  return ranges.map(([from_us, to_us]) => [from_us + by_us, to_us + by_us])
}
