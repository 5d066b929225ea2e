"""A paper cited from its page, with scripts and without, and its formulas copied."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.looking import comes, faults
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/papers/2604.00123"


@pytest.fixture(autouse=True)
def _paper(site: str, transactional_db: None) -> None:
    for votes, day in ((3, 20), (40, 22), (44, 24)):
        known = entry(
            "Attention $x^2$ <script>",
            id="2604.00123",
            summary="We bound $\\alpha_i$ by two. </script><script>document.title='run'</script>",
            authors=["Ada One", "محمد علي"],
            upvotes=votes,
        )
        put_in(known, day=date(2026, 4, day))


def holds(page: Page, words: str) -> None:
    """Waits until what was copied holds the words."""
    comes(page, "async words => (await navigator.clipboard.readText()).includes(words)", arg=words)


def test_a_paper_is_cited_and_its_formulas_are_copied_as_tex(new_page: NewPage) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(ADDRESS)
    expect(page).to_have_title("Attention x² <script> – Broadsheet")
    page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    holds(page, "@misc{one2026attention,\n  title = {Attention {$x^2$}")
    page.locator("summary", has_text="APA").click()
    expect(page.locator("#cite-apa")).to_be_visible()
    expect(page.locator("#cite-bibtex")).to_be_hidden()
    page.get_by_role("button", name="Copy the link").click()
    holds(page, ADDRESS)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.abstract'))")
    page.keyboard.press("Control+c")
    holds(page, "We bound $\\alpha_i$ by two.")
    page.locator("summary", has_text="As a table").click()
    expect(page.get_by_role("row", name="24 Apr 2026 44")).to_be_visible()
    page.locator("summary", has_text="Who told what").click()
    assert not faults(page, "paper-cited")


def test_a_paper_is_cited_without_scripts(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(ADDRESS)
    expect(page.locator("#cite-bibtex")).to_contain_text("archivePrefix = {arXiv}")
    page.locator("summary", has_text="RIS").click()
    expect(page.locator("#cite-ris")).to_contain_text("TY  - UNPB")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    with page.expect_download() as got:
        page.locator(".files").get_by_role("link", name="BibTeX").click()
    assert got.value.suggested_filename == "2604-00123.bib"
