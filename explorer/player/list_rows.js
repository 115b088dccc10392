// @ts-check
// Rows of a long list of which only those in view exist; each may have a height of its own.

const SPARE_PX = 240

export class ListRows {
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} body
   * @param {(place: number) => HTMLElement} build
   */
  constructor(scroller, body, build) {
    this.scroller = scroller
    this.body = body
    this.build = build
    this.tops = new Float64Array(1)
    this.rows = /** @type {Map<number, HTMLElement>} */ (new Map())
  }

  /** @param {number} place */
  get(place) {
    return this.rows.get(place)
  }

  /** @param {number} place */
  top(place) {
    return this.tops[Math.max(0, place)]
  }

  /**
   * Begin anew with these heights.
   * @param {number[]} heights_px
   */
  measure(heights_px) {
    this.tops = new Float64Array(heights_px.length + 1)
    heights_px.forEach((height_px, place) => { this.tops[place + 1] = this.tops[place] + height_px })
    this.body.style.height = `${this.tops[heights_px.length]}px`
    for (const row of this.rows.values()) row.remove()
    this.rows.clear()
  }

  /** Build what came into view, drop what left it. */
  draw() {
    const from_px = this.scroller.scrollTop - SPARE_PX
    const to_px = this.scroller.scrollTop + this.scroller.clientHeight + SPARE_PX
    const first = this.placeAt(from_px)
    let end = first
    while (end + 1 < this.tops.length && this.tops[end] < to_px) end += 1
    for (const [place, row] of this.rows) {
      if (place >= first && place < end) continue
      row.remove()
      this.rows.delete(place)
    }
    for (let place = first; place < end; place += 1) if (!this.rows.has(place)) this.add(place)
  }

  /** @param {number} place */
  add(place) {
    const row = this.build(place)
    row.style.transform = `translateY(${this.tops[place]}px)`
    row.dataset.place = String(place)
    if (!row.classList.contains('open')) row.style.height = `${this.tops[place + 1] - this.tops[place]}px`
    // Rows stand in the order of the list, whatever was scrolled to first.
    const later = [...this.rows.keys()].filter((other) => other > place).sort((a, b) => a - b)[0]
    this.body.insertBefore(row, (later === undefined ? null : this.rows.get(later)) ?? null)
    this.rows.set(place, row)
  }

  /**
   * The row at a height.
   * @param {number} px
   */
  placeAt(px) {
    let [low, high] = [0, this.tops.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.tops[middle + 1] <= px) low = middle + 1
      else high = middle
    }
    return low
  }
}
