"""How far behind a replica is; `make test-replica` tries it with servers that are."""

import time

from config.replicas import Primary


def test_a_replica_is_behind_since_the_last_moment_of_which_it_shows_all() -> None:
    primary, now = Primary(), time.monotonic()
    primary._marks.extend([(10, now - 30), (20, now - 20), (20, now - 15), (30, now - 10)])
    assert primary.behind(30) == primary.behind(31) == 0
    assert 15 <= (primary.behind(25) or 0) < 16 + (time.monotonic() - now)
    assert 30 <= (primary.behind(10) or 0) < 31 + (time.monotonic() - now)


def test_how_far_is_not_known_where_that_began_before_anybody_watched() -> None:
    primary = Primary()
    assert primary.behind(10) is None
    primary._marks.append((10, time.monotonic()))
    assert primary.behind(9) is None
