"""Questions that nobody means well with; `python -m benchmarks.hostile PAPERS` asks each.

That prints milliseconds by question, page and API apart, as JSON. The papers are those of
`benchmarks.crowd`; the database and the web process are its own.
"""

import json
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

_STOPPING = "the of and a to in is it that "
_FIELDS = "-author:x -tag:y -title:z -has:code -year:2024 -id:2404.01234"

QUESTIONS = [
    # quotation marks and parentheses that close nothing, or too much
    '"', "'", "''", "“", '"" ""', '"a', 'a"', '"a" "', "(", ")", "()", "((", ")(", "(a", "a)",
    "(" * 300, "(" * 10 + "a" + ")" * 10, "(" * 11 + "a" + ")" * 11, '"' * 300, '"((" (', "(a" * 9,
    "-(" * 9 + "a" + ")" * 9, "(a OR " * 9 + "b" + ")" * 9, '"' + "a " * 1_200 + '"',
    # signs of the grammar where they have no sense
    "-", "--", "- -", "-()", "-(", "- - - (a)", "-" * 300, "NOT", "NOT NOT", "NOT " * 300 + "a",
    "OR", "OR OR", "AND", "a AND", "AND a", "a OR", "OR a", "a OR OR b", "a b OR", "(a OR)",
    "(OR a)", ":", "::", "a:b", "a:", ":a",
    # fields with no value, or one that is none
    "author:", "author:-", 'author:"', 'author:""', "author:🔥", "author:%", "author:'",
    "author:(a)",
    "title:", "title:the", "title:()", 'title:"(("', "tag:", "tag:-", "tag:a--b", "tag:é",
    "tag:../..", "year:", "year:0", "year:99999", "year:..", "year:2025..2024", "year:٢٠٢٤", "id:",
    "id:x", "id:((", "id:'; DROP TABLE", "has:", "has:everything", "similar:", "similar:none",
    _FIELDS, "tag:a " * 20, "tag:a " * 21, f"author:{'x' * 2_000}",
    # words that are in no index, or hardly any
    "the", "-the", "the of and", "a the -of", _STOPPING * 80, f'"{_STOPPING * 9}"', "xyzzyqux",
    # far too much
    "a" * 300, "a" * 2_500, "a" * 2_501, "a" * 10_000, "a " * 150, "model " * 400, "ab " * 401,
    "a OR " * 399 + "b", "a OR " * 5_000 + "b", "(a OR b) " * 150, "we -model " * 150,
    " ".join(f"word{number}" for number in range(250)), " ".join(f'"t{n} x"' for n in range(200)),
    # what other engines take for commands
    "*", "a*", "*a*", "?", "a?b", "a~2", "a^10", "+a", "[a TO b]", "{a TO b}", "a && b", "a || b",
    "a & b", "a | b", "!a", "a <-> b", "a:*", "/a.*b/", "a?" * 50 + "a" * 50, "%", "%%", "_", "\\",
    "\\'", "'; --", "NULL", "$1", "%s", "{{ 7|add:7 }}", "${7*7}", "<script>alert(1)</script>",
    "javascript:alert(1)", "../../etc/passwd", "https://[", "https://arxiv.org/abs/", "10.1/x",
    "doi:", "٢٤٠٤.٠١٢٣٤",
    # characters
    "a\0b", "\0", "\0" * 300, "\x1b[2J", "a\tb\nc", "\ud800", "\ufffe", "\u200b", "\ufeff",
    "\u202eabc", "\u202e\u2066a\u2069" * 99, "שלום עולם", "مرحبا -بالعالم", "ﷺ" * 500, "🔥",
    "🔥 OR 🧊", '"🔥 🧊"', "\U0001f469\u200d\U0001f467" * 99, "é́́́", "a" + "\u0301" * 2_000,
    "Z̷a̷l̷g̷o̷ " * 60, "ﬁ", "ß" * 100, "İ" * 500, "ı",
    "＂a＂", "注意力机制", "注" * 2_500, "ᄀ" * 999, "\U000e0041" * 99, "१२३", "ǆ" * 300,
]  # fmt: skip

PLACES = {"page": "/?sort=relevance&q=", "API": "/api/v1/papers?sort=relevance&q="}
Times = dict[str, list[tuple[float, str]]]


def asked(text: str) -> str:
    """The question as it stands in an address."""
    return quote(text.encode("utf-8", "surrogatepass"))


def main() -> None:
    from benchmarks.crowd import crowd, vectors  # noqa: PLC0415 (tests ask for the list alone)
    from drills import database  # noqa: PLC0415
    from drills.served import served  # noqa: PLC0415

    database.begin()
    crowd(int(sys.argv[1]))
    vectors()
    from feeds.search import indexing  # noqa: PLC0415 (needs the settings)

    with indexing.alone():
        indexing.build()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder) / "web.log", EMBEDDER="minilm") as site,
    ):
        found = _ask_all(site)
    sys.stdout.write(json.dumps(found) + "\n")


def _ask_all(site: str) -> Times:
    """Each once, after a few that are meant well: what is kept from them is no matter here."""
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    for words in ("sparse attention", "atention", "graph -model"):
        for path in PLACES.values():
            _took(connection, path + asked(words), {200})
    return {
        place: [
            (_took(connection, path + asked(text), {200, 302, 400}), text) for text in QUESTIONS
        ]
        for place, path in PLACES.items()
    }


def _took(connection: HTTPConnection, path: str, allowed: set[int]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    took = (time.perf_counter() - begun) * 1000
    if answer.status not in allowed:
        raise SystemExit(f"{path[:200]} was answered by {answer.status}")
    return took


if __name__ == "__main__":
    main()
