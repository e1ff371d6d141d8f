"""What several handlers need: asking for a missing record, holding, picking times, echoing what was understood."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from assistant.messages import Ask, Do, Outcome, Say, Step, ToolCall
from assistant.planner.embedded.draft import Choices, Draft
from assistant.planner.embedded.handlers.words import EARLIER
from assistant.planner.embedded.resolve import Resolution, Verdict, customer_options
from assistant.planner.embedded.targets import options_for
from intents import patterns as re
from intents.numbers import speak_yuan
from intents.times import (
    Grain,
    Kind,
    Look,
    Problem,
    TimeExpression,
    Towards,
    describe,
    find_times,
    is_bare_day,
    moved_from,
)

Handler = Callable[[Draft], list[Step]]
_CORRECTED = re.compile(
    r"^[\s，,。.、]*(?:呃|额|哦|噢|啊|不对|不是|不不|哎|嗯|错了|说错了|改一下|应该是|是说|no wait|sorry|I mean|不|，"
    r")+[\s，,。.、]*(?:是|应该是|改成)?[\s，,]*$",
    re.I,
)

_TYPE_NAMES = {
    "customer": ("客户", "customer"),
    "contact": ("联系人", "contact"),
    "opportunity": ("商机", "opportunity"),
    "task": ("待办", "task"),
    "lead": ("线索", "lead"),
    "product": ("产品", "product"),
    "note": ("纪要", "note"),
}


def do(draft: Draft, tool: str, args: dict[str, object], *, echo: str = "", hold: bool = False) -> Do:
    """One call; what is None is left out. A draft whose target is not the only near one is held."""
    given = {name: value for name, value in args.items() if value is not None and value != ()}
    keep_in_focus(draft, given)
    return Do(calls=(ToolCall(tool=tool, args=given),), echo=echo, hold="unsure" if hold else None)


def keep_in_focus(draft: Draft, args: dict[str, object]) -> None:
    """What a command is about is what the next one may leave out."""
    focus, crm = draft.desk.focus_next, draft.desk.crm
    for kind in ("customer", "contact", "opportunity", "lead", "product"):
        found = args.get(kind)
        if isinstance(found, int):
            focus[kind] = found
    ids = _as_list(args.get("record_ids"))
    if len(ids) == 1 and isinstance(ids[0], int):
        focus[str(args["record_type"])] = ids[0]
    for kind, name in (("opportunity", "opportunities"), ("task", "tasks")):
        several = _as_list(args.get(name))
        if len(several) == 1 and isinstance(several[0], int):
            focus[kind] = several[0]
    task = crm.tasks.get(focus["task"]) if "task" in focus else None
    if task is not None and task.lead_id is not None:
        focus.setdefault("lead", task.lead_id)
    colleagues = [args.get("owner"), args.get("assignee"), *_as_list(args.get("owners"))]
    others = {c for c in colleagues if isinstance(c, int)} - {crm.principal.user_id}
    if len(others) == 1:
        focus["user"] = others.pop()
    person = crm.contacts.get(focus["contact"]) if "contact" in focus else None
    deal = crm.opportunities.get(focus["opportunity"]) if "opportunity" in focus else None
    for record in (deal, person):
        if record is not None:
            focus["customer"] = record.customer_id


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def ask_which(draft: Draft, slot: str, resolution: Resolution) -> list[Step]:
    """The question that an unresolved record leads to: which one, or which at all."""
    if resolution.options:
        slot = resolution.kind
    zh, en = _TYPE_NAMES[slot]
    if resolution.verdict is Verdict.UNKNOWN:
        return [_not_found(draft, slot, resolution)]
    if resolution.verdict is Verdict.ASK:
        text = draft.say(f"您说的是哪个{zh}?", f"Which {en} do you mean?")
        choices = _options(draft, slot, resolution)
        pointed = {} if choices else {"unknown": resolution.words}
        return [draft.ask(slot, text, choices, **pointed)]
    return [draft.ask(slot, draft.say(f"是哪个{zh}的?请说名字。", f"Which {en}? Please say its name."))]


def _not_found(draft: Draft, slot: str, resolution: Resolution) -> Ask:
    zh, en = _TYPE_NAMES[slot]
    words = resolution.words
    called = f"「{words}」" if words else f"这个{zh}"
    text = draft.say(f"没有找到{called}。", f"I could not find {words or 'that ' + en}.")
    options = _options(draft, slot, resolution)
    if options:
        text += draft.say("您是指:", " Did you mean:")
    else:
        text += draft.say(f"请说{zh}的全名或简称。", f" Please give the {en}'s name.")
    return draft.ask(slot, text, options, unknown=words)


def _options(draft: Draft, slot: str, resolution: Resolution) -> Choices:
    if slot == "customer":
        return customer_options(draft, resolution.options)
    return options_for(draft, slot, resolution.options)


def refuse(draft: Draft, zh: str, en: str) -> list[Step]:
    """Say that this won't be done."""
    return [Say(text=draft.say(zh, en), outcome=Outcome.REFUSED)]


# --- times -------------------------------------------------------------------------------------------------------


def said_last(draft: Draft, times: list[TimeExpression]) -> list[TimeExpression]:
    """Times without those that the speaker took back in the same breath (下周三呃下周四)."""
    text = draft.sentence.text
    kept: list[TimeExpression] = []
    for time in times:
        if (
            kept
            and kept[-1].stop <= time.begin
            and _CORRECTED.match(text[kept[-1].stop : time.begin])
            and _took_back(text[kept[-1].stop : time.begin])
        ):
            kept.pop()
        elif kept and time.due_has_hour and _SAID_WRONG.search(text[kept[-1].stop : time.begin]):
            wrong = kept.pop()
            day_kept = says_a_day(wrong) and not says_a_day(time) and not time.recurrence
            time = moved_to_day(time, wrong.due.date(), draft.now) if day_kept else time
        kept.append(time)
    return kept


_SAID_WRONG = re.compile(
    r"(?:^|[，,\s呃额哦啊哎])(?:不对|说错了?|错了|不是)(?:不对|了|啊|哦)*[，,\s]*(?:是|应该是|应当是|改成?|得是)?[，,\s]*$"
)
"""「九点半给某某回电话，呃不对，是十点」: the hour said before is taken back at the end."""


def _took_back(between: str) -> bool:
    return bool(re.search(r"呃|额|哦|噢|不|错|哎|应该|wait|sorry|mean", between))


def due_time(draft: Draft) -> TimeExpression | None:
    """When a new task is due: a recurrence, else the first time with an hour, else the first."""
    times = [t for t in said_last(draft, draft.times) if t.kind is not Kind.DURATION]
    if not times:
        return None
    recurring = [t for t in times if t.recurrence]
    with_hour = [t for t in times if t.due_has_hour]
    return (recurring or with_hour or times)[0]


def new_time(draft: Draft) -> TimeExpression | None:
    """The time that something is moved to: the last one said."""
    times = [t for t in said_last(draft, draft.times) if t.kind is not Kind.DURATION]
    with_hour = [t for t in times if t.due_has_hour]
    return (with_hour or times)[-1] if times else None


_LATER = re.compile(r"推迟|推后|往后|向后|朝后|延|顺延|拖|后推|后移|[挪移]后|postpone|push", re.I)
_ONTO_LATER = re.compile(r"推(?:到|至)")
_SOONER = re.compile(rf"{EARLIER}|[往向朝]前|前[提移]")


def moved_time(draft: Draft, was: datetime | date | None) -> TimeExpression | None:
    """The time that something due on `was` is moved to; 20号 of what is due next month is the 20th of that month."""
    time = new_time(draft)
    if time is None or was is None or not is_bare_day(time):
        return time
    day = was.astimezone(draft.desk.view.zone).date() if isinstance(was, datetime) else was
    ahead = (day.year, day.month) != (draft.now.year, draft.now.month)
    if _SOONER.search(draft.text):
        return moved_from(time, day, draft.now, Towards.EARLIER)
    later = _LATER.search(draft.text) or (ahead and _ONTO_LATER.search(draft.text))
    return moved_from(time, day, draft.now, Towards.LATER if later else Towards.EITHER)


def wrong_time(draft: Draft, time: TimeExpression, slot: str) -> list[Step]:
    """The question that a past or impossible time leads to; [] when the time is fine."""
    if time.problem is Problem.IMPOSSIBLE:
        text = draft.say(
            f"「{time.text}」这个时间不存在,请问是哪一天、几点?", f"“{time.text}” does not exist. Which day and time?"
        )
    elif time.problem is Problem.PAST or time.due < draft.now:
        when = echo_time(draft, time)
        text = draft.say(
            f"「{time.text}」({when})已经过去了,请问改到什么时候?", f"“{time.text}” is already past. When should it be?"
        )
    elif time.problem is Problem.AMBIGUOUS:
        text = draft.say(f"「{time.text}」指哪一天?请说具体日期。", f"Which day is “{time.text}”?")
    else:
        return []
    return [draft.ask(slot, text)]


def moved_to_day(time: TimeExpression, day: date, now: datetime) -> TimeExpression:
    """The hour of `time` on another day."""
    due = datetime.combine(day, time.due.timetz())
    problem = Problem.PAST if due < now else None
    return dataclasses.replace(time, start=due, end=due, due=due, problem=problem, kind=Kind.POINT)


def with_hour_of(day: TimeExpression, hour: TimeExpression, now: datetime) -> TimeExpression:
    """The day of one expression at the hour of another."""
    text = day.text if says_a_day(hour) else f"{day.text}{hour.text}"
    return dataclasses.replace(moved_to_day(hour, day.due.date(), now), text=text, begin=day.begin, stop=hour.stop)


def day_spoken_of(draft: Draft, words: str) -> date | None:
    """The one day that was written or shown just before: a task's, or the coming day that a minute speaks of.

    Of several days shown, the one whose record has most in common with `words`, what the command is about.
    """
    desk = draft.desk
    fresh = desk.last is not None and int(desk.state.get("turn", 0)) == int(desk.last["turn"])
    if fresh and desk.last is not None:
        written = [(str(t), int(i)) for t, i, op in desk.last["records"] if op != "delete"]
        days = {day for kind, i in written for day, _ in _days_of(draft, kind, i)}
        return days.pop() if len(days) == 1 else None
    shown = [found for kind, i in desk.state.get("listed", []) for found in _days_of(draft, str(kind), int(i))]
    if len({day for day, _ in shown}) > 1:
        shared = [(sum(words[i : i + 2] in told for i in range(len(words) - 1)), day) for day, told in shown]
        most = max(count for count, _ in shared)
        shown = [(day, "") for count, day in shared if count == most > 0]
    found = {day for day, _ in shown}
    return found.pop() if len(found) == 1 else None


def _days_of(draft: Draft, kind: str, record_id: int) -> list[tuple[date, str]]:
    """The days that a record names, each with the words it is told in."""
    record: Any = draft.desk.crm.repository(kind).get(record_id) if kind in ("task", "note") else None
    zone = draft.desk.view.zone
    if record is None:
        return []
    if kind == "task":
        return [] if record.due_at is None else [(record.due_at.astimezone(zone).date(), record.title)]
    times = find_times(record.summary, now=record.occurred_at.astimezone(zone), look=Look.AHEAD)
    ahead = [t for t in times if t.kind is not Kind.DURATION and t.grain in _FINE and t.due.date() >= draft.now.date()]
    return [(t.due.date(), record.summary) for t in ahead]


_FINE = (Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY, Grain.DAY)


def echo_time(draft: Draft, time: TimeExpression) -> str:
    """The resolved time as the reply shows it."""
    when = time.start if time.recurrence else time.due
    return describe(when, now=draft.now, has_hour=time.due_has_hour, language=draft.desk.view.language)


def echo(draft: Draft, time: TimeExpression | None) -> str:
    """「下周三 = 11月25日(周三)15:00」."""
    return "" if time is None else f"{time.text} = {echo_time(draft, time)}"


def last_day(time: TimeExpression) -> datetime:
    """The day that a date field takes: the day itself, or the last day of a longer period."""
    return time.due if time.grain in (Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY, Grain.DAY) else _end(time)


def _end(time: TimeExpression) -> datetime:
    return time.end - timedelta(days=1) if time.end > time.start else time.start


_DATE_WORDS = re.compile(
    r"[年月日号周天]|礼拜|星期|今|明|后|昨|前|初|底|末|day|week|month|tomorrow|mon|tue|wed|thu|fri|sat|sun|\d[/-]\d",
    re.I,
)


def says_a_day(time: TimeExpression) -> bool:
    """Whether the words name a day, not merely an hour."""
    return bool(_DATE_WORDS.search(re.sub(r"(\d+|[一二三四五六七八九十]+)(分钟|小时)", "", time.text)))


def spoken_money(value: Decimal) -> str:
    """An amount for a question."""
    return speak_yuan(value)
