"""Which errors mean that the database is away: it stops, starts, or cannot be reached."""

from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

# Ended by its administrator, crashed, not to be reached now, and has no more connections to give.
_STATES = ("57P01", "57P02", "57P03", "53300")


def is_away(error: BaseException) -> bool:
    """Whether the same question may have an answer in a moment.

    An error without a state was not told by the server: the connection was cut, or there was none.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state in _STATES or state.startswith("08")


def waited(error: BaseException) -> bool:
    """Whether it was waited for as long as anybody waits."""
    return isinstance(error.__cause__, PoolTimeout)
