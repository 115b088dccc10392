// @ts-check
/** The documents app: letters and notes on paper, with headings, bold, find, outline. */
const { el, icon } = Office;
const $ = (id) => document.querySelector(`[data-id="${id}"]`);
const texts = DOCUMENTS.map(({ blocks, ...rest }) => ({ ...rest, html: blocks.map(([kind, text]) => `<${kind}>${text}</${kind}>`).join("") }));
const state = { at: "d1", search: "", note: "Saved", isDirty: false };
const current = () => texts.find((text) => text.id === state.at) ?? texts[0];

function fileButton(text) {
  const attributes = { "data-id": `file-${text.id}`, "aria-label": text.name, "aria-current": text.id === state.at, onclick: () => open(text.id) };
  return el("button", attributes, icon("file"), el("span", {}, text.name, el("small", {}, text.edited)));
}

function renderFiles() {
  const folders = [...new Set(texts.map((text) => text.folder))];
  $("files").replaceChildren(...folders.flatMap((folder) => [el("h2", {}, folder), ...texts.filter((text) => text.folder === folder).map(fileButton)]));
}

/** Headings of the paper, and figures about it. */
function renderSide() {
  const words = $("paper").innerText.split(/\s+/).filter(Boolean).length;
  const headings = [...$("paper").querySelectorAll("h1, h2")].map((heading) => el("p", { class: heading.tagName.toLowerCase() }, heading.textContent));
  const facts = [["Words", words], ["Paragraphs", $("paper").querySelectorAll("p, div").length], ["Edited", current().edited]];
  document.querySelector(".side").replaceChildren(
    el("section", { class: "card" }, el("h2", {}, "Outline"), ...headings),
    el("section", { class: "card" }, el("h2", {}, "Properties"), el("dl", {}, ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, String(value))]))),
  );
}

function renderState() {
  const slug = current().name.toLowerCase().replace(/[^a-z]+/g, "-");
  document.title = `${state.isDirty ? "* " : ""}${current().name} - Documents`;
  history.replaceState(null, "", `#/${slug}`);
  Office.status(`${texts.length} documents`, current().folder, state.isDirty ? "Not saved" : state.note);
}

function render() {
  renderFiles();
  renderSide();
  renderState();
  highlight();
}

function open(id) {
  store();
  state.at = id;
  $("paper").innerHTML = current().html;
  state.note = "Saved";
  render();
  $("desk").scrollTop = 0;
}

/** Keeps what is on the paper. */
function store() {
  if (!state.isDirty) return;
  Object.assign(current(), { html: $("paper").innerHTML, edited: "Today" });
  state.isDirty = false;
}

function save() {
  store();
  state.note = "Saved";
  render();
}

function create() {
  store();
  const id = `d${texts.length + 1}`;
  texts.unshift({ id, name: "New letter", folder: "Letters", edited: "Today", html: "<h1>New letter</h1><p><br></p>" });
  open(id);
  caretTo($("paper").lastElementChild);
}

function caretTo(node) {
  $("paper").focus();
  getSelection().selectAllChildren(node);
  getSelection().collapseToEnd();
}

/** Ranges of the searched text; drawn by the browser, so that the text itself stays as it is. */
function hits() {
  const wanted = state.search.toLowerCase();
  const found = [];
  const walker = document.createTreeWalker($("paper"), NodeFilter.SHOW_TEXT);
  while (wanted && walker.nextNode()) {
    const text = walker.currentNode.data.toLowerCase();
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      found.push(new StaticRange({ startContainer: walker.currentNode, startOffset: at, endContainer: walker.currentNode, endOffset: at + wanted.length }));
    }
  }
  return found;
}

function highlight() {
  const found = hits();
  CSS.highlights.set("hit", new Highlight(...found));
  document.querySelector(".hits").textContent = state.search ? `${found.length} found` : "";
  return found;
}

/** Selects the next match after the selection. */
function nextHit() {
  const found = highlight();
  const focus = getSelection();
  const at = found.findIndex((hit) => hit.startContainer === focus.anchorNode && hit.startOffset === focus.anchorOffset);
  const hit = found[(at + 1) % (found.length || 1)];
  if (!hit) return;
  $("paper").focus();
  focus.setBaseAndExtent(hit.startContainer, hit.startOffset, hit.endContainer, hit.endOffset);
  hit.startContainer.parentElement.scrollIntoView({ block: "nearest" });
}

/** A command of the browser on the paper. */
function format(name, value) {
  return () => {
    if (document.activeElement !== $("paper")) $("paper").focus();
    document.execCommand(name, false, value);
  };
}

Office.start({
  app: "Documents",
  commands: {
    new: { label: "New letter", icon: "pen", chord: "ctrl+shift+m", run: create },
    save: { label: "Save", icon: "save", chord: "ctrl+s", run: save },
    undo: { label: "Undo", icon: "undo", chord: "ctrl+z", native: "typing", run: format("undo") },
    redo: { label: "Redo", icon: "forward", chord: "ctrl+y", native: "typing", run: format("redo") },
    cut: { label: "Cut", icon: "cut", chord: "ctrl+x", native: "always", run: format("cut") },
    copy: { label: "Copy", icon: "copy", chord: "ctrl+c", native: "always", run: format("copy") },
    paste: { label: "Paste", icon: "paste", chord: "ctrl+v", native: "always", run: () => document.execCommand("insertText", false, Office.clipboard.read()) },
    bold: { label: "Bold", icon: "bold", chord: "ctrl+b", run: format("bold") },
    italic: { label: "Italic", icon: "italic", chord: "ctrl+i", run: format("italic") },
    heading: { label: "Heading", icon: "heading", chord: "ctrl+alt+2", run: format("formatBlock", "h2") },
    plain: { label: "Paragraph", icon: "open", chord: "ctrl+alt+0", run: format("formatBlock", "p") },
    find: { label: "Find", icon: "search", chord: "ctrl+f", run: () => { $("search").focus(); $("search").select(); } },
    mail: Office.switchTo("mail"),
    sheet: Office.switchTo("sheet"),
    customers: Office.switchTo("customers"),
  },
  menus: {
    File: ["new", "save"], Edit: ["undo", "redo", "-", "cut", "copy", "paste", "-", "find"], Format: ["bold", "italic", "-", "heading", "plain"], View: ["mail", "sheet", "customers"],
  },
  toolbar: ["new", "save", "-", "undo", "redo", "-", "cut", "copy", "paste", "-", "bold", "italic", "heading", "-", "find"],
});

$("paper").addEventListener("input", () => {
  state.isDirty = true;
  renderSide();
  renderState();
  highlight();
});
$("search").addEventListener("input", () => {
  state.search = $("search").value;
  highlight();
});
$("search").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // the focus moves to the paper, where Enter would replace the match
  nextHit();
});
document.addEventListener("copy", (event) => Office.clipboard.write(getSelection().toString(), event));
document.addEventListener("paste", (event) => {
  if (document.activeElement !== $("paper")) return;
  event.preventDefault();
  document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
});
document.addEventListener("contextmenu", (event) => {
  event.preventDefault();
  Office.popup(["cut", "copy", "paste", "-", "bold", "italic", "heading"], event.clientX, event.clientY, "context_menu", "Actions");
});
document.execCommand("defaultParagraphSeparator", false, "p");
$("paper").innerHTML = current().html;
render();
$("paper").focus();
