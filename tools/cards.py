"""Cards: how an answer is laid out, whatever the channel; every channel shows them, text being the least of them."""

from __future__ import annotations

from dataclasses import dataclass, field

TEXT_ROWS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordLink:
    """A record that an answer names, so that a channel can link it and the next message can point at it."""

    type: str
    id: int
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One labelled value of a card; `before` is the old value where a change is shown."""

    label: str
    value: str
    before: str | None = None
    link: RecordLink | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of a list: the record and its cells, in the order of the card's columns."""

    cells: tuple[str, ...]
    link: RecordLink | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """Figures that a channel may draw: one value a label."""

    kind: str  # 'bar' | 'funnel' | 'pie'
    labels: tuple[str, ...]
    values: tuple[float, ...]
    unit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A titled block of facts, rows or both. `change` marks a write: 'create', 'update', 'delete', 'undo'."""

    title: str
    link: RecordLink | None = None
    facts: tuple[Fact, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    footer: str = ""
    change: str | None = None
    chart: Chart | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A passage that an answer rests on; `path` and `version` lead to the file as it was when it was quoted."""

    document: str
    section: str
    quote: str
    path: str = ""
    version: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a tool shows: a sentence, cards, citations; `shown` lists the records in the order in which they appear."""

    text: str = ""
    cards: tuple[Card, ...] = ()
    citations: tuple[Citation, ...] = ()
    shown: tuple[RecordLink, ...] = field(default=())


def card_text(card: Card, *, more: str = "……还有 {n} 条") -> str:
    """A card as a channel with text alone shows it: at most 20 rows, then how many more."""
    lines = [card.title] if card.title else []
    lines += [_fact_text(fact) for fact in card.facts]
    numbered = len(card.rows) > 1
    for number, row in enumerate(card.rows[:TEXT_ROWS], 1):
        cells = " | ".join(cell for cell in row.cells if cell)
        lines.append(f"{number}. {cells}" if numbered else cells)
    if len(card.rows) > TEXT_ROWS:
        lines.append(more.format(n=len(card.rows) - TEXT_ROWS))
    if card.footer:
        lines.append(card.footer)
    return "\n".join(lines)


def _fact_text(fact: Fact) -> str:
    if fact.before is None:
        return f"{fact.label}: {fact.value}"
    return f"{fact.label}: {fact.before} → {fact.value}"
