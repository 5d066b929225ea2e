"""A second database beside the test's own: a copy of it as it is now."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql


def address_of(name: str) -> str:
    """Where the server of the test's database has another one."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{quote(name)}").geturl()


def other_redis() -> str:
    """A Redis database that no test uses: two sites do not share their caches."""
    server, _, number = settings.REDIS_URL.rpartition("/")
    return f"{server}/{8 + int(number)}"


@contextmanager
def copied(*, empty: bool = False) -> Iterator[str]:
    """The address of a copy of the test's database, or of an empty database, while it lasts."""
    own = connection.settings_dict["NAME"]
    name = f"{own}_copy"
    connection.close()
    connection.close_pool()  # a copy is made of what nobody uses
    template = "template1" if empty else own
    with psycopg.connect(address_of("postgres"), autocommit=True) as admin:
        _drop(admin, name)
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        admin.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield address_of(name)
        finally:
            _drop(admin, name)


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
