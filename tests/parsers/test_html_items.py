"""HTML as it comes in mails and lists, read into what a person sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.html_items import BREAK, Piece, items


def told(html: str) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in items(html)]


def test_blocks_are_told_apart() -> None:
    assert told("<h2>A</h2>b<p>c<div>d<br>e</div><ul><li>f<li>g</ul>h") == [
        ("heading", "A"),
        ("text", "b"),
        ("text", "c"),
        ("text", f"d{BREAK}e"),
        ("bullet", "f"),
        ("bullet", "g"),
        ("text", "h"),
    ]


def test_a_bullet_goes_on_below_its_list() -> None:
    above, inner = items("<ul><li><p>a</p><ul><li>b</li></ul><p>c</p></li></ul>")
    assert (above.text, inner.text) == (f"a{BREAK}c", "b")
    assert inner.parent is above


def test_a_link_is_one_piece_whatever_is_inside() -> None:
    (item,) = items(
        "see <b><a class=x href='https://a.example/?b&amp;c'>a <i>b</i>&nbsp;c</a></b>."
    )
    assert item.pieces == [
        Piece("see "),
        Piece("a b\xa0c", "https://a.example/?b&c", bold=True),
        Piece("."),
    ]


def test_rows_know_their_columns() -> None:
    (row,) = items("<table><tr><th>Title<th><b>PDF</b></tr><tr><td>A <p>B</p><td>c</table>")
    assert (row.kind, row.columns) == ("row", ("title", "pdf"))
    assert ["".join(piece.text for piece in cell).split() for cell in row.cells] == [
        ["A", "B"],
        ["c"],
    ]


def test_tables_for_layout_are_blocks() -> None:
    html = "<table><tr><td><h1>A</h1><table><tr><td><p>b</p></td></tr></table></td></tr></table>"
    assert told(html) == [("heading", "A"), ("text", "b")]


def test_what_nobody_sees_is_left_out() -> None:
    html = "<title>t</title><style>s</style>a<!-- b --><script>c < d</script><img src='e' alt='f'>g"
    assert told(html) == [("text", "ag")]


def test_each_item_says_its_line() -> None:
    assert [item.line for item in items('a\n<p>b\n\n<p>c<p data-line="70">d\n<p>e')] == [
        1,
        2,
        4,
        70,
        71,
    ]


def test_text_between_pre_keeps_its_lines() -> None:
    assert told("<pre>a\n  b\n</pre>") == [("text", f"a{BREAK}  b")]


_PIECES = [*"<>'\"x\n\0\ud800", "</", "<a href='", "<li>", "</ul>", "<table>", "<tr>", "<th>",
           "<td>", "<!--", "-->", "<script>", "<pre>", "&#", "<p>", "<h1>", "</h1>"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES)))
def test_any_heap_of_tags_is_read(pieces: list[str]) -> None:
    for item in items("".join(pieces)):
        assert item.text or any(piece.url for piece in item.pieces)


@pytest.mark.parametrize(
    "hostile", ["<", "<a", "<!--", "<script>", "<li>", "<ul><li>", "<table><tr><td>", '<a b="']
)
def test_nesting_without_end_takes_no_time_without_end(hostile: str) -> None:
    assert items("a" + hostile * 50_000)
