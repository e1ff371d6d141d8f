"""A new follow-up task: who, what, when."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do, echo, wrong_time
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.assignees import assignee_in
from assistant.planner.embedded.handlers.tasks.customers import lead_of, only_record, target_of
from assistant.planner.embedded.handlers.tasks.due import due_in
from assistant.planner.embedded.handlers.tasks.titles import title_of
from assistant.planner.embedded.reading.fields import priority_in
from assistant.planner.embedded.resolve import Verdict
from intents import patterns as re
from intents.names import Kind as NameKind


def create_task(draft: Draft) -> list[Step]:
    """A new task: who, what, when."""
    _sort_answers(draft)
    time, unclear = due_in(draft)
    if unclear:
        return unclear
    if time is not None and (problem := wrong_time(draft, time, "due")):
        return problem
    target = target_of(draft)
    if target.verdict in (Verdict.ASK, Verdict.UNKNOWN):
        return ask_which(draft, target.kind, target)
    assignee = assignee_in(draft)
    title = title_of(draft)
    if not title or _SAYS_NOTHING.fullmatch(title) or _says_only_for_whom(draft, title):
        return [draft.ask("title", draft.say("要提醒您做什么?", "What should I remind you of?"))]
    if _OF_SOMEBODY.match(title) and target.id is None and assignee is None and lead_of(draft) is None:
        whom = draft.say("「他」是哪位?请说名字或者客户。", "Who is meant? Please name the person.")
        return [draft.ask("customer", whom, unknown=True)]
    if time is None and _REMINDER.search(draft.text):
        return [draft.ask("due", draft.say("什么时候提醒您?", "When should I remind you?"))]
    args: dict[str, object] = {
        "title": title,
        "customer": target.id,
        "due_at": None if time is None else (time.start if time.recurrence else time.due).isoformat(),
        "assignee": assignee,
        "priority": priority_in(draft.text),
        "recurrence": None if time is None else time.recurrence,
        "opportunity": only_record(draft, NameKind.OPPORTUNITY, target.id),
        "lead": lead_of(draft) if target.id is None else None,
    }
    return [do(draft, "create_task", args, echo=echo(draft, time), hold=target.verdict is Verdict.HOLD)]


_OF_SOMEBODY = re.compile(
    r"(?:再|先|去)?(?:打(?:个)?(?:电话)?给|回(?:个)?电话给|给|找|联系|约|催|问|拜访|通知)(?:一下)?[他她](?![们人娘妈爸家])"
)
"""Nobody is spoken of whom 他 could mean: tomorrow 「打给他」 would say nothing."""
_REMINDER = re.compile(
    r"(?:提醒|叫|喊|通知)(?:一下|一声)?(?:我|俺|咱)|到点(?:提醒|叫|喊)|闹钟|(?:设|建|加|弄|整|定|来|搞)(?:上|置)?一?[个条]?提醒|\bremind(?:er)?\b",
    re.I,
)
"""Who asks to be reminded must say when; a thing to do may do without a time."""


def _says_only_for_whom(draft: Draft, title: str) -> bool:
    """Whether 「给文达明建个任务」 says for whom the task is, and not what is to be done."""
    if "title" in draft.fills or not re.match("[给为替]", title):
        return False
    people = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.85)
    return title[1:].rstrip("那边家的") in {m.text for m in people}


_SAYS_NOTHING = re.compile(
    r"(?:给|帮|替)?我?(?:整|弄|列|来|搞|设|建|加|定)?(?:一|这|那|某)?(?:件|个|条|项)?(?:事情?儿?|任务|待办|提醒|日程|东西)?[呗吧呢啊哈嘛]*|"
    r"something|a thing|it|a task|a reminder",
    re.I,
)


def _sort_answers(draft: Draft) -> None:
    """An answer to 「what」 that only says when is kept as when."""
    said = draft.fills.get("title")
    if said is None or "due" in draft.fills:
        return
    answer = draft.desk.read(said)
    rest = "".join(c for i, c in enumerate(answer.text) if not any(t.begin <= i < t.stop for t in answer.times))
    if answer.times and not re.sub(r"[吧呢啊的，。、\s]|就|定|在|到", "", rest):
        draft.fills = {**{k: v for k, v in draft.fills.items() if k != "title"}, "due": said}
        for cached in ("answers", "everything", "mentions", "times"):
            draft.__dict__.pop(cached, None)
