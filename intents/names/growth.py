"""Lets a packed index take more records at the cost of those records: columns with room behind their end."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.names.model import Key, Nameable
from intents.names.postings import ROW_SHIFT, pairs_of
from intents.names.rows import Row
from intents.names.segment import COLUMNS, KIND_NUMBER, WEIGHTS, Segment, customer_of, distinct, in_plane
from intents.names.shapes import CORE, REGION
from intents.names.sounds import code_units
from intents.names.titles import People

ROOM = 0.25  # of what is there, at least LEAST_ROOM
LEAST_ROOM = 1024
_WEIGHTS = tuple(WEIGHTS.tolist())


@dataclass(frozen=True, slots=True)
class Gone:
    """The numbers of the records that had gone when the index was made, of those that have gone by now."""

    since: dict[int, int]
    stamp: int

    def __contains__(self, owner: int) -> bool:
        gone_at = self.since.get(owner)
        return gone_at is not None and gone_at <= self.stamp

    def __iter__(self) -> Iterator[int]:
        return (owner for owner, at in list(self.since.items()) if at <= self.stamp)

    def __bool__(self) -> bool:
        return self.stamp > 0


NOBODY = Gone({}, 0)


class Column:
    """An array that grows at its end; what was given out keeps its length and its values."""

    def __init__(self, values: NDArray[Any]) -> None:
        self._held = np.empty(len(values) + max(LEAST_ROOM, int(ROOM * len(values))), values.dtype)
        self._held[: len(values)] = values
        self.size = len(values)

    def extend(self, values: NDArray[Any] | list[Any]) -> None:
        """Add values."""
        stop = self.size + len(values)
        if stop > len(self._held):
            self._held = np.concatenate([self._held[: self.size], np.empty(max(stop, self.size), self._held.dtype)])
        self._held[self.size : stop] = values
        self.size = stop

    def view(self) -> NDArray[Any]:
        """Return the values so far."""
        return self._held[: self.size]


class Growth:
    """A segment that grows, and the records of it that have gone; every state of it can be had as a segment.

    A state that is not the newest keeps its rows, but only the newest can grow.
    """

    def __init__(self, segment: Segment, people: People, gone: Iterable[int]) -> None:
        self._lock = threading.Lock()
        self._stamp = 0
        self._first = replace(segment, facts={})
        self._nameables: list[Nameable] = list(islice(segment.nameables, segment.records))
        self._columns = {name: Column(getattr(segment, name)) for name in COLUMNS}
        self._texts = [segment.units_of(row) for row in range(segment.settled, segment.rows)]
        most = segment.rows << ROW_SHIFT
        self._recent = {key: [e for e in entries if e < most] for key, entries in list(segment.recent.items())}
        self._people = people.copied(segment.records)
        self._gone = dict.fromkeys(gone, 0)
        self._places = {n.key: i for i, n in enumerate(self._nameables) if i not in self._gone}

    def change(
        self, stamp: int, added_or_changed: Iterable[Nameable], removed_keys: Iterable[Key]
    ) -> tuple[Segment, People, Gone] | None:
        """Take changes in and return the new state; None where the state of `stamp` is no longer the newest."""
        with self._lock:
            if stamp != self._stamp:
                return None
            self._stamp += 1
            self._change(added_or_changed, removed_keys)
            return self._state(), self._people, Gone(self._gone, self._stamp)

    def _change(self, added_or_changed: Iterable[Nameable], removed_keys: Iterable[Key]) -> None:
        changed = {n.key: n for n in added_or_changed}
        removed = set(removed_keys)
        for key in (*removed, *changed):
            place = self._places.pop(key, None)
            if place is not None:
                self._gone[place] = self._stamp
        for key, nameable in changed.items():
            if key not in removed:
                self._add(nameable)

    def _state(self) -> Segment:
        columns: dict[str, Any] = {name: column.view() for name, column in self._columns.items()}
        return replace(
            self._first, nameables=self._nameables, records=len(self._nameables), later=self._texts,
            recent=self._recent, **columns,
        )  # fmt: skip

    def _add(self, nameable: Nameable) -> None:
        owner = len(self._nameables)
        self._nameables.append(nameable)
        self._places[nameable.key] = owner
        self._people = self._people.having(owner, nameable)
        for row in distinct(owner, nameable, self._first.known):
            self._add_row(row, nameable)

    def _add_row(self, row: Row, nameable: Nameable) -> None:
        units, classes, columns = in_plane(row.shape.units), row.shape.classes, self._columns
        number = columns["owners"].size
        core = sum([_WEIGHTS[kind] for kind in classes if kind == CORE])
        counted = sum([_WEIGHTS[kind] for kind in classes if kind != REGION])
        columns["codes"].extend(code_units(units))
        columns["classes"].extend(np.frombuffer(classes, np.uint8))
        columns["starts"].extend([columns["codes"].size])
        columns["owners"].extend([row.owner])
        columns["forms"].extend([int(row.form)])
        columns["kinds"].extend([KIND_NUMBER[nameable.kind]])
        columns["persons"].extend([row.person])
        columns["customers"].extend([customer_of(nameable)])
        columns["core_weight"].extend([max(core, 1e-6)])
        columns["counted_weight"].extend([max(counted, 1e-6)])
        self._texts.append(units)
        recent = self._recent
        for key, entry in pairs_of(number, units, classes, loose=self._first.loose):
            entries = recent.get(key)
            if entries is None:
                recent[key] = [entry]
            else:
                entries.append(entry)
