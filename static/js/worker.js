// Keeps pages to be read offline. The network always comes first, so that nobody reads an old page
// while there is one; only pages that the server marks as the same for everybody are kept, so that
// nothing of a signed-in reader stays on the device. `SITE` stands before this text: the version
// and the files that a kept page needs.
const FILES = `files-${SITE.version}`;
const PAGES = `pages-${SITE.version}`;
const MOST = 40; // pages
const FRESH = 3600 * 1000; // milliseconds for which a signed-in reader's edition is not fetched again
const OFFLINE = "/offline";

async function install() {
  const kept = await caches.open(FILES);
  await kept.addAll([...SITE.files, OFFLINE]);
  await self.skipWaiting();
}

// Pages of another version would look for files that are gone.
async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name !== FILES && name !== PAGES);
  await Promise.all(old.map((name) => caches.delete(name)));
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
  await self.clients.claim();
  await keepEdition();
}

// Whether the last page came from here: only then do its files. Otherwise the browser's own cache
// has them, and is quicker.
let without = false;

const isPublic = (answer) => answer.ok && answer.headers.get("X-Keep-Offline") === "yes";

// What is kept is in one language; in another, all of it is forgotten.
async function keepLanguage(answer) {
  const language = answer.headers.get("Content-Language");
  const files = await caches.open(FILES);
  if (!language || language === languageOf(await files.match(OFFLINE, { ignoreVary: true }))) return;
  await caches.delete(PAGES);
  await files.add(OFFLINE);
}

const languageOf = (answer) => answer?.headers.get("Content-Language") || "en";

async function keep(request, answer) {
  await keepLanguage(answer);
  const pages = await caches.open(PAGES);
  if (isPublic(answer)) {
    await pages.delete(request); // so that it stands last: the first ones go first
    await pages.put(request, answer);
    const all = await pages.keys();
    await Promise.all(all.slice(0, -MOST).map((one) => pages.delete(one)));
  } else if (answer.status === 404 || answer.status === 410) await pages.delete(request);
  else if (answer.ok) await keepEdition();
}

// The latest edition as it is for everybody, for those whose own pages are not kept.
async function keepEdition() {
  const pages = await caches.open(PAGES);
  const kept = await pages.match("/");
  const age = kept ? Date.now() - Date.parse(kept.headers.get("Date")) : Infinity;
  if (age < FRESH) return;
  const language = languageOf(await caches.match(OFFLINE, { ignoreVary: true }));
  const asked = { credentials: "omit", headers: { "Accept-Language": language } };
  const answer = await fetch("/", asked).catch(() => null);
  if (answer && isPublic(answer)) await pages.put("/", answer);
}

async function page(event) {
  try {
    const answer = (await event.preloadResponse) || (await fetch(event.request));
    without = false;
    event.waitUntil(keep(event.request, answer.clone()).catch(() => {}));
    return answer;
  } catch (error) {
    without = true;
    const options = { ignoreVary: true };
    const pages = await caches.open(PAGES);
    const kept = await pages.match(event.request, options);
    if (kept) return kept;
    const instead = await caches.match(OFFLINE, options);
    if (instead) return instead;
    throw error;
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (without && SITE.files.includes(url.pathname)) event.respondWith(file(request));
});
