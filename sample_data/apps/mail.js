// @ts-check
/** The mail app: folders, search, reading, replying, archiving with undo. */
const { el, icon, marked } = Office;
const FOLDERS = [["inbox", "Inbox", "inbox"], ["drafts", "Drafts", "file"], ["sent", "Sent", "send"], ["archive", "Archive", "archive"], ["deleted", "Deleted", "trash"]];
const LABELS = ["Orders", "Customers", "Team", "News"];

const state = { folder: "inbox", at: "", search: "", undo: [], note: "Up to date" };
const messages = MESSAGES.map((message) => ({ folder: "inbox", ...message }));
const $ = (id) => document.querySelector(`[data-id="${id}"]`);
const composer = document.querySelector(".composer");
const body = $("body");

const shown = () => {
  const wanted = state.search.toLowerCase();
  const text = (message) => [message.from, message.subject, ...message.body, ...message.facts.flat()].join(" ").toLowerCase();
  return messages.filter((message) => message.folder === state.folder && text(message).includes(wanted));
};
const current = () => messages.find((message) => message.id === state.at);
const initials = (name) => name.split(" ").map((part) => part[0]).slice(0, 2).join("");

function folderButton([id, label, picture]) {
  const open = messages.filter((message) => message.folder === id && message.unread).length;
  const choose = () => {
    state.folder = id;
    state.at = shown()[0]?.id ?? "";
    render();
  };
  const attributes = { "data-id": `folder-${id}`, "aria-label": label, "aria-current": state.folder === id, onclick: choose };
  return el("button", attributes, icon(picture), el("span", {}, label), open ? el("b", {}, String(open)) : null);
}

function renderFolders() {
  const labels = LABELS.map((label, at) => {
    const dot = el("span", { class: "dot", style: `background:var(--${["accent", "good", "warn", "muted"][at]});flex:none` });
    return el("button", { "aria-label": label, onclick: () => find(label.toLowerCase() === "orders" ? "order" : label) }, dot, el("span", {}, label));
  });
  document.querySelector(".folders").replaceChildren(...FOLDERS.map(folderButton), el("h2", {}, "Labels"), ...labels);
}

function row(message) {
  const tone = { Orders: "", Customers: "good", Team: "warn", News: "" }[message.label];
  const flag = message.flagged ? el("span", { class: "flag" }, icon("flag")) : null;
  const about = el("span", { class: "about" }, el("span", {}, message.subject), flag);
  const attributes = {
    class: `row${message.unread ? " unread" : ""}`, role: "option", "data-id": `row-${message.id}`,
    "aria-label": `${message.from}, ${message.subject}`, "aria-selected": message.id === state.at, onclick: () => openMessage(message.id),
  };
  const face = el("span", { class: "face" }, initials(message.from));
  return el("div", attributes, face, el("span", { class: "from" }, message.from), el("span", { class: "when" }, message.when), about,
    el("span", { class: "start" }, el("span", { class: `pill ${tone}` }, message.label), ` ${message.body[1] ?? message.body[0]}`));
}

function renderList() {
  const rows = shown();
  const top = $("list").scrollTop;
  const empty = el("p", { class: "empty" }, state.search ? "No message holds this text." : "No messages here.");
  $("list").replaceChildren(...(rows.length ? rows.map(row) : [empty]));
  $("list").scrollTop = top;
  document.querySelector(".hits").textContent = state.search ? `${rows.length} found` : "";
}

function renderLetter() {
  const message = current();
  if (!message) {
    $("letter").replaceChildren(el("p", { class: "empty" }, "Choose a message to read it."));
    return;
  }
  const sender = el("div", {}, el("b", {}, message.from), el("br"), el("small", {}, ...marked(message.email)));
  const facts = message.facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", { "data-id": `fact-${name}` }, ...marked(value))]);
  const text = message.body.map((line, at) => el("p", { "data-id": `para-${at}` }, ...marked(line)));
  $("letter").replaceChildren(
    el("h2", {}, message.subject),
    el("header", {}, el("span", { class: "face" }, initials(message.from)), sender, el("time", {}, message.when)),
    el("div", { class: "letter" }, ...text.slice(0, -1), facts.length ? el("dl", { class: "facts" }, ...facts) : null, ...text.slice(-1),
      el("p", { style: "white-space:pre-line" }, message.end)),
  );
}

function render() {
  renderFolders();
  renderList();
  renderLetter();
  document.title = `${composer.hidden ? current()?.subject ?? "Inbox" : `${composer.ariaLabel}: ${$("subject").value || "no subject"}`} - Mail`;
  history.replaceState(null, "", `#${state.folder}${state.at ? `/${state.at}` : ""}`);
  const unread = messages.filter((message) => message.folder === "inbox" && message.unread).length;
  Office.status(`${shown().length} messages`, `${unread} unread`, state.note);
}

function openMessage(id) {
  state.at = id;
  const message = current();
  if (message) message.unread = false;
  $("letter").scrollTop = 0;
  render();
  showRow();
  $("list").focus({ preventScroll: true });
}

function showRow() {
  $(`row-${state.at}`)?.scrollIntoView({ block: "nearest" });
}

function find(text) {
  $("search").value = state.search = text;
  render();
}

/** Changes the open message and remembers how to take it back. */
function change(note, apply) {
  const message = current();
  if (!message) return;
  state.undo.push({ message, before: { ...message }, at: state.at });
  const rows = shown();
  const next = rows[rows.indexOf(message) + 1] ?? rows[rows.indexOf(message) - 1];
  apply(message);
  if (message.folder !== state.folder) state.at = next?.id ?? "";
  state.note = note;
  render();
}

function undo() {
  if (Office.isTyping()) {
    document.execCommand("undo");
    return;
  }
  const last = state.undo.pop();
  if (last) {
    Object.assign(last.message, last.before);
    state.at = last.at;
  }
  state.note = last ? "Undone" : "Nothing to undo";
  render();
  showRow();
}

function compose(label, to, subject) {
  composer.hidden = false;
  composer.ariaLabel = label;
  $("to").value = to;
  $("subject").value = subject;
  body.replaceChildren();
  Office.markField($("to"));
  composer.querySelector("small").textContent = "Not saved";
  render();
  (to ? body : $("to")).focus();
}

/** Puts the composed text into a folder; sending closes the composer, a draft stays open. */
function store(folder, note) {
  if (composer.hidden) return;
  const old = messages.findIndex((message) => message.id === "mine");
  if (old >= 0) messages.splice(old, 1);
  const sent = messages.filter((message) => message.folder === "sent").length;
  messages.unshift({
    id: folder === "sent" ? `sent-${sent}` : "mine", from: "Larkspur Supplies", email: $("to").value, subject: $("subject").value || "(no subject)",
    when: "Now", unread: false, label: "Orders", body: body.innerText.split("\n").filter(Boolean).concat(""), facts: [], end: "Larkspur Supplies", folder,
  });
  composer.hidden = folder === "sent";
  composer.querySelector("small").textContent = note;
  state.note = note;
  render();
  if (composer.hidden) $("list").focus({ preventScroll: true });
}

function discard() {
  composer.hidden = true;
  state.note = "Discarded";
  render();
}

function toggleUnread() {
  change("Marked", (message) => { message.unread = !message.unread; });
}

Office.start({
  app: "Mail",
  commands: {
    new: { label: "New message", icon: "pen", chord: "ctrl+shift+m", run: () => compose("New message", "", "") },
    reply: { label: "Reply", icon: "reply", chord: "ctrl+r", run: () => current() && compose("Reply", current().email, `Re: ${current().subject}`) },
    send: { label: "Send", icon: "send", chord: "ctrl+enter", run: () => store("sent", "Message sent") },
    save: { label: "Save", icon: "save", chord: "ctrl+s", run: () => store("drafts", "Draft saved") },
    archive: { label: "Archive", icon: "archive", chord: "ctrl+e", run: () => change("Archived", (message) => { message.folder = "archive"; }) },
    delete: { label: "Delete", icon: "trash", chord: "delete", run: () => change("Deleted", (message) => { message.folder = "deleted"; }) },
    read: { label: "Mark as unread", icon: "eye", chord: "ctrl+u", run: toggleUnread },
    flag: { label: "Flag", icon: "flag", chord: "ctrl+shift+g", run: () => change("Flag changed", (message) => { message.flagged = !message.flagged; }) },
    undo: { label: "Undo", icon: "undo", chord: "ctrl+z", native: "typing", run: undo },
    cut: { label: "Cut", icon: "cut", chord: "ctrl+x", native: "always", run: () => document.execCommand("cut") },
    copy: { label: "Copy", icon: "copy", chord: "ctrl+c", native: "always", run: () => document.execCommand("copy") },
    paste: { label: "Paste", icon: "paste", chord: "ctrl+v", native: "always", run: () => document.execCommand("insertText", false, Office.clipboard.read()) },
    find: { label: "Find", icon: "search", chord: "ctrl+f", run: () => { $("search").focus(); $("search").select(); } },
    bold: { label: "Bold", icon: "bold", chord: "ctrl+b", run: () => document.execCommand("bold") },
    mail: Office.switchTo("mail"),
    sheet: Office.switchTo("sheet"),
    customers: Office.switchTo("customers"),
    documents: Office.switchTo("documents"),
  },
  menus: {
    File: ["new", "save", "send"], Edit: ["undo", "-", "cut", "copy", "paste", "-", "find"], Message: ["reply", "archive", "delete", "-", "read", "flag"],
    Format: ["bold"], View: ["sheet", "customers", "documents"],
  },
  toolbar: ["new", "reply", "-", "archive", "delete", "flag", "read", "-", "undo", "copy", "paste", "-", "bold", "save", "send", "-", "find"],
});

$("search").addEventListener("input", () => find($("search").value));
$("send").addEventListener("click", () => Office.run("send", "toolbar"));
$("discard").addEventListener("click", discard);
$("to").addEventListener("input", () => Office.markField($("to")));
composer.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("copy", (event) => Office.clipboard.write(getSelection().toString(), event));
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || Office.isTyping()) return;
  event.preventDefault();
  const next = shown()[shown().findIndex((message) => message.id === state.at) + step];
  if (next) openMessage(next.id);
});
document.addEventListener("contextmenu", (event) => {
  event.preventDefault();
  const target = event.target.closest(".row");
  if (target) openMessage(target.dataset.id.slice(4));
  const ids = target ? ["reply", "archive", "delete", "-", "read", "flag"] : ["copy", "paste", "-", "find"];
  Office.popup(ids, event.clientX, event.clientY, "context_menu", "Actions");
});
render();
$("list").focus();
