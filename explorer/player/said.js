// @ts-check
// The player's words about what went wrong: what, and what can be done. They name times, never contents.

import { counted, lengthWords, placeWords } from './words.js'

const NOTE_MS = 4000
const FAILED = {
  unknown: 'This session is not in the dataset any more. Choose one under Sessions.',
  unread: 'The server could not read this session. Its log says why.',
  broken: 'The answer of the server could not be understood. Load the page again.',
  silent: 'The server does not answer.',
}

export class Said {
  /**
   * @param {{notices: import('./notices.js').Notices, live: HTMLElement}} parts
   * @param {() => void} retry
   */
  constructor({ notices, live }, retry) {
    this.notices = notices
    this.live = live
    this.way = { label: 'Retry', act: retry }
  }

  /** @param {string} title */
  opening(title) {
    this.notices.clearAll()
    this.live.textContent = `Opening ${title}`
  }

  /** Something to know, for a moment; nothing: no more. @param {string} words */
  note(words) {
    if (!words) return this.notices.clear('note')
    return this.notices.say('note', words, null, NOTE_MS)
  }

  /** @param {import('./loading.js').Problem} problem */
  failed(problem) {
    this.notices.say('failed', FAILED[problem], problem === 'unknown' ? null : this.way)
  }

  /** Parts of the session that could not be fetched. @param {number[]} failed @param {any} about */
  lacking(failed, about) {
    if (!failed.length) return this.notices.clear('lacking')
    const [start_us, end_us] = about.chunks[failed[0]]
    const from = failed.length === 1 ? `Events from ${placeWords(start_us)} to ${placeWords(end_us)} could not be fetched.` :
      `${counted(failed.length, 'part')} of the events could not be fetched, the first from ${placeWords(start_us)}.`
    return this.notices.say('lacking', `${from} The rest plays.`, this.way)
  }

  /** @param {number | null} wait_ms until the server is asked again; null: it answers */
  silent(wait_ms) {
    if (wait_ms === null) {
      this.notices.clear('failed')
      this.notices.say('silent', 'The server answers again.', null, NOTE_MS)
    } else {
      const wait = lengthWords(wait_ms * 1000)
      this.notices.say('silent', `The server does not answer. What is here plays on; next try in ${wait}.`, this.way)
    }
  }
}
