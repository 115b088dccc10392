// @ts-check
/**
 * What the sample office apps share: icons, menu bar, toolbar, context menu, shortcuts, clipboard.
 *
 * Everything happens at once, without timers or animation, so that the same input always gives the same page.
 * A command announces itself as an `office:command` event with its label and how it was given (`via`).
 */
const Office = (() => {
  /**
   * `native`: the browser itself acts on the chord: always, or while a text field has the focus.
   * @typedef {{label: string, name?: string, icon?: string, chord?: string, native?: "always"|"typing", run: () => void}} Command
   */
  /** @typedef {{app: string, commands: Record<string, Command>, menus: Record<string, string[]>, toolbar: string[]}} Plan */

  const ICONS = {
    mail: "M3 6h18v13H3zM3 7l9 7 9-7", grid: "M4 4h16v16H4zM4 10h16M4 15h16M10 4v16", search: "M11 5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM16 16l4 4",
    pen: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4", reply: "M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7", forward: "m14 6 6 6-6 6M20 12h-9a7 7 0 0 0-7 7",
    archive: "M3 5h18v4H3zM5 9v10h14V9M10 13h4", trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13", flag: "M6 21V4h12l-3 4 3 4H6", undo: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
    copy: "M9 9h11v11H9zM5 15H4V4h11v1", paste: "M8 5H5v16h14V5h-3M8 3h8v4H8z", cut: "M6 3l12 14M18 3 6 17M6 15a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM18 15a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z", save: "M4 4h13l3 3v13H4zM8 4v5h8V4M7 20v-7h10v7", send: "M4 4l17 8-17 8 3-8zM7 12h14", inbox: "M4 13l3-8h10l3 8v6H4zM4 13h5l1 3h4l1-3h5",
    file: "M6 3h8l4 4v14H6zM14 3v4h4", eye: "M2 12s4-6 10-6 10 6 10 6-4 6-10 6S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z", sum: "M18 5H6l7 7-7 7h12", rowAdd: "M4 4h16v6H4zM12 14v6M9 17h6", clear: "M5 5l14 14M19 5 5 19", open: "M4 7h6l2 2h8v10H4z",
    people: "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M15.5 5.5a3.3 3.3 0 0 1 0 6.2M17.5 14.4c2.300.9 3.600 2.800 4 5.600", page: "M5 3h14v18H5zM9 8h6M9 12h6M9 16h4", personAdd: "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M19 8v6M16 11h6", star: "m12 4 2.500 5 5.500.800-4 3.900 1 5.500-5-2.600-5 2.600 1-5.500-4-3.900 5.500-.800z",
    phone: "M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z", italic: "M10 5h8M6 19h8M14 5l-4 14", heading: "M6 5v14M18 5v14M6 12h12",
  };

  const APPS = ["mail", "sheet", "customers", "documents"];

  /** Personal values, found by form: the recorder masks what carries `data-pii`. */
  const PERSONAL = [
    ["EMAIL_ADDRESS", /[\w.+-]+@[\w.-]+\w/], ["CREDIT_CARD", /\b\d{4} \d{4} \d{4} \d{4}\b/], ["PHONE_NUMBER", /\b555-01\d\d\b/],
  ];

  /** An element with attributes and children; `on…` attributes are listeners. */
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) node.setAttribute(name, String(value));
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  }

  function icon(name) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  /** Nodes for a text, its personal values wrapped in marked spans. */
  function marked(text) {
    for (const [entity, form] of PERSONAL) {
      const found = form.exec(text);
      if (!found) continue;
      const end = found.index + found[0].length;
      return [...marked(text.slice(0, found.index)), el("span", { "data-pii": entity }, found[0]), ...marked(text.slice(end))];
    }
    return text ? [document.createTextNode(text)] : [];
  }

  /** Marks a form field by the value it holds now. */
  function markField(field) {
    const found = PERSONAL.find(([, form]) => form.test(field.value));
    if (found) field.dataset.pii = found[0];
    else delete field.dataset.pii;
  }

  /** @type {Plan} */
  let plan;
  let returnFocus = null;

  function announce(label, via) {
    window.dispatchEvent(new CustomEvent("office:command", { detail: { command: label, via } }));
  }

  function run(id, via) {
    const command = plan.commands[id];
    announce(command.label, via);
    command.run();
  }

  function closePopup() {
    document.querySelector(".popup")?.remove();
    document.querySelector('.menubar [aria-expanded="true"]')?.setAttribute("aria-expanded", "false");
  }

  /** Shows a menu of commands; a dash is a line. */
  function popup(ids, x, y, via, label) {
    closePopup();
    const items = ids.map((id) => (id === "-" ? el("hr") : menuItem(id, via)));
    const lines = ids.filter((id) => id === "-").length;
    const top = Math.min(y, innerHeight - 14 - 32 * (ids.length - lines) - 11 * lines);
    const style = `left:${Math.min(x, innerWidth - 270)}px;top:${top}px`;
    document.body.append(el("div", { class: "popup", role: "menu", "aria-label": label, style }, ...items));
  }

  function menuItem(id, via) {
    const { label, name = label, icon: picture = "file", chord = "" } = plan.commands[id];
    const shown = chord.replace(/(^|\+)[a-z]/g, (start) => start.toUpperCase());
    const choose = () => {
      closePopup();
      returnFocus?.focus();
      run(id, via);
    };
    const parts = [icon(picture), el("span", {}, name), el("kbd", {}, shown)];
    return el("button", { role: "menuitem", "aria-label": label, "data-id": `item-${id}`, tabindex: -1, onclick: choose }, ...parts);
  }

  function menuBar() {
    const buttons = Object.entries(plan.menus).map(([name, ids]) => {
      const toggle = (event) => {
        const wasOpen = event.currentTarget.getAttribute("aria-expanded") === "true";
        closePopup();
        if (wasOpen) return;
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        popup(ids, left, bottom + 2, "menu", name);
        event.currentTarget.setAttribute("aria-expanded", "true");
      };
      return el("button", { role: "menuitem", "data-id": `menu-${name}`, "aria-haspopup": "menu", "aria-expanded": false, onclick: toggle }, name);
    });
    document.querySelector(".menubar").append(...buttons);
  }

  function toolBar() {
    const buttons = plan.toolbar.map((id, at) => {
      if (id === "-") return el("i");
      const { label, icon: picture } = plan.commands[id];
      const text = at === 0 ? [el("span", {}, label)] : [];
      const attributes = { "aria-label": label, title: label, "data-id": `tool-${id}`, class: at === 0 ? "main" : "", onclick: () => run(id, "toolbar") };
      return el("button", attributes, icon(picture), ...text);
    });
    document.querySelector(".toolbar").append(...buttons);
  }

  /** ctrl+shift+s, delete, … : the same form as the commands' `chord`. */
  function chordOf(event) {
    const held = [[event.ctrlKey || event.metaKey, "ctrl"], [event.altKey, "alt"], [event.shiftKey, "shift"]];
    return [...held.filter(([down]) => down).map(([, name]) => name), event.key.toLowerCase()].join("+");
  }

  function isTyping() {
    const focus = document.activeElement;
    return Boolean(focus?.matches("input, textarea, [contenteditable]"));
  }

  function onKey(event) {
    if (event.key === "Escape") closePopup();
    const chord = chordOf(event);
    const found = Object.entries(plan.commands).find(([, command]) => command.chord === chord);
    if (!found || (!/^(ctrl|alt)/.test(chord) && isTyping())) return;
    const [id, command] = found;
    if (command.native === "always" || (command.native === "typing" && isTyping())) {
      announce(command.label, "shortcut");
      return;
    }
    event.preventDefault();
    run(id, "shortcut");
  }

  /** Menus take the focus of the field they act on only after the choice. */
  function keepFocus(event) {
    if (event.target.closest(".menubar, .toolbar, .popup")) event.preventDefault();
    else closePopup();
    if (!event.target.closest(".popup")) returnFocus = document.activeElement;
  }

  /** Copies by the browser and keeps a copy for menus, which may not read the system's clipboard. */
  const clipboard = {
    write(text, event) {
      localStorage.setItem("office-clipboard", text);
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    },
    read: () => localStorage.getItem("office-clipboard") ?? "",
  };

  function status(...parts) {
    document.querySelector(".status").replaceChildren(...parts.map((part) => el("span", {}, part)));
  }

  /** The apps are separate pages; a link leads from one to the other. The label says "Switch app" for each. */
  function switchTo(app) {
    return { label: "Switch app", name: app[0].toUpperCase() + app.slice(1), icon: "open", chord: `alt+${APPS.indexOf(app) + 1}`, run: () => document.querySelector(`[data-id="app-${app}"]`).click() };
  }

  function onRail(event) {
    if (event.isTrusted) announce("Switch app", "toolbar");
  }

  function start(given) {
    plan = given;
    document.querySelectorAll(".rail a").forEach((link) => link.addEventListener("click", onRail));
    menuBar();
    toolBar();
    document.querySelectorAll("[data-icon]").forEach((node) => node.prepend(icon(node.dataset.icon)));
    document.addEventListener("keydown", onKey);
    document.addEventListener("mousedown", keepFocus, true);
  }

  return { start, el, icon, marked, markField, popup, clipboard, status, run, isTyping, switchTo };
})();
