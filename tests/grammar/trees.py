"""Questions in words, made up at random: any tree that the grammar can read."""

from hypothesis import strategies as st

from feeds.grammar import Field, Node, Phrase, Word
from feeds.grammar.fields import FIELDS
from feeds.grammar.tree import QUOTES, all_of, either_of, no

_signs = st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))
_texts = st.text(_signs, min_size=1, max_size=12)


def _is_word(text: str) -> bool:
    if set(text) & set("()" + QUOTES) or text in ("OR", "AND", "NOT") or text.startswith("-"):
        return False
    name, colon, _ = text.partition(":")
    return not (colon and name.lower() in FIELDS) and not any(sign.isspace() for sign in text)


def _is_phrase(text: str) -> bool:
    return not set(text) & set(QUOTES) and " ".join(text.split()) == text


_years = st.integers(1900, 2099)
words = _texts.filter(_is_word).map(Word)
phrases = st.lists(_texts, min_size=1, max_size=3).map(" ".join).filter(_is_phrase).map(Phrase)
names = st.from_regex(r"[A-Za-zé]{1,8}( [A-Z][a-z]{1,8})?", fullmatch=True)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
fields = (
    st.builds(Field, st.sampled_from(["author", "title"]), names)
    | st.builds(Field, st.just("tag"), slugs)
    | _years.map(lambda year: Field("year", str(year)))
    | _years.map(lambda year: Field("year", f"{year}.."))
    | st.sampled_from(["2404.01234", "hep-th/9901001", "10.1016/s0140-6736(20)30183-5"]).map(
        lambda name: Field("id", name)
    )
    | st.just(Field("similar", "10.1016/s0140-6736(20)30183-5"))
    | st.just(Field("has", "code"))
)
trees: st.SearchStrategy[Node] = st.recursive(
    words | phrases | fields,
    lambda parts: (
        st.lists(parts, min_size=2, max_size=3).map(all_of)
        | st.lists(parts, min_size=2, max_size=3).map(either_of)
        | parts.map(no)
    ),
    max_leaves=12,
)
