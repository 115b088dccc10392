// @ts-check
// The row of controls. It shows what it is told and asks for what is pressed; it keeps no state of its own.

import { element, grouped } from '../widgets/dom.js'
import { sign } from './icons.js'
import { createOptions } from './options.js'
import { placeWords, stepAt } from './words.js'

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64]
const JUMPS = [['click', 'click'], ['right_click', 'right click'], ['shortcut', 'shortcut'], ['app_switch', 'app switch'],
  ['event', 'event'], ['mark', 'mark'], ['failed_step', 'failed step']]
const PLAYING = { playing: 'Pause', waiting: 'Pause', ended: 'Play again' }

export class Controls {
  /** @param {(command: string, value?: any) => void} ask */
  constructor(ask) {
    this.ask = ask
    this.play = button('play', '', 'Play', 'k')
    this.play.onclick = () => ask('toggle')
    this.speed = choice('Speed', SPEEDS.map((speed) => [String(speed), `${speed}×`]))
    this.speed.onchange = () => ask('speed', Number(this.speed.value))
    this.time = element('span', 'time')
    this.whole = element('span', 'whole')
    this.noun = element('span', 'noun')
    this.jump = choice('What to go to', JUMPS)
    this.toggles = ['skip_idle', 'trail', 'chips', 'masks'].map((name) => toggle(name, ask))
    this.options = createOptions(ask)
    this.events = button('events', '', 'Events', '')
    this.events.append(sign('rows'), element('span', 'word', {}, 'Events'))
    this.events.onclick = () => ask('drawer')
    const help = button('help', '?', 'Keyboard', '?')
    help.onclick = () => ask('sheet')
    this.root = element('div', 'controls', { role: 'toolbar', 'aria-label': 'Playback' },
      element('div', 'group', {}, this.play, this.speed, element('span', 'clock', {}, this.noun, this.time, ' / ', this.whole)),
      element('div', 'group', {}, this.stepper('frame_back', 'Previous frame', ','),
        this.stepper('frame_forth', 'Next frame', '.')),
      element('div', 'group jumps', {}, this.jumper('back', -1), this.jump, this.jumper('forth', 1)),
      element('span', 'gap'), element('div', 'group toggles', {}, ...this.toggles),
      element('div', 'group', {}, this.options.whole, this.events, help))
    this.state = ''
    this.said = ''
    this.setState('loading')
  }

  /** @param {'frame_back' | 'frame_forth'} name @param {string} said @param {string} key */
  stepper(name, said, key) {
    const step = button(name, '', said, key)
    step.append(sign(name))
    step.onclick = () => this.ask(name === 'frame_back' ? 'previous' : 'next', 'frame')
    return step
  }

  /** @param {'back' | 'forth'} name @param {1 | -1} by */
  jumper(name, by) {
    const jump = button(name, '', by > 0 ? 'Go to the next one' : 'Go to the previous one', '')
    jump.append(sign(name))
    jump.onclick = () => this.ask(by > 0 ? 'next' : 'previous', this.jump.value)
    return jump
  }

  /** @param {string} state of the machine */
  setState(state) {
    if (state === this.state) return
    this.state = state
    const said = PLAYING[/** @type {keyof typeof PLAYING} */ (state)] ?? 'Play'
    this.play.replaceChildren(sign(state === 'waiting' ? 'wait' : state === 'playing' ? 'pause' : 'play'))
    this.play.setAttribute('aria-label', said)
    this.play.title = `${said} (k)`
    this.root.classList.toggle('off', state === 'loading' || state === 'empty')
  }

  /**
   * Show where the clock stands; cheap enough for every frame.
   * @param {number} t_us
   */
  at(t_us) {
    const said = this.isSteps ? grouped(stepAt(t_us, this.duration_us ?? 0)) : placeWords(t_us)
    if (said !== this.said) this.time.textContent = this.said = said
  }

  /** @param {any} about */
  open(about) {
    this.isSteps = about.axis === 'step'
    this.said = ''
    this.duration_us = about.duration_us
    this.whole.textContent = this.isSteps ? grouped(stepAt(about.duration_us, about.duration_us)) : placeWords(about.duration_us)
    this.noun.textContent = !this.isSteps ? '' : about.steps.length ? 'step ' : 'event '
    const isAgent = about.steps.length > 0
    for (const option of this.jump.options) option.hidden = option.value === 'failed_step' && !isAgent
    this.options.open(about)
  }

  /** @param {import('./link.js').Settings & {typed: boolean}} settings */
  set(settings) {
    if (![...this.speed.options].some((option) => Number(option.value) === settings.speed)) {
      this.speed.append(element('option', '', { value: String(settings.speed) }, `${settings.speed}×`))
    }
    this.speed.value = String(settings.speed)
    const { skip_s, trail_s, keys, masks } = settings
    const isOn = { skip_idle: skip_s > 0, trail: trail_s > 0, chips: keys !== 'none', masks }
    for (const one of this.toggles) {
      one.setAttribute('aria-pressed', String(isOn[/** @type {keyof typeof isOn} */ (one.dataset.name)]))
    }
    this.options.set(settings)
  }
}

const TOGGLES = { skip_idle: ['skip idle', 'i'], trail: ['trail', 't'], chips: ['keys', 'c'], masks: ['masks', 'v'] }

/** @param {string} name @param {(command: string) => void} ask */
function toggle(name, ask) {
  const [label, key] = TOGGLES[/** @type {keyof typeof TOGGLES} */ (name)]
  const one = element('button', 'toggle', { type: 'button', 'aria-pressed': 'false', 'data-name': name,
    'aria-keyshortcuts': key, title: `${label} (${key})` }, label)
  one.onclick = () => ask(name)
  return one
}

/** @param {string} name @param {string} label @param {string} said @param {string} key */
function button(name, label, said, key) {
  const title = key ? `${said} (${key})` : said
  const one = element('button', `button ${name}`, { type: 'button', 'aria-label': said, title }, label)
  if (key) one.setAttribute('aria-keyshortcuts', key)
  return /** @type {HTMLButtonElement} */ (one)
}

/** @param {string} said @param {string[][]} choices */
function choice(said, choices) {
  return /** @type {HTMLSelectElement} */ (element('select', 'choice', { 'aria-label': said },
    ...choices.map(([value, label]) => element('option', '', { value }, label))))
}
