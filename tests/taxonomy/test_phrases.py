"""The one pass over a flat text sees what reading it word by word would see."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from feeds.taxonomy import topics
from feeds.taxonomy.flat import flat
from feeds.taxonomy.phrases import Phrases, Shape
from feeds.taxonomy.words import Text, shapes, split

PHRASES = {
    "nets": ("neural network", "NN"),
    "graph-nets": ("graph neural network", "GNN"),
    "tuning": ("fine-tuning", "prompt fine-tuning"),
    "rags": ("rag",),
    "retrieval": ("RAG", "RAG network"),
    "vae": ("\u03b2-VAE",),
    "many-letters": ("\u0436 network", "\u0444"),
}
SHAPES = [
    Shape(shape, topic)
    for topic, phrases in PHRASES.items()
    for phrase in phrases
    for shape in sorted(shapes(phrase))
]
CUES = ("no", "without")
SEEN = Phrases(SHAPES, CUES)
WORDS = sorted({word for shape in SHAPES for word in shape.words} | {"Rag", "NEURAL", "deep", "no"})
GAPS = [
    " ",
    " ",
    "-",
    "\n",
    " -",
    "- ",
    "--",
    " - ",
    ". ",
    ".",
    ", ",
    "(",
    " (",
    "$",
    "' ",
    "\u00ad",
]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS))).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


def fits(shape: Shape, text: Text, start: int) -> bool:
    """Whether the words stand there as written or, being no acronyms, in any case."""
    written = text.words[start : start + len(shape.words)]
    folded = text.folded[start : start + len(shape.words)]
    return len(written) == len(shape.words) and all(
        one in pair for one, *pair in zip(shape.words, written, folded, strict=True)
    )


def word_by_word(source: str) -> Iterator[tuple[str, str]]:
    """The longest phrase from each word, and its topic, by the rule as it is meant."""
    text = split(source)
    for start in range(len(text.words)):
        fitting = [
            shape
            for shape in SHAPES
            if fits(shape, text, start)
            and all(text.joined(start + index) for index in range(len(shape.words) - 1))
        ]
        if fitting:
            # The most words, and of their ways the one with acronyms further ahead.
            best = min(fitting, key=lambda shape: (-len(shape.words), shape.plain_words()))
            yield text.phrase(start, start + len(best.words)), best.topic


@given(TEXTS)
def test_one_pass_sees_what_a_reader_word_by_word_sees(source: str) -> None:
    text = flat(source)
    seen = [(text.phrase(start, end), topic) for start, end, topic in SEEN.see(text).phrases]
    assert seen == list(word_by_word(source))


@given(TEXTS)
def test_cues_are_seen_wherever_they_stand(source: str) -> None:
    text = flat(source)
    cues = [text.folded[:end].rpartition(" ")[2].rpartition("|")[2] for end in SEEN.see(text).cues]
    assert cues == [word for word in text.words() if word in CUES]


def test_the_first_of_two_topics_keeps_a_phrase() -> None:
    twice = Phrases([Shape(("neural", "network"), "first"), Shape(("neural", "network"), "second")])
    assert twice.see(flat("a neural network")).phrases == [(2, 16, "first")]


def test_a_phrase_of_foreign_letters_is_not_taken_for_another() -> None:
    text = flat("\u0436 network \u0444 \u0449")
    assert [topic for *_, topic in SEEN.see(text).phrases] == ["many-letters", "many-letters"]


def test_the_taxonomy_knows_each_of_its_shapes_alone() -> None:
    listed = [
        Shape(shape, topic.id)
        for topic in topics()
        for phrase in topic.phrases
        for shape in sorted(shapes(phrase))
    ]
    seen = Phrases(listed)
    for shape in listed:
        text = flat(" ".join(shape.words))
        ((start, end, topic), *_) = seen.see(text).phrases
        assert (start, end, topic) == (0, len(text.folded), shape.topic)
