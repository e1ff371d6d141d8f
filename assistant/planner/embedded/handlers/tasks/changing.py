"""Existing tasks: reschedule, rename, prioritise, hand over, complete, reopen, cancel."""

from __future__ import annotations

from datetime import datetime

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.common import do, echo, moved_time, new_time, refuse, says_a_day, wrong_time
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.assignees import assignee_in
from assistant.planner.embedded.handlers.tasks.choosing import choose_tasks
from assistant.planner.embedded.handlers.tasks.moving import (
    by_the_old_hour,
    days_before_hour,
    due_fields,
    onto_day,
    onto_former_day,
    says_a_move,
    shift_in,
)
from assistant.planner.embedded.handlers.tasks.words import EARLIER
from assistant.planner.embedded.reading.fields import priority_in
from assistant.planner.embedded.targets import resolve_user
from crm_store.records import CANCELLED, DONE, OPEN
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.times import Kind

_APPEND = re.compile(
    r"(?:标题|内容|任务|待办)?(?:里|后面|后头|后边|末尾|结尾|尾巴上?|上|中)?(?:再|也|还)?(?:要|得)?(?:补上|加上|添上|添加|添个?|缀上|续上|接上|补一句|加一句|补充|追加|注明|备注|写上|带上一句)[「“\"':"
    r"：，]*(.+?)[」”\"']*(?:几个字|这句)?$"
)
_INTO_TITLE = re.compile(
    r"(?:标题|名称)(?:里头?|中|上|后[面头边]?|末尾|结尾|处)?(?:再|也|还|要|得|给我|帮我)*(?:加|补|添|写|带|缀|续|注)(?:上|进|入|个|明)?"
    r"[「“\"':：，\s]*([^」”\"']+?)[」”\"']*(?:这?[几两三四五六\d]个字|一句|这句|字样)?(?:吧|哈)?$"
)
_PUT_INTO_TITLE = re.compile(
    r"^(?:再|另外|还|顺便|请|帮我|给我|麻烦)*(?:把|将)?[「“\"']?([^，。」”\"']{1,20}?)[」”\"']?(?:这?[几两二三四五六七八\d]个字|这句话?|字样|也|都|给我)*"
    r"(?:加|补|添|写|放|塞|缀|接)(?:到|进|在|上|去)+(?:(?:那|这)?(?:个|条)?(?:待办|任务|提醒)的?)?(?:标题|名称|名字)(?:里头?|后[面头边]?|末尾|前面|上|中|去)*(?:吧|哈|去)*$"
)
_RENAME = re.compile(r"(?:标题|名字|名称|内容)(?:改|换|写|更新)?(?:成|为|叫|到)[「“\"':：]*(.+?)[」”\"']*(?:吧|了)?$")


def update_task(draft: Draft) -> list[Step]:
    """Reschedule, rename, prioritise or reassign."""
    chosen = choose_tasks(draft)
    fields, problem, spoken = _new_values(draft, _due_of(draft, chosen))
    if problem:
        return problem
    if chosen and not isinstance(chosen[0], int):
        return chosen
    if not chosen:
        return refuse(draft, "没有找到要改的待办。", "I found no task to change.")
    if not fields:
        return [draft.ask("due", draft.say("改到什么时候?", "When should it be?"), task=chosen)]
    return [do(draft, "update_task", {"tasks": list(chosen), **fields}, echo=spoken)]


def _due_of(draft: Draft, chosen: list[int] | list[Step]) -> datetime | None:
    """When the one task that is meant falls due."""
    one = chosen[0] if len(chosen) == 1 else None
    return draft.desk.crm.tasks.require(one).due_at if isinstance(one, int) else None


def _new_values(draft: Draft, was: datetime | None) -> tuple[dict[str, object], list[Step], str]:
    fields: dict[str, object] = {}
    if (priority := priority_in(draft.heard)) is not None:
        fields["priority"] = priority
    if (user := assignee_in(draft)) is not None or (user := _handed_to(draft)) is not None:
        fields["assignee"] = user
    if found := _RENAME.search(draft.words):
        fields["title"] = found[1].strip()
    elif found := next((m for p in (_PUT_INTO_TITLE, _INTO_TITLE, _APPEND) if (m := p.search(draft.words))), None):
        fields["append_title"] = found[1].strip()
    if "title" in fields or "append_title" in fields:
        return fields, [], ""
    if (shift := shift_in(draft)) is not None:
        return fields | {"shift_minutes": shift}, [], ""
    time = by_the_old_hour(draft, onto_former_day(draft, onto_day(draft, moved_time(draft, was))))
    if time is not None and (days := days_before_hour(draft, time)):
        return fields | {"shift_minutes": days, "due_time": time.due.time().isoformat()}, [], time.text
    if time is not None and time.due_has_hour and not time.recurrence and not says_a_day(time):
        return fields | {"due_time": time.due.time().isoformat()}, [], time.text
    if time is not None and not (fields and not says_a_move(draft)):
        if problem := wrong_time(draft, time, "due"):
            return fields, problem, ""
        fields |= due_fields(draft, time)
        return fields, [], echo(draft, time)
    length = next((t.duration for t in draft.times if t.kind is Kind.DURATION and t.duration), None)
    if length is not None and time is None:
        minutes = int(length.total_seconds() // 60)
        fields["shift_minutes"] = -minutes if EARLIER.search(draft.text) else minutes
    return fields, [], ""


def _handed_to(draft: Draft) -> int | None:
    user = resolve_user(draft)
    if user is None or not _names_heir(draft):
        return None
    return user


def _names_heir(draft: Draft) -> bool:
    """Whether a colleague stands where the words hand something over, and not only before 那条."""
    heirs = [
        m
        for m in draft.mentions_of(NameKind.USER, least=0.75)
        if not (draft.inside(m) and re.match(r"那?[条个项件]|的", draft.sentence.text[m.stop : m.stop + 2]))
    ]
    return bool(heirs) and _hands_over(draft)


def _hands_over(draft: Draft) -> bool:
    return bool(
        re.search(
            r"换成?.{1,6}(?:去|来|$|吧|，)|改(?:成|由).{1,6}(?:去|来|$|吧|，)|转给|交给|派给|分给|指派|换.{0,6}(?:"
            r"来做|负责|跟)|assign|hand",
            draft.text,
        )
    )


def _set_status(draft: Draft, status: str, statuses: tuple[str, ...]) -> list[Step]:
    chosen = choose_tasks(draft, statuses=statuses)
    if chosen and not isinstance(chosen[0], int):
        return chosen
    if not chosen:
        return refuse(draft, "没有找到符合的待办。", "I found no such task.")
    return [do(draft, "set_task_status", {"tasks": list(chosen), "status": status})]


def complete_task(draft: Draft) -> list[Step]:
    """Tick off."""
    return _set_status(draft, DONE, (OPEN,))


def cancel_task(draft: Draft) -> list[Step]:
    """Call off."""
    return _set_status(draft, CANCELLED, (OPEN,))


def reopen_task(draft: Draft) -> list[Step]:
    """Take up again, perhaps for another time."""
    steps = _set_status(draft, OPEN, (DONE, CANCELLED))
    time = new_time(draft)
    if time is None or len(steps) != 1 or not isinstance(steps[0], Do) or wrong_time(draft, time, "due"):
        return steps
    reopened = steps[0].calls[0]
    moved = ToolCall(tool="update_task", args={"tasks": reopened.args["tasks"], **due_fields(draft, time)})
    return [Do(calls=(reopened, moved), echo=echo(draft, time))]
