"""Cards as they are drawn."""

import io

import pytest
from PIL import Image

from feeds.cards import faces
from feeds.cards.setting import Type, lines, one_line, width
from feeds.cards.sheet import Sheet, draw

TEXT = Type("serif", 60, 600)
TITLE = "PixArt-α: x² ≤ ℝ → ∞, Größe, Łódź, Ελληνικά, Обучение, H₂O, xₙ"


def sheet(title: str = TITLE, **fields) -> Sheet:
    usual = {
        "name": "Broadsheet",
        "date": "Friday, 24 April 2026",
        "instead": "arXiv 2604.00001",
        "by": "Ada One and Łukasz Żółć",
        "foot": "by AK and the research community",
        "corner": "arXiv 2604.00001",
    }
    return Sheet(title=title, **(usual | fields))


@pytest.fixture
def only_our_faces(monkeypatch) -> None:
    """A machine without faces of its own."""
    monkeypatch.setattr(faces, "_THEIRS", ())
    faces.face_of.cache_clear()
    yield
    faces.face_of.cache_clear()


def test_a_card_is_a_small_picture_of_the_size_that_is_asked_for() -> None:
    drawn = draw(sheet())
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(drawn) < 60_000
    assert draw(sheet()) == drawn
    assert draw(sheet("Another")) != drawn


def test_latin_greek_cyrillic_and_signs_of_formulas_need_no_face_of_the_machine(
    only_our_faces,
) -> None:
    assert faces.is_covered(TITLE)
    assert faces.is_covered(
        "Zoë Müller, Łukasz Żółć, Nguyễn Văn Ấn … Ελένη, 12\N{NO-BREAK SPACE}authors"
    )
    assert not faces.is_covered("学习")


def test_a_title_without_a_face_gives_way_to_the_papers_number(only_our_faces) -> None:
    assert draw(sheet("学习 of images")) == draw(sheet("arXiv 2604.00001"))
    assert draw(sheet(by="王小明")) == draw(sheet(by=""))


def test_lines_are_no_wider_than_their_room_and_as_even_as_can_be() -> None:
    set_ = lines("Fast training of a large and rather heavy model", TEXT, 900, 4)
    assert " ".join(set_) == "Fast training of a large and rather heavy model"
    assert all(width(line, TEXT) <= 905 for line in set_)
    assert len(set_) == 2
    assert width(set_[0], TEXT) < 1.3 * width(set_[1], TEXT)


def test_what_does_not_fit_ends_in_an_ellipsis_and_long_words_are_broken() -> None:
    cut = lines("word " * 200, TEXT, 900, 3)
    assert len(cut) == 3
    assert cut[-1].endswith("word…")
    broken = lines("W" * 60, TEXT, 900, 9)
    assert "".join(broken) == "W" * 60
    assert all(width(line, TEXT) <= 905 for line in broken)
    assert width(one_line("x" * 500, TEXT, 300), TEXT) <= 300


@pytest.mark.parametrize(
    "title", ["", " ", "x" * 1000, "word " * 200, "مرحبا بالعالم", "학습", "🙂 a", "a\u0301\u0301"]
)
def test_any_title_can_be_set(title) -> None:
    assert draw(sheet(title, items=(title,) * 6))
