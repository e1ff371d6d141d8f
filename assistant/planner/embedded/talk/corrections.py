"""Corrections of the last write: the very record is amended, never a second one made."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.talk.amending import ADDS_ON, AMEND, TOO_FAR
from assistant.planner.embedded.talk.last_write import INTENTS, RECENT, last_record
from assistant.planner.embedded.talk.message import evidence_of, whole
from assistant.planner.embedded.talk.rewording import reworded
from intents import patterns as re
from intents.commands import Command

_WRONG = re.compile(
    r"(?:说|报|写|记|填)(?:得|的)?(?:高|低|多|少)了|不对|不是|错了|打错|记错|说错|写错|弄错|搞错|弄岔|搞混|弄混|岔了|应该是|应该为|应当是|其实是|才对|才是|更正|纠正|订正|我是说|口误|"
    r"^(?:改一下|更一下|修正一下|改正)[，,:：]|actually|i meant?|wrong|not .{1,20} but|should be|correction",
    re.I,
)


def is_correction(desk: Desk, commands: list[Command]) -> bool:
    """Whether the message amends what was written just now."""
    if desk.last is None or int(desk.state.get("turn", 0)) - int(desk.last["turn"]) >= RECENT:
        return False
    if commands[0].intent == "correct" and commands[0].score > 0.4:
        return True
    if _brings_the_time(desk) or _adds_on(desk, commands) or _too_far(desk):
        return True
    return bool(_WRONG.search(desk.text[:14])) and len(desk.text) < 40


_TOO_FAR = re.compile(
    r"(?:砍|减|降|让|加|涨|提|抬|压)(?:得|的)?(?:太|有点)?(?:多|少|狠|猛)了|^(?:只|就|仅)(?:砍|减|降|让|加|涨|提|抬|压)(?!到)"
)


def _too_far(desk: Desk) -> bool:
    """Whether 「砍多了,只砍1万」 takes the step of an amount just made back for another one."""
    record = last_record(desk)
    fresh = desk.last is not None and int(desk.state.get("turn", 0)) == int(desk.last["turn"])
    if fresh and record is not None and record[0] in ("task", "opportunity") and TOO_FAR.search(desk.text):
        return bool(desk.sentence.times)
    return (
        fresh
        and record is not None
        and record[0] == "opportunity"
        and bool(desk.sentence.amounts)
        and _TOO_FAR.search(desk.text) is not None
    )


_AROUND_A_TIME = re.compile(r"时间|日期|就|定|在|是|到|吧|呢|啊|改|设|约|那|行|好|[，。、\s]")


def _brings_the_time(desk: Desk) -> bool:
    """Whether a message is only a time, and the task made just before has none."""
    record = last_record(desk)
    if record is None or record[0] != "task" or not desk.sentence.times or desk.question is not None:
        return False
    if desk.crm.tasks.require(record[1]).due_at is not None:
        return False
    rest = "".join(c for i, c in enumerate(desk.text) if not any(t.begin <= i < t.stop for t in desk.sentence.times))
    return not _AROUND_A_TIME.sub("", rest)


def _adds_on(desk: Desk, commands: list[Command]) -> bool:
    """「还有,…」 right after a minute was added to goes on adding, unless it is a command."""
    last = desk.last
    if last is None or int(desk.state.get("turn", 0)) != int(last["turn"]) or not ADDS_ON.match(desk.text):
        return False
    amended = last["calls"] and last["calls"][-1]["tool"] == "amend_note" and "append" in last["calls"][-1]["args"]
    evidence = evidence_of(desk)
    return bool(amended) and not evidence.orders and not evidence.asks and len(desk.text) <= 40


def correct_last(desk: Desk, commands: list[Command]) -> list[Step]:
    """The amendment; [] when the message says nothing that the record could take."""
    record = last_record(desk)
    if record is None:
        return []
    kind, record_id = _deal_of_the_price(desk) or _of_the_field(desk, record[0]) or record
    draft = whole(desk, INTENTS[kind], {kind: record_id})
    return AMEND[kind](draft, record_id)


_OWN_FIELDS = {
    "customer": r"级别|等级|标签|行业|地区|区域|地址|网址|别名|简称",
    "opportunity": r"阶段|金额|签约|签单|预计|丢单原因|输单原因",
    "task": r"优先级|提醒|待办",
    "contact": r"职务|职位|头衔|邮箱",
}
"""Fields by which a correction tells of which kind of record it is."""


def _of_the_field(desk: Desk, written: str) -> tuple[str, int] | None:
    """The record in focus that has the field named, where what was written last has none such (级别应该是C)."""
    if re.search(_OWN_FIELDS.get(written, r"(?!)"), desk.text) or written == "note":
        return None
    kinds = [kind for kind, words in _OWN_FIELDS.items() if re.search(words, desk.text)]
    found = desk.focus(kinds[0]) if len(kinds) == 1 else None
    return None if found is None or desk.turns_ago(kinds[0]) > FIELD_LIVES else (kinds[0], found)


FIELD_LIVES = 4
"""So many turns ago the record of the field may have been spoken of."""


def _deal_of_the_price(desk: Desk) -> tuple[str, int] | None:
    """The deal in focus, where a price is put right that what was written last (a task, a person) has none of."""
    record, deal = last_record(desk), desk.focus("opportunity")
    if record is not None and record[0] == "note" and _is_of_the_minute(desk, record[1]):
        return None
    priced = desk.sentence.amounts and not desk.sentence.times and re.search("价|金额|钱|数额|报", desk.text)
    return ("opportunity", deal) if priced and deal is not None and record and record[0] in _PRICELESS else None


def _is_of_the_minute(desk: Desk, note_id: int) -> bool:
    """Whether the price is one that the minute itself tells, of somebody else say (锐格报价…)."""
    return reworded(whole(desk, INTENTS["note"]), desk.crm.notes.require(note_id).summary) is not None


_PRICELESS = ("task", "contact", "note", "customer", "lead")
