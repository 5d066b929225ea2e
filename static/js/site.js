// Everything works without this file; it saves a step here and there.
const root = document.documentElement;

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function setUpTheme(button) {
  const show = () => (button.textContent = isDark() ? "Light" : "Dark");
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

function focusSearch(event) {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.querySelector("#search").focus();
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
document.addEventListener("keydown", focusSearch);
document.addEventListener("htmx:responseError", sendAsForm);
document.addEventListener("htmx:sendError", sendAsForm);
