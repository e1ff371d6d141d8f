"""The clauses that belong to a creation told as a list become one command."""

from __future__ import annotations

from assistant.planner.embedded.desk import Desk
from intents import patterns as re
from intents.commands import Command
from intents.evidence import Evidence, evidence_in
from intents.names import Kind

CREATIONS = ("create_contact", "create_customer", "create_lead", "create_opportunity", "record_order")
_KIND_WORDS = (
    ("create_lead", "线索|lead"),
    ("create_contact", "联系人|contact"),
    ("create_opportunity", "商机|opportunity"),
)
_OWN_ORDER = re.compile(
    r"提醒|待办|日程|叫我|喊我|安排|推到|推进|改成|改为|更新|标成|标记|勾|划掉|删|取消|完成|记一下|纪要|升[为到成]|降[为到成]|"
    r"转给|另外|顺便|然后|再(?:建|设|加|给|帮|把|替|立|记)|remind|move|update|delete|also",
    re.I,
)
_MADE = re.compile(r"(?:新建|新增|新开|建[一个条]|加[一个位条]|登记[一个条]|录[一个条]|立[一个笔])")
_DEAL_DAY = re.compile(r"签|定|关|成交|落单|close", re.I)
_LIST_ITEM = 30


def join_creation(desk: Desk, commands: list[Command]) -> list[Command]:
    """One creation of the clauses that merely list what it is made of: names, numbers, amounts, days."""
    at = next((i for i, c in enumerate(commands) if c.intent in CREATIONS), None)
    if at is None or len(commands) < 2:
        return commands
    first = last = at
    while last + 1 < len(commands) and _is_listed(desk, commands[at], commands[last + 1]):
        last += 1
    while first > 0 and _leads_up(desk, commands[first - 1]):
        first -= 1
    if first == last:
        return commands
    whole = Command(
        begin=commands[first].begin,
        stop=commands[last].stop,
        intent=_kind(desk, commands[first : last + 1], commands[at]),
        score=max(c.score for c in commands[first : last + 1]),
        guesses=commands[at].guesses,
    )
    return [*commands[:first], whole, *commands[last + 1 :]]


def _kind(desk: Desk, commands: list[Command], made: Command) -> str:
    """What is created: a clause that says 线索 or 联系人 knows better than one that lists a company."""
    text = desk.text[commands[0].begin : commands[-1].stop]
    intents = {c.intent for c in commands}
    if re.search("线索", text):
        return "create_lead"
    if "create_customer" in intents and re.search("^(?!.*联系人.*客户).{0,12}客户", text):
        return "create_customer"
    return next((i for i, words in _KIND_WORDS if i in intents and re.search(words, text, re.I)), made.intent)


def _is_listed(desk: Desk, creation: Command, command: Command) -> bool:
    """Whether a clause behind a creation is an item of its list and no command in its own right."""
    evidence = evidence_in(desk.sentence, command.begin, command.stop)
    if not _is_item(desk, command, evidence):
        return False
    if command.intent in CREATIONS and _MADE.search(evidence.text):
        return False
    if any(t.due_has_hour for t in desk.sentence.times if command.begin <= t.begin and t.stop <= command.stop):
        return bool(_DEAL_DAY.search(evidence.text))
    known = _customers(desk, creation)
    return not known or not (_customers(desk, command) - known)


def _is_item(desk: Desk, command: Command, evidence: Evidence) -> bool:
    if command.question or evidence.asks or evidence.negates or _OWN_ORDER.search(evidence.text):
        return False
    if evidence.names(Kind.TASK, 0.95):
        return False
    return command.stop - command.begin <= _LIST_ITEM


_ASIDE = ("remark", "choose", "greet", "confirm", "help", "out_of_scope")


def _leads_up(desk: Desk, command: Command) -> bool:
    """Whether a clause before a creation is what the creation is about (…叫葛秋,手机…,加上)."""
    evidence = evidence_in(desk.sentence, command.begin, command.stop)
    passive = command.intent in (*_ASIDE, *CREATIONS, "record_note", "log_interaction", "update_contact", "update_lead")
    listing = command.intent.startswith(("list_", "find_", "customer_")) and not evidence.asks
    return (passive or listing) and _is_item(desk, command, evidence)


def _customers(desk: Desk, command: Command) -> set[int | str | None]:
    inside = (m for m in desk.sentence.mentions if command.begin <= m.begin and m.stop <= command.stop and m.candidates)
    best = (m.candidates[0] for m in inside)
    return {c.nameable.id for c in best if c.nameable.kind is Kind.CUSTOMER and c.score >= 0.9}
