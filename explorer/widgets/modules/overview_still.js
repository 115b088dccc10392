// @ts-check
// One moment as a still picture: a screenshot or an empty screen, the pointer's path and clicks over it.

import { element } from './dom.js'
import { isDark } from './theme.js'
import { isPlainClick, visit } from './visit.js'

const SVG = 'http://www.w3.org/2000/svg'
const POINTER = 'M0 0V15.5L3.9 11.9L6.6 18L9.2 16.8L6.6 11H11.7Z'

/**
 * @typedef {{frame_id: string | null, width: number, height: number, lines: number[][],
 *   clicks: [number, number, boolean][], reason: string, alt: string, href: string | null,
 *   colours: Record<string, [string, string]>}} Still
 * @param {any} component of Components v2
 */
export default function mount({ data, parentElement }) {
  const root = parentElement.querySelector('.still')
  const dark = isDark(root)
  root.style.colorScheme = dark ? 'dark' : 'light'
  const stage = element('div', data.frame_id ? 'stage' : 'stage plain', {})
  stage.style.aspectRatio = `${data.width} / ${data.height}`
  stage.append(...(data.frame_id ? [pictureOf(data, stage)] : []), drawingOf(data, dark && !data.frame_id))
  const figure = element('figure', '', {}, stage)
  if (data.reason) stage.append(element('p', 'reason', {}, data.reason))
  if (data.href) figure.append(captionOf(data, dark))
  root.replaceChildren(figure)
}

/** @param {Still} data @param {HTMLElement} stage */
function pictureOf(data, stage) {
  const picture = /** @type {HTMLImageElement} */ (element('img', '', { alt: '', width: String(data.width),
    height: String(data.height) }))
  picture.onerror = () => {
    picture.remove()
    stage.classList.add('plain')
    stage.append(element('p', 'reason', {}, 'The screenshot could not be loaded.'))
  }
  picture.src = new URL(`frame/${encodeURIComponent(data.frame_id ?? '')}`, document.baseURI).href
  return picture
}

/** @param {Still} data @param {boolean} dark */
function drawingOf(data, dark) {
  const drawing = drawn('svg', { viewBox: `0 0 ${data.width} ${data.height}`, role: 'img', 'aria-label': data.alt })
  const colour = (/** @type {string} */ kind) => data.colours[kind][dark ? 1 : 0]
  for (const name of ['casing', 'path']) {
    for (const line of data.lines) drawing.append(drawn('polyline', { class: name, points: line.join(' '), stroke: colour('move') }))
  }
  const start = data.lines[0]
  if (start) drawing.append(drawn('circle', { class: 'start', cx: String(start[0]), cy: String(start[1]), r: String(data.width / 240), fill: colour('move') }))
  const radius = data.width / 80
  for (const [x, y, isRight] of data.clicks) {
    const ring = { cx: String(x), cy: String(y), r: String(radius) }
    drawing.append(drawn('circle', { ...ring, class: 'casing' }), drawn('circle', {
      ...ring, class: isRight ? 'ring right' : 'ring', stroke: colour(isRight ? 'right_click' : 'click') }))
  }
  const end = data.lines.at(-1)?.slice(-2)
  if (end) {
    drawing.append(drawn('path', { class: 'pointer', d: POINTER,
      transform: `translate(${end[0]} ${end[1]}) scale(${data.width / 720})` }))
  }
  return drawing
}

/** @param {Still} data @param {boolean} dark */
function captionOf(data, dark) {
  const caption = element('figcaption')
  const entry = (/** @type {string} */ kind, /** @type {string} */ word) => {
    const mark = drawn('svg', { width: '16', height: '16', viewBox: '0 0 16 16', 'aria-hidden': 'true' })
    const stroke = data.colours[kind][dark ? 1 : 0]
    mark.append(kind === 'move' ? drawn('polyline', { class: 'path', points: '1 13 6 5 10 9 15 3', stroke })
      : drawn('circle', { class: kind === 'click' ? 'ring' : 'ring right', cx: '8', cy: '8', r: '5.5', stroke }))
    caption.append(element('span', 'entry', {}, mark, word))
  }
  if (data.lines.length) entry('move', 'path of the pointer')
  if (data.clicks.some(([, , isRight]) => !isRight)) entry('click', 'click')
  if (data.clicks.some(([, , isRight]) => isRight)) entry('right_click', 'right click')
  const link = element('a', '', { href: new URL(data.href ?? '', document.baseURI).href }, 'Open this session')
  link.onclick = (event) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    visit(/** @type {HTMLAnchorElement} */ (link).href)
  }
  caption.append(link)
  return caption
}

/** @param {string} tag @param {Record<string, string>} attributes */
function drawn(tag, attributes) {
  const node = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) if (value) node.setAttribute(name, value)
  return node
}
