// @ts-check
// Asking the server to do something: what it answers, or why it was not done. Never a word of what was sent.

const SILENT = 'The server does not answer. Nothing is lost: try again.'
const GONE = 'This session is not in the dataset any more.'

/**
 * The answer as JSON, or the problem in words.
 * @param {string} url relative to the page's base
 * @param {{method?: string, body?: object, signal?: AbortSignal}} [asked]
 * @returns {Promise<{answer: any, problem: string}>}
 */
export async function askServer(url, { method = 'GET', body, signal } = {}) {
  try {
    const answer = await fetch(new URL(url, document.baseURI).href, {
      method, signal, credentials: 'same-origin', body: body && JSON.stringify(body),
      headers: body && { 'Content-Type': 'application/json' },
    })
    const content = await answer.json().catch(() => null)
    if (answer.ok && content) return { answer: content, problem: '' }
    if (content?.problem) return { answer: null, problem: content.problem }
    return { answer: null, problem: answer.status === 404 ? GONE : 'The server could not do it. Its log says why.' }
  } catch {
    return { answer: null, problem: SILENT }
  }
}
