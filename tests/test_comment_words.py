"""A comment's Markdown becomes markup that cannot do anything but be read."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.comment_words import LONGEST, MOST_FORMULAS, prepare
from feeds.tex.mathml import ATTRIBUTES, TAGS

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<details open ontoggle=alert(1)>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<object data=javascript:alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61;vascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](<javascript:alert(1)>)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '[x](http://e.example/" onmouseover="alert(1))',
    "[x](http://e.example/ '\" onmouseover=alert(1) x=\"')",
    "![x](javascript:alert(1))",
    '![x](x "onerror=alert(1)")',
    '![x" onerror="alert(1)](http://e.example/x.png)',
    'http://e.example/"onmouseover="alert(1)',
    "http://e.example/<script>alert(1)</script>",
    "javascript:alert(1)",
    "```<script>\nalert(1)\n```",
    '```" onload="alert(1)\nx\n```',
    "`<script>alert(1)</script>`",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{</mtext></math><script>alert(1)</script>}$",
    "$<img src=x onerror=alert(1)>$",
    "$$\\style{x}{<script>alert(1)</script>}$$",
    "@<script>alert(1)</script>",
    '@ada" onmouseover="alert(1)',
    "\u202e<script>alert(1)</script>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7|add:7 }}{% debug %}",
]
ELEMENTS = set("p br em strong s code pre blockquote ul ol li a sub sup".split()) | TAGS
VALUES = {name for names in ATTRIBUTES.values() for name in names} | {"href", "rel", "start"}


class Looked(HTMLParser):
    """The elements and attributes that a browser would see; closed in order, or it fails."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        self.words += data

    def handle_comment(self, data) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def everybody(slugs):
    return set(slugs)


def nobody(_):
    return set()


def looked(text: str) -> Looked:
    return Looked(prepare(text, everybody).html)


def is_harmless(text: str) -> None:
    for tag, attributes in looked(text).seen:
        assert tag in ELEMENTS
        assert set(attributes) <= VALUES
        if tag == "a" and "href" in attributes:
            assert urlsplit(attributes["href"]).scheme in ("", "http", "https")
            assert attributes["rel"] == "nofollow ugc noopener"
        else:
            assert "href" not in attributes


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "> {}", "- **{}**", "[{}](http://e.example)"])
def test_hostile_words_stay_words(text, around) -> None:
    is_harmless(around.format(text) if "{{" not in text else text)


@given(st.text(alphabet="<>\"'`$[]()!*_~\\/:=&#;@ \n\tahrefjvscipt1.", max_size=200))
def test_no_text_does_harm(text) -> None:
    is_harmless(text)


@given(st.lists(st.sampled_from([*HOSTILE, "*", "`", "[", "](", ")", "$", "\n", "> "]), max_size=6))
def test_no_mixture_of_hostile_words_does_harm(parts) -> None:
    is_harmless("".join(parts))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("# no heading", "<p># no heading</p>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("a_b_c 2*3*4", "<p>a_b_c 2<em>3</em>4</p>"),
        ("costs $5 and $6", "<p>costs $5 and $6</p>"),
        ("<b>typed</b>", "<p>&lt;b&gt;typed&lt;/b&gt;</p>"),
    ],
)
def test_markdown_is_set(text, html) -> None:
    assert prepare(text, nobody).html == html


def test_formulas_are_set_as_in_papers_and_not_read_as_markdown() -> None:
    html = prepare("so $a_1*b_2*c$ holds", nobody).html
    assert '<math alttext="a_1*b_2*c">' in html
    assert "<em>" not in html


def test_only_so_many_formulas_are_set() -> None:
    html = prepare("$x$ " * (MOST_FORMULAS + 5), nobody).html
    assert html.count("<math") == MOST_FORMULAS
    assert html.count("$x$") == 5


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("see https://e.example/a_b.", "https://e.example/a_b"),
        ("(https://e.example/a_(b))", "https://e.example/a_(b)"),
        ("**https://e.example/**", "https://e.example/"),
        ("[x](https://e.example/?a=1&b=2)", "https://e.example/?a=1&b=2"),
        ("<https://e.example/>", "https://e.example/"),
        ("[](https://e.example/)", "https://e.example/"),
    ],
)
def test_links_lead_out_and_are_counted(text, href) -> None:
    found = prepare(text, nobody)
    links = [attributes for tag, attributes in Looked(found.html).seen if tag == "a"]
    assert [one["href"] for one in links] == [href]
    assert found.links == 1


def test_a_link_without_words_shows_where_it_leads() -> None:
    assert looked("[ ](https://e.example/x)").words.strip() == "https://e.example/x"


def test_a_mention_leads_to_a_reader_of_that_name_and_counts_as_no_link() -> None:
    found = prepare("@Ada-One, @nobody, `@ada-one` and me@ada-one.org", lambda _: {"ada-one"})
    assert found.html.count("<a ") == 1
    assert '<a href="/comments/by/ada-one" rel="nofollow ugc noopener">@Ada-One</a>' in found.html
    assert found.links == 0


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "> ", "- "])
def test_what_says_nothing_is_known_as_such(text) -> None:
    assert not prepare(text, nobody).says_something


def test_what_is_kept_is_what_was_typed() -> None:
    assert prepare("  *a*\r\nb\u202e ", nobody).text == "*a*\nb"


@pytest.mark.parametrize("part", ["[", "*a ", "$x", "> ", "a](b ", "![[", "<a", "**a"])
def test_the_longest_comment_of_odd_signs_is_read(part) -> None:
    text = (part * LONGEST)[:LONGEST]
    assert prepare(text, nobody).says_something is (part != "> ")


@pytest.mark.parametrize("href", ["x", "//evil.example/", "mailto:a@b.example", "?x=1"])
def test_other_links_lead_nowhere(href) -> None:
    assert all("href" not in attributes for _, attributes in looked(f"[x]({href})").seen)
