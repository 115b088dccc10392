// @ts-check
/** Mouse, keyboard and clipboard of the spreadsheet app. */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Enter: [0, 1], Tab: [1, 0] };
const cellOf = (event) => event.target.closest?.("td")?.dataset.id;

$("grid").addEventListener("mousedown", (event) => {
  const name = cellOf(event);
  if (!name) return;
  if (state.isEditing) endEdit(true);
  const isKept = event.button === 2 && inRange(position(name));
  if (!isKept) go(...position(name), event.shiftKey);
  state.isDragging = event.button === 0;
});
$("grid").addEventListener("mouseover", (event) => {
  const name = cellOf(event);
  if (state.isDragging && name && name !== address(state.at)) go(...position(name), true);
});
document.addEventListener("mouseup", () => { state.isDragging = false; });

/** Keys on the grid: move, or start to type into the formula bar. */
$("grid").addEventListener("keydown", (event) => {
  const step = MOVES[event.key];
  if (step) {
    event.preventDefault();
    go(state.at[0] + step[0], state.at[1] + step[1], event.shiftKey && event.key.startsWith("Arrow"));
  } else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey) {
    state.isEditing = true;
    $("formula").value = "";
    $("formula").focus();
  }
});
$("grid").addEventListener("dblclick", () => {
  state.isEditing = true;
  $("formula").focus();
});
$("formula").addEventListener("focus", () => { state.isEditing = true; });
$("formula").addEventListener("input", () => {
  Office.markField($("formula"));
  $(address(state.at)).textContent = $("formula").value;
});
$("formula").addEventListener("keydown", (event) => {
  if (!["Enter", "Tab", "Escape"].includes(event.key)) return;
  event.preventDefault();
  endEdit(event.key !== "Escape");
  const [right, down] = MOVES[event.key] ?? [0, 0];
  go(state.at[0] + right, state.at[1] + down);
});
$("search").addEventListener("input", () => {
  state.search = $("search").value;
  render();
});
$("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") nextHit();
});
document.addEventListener("copy", (event) => {
  if (Office.isTyping()) return Office.clipboard.write(getSelection().toString(), event);
  const names = selected();
  const rows = Map.groupBy(names, (name) => name.slice(1));
  return Office.clipboard.write([...rows.values()].map((row) => row.map(shownText).join("\t")).join("\n"), event);
});
document.addEventListener("cut", (event) => {
  if (Office.isTyping()) return;
  const text = selected().map(shownText).join("\n");
  Office.clipboard.write(text, event);
  commands.clear.run();
});
document.addEventListener("paste", (event) => {
  if (Office.isTyping()) return;
  event.preventDefault();
  pasteText(event.clipboardData.getData("text/plain"));
});
document.addEventListener("contextmenu", (event) => {
  event.preventDefault();
  const ids = cellOf(event) ? ["cut", "copy", "paste", "clear", "-", "insert", "remove", "-", "sum"] : ["copy", "paste"];
  Office.popup(ids, event.clientX, event.clientY, "context_menu", "Actions");
});
render();
$("grid").focus();
