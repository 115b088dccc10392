// @ts-check
/** The spreadsheet app: cells, ranges, formulas (SUM, AVERAGE, COUNT), find, undo and redo. */
const { el, icon, marked } = Office;
const LETTERS = "ABCDEFGH";
const ROWS = 32;
const TONES = { Sent: "good", Open: "", Late: "bad", Damaged: "bad", Returned: "warn", Refunded: "good", Replaced: "good" };

const $ = (id) => document.querySelector(`[data-id="${id}"]`);
const address = ([column, row]) => LETTERS[column] + row;
const position = (name) => [LETTERS.indexOf(name[0]), Number(name.slice(1))];

/** `from` and `at` are the corners of the selected range; `at` is the active cell. */
const state = { cells: new Map(), bold: new Set(), from: [0, 2], at: [0, 2], undo: [], redo: [], search: "", isEditing: false, isDragging: false, note: "Saved" };
HEAD.forEach((text, column) => state.cells.set(address([column, 1]), text));
ORDERS.forEach((order, at) => order.forEach((text, column) => state.cells.set(address([column, at + 2]), text)));

function inRange([column, row]) {
  const [[c0, r0], [c1, r1]] = [state.from, state.at];
  return column >= Math.min(c0, c1) && column <= Math.max(c0, c1) && row >= Math.min(r0, r1) && row <= Math.max(r0, r1);
}

/** Names of the cells in the selection, row by row. */
function selected() {
  const names = [];
  for (let row = 1; row <= ROWS; row++) for (let column = 0; column < LETTERS.length; column++) if (inRange([column, row])) names.push(address([column, row]));
  return names;
}

function numbersIn(names) {
  return names.map((name) => shownText(name)).filter((text) => text.trim() !== "" && !Number.isNaN(Number(text))).map(Number);
}

/** What a cell shows: its text, or the value of =SUM(F2:F9). */
function shownText(name) {
  const text = state.cells.get(name) ?? "";
  const formula = /^=(SUM|AVERAGE|COUNT)\(([A-H])(\d+):([A-H])(\d+)\)$/i.exec(text);
  if (!formula) return text;
  const [, kind, c0, r0, c1, r1] = formula;
  const names = [...state.cells.keys()].filter((key) => key !== name && key[0] >= c0 && key[0] <= c1 && Number(key.slice(1)) >= Number(r0) && Number(key.slice(1)) <= Number(r1));
  const numbers = numbersIn(names);
  const sum = numbers.reduce((total, number) => total + number, 0);
  return { SUM: sum.toFixed(2), AVERAGE: (sum / (numbers.length || 1)).toFixed(2), COUNT: String(numbers.length) }[kind.toUpperCase()];
}

function buildGrid() {
  const columns = [el("col", { style: "width:44px" }), ...WIDTHS.map((width) => el("col", { style: `width:${width}px` }))];
  const head = [el("th"), ...[...LETTERS].map((letter) => el("th", { "data-column": letter }, letter))];
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const cells = [...LETTERS].map((letter) => el("td", { role: "gridcell", "aria-label": letter + (at + 1), "data-id": letter + (at + 1) }));
    return el("tr", {}, el("th", { "data-row": at + 1 }, String(at + 1)), ...cells);
  });
  $("grid").append(el("table", {}, el("colgroup", {}, ...columns), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows)));
}

function renderCell(cell) {
  const name = cell.dataset.id;
  const [column, row] = position(name);
  const text = shownText(name);
  const raw = state.cells.get(name) ?? "";
  const isAt = address(state.at) === name;
  const classes = {
    at: isAt, part: !isAt && inRange([column, row]), head: row === 1, bold: state.bold.has(name), sum: raw.startsWith("="),
    number: column === 5 && row > 1, hit: state.search !== "" && text.toLowerCase().includes(state.search.toLowerCase()),
  };
  cell.className = Object.keys(classes).filter((key) => classes[key]).join(" ");
  const isStatus = column === 6 && row > 1 && text in TONES;
  cell.replaceChildren(...(isStatus ? [el("span", { class: `pill ${TONES[text]}` }, text)] : marked(text)));
}

function renderPanel() {
  const numbers = numbersIn(selected());
  const sum = numbers.reduce((total, number) => total + number, 0);
  const statuses = Object.entries(TONES).map(([status, tone]) => [status, tone, [...state.cells].filter(([name, text]) => name[0] === "G" && text === status).length]);
  const bars = statuses.filter(([, , count]) => count).map(([status, tone, count]) =>
    el("div", { class: "bar" }, el("span", {}, status), el("i", { class: tone === "good" ? "" : tone || "warn", style: `width:${Math.min(100, count * 11)}%` }), el("u", {}, String(count))));
  const days = ["1 Mar", "2 Mar", "3 Mar", "4 Mar", "5 Mar", "6 Mar"].map((day) => {
    const names = [...state.cells].filter(([name, text]) => name[0] === "E" && text === day).map(([name]) => `F${name.slice(1)}`);
    return [day, numbersIn(names).reduce((total, number) => total + number, 0)];
  });
  const columns = days.map(([day, total]) => el("div", {}, el("i", { style: `height:${Math.min(78, Math.round(total / 12))}px` }), day[0]));
  document.querySelector(".panel").replaceChildren(
    el("section", { class: "card" }, el("h2", {}, "Selection"), el("strong", {}, sum.toFixed(2)), el("small", {}, `sum of ${numbers.length} numbers`)),
    el("section", { class: "card" }, el("h2", {}, "Orders by status"), ...bars),
    el("section", { class: "card" }, el("h2", {}, "Amount by day in March"), el("div", { class: "columns" }, ...columns)),
  );
}

function render() {
  document.querySelectorAll(".grid td").forEach(renderCell);
  document.querySelectorAll("[data-column]").forEach((head) => head.classList.toggle("on", inRange([LETTERS.indexOf(head.dataset.column), state.at[1]])));
  document.querySelectorAll("[data-row]").forEach((head) => head.classList.toggle("on", inRange([state.at[0], Number(head.dataset.row)])));
  $("address").textContent = address(state.at);
  if (!state.isEditing) $("formula").value = state.cells.get(address(state.at)) ?? "";
  Office.markField($("formula"));
  renderPanel();
  const hits = document.querySelectorAll("td.hit").length;
  document.querySelector(".hits").textContent = state.search ? `${hits} found` : "";
  Office.status(`${ORDERS.length} orders`, `${selected().length} selected`, state.note);
}

/** Changes cells so that undo can bring the old ones back. */
function change(note, apply) {
  state.undo.push({ cells: new Map(state.cells), bold: new Set(state.bold) });
  state.redo = [];
  apply();
  state.note = note;
  render();
}

function travel(from, to, note) {
  const last = from.pop();
  if (!last) return;
  to.push({ cells: state.cells, bold: state.bold });
  [state.cells, state.bold, state.note] = [last.cells, last.bold, note];
  render();
}

function put(name, text) {
  if (text === "") state.cells.delete(name);
  else state.cells.set(name, text);
}

function pasteText(text) {
  const [column, row] = state.at;
  const lines = text.replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  change("Pasted", () => lines.forEach((line, down) => line.forEach((part, right) => {
    if (column + right < LETTERS.length && row + down <= ROWS) put(address([column + right, row + down]), part.trim());
  })));
}

function paste() {
  const text = Office.clipboard.read();
  if (Office.isTyping()) document.execCommand("insertText", false, text);
  else pasteText(text);
}

/** Moves rows from `row` on by one; deleting moves them up. */
function shiftRows(row, by) {
  const moved = new Map();
  for (const [name, text] of state.cells) {
    const [column, at] = position(name);
    if (by < 0 && at === row) continue;
    moved.set(address([column, at >= row ? at + by : at]), text);
  }
  state.cells = moved;
}

function toggleBold() {
  const names = selected();
  const isOn = names.every((name) => state.bold.has(name));
  change("Edited", () => names.forEach((name) => (isOn ? state.bold.delete(name) : state.bold.add(name))));
}

function autoSum() {
  const [column, row] = state.at;
  change("Edited", () => put(address([column, row]), `=SUM(${LETTERS[column]}2:${LETTERS[column]}${row - 1})`));
}

function go(column, row, extend = false) {
  state.at = [Math.max(0, Math.min(LETTERS.length - 1, column)), Math.max(1, Math.min(ROWS, row))];
  if (!extend) state.from = state.at;
  render();
  $(address(state.at)).scrollIntoView({ block: "nearest", inline: "nearest" });
  $("grid").focus({ preventScroll: true });
}

function endEdit(keep) {
  const text = $("formula").value;
  state.isEditing = false;
  if (keep) change("Edited", () => put(address(state.at), text));
  else render();
}

/** Enter jumps to the next match. */
function nextHit() {
  const hits = [...document.querySelectorAll("td.hit")].map((cell) => cell.dataset.id);
  if (hits.length) go(...position(hits[(hits.indexOf(address(state.at)) + 1) % hits.length]));
}

const commands = {
  save: { label: "Save", icon: "save", chord: "ctrl+s", run: () => { state.note = "Saved"; render(); } },
  undo: { label: "Undo", icon: "undo", chord: "ctrl+z", native: "typing", run: () => travel(state.undo, state.redo, "Undone") },
  redo: { label: "Redo", icon: "forward", chord: "ctrl+y", native: "typing", run: () => travel(state.redo, state.undo, "Redone") },
  cut: { label: "Cut", icon: "cut", chord: "ctrl+x", native: "always", run: () => document.execCommand("cut") },
  copy: { label: "Copy", icon: "copy", chord: "ctrl+c", native: "always", run: () => document.execCommand("copy") },
  paste: { label: "Paste", icon: "paste", chord: "ctrl+v", native: "always", run: paste },
  clear: { label: "Clear cells", icon: "clear", chord: "delete", run: () => change("Cleared", () => selected().forEach((name) => put(name, ""))) },
  bold: { label: "Bold", icon: "bold", chord: "ctrl+b", run: toggleBold },
  sum: { label: "Sum", icon: "sum", chord: "alt+=", run: autoSum },
  find: { label: "Find", icon: "search", chord: "ctrl+f", run: () => { $("search").focus(); $("search").select(); } },
  insert: { label: "Insert row", icon: "rowAdd", run: () => change("Row inserted", () => shiftRows(state.at[1], 1)) },
  remove: { label: "Delete row", icon: "trash", run: () => change("Row deleted", () => shiftRows(state.at[1], -1)) },
  mail: Office.switchTo("mail"),
  sheet: Office.switchTo("sheet"),
  customers: Office.switchTo("customers"),
  documents: Office.switchTo("documents"),
};

buildGrid();
Office.start({
  app: "Sheet", commands,
  menus: {
    File: ["save"], Edit: ["undo", "redo", "-", "cut", "copy", "paste", "clear", "-", "find"], Insert: ["insert", "remove", "-", "sum"], Format: ["bold"], View: ["mail", "customers", "documents"],
  },
  toolbar: ["save", "-", "undo", "redo", "-", "cut", "copy", "paste", "-", "bold", "sum", "-", "insert", "remove", "-", "find"],
});
