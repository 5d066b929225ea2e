"""The pages that tell nobody whether an address is known; their times are the drill's to judge."""

from random import Random

import pytest

from drills.parts.guests import tried

pytestmark = pytest.mark.django_db


def test_known_and_unknown_addresses_are_answered_alike() -> None:
    rows = {row.what: row for row in tried(2, Random(1))}
    assert [rows[what].held for what in ("signing in", "signing up", "ordering")] == [True] * 3
    assert len(rows) == 6
