// @ts-check
// Times on an axis: where the ticks stand, and how a time is said. Pure.

const STEPS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400]

/**
 * Times of the ticks, in microseconds, at least `apart_px` apart.
 * @param {number} duration_us
 * @param {number} width_px
 */
export function ticks(duration_us, width_px, apart_px = 72) {
  const most = Math.max(1, Math.floor(width_px / apart_px))
  const least_us = duration_us / most
  const step_us = (STEPS_S.find((step) => step * 1e6 >= least_us) ?? Math.ceil(least_us / 864e8) * 86400) * 1e6
  const times = []
  for (let time = 0; time <= duration_us; time += step_us) times.push(time)
  return times
}

/**
 * A time as 0:12, 3:12, 1:02:03; with tenths where the step is that fine.
 * @param {number} us
 */
export function clockText(us, hasTenths = false) {
  const tenths = Math.round(us / 1e5)
  const seconds = hasTenths ? tenths / 10 : Math.round(us / 1e6)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = (seconds % 60).toFixed(hasTenths ? 1 : 0).padStart(hasTenths ? 4 : 2, '0')
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}
