"""No text, however it is written, becomes more than words and maths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.tex import paragraphs_html, to_html, to_text
from tests.tex.markup import Elements, is_harmless

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(1)>"
PAYLOADS = [
    SCRIPT,
    IMAGE,
    "<svg onload=alert(1)>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "</p></math><script>alert(1)</script>",
    "<math><mtext></mtext><script>alert(1)</script></math>",
    "<math><maction actiontype='statusline#http://x'>x</maction></math>",
    "<math href='javascript:alert(1)'>x</math>",
    "<a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>@import 'x'</style>",
    "<form><button formaction=javascript:alert(1)>",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\ufeff<script>alert(1)</script>",
    r"\href{javascript:alert(1)}{x}",
    r"\href{data:text/html,<script>alert(1)</script>}{x}",
    r"\url{javascript:alert(1)}",
    rf"\url{{{SCRIPT}}}",
    rf"\emph{{{SCRIPT}}}",
    rf"\text{{{IMAGE}}}",
    rf"\footnote{{{IMAGE}}}",
    rf"\cite{{{IMAGE}}}",
    rf"\ding{{{IMAGE}}}",
    rf"\SI{{5}}{{{IMAGE}}}",
]
FORMULAS = [
    "{}",
    r"\text{{{}}}",
    r"\mathrm{{{}}}",
    r"x_{{{}}}",
    r"\href{{javascript:alert(1)}}{{{}}}",
    r"\operatorname{{{}}}",
    r"\color{{{}}}x",
    r"\class{{{}}}{{x}}",
    r"\style{{{}}}{{x}}",
    r"\begin{{array}}{{{}}}x\end{{array}}",
    r"\unicode{{{}}}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_an_element(payload: str) -> None:
    for wrapped in (payload, f"${payload}$", f"$${payload}$$", f"\\({payload}\\)", f"`{payload}'"):
        assert is_harmless(to_html(wrapped)), wrapped
        assert is_harmless(paragraphs_html(f"{wrapped}\n\n{wrapped}")), wrapped


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("payload", [SCRIPT, IMAGE, '" onmouseover="alert(1)', "</mtext><p>"])
def test_no_payload_breaks_out_of_a_formula(formula: str, payload: str) -> None:
    assert is_harmless(to_html(f"a ${formula.format(payload)}$ b"))


tex = st.text(
    st.sampled_from(list("abXY01 \n$${}\\^_<>&\"'`~-%#()[]é\u202e\x00"))
    | st.characters(exclude_categories=["Cs"])
) | st.lists(
    st.sampled_from(
        [r"\frac", r"\text{", r"\emph{", "{", "}", "$", r"\'", r"\alpha", "x", "^", "_", "<b>", " "]
    ),
    max_size=60,
).map("".join)


@given(tex)
def test_anything_becomes_harmless_markup_and_clean_text(text: str) -> None:
    assert is_harmless(to_html(text))
    assert is_harmless(paragraphs_html(text))
    shown = to_text(text)
    assert not any(ord(sign) < 32 or 0x202A <= ord(sign) <= 0x202E for sign in shown)


@given(st.text(st.characters(categories=["L", "N", "Zs"], max_codepoint=0x2FF)))
def test_words_alone_are_shown_as_they_are(text: str) -> None:
    assert Elements(to_html(text)).text == to_text(text)


@pytest.mark.parametrize(
    "hostile",
    [
        "$" * 49_000,
        "{" * 49_000,
        "\\" * 49_000,
        "`" * 49_000,
        r"\textbf{" * 6_000,
        "$x$ " * 12_000,
        "$" + "{" * 4_900 + "$",
        "$" + r"\frac{" * 800 + "1$",
        r"\'{e}" * 9_000,
        "e" + "\u0301" * 48_000,
        "x" * 10_000_000,
    ],
)
def test_hostile_texts_are_read_without_recursion_or_loss_of_time(hostile: str) -> None:
    assert is_harmless(to_html(hostile))
    assert isinstance(to_text(hostile), str)
