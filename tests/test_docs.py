"""The documents keep up with the code."""

import re
from pathlib import Path

import pytest

from feeds.query import TERMS

ROOT = Path(__file__).resolve().parent.parent
READ_IN = ("settings.py", "environment.py", "mail.py")


def test_every_setting_is_documented() -> None:
    code = "".join((ROOT / "config" / name).read_text() for name in READ_IN)
    readers = r"env\.\w+|number|switch|url|timezone|address(?:es)?|one_of|places?"
    read = set(re.findall(rf'(?:{readers})\(\s*"([A-Z_]+)"', code))
    told = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operating.md").read_text(), re.MULTILINE)
    )
    assert read - {"BROADSHEET_EMBEDDED"} == told


def test_every_term_of_the_query_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [term for term in TERMS if f"`{term}=" not in readme] == []


def test_every_command_is_in_the_documents() -> None:
    texts = "".join(path.read_text() for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")])
    texts += (ROOT / "sample" / "README.md").read_text()
    commands = [path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py")]
    assert [name for name in commands if f"manage.py {name}" not in texts] == []


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/operating.md"]
)
def test_every_link_leads_somewhere(document: str) -> None:
    path = ROOT / document
    targets = re.findall(r"\]\(([^)#:]+)\)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []
