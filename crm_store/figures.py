"""Sums and counts over opportunities, orders and tasks, computed by the database within the principal's scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, func, select

from crm_store.principal import Principal
from crm_store.schema import opportunities
from crm_store.scope import visible


@dataclass(frozen=True, kw_only=True, slots=True)
class StageFigure:
    """Count and amount (yuan) of the opportunities of one owner in one stage."""

    owner_id: int
    stage_id: int
    count: int
    amount: Decimal


class Figures:
    """Aggregates of what the principal may see."""

    def __init__(self, connection: Connection, principal: Principal) -> None:
        self._connection = connection
        self._principal = principal

    def opportunities_by_owner_and_stage(self, *conditions: ColumnElement[bool]) -> Sequence[StageFigure]:
        """Count and sum of visible opportunities, by owner and stage."""
        table = opportunities
        query = (
            select(
                table.c.owner_id,
                table.c.stage_id,
                func.count(),
                func.coalesce(func.sum(table.c.amount), 0, type_=table.c.amount.type),
            )
            .where(visible("opportunity", self._principal), *conditions)
            .group_by(table.c.owner_id, table.c.stage_id)
        )
        return [
            StageFigure(owner_id=o, stage_id=s, count=n, amount=a or Decimal(0))
            for o, s, n, a in self._connection.execute(query)
        ]
