"""Topics found in texts: the longest phrase, in any inflection, and only where it is affirmed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.taxonomy import Matcher, Topic, topics
from feeds.taxonomy.match import confidence

MATCHER = Matcher(topics())
SMALL = Matcher(
    [
        Topic("nets", "neural network", "topic", ("NN",)),
        Topic("graph-nets", "graph neural network", "topic", ("GNN",)),
        Topic("tuning", "fine-tuning", "method"),
        Topic("segment-anything", "segment anything", "method", ("segment anything model", "SAM")),
        Topic("modelling", "language modelling", "task"),
        Topic("hallucination", "hallucination", "topic"),
        Topic("attention", "sparse attention", "method"),
        Topic("recognition", "speech recognition", "task"),
        Topic("evaluation", "model evaluation", "topic", passing=("new benchmark",)),
    ]
)


def found(title: str, abstract: str = "") -> list[str]:
    return [match.topic_id for match in SMALL.find(title, abstract, least=0.0)]


def test_the_longest_phrase_wins() -> None:
    assert found("A graph neural network") == ["graph-nets"]
    assert found("A neural network for graphs") == ["nets"]


def test_what_stands_apart_is_no_phrase() -> None:
    assert found("A sparse, attention") == []
    assert found("It is sparse. Attention follows") == []
    assert found("sparsely attention") == []


@pytest.mark.parametrize(
    "text",
    ["neural networks", "Neural Network", "NEURAL network", "neural-network", "neural\nnetworks"],
)
def test_number_case_and_breaks_make_no_difference(text: str) -> None:
    assert found(f"On {text} today") == ["nets"]


@pytest.mark.parametrize(
    "text",
    [
        "fine-tuning",
        "fine tuning",
        "finetuning",
        "Fine\u2011Tuning",
        "fine-tuned",
        "finetuned",
        "fine-tune",
        "fine-\ntuning",
    ],
)
def test_hyphens_open_and_close(text: str) -> None:
    assert found(f"We look at {text} here") == ["tuning"]


@pytest.mark.parametrize("text", ["language modelling", "language modeling"])
def test_both_spellings_are_one(text: str) -> None:
    assert found(text) == ["modelling"]


def test_accents_ligatures_and_soft_hyphens_do_not_hide_a_phrase() -> None:
    assert found("\ufb01ne-tuning") == ["tuning"]
    assert found("neu\u00adral net\u00adworks") == ["nets"]


def test_an_acronym_is_matched_as_written() -> None:
    assert found("Using SAM well") == ["segment-anything"]
    assert found("Ask Sam and sam") == []
    assert found("Many GNNs") == ["graph-nets"]


def test_a_title_in_capitals_holds_no_acronyms() -> None:
    assert found("ASK SAM ABOUT A NEURAL NETWORK") == ["nets"]


def test_an_acronym_that_the_text_defines_otherwise_is_another() -> None:
    abstract = "We add a Spatial Attention Module (SAM). Our SAM is small, and SAM is fast."
    assert found("Small and fast", abstract) == []
    assert found("SAM (Spatial Attention Module) is small") == []


def test_an_acronym_defined_as_its_topic_is_the_topic() -> None:
    assert found("The Segment Anything Model (SAM)", "SAM is good.") == ["segment-anything"]


@pytest.mark.parametrize(
    "text",
    [
        "It works without fine-tuning.",
        "It works without any additional fine-tuning.",
        "It works without the need for fine-tuning.",
        "It needs no fine-tuning.",
        "It does not require fine-tuning.",
        "It doesn't need fine-tuning.",
        "A fine-tuning-free method.",
        "Prompts instead of fine-tuning.",
        "Fine-tuning is not needed.",
        "It eliminates the need for fine-tuning.",
        "It relies on neither fine-tuning nor luck.",
        "It is non-fine-tuning.",
    ],
)
def test_a_denied_topic_is_none(text: str) -> None:
    assert "tuning" not in found(text)
    assert "tuning" not in found("A title", text)


@pytest.mark.parametrize(
    "text",
    [
        "Without labels, fine-tuning is hard.",
        "Without labels for fine-tuning.",
        "Not only fine-tuning helps.",
        "There is no doubt. Fine-tuning helps.",
        "Fine-tuning is needed.",
    ],
)
def test_a_denial_of_something_else_leaves_the_topic(text: str) -> None:
    assert found(text) == ["tuning"]


def test_a_denied_trouble_is_still_the_subject() -> None:
    assert found("Answers without hallucinations") == ["hallucination"]


def test_a_mention_in_the_title_is_surer_than_one_in_the_abstract() -> None:
    titled, told = SMALL.find("Speech recognition", "Sparse attention.")
    assert (titled.topic_id, titled.where, titled.confidence) == ("recognition", "title", 0.7)
    assert (told.topic_id, told.where) == ("attention", "abstract")
    assert told.confidence < titled.confidence


def test_a_phrase_said_in_passing_counts_in_a_title_and_where_it_is_said_again() -> None:
    def topics_of(title: str, abstract: str) -> list[str]:
        return [match.topic_id for match in SMALL.find(title, abstract)]

    assert topics_of("", "It wins on a new benchmark.") == []
    assert topics_of("", "A new benchmark. This new benchmark is hard.") == ["evaluation"]
    assert topics_of("", "A new benchmark for model evaluation.") == ["evaluation"]
    assert topics_of("A new benchmark", "") == ["evaluation"]


def test_a_phrase_with_its_acronym_is_one_mention() -> None:
    (match,) = SMALL.find("", "A graph neural network (GNN) it is.")
    assert (match.count, match.phrase) == (1, "graph neural network")


def test_the_phrase_is_given_as_it_stands() -> None:
    (match,) = SMALL.find("On Graph\nNeural-Networks", "")
    assert match.phrase == "Graph\nNeural-Networks"


def test_more_mentions_make_surer_but_never_certain() -> None:
    values = [confidence(in_title, n) for in_title in (False, True) for n in range(1, 8)]
    assert values == sorted(values)
    assert all(0 < value < 1 for value in values)


def test_the_limit_keeps_the_surest() -> None:
    both = SMALL.find("Neural networks", "Sparse attention.", least=0.0)
    assert SMALL.find("Neural networks", "Sparse attention.", limit=1, least=0.0) == both[:1]


@pytest.mark.parametrize(
    ("keyword", "topic"),
    [
        ("gnn", "graph-nets"),
        ("Graph Neural Networks (GNNs)", "graph-nets"),
        ("large graph neural network", None),
        ("", None),
        ("()", None),
    ],
)
def test_a_keyword_names_a_topic_as_a_whole(keyword: str, topic: str | None) -> None:
    assert SMALL.named(keyword) == topic


def test_every_phrase_of_the_taxonomy_finds_its_topic() -> None:
    for topic in topics():
        for phrase in topic.phrases:
            title = f"We study {phrase} today"
            assert topic.id in {match.topic_id for match in MATCHER.find(title, "")}, phrase


SEEDS = ["fine-tuning", "without ", "no ", "(", ")", "SAM", "\u0301", "\ufb01ne", "-", "\n", "$"]


@given(st.text(), st.lists(st.one_of(st.text(max_size=9), st.sampled_from(SEEDS))).map("".join))
def test_any_text_is_read(title: str, abstract: str) -> None:
    for match in MATCHER.find(title, abstract):
        assert match.phrase in (title if match.where == "title" else abstract)
        assert 0 < match.confidence < 1
        assert match.count >= 1


@given(st.text())
def test_any_keyword_is_read(keyword: str) -> None:
    assert MATCHER.named(keyword) is None or keyword.strip()


@pytest.mark.parametrize(
    "piece",
    [
        "diffusion model ",
        "diffusion model. ",
        "without ",
        "without diffusion models ",
        "no need for ",
        "SAM (",
        "(",
        "a-",
        "- ",
        "$",
        "\n",
        "\u0301",
        "a\u00ad",
        "large language ",
        "spatial attention module (SAM) ",
    ],
)
def test_hostile_repetition_costs_no_more_than_its_length(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        begun = time.process_time()
        MATCHER.find(text[:1000], text)
        return time.process_time() - begun

    assert cost(1_000_000) < max(40 * cost(100_000), 4.0)
