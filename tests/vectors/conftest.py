import pytest


@pytest.fixture
def minilm(settings) -> None:
    """The site told to embed, which the tests' others are not."""
    settings.EMBEDDER = "minilm"
