"""Django's backend for PostgreSQL, with a pool whose patience is for all who wait together."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg_pool import ConnectionPool, PoolTimeout
from psycopg_pool.base import AttemptWithBackoff

LEAST = 0.05  # of the patience: what a request waits for a server that is known to be away

# The pool's own pace, 1, 2, 4 seconds and so on, is for a server that is away for minutes. This one
# asks anew after a twentieth of a second, and then after a sixth of the time that it is away.
AttemptWithBackoff.INITIAL_DELAY = 0.05
AttemptWithBackoff.DELAY_BACKOFF = 1.2


class Pool(ConnectionPool[Connection[Any]]):
    """Once somebody has waited `timeout` seconds in vain, the others wait a twentieth of that.

    Else a process with few threads would have each reader wait for all who wait before them.
    """

    _away = False

    def getconn(self, timeout: float | None = None) -> Connection[Any]:
        """Raises PoolTimeout."""
        patience = self.timeout if timeout is None else timeout
        if self._away:
            patience *= LEAST
        try:
            connection = super().getconn(patience)
        except PoolTimeout:
            self._away = True
            raise
        self._away = False
        return connection


class DatabaseWrapper(base.DatabaseWrapper):
    _connection_pools: ClassVar[dict[str, ConnectionPool[Any]]]  # Django's own, by alias
    _configure_connection: Callable[[Connection[Any]], None]

    @property
    def pool(self) -> ConnectionPool[Any] | None:
        options = self.settings_dict["OPTIONS"].get("pool")
        if not options or self.alias == NO_DB_ALIAS:
            return None
        if self.alias not in self._connection_pools:
            made = Pool(
                kwargs=self.get_connection_params() | {"autocommit": True},
                open=False,
                configure=self._configure_connection,
                check=Pool.check_connection,
                **options,
            )
            self._connection_pools.setdefault(self.alias, made)  # another thread may be faster
        return self._connection_pools[self.alias]
