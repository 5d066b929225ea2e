from feeds.records import PaperRecord
from feeds.taggers.base import taggers, tags_of

BY_KEYWORD = taggers.get("keyword")


def test_the_reason_says_where_and_quotes_the_phrase() -> None:
    (tag,) = BY_KEYWORD.tags(PaperRecord(title="Machine-Translations", abstract="It is fast."))
    assert (tag.slug, tag.why) == ("machine-translation", "the title says “Machine-Translations”")


def test_a_denied_topic_is_no_tag() -> None:
    record = PaperRecord(title="Answers without fine-tuning")
    assert "fine-tuning" not in {tag.slug for tag in BY_KEYWORD.tags(record)}


def test_a_paper_gets_eight_keyword_tags_at_most() -> None:
    title = (
        "Robotics, machine translation, speech recognition, object detection, video generation, "
        "super-resolution, quantization, federated learning, continual learning, unlearning"
    )
    assert len(BY_KEYWORD.tags(PaperRecord(title=title))) == 8


def test_a_keyword_of_the_digest_is_named_before_the_text() -> None:
    record = PaperRecord(title="Quantization of it", keywords=("quantization",))
    assert [(tag.slug, tag.tagger) for tag in tags_of(record)] == [("quantization", "source")]
