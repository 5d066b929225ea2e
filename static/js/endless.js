// Later pages of a list come as one reads on; the address is always that of the page one is in, and
// whoever comes back stands where they were. "More papers" is a link, and does it all without this.
const BY_THEMSELVES = 2; // pages; the next one waits for a press, so that the page's foot can be reached
const list = document.querySelector(".papers");
const pages = document.querySelector(".pages");
let brought = 0;

async function bring(pressed) {
  const more = pages.querySelector(".more");
  if (!more || more.ariaBusy === "true") return;
  more.ariaBusy = "true";
  try {
    const answer = await fetch(more.href);
    if (!answer.ok) throw new Error(answer.statusText);
    put(new DOMParser().parseFromString(await answer.text(), "text/html"), more);
    brought += 1;
  } catch {
    brought = BY_THEMSELVES;
    if (pressed) location.assign(more.href);
  }
  more.ariaBusy = "false";
}

function put(page, more) {
  const here = new Set([...list.children].map((paper) => paper.id));
  const papers = [...page.querySelectorAll(".papers > li")].filter((paper) => !here.has(paper.id));
  if (papers.length) papers[0].dataset.page = more.href;
  list.append(...papers);
  papers.forEach((paper) => window.htmx?.process(paper));
  const next = page.querySelector(".more");
  if (next) more.href = next.href;
  else more.remove();
  const said = document.querySelector("#brought");
  said.textContent = said.dataset.say.replace("%n", papers.length);
}

// The paper at the top of the window, and the page that it came with.
function keepPlace() {
  let page = list.firstElementChild.dataset.page;
  for (const paper of list.children) {
    page = paper.dataset.page ?? page;
    const { top, bottom } = paper.getBoundingClientRect();
    if (bottom > 0) {
      const place = scrollY > 0 ? { paper: paper.id, top } : null;
      history.replaceState(place, "", page);
      document.querySelector("#votes [name=next]").value = location.pathname + location.search;
      return;
    }
  }
}

function comeBack(event) {
  const [way] = performance.getEntriesByType("navigation");
  const place = history.state?.paper && document.getElementById(history.state.paper);
  if (!place || (way.type === "navigate" && !event.persisted)) return;
  scrollTo(0, scrollY + place.getBoundingClientRect().top - history.state.top);
}

function setUp() {
  list.firstElementChild.dataset.page = location.href.split("#")[0];
  history.scrollRestoration = "manual";
  addEventListener("pageshow", comeBack);
  let waiting;
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keepPlace, 150);
  });
  addEventListener("pagehide", keepPlace);
  const more = pages?.querySelector(".more");
  if (!more) return;
  new IntersectionObserver(
    (seen) => brought < BY_THEMSELVES && seen.some((one) => one.isIntersecting) && bring(false),
    { rootMargin: "600px" },
  ).observe(more);
  more.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    bring(true);
  });
}

if (list) setUp();
