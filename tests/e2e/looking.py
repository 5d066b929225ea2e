"""A look at a page as everyone sees it: two widths, both themes; axe and a picture of each."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.config.processes import ROOT

SHOTS = ROOT / "shots"  # ignored by git: for a critical eye
WIDTHS = (360, 1280)
THEMES = ("light", "dark")


def faults(page: Page, name: str) -> list[str]:
    """What axe finds on the page, and whether it is wider than its window."""
    SHOTS.mkdir(exist_ok=True)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.screenshot(path=SHOTS / f"{name}-{width}-{theme}.png", full_page=True)
            results = Axe().run(page)
            if results.violations_count:
                found.append(f"{name}, {width} px, {theme}: {results.generate_report()}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name} is wider than {width} px")
    return found
