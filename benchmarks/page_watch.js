// Watches a replay page from inside: when a person asked for something, and when which picture was drawn. It stands
// before the page's own code and changes nothing of what that does.
(() => {
  const watch = { began_ms: 0, draws: [], overs_ms: [], sources: new WeakMap() }
  let painted = /** @type {(string | null)[] | null} */ (null) // within an animation frame: what it painted so far
  const note = (url) => {
    if (painted) painted.push(url)
    else told(url, performance.now())
  }
  const told = (url, end_ms) => url === null ? watch.overs_ms.push(end_ms) : watch.draws.push([end_ms, url])
  const { requestAnimationFrame: request, createImageBitmap: create } = window
  const { blob } = Response.prototype
  const { drawImage, clearRect } = CanvasRenderingContext2D.prototype

  window.requestAnimationFrame = (act) => request.call(window, (frame_ms) => {
    painted = []
    try {
      act(frame_ms)
    } finally {
      const end_ms = performance.now()
      for (const url of painted) told(url, end_ms)
      painted = null
    }
  })
  Response.prototype.blob = async function () {
    const found = await blob.call(this)
    watch.sources.set(found, this.url)
    return found
  }
  window.createImageBitmap = async (source, ...how) => {
    const bitmap = await create.call(window, source, ...how)
    watch.sources.set(bitmap, watch.sources.get(source))
    return bitmap
  }
  CanvasRenderingContext2D.prototype.drawImage = function (...given) {
    if (this.canvas.className === 'ground') note(watch.sources.get(given[0]) ?? '')
    return drawImage.apply(this, given)
  }
  CanvasRenderingContext2D.prototype.clearRect = function (...given) {
    if (this.canvas.className === 'over') note(null)
    return clearRect.apply(this, given)
  }
  for (const name of ['pointerup', 'keydown']) {
    window.addEventListener(name, () => { watch.began_ms ||= performance.now() }, { capture: true })
  }

  watch.arm = () => Object.assign(watch, { began_ms: 0, overs_ms: [], draws: watch.draws.slice(-1) })
  // When a picture whose address holds `name` stood after what was asked for, and the marks over it were drawn; null: not yet.
  watch.shown = (name) => {
    const { began_ms, draws, overs_ms } = watch
    const after = draws.filter(([end_ms]) => end_ms > began_ms)
    const found = after.find(([, url]) => url.includes(name))
    const stands = !after.length && draws[0]?.[1].includes(name)
    const over_ms = overs_ms.find((end_ms) => end_ms > began_ms)
    if (!began_ms || over_ms === undefined || !(found || stands)) return null
    return Math.max(over_ms, found?.[0] ?? 0) - began_ms
  }
  performance.setResourceTimingBufferSize(10_000)
  window.watch = watch
})()
