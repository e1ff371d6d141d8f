"""Numbers given to several people or firms in one breath (A的手机换成…,B的总机填…): a command for each of them."""

from __future__ import annotations

import dataclasses

from assistant.planner.embedded.desk import Desk
from intents import patterns as re
from intents.commands import Command
from intents.names import Kind
from intents.sentence import Stretch

_CHANGES = ("update_contact", "update_customer", "update_lead")
_OF_KIND = {Kind.CONTACT: "update_contact", Kind.CUSTOMER: "update_customer", Kind.LEAD: "update_lead"}
SURE = 0.85


def each_their_own(desk: Desk, commands: list[Command]) -> list[Command]:
    """The commands, one that gives several records a number each cut before each record's name."""
    return [part for command in commands for part in _cut(desk, command)]


def _cut(desk: Desk, command: Command) -> list[Command]:
    phones = sorted((p for p in desk.sentence.phones if _within(p, command)), key=lambda p: p.begin)
    if command.intent not in _CHANGES or len(phones) < 2:
        return [command]
    begins = [command.begin, *(p.stop for p in phones[:-1])]
    named = [_named(desk, begin, phone.begin) for begin, phone in zip(begins, phones, strict=True)]
    if None in named or len({(k, i) for k, i, _ in filter(None, named)}) < len(phones):
        return [command]
    starts = [command.begin, *(_clause_of(desk.text, at, begins[n]) for n, (_, _, at) in _behind_first(named))]
    stops = [*starts[1:], command.stop]
    return [
        dataclasses.replace(command, begin=a, stop=b, intent=_OF_KIND[found[0]])
        for a, b, found in zip(starts, stops, filter(None, named), strict=True)
    ]


def _behind_first(
    named: list[tuple[Kind, int, int] | None],
) -> list[tuple[int, tuple[Kind, int, int]]]:
    return [(n, found) for n, found in enumerate(named) if n and found is not None]


def _within(span: Stretch, command: Command) -> bool:
    return command.begin <= span.begin and span.stop <= command.stop


def _named(desk: Desk, begin: int, stop: int) -> tuple[Kind, int, int] | None:
    """Whom the stretch before a number names last: kind, id and where."""
    found = [
        (m.begin, m.candidates[0].nameable)
        for m in desk.sentence.mentions
        if m.candidates and m.candidates[0].score >= SURE and begin <= m.begin and m.stop <= stop
    ]
    people = [(at, n) for at, n in found if n.kind in (Kind.CONTACT, Kind.LEAD)]
    firms = [(at, n) for at, n in found if n.kind is Kind.CUSTOMER]
    at, whose = max(people or firms, key=lambda each: each[0], default=(0, None))
    return None if whose is None else (whose.kind, int(whose.id), at)


def _clause_of(text: str, at: int, least: int) -> int:
    """Where the clause begins in which a name stands."""
    marks = [m.end() for m in re.finditer(r"[，,。；;\s]", text[:at]) if m.end() >= least]
    return marks[-1] if marks else at
