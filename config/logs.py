"""How a line of the log is written: for people, or as JSON for programs."""

import json
import logging
from datetime import UTC, datetime


class AsJson(logging.Formatter):
    """One JSON object a line: when, how bad, who says it, what, of which request, which error."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", "").strip(" []"),
            "error": self._error(record),
        }
        return json.dumps({name: word for name, word in told.items() if word}, ensure_ascii=False)

    def _error(self, record: logging.LogRecord) -> str:
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        return record.exc_text or ""
