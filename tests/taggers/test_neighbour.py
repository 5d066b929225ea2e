from feeds.records import PaperRecord, TagRecord
from feeds.taggers.base import taggers, tags_of, text_taggers
from feeds.taggers.neighbour import LONGEST_TITLE, Example, Examples, taught, text_of

BY_NEIGHBOUR = taggers.get("neighbour")
AROUND = ["On the weather", "Diffusion of heat", "A study of grammars"]
RECORD = PaperRecord("Robots that fold shirts", "We teach robots to fold shirts and towels.")


def own(slug: str = "laundry") -> TagRecord:
    return TagRecord(slug, slug.capitalize(), "curator", "neighbour", "", 1.0)


def example(title: str, abstract: str = "", *tags: TagRecord) -> Example:
    return Example(title, text_of(title, abstract), list(tags or (own(),)))


def said(record: PaperRecord, *examples: Example) -> list[tuple[str, str]]:
    with taught(Examples(examples, AROUND)):
        return [(tag.slug, tag.why) for tag in BY_NEIGHBOUR.tags(record)]


def test_a_paper_much_like_one_that_a_curator_tagged_is_tagged_so() -> None:
    near = example("Robots that fold towels", "We teach robots to fold towels.")
    assert said(RECORD, near) == [
        ("laundry", "as in “Robots that fold towels”, tagged by a curator")
    ]
    assert said(PaperRecord("Grammars of weather"), near) == []


def test_papers_that_are_somewhat_like_it_convince_together() -> None:
    far = [
        example("Robots that sing on wide stages"),
        example("Towels and their weavers in old towns"),
        example("Shirts in painted portraits"),
        example("To fold a map of mountains"),
    ]
    assert [said(RECORD, one) for one in far] == [[]] * 4
    ((slug, why),) = said(RECORD, *far)
    assert slug == "laundry"
    assert "and 3 more, tagged by a curator" in why


def test_it_is_the_surer_the_liker_the_papers_are_and_never_more_than_sure() -> None:
    same = example(RECORD.title, RECORD.abstract)
    near = example("Robots that fold towels", "We teach robots to fold towels.")
    sure = []
    for known in ([near], [same], [same, same, near]):
        with taught(Examples(known, AROUND)):
            (tag,) = BY_NEIGHBOUR.tags(RECORD)
        sure.append(tag.confidence)
    assert 0.4 <= sure[0] < sure[1] <= sure[2] <= 1


def test_a_paper_gets_the_three_tags_that_are_surest() -> None:
    same = example(RECORD.title, RECORD.abstract, *(own(f"t{number}") for number in range(5)))
    assert [slug for slug, _ in said(RECORD, same)] == ["t0", "t1", "t2"]


def test_a_long_title_is_cut_so_that_the_reason_fits() -> None:
    ((_, why),) = said(RECORD, example(f"{RECORD.title} " * 30, RECORD.abstract))
    assert len(why) < 300
    assert "…”" in why
    assert len(why) > LONGEST_TITLE


def test_where_there_is_nothing_to_learn_from_it_is_off() -> None:
    assert BY_NEIGHBOUR.tags(RECORD) == []
    assert said(RECORD) == []


def test_tags_that_it_gave_stay_until_it_can_say_which_still_follow() -> None:
    assert "neighbour" not in text_taggers()
    with taught(Examples([])):
        assert "neighbour" in text_taggers()
    assert "neighbour" not in text_taggers()


def test_what_the_text_itself_names_has_the_better_reason() -> None:
    record = PaperRecord("Quantization of robots", "Quantization, for robots that fold shirts.")
    with taught(Examples([example(record.title, record.abstract, own("quantization"))], AROUND)):
        (tag,) = [tag for tag in tags_of(record) if tag.slug == "quantization"]
    assert tag.tagger == "keyword"
