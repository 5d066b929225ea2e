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

function fillTimezone(field) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
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
document.querySelectorAll("input[type=hidden][name=timezone]").forEach(fillTimezone);
document.querySelectorAll(".search[data-script]").forEach(setUpSearch);
document.addEventListener("htmx:load", tell);
document.addEventListener("htmx:responseError", sendAsForm);
document.addEventListener("htmx:sendError", sendAsForm);
if (navigator.serviceWorker && location.protocol !== "file:") {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}
