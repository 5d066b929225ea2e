"""`python -m benchmarks.paging`: the front page of a real day in a browser, as its reader has it.

Prints what it found as JSON. Database, web process and browser are its own.
"""

import gzip
import json
import shutil
import statistics
import tempfile
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.frame import real_data
from drills import database
from drills.served import served

DAY = date(2025, 5, 28)
PAPERS = 50
RUNS = 7
SLOWER = 4  # times, as the processor of a phone

WEIGHT = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const parts = performance.getEntriesByType("resource");
  const sum = entries => entries.reduce((all, entry) => all + entry.transferSize, 0);
  const scripts = parts.filter(entry => entry.initiatorType === "script");
  return {all: sum([page, ...parts]), scripts: sum(scripts)};
}"""
PAINTED = """() => new Promise(done => {
  const found = {shift: 0, largest: 0};
  new PerformanceObserver(list => list.getEntries().forEach(one => { found.shift += one.value; }))
    .observe({type: "layout-shift", buffered: true});
  const last = list => list.getEntries().forEach(one => { found.largest = one.startTime; });
  new PerformanceObserver(last)
    .observe({type: "largest-contentful-paint", buffered: true});
  setTimeout(() => done(found), 500);
})"""
# From the press to the frame that shows what came.
EXCHANGED = """button => new Promise(done => {
  const begun = performance.now();
  document.body.addEventListener("htmx:afterSettle",
    () => requestAnimationFrame(() => done(performance.now() - begun)), {once: true});
  button.click();
})"""


def main() -> None:
    database.begin()
    _fill()
    session = _session()
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-pages-"))
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Debian's chromium is not installed")
    try:
        with served(folder / "web.log") as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
            )
            print(json.dumps(_found(browser, site, folder, session)))
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill() -> None:
    from feeds.ingest import ingest, source_named  # noqa: PLC0415 (needs the settings)

    content = gzip.decompress((real_data() / "hf_daily" / f"{DAY}.json.gz").read_bytes())
    entries = json.loads(content)[:PAPERS]
    ingest(json.dumps(entries).encode(), source_named("daily"), day=DAY)


def _found(browser: Browser, site: str, folder: Path, session: str) -> dict[str, Any]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(site, wait_until="load")
    _wait_for_all(page)
    first = page.evaluate(WEIGHT)
    page.goto(site, wait_until="load")
    _wait_for_all(page)
    second = page.evaluate(WEIGHT)
    (folder / "index.html").write_bytes(page.request.get(site).body())
    painted = _painted(browser, site)
    with _bare(folder) as address:
        bare = _painted(browser, address)
    return {
        "first": first["all"],
        "scripts": first["scripts"],
        "second": second["all"],
        "shift": max(one["shift"] for one in painted),
        "largest": statistics.median(one["largest"] for one in painted),
        "bare": statistics.median(one["largest"] for one in bare),
        "exchange": _exchange(browser, site, session),
    }


def _painted(browser: Browser, address: str) -> list[dict[str, float]]:
    """What a slow processor shows when, each time with an empty cache."""
    found = []
    for _ in range(RUNS):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        _slow_down(page)
        page.goto(address, wait_until="load")
        found.append(page.evaluate(PAINTED))
        context.close()
    return found


def _session() -> str:
    """The session of a reader who may vote."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 (needs the settings)
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    reader = get_user_model().objects.create_user("reader@example.org")
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    client = Client()
    client.force_login(reader)
    return client.cookies["sessionid"].value


def _exchange(browser: Browser, site: str, session: str) -> float:
    """Milliseconds from pressing a vote to the new number on screen, on the slow processor."""
    context = browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page = context.new_page()
    page.goto(site, wait_until="load")
    _wait_for_all(page)
    _slow_down(page)
    took = []
    for place in range(RUNS):
        button = page.locator("button.vote").nth(place)
        took.append(button.evaluate(EXCHANGED))
    context.close()
    return statistics.median(took)


def _wait_for_all(page: Page) -> None:
    """Until the script is there that comes after the first paint."""
    while not page.evaluate("() => Boolean(window.htmx)"):
        page.wait_for_timeout(20)


def _slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


class _bare:  # noqa: N801 (used as a block)
    """The same page as a file, from the plainest server, without what it links to."""

    def __init__(self, folder: Path) -> None:
        class Quiet(SimpleHTTPRequestHandler):
            def __init__(self, *arguments: Any, **named: Any) -> None:
                super().__init__(*arguments, directory=str(folder), **named)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)

    def __enter__(self) -> str:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/index.html"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


if __name__ == "__main__":
    main()
