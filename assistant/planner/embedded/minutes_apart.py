"""Minutes of several customers told in one breath (跑了两家分开记,一家是…另一家…): one minute for each of them."""

from __future__ import annotations

import dataclasses

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.dictation import is_addressed
from assistant.planner.embedded.draft import Draft
from intents import patterns as re
from intents.clauses import Clause, split_clauses
from intents.commands import NOTE, Command, command_of
from intents.names import Kind
from intents.sentence import looking
from intents.times import Kind as TimeKind
from intents.times import Look

_SEVERAL = r"(?:[两俩二三四五仨]|[2-5])"
_ANNOUNCES = re.compile(
    rf"(?:分开|分别|各自|各|单独|挨个|一家一家|一条一条)(?:来|都|给我|帮我)?(?:记|写|存|录|建|做|整理)|(?:分成?|记成?|写成?|存成?|整理成?){_SEVERAL}[条份篇]|"
    rf"{_SEVERAL}[条份篇](?:拜访|会议|沟通|走访)?(?:纪要|记录|小结)|"
    rf"(?:跑|见|访|去|走|看|聊|谈|转|拜会|打)(?:过|了|完)?(?:一共|总共)?{_SEVERAL}(?:家|个客户|个地方|个单位|通电话|个电话)"
)
_NOTED = re.compile(r"记|写|存|录|纪要|小结|口述|归档|备案")
_LEAD = 10
"""So far from where a clause begins a customer may be named that the part is about (另一家是…, 然后去了…)."""
_OPENS = re.compile(
    r"(?:第?[一二三四五两头]家|另外?一?家|再一家|还有一家|后一家|后来|首先|先|再|然后|"
    r"接着|下午|上午|最后|还有|另外|跟|和|去了?|到了?|跑了?|见了?|拜访了?|是|呢|就是|说|的|在|[，、：:\s])*"
)
_NAMED = 0.7
_WHO = (Kind.CUSTOMER, Kind.CONTACT)


def keep_apart(desk: Desk, commands: list[Command]) -> list[Command]:
    """One minute for each customer, where the message says that there are several of them."""
    text = desk.text
    announced = _ANNOUNCES.search(text)
    if announced is None or _NOTED.search(text) is None or any(c.question for c in commands):
        return commands
    begins = _parts(desk)
    if len(begins) < 2:
        return commands
    told: list[Command] = []
    stops = [opening for opening, _ in begins[1:]]
    for (_, begin), stop in zip(begins, [*stops, len(text)], strict=True):
        clauses = [c for c in split_clauses(text) if begin < c.begin and c.stop <= stop]
        own = [command_of(desk.sentence, desk.classifier, c) for c in clauses if is_addressed(text[c.begin : c.stop])]
        end = min((c.begin for c in own), default=stop)
        told += [dataclasses.replace(commands[0], begin=begin, stop=end, intent=NOTE, score=1.0), *own]
    before = [c for c in commands if c.stop <= begins[0][0] and is_addressed(text[c.begin : c.stop])]
    return [*before, *told]


def _parts(desk: Desk) -> list[tuple[int, int]]:
    """Where the talk of each customer opens and where what is told of it begins; none where one of them comes again."""
    begins: list[tuple[int, int]] = []
    customers: list[int] = []
    for clause in split_clauses(desk.text):
        found = _customer_at(desk, clause)
        if found is not None and found[0] != (customers[-1] if customers else None):
            customers.append(found[0])
            begins.append((clause.begin, found[1]))
    return begins if len(set(customers)) == len(customers) else []


def _customer_at(desk: Desk, clause: Clause) -> tuple[int, int] | None:
    """The customer whom a clause opens with, and where what is told of it begins."""
    colon = max(desk.text.rfind(mark, clause.begin, clause.stop) for mark in ":：")
    begin = colon + 1 if colon >= 0 else clause.begin
    for mention in desk.sentence.mentions:
        if not begin <= mention.begin < min(clause.stop, begin + _LEAD) or not mention.candidates:
            continue
        best = mention.candidates[0]
        opens = _OPENS.fullmatch(desk.text, begin, mention.begin)
        named = best.nameable
        customer = named.id if named.kind is Kind.CUSTOMER else named.customer_id
        if opens is not None and named.kind in _WHO and customer is not None and best.score >= _NAMED:
            return int(customer), mention.begin if "家" in opens[0] or "是" in opens[0] else begin
    return None


def share_day(drafts: list[Draft]) -> None:
    """The day said before the first of several minutes is the day of each that says none of its own."""
    notes = [d for d in drafts if d.intent == NOTE]
    if len(notes) < 2 or _ANNOUNCES.search(notes[0].desk.text) is None:
        return
    sentence = looking(notes[0].sentence, now=notes[0].now, look=Look.BACK)
    head = [t for t in sentence.times if t.stop <= notes[0].begin and t.kind is TimeKind.POINT]
    days = [t for t in head if t.start <= notes[0].now]
    for note in notes:
        points = (t for t in note.sentence.times if t.kind is TimeKind.POINT and note.inside(t))
        own = (t for t in points if t.begin - note.begin < _LEAD)
        if days and not any(t.start <= note.now for t in own):
            note.fills = {**note.fills, "occurred_at": days[0].text}
