"""A log line is one JSON object, whoever wrote it."""

import json
import logging
from typing import Any

from channels.logs import Event, JsonLines


def line(message: object, *arguments: object, error: BaseException | None = None) -> dict[str, Any]:
    """The line of a record as a value."""
    record = logging.LogRecord(
        "channels.x", logging.INFO, "x.py", 1, message, arguments, (type(error), error, None) if error else None
    )
    found: dict[str, Any] = json.loads(JsonLines().format(record))
    return found


def test_an_event_shows_its_facts_and_where_it_comes_from() -> None:
    shown = line(Event("request", {"status": 200}))
    assert shown.pop("timestamp").endswith("Z")
    assert shown == {"event": "request", "status": 200, "level": "info", "logger": "channels.x"}


def test_another_library_s_words_are_an_event() -> None:
    assert line("%s of %d", "one", 2)["event"] == "one of 2"


def test_an_error_is_told_in_the_same_line() -> None:
    assert "KeyError" in line(Event("broken", {}), error=KeyError("a"))["exception"]
