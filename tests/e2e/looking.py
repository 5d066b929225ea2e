"""A look at a page as everyone sees it: two widths, both themes; axe and a picture of each.

With LOOKS=all, as `make e2e` sets it, every page is looked at in all four ways. The whole suite
takes one or two of them, in turn: axe takes longer than all else that these tests do.
"""

import os
from collections.abc import Iterable

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.config.processes import ROOT

SHOTS = ROOT / "shots"  # ignored by git: for a critical eye
Look = tuple[int, str]
NARROW, WIDE = (360, "dark"), (1280, "light")
ALL: tuple[Look, ...] = (NARROW, (360, "light"), WIDE, (1280, "dark"))
_RUN = """async () => {
  const found = await axe.run({resultTypes: ["violations"]});
  return {violations: found.violations};
}"""


def faults(page: Page, name: str, looks: Iterable[Look] = (NARROW, WIDE)) -> list[str]:
    """What axe finds on the page, and whether it is wider than its window."""
    SHOTS.mkdir(exist_ok=True)
    found = []
    for width, theme in ALL if os.environ.get("LOOKS") == "all" else looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.screenshot(path=SHOTS / f"{name}-{width}-{theme}.png", full_page=True)
        found += [f"{name}, {width} px, {theme}: {one}" for one in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name} is wider than {width} px")
    return found


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    results = AxeResults(page.evaluate(_RUN))
    return [results.generate_report()] if results.violations_count else []
