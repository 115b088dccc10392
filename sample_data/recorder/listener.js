// @ts-check
/** Injected into every page: writes down the page's own DOM events, in their order, before the app sees them. */
(() => {
  const POINTER = ["mousemove", "mousedown", "mouseup", "wheel"];
  const KEYS = ["keydown", "keyup"];
  const CLIPBOARD = ["copy", "cut", "paste"];
  const ROLES = { A: "link", BUTTON: "button", INPUT: "textbox", TEXTAREA: "textbox", DD: "definition", DT: "term", P: "paragraph", TH: "columnheader", H1: "heading", H2: "heading", BODY: "document", HTML: "document" };
  let rows = [];

  /** The nearest element with a role, its accessible name and its rectangle. */
  function element(start) {
    const target = start instanceof Element ? start : document.body;
    const node = target.closest("[role], a, button, input, textarea, dd, dt, p, th, h1, h2, body") ?? document.body;
    const { left, top, width, height } = node.getBoundingClientRect();
    const isNamedByText = node.matches("button, [role=menuitem], [role=tab], h1, h2, th");
    const name = node.getAttribute("aria-label") ?? (isNamedByText ? node.textContent.trim() : "");
    return { role: node.getAttribute("role") ?? ROLES[node.tagName], name: name.slice(0, 120), rect: [left, top, width, height].map(Math.round) };
  }

  function write(event, more) {
    rows.push({ type: event.type, ...more });
  }

  const held = (event) => ({ ctrl: event.ctrlKey, alt: event.altKey, shift: event.shiftKey });

  for (const type of POINTER) {
    window.addEventListener(type, (event) => {
      const point = { x: event.clientX, y: event.clientY };
      if (type === "mousemove") return write(event, { ...point, isDrag: event.buttons !== 0 });
      const wheel = type === "wheel" ? { dx: event.deltaX, dy: event.deltaY } : { button: event.button };
      return write(event, { ...point, ...wheel, ...held(event), element: element(event.target) });
    }, { capture: true, passive: true });
  }
  for (const type of KEYS) {
    window.addEventListener(type, (event) => {
      write(event, { key: event.key, code: event.code, ...held(event), element: element(document.activeElement) });
    }, true);
  }
  for (const type of CLIPBOARD) {
    // After the app: only then is it known what was copied.
    window.addEventListener(type, (event) => {
      write(event, { text: event.clipboardData.getData("text/plain"), element: element(document.activeElement) });
    });
  }
  window.addEventListener("office:command", (event) => write(event, event.detail));
  window.addEventListener("click", (event) => {
    const link = event.target.closest?.(".rail a");
    if (!link) return;
    event.preventDefault(); // the apps are two windows here; the recorder brings the other one to the front
    if (!link.hasAttribute("aria-current")) write(event, { switch: link.getAttribute("aria-label") });
  });

  /** Scrolls here and now: the browser's own scrolling runs on another thread, at another moment each time. */
  window.addEventListener("wheel", (event) => {
    event.preventDefault();
    const isScrolled = (node) => node.scrollHeight > node.clientHeight && getComputedStyle(node).overflowY === "auto";
    let node = event.target;
    while (node && !isScrolled(node)) node = node.parentElement;
    if (node) node.scrollTop += event.deltaY;
  }, { passive: false });

  /** Personal values that can be seen, each with its entity and rectangle; `patterns` are [entity, expression]. */
  function places(patterns) {
    const forms = patterns.map(([entity, source]) => ({ entity, form: new RegExp(source, "g") }));
    return [...fieldPlaces(forms), ...textPlaces(forms)];
  }

  /** Values in form fields: a field made for one is personal whatever it holds. */
  function fieldPlaces(forms) {
    const canvas = document.createElement("canvas").getContext("2d");
    return [...document.querySelectorAll("input")].flatMap((field) => {
      const entity = field.dataset.pii ?? forms.find(({ form }) => field.value.search(form) >= 0)?.entity;
      const box = field.value && entity ? visible(field, field.getBoundingClientRect()) : null;
      if (!box || !isOnTop(field, box)) return [];
      const style = getComputedStyle(field);
      canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`; // the shorthand is empty beside tabular figures
      const left = box.left + parseFloat(style.paddingLeft);
      const right = Math.min(box.right, left + canvas.measureText(field.value).width + 2);
      return [{ entity, text: field.value, ...box, left, right, top: box.top + 3, bottom: box.bottom - 3 }];
    });
  }

  /** Values in running text, one rectangle a line. */
  function textPlaces(forms) {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (const { entity, text, start } of valuesIn(node.data, forms)) {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + text.length);
        for (const line of range.getClientRects()) {
          const box = visible(node, line);
          if (box && isOnTop(node.parentElement, box)) found.push({ entity, text, ...box });
        }
      }
    }
    return found;
  }

  /** Values in a string; an earlier expression wins where two overlap. */
  function valuesIn(string, forms) {
    const found = [];
    for (const { entity, form } of forms) {
      for (const match of string.matchAll(form)) {
        const [start, end] = [match.index, match.index + match[0].length];
        if (found.every((other) => end <= other.start || start >= other.start + other.text.length)) found.push({ entity, text: match[0], start });
      }
    }
    return found;
  }

  /** False where a menu or a fixed header hides the middle and all corners. */
  function isOnTop(node, { left, top, right, bottom }) {
    const points = [[(left + right) / 2, (top + bottom) / 2], [left + 1, top + 1], [right - 1, top + 1], [left + 1, bottom - 1], [right - 1, bottom - 1]];
    return points.some(([x, y]) => node.contains(document.elementFromPoint(x, y)));
  }

  /** What is left of a rectangle within everything that clips the node; null when nothing is. */
  function visible(node, box) {
    let { left, top, right, bottom } = box;
    for (let outer = node.parentElement; outer; outer = outer.parentElement) {
      if (getComputedStyle(outer).overflow === "visible") continue;
      const frame = outer.getBoundingClientRect();
      [left, top] = [Math.max(left, frame.left), Math.max(top, frame.top)];
      [right, bottom] = [Math.min(right, frame.right), Math.min(bottom, frame.bottom)];
    }
    return right - left >= 1 && bottom - top >= 1 ? { left, top, right, bottom } : null;
  }

  /** What the screen shows, hovering left out: that follows the pointer some moments later. */
  function shown() {
    const fields = [...document.querySelectorAll("input")].map((field) => field.value);
    const scrolled = [...document.querySelectorAll(".list, .grid, .sheet-of-paper")].map((node) => node.scrollTop);
    const focus = document.activeElement?.getAttribute("data-id");
    return JSON.stringify([document.body.outerHTML, fields, scrolled, focus, getSelection().toString()]);
  }

  /** Resolves when the screen has caught up with the last input. */
  const painted = () => new Promise((resolve) => {
    setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))), 80);
  });

  window.officeRecorder = {
    take() {
      const taken = { rows, title: document.title, url: location.href };
      rows = [];
      return taken;
    },
    shown,
    painted,
    places,
  };
})();
