// @ts-check
// Small drawings: signs on buttons, and a shape of its own for each kind of event, so that nobody needs the colour.

const SVG = 'http://www.w3.org/2000/svg'

// A path that ends in z and has no open end is filled where it says so.
const SIGNS = {
  play: [['M4 2.5v11l9-5.5z', 'filled']],
  pause: [['M4 2.5h3v11H4zM9 2.5h3v11H9z', 'filled']],
  wait: [['M8 2a6 6 0 1 1-6 6', '']],
  back: [['M10 3L5 8l5 5', '']],
  forth: [['M6 3l5 5l-5 5', '']],
  frame_back: [['M11 3L6 8l5 5', ''], ['M3.5 3v10', '']],
  frame_forth: [['M5 3l5 5l-5 5', ''], ['M12.5 3v10', '']],
  rows: [['M2 4h12M2 8h12M2 12h8', '']],
}

const SHAPES = {
  click: [['M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9z', '']],
  double_click: [['M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 0 0 0-12.4z', ''], ['M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6z', '']],
  right_click: [['M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9z', 'dashed']],
  drag: [['M3.5 12.5L12 4M12 4H7.5M12 4v4.5', ''], ['M3.5 11a1.5 1.5 0 1 0 0 3a1.5 1.5 0 0 0 0-3z', 'filled']],
  scroll: [['M4 5l4-3l4 3M4 11l4 3l4-3', '']],
  typing: [['M2 6h12v4H2z', 'filled']],
  shortcut: [['M2.5 3.5h11v9h-11z', ''], ['M5.5 8h5', '']],
  app_switch: [['M2 11.5h5v-7h7', '']],
  navigation: [['M2.5 8h10M9 4.5L12.5 8L9 11.5', '']],
  clipboard: [['M3 3h7v8H3zM6 11v3h7V6h-3', '']],
  pause: [['M1.5 8l2.5-4l3 8l3-8l2.5 6l2-2', '']],
  mark: [['M4 14V2.5h8l-2 3l2 3H4', 'filled']],
  frame: [['M8 3v10', '']],
  other: [['M8 6.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 0 0 0-3z', 'filled']],
}

/**
 * A sign on a button.
 * @param {keyof typeof SIGNS} name
 */
export function sign(name) {
  return drawn(SIGNS[name], `sign ${name}`)
}

/**
 * The shape of a kind of event.
 * @param {string} kind
 */
export function shape(kind) {
  return drawn(SHAPES[/** @type {keyof typeof SHAPES} */ (kind)] ?? SHAPES.other, `shape ${kind}`)
}

/** @param {string[][]} paths @param {string} name */
function drawn(paths, name) {
  const svg = document.createElementNS(SVG, 'svg')
  const attributes = { viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true', class: name }
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value)
  for (const [line, look] of paths) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', line)
    if (look) path.setAttribute('class', look)
    svg.append(path)
  }
  return svg
}
