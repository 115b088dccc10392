// @ts-check
// The dialog of what can be taken away: this moment as a picture, a range as GIF or MP4, the rows as files.

import { element } from '../widgets/dom.js'
import { dialog } from './dialog.js'
import { TakeClip } from './take_clip.js'
import { TakeRows } from './take_rows.js'

const KINDS = [['png', 'Picture'], ['gif', 'GIF'], ['mp4', 'Film (MP4)'], ['rows', 'Rows']]

export class TakeAway {
  constructor() {
    this.clip = new TakeClip()
    this.rows = new TakeRows()
    this.kinds = KINDS.map(([value, words]) => kindOf(value, words, () => this.choose(value)))
    const row = element('div', 'labels_row', { role: 'radiogroup', 'aria-label': 'What to take away' },
      ...this.kinds.map((one) => one.row))
    this.whole = dialog('take', 'Take away', [element('div', 'form', {}, row, this.clip.root, this.rows.root)])
    this.root = this.whole.root
    this.root.addEventListener('close', () => this.clip.leave())
  }

  /** @param {import('./take_clip.js').Shown} shown what the player shows now */
  open(shown) {
    this.clip.open(shown)
    this.rows.open(shown)
    this.whole.setTitle('Take away')
    this.whole.open()
    this.choose(shown.loop ? 'gif' : this.kind ?? 'png')
    this.kinds.find(({ input }) => input.checked)?.input.focus()
  }

  /** @param {string} kind */
  choose(kind) {
    this.kind = kind
    for (const { input } of this.kinds) input.checked = input.value === kind
    this.rows.root.hidden = kind !== 'rows'
    this.clip.root.hidden = kind === 'rows'
    if (kind !== 'rows') this.clip.setKind(kind)
  }
}

/** @param {string} value @param {string} words @param {() => void} chosen */
function kindOf(value, words, chosen) {
  const input = /** @type {HTMLInputElement} */ (element('input', '', { type: 'radio', name: 'take', value }))
  input.onchange = chosen
  return { input, row: element('label', 'chip', {}, input, element('span', '', {}, words)) }
}
