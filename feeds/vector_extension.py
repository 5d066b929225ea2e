"""pgvector, which PostgreSQL needs for the vectors of papers."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ProgrammingError

NAME = "vector"


class NoExtension(Exception):
    """The server cannot hold vectors; the text says what to do about it."""


def create_extension(connection: BaseDatabaseWrapper, name: str = NAME) -> None:
    """Has the database know the type, unless it does already. Raises NoExtension."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT installed_version FROM pg_available_extensions WHERE name = %s", [name]
        )
        found = cursor.fetchone()
        if found is None:
            raise NoExtension(
                f"PostgreSQL has no extension {name}: install pgvector on its server "
                "(Debian: postgresql-17-pgvector; as a container: pgvector/pgvector), then migrate "
                "again."
            )
        if found[0] is not None:
            return
        try:
            cursor.execute(f'CREATE EXTENSION IF NOT EXISTS "{name}"')
        except ProgrammingError as refused:
            raise NoExtension(
                f"This user may not add the extension {name}: let an administrator of the server "
                f"run CREATE EXTENSION {name} in this database once, then migrate again."
            ) from refused
