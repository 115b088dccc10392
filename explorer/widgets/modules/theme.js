// @ts-check
// What the page's theme says, read from Streamlit's variables.

/**
 * Whether the page behind an element is dark.
 * @param {Element} element
 */
export function isDark(element) {
  const [red, green, blue] = channels(variable(element, '--st-background-color', '#ffffff'))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}

/**
 * A variable of the theme.
 * @param {Element} element
 * @param {string} name
 * @param {string} fallback
 */
export function variable(element, name, fallback) {
  const value = getComputedStyle(element).getPropertyValue(name).trim()
  return value && value !== 'unset' ? value : fallback
}

/**
 * Red, green and blue of #rgb, #rrggbb or rgb(…).
 * @param {string} colour
 * @returns {[number, number, number]}
 */
export function channels(colour) {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(colour)
  if (!hex) {
    const [red = 255, green = 255, blue = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number)
    return [red, green, blue]
  }
  const digits = hex[1].length < 6 ? Array.from(hex[1], (d) => d + d).join('') : hex[1]
  const at = (/** @type {number} */ start) => parseInt(digits.slice(start, start + 2), 16)
  return [at(0), at(2), at(4)]
}
