"""Customers by what they ordered and when: 今年下过单的, 去年买过今年没买的, 一年没复购的."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.filters import iso_day
from assistant.planner.embedded.questions.words import SPAN, span_days
from assistant.planner.embedded.reading.periods import Period, bounds_of
from intents import patterns as re
from intents.times import Kind, Look

_ORDERS = re.compile(
    r"(?P<no>(?:没|未|不曾)(?:有|再|怎么|见|来|回头|继续|又)*)?"
    r"(?P<deed>下(?:过|了)?(?:新|订|一)?单|[订拿进提]过?了?货|买(?!方|家)|采购(?!部|经理|总监|主管|负责|的人)|(?P<again>复购|回购|返单|续单)|订购)"
)
_AGAIN = re.compile("复购|回购|返单|续单|回头|再|老客户")
_WHOSE = re.compile(r"客户|哪[些几]?家|谁|有没有|几家|多少家|which|who")


def asks_who_ordered(draft: Draft) -> bool:
    """Whether it is asked which customers ordered, or no longer do, rather than what one of them bought."""
    return _WHOSE.search(draft.text) is not None and bool(ordering_in(draft))


def ordering_in(draft: Draft) -> dict[str, object]:
    """Arguments of find_customers; {} where nothing is said of orders."""
    found: dict[str, object] = {}
    begin, told = 0, Period()
    for deed in _ORDERS.finditer(draft.text):
        period = _period_between(draft, begin, deed.start())
        begin = deed.end()
        if deed["no"] is None and deed["again"] is None:
            told = period or Period(end=draft.now)
            found |= {"ordered_from": iso_day(told.first_day), "ordered_to": iso_day(told.last_day)}
        elif deed["no"] is not None:
            found |= _not_ordered(draft, deed.start(), period, told)
            if _AGAIN.search(draft.text):
                found.setdefault("ordered_to", draft.now.date().isoformat())
    return {name: value for name, value in found.items() if value is not None}


def _period_between(draft: Draft, begin: int, stop: int) -> Period | None:
    """The period said last between these places of the command."""
    times = [
        time
        for time in draft.times_looking(Look.BACK)
        if time.kind not in (Kind.DURATION, Kind.RECURRENCE) and begin <= time.begin - draft.begin < stop
    ]
    return bounds_of(times[-1]) if times else None


def _not_ordered(draft: Draft, stop: int, period: Period | None, told: Period) -> dict[str, object]:
    """Since when, or when, there was no order: so long, in that period, or since what was bought before."""
    if spans := list(SPAN.finditer(draft.text[:stop])):
        days = span_days(spans[-1][1], spans[-1][2])
        return {} if days is None else {"not_ordered_from": (draft.now.date() - timedelta(days=days)).isoformat()}
    if period is not None and period.begin is not None:
        last = period.last_day
        over = last is not None and last < draft.now.date()
        return {"not_ordered_from": iso_day(period.first_day), "not_ordered_to": iso_day(last) if over else None}
    after: date | None = told.last_day
    return {} if after is None else {"not_ordered_from": (after + timedelta(days=1)).isoformat()}
