"""Another rhythm for the recurring task made or changed just now: 只要工作日, 还是每周二吧, 改15号."""

from __future__ import annotations

from datetime import datetime, timedelta

from assistant.messages import Step
from assistant.planner.embedded.common import do, echo
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.talk.last_write import RECENT, last_record
from assistant.planner.embedded.talk.message import evidence_of, whole
from crm_store.records import OPEN, Task
from intents import patterns as re
from intents.times import Kind, TimeExpression, find_times, keeps_clock

_WORKDAYS = re.compile(
    r"(?:只|就|仅|光)(?:要|在|限|留|用|算|选)?(?:每个?)?(?:工作日|上班(?:日|时间)?|周一(?:到|至)周?五)|(?:工作日|上班日?)(?:才|就行|就够|即可|再)|"
    r"(?:双休|周末|礼拜[六天]|休息日|节假日|周六周?日|六日)(?:的|都|就|两天)*(?:不用|不要|别|免|不算|不必|去掉|除外|跳过|略过|不提醒|不响|不叫)|"
    r"(?:除去?了?|跳过|去掉|避开|不含|不算|不包括)(?:双休|周末|休息日|节假日)|"
    r"\b(?:weekdays|workdays) only\b|\bonly (?:on )?(?:weekdays|workdays)\b",
    re.I,
)
_SPENT = re.compile(
    r"不对|不是|错了|说错了?|搞错了?|记错了?|更正|应该|其实|还是|要不|算了|这个|那个|这条|那条|它|"
    r"频率|周期|日子|日期|时间|钟点|提醒|重复|循环|改|换|调|挪|放|移|变|定|设|安排|推|成|为|到|在|是|就|只|要|用|吧|哈|的|了|好|那|把|给我|"
    r"每次|都|也|再|照旧|不变|不动|一样|同样|同一?个?|老|原来?|才|行|够|[，,。.！!\s]"
)
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]$")
_MONTH_DAY = re.compile(r"^(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])[号日]$")


def change_rhythm(desk: Desk) -> list[Step]:
    """The change of the series; [] where the message says anything else."""
    task = _series(desk)
    if task is None or desk.waiting or desk.question:
        return []
    if (first := _begun_on(desk, task)) is not None:
        draft = whole(desk, "update_task", {"task": task.id})
        return [do(draft, "update_task", {"tasks": [task.id], "due_at": first.isoformat()})]
    rhythm = _rhythm(desk, task)
    if rhythm is None:
        return []
    assert rhythm.recurrence is not None
    draft = whole(desk, "update_task", {"task": task.id})
    args: dict[str, object] = {"tasks": [task.id], "recurrence": _kept_interval(task, rhythm)}
    args["due_at"] = _first(draft, task, rhythm)
    return [do(draft, "update_task", args, echo=echo(draft, rhythm))]


_BEGINS = re.compile(
    r"(?:第一次|第一回|头一次|头一回|首次|首期)[，,是就]*(?:从|自|由|打)?|^(?:就)?(?:从|自|打)(?!今往后|此)"
)
_BEGINS_REST = re.compile(r"再|才|算|起|开始|开头|放在|放|在|是|定|就|吧|哈|的|了|好|[，,。.！!\s]")


def _begun_on(desk: Desk, task: Task) -> datetime | None:
    """The first day that 「第一次从下周四算起」 gives the series, at its own hour if none is said; else None."""
    times = [t for t in desk.sentence.times if not t.recurrence and t.kind is not Kind.DURATION]
    if len(times) != 1 or evidence_of(desk).asks or not _BEGINS.search(desk.text[: times[0].begin]):
        return None
    if _BEGINS_REST.sub("", _BEGINS.sub("", _without(desk.text, times[0]))):
        return None
    assert task.due_at is not None
    old, day = task.due_at.astimezone(desk.view.zone), times[0].due
    first = day if times[0].due_has_hour else datetime.combine(day.date(), old.timetz())
    return first if first > desk.now else None


def _series(desk: Desk) -> Task | None:
    """The recurring task that was written last, a short while ago."""
    if desk.last is None or int(desk.state.get("turn", 0)) - int(desk.last["turn"]) >= RECENT:
        return None
    record = last_record(desk)
    task = desk.crm.tasks.require(record[1]) if record is not None and record[0] == "task" else None
    return task if task is not None and task.recurrence and task.status == OPEN and task.due_at else None


def _rhythm(desk: Desk, task: Task) -> TimeExpression | None:
    """The rule that the message gives, as if it had been said in full."""
    assert task.recurrence is not None
    if evidence_of(desk).asks:
        return None
    workdays = _WORKDAYS.search(desk.text)
    if workdays is not None:
        rest = desk.text[: workdays.start()] + desk.text[workdays.end() :]
        return _read(desk, task, "每个工作日") if _says_no_more(rest, task) else None
    times = [t for t in desk.sentence.times if t.kind is not Kind.DURATION]
    if len(times) != 1 or not _says_no_more(_without(desk.text, times[0]), task):
        return None
    (time,) = times
    if time.recurrence:
        return time if "BY" in time.recurrence else None
    if not re.search("改|换|调|挪|放|错|不对|不是|还是|应该|定", desk.text) or time.due_has_hour:
        return None
    if task.recurrence.startswith("FREQ=WEEKLY") and (found := _WEEKDAY.search(time.text)) and len(time.text) < LONG:
        return _read(desk, task, f"每{found[0]}")
    if task.recurrence.startswith("FREQ=MONTHLY") and _MONTH_DAY.match(time.text):
        return _read(desk, task, f"每月{time.text}")
    return None


_SLIP = re.compile("不对|不是|错|应该是|更正|口误")
LONG = 4
"""下周二 and 这周二 name one day, 周二 and 星期二 may be every one."""


def _without(text: str, time: TimeExpression) -> str:
    return text[: time.begin] + "，" + text[time.stop :]


def _says_no_more(rest: str, task: Task) -> bool:
    """Whether the words beside the rhythm only speak of changing it, or repeat the task's title."""
    left = _SPENT.sub("，", rest)
    for size in (4, 3, 2, 1):
        for begin in range(len(task.title) - size + 1):
            left = left.replace(task.title[begin : begin + size], "")
    return not left.strip("，")


def _read(desk: Desk, task: Task, words: str) -> TimeExpression | None:
    found = find_times(words, now=desk.now)
    return found[0] if len(found) == 1 and found[0].recurrence else None


def _kept_interval(task: Task, rhythm: TimeExpression) -> str:
    """Every other week stays every other week where only its day changes."""
    old, new = str(task.recurrence), str(rhythm.recurrence)
    interval = re.search(r"INTERVAL=\d+", old)
    same = old.split(";")[0] == new.split(";")[0]
    if interval is None or not same or "INTERVAL" in new or rhythm.text.startswith(("每隔", "隔")):
        return new
    return new.replace(";", f";{interval[0]};", 1)


def _first(draft: Draft, task: Task, rhythm: TimeExpression) -> str:
    """The first time of the new rhythm in the week or month in which the old one stood, at its hour if none is said."""
    zone, now = draft.desk.view.zone, draft.now
    assert task.due_at is not None
    old = task.due_at.astimezone(zone)
    clock = rhythm.start.timetz() if rhythm.due_has_hour and not keeps_clock(draft.text) else old.timetz()
    since = old.replace(hour=0, minute=0, second=0, microsecond=0)
    if "MONTHLY" in str(rhythm.recurrence):
        since = since.replace(day=1)
    elif str(task.recurrence).startswith("FREQ=WEEKLY") and _SLIP.search(draft.text):
        since = now  # as if it had been said so at once
    elif str(task.recurrence).startswith("FREQ=WEEKLY"):
        since -= timedelta(days=since.weekday())
    for _ in range(8):
        found = find_times(rhythm.text, now=max(since, now.replace(hour=0, minute=0, second=0, microsecond=0)))
        first = datetime.combine(found[0].start.date(), clock) if found else old
        if first > now:
            break
        since = first.replace(hour=0, minute=0) + timedelta(days=1)
    return first.isoformat()
