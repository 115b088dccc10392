// @ts-check
// Players that run by one course of time: what is done to one is done to all, each at its own place.

import { common, shifted } from './skip.js'

/**
 * @typedef {object} Member
 * @property {number} offset_us where it stood when the clocks were linked
 * @property {import('./playback.js').Playback} playback
 * @property {() => [number, number][]} leaps waits it would leap over, alone
 * @property {() => void} relinked the clocks were linked, or set free
 */

const members = /** @type {Set<Member>} */ (new Set())
let isOne = true

/** @param {Member} member */
export function join(member) {
  members.add(member)
  link(true)
}

/** @param {Member} member */
export function leave(member) {
  members.delete(member)
  link(true)
}

/**
 * Link the clocks as they stand now, or set them free.
 * @param {boolean} isLinked
 */
export function link(isLinked) {
  isOne = isLinked
  for (const member of members) member.offset_us = member.playback.t_us
  for (const member of members) member.relinked()
}

/** Whether clocks are linked; null when there is but one. */
export function linked() {
  return members.size > 1 ? isOne : null
}

/**
 * Whether a key that nobody has the focus for is meant for this one.
 * @param {Member} member
 */
export function isFirst(member) {
  return members.values().next().value === member
}

/**
 * A member and all that run with it.
 * @param {Member} member
 */
export function together(member) {
  return isOne ? [member, ...others(member)] : [member]
}

/** @param {Member} member */
function others(member) {
  return [...members].filter((other) => other !== member)
}

/**
 * A moment of one as a moment of another.
 * @param {Member} from
 * @param {Member} to
 * @param {number} t_us
 */
export function momentOf(from, to, t_us) {
  return t_us - from.offset_us + to.offset_us
}

/**
 * What a member may leap over: only what all that run with it would leap over too, or have come to their end.
 * @param {Member} member
 */
export function leapsOf(member) {
  return together(member).slice(1).reduce((leaps, other) => {
    const over = /** @type {[number, number]} */ ([other.playback.clock.end_us, Infinity])
    return common(leaps, shifted([...other.leaps(), over], momentOf(other, member, 0)))
  }, member.leaps())
}

/**
 * One has to wait, or goes on: so do the others.
 * @param {Member} member
 * @param {string} state
 * @param {string} before
 */
export function spread(member, state, before) {
  if (state === 'waiting') for (const { playback } of together(member).slice(1)) playback.apply('starve')
  if (before === 'waiting' && state === 'playing') for (const { playback } of together(member).slice(1)) playback.arrived()
}

/** @param {Member} member */
export function mayGo(member) {
  return together(member).every(({ playback }) => !playback.isStarving())
}
