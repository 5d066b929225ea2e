"""A connection on which nothing takes long, for a server that may hang and can be done without."""

from typing import Any

from psycopg import Connection, OperationalError
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus

MOMENT = 2.0  # seconds for one question


class Bounded(Connection[Any]):
    """Raises OperationalError where an answer takes longer than a moment; it is of no use then."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        try:
            return super().wait(gen, interval, MOMENT if timeout is None else timeout)
        except OperationalError:
            if timeout is None and self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise
