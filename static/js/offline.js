// The pages that are kept on this device, the last one first.
async function show() {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  const list = document.querySelector("#kept");
  const listed = new Set(); // an edition has several addresses
  for (const name of names) {
    const pages = await caches.open(name);
    for (const request of (await pages.keys()).reverse()) {
      const text = await (await pages.match(request)).text();
      const page = new DOMParser().parseFromString(text, "text/html");
      const title = page.title.replace(/ – [^–]*$/, ""); // the site's name is above
      if (listed.has(title)) continue;
      listed.add(title);
      const link = document.createElement("a");
      link.href = request.url;
      link.textContent = title;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
  }
  document.querySelector("#kept-here").hidden = !list.children.length;
}

document.querySelector("#again").addEventListener("click", () => location.reload());
document.querySelector("#again").hidden = false;
window.addEventListener("online", () => location.reload());
if (window.caches) show();
