"""Structured logs: a JSON object a line on standard error; facts only, never message bodies, names or phone numbers."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

_ENCODE = json.JSONEncoder(ensure_ascii=False, default=str).encode


class Events:
    """A logger for facts as keyword arguments; it goes through the standard library's, which decides what is kept."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def info(self, event: str, **facts: Any) -> None:
        """What went as it should."""
        self._log(logging.INFO, event, facts, None)

    def warning(self, event: str, **facts: Any) -> None:
        """What goes on, but not as it should."""
        self._log(logging.WARNING, event, facts, None)

    def error(self, event: str, *, exc_info: BaseException | None = None, **facts: Any) -> None:
        """What failed."""
        self._log(logging.ERROR, event, facts, exc_info)

    def _log(self, level: int, event: str, facts: dict[str, Any], error: BaseException | None) -> None:
        if self._logger.isEnabledFor(level):
            self._logger.log(level, Event(event, facts), exc_info=error)


class Event:
    """An event's name with its facts; as a text it is JSON, whoever prints it."""

    def __init__(self, name: str, facts: dict[str, Any]) -> None:
        self.facts = {**facts, "event": name}

    def __str__(self) -> str:
        return _ENCODE(self.facts)


def events(name: str) -> Events:
    """A logger by the name of its module."""
    return Events(name)


class JsonLines(logging.Formatter):
    """A record as one line of JSON, its own facts or the words of somebody else's library."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with level, logger and the time in UTC."""
        facts = record.msg.facts if isinstance(record.msg, Event) else {"event": record.getMessage()}
        at = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        line = {**facts, "level": record.levelname.lower(), "logger": record.name, "timestamp": at}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return _ENCODE(line)


def configure(level: int = logging.INFO) -> None:
    """Write all logs of the process as JSON lines; only entry points call this."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False  # no line shows them
    for talkative in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
