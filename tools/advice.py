"""What the records say should be done about a deal: rules over its facts, each point with the record it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crm_store.records import Contact, Note, Opportunity, Stage, Task
from tools.base import View
from tools.cards import RecordLink
from tools.roles import playing
from tools.wording import TYPES, day, moment, money, shortened, word

SOON, QUIET, LONG_QUIET = 14, 14, 30
"""Days: a close date is near; a customer has not been heard of for long; for very long."""
UNLIKELY = 60
"""Percent of probability below which a deal that should close soon is behind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One thing to do or to know, in both languages; `weight` says how much it presses (0 to 10), `source` why."""

    zh: str
    en: str
    weight: float
    source: RecordLink
    reason_zh: str = ""
    reason_en: str = ""

    def line(self, view: View) -> str:
        """The point with its source."""
        kind = word(TYPES, self.source.type, view)
        mark = view.say(f"〔{kind} {self.source.label}〕", f" [{kind}: {self.source.label}]")
        return view.say(self.zh, self.en) + mark


@dataclass(frozen=True, kw_only=True, slots=True)
class DealFacts:
    """What is on record about a deal that is being advised on; `today` is the day in the zone people speak in."""

    deal: Opportunity
    customer: str
    stage: Stage
    today: date
    quiet_days: int | None  # days since the last contact; None where there was none
    tasks: tuple[Task, ...] = ()
    contacts: tuple[Contact, ...] = ()
    notes: tuple[Note, ...] = ()  # newest first
    knows_people: bool = True  # whether contacts and notes were looked up

    @property
    def link(self) -> RecordLink:
        """The deal."""
        return RecordLink(type="opportunity", id=self.deal.id, label=self.deal.name)


def points(facts: DealFacts, view: View) -> list[Point]:
    """What should be done, what presses most first."""
    found = [*_tasks(facts, view), *_dates(facts, view), *_silence(facts), *_people(facts), *_said(facts, view)]
    return sorted(found, key=lambda point: -point.weight)


def urgency(found: Sequence[Point], facts: DealFacts) -> float:
    """How much a deal needs somebody: what presses, and a little for its size and its chance."""
    amount = float(facts.deal.amount or 0)
    size = min(2.0, amount / 1_000_000)  # a million more or less doesn't outweigh a broken promise
    return sum(point.weight for point in found) + size + facts.stage.probability / 100


def _tasks(facts: DealFacts, view: View) -> Iterable[Point]:
    late = [task for task in facts.tasks if task.due_at is not None and task.due_at < view.now]
    for task in late[:2]:
        due = moment(task.due_at, view) if task.due_at else ""
        yield Point(
            zh=f"先把逾期的「{task.title}」补上,原定 {due}",
            en=f"First do what is overdue: “{task.title}”, due {due}",
            weight=6.0 if task.priority == "high" else 5.0,
            source=RecordLink(type="task", id=task.id, label=task.title),
            reason_zh=f"待办「{task.title}」已逾期",
            reason_en=f"“{task.title}” is overdue",
        )
    coming = [task for task in facts.tasks if task not in late]
    for task in coming[:1]:
        due = moment(task.due_at, view) if task.due_at else view.say("未定时间", "no due time")
        yield Point(
            zh=f"接着是「{task.title}」({due})",
            en=f"Then “{task.title}” ({due})",
            weight=1.0,
            source=RecordLink(type="task", id=task.id, label=task.title),
        )
    if not facts.tasks:
        yield Point(
            zh="这单没有待办,先定下一步和时间",
            en="Nothing is planned for this deal: set the next step and its day",
            weight=2.5,
            source=facts.link,
            reason_zh="没有安排下一步",
            reason_en="no next step planned",
        )


def _dates(facts: DealFacts, view: View) -> Iterable[Point]:
    closing, chance = facts.deal.expected_close_date, facts.stage.probability
    if closing is None:
        return
    left = (closing - facts.today).days
    when = day(closing, view)
    if left < 0:
        yield Point(
            zh=f"预计签约日 {when} 已经过去,跟客户重新确认日期,再改到系统里",
            en=f"The expected close date {when} has passed: agree on a new one and record it",
            weight=5.0,
            source=facts.link,
            reason_zh=f"预计签约日已过 {-left} 天",
            reason_en=f"close date passed {-left} days ago",
        )
    elif left <= SOON:
        behind, in_days = chance < UNLIKELY, f"{left} day{'' if left == 1 else 's'}"
        yield Point(
            zh=f"离预计签约日 {when} 还有 {left} 天,现在在「{facts.stage.name}」({chance}%)"
            + (",要么加快,要么改日期" if behind else ",盯紧签约"),
            en=f"{in_days} to the expected close ({when}), now in “{facts.stage.name}” ({chance}%)"
            + (": speed up or move the date" if behind else ": see it signed"),
            weight=4.0 if behind else 3.0,
            source=facts.link,
            reason_zh=f"{left} 天后该签约,阶段还在「{facts.stage.name}」" if behind else f"{left} 天后该签约",
            reason_en=f"due to close in {in_days}",
        )


def _silence(facts: DealFacts) -> Iterable[Point]:
    quiet = facts.quiet_days
    if quiet is not None and quiet < QUIET:
        return
    since_zh = "还没有沟通记录" if quiet is None else f"已经 {quiet} 天没有沟通"
    since_en = "no contact on record" if quiet is None else f"no contact for {quiet} days"
    yield Point(
        zh=f"{since_zh},先联系一次,问清进展",
        en=f"There is {since_en}: get in touch and ask where things stand",
        weight=4.0 if quiet is None or quiet >= LONG_QUIET else 3.0,
        source=facts.link,
        reason_zh=since_zh,
        reason_en=since_en,
    )


def _people(facts: DealFacts) -> Iterable[Point]:
    if not facts.knows_people:
        return
    deciding, known = playing(facts.contacts, "决策")
    if not known:
        yield Point(
            zh="还没有登记决策人,先弄清谁拍板",
            en="No decision maker is on record: find out who decides",
            weight=2.0,
            source=facts.link,
        )
        return
    met = {name for note in facts.notes for name in note.attendees}
    unseen = [contact for contact in deciding if contact.name not in met]
    if facts.notes and unseen and len(unseen) == len(deciding):
        person = unseen[0]
        title = f"({person.title})" if person.title else ""
        yield Point(
            zh=f"最近几次沟通里没有决策人 {person.name}{title},约一次",
            en=f"The decision maker {person.name}{title} was in none of the latest meetings: arrange one",
            weight=2.0,
            source=RecordLink(type="contact", id=person.id, label=person.name),
        )


_DETAIL_POINTS: Mapping[str, tuple[str, str, float]] = {
    "next_steps": ("上次定的下一步:{}", "Next step agreed last time: {}", 3.5),
    "needs": ("客户提的需求:{}", "What the customer needs: {}", 1.5),
    "competitor": ("竞争对手:{}", "Competitor: {}", 1.2),
    "budget": ("客户预算:{}", "Budget: {}", 1.2),
}


def _said(facts: DealFacts, view: View) -> Iterable[Point]:
    if not facts.notes:
        return
    newest = facts.notes[0]
    when = day(newest.occurred_at.astimezone(view.zone).date(), view)
    source = RecordLink(type="note", id=newest.id, label=f"{facts.customer} {when}")
    yield Point(
        zh=f"最近一次({when}):{shortened(newest.summary, 120)}",
        en=f"Last time ({when}): {shortened(newest.summary, 120)}",
        weight=0.8,
        source=source,
    )
    for key, (zh, en, weight) in _DETAIL_POINTS.items():
        value = newest.details.get(key)
        if value:
            text = "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
            yield Point(zh=zh.format(text), en=en.format(text), weight=weight, source=source)


def overview(facts: DealFacts, view: View) -> str:
    """The deal in one line: customer, stage, amount."""
    parts = [facts.customer, facts.stage.name, money(facts.deal.amount, view)]
    return f"{facts.deal.name}: " + view.say(",", ", ").join(part for part in parts if part)
