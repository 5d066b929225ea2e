"""The embedder's contract, and that only the meant files are used."""

import math
import threading
import time

import pytest

from feeds.embedders.base import DIMENSIONS, Broken, embedder, embedders
from feeds.embedders.idle import Idle
from feeds.embedders.minilm import AT_ONCE, TOKENIZER, _batches, checked
from tests.config.processes import wait_until

TEXTS = [
    "Sparse attention for long contexts\nWe skip most of the keys and lose nothing.",
    "",
    "Bees of the high meadows\nA census of wild bees and the flowers that they visit.",
    "Attending to few tokens\nLong documents are read with a sparse pattern of attention.",
    "word " * 2000,
]


@pytest.fixture(scope="module", params=embedders.names())
def model(request):
    found = embedders.get(request.param)
    yield found
    found.release()


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_every_text_has_a_vector_of_length_one_in_its_place(model) -> None:
    vectors = model.embed(TEXTS)
    assert [len(vector) for vector in vectors] == [DIMENSIONS] * len(TEXTS)
    assert all(math.isclose(cosine(one, one), 1.0, abs_tol=1e-4) for one in vectors)
    assert cosine(vectors[0], vectors[3]) > 0.5 > cosine(vectors[0], vectors[2])


def test_a_text_has_the_same_vector_in_any_company(model) -> None:
    together = model.embed(TEXTS)
    alone = [model.embed([text])[0] for text in TEXTS]
    pairs = zip(together, alone, strict=True)
    assert all(cosine(one, other) > 0.9999 for one, other in pairs)


def test_a_model_that_was_let_go_comes_back(model) -> None:
    before = model.embed(TEXTS[:1])
    model.release()
    assert model.embed(TEXTS[:1]) == before
    assert model.embed([]) == []


def test_a_model_that_nobody_asks_gives_its_memory_back(model, settings) -> None:
    settings.EMBEDDER_IDLE = 0.2
    mine = type(model)()
    before = mine.embed(TEXTS[:1])
    wait_until(lambda: not mine.loaded)
    assert mine.embed(TEXTS[:1]) == before


def test_who_is_asked_again_waits_anew(settings) -> None:
    settings.EMBEDDER_IDLE, released, used = 0.3, list[float](), list[float]()
    idle = Idle(lambda: released.append(time.monotonic()))
    for _ in range(2):
        used.append(time.monotonic())
        idle.used()
        threading.Event().wait(0.2)
    wait_until(lambda: released)
    assert all(each - max(one for one in used if one < each) >= 0.3 for each in released)


def test_it_may_be_kept_for_good(settings) -> None:
    settings.EMBEDDER_IDLE = 0
    before = threading.active_count()
    Idle(lambda: None).used()
    assert threading.active_count() == before


def test_short_texts_go_together_and_none_is_lost() -> None:
    lengths = [256, 3, 200, 3, 80, 256, 3]
    batches = list(_batches(lengths))
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    assert all(max(lengths[one] for one in batch) * len(batch) <= AT_ONCE for batch in batches)
    assert batches[0] == [1, 3, 6, 4]


def test_a_file_that_is_not_the_meant_one_is_not_used(tmp_path) -> None:
    strange = tmp_path / "model.onnx"
    strange.write_bytes(b"not a model")
    with pytest.raises(Broken, match=r"model\.onnx is not the file that is meant"):
        checked(strange, "0" * 64)
    with pytest.raises(Broken, match="cannot be read"):
        checked(tmp_path / "nowhere", "0" * 64)


def test_the_tokenizer_is_named_in_the_notice() -> None:
    notice = (TOKENIZER.parent.parent.parent / "NOTICE").read_text()
    assert TOKENIZER.name in notice
    assert "Apache" in notice


def test_the_setting_chooses_it(settings) -> None:
    settings.EMBEDDER = "off"
    assert embedder() is None
    settings.EMBEDDER = "minilm"
    assert embedder() is embedders.get("minilm")
