"""The taxonomy's data: what an entry must keep to."""

import json
from pathlib import Path

import pytest
from django.utils.text import slugify

from feeds.records import TAG_KINDS
from feeds.taxonomy import TaxonomyError, categories, topics
from feeds.taxonomy.load import read_categories, read_topics
from feeds.taxonomy.words import shapes

IDS = {topic.id for topic in topics()}


def _folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "some.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_there_are_the_topics_that_a_reader_expects() -> None:
    assert len(topics()) >= 300
    assert {"agents", "diffusion", "reinforcement-learning", "robotics"} <= IDS


def test_ids_fit_the_columns_that_keep_them() -> None:
    for topic in topics():
        assert slugify(topic.id) == topic.id
        assert len(topic.id) <= 80
        assert 0 < len(topic.name) <= 100
        assert topic.kind in TAG_KINDS


def test_parents_exist_and_are_no_children_of_their_own() -> None:
    parents = {topic.id: topic.parent for topic in topics()}
    for start, parent in parents.items():
        line, at = [start], parent
        while at is not None:
            assert at in IDS
            assert at not in line
            line.append(at)
            at = parents[at]


def test_no_phrase_belongs_to_two_topics() -> None:
    owner: dict[tuple[str, ...], str] = {}
    for topic in topics():
        for phrase in topic.phrases:
            for shape in shapes(phrase):
                assert owner.setdefault(shape, topic.id) == topic.id, phrase


def test_a_topic_is_never_taken_for_a_category() -> None:
    slugs = {slugify(category.id.replace(".", "-")) for category in categories().values()}
    assert not slugs & IDS


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[a]\nname = 'A thing'\nkind = 'craft'", "kind 'craft' is not one of"),
        ("[a]\nkind = 'task'", "name must be a text"),
        ("[A_b]\nname = 'A thing'\nkind = 'task'", "lower-case words"),
        ("[a]\nname = 'A thing'\nkind = 'task'\nsynonym = []", "unknown key 'synonym'"),
        ("[a]\nname = 'A thing'\nkind = 'task'\nsynonyms = 'x'", "must be a list of texts"),
        ("[a]\nname = 'A thing'\nkind = 'task'\nparent = 'b'", "parent 'b' is not a topic"),
        ("[a]\nname = 'A thing'\nkind = 'task'\nparent = 'a'", "in a circle"),
        ("[a]\nname = 'Stop. Go'\nkind = 'task'", "can never stand in a text"),
        (
            "[a]\nname = 'fine-tuning'\nkind = 'task'\n[b]\nname = 'finetuning'\nkind = 'task'",
            "'finetuning' is a phrase of 'a' too",
        ),
        ("a = 1", "is not a \\[table\\]"),
        ("[a", "the whole file"),
    ],
)
def test_a_broken_entry_is_named_with_its_file_and_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    with pytest.raises(TaxonomyError, match=rf"some\.toml, .*{reason}"):
        read_topics(_folder(tmp_path, text))


def test_an_alias_leads_to_one_category_only(tmp_path: Path) -> None:
    text = "[a]\nname = 'A'\narchive = 'a'\n[b]\nname = 'B'\narchive = 'b'\naliases = ['a']"
    with pytest.raises(TaxonomyError, match="a is taken by a"):
        read_categories(_folder(tmp_path, text) / "some.toml")


def test_merged_categories_lead_to_their_present_one() -> None:
    assert categories()["cs.SY"] == categories()["eess.SY"]
    assert categories()["cs.CL"].name == "Computation and Language"


def test_every_category_of_arxiv_is_known(real_data: Path) -> None:
    theirs = json.loads((real_data / "arxiv_taxonomy.json").read_text())
    real = [one for one in theirs if one["archive"] not in ("test", "bad-arch")]
    assert [one["id"] for one in real if one["id"] not in categories()] == []
    names = {one["id"]: one["name"] for one in real if one["active"]}
    known = categories()
    assert {key: known[key].name for key in names if known[key].id == key} == {
        key: name for key, name in names.items() if known[key].id == key
    }
