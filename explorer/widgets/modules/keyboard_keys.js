// @ts-check
// Where the keys of a keyboard lie: the places are those of a US layout; what is printed is what was used.

/** Name of a key, and its width in units of a letter's key; a name that begins with a blank is a gap. */
const ROWS = [
  'escape:1 " gap:1" f1:1 f2:1 f3:1 f4:1 " gap:.5" f5:1 f6:1 f7:1 f8:1 " gap:.5" f9:1 f10:1 f11:1 f12:1',
  '`:1 1:1 2:1 3:1 4:1 5:1 6:1 7:1 8:1 9:1 0:1 -:1 =:1 backspace:2 " gap:.4" insert:1 home:1 pageup:1',
  'tab:1.5 q:1 w:1 e:1 r:1 t:1 y:1 u:1 i:1 o:1 p:1 [:1 ]:1 \\:1.5 " gap:.4" delete:1 end:1 pagedown:1',
  'capslock:1.75 a:1 s:1 d:1 f:1 g:1 h:1 j:1 k:1 l:1 ;:1 \':1 enter:2.25',
  'shift:2.25 z:1 x:1 c:1 v:1 b:1 n:1 m:1 ,:1 .:1 /:1 shift:2.75 " gap:1.4" arrowup:1',
  'ctrl:1.5 meta:1.25 alt:1.5 space:6 alt:1.5 meta:1.25 ctrl:2 " gap:.4" arrowleft:1 arrowdown:1 arrowright:1',
]

/**
 * @typedef {{name: string, x: number, y: number, width: number}} Key
 * @returns {Key[]} every key with its place, in units of a letter's key
 */
export function keys() {
  return ROWS.flatMap((row, y) => {
    let x = 0
    const found = /** @type {Key[]} */ ([])
    for (const part of row.match(/" [^"]*"|\S+/g) ?? []) {
      const [, name, width] = /** @type {RegExpExecArray} */ (/^"?\s?(.+?):([\d.]+)"?$/.exec(part))
      if (name !== 'gap') found.push({ name, x, y: y && y + 0.25, width: Number(width) })
      x += Number(width)
    }
    return found
  })
}
