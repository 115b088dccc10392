// @ts-check
// Copies the page's address. What was typed goes into it only through the button that says so.

const SHOWN_MS = 1600
const timers = new WeakMap()

/** @param {any} component of Components v2 */
export default function mount({ data, parentElement }) {
  const button = parentElement.querySelector('.copy')
  button.textContent = data.label
  button.onclick = async () => {
    await navigator.clipboard.writeText(linkOf(location.href, data))
    button.textContent = 'Copied'
    clearTimeout(timers.get(button))
    timers.set(button, setTimeout(() => { button.textContent = data.label }, SHOWN_MS))
  }
  return () => clearTimeout(timers.get(button))
}

/**
 * The address to copy.
 * @param {string} here
 * @param {{anchor: string, typed: Record<string, string | null>}} wanted
 */
export function linkOf(here, { anchor, typed }) {
  const address = new URL(here)
  for (const [name, text] of Object.entries(typed)) {
    address.searchParams.delete(name)
    if (text) address.searchParams.set(name, text)
  }
  address.hash = anchor
  return address.href
}
