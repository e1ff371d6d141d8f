"""Whether a record, and the changes of a turn as a whole, are what a case expects (FORMAT.md, "A case")."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eval.consequences import goes_along
from eval.results import ActualChange
from eval.suite import ExpectedChange

_MOMENTS = ("due_at", "occurred_at")
Edges = Sequence[Sequence[int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairing:
    """Expected and actual changes put together: positions of pairs, and what is left over on either side.

    `unasked` gives, by position of the actual change, the fields that changed although nobody asked for it.
    """

    pairs: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    unexpected: tuple[int, ...]
    unasked: Mapping[int, tuple[str, ...]]


def pair_changes(
    expected: Sequence[ExpectedChange], actual: Sequence[ActualChange], created: Sequence[ActualChange] = ()
) -> Pairing:
    """The best assignment of actual changes to expected ones; `created` are creations of earlier turns of the case.

    As many as possible of the changes that must happen find one, then of the optional ones; changes without unasked
    fields are preferred.
    """
    fits = [[a for a, got in enumerate(actual) if change_holds(want, got, created)] for want in expected]
    clean = [[a for a in row if not unasked_fields(want, actual[a])] for want, row in zip(expected, fits, strict=True)]
    wanted = [e for e, want in enumerate(expected) if not want.optional]
    spare = [e for e, want in enumerate(expected) if want.optional]
    taken = _assign([(wanted, clean), (wanted, fits), (spare, clean), (spare, fits)])
    paired = {e: a for a, e in taken.items()}
    return Pairing(
        pairs=tuple(sorted(paired.items())),
        missing=tuple(e for e in wanted if e not in paired),
        unexpected=tuple(a for a in range(len(actual)) if a not in taken),
        unasked={a: fields for e, a in paired.items() if (fields := unasked_fields(expected[e], actual[a]))},
    )


def change_holds(want: ExpectedChange, got: ActualChange, created: Sequence[ActualChange] = ()) -> bool:
    """Whether one change is the one that is wanted, whatever else it changed.

    A task that was created earlier in the conversation and taken back may show as cancelled instead of deleted.
    """
    if want.type != got.type:
        return False
    if want.op != got.op and not (want.op == "delete" and _takes_back(got, created)):
        return False
    return fields_hold(want.record, got.record) and fields_hold(want.match, got.before or got.record)


def unasked_fields(want: ExpectedChange, got: ActualChange) -> tuple[str, ...]:
    """The fields of an updated record that changed though the case neither names them nor what they go along with.

    A case that names no field at all leaves open which of them change.
    """
    if want.op != "update" or got.before is None or not want.record:
        return ()
    asked = {key.removesuffix("~") for key in want.record}
    names = got.record.keys() | got.before.keys()
    changed = {name for name in names if _get(got.record, name) != _get(got.before, name)}
    return tuple(sorted(f for f in changed - asked if not goes_along(want.type, f, asked, got)))


def fields_hold(wanted: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Whether every named field holds; `field~` is about containing."""
    return all(_field_holds(key, value, record) for key, value in wanted.items())


def contains(text: str, wanted: str | Iterable[str]) -> bool:
    """Whether a text, or any one of several texts, occurs in `text`, without regard to case."""
    folded = text.casefold()
    return any(each.casefold() in folded for each in ([wanted] if isinstance(wanted, str) else wanted))


def _field_holds(key: str, wanted: Any, record: Mapping[str, Any]) -> bool:
    name = key.removesuffix("~")
    value = _get(record, name)
    if key.endswith("~"):
        texts = [str(each) for each in (wanted if isinstance(wanted, list) else [wanted])]
        return value is not None and contains(_as_text(value), texts)
    if name in _MOMENTS and isinstance(wanted, str) and isinstance(value, str):
        return _same_moment(wanted, value)
    return _same(wanted, value)


def _get(record: Mapping[str, Any], name: str) -> Any:
    """A field's value; an empty list, text or object is the same as none."""
    value = record.get(name)
    return None if value in ("", [], {}) else value


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(_as_text, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _same(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, str) and isinstance(value, str):
        return wanted.casefold() == value.casefold()
    if isinstance(wanted, list) and isinstance(value, list):
        return sorted(map(_folded, wanted)) == sorted(map(_folded, value))
    if isinstance(wanted, bool) or isinstance(value, bool):
        return wanted is value
    return (wanted in ("", [], {}) and value is None) or bool(wanted == value)


def _folded(value: Any) -> str:
    return _as_text(value).casefold()


def _same_moment(wanted: str, value: str) -> bool:
    """To the minute where a time is given, else on that day; a time without offset is in the offset of the world."""
    if len(wanted) <= len("2026-11-25"):
        return value.startswith(wanted)
    expected, actual = datetime.fromisoformat(wanted), datetime.fromisoformat(value)
    if expected.tzinfo is None:
        expected = expected.replace(tzinfo=actual.tzinfo)
    return expected.replace(second=0, microsecond=0) == actual.replace(second=0, microsecond=0)


def _takes_back(got: ActualChange, created: Sequence[ActualChange]) -> bool:
    if got.type != "task" or got.op != "update" or got.record.get("status") != "cancelled" or got.before is None:
        return False
    return any(each.type == "task" and each.record.get("title") == got.before.get("title") for each in created)


def _assign(rounds: Sequence[tuple[Sequence[int], Edges]]) -> dict[int, int]:
    """A matching by augmenting paths, as expected position by actual position; who is matched in one round stays so."""
    taken: dict[int, int] = {}
    edges: dict[int, list[int]] = {}
    for lefts, rows in rounds:
        for left in lefts:
            edges[left] = [*edges.get(left, []), *(a for a in rows[left] if a not in edges.get(left, []))]
        for left in lefts:
            if left not in taken.values():
                _augment(left, edges.__getitem__, taken, set())
    return taken


def _augment(left: int, edges: Callable[[int], list[int]], taken: dict[int, int], visited: set[int]) -> bool:
    for right in edges(left):
        if right in visited:
            continue
        visited.add(right)
        if right not in taken or _augment(taken[right], edges, taken, visited):
            taken[right] = left
            return True
    return False
