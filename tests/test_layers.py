"""Imports run one way: a module may know those below it, never those above."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PURE = (
    "feeds.records",
    "feeds.registry",
    "feeds.identify",
    "feeds.dates",
    "feeds.tex",
    "feeds.grammar",
)

# What words are put into the reader's language with, which every part may.
SAYING = ("django.utils.translation", "feeds.said_numbers", "feeds.said_once")

# Each part of feeds/, and the parts of the project that it must not know.
OUTPUTS = (
    "feeds.web",
    "feeds.api",
    "feeds.syndication",
    "feeds.exports",
    "feeds.mcp",
    "feeds.cards",
    "feeds.management",
    "feeds.tasks",
)
STAGES = (
    "feeds.ingest",
    "feeds.writing",
    "feeds.numbers",
    "feeds.reported",
    "feeds.tagging",
    "feeds.merging",
    "feeds.resolve",
)
FORBIDDEN = {
    "feeds": ("accounts",),
    "feeds.records": ("feeds", "django"),
    "feeds.query": ("feeds", "django"),
    "feeds.grammar": ("feeds", "django"),
    "feeds.models": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.parsers", "feeds.taggers"),
    "feeds.layout": ("feeds", "django"),
    "feeds.weighing": ("feeds", "django"),
    "feeds.embedders": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.models"),
    "feeds.embedding": (*OUTPUTS, *STAGES, "feeds.reading"),
    "feeds.similar": (*OUTPUTS, *STAGES, "feeds.reading"),
    "feeds.changes": ("feeds",),
    "feeds.search": (*OUTPUTS, *STAGES, "feeds.reading"),
    "feeds.for_you": (*OUTPUTS, *STAGES, "feeds.reading"),
    "feeds.taggers": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.models"),
    "feeds.reading": (*OUTPUTS, *STAGES, "feeds.parsers", "feeds.taggers"),
    "feeds.replay": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.models", "feeds.parsers", "django"),
    "feeds.sources": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.models", "feeds.fetching"),
    "feeds.fetching": (*OUTPUTS, "feeds.reading"),
    "feeds.ingest": (*OUTPUTS, "feeds.reading"),
    "feeds.recording": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.parsers"),
    "feeds.desk": OUTPUTS,
    "feeds.instance": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.models"),
    "feeds.exported": (*OUTPUTS, *STAGES, "feeds.reading"),
    "feeds.acts": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.desk"),
    "feeds.placing": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.desk"),
    "feeds.correcting": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.desk"),
    "feeds.asked": (*OUTPUTS, *STAGES, "feeds.models"),
    "feeds.answers": (*OUTPUTS, *STAGES, "feeds.models"),
    "feeds.wording": (*OUTPUTS, *STAGES, "feeds.reading", "django"),
    "feeds.vitals": (*OUTPUTS, *STAGES, "feeds.reading"),
    "feeds.web": ("feeds.models", *STAGES, "django.db.models"),
    "feeds.api": ("feeds.models", *STAGES, "django.db.models", "feeds.web"),
    "feeds.syndication": ("feeds.models", *STAGES, "django.db", "feeds.web", "feeds.api"),
    "feeds.exports": ("feeds.models", *STAGES, "django.db", "feeds.web", "feeds.api"),
    "feeds.mcp": ("feeds.models", *STAGES, "django.db.models", "feeds.web", "feeds.api"),
    "feeds.cards": (*OUTPUTS, *STAGES, "feeds.reading", "feeds.models", "django.db"),
}
ALLOWED = {"feeds.query": ("feeds.grammar",), "feeds.grammar": ("feeds.identify",)}
ONLY_PURE = ("feeds.parsers", "feeds.rankers")
NO_SIDE_EFFECTS = {
    "django",
    "socket",
    "urllib.request",
    "httpx",
    "requests",
    "time",
    "random",
    "os",
}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules() -> dict[str, Path]:
    packages = [ROOT / "feeds", ROOT / "accounts", ROOT / "config"]
    paths = [path for package in packages for path in package.rglob("*.py")]
    return {module_name(path): path for path in paths}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("part", sorted(FORBIDDEN))
def test_no_arrow_runs_back(part: str) -> None:
    known = (part, *SAYING, *ALLOWED.get(part, ()))
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules().items()
        if within(name, (part,))
        for imported in imports(path)
        if within(imported, FORBIDDEN[part]) and not within(imported, known)
    ]
    assert not wrong


@pytest.mark.parametrize("part", ONLY_PURE)
def test_parsers_and_rankers_see_records_only(part: str) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules().items()
        if within(name, (part,))
        for imported in imports(path)
        if not within(imported, SAYING)
        and (
            (within(imported, ("feeds",)) and not within(imported, (*PURE, part)))
            or within(imported, tuple(NO_SIDE_EFFECTS))
        )
    ]
    assert not wrong


def test_the_parts_that_the_rules_name_exist() -> None:
    known = modules()
    named = {part for part in (*FORBIDDEN, *ONLY_PURE, *PURE) if part != "feeds.tasks"}
    assert named <= set(known)
