// @ts-check
// Building pages from text that may be hostile: text is only ever set as text.

/**
 * An element with a class, attributes, and children; a string child becomes text.
 * @param {string} tag
 * @param {string} [name] class
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
export function element(tag, name = '', attributes = {}, ...children) {
  const node = document.createElement(tag)
  if (name) node.className = name
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

/**
 * A whole number with thousands separators.
 * @param {number} value
 */
export function grouped(value) {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}
