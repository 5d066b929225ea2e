"""Beat alone: `celery -A config.clock beat`. It rings for tasks by their names, and loads none."""

from celery import Celery

# Without Celery's part for Django, which would set all of that up: half of beat's memory.
app = Celery("broadsheet", fixups=[], set_as_current=False)
app.config_from_object("config.settings", namespace="CELERY")
