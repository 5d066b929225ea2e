"""A pytest plugin, loaded before Django: the servers that the tests run on."""

import os
from pathlib import Path

from config import embedded

ROOT = Path(__file__).resolve().parent.parent

if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
    os.environ.setdefault("BROADSHEET_DATA", str(ROOT / ".data" / "test"))
    embedded.ensure(scratch=True)
