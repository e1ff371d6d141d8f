"""Another rhythm, or another day of it, for the recurring task written last: 「只要工作日」, 「改15号吧」."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from assistant.messages import Step
from assistant.planner.embedded.common import do
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.talk.last_write import RECENT, last_record
from assistant.planner.embedded.talk.message import evidence_of, whole
from crm_store.records import Task

LONGEST = 24
_WORKDAYS = re.compile(
    r"(?:只|就|仅|光|单)?(?:要|在|限|留|算|到|是)*(?:工作日|上班(?:日|的?时候|那几天)|周一到周五|周一至周五|星期一到星期五|礼拜一到礼拜五)|"
    r"(?:周末|双休日?|周六日|周六周日|休息日|礼拜天和礼拜六)(?:就|都|也|那两天)?(?:不(?:用|要|必|提|响|算)|别|免|除外|去掉|跳过|休息)|"
    r"(?:去掉|除了|跳过|不算|不含|不要)(?:周末|双休日?|休息日)|(?:only|just)\s+(?:on\s+)?(?:workdays|weekdays)",
    re.I,
)
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天末])")
_MONTHDAY = re.compile(r"(?<![\d月])(\d{1,2})[号日]")
_AROUND = re.compile(
    r"(?:时间|钟点|点|时刻|几点)(?:照旧|不变|不动|还是|一样|照原来)|每个?|周期|频率|这个|那个|它|改|换|放|挪|调|排|定|设|变|到|成|为|在|还是|就|都|也行|吧|呢|啊|哈|好|了|"
    r"的|是|要|要不|那|不对|不是|错了?|说错了?|行|提醒|叫我|我|只|仅|光|单|来|才|去|再|算|就行|即可|照旧|[，,。.！!\s]"
)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


def other_rhythm(desk: Desk) -> list[Step]:
    """The change of the series; [] when the message is no such correction."""
    task = _series(desk)
    if task is None or len(desk.text) > LONGEST or _MORE_OF_THEM.search(desk.text) or evidence_of(desk).asks:
        return []
    found = _workdays(desk, task) or _said(desk, task) or _other_day(desk, task)
    if found is None:
        return []
    recurrence, day = found
    hour = next((t for t in desk.sentence.times if t.due_has_hour), None)
    at: dict[str, object] = {"due_date": day.isoformat()}
    if hour is not None or task.due_at is None:
        clock = hour.due.timetz() if hour is not None else desk.now.timetz()
        at = {"due_at": datetime.combine(day, clock).isoformat()}
    if hour is None and "BY" not in recurrence:
        at = {}
    draft = whole(desk, "update_task", {"task": task.id})
    return [do(draft, "update_task", {"tasks": [task.id], "recurrence": recurrence, **at})]


_MORE_OF_THEM = re.compile("再|另外|还要|也提醒|也要|加一|同时|别的|其他|删|撤|取消|不要了")


def _series(desk: Desk) -> Task | None:
    """The recurring task that was written just now."""
    if desk.last is None or desk.waiting or int(desk.state.get("turn", 0)) - int(desk.last["turn"]) >= RECENT:
        return None
    record = last_record(desk)
    task = desk.crm.tasks.get(record[1]) if record is not None and record[0] == "task" else None
    return task if task is not None and task.recurrence else None


def _is_all(desk: Desk, task: Task, *said: str) -> bool:
    """Whether nothing is said but these words, the task's own and what stands around them."""
    spans = [(t.begin, t.stop) for t in desk.sentence.times]
    spans += [(at, at + len(words)) for words in said if (at := desk.text.find(words)) >= 0]
    rest = "".join(c for i, c in enumerate(desk.text) if not any(begin <= i < stop for begin, stop in spans))
    return not [c for c in _AROUND.sub("", rest) if c not in task.title]


def _workdays(desk: Desk, task: Task) -> tuple[str, date] | None:
    found = _WORKDAYS.search(desk.text)
    if found is None or not _is_all(desk, task, found[0]):
        return None
    return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", _next(desk, task, lambda day: day.weekday() < len(_DAYS) - 2)


def _said(desk: Desk, task: Task) -> tuple[str, date] | None:
    """A whole rhythm told anew: 「放在每周二」, 「改成每月15号」."""
    told = [t for t in desk.sentence.times if t.recurrence]
    if len(told) != 1 or not _is_all(desk, task):
        return None
    return str(told[0].recurrence), told[0].start.astimezone(desk.view.zone).date()


def _other_day(desk: Desk, task: Task) -> tuple[str, date] | None:
    """Another day of the same rhythm: 「改15号吧」 of a monthly one, 「周二」 of a weekly one."""
    series = str(task.recurrence)
    week, month = _WEEKDAY.search(desk.text), _MONTHDAY.search(desk.text)
    if "FREQ=WEEKLY" in series and week and week[1] in _WEEK and not _NEXT_WEEK.search(desk.text):
        place = _WEEK[week[1]]
        fits = _is_all(desk, task, week[0])
        rule = re.sub(r";BYDAY=[A-Z,]+", "", series) + f";BYDAY={_DAYS[place]}"
        return (rule, _next(desk, task, lambda day: day.weekday() == place)) if fits else None
    if "FREQ=MONTHLY" in series and month and 0 < int(month[1]) < LAST_DAY and not week:
        place = int(month[1])
        rule = re.sub(r";BY(?:MONTHDAY|DAY|SETPOS)=[A-Z\d,+-]+", "", series) + f";BYMONTHDAY={place}"
        first = task.due_at.astimezone(desk.view.zone).date().replace(day=1) if task.due_at else None
        begin = max(first, desk.now.date()) if first else desk.now.date()
        return (rule, _from(begin, lambda day: day.day == place)) if _is_all(desk, task, month[0]) else None
    return None


LAST_DAY = 29
"""Days that every month has; 29 to 31 are asked about by the handler of tasks."""
_NEXT_WEEK = re.compile("[这本下上]个?(?:周|星期|礼拜)")


def _next(desk: Desk, task: Task, fits: Callable[[date], bool]) -> date:
    """The first day that fits at which the task's hour is still ahead."""
    today = desk.now.date()
    due = task.due_at.astimezone(desk.view.zone) if task.due_at else None
    over = due is not None and due.time() <= desk.now.time()
    return _from(today + timedelta(days=1) if over else today, fits)


def _from(begin: date, fits: Callable[[date], bool]) -> date:
    return next(day for i in range(62) if fits(day := begin + timedelta(days=i)))


__all__ = ["other_rhythm"]
