// @ts-check
// Attempts at one task, a row each. Order by outcome or by who acted, and by nothing else.

import { element } from './dom.js'
import { mark } from './step_row.js'
import { isDark } from './theme.js'
import { isPlainClick, visit } from './visit.js'

const COLUMNS = [['screen', 'Last screen'], ['session', 'Session'], ['actor', 'Actor'], ['outcome', 'Outcome'],
  ['score number', 'Score'], ['steps number', 'Steps'], ['length number', 'Length'], ['week number', 'Week of']]

const BESIDE = 'Compare…'

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.attempts')
  root.style.colorScheme = isDark(root) ? 'dark' : 'light'
  const rows = element('div', 'body', { role: 'rowgroup' }, ...data.rows.map(rowOf))
  root.replaceChildren(element('div', 'grid', { role: 'table', 'aria-label': 'Attempts' },
    element('div', '', { role: 'rowgroup' }, headOf(data)), rows))
  root.onclick = (/** @type {MouseEvent} */ event) => follow(event) || choose(event, root, data.rows.length)
  // Streamlit's own keys (r, c) must not fire while someone moves through the attempts.
  root.onkeydown = (/** @type {KeyboardEvent} */ event) => event.stopPropagation()
}

/** @param {{order: string, ways: Record<string, string>}} data */
function headOf({ order, ways }) {
  return element('div', 'row head', { role: 'row' }, ...COLUMNS.map(([name, label]) => {
    const cell = element('div', `cell ${name}`, { role: 'columnheader' })
    if (!ways[name]) cell.append(label)
    else {
      if (name === order) cell.setAttribute('aria-sort', 'ascending')
      cell.append(element('a', name === order ? 'sorted' : '', { href: new URL(ways[name], document.baseURI).href },
        label, name === order ? ' ↓' : ''))
    }
    return cell
  }))
}

/** @param {any} row */
function rowOf(row) {
  const below = row.below ? [element('div', 'below', { dir: 'auto' }, row.below)] : []
  const cells = {
    screen: row.frame_id ? [pictureOf(row.frame_id)] : [],
    session: [element('a', 'name', { href: new URL(row.href, document.baseURI).href }, row.name), ...below, waysOf(row)],
    actor: [row.actor, ...(row.model ? [element('div', 'below', { dir: 'auto' }, row.model)] : [])],
    outcome: [element('span', 'judged', {}, mark(row.mark), row.outcome)],
    score: [row.score], steps: [row.steps], length: [row.length], week: [row.week],
  }
  return element('div', 'row', { role: 'row' }, ...COLUMNS.map(([name, label]) => element('div', `cell ${name}`,
    { role: 'cell', 'data-label': label }, ...cells[/** @type {keyof typeof cells} */ (name.split(' ')[0])])))
}

/** @param {string} frame_id */
function pictureOf(frame_id) {
  const picture = /** @type {HTMLImageElement} */ (element('img', '', { alt: 'Last screen', width: '112', height: '70' }))
  picture.loading = 'lazy'
  picture.decoding = 'async'
  picture.onerror = () => picture.classList.add('missing')
  picture.src = new URL(`thumb/${encodeURIComponent(frame_id)}`, document.baseURI).href
  return picture
}

/** @param {any} row */
function waysOf(row) {
  const said = `Replay ${row.name}`
  return element('div', 'ways', {}, element('a', '', { href: new URL(row.replay, document.baseURI).href, 'aria-label': said }, 'Replay'),
    element('button', '', { type: 'button', 'data-session': row.session_id }, BESIDE))
}

/**
 * Choose an attempt, then the one to show beside it.
 * @param {MouseEvent} event
 * @param {HTMLElement} root
 * @param {number} rows_n
 */
function choose(event, root, rows_n) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-session]'))
  if (!button || rows_n < 2) return
  const first = /** @type {HTMLElement | null} */ (root.querySelector('[aria-pressed="true"]'))
  if (first && first !== button) {
    const address = new URL(/** @type {HTMLAnchorElement} */ (first.previousElementSibling).href)
    address.searchParams.set('with', button.dataset.session ?? '')
    return visit(address.href)
  }
  for (const one of root.querySelectorAll('[data-session]')) {
    one.textContent = first ? BESIDE : one === button ? 'Cancel' : 'Show beside it'
    one.setAttribute('aria-pressed', String(!first && one === button))
  }
}

/**
 * Whether a link was followed.
 * @param {MouseEvent} event
 */
function follow(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a'))
  if (!link) return false
  if (isPlainClick(event)) {
    event.preventDefault()
    visit(link.href)
  }
  return true
}
