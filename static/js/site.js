// Everything works without this file; it saves a step here and there.
const root = document.documentElement;

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function setUpTheme(button) {
  const show = () => (button.textContent = isDark() ? button.dataset.sayLight : button.dataset.sayDark);
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // The choice then lasts for this page.
    }
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}

// Only where it is sent: to ask for it is the dearest thing that a page would do as it begins.
function fillTimezone(event) {
  const field = event.target.querySelector("input[type=hidden][name=timezone]");
  if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
}

// htmx comes to a list once its first paint is done. What is pressed before waits for it, and goes
// as a form where it does not come.
function setUpHtmx({ dataset }) {
  const come = new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = dataset.script;
    script.onload = done;
    script.onerror = fail;
    const begin = () => document.head.append(script);
    addEventListener("load", () => requestAnimationFrame(() => setTimeout(begin)));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[hx-post]");
    if (!button || window.htmx) return;
    event.preventDefault();
    come.then(
      () => button.click(),
      () => button.form.requestSubmit(button),
    );
  });
}

// What the search box offers comes when it is first used, so that no page waits for it.
function setUpSearch(form) {
  const begin = () => {
    const { script, style } = form.dataset;
    import(script).then((box) => box.setUp(form, style)).catch(() => {});
  };
  form.addEventListener("focusin", begin, { once: true });
}

// What a press came to is said aloud where it cannot be seen.
function tell(event) {
  const said = event.detail.elt.dataset.said;
  if (said) document.querySelector("#live").textContent = said;
}

// What fails is sent again as the whole page's form, so that the answer says why: a vote, a
// comment. A link to a form leads there.
function sendAsForm(event) {
  const sent = event.detail.elt;
  if (sent.form) sent.form.requestSubmit(sent);
  else if (sent.matches(".commenting")) sent.submit();
  else if (sent.matches(".can a")) location.assign(sent.href);
}

document.querySelectorAll("[data-theme-switch]").forEach(setUpTheme);
document.querySelectorAll("meta[data-script]").forEach(setUpHtmx);
document.querySelectorAll(".search[data-script]").forEach(setUpSearch);
document.addEventListener("submit", fillTimezone);
document.addEventListener("htmx:load", tell);
document.addEventListener("htmx:responseError", sendAsForm);
document.addEventListener("htmx:sendError", sendAsForm);
if (navigator.serviceWorker && location.protocol !== "file:") {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}
