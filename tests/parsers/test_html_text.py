"""Markup in fields, as a reader sees it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.html_text import inline, plain

FORMULA = (
    "<jats:inline-formula><jats:alternatives><jats:tex-math>$$k_1$$</jats:tex-math>"
    "<mml:math><mml:mi>k</mml:mi><mml:mn>1</mml:mn></mml:math>"
    "</jats:alternatives></jats:inline-formula>"
)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("A &amp; B&nbsp;&eacute;", "A & B é"),
        ("<p>One</p><p>Two<br>three</p>", "One Two three"),
        ("if a < b and c > d, a<b", "if a < b and c > d, a<b"),
        ("of <i>E. coli</i> in H<sub>2</sub>O", "of E. coli in H$_{2}$O"),
        ("10<jats:sup>5</jats:sup>", "10$^{5}$"),
        ("<style>p {}</style>seen<script>if (a<b) {}</script>", "seen"),
        ("&lt;p&gt;Escaped &amp;amp; twice&lt;/p&gt;", "Escaped & twice"),
        (f"a {FORMULA} b", "a $$k_1$$ b"),
        ("a <math><mi>k</mi><mo>=</mo></math> b", "a k= b"),
        ("<tex-math>k_1</tex-math>", "$k_1$"),
        (
            "<tex-math>\\documentclass{x}\\begin{document}$$k$$\\end{document}</tex-math>",
            "$$k$$",
        ),
        ("<tex-math><?CDATA $(8\\pm 2)$?></tex-math><?MML <x>8</x>?> km", "$(8\\pm 2)$ km"),
        ("<a href='x'>linked</a><!-- not seen --> text", "linked text"),
        ("$a<b$ stays", "$a<b$ stays"),
        ("x &#" + "9" * 6_000 + "; y", "x y"),
    ],
)
def test_markup_is_read_as_it_shows(markup: str, text: str) -> None:
    assert inline(markup) == text


def test_blocks_are_parted_by_blank_lines() -> None:
    assert plain("<div><p>One\n\nline</p><p>Two</p></div>").split("\n\n\n\n") == ["One line", "Two"]
    assert plain("Plain\n\ntext") == "Plain\n\ntext"


@pytest.mark.parametrize("value", [None, 7, [], {}])
def test_what_is_no_text_is_empty(value: object) -> None:
    assert plain(value) == ""


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<a", "<!--", "<![CDATA[", "<?", "<math>", "<svg>", "&", "<sup>", "<p>", "&lt;p"),
        *("<tex-math>x", "<jats:inline-formula><math>x</math><tex-math>", "\\begin{document}<p>"),
    ],
)
def test_hostile_markup_takes_no_time(piece: str) -> None:
    started = time.process_time()
    plain(piece * (400_000 // len(piece)))
    assert time.process_time() - started < 4


@given(st.text(st.sampled_from("<>/&;!-[]?pab#x1 \n\0\1") | st.characters()))
def test_nothing_raises(markup: str) -> None:
    assert isinstance(plain(markup), str)
