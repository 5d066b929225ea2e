// Single keys. Each does what a link or a button of the page does; none is needed, and all can be
// switched off (WCAG 2.1.4). A day's desk has keys of its own, in desk.js.
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

function areOn() {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true; // storage is forbidden here
  }
}

function keep(on) {
  try {
    localStorage.setItem("keys", on ? "on" : "off");
  } catch {
    // The choice is then forgotten.
  }
}

// ---- Where the reader is ----

const papers = () => [...document.querySelectorAll(".paper")];

function here() {
  const focused = document.activeElement.closest(".paper");
  return focused || document.querySelector("main.one");
}

function step(by) {
  const all = papers();
  const at = all.indexOf(document.activeElement.closest(".paper"));
  const next = all[at < 0 ? (by > 0 ? 0 : -1) : at + by];
  if (!next) return by > 0 ? document.querySelector(".pages .more")?.focus() : undefined;
  next.querySelector("h2 a").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(selector) {
  const found = here() && here().querySelector(selector);
  if (found) found.click();
}

// Curators tag a paper on its page; for others its topics are links.
function topics() {
  const place = here();
  if (!place) return;
  const link = place.querySelector("h2 a");
  if (place.matches(".paper") && document.querySelector('.me a[href="/desk"]')) {
    return location.assign(`${link.href}#curate`);
  }
  if (!curate(place)) place.querySelector(".tags a, .topics a")?.focus();
}

function curate(place) {
  const part = place.querySelector("#curate");
  if (part) {
    part.open = true;
    part.querySelector("#give")?.focus();
  }
  return part;
}

// ---- The sheet of keys ----

async function help() {
  let sheet = document.querySelector("dialog.sheet-of-keys");
  if (!sheet) {
    const answer = await fetch("/help", { headers: { "HX-Request": "true" } });
    if (!answer.ok) return location.assign("/help#keys");
    sheet = document.createElement("dialog");
    sheet.className = "sheet-of-keys";
    sheet.setAttribute("aria-labelledby", "keys");
    sheet.innerHTML = `${await answer.text()}<form method="dialog"><button class="do" autofocus></button></form>`;
    sheet.querySelector("[autofocus]").textContent = words().sayClose;
    document.body.append(sheet);
    setUpSwitch(sheet);
    await style();
  }
  if (!sheet.open) sheet.showModal();
}

// What the page has for scripts: addresses, and words in its language.
function words() {
  return document.querySelector(".search").dataset;
}

function style() {
  const { style: href } = words();
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

function setUpSwitch(place) {
  const box = place.querySelector("#keys-on");
  if (!box) return;
  box.closest("[hidden]").hidden = false;
  box.checked = areOn();
  box.addEventListener("change", () => keep(box.checked));
}

// ---- Keys ----

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => press("h2 a"),
  u: () => press(".vote"),
  s: () => press(".save[id^=save]"),
  l: () => press(".less"),
  t: topics,
  "?": () => help().catch(() => location.assign("/help#keys")),
};

function onKey(event) {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest(FIELDS)) return;
  if (!areOn() || document.querySelector("dialog[open]")) return;
  const desk = document.querySelector("#day");
  const does = key === "/" ? () => document.querySelector("#search").focus() : !desk && KEYS[key];
  if (!does) return;
  event.preventDefault();
  does();
}

document.addEventListener("keydown", onKey);
setUpSwitch(document);
if (location.hash === "#curate") curate(document);
