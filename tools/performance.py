"""The tool that says what each person has sold and done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pydantic import Field

from crm_store.principal import Role
from crm_store.queries_figures import WorkFigure, deal_figures, work_figures
from crm_store.queries_records import OpportunityFilter
from crm_store.records import Stage
from tools.asking import covered
from tools.base import Args, Effect, ToolContext, UserRef, View, tool
from tools.cards import Answer, Card, Chart, Row
from tools.grouping import GroupFigure, grouped
from tools.listing import shown
from tools.naming import Names, names_for
from tools.wording import money, span


class Performance(Args):
    """Arguments of performance."""

    owners: tuple[UserRef, ...] = Field(default=(), description="谁,默认自己或本组 (who; default: oneself or the team)")
    begin: date | None = Field(default=None, description="从哪天,含 (from, included)")
    end: date | None = Field(default=None, description="到哪天,含 (until, included)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One person's figures; amounts in yuan."""

    work: WorkFigure
    won: GroupFigure
    pipeline: GroupFigure


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """What people have sold and done in a period, best seller first."""

    args: Performance
    people: tuple[Person, ...]
    names: Names

    def render(self, view: View) -> Answer:
        """The answer to show."""
        card = self._card(view)
        return Answer(text=self._headline(view), cards=(card,), shown=shown(card))

    def _headline(self, view: View) -> str:
        when = span(self.args.begin, self.args.end, view)
        amount = money(sum((one.won.amount for one in self.people), Decimal(0)), view)
        count = sum(one.won.count for one in self.people)
        if len(self.people) == 1:
            who = self._name(self.people[0])
            en = f"{who} won {_deals(count)}{_led(when)}, {amount}."
            return view.say(f"{who}{when}赢单 {count} 个,共 {amount}。", en)
        best = self.people[0]
        lead = view.say(
            f",最多的是{self._name(best)}({money(best.won.amount, view)})",
            f"; most by {self._name(best)} ({money(best.won.amount, view)})",
        )
        said = view.say(f"{when}共赢单 {count} 个,{amount}", f"{_deals(count)} won{_led(when)}, {amount}")
        return said + (lead if count else "") + view.say("。", ".")

    def _name(self, person: Person) -> str:
        return self.names.of("user", person.work.user_id)

    def _card(self, view: View) -> Card:
        columns = ("姓名", "赢单", "在跟商机", "纪要", "完成待办", "逾期待办")
        if view.language == "en":
            columns = ("name", "won", "pipeline", "notes", "tasks done", "overdue")
        rows = tuple(
            Row(cells=self._cells(one, view), link=self.names.link("user", one.work.user_id)) for one in self.people
        )
        chart = Chart(
            kind="bar",
            labels=tuple(self._name(one) for one in self.people),
            values=tuple(float(one.won.amount) for one in self.people),
            unit=view.say("元", "CNY"),
        )
        return Card(title="", columns=columns, rows=rows, chart=chart)

    def _cells(self, one: Person, view: View) -> tuple[str, ...]:
        won, pipeline = money(one.won.amount, view), money(one.pipeline.amount, view)
        return (
            self._name(one),
            view.say(f"赢单 {won}({one.won.count} 个)", f"won {won} ({one.won.count})"),
            view.say(f"在跟 {pipeline}({one.pipeline.count} 个)", f"open {pipeline} ({one.pipeline.count})"),
            view.say(f"纪要 {one.work.notes}", f"{one.work.notes} notes"),
            view.say(f"完成待办 {one.work.done}", f"{one.work.done} tasks done"),
            view.say(f"逾期 {one.work.overdue}", f"{one.work.overdue} overdue"),
        )


def _deals(count: int) -> str:
    return f"{count} deal{'' if count == 1 else 's'}"


def _led(when: str) -> str:
    return f" {when}" if when else ""


@tool(args=Performance, effect=Effect.READ)
def performance(ctx: ToolContext, args: Performance) -> Results:
    """业绩:赢单、在跟、纪要、待办,按人. Say what each person won, has in the pipeline, noted and did in a period."""
    covered(ctx, args.owners)
    owners = args.owners or _team(ctx)
    stages = {stage.id: stage for stage in ctx.crm.stages.in_order()}
    won = _by_owner(
        ctx, OpportunityFilter(status="won", owners=owners, closed_from=args.begin, closed_to=args.end), stages, owners
    )
    pipeline = _by_owner(ctx, OpportunityFilter(owners=owners), stages, owners)
    work = work_figures(ctx.crm, owners, _midnight(ctx, args.begin), _midnight(ctx, args.end, days=1))
    people = [Person(work=one, won=won[one.user_id], pipeline=pipeline[one.user_id]) for one in work]
    people.sort(key=lambda one: (-one.won.amount, -one.pipeline.amount))
    return Results(args=args, people=tuple(people), names=names_for(ctx, (), asked={"user": owners}))


def _team(ctx: ToolContext) -> tuple[int, ...]:
    """Oneself for a rep, else the reps and managers whom the user sees."""
    me = ctx.crm.principal
    if me.role is Role.REP:
        return (me.user_id,)
    people = [user for user in ctx.crm.users.find() if user.active and user.role != "admin" and me.covers(user.id)]
    return tuple(user.id for user in people) or (me.user_id,)


def _by_owner(
    ctx: ToolContext, wanted: OpportunityFilter, stages: Mapping[int, Stage], owners: Sequence[int]
) -> dict[int, GroupFigure]:
    figures = grouped(deal_figures(ctx.crm, wanted, "owner"), stages, owners)
    return {int(figure.key): figure for figure in figures if figure.key is not None}


def _midnight(ctx: ToolContext, day: date | None, *, days: int = 0) -> datetime | None:
    """The first instant of a day, or of one some days later, in the zone people speak in."""
    return None if day is None else datetime.combine(day + timedelta(days=days), time(), tzinfo=ctx.view.zone)
