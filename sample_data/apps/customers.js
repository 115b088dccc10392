// @ts-check
/** The customer records app: list, search, a form with personal details, notes, undo of what was saved. */
const { el, icon, marked } = Office;
/** Name in the record, label, what it holds. */
const FIELDS = [
  ["name", "Name", "PERSON"], ["birthday", "Birthday", "DATE_TIME"], ["email", "E-mail", "EMAIL_ADDRESS"], ["phone", "Phone", "PHONE_NUMBER"],
  ["street", "Street", "LOCATION"], ["town", "Town", null], ["card", "Card on file", "CREDIT_CARD"], ["tax", "Tax number", "US_SSN"],
];
const TONES = { Sent: "good", Open: "", Late: "bad", Damaged: "bad", Returned: "warn" };
const CONTACTS = [["2 Mar", "mail", "Asked for the delivery date"], ["24 Feb", "phone", "Call, four minutes"], ["9 Feb", "mail", "Order confirmed"]];

const $ = (id) => document.querySelector(`[data-id="${id}"]`);
const records = PEOPLE.map((person, at) => ({ ...person, isKey: at % 5 === 0, notes: "Prefers delivery before noon.<br>Answers mail within a day." }));
const state = { at: records[0].id, search: "", asked: "", undo: [], note: "Saved", isDirty: false };

const current = () => records.find((record) => record.id === state.at) ?? records[0];
const initials = (name) => name.split(" ").map((part) => part[0]).slice(0, 2).join("");
const ordersOf = (record) => ORDERS.filter((order) => order[1] === record.name);

const shown = () => {
  const wanted = state.search.toLowerCase();
  return records.filter((record) => FIELDS.some(([name]) => record[name].toLowerCase().includes(wanted)));
};

function row(record) {
  const attributes = {
    class: "row", role: "option", "data-id": `row-${record.id}`, "aria-label": record.name, "aria-selected": record.id === state.at, onclick: () => open(record.id),
  };
  const tag = record.isKey ? el("span", { class: "pill good" }, "Key") : el("span", { class: "town" }, record.town);
  return el("div", attributes, el("span", { class: "face" }, initials(record.name)), el("span", { class: "name" }, record.name || "New customer"), tag,
    el("span", { class: "under" }, ...marked(record.email)));
}

function renderList() {
  const rows = shown();
  const top = $("list").scrollTop;
  $("list").replaceChildren(...(rows.length ? rows.map(row) : [el("p", { class: "empty" }, "No customer holds this text.")]));
  $("list").scrollTop = top;
  document.querySelector(".hits").textContent = state.search ? `${rows.length} found` : "";
}

function renderHead() {
  const record = current();
  const orders = ordersOf(record);
  const total = orders.reduce((sum, order) => sum + Number(order[5]), 0);
  const facts = [["Customer since", record.since], ["March orders", String(orders.length)], ["Amount", total.toFixed(2)]];
  $("head").replaceChildren(
    el("span", { class: "face" }, initials(record.name)),
    el("div", { class: "title" }, el("h2", { "data-id": "title" }, record.name || "New customer"), el("small", {}, `Record ${record.id.slice(1)}`)),
    ...(record.isKey ? [el("span", { class: "pill good" }, "Key")] : []), ...facts.map(([name, value]) => el("dl", {}, el("dt", {}, name), el("dd", {}, value))),
  );
}

function buildForm() {
  const fields = FIELDS.map(([name, label, entity]) => el("label", {}, el("span", {}, label),
    el("input", { "aria-label": label, "data-id": `field-${name}`, "data-pii": entity, spellcheck: false, autocomplete: "off", oninput: onInput })));
  const save = el("button", { type: "button", class: "go", "data-id": "save", onclick: () => Office.run("save", "toolbar") }, "Save changes");
  const revert = el("button", { type: "button", class: "later", "data-id": "revert", onclick: fill }, "Revert");
  $("form").append(el("h2", {}, "Details"), ...fields, el("footer", {}, save, revert, el("small", {})));
}

/** Puts the record into the form; what was typed and not saved is gone. */
function fill() {
  const record = current();
  FIELDS.forEach(([name]) => { $(`field-${name}`).value = record[name]; });
  $("notes").innerHTML = record.notes;
  state.isDirty = false;
  renderState();
}

function renderState() {
  $("form").querySelector("small").textContent = state.isDirty ? "Changes are not saved" : "";
  document.title = `${state.isDirty ? "* " : ""}${current().name || "New customer"} - Customers`;
  const query = state.asked ? `?find=${encodeURIComponent(state.asked)}` : "";
  history.replaceState(null, "", `#/${state.at}/${current().name.toLowerCase().replace(" ", "-")}${query}`);
  Office.status(`${records.length} customers`, `${records.filter((record) => record.isKey).length} key customers`, state.isDirty ? "Editing" : state.note);
}

function renderSide() {
  const orders = ordersOf(current()).map(([number, , , , date, amount, status]) =>
    el("li", {}, el("b", {}, number), el("span", {}, date), el("span", { class: `pill ${TONES[status] ?? "good"}` }, status), el("u", {}, amount)));
  const contacts = CONTACTS.map(([day, kind, text]) => el("li", {}, icon(kind), el("p", {}, text, el("br"), el("small", {}, day))));
  document.querySelector(".side").replaceChildren(
    el("section", { class: "card" }, el("h2", {}, "Orders"), el("ul", { class: "orders" }, ...(orders.length ? orders : [el("li", {}, "No orders in March")]))),
    el("section", { class: "card" }, el("h2", {}, "Contacts"), el("ul", { class: "contacts" }, ...contacts)),
  );
}

function render() {
  renderList();
  renderHead();
  renderSide();
  renderState();
}

function open(id) {
  state.at = id;
  state.note = "Saved";
  fill();
  render();
  $(`row-${id}`)?.scrollIntoView({ block: "nearest" });
  $("list").focus({ preventScroll: true });
}

function onInput() {
  state.isDirty = true;
  renderState();
}

/** Remembers all records, then changes them. */
function change(note, apply) {
  state.undo.push({ records: records.map((record) => ({ ...record })), at: state.at });
  apply();
  state.note = note;
  fill();
  render();
}

function save() {
  const typed = Object.fromEntries(FIELDS.map(([name]) => [name, $(`field-${name}`).value.trim()]));
  change("Saved", () => Object.assign(current(), typed, { notes: $("notes").innerHTML }));
}

function create() {
  const id = `c${1041 + records.length}`;
  const empty = Object.fromEntries(FIELDS.map(([name]) => [name, ""]));
  change("New customer", () => {
    records.unshift({ id, since: "2026", isKey: false, notes: "", ...empty });
    state.at = id;
    state.search = state.asked = $("search").value = "";
  });
  $("field-name").focus();
}

function undo() {
  if (Office.isTyping()) {
    document.execCommand("undo");
    return;
  }
  const last = state.undo.pop();
  if (last) {
    records.splice(0, records.length, ...last.records);
    state.at = last.at;
  }
  state.note = last ? "Undone" : "Nothing to undo";
  fill();
  render();
}

function bold() {
  if (document.activeElement !== $("notes")) $("notes").focus();
  document.execCommand("bold");
}

Office.start({
  app: "Customers",
  commands: {
    new: { label: "New customer", icon: "personAdd", chord: "ctrl+shift+m", run: create },
    save: { label: "Save", icon: "save", chord: "ctrl+s", run: save },
    flag: { label: "Key customer", icon: "star", chord: "ctrl+shift+g", run: () => change("Marked", () => { current().isKey = !current().isKey; }) },
    undo: { label: "Undo", icon: "undo", chord: "ctrl+z", native: "typing", run: undo },
    cut: { label: "Cut", icon: "cut", chord: "ctrl+x", native: "always", run: () => document.execCommand("cut") },
    copy: { label: "Copy", icon: "copy", chord: "ctrl+c", native: "always", run: () => document.execCommand("copy") },
    paste: { label: "Paste", icon: "paste", chord: "ctrl+v", native: "always", run: () => document.execCommand("insertText", false, Office.clipboard.read()) },
    find: { label: "Find", icon: "search", chord: "ctrl+f", run: () => { $("search").focus(); $("search").select(); } },
    bold: { label: "Bold", icon: "bold", chord: "ctrl+b", run: bold },
    mail: Office.switchTo("mail"),
    sheet: Office.switchTo("sheet"),
    documents: Office.switchTo("documents"),
  },
  menus: {
    File: ["new", "save"], Edit: ["undo", "-", "cut", "copy", "paste", "-", "find"], Customer: ["flag"], Format: ["bold"], View: ["mail", "sheet", "documents"],
  },
  toolbar: ["new", "save", "-", "undo", "cut", "copy", "paste", "-", "bold", "flag", "-", "find"],
});

buildForm();
$("search").addEventListener("input", () => {
  state.search = $("search").value;
  render();
});
$("search").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !shown().length) return;
  state.asked = state.search;
  open(shown()[0].id);
});
$("notes").addEventListener("input", onInput);
document.addEventListener("copy", (event) => Office.clipboard.write(getSelection().toString(), event));
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || Office.isTyping()) return;
  event.preventDefault();
  const next = shown()[shown().findIndex((record) => record.id === state.at) + step];
  if (next) open(next.id);
});
document.addEventListener("contextmenu", (event) => {
  event.preventDefault();
  const target = event.target.closest(".row");
  if (target) open(target.dataset.id.slice(4));
  Office.popup(target ? ["flag", "-", "new"] : ["cut", "copy", "paste", "-", "bold"], event.clientX, event.clientY, "context_menu", "Actions");
});
fill();
render();
$("list").focus();
