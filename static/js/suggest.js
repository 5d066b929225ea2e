// What the search box offers: papers, authors and topics that begin so, earlier searches, and what
// can be asked. A combobox with a list (WAI-ARIA); it writes nothing into the box by itself.
const KEPT = "searches";
const MOST = 6;
const WAIT = 120; // milliseconds after the last key

function earlier() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || [];
  } catch {
    return [];
  }
}

// They stay in this browser.
function remember(words) {
  try {
    if (!words) return localStorage.removeItem(KEPT);
    const all = [words, ...earlier().filter((one) => one !== words)];
    localStorage.setItem(KEPT, JSON.stringify(all.slice(0, MOST)));
  } catch {
    // Storage is forbidden here: none are kept.
  }
}

function load(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

export async function setUp(form, style) {
  const input = form.querySelector("input");
  const panel = document.createElement("div");
  panel.className = "offers";
  panel.hidden = true;
  panel.innerHTML =
    '<ul role="listbox" id="offers"></ul>' +
    '<button type="button" class="plain" hidden></button>' +
    '<div class="how" tabindex="-1"></div>';
  const [list, forget, how] = panel.children;
  const { saySuggestions, sayForget, sayMany, sayNone } = form.dataset;
  list.setAttribute("aria-label", saySuggestions);
  forget.textContent = sayForget;
  form.append(panel);
  const answers = new Map();
  let asked = "";
  let timer;

  const options = () => [...list.children];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function choose(option) {
    options().forEach((one) => one.setAttribute("aria-selected", one === option));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function show() {
    panel.hidden = false;
    input.setAttribute("aria-expanded", list.children.length > 0);
    list.hidden = !list.children.length;
  }

  function hide() {
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(null);
  }

  async function answer(words) {
    if (!answers.has(words)) {
      const got = await fetch(`/suggest?${new URLSearchParams({ q: words })}`);
      if (!got.ok) throw new Error(got.status);
      answers.set(words, await got.text());
    }
    return answers.get(words);
  }

  function showEarlier() {
    list.replaceChildren(
      ...earlier().map((words, place) => {
        const option = document.createElement("li");
        option.role = "option";
        option.id = `option-${place + 1}`;
        option.setAttribute("aria-selected", "false");
        option.dataset.href = `/?${new URLSearchParams({ q: words })}`;
        const text = document.createElement("span");
        text.textContent = words;
        option.append(text);
        return option;
      }),
    );
    forget.hidden = !list.children.length;
    how.hidden = false;
    show();
  }

  async function look() {
    asked = input.value.trim();
    const words = asked;
    if (!words) return showEarlier();
    const markup = await answer(words);
    if (asked !== words || document.activeElement !== input) return;
    list.innerHTML = markup;
    forget.hidden = true;
    how.hidden = list.children.length > 0;
    show();
    choose(null);
    const many = list.children.length;
    document.querySelector("#live").textContent = many ? sayMany.replace("%n", many) : sayNone;
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(hide), WAIT);
  }

  function go(option) {
    const { href } = option.dataset;
    const words = new URLSearchParams(href.split("?")[1]).get("q");
    if (words) remember(words);
    location.assign(href);
  }

  function move(by) {
    if (panel.hidden) return soon();
    const all = options();
    const at = all.indexOf(chosen());
    const to = at + by;
    choose(at < 0 && by < 0 ? all[all.length - 1] : all[to]);
  }

  function onKey(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      hide();
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      go(chosen());
    }
  }

  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "offers",
    "aria-autocomplete": "list",
  }))
    input.setAttribute(name, value);
  input.addEventListener("input", soon);
  input.addEventListener("focus", soon);
  input.addEventListener("keydown", onKey);
  form.addEventListener("submit", () => remember(input.value.trim()));
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || hide());
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  how.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  forget.addEventListener("click", () => {
    remember("");
    input.focus();
    showEarlier();
  });

  const [, text] = await Promise.all([load(style), answer("")]);
  how.innerHTML = text;
  if (document.activeElement === input) await look();
}
