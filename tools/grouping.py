"""Figures of groups of opportunities: adding up, measuring and ordering them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from crm_store.queries_figures import DealFigure
from crm_store.records import LOST, WON, Stage

Key = int | str | None
_FEN = Decimal("0.01")


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupFigure:
    """Figures of one group; amounts in yuan, `chance` is amount × probability, `priced` those with an amount."""

    key: Key
    count: int = 0
    priced: int = 0
    amount: Decimal = Decimal(0)
    chance: Decimal = Decimal(0)
    won: int = 0
    lost: int = 0

    def plus(self, row: DealFigure, stage: Stage) -> GroupFigure:
        """The group with one more row of figures in it."""
        return GroupFigure(
            key=self.key,
            count=self.count + row.count,
            priced=self.priced + row.priced,
            amount=self.amount + row.amount,
            chance=self.chance + row.amount * stage.probability / 100,
            won=self.won + (row.count if stage.key == WON else 0),
            lost=self.lost + (row.count if stage.key == LOST else 0),
        )

    def value(self, measure: str) -> Decimal | None:
        """The measure: yuan, a number, or a share of 1; None where it can't be said."""
        if measure == "win_rate":
            return Decimal(self.won) / (self.won + self.lost) if self.won + self.lost else None
        if measure == "average":
            return (self.amount / self.priced).quantize(_FEN) if self.priced else None
        if measure == "weighted":
            return self.chance.quantize(_FEN)
        return Decimal(self.count) if measure == "count" else self.amount


def grouped(rows: Iterable[DealFigure], stages: Mapping[int, Stage], always: Sequence[Key] = ()) -> list[GroupFigure]:
    """The rows added up by key; the keys of `always` are there even without a row."""
    found = {key: GroupFigure(key=key) for key in always}
    for row in rows:
        found[row.key] = found.get(row.key, GroupFigure(key=row.key)).plus(row, stages[row.stage_id])
    return list(found.values())


def together(rows: Iterable[DealFigure], stages: Mapping[int, Stage]) -> GroupFigure:
    """All rows added up."""
    whole = GroupFigure(key=None)
    for row in rows:
        whole = whole.plus(row, stages[row.stage_id])
    return whole


def in_order(groups: Iterable[GroupFigure], by: str, measure: str, stages: Mapping[int, Stage]) -> list[GroupFigure]:
    """Stages as in the pipeline, months by time, all else by the measure, largest first; what is not set comes last."""
    if by == "stage":
        return sorted(groups, key=lambda group: stages[int(group.key or 0)].position)
    if by == "month":
        return sorted(groups, key=lambda group: (group.key is None, str(group.key)))
    return sorted(groups, key=lambda group: (group.key is None, -(group.value(measure) or Decimal(0))))
