// The day's desk by keyboard and by dragging. Each key presses a button that stands on the page:
// what has no button cannot be done. htmx sends the form and exchanges the part that changed.
const board = () => document.querySelector("#day");
const rows = (list) => [...board().querySelectorAll(`.${list} [data-paper]`)];
const listOf = (row) => (row.closest(".incoming") ? "incoming" : "edition");

let current = null; // where the curator is: {list, paper, index}
let busy = false; // a request is on its way; what is pressed meanwhile waits for it
let waiting = [];

// ---- Where the curator is ----

function remember(row) {
  const list = listOf(row);
  current = { list, paper: row.dataset.paper, index: rows(list).indexOf(row) };
}

// The row where the curator was: the same paper, or the one that took its place.
function here() {
  if (!current) return null;
  const all = rows(current.list);
  const same = all.find((row) => row.dataset.paper === current.paper);
  return same || all[Math.min(current.index, all.length - 1)] || null;
}

function go(row) {
  if (!row) return;
  remember(row);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const row = here();
  if (!row) return go(rows("incoming")[0] || rows("edition")[0]);
  const all = rows(listOf(row));
  go(all[Math.max(0, Math.min(all.indexOf(row) + by, all.length - 1))]);
}

function cross(list) {
  const all = rows(list);
  const index = current ? current.index : 0;
  go(all[Math.min(index, all.length - 1)]);
}

function stay() {
  const row = here();
  if (row) go(row);
  else board().querySelector(`#${current ? current.list : "edition"}`).focus();
}

// ---- What is done ----

const words = () => document.querySelector("#said").dataset;

function say(text) {
  document.querySelector("#said").textContent = text;
}

function press(...names) {
  const row = here();
  const name = names.find((one) => row && row.querySelector(`button[name=${one}]:enabled`));
  if (name) row.querySelector(`button[name=${name}]`).click();
  else say(row ? words().sayCannot : words().sayChoose);
}

function pressOf(selector) {
  const button = board().querySelector(selector);
  if (button && !button.disabled) button.click();
  else say(words().sayNothing);
}

function open(kind) {
  const row = here();
  const part = row && row.querySelector(`details.${kind}`);
  if (!part) return;
  part.open = !part.open;
  const field = part.querySelector("input[type=text]");
  if (part.open && field) field.focus();
}

function tick() {
  const box = here() && here().querySelector("input[type=checkbox]");
  if (box) box.checked = !box.checked;
}

function toPublish() {
  const button = board().querySelector("button[name=publish]");
  if (!button) return say(words().sayClosed);
  button.focus();
  say(words().sayPublishes);
}

function help() {
  const keys = document.querySelector("#keys");
  keys.open = !keys.open;
  if (keys.open) keys.querySelector("summary").focus();
  else stay();
}

const KEYS = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  ArrowLeft: () => cross("incoming"),
  ArrowRight: () => cross("edition"),
  a: () => press("place"),
  x: () => press("drop"),
  p: () => press("pin", "unpin"),
  r: () => press("clear"),
  t: () => open("tagging"),
  o: () => open("opens"),
  s: tick,
  A: () => pressOf("button[name=place][value=chosen]"),
  X: () => pressOf("button[name=drop][value=chosen]"),
  u: () => pressOf("button[name=undo]"),
  n: () => board().querySelector("#note").focus(),
  P: toPublish,
  "?": help,
};
const WITH_ALT = { ArrowUp: () => press("up"), ArrowDown: () => press("down") };

// ---- Keys ----

const FIELDS = "input:not([type=checkbox]), textarea, select";
const keysOn = document.querySelector("#desk-keys-on");

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey) return sendField(event);
  if (event.target.closest(FIELDS)) return leaveField(event);
  // Caps Lock is no Shift: what acts on many papers is meant.
  const key = event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key;
  const does = (event.altKey ? WITH_ALT : KEYS)[key];
  if (!does || !keysOn.checked || event.defaultPrevented) return;
  event.preventDefault();
  if (busy) waiting.push(does);
  else does();
}

function leaveField(event) {
  if (event.key !== "Escape" || !event.target.closest("#day")) return;
  const part = event.target.closest("details");
  if (part) part.open = false;
  stay();
}

function sendField(event) {
  const form = event.target.closest("#day form");
  if (event.key === "Enter" && event.ctrlKey && form) form.querySelector("button").click();
}

// ---- One request at a time ----

function hold(event) {
  const button = event.target.closest("#day button[type=submit]");
  if (!button || !busy) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const same = `button[name="${button.name}"][value="${button.value}"]`;
  waiting.push(() => board().querySelector(same)?.click());
}

function goOn() {
  busy = false;
  while (waiting.length && !busy) waiting.shift()();
}

function begin() {
  busy = true;
}

// What is ticked or written and not sent yet outlives the exchange of the part it stands in.
let unsent = [];

function carry(event) {
  const sent = event.detail.requestConfig.elt;
  const fields = [...board().querySelectorAll("input[id]:not([type=hidden]), textarea")];
  unsent = fields
    .filter((field) => field.form !== sent || field.type === "checkbox")
    .filter((field) => field.checked || field.value !== field.defaultValue)
    .map(({ id, checked, value, type }) => ({ id, checked, value, type }));
}

function bringBack({ id, checked, value, type }) {
  const field = board().querySelector(`#${id}`);
  if (!field) return;
  if (type === "checkbox") field.checked = checked;
  else field.value = value;
}

function settle(event) {
  if (event.detail.target.id !== "day" && event.detail.elt.id !== "day") return;
  unsent.forEach(bringBack);
  unsent = [];
  stay();
  setUpDragging();
  goOn();
}

function fail() {
  waiting = [];
  busy = false;
  say(words().sayFailed);
}

// ---- Dragging, where there is a mouse ----

function setUpDragging() {
  if (!board().querySelector("button[name=publish]")) return;
  board()
    .querySelectorAll(".edition .place")
    .forEach((place) => (place.draggable = true));
}

function dragOver(event) {
  if (event.target.closest(".edition")) event.preventDefault();
}

function dropAt(event) {
  const paper = event.dataTransfer.getData("text/x-paper");
  if (!paper || busy || !event.target.closest(".edition")) return;
  event.preventDefault();
  const over = event.target.closest("[data-paper]");
  const all = rows("edition");
  const at = over ? all.indexOf(over) : all.length;
  htmx.ajax("POST", location.pathname, {
    source: "#acts",
    target: "#day",
    swap: "outerHTML",
    values: { pin: paper, at },
  });
}

function drag(event) {
  const place = event.target.closest && event.target.closest(".edition .place");
  if (!place) return;
  const row = place.closest("[data-paper]");
  remember(row);
  event.dataTransfer.setDragImage(row, 0, 0);
  event.dataTransfer.setData("text/x-paper", row.dataset.paper);
  event.dataTransfer.effectAllowed = "move";
}

// ---- Setting up ----

function keepSwitch() {
  try {
    localStorage.setItem("desk-keys", keysOn.checked ? "on" : "off");
  } catch {
    // The choice then lasts for this page.
  }
}

try {
  keysOn.checked = localStorage.getItem("desk-keys") !== "off";
} catch {
  // Storage is forbidden here: keys are on.
}
document.querySelector("#keys").hidden = false;
keysOn.addEventListener("change", keepSwitch);
document.addEventListener("keydown", onKey);
document.addEventListener("click", hold, true);
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("#day [data-paper]");
  if (row) remember(row);
});
document.addEventListener("htmx:beforeRequest", begin);
document.addEventListener("htmx:beforeSwap", carry);
document.addEventListener("htmx:afterSettle", settle);
document.addEventListener("htmx:responseError", fail);
document.addEventListener("htmx:sendError", fail);
document.addEventListener("dragstart", drag);
document.addEventListener("dragover", dragOver);
document.addEventListener("drop", dropAt);
setUpDragging();
