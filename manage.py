#!/usr/bin/env python
"""Django's command line, with the embedded services started first where none are named."""

import os
import sys


def is_set(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not (is_set("DATABASE_URL") and is_set("REDIS_URL")):
        from config import embedded

        try:
            embedded.ensure()
        except embedded.Unavailable as problem:
            sys.exit(f"broadsheet: {problem}")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"broadsheet: {problem}")


if __name__ == "__main__":
    main()
