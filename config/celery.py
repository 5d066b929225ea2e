"""The workers' entry: `celery -A config worker`, `celery -A config beat`."""

import os

from celery import Celery

from config import counted_tasks  # noqa: F401 (it listens from then on)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("broadsheet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
