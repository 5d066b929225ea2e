"""Questions as long as an abstract."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
MANY = [f"w{number}" for number in range(350)]


@pytest.mark.parametrize(
    "words",
    [
        " ".join(MANY),
        " OR ".join(MANY[:300]),
        " ".join(f"-{word}" for word in MANY),
        " ".join(f"({word} OR b)" for word in MANY[:180]),
        f"-({' OR '.join(MANY[:300])})",
        " OR ".join(f"title:{word}" for word in MANY[:20]),
    ],
)
def test_a_question_of_hundreds_of_words_is_answered(client: Client, words: str) -> None:
    assert client.get("/api/v1/papers", {"q": words}).status_code == 200
