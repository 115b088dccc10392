// @ts-check
// Marking moments: the dialog, and what is said when a mark was kept, changed or deleted. All of it can be undone.

const SAID_MS = 10_000

/** @typedef {import('./player.js').Player} Player */
/** @typedef {import('./marks.js').Mark} Mark */

/** @param {Player} player */
export function markMoment(player) {
  const { marks, parts, playback } = player
  if (!player.session || !marks) return
  playback.pause()
  const t_us = Math.round(playback.t_us)
  const at = parts.lanes.words(t_us)
  parts.note.open(`Mark ${at}`, { label: 'interesting', note: '' }, async (said) => {
    const { mark_id, problem } = await marks.add({ t_us, ...said })
    if (mark_id) undo(player, `Marked ${at}.`, mark_id, true)
    return { problem }
  })
}

/** @param {Player} player @param {Mark} mark */
export function changeMark(player, mark) {
  const at = player.parts.lanes.words(mark.t_us)
  player.parts.note.open(`Change the mark at ${at}`, mark, async (said) =>
    await player.marks?.change(mark.mark_id, said) ?? { problem: '' })
}

/** @param {Player} player @param {Mark} mark */
export async function deleteMark(player, { mark_id, t_us }) {
  const { problem } = await player.marks?.change(mark_id, { is_deleted: true }) ?? { problem: '' }
  if (problem) player.said.note(problem)
  else undo(player, `The mark at ${player.parts.lanes.words(t_us)} is deleted.`, mark_id, false)
}

/** @param {Player} player @param {string} words @param {string} mark_id @param {boolean} is_deleted what undoing makes of it */
function undo(player, words, mark_id, is_deleted) {
  const { marks, parts: { notices }, said } = player
  const act = async () => {
    notices.clear('mark')
    const { problem } = await marks?.change(mark_id, { is_deleted }) ?? { problem: '' }
    if (problem) said.note(problem)
  }
  notices.say('mark', words, { label: 'Undo', act }, SAID_MS)
}
