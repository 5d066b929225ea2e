// Copying: a citation at a press, and formulas as the TeX that they were written in.
const said = document.querySelector("#copied");

function select(element) {
  const selection = getSelection();
  selection.selectAllChildren(element);
  return selection;
}

async function put(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
  } catch {
    // Without https there is no clipboard to write to; the old way takes what is selected.
    select(element);
    document.execCommand("copy");
  }
}

function setUpCopy(button) {
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await put(document.getElementById(button.dataset.copy));
    button.textContent = said.textContent = said.dataset.say;
    setTimeout(() => {
      button.textContent = words;
      said.textContent = "";
    }, 2000);
  });
}

function texOf(math) {
  return `$${math.getAttribute("alttext")}$`;
}

// A formula is copied as its TeX, whole even where a part of it was marked.
function copyTex(event) {
  const selection = getSelection();
  if (selection.isCollapsed || event.target.closest?.("input, textarea")) return;
  const range = selection.getRangeAt(0).cloneRange();
  const from = range.startContainer.parentElement?.closest("math[alttext]");
  const to = range.endContainer.parentElement?.closest("math[alttext]");
  if (from) range.setStartBefore(from);
  if (to) range.setEndAfter(to);
  const marked = range.cloneContents();
  const formulas = marked.querySelectorAll("math[alttext]");
  if (!formulas.length) return;
  for (const math of formulas) math.replaceWith(texOf(math));
  for (const block of marked.querySelectorAll("p, h1, h2, li")) block.append("\n\n");
  event.clipboardData.setData("text/plain", marked.textContent.trim());
  event.preventDefault();
}

document.querySelectorAll("[data-copy]").forEach(setUpCopy);
document.addEventListener("copy", copyTex);
