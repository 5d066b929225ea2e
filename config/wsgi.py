"""The web process's entry."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_WAIT_MS", "1500")  # a task has time, a reader has none
site = get_wsgi_application()

from feeds.web.door import Door  # noqa: E402 (it needs the settings)

application = Door(site)
