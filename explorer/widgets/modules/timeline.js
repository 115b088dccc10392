// @ts-check
// One session over its time: applications, activity by kind, state, frames, on one axis.

import { element, grouped } from './dom.js'
import { isDark, variable } from './theme.js'
import { clockText, ticks } from './time_axis.js'
import { visit } from './visit.js'

const LANES = { apps: 16, activity: 72, state: 8, frames: 12, axis: 20 }
const SAID = { apps: 'apps', activity: 'activity', state: 'state', frames: 'frames' }
const instances = new WeakMap()

/** @param {any} component of Components v2 */
export default function mount(component) {
  const root = component.parentElement
  const timeline = instances.get(root) ?? new Timeline(root.querySelector('.timeline'))
  instances.set(root, timeline)
  timeline.update(component.data)
  return () => timeline.stop()
}

class Timeline {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.canvases = {}
    this.lanes = element('div', 'lanes')
    this.readout = element('div', 'readout')
    this.legend = element('div', 'legend')
    this.cursor = element('div', 'cursor', { hidden: '' })
    root.replaceChildren(this.lanes, this.readout, this.legend)
    this.watch = new ResizeObserver(() => this.draw())
    this.watch.observe(this.lanes)
    this.lanes.onpointermove = (event) => this.point(event.clientX)
    this.lanes.onpointerleave = () => this.point(null)
    this.lanes.onclick = (event) => this.replay(event.clientX)
  }

  stop() {
    this.watch.disconnect()
    instances.delete(this.root.getRootNode())
  }

  /** @param {any} data */
  update(data) {
    this.data = data
    const dark = isDark(this.root)
    this.root.style.colorScheme = dark ? 'dark' : 'light'
    this.kind_colours = data.kinds.map((/** @type {string[]} */ kind) => kind[dark ? 2 : 1])
    this.buildLanes()
    this.legend.replaceChildren(...legendOf(data, this.kind_colours))
    this.point(null)
    this.draw()
  }

  buildLanes() {
    const children = []
    this.canvases = /** @type {Record<string, HTMLCanvasElement>} */ ({})
    for (const [name, height_px] of Object.entries(LANES)) {
      if (name === 'apps' && !this.data.apps.length) continue
      if (name === 'frames' && !this.data.frames_us.length) continue
      const canvas = /** @type {HTMLCanvasElement} */ (element('canvas', name, { 'aria-hidden': 'true' }))
      canvas.style.height = `${height_px}px`
      this.canvases[name] = canvas
      children.push(element('div', 'label', {}, SAID[/** @type {keyof typeof SAID} */ (name)] ?? ''), canvas)
    }
    this.lanes.replaceChildren(...children, this.cursor)
  }

  draw() {
    const width_px = this.canvases.activity?.clientWidth ?? 0
    if (!width_px) return
    const look = { quiet: variable(this.root, '--quiet', '#5b6573'), line: variable(this.root, '--st-border-color', '#dfe2e6'),
      kinds: this.kind_colours }
    for (const [name, canvas] of Object.entries(this.canvases)) {
      const scale = Math.max(1, window.devicePixelRatio || 1)
      const height_px = LANES[/** @type {keyof typeof LANES} */ (name)]
      canvas.width = width_px * scale
      canvas.height = height_px * scale
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
      context.scale(scale, scale)
      DRAWN[/** @type {keyof typeof DRAWN} */ (name)](context, this.data, width_px, height_px, look)
    }
  }

  /**
   * Share of the time that a place stands for; -1 beside the lanes.
   * @param {number | null} client_x
   */
  shareAt(client_x) {
    const box = this.canvases.activity?.getBoundingClientRect()
    const share = client_x === null || !box ? -1 : (client_x - box.left) / box.width
    return share > 1 ? -1 : share
  }

  /**
   * Open the replay at the time of a place.
   * @param {number} client_x
   */
  replay(client_x) {
    const share = this.shareAt(client_x)
    if (share < 0) return
    const address = new URL(this.data.replay, document.baseURI)
    address.searchParams.set('t', String(Math.round((share * this.data.duration_us) / 1000)))
    visit(address.href)
  }

  /** @param {number | null} client_x */
  point(client_x) {
    const box = this.canvases.activity?.getBoundingClientRect()
    const share = this.shareAt(client_x)
    this.cursor.hidden = share < 0
    if (this.cursor.hidden || !box) {
      this.readout.textContent = this.data.hint
      return
    }
    this.cursor.style.left = `${box.left - this.lanes.getBoundingClientRect().left + share * box.width}px`
    this.readout.replaceChildren(...readoutOf(this.data, share))
  }
}

const DRAWN = { apps: drawApps, activity: drawActivity, state: drawState, frames: drawFrames, axis: drawAxis }

/** @typedef {{quiet: string, line: string, kinds: string[]}} Look */

/** @param {CanvasRenderingContext2D} context @param {any} data @param {number} width @param {number} height */
function drawApps(context, data, width, height) {
  for (const [app, start_us, end_us] of data.apps) {
    context.fillStyle = app < 0 ? 'rgb(128 128 128 / 25%)' : data.app_colours[app]
    const left = (start_us / data.duration_us) * width
    context.fillRect(left, 0, Math.max(0.5, (end_us / data.duration_us) * width - left), height)
  }
}

/** @param {CanvasRenderingContext2D} context @param {any} data @param {number} width @param {number} height @param {Look} look */
function drawActivity(context, data, width, height, look) {
  const bar_px = width / data.bins_n
  const most = Math.max(1, ...data.activity.flatMap((/** @type {any} */ layer) => layer.counts))
  context.fillStyle = look.line
  context.fillRect(0, height - 1, width, 1)
  for (let bin = 0; bin < data.bins_n; bin += 1) {
    const logs = data.activity.map((/** @type {any} */ layer) => Math.log1p(layer.counts[bin]))
    const sum = logs.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0)
    if (!sum) continue
    const whole_px = (Math.max(...logs) / Math.log1p(most)) * (height - 4)
    let bottom = height
    data.activity.forEach((/** @type {any} */ layer, /** @type {number} */ place) => {
      if (!logs[place]) return
      const part_px = Math.max(1, (whole_px * logs[place]) / sum)
      bottom -= part_px
      context.fillStyle = look.kinds[layer.kind]
      context.fillRect(bin * bar_px, bottom, Math.max(1, bar_px - 1), part_px)
    })
  }
}

/** @param {CanvasRenderingContext2D} context @param {any} data @param {number} width @param {number} height @param {Look} look */
function drawState(context, data, width, height, look) {
  const shapes = { active: [0, 1], passive: [0.25, 0.5], idle: [0.44, 0.12] }
  for (const [state, start_us, end_us] of data.states) {
    const [top, tall] = shapes[/** @type {keyof typeof shapes} */ (state)] ?? shapes.idle
    const left = (start_us / data.duration_us) * width
    context.fillStyle = look.quiet
    context.fillRect(left, top * height, Math.max(0.5, (end_us / data.duration_us) * width - left), tall * height)
  }
}

/** @param {CanvasRenderingContext2D} context @param {any} data @param {number} width @param {number} height @param {Look} look */
function drawFrames(context, data, width, height, look) {
  context.fillStyle = look.kinds[data.frame_kind]
  for (const t_us of data.frames_us) context.fillRect((t_us / data.duration_us) * (width - 1), 0, 1, height)
}

/** @param {CanvasRenderingContext2D} context @param {any} data @param {number} width @param {number} height @param {Look} look */
function drawAxis(context, data, width, height, look) {
  const times = ticks(data.duration_us, width)
  const hasTenths = times.length > 1 && times[1] < 1e6
  context.font = `11px ${getComputedStyle(context.canvas).fontFamily}`
  context.textBaseline = 'bottom'
  for (const time of times) {
    const x = (time / data.duration_us) * width
    context.fillStyle = look.line
    context.fillRect(Math.min(x, width - 1), 0, 1, 4)
    context.fillStyle = look.quiet
    const text = clockText(time, hasTenths)
    context.textAlign = time === 0 ? 'left' : x + context.measureText(text).width / 2 > width ? 'right' : 'center'
    context.fillText(text, Math.min(x, width), height)
  }
}

/** @param {any} data @param {string[]} colours */
function legendOf(data, colours) {
  const entry = (/** @type {string} */ colour, /** @type {string} */ word) => {
    const swatch = element('span', 'swatch')
    swatch.style.background = colour
    return element('span', 'entry', {}, swatch, element('span', 'word', { dir: 'auto' }, word))
  }
  const apps = data.app_names.slice(0, 8).map((/** @type {string} */ name, /** @type {number} */ place) =>
    entry(data.app_colours[place], name))
  if (data.app_names.length > 8) apps.push(element('span', 'entry', {}, `and ${data.app_names.length - 8} more apps`))
  const kinds = data.activity.map((/** @type {any} */ layer) => entry(colours[layer.kind], data.kinds[layer.kind][0]))
  return [element('div', 'entries', {}, ...apps), element('div', 'entries', {}, ...kinds)]
}

/** @param {any} data @param {number} share */
function readoutOf(data, share) {
  const at_us = share * data.duration_us
  const within = (/** @type {any[]} */ [, start_us, end_us]) => at_us >= start_us && at_us < end_us
  const run = data.apps.find(within)
  const bin = Math.min(data.bins_n - 1, Math.floor(share * data.bins_n))
  const counts = data.activity.filter((/** @type {any} */ layer) => layer.counts[bin])
    .map((/** @type {any} */ layer) => [layer.counts[bin], data.kinds[layer.kind]])
    .map(([rows_n, [many, , , one]]) => `${grouped(rows_n)} ${rows_n === 1 ? one : many}`)
  const words = [run && run[0] >= 0 ? data.app_names[run[0]] : '', data.states.find(within)?.[0] ?? '', ...counts]
  return [element('strong', '', {}, clockText(at_us, data.duration_us < 6e7)),
    element('span', '', {}, ['', ...words.filter(Boolean)].join(' · '))]
}
