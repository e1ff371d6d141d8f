"""Packs the rows of a set of records into arrays that can be searched by sound."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from intents.names.model import Kind, Nameable
from intents.names.postings import Postings, build_postings
from intents.names.rows import Form, Row, rows_of
from intents.names.shapes import CORE, REGION
from intents.names.sounds import code_units
from intents.names.units import of_name, of_sentence
from intents.names.vocabulary import Vocabulary, vocabulary

KINDS = tuple(Kind)
WEIGHTS = np.array([0.2, 0.35, 1.0, 0.25], np.float32)  # region, generic, core, owner
FEW = 1500  # rows up to which an index is searched for far slips, too
KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
COLUMNS = (
    "codes", "classes", "starts", "owners", "forms", "kinds", "persons", "customers", "core_weight", "counted_weight",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """One row out of the columns; `cores` and `counted` are how many units weigh in the two sums."""

    units: str
    classes: tuple[int, ...]
    kind: int
    person: bool
    core_weight: float
    counted_weight: float
    cores: int
    counted: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """Rows in columns: the units of row r are `text[starts[r] : starts[r + 1]]`, each with its code and class.

    `customers` says on which customer each row's record hangs (a customer on itself), -1 for none. `core_weight` sums
    a row's distinctive units, `counted_weight` all but its region.

    A segment that has grown (see `growth`) has the units of the rows from `settled` on in `later`, and their postings
    in `recent`, under twice the key, odd where the pair is weak; both may hold more than this segment's rows.
    `facts` keeps rows that were looked at one by one.
    """

    nameables: Sequence[Nameable]
    known: Vocabulary
    text: str
    codes: NDArray[np.uint16]
    classes: NDArray[np.uint8]
    starts: NDArray[np.int32]
    owners: NDArray[np.int32]
    forms: NDArray[np.uint8]
    kinds: NDArray[np.uint8]
    persons: NDArray[np.bool_]
    customers: NDArray[np.int64]
    core_weight: NDArray[np.float32]
    counted_weight: NDArray[np.float32]
    postings: Postings
    loose: bool  # whether the index is small enough to look at weak evidence
    records: int
    settled: int
    later: list[str] = field(default_factory=list)
    recent: dict[int, list[int]] = field(default_factory=dict)
    facts: dict[int, Facts] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.owners)

    def units_of(self, row: int) -> str:
        """Return the units of a row."""
        if row >= self.settled:
            return self.later[row - self.settled]
        return self.text[self.starts.item(row) : self.starts.item(row + 1)]

    def facts_of(self, row: int) -> Facts:
        """Return a row by itself."""
        classes = tuple(self.classes[self.starts.item(row) : self.starts.item(row + 1)].tolist())
        return Facts(
            units=self.units_of(row), classes=classes, kind=self.kinds.item(row), person=self.persons.item(row),
            core_weight=self.core_weight.item(row), counted_weight=self.counted_weight.item(row),
            cores=classes.count(CORE), counted=len(classes) - classes.count(REGION),
        )  # fmt: skip

    def label(self, row: int) -> str:
        """Return the name, alias or part that a row stands for, as it is written on the record."""
        nameable, form = self.nameables[self.owners.item(row)], self.forms.item(row)
        if form == Form.NAME:
            return nameable.name
        units = self.units_of(row)
        if form == Form.ALIAS:
            return next((alias for alias in nameable.aliases if of_name(alias).startswith(units)), units)
        return _written(nameable.name, units)


def build_segment(nameables: Sequence[Nameable], known: Vocabulary | None = None) -> Segment:
    """Index records; `known` is the vocabulary of the index that this segment joins."""
    known = known or vocabulary(nameables)
    rows = [row for owner, nameable in enumerate(nameables) for row in distinct(owner, nameable, known)]
    text = in_plane("".join([row.shape.units for row in rows]))
    codes = code_units(text)
    classes = np.frombuffer(b"".join([row.shape.classes for row in rows]), np.uint8)
    starts = np.concatenate([[0], np.cumsum([len(row.shape.units) for row in rows])]).astype(np.int32)
    numbers = np.array([KIND_NUMBER[n.kind] for n in nameables], np.uint8)
    owners = np.array([row.owner for row in rows], np.int32)
    customers = np.array([customer_of(n) for n in nameables], np.int64)
    return Segment(
        nameables=nameables, known=replace(known, shapes={}), text=text, codes=codes, classes=classes, starts=starts,
        owners=owners,
        forms=np.array([row.form for row in rows], np.uint8),
        kinds=numbers[owners], persons=np.array([row.person for row in rows], bool), customers=customers[owners],
        core_weight=_sums(np.where(classes == CORE, WEIGHTS[classes], 0), starts),
        counted_weight=_sums(np.where(classes == REGION, 0, WEIGHTS[classes]), starts),
        postings=build_postings(codes, classes, starts, loose=len(rows) <= FEW), loose=len(rows) <= FEW,
        records=len(nameables), settled=len(rows),
    )  # fmt: skip


def _sums(weights: NDArray[np.float32], starts: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the sum of the weights of each row."""
    total = np.concatenate([[0], np.cumsum(weights, dtype=np.float64)])
    return np.maximum(np.diff(total[starts]), 1e-6).astype(np.float32)


def customer_of(nameable: Nameable) -> int:
    """Return the customer that a record hangs on (a customer on itself), -1 for none."""
    if nameable.kind is Kind.CUSTOMER and isinstance(nameable.id, int):
        return nameable.id
    return -1 if nameable.customer_id is None else nameable.customer_id


def _written(name: str, part: str) -> str:
    """Return the part of a name that has the given units, or the units where it has none."""
    units = of_sentence(name)
    begin = units.text.find(part)
    return name[units.at[begin] : units.ends[begin + len(part) - 1]] if begin >= 0 else part


def in_plane(text: str) -> str:
    """Replace characters that take two UTF-16 units."""
    return text if max(text, default="") <= "\uffff" else "".join([c if c <= "\uffff" else "\ufffd" for c in text])


def distinct(owner: int, nameable: Nameable, known: Vocabulary) -> list[Row]:
    """Return a record's rows; of equal texts the first, unless an alias says what a part says."""
    rows = [row for row in rows_of(owner, nameable, known) if row.shape.units]
    return rows if len(rows) < 2 else list({row.shape.units: row for row in reversed(rows)}.values())
