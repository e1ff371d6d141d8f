"""Write a time expression as one line, the way the tables of this folder do."""

from __future__ import annotations

from datetime import datetime

from intents.times import Grain, Kind, TimeExpression


def render(found: TimeExpression) -> str:
    """`words = start → end, grain, kind, due, length, rule, mark`; what goes without saying is left out.

    A day alone is `2026-11-25`, an instant `2026-11-25 15:00`; `~` marks what is approximate, `!` a problem.
    """
    parts = [_span(found)]
    if found.grain not in (Grain.DAY, Grain.MINUTE):
        parts.append(found.grain.value)
    if found.kind is not Kind.POINT:
        parts.append(found.kind.value)
    if found.due != found.start and not _goes_without_saying(found):
        parts.append(f"due {_moment(found.due) if found.due_has_hour else f'{found.due:%Y-%m-%d}'}")
    if found.duration is not None:
        parts.append(f"length {found.duration}")
    if found.recurrence is not None:
        parts.append(found.recurrence)
    mark = ("~" if found.approximate else "") + (f"!{found.problem.value}" if found.problem else "")
    return f"{found.text} = {', '.join(parts)}{' ' + mark if mark else ''}"


def _span(found: TimeExpression) -> str:
    if found.end == found.start or (found.grain is Grain.DAY and (found.end - found.start).days == 1):
        return _moment(found.start)
    return f"{_moment(found.start)} → {_moment(found.end)}"


def _moment(when: datetime) -> str:
    if when.hour == when.minute == when.second == 0:
        return f"{when:%Y-%m-%d}"
    return f"{when:%Y-%m-%d %H:%M}" if when.second == 0 else f"{when:%Y-%m-%d %H:%M:%S}"


def _goes_without_saying(found: TimeExpression) -> bool:
    """A day that is due on itself."""
    single = found.grain in (Grain.DAY, Grain.PART_OF_DAY) and (found.end - found.start).days <= 1
    return single and found.due.date() == found.start.date() and not found.due_has_hour
