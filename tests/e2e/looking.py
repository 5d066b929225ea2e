"""A look at a page as everyone sees it: two widths, both themes; axe and a picture of each.

With LOOKS=all, as `make e2e` sets it, every page is looked at in all four ways and pictures are
kept. The whole suite takes one of them, always the same for a page, and no picture: both take
longer than all else that these tests do.
"""

import os
import zlib

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page, expect

from tests.config.processes import ROOT, wait_until

SHOTS = ROOT / "shots"  # ignored by git: for a critical eye
TALLEST = 12_000  # pixels
WIDTHS = (360, 1280)
WAYS = [(width, theme) for width in WIDTHS for theme in ("light", "dark")]
_RUN = """async () => {
  const found = await axe.run({resultTypes: ["violations"]});
  return {violations: found.violations};
}"""


def faults(page: Page, name: str) -> list[str]:
    """What axe finds on the page, and whether it is wider than its window."""
    page.wait_for_load_state("load")
    found = [f"{name} is wider than {width} px" for width in WIDTHS if sticks_out(page, width)]
    for width, theme in _ways(name):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        if _all():
            take_picture(page, f"{name}-{width}-{theme}")
        found += [f"{name}, {width} px, {theme}: {one}" for one in violations(page)]
    return found


def shows(page: Page, *titles: str) -> None:
    """Waits until the page's papers are these, in this order."""
    expect(page.locator("li.paper h2")).to_have_text(list(titles))


def comes(page: Page, said: str, arg: object = None) -> None:
    """Waits until it is so. A page that may not evaluate texts cannot wait for it by itself."""
    wait_until(lambda: page.evaluate(said, arg))


def take_picture(page: Page, name: str) -> None:
    """Its picture, of all of it that a browser can draw at once."""
    SHOTS.mkdir(exist_ok=True)
    size = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)}
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True, clip=clip)


def _all() -> bool:
    return os.environ.get("LOOKS") == "all"


def _ways(name: str) -> list[tuple[int, str]]:
    return WAYS if _all() else [WAYS[zlib.crc32(name.encode()) % 4]]


def sticks_out(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    results = AxeResults(page.evaluate(_RUN))
    return [results.generate_report()] if results.violations_count else []
