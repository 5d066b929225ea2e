import pytest

from feeds.parsers.names import given_first, people


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Author, Ada B.", "Ada B. Author"),
        ("Ada Author", "Ada Author"),
        ("King, Jr., Martin", "Martin King Jr."),
        ("King, Martin, III", "Martin King III"),
        ("Chen, Xi", "Xi Chen"),
        ("Newton, I.", "I. Newton"),
        ("The Some Collaboration", "The Some Collaboration"),
        ("Author, ", "Author,"),
    ],
)
def test_a_name_is_read_with_the_given_name_first(written: str, read: str) -> None:
    assert given_first(written) == read


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ada Author and Ben Writer", ["Ada Author", "Ben Writer"]),
        ("A. One, B. Two, & C. Three", ["A. One", "B. Two", "C. Three"]),
        ("A. One (Some Place, Land (East)), B. Two", ["A. One", "B. Two"]),
        ("A. One, Jr., B. Two", ["A. One, Jr.", "B. Two"]),
        ("A. One; B. Two", ["A. One", "B. Two"]),
        ("A. One, B. Two, et al. (35 additional authors not shown)", ["A. One", "B. Two"]),
        ("A. One et al.", ["A. One"]),
        ("Anderson Brandt", ["Anderson Brandt"]),
        ("", []),
    ],
)
def test_a_line_of_names_is_read_as_people(line: str, names: list[str]) -> None:
    assert people(line) == names


def test_a_line_of_commas_without_end_takes_no_time_without_end() -> None:
    assert people("a, " * 33_000) == ["a"] * 33_000
