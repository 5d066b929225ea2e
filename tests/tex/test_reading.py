r"""TeX in titles and abstracts is shown as a reader expects it."""

import pytest

from feeds.tex import paragraphs_html, to_html, to_text
from tests.tex.markup import Elements


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"PixArt-$\alpha$: Fast", "PixArt-α: Fast"),
        (r"{\em glassiness} of things", "glassiness of things"),
        (r"80\% of it", "80% of it"),
        (r"$\frac{1}{2}-\epsilon$ bound", "1/2 − ε bound"),
        (r"$k$-means, Erd\H{o}s and \'{e}t\'e", "k-means, Erdős and été"),
        (r"O($n^2$), $x_i^2 \leq \sqrt{n}$", "O(n²), xᵢ² ≤ √n"),
        (r"10$\times$ faster", "10× faster"),
        (r"G\"odel, \v{S}koda, \O rsted, \ss", "Gödel, Škoda, Ørsted, ß"),
        (r"a \textbf{bold} and \emph{soft} \texttt{word}", "a bold and soft word"),
        ("``quoted'' --- so", "“quoted” — so"),
        (r"see \url{https://example.org/a_b}", "see https://example.org/a_b"),
        (r"\href{https://example.org}{here}", "here"),
        (r"100~ms, Fig.~2", "100 ms, Fig. 2"),
        (r"$$E=mc^2$$", "E = mc²"),
        (r"\(a+b\) and \[c\]", "a + b and c"),
    ],
)
def test_tex_reads_as_plain_text(tex: str, text: str) -> None:
    assert to_text(tex) == text


@pytest.mark.parametrize(
    "plain",
    [
        "costs $5 and $10 in all",
        "from US$3 to US$5 a month",
        r"a_b and C:\temp\new & 5% #1",
        "snake_case, kebab-case, 2^10",
        "if x < y and y > z",
        "**bold** and [a link](x) in Markdown",
        "C# and F#, {braces} and (parentheses)",
        "",
    ],
)
def test_what_is_no_tex_stays_as_it_is(plain: str) -> None:
    assert to_text(plain) == plain
    assert Elements(to_html(plain)).text == plain
    assert Elements(to_html(plain)).names == set()


def test_a_formula_is_mathml_with_its_tex_beside_it() -> None:
    read = Elements(to_html(r"A $\frac{1}{2}-\epsilon$ bound"))
    assert {"math", "mfrac", "mn", "mo", "mi"} <= read.names
    assert read.attributes["alttext"] == {r"\frac{1}{2}-\epsilon"}
    assert read.text == "A 12−ϵ bound"


def test_a_formula_that_nobody_knows_is_shown_as_it_was_typed() -> None:
    assert to_html(r"$\nonsensecommand{x}$ stays") == r"<code>\nonsensecommand{x}</code> stays"
    assert to_text(r"$\nonsensecommand{x}$ stays") == r"\nonsensecommand{x} stays"


def test_styles_are_marked() -> None:
    assert to_html(r"{\em soft} \textbf{bold} \texttt{typed}") == (
        "<em>soft</em> <strong>bold</strong> <code>typed</code>"
    )


def test_blank_lines_part_the_paragraphs_of_an_abstract() -> None:
    assert paragraphs_html("One\nline.\n\nAnother $x$.") == (
        '<p>One line.</p><p>Another <math alttext="x"><mi>x</mi></math>.</p>'
    )
    assert paragraphs_html("") == ""


def test_signs_that_nobody_sees_are_taken_out() -> None:
    assert to_text("a\u202eb\u200bc\x00d\ud800e\ufeff") == "abcde"
