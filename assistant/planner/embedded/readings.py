"""Which intent explains a command best: rivals are tried, and what each leaves unexplained is weighed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.messages import Ask, Do, Say, Step
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers import HANDLERS, QUERIES, WRITES
from intents.classifier import concepts_in_words
from intents.evidence import evidence_in
from intents.names import Kind, Mention
from intents.sentence import LIKELY
from intents.times import Kind as TimeKind

CONTENT = frozenset({"record_note", "amend_note", "create_task", "search_collateral", "log_interaction"})
"""Intents that take the user's words as they are: they leave no word unexplained."""
_TYPES = {
    "customer": "customer",
    "customers": "customer",
    "keep": "customer",
    "absorb": "customer",
    "contact": "contact",
    "opportunity": "opportunity",
    "opportunities": "opportunity",
    "product": "product",
    "products": "product",
    "task": "task",
    "tasks": "task",
    "lead": "lead",
    "owner": "user",
    "owners": "user",
    "assignee": "user",
    "author": "user",
    "user": "user",
    "stage": "stage",
    "stages": "stage",
}
_TIMED = re.compile(r"due|occurred|date|closed_|closing_|begin|end|shift|recurrence")
_FUNCTION = re.compile(
    r"[的了把给我你他她它们是在有和跟与就都也还要请帮让那这个一下去来到从对为吧啊呢吗嘛哈哦呀哎喂嗯呃啦咯个条家位号"
    r"儿得着过会能可以再又先后前上中里下么些每各所被将向按用于自己咱您]|麻烦|帮忙|什么|怎么|多少|哪|谁|几|现在|目前"
    r"|\b(?:the|a|an|of|to|for|and|or|in|on|at|is|are|it|my|me|i|we|our|you|please|with|by|what|which|who|how)\b",
    re.I,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One intent tried on a command: the steps it leads to, and what speaks for and against it."""

    draft: Draft
    steps: list[Step]
    kept: Mapping[str, Any]

    @property
    def features(self) -> dict[str, float]:
        """What speaks for and against it; worked out where rivals are compared."""
        return dict(_features(self.draft, self.intent, self.draft.score, self.steps))

    @property
    def intent(self) -> str:
        """The intent tried."""
        return self.draft.intent


def read_as(draft: Draft, intent: str, score: float) -> Reading:
    """Try an intent. What its handler notes on the desk is taken off again, and kept with the reading."""
    desk = draft.desk
    before = _noted(desk)
    trial = replace(draft, intent=intent, score=score, hints=dict(draft.hints), fills=dict(draft.fills))
    steps = HANDLERS[intent](trial)
    kept = _noted(desk)
    restore(draft, before)
    return Reading(draft=trial, steps=steps, kept=kept)


MORE = ("search_collateral", "record_note", "remark")
LEAST = 0.01


def readings(draft: Draft) -> list[Reading]:
    """The draft's own intent and its rivals, each tried."""
    rivals = {g.name: g.score for g in draft.guesses if g.score >= LEAST and g.name in HANDLERS}
    found = {draft.intent: draft.score} | {n: s for n, s in rivals.items() if n != draft.intent}
    for name in MORE:
        found.setdefault(name, LEAST)
    return [read_as(draft, intent, score) for intent, score in found.items()]


def best_reading(draft: Draft) -> Reading:
    """The reading that explains the command best."""
    return read_as(draft, draft.intent, draft.score)


def _noted(desk: Any) -> dict[str, Any]:
    return {
        "focus_next": dict(desk.focus_next),
        "question_next": desk.question_next,
        "said_next": desk.said_next,
        "notes": dict(desk.notes),
    }


def restore(draft: Draft, noted: Mapping[str, Any]) -> None:
    """Put on the desk what was noted."""
    for name, value in noted.items():
        setattr(draft.desk, name, dict(value) if isinstance(value, dict) and name != "question_next" else value)


def _features(draft: Draft, intent: str, score: float, steps: Sequence[Step]) -> Iterator[tuple[str, float]]:
    evidence = evidence_in(draft.sentence, draft.begin, draft.stop)
    group = "write" if intent in WRITES else "query" if intent in QUERIES else "talk"
    yield "logp", math.log(max(score, 1e-4))
    yield f"group_{group}", 1.0
    yield f"asks_{group}", float(evidence.asks and not evidence.orders)
    yield f"orders_{group}", float(evidence.orders and not evidence.asks)
    asks = [s for s in steps if isinstance(s, Ask)]
    calls = [c for s in steps if isinstance(s, Do) for c in s.calls]
    yield "ask_options", float(any(a.options for a in asks))
    yield "ask_open", float(any(not a.options for a in asks))
    yield "says", float(bool(steps) and all(isinstance(s, Say) for s in steps))
    yield "nothing", float(not steps)
    if calls:
        yield from _unused(draft, [call.args for call in calls], intent)
    yield f"residue_{intent if intent in CONTENT else group}", residue(draft) / 4


def residue(draft: Draft) -> float:
    """How many characters of a command are neither a name nor a figure nor a word that commands are made of."""
    masked = re.sub("[Ⓐ-ⓩ]", "，", draft.sentence.masked(draft.begin, draft.stop))
    bare = _FUNCTION.sub("", concepts_in_words(masked))
    return min(24.0, len(re.findall(r"[\u4e00-\u9fff]", bare)) + 2.0 * len(re.findall(r"[A-Za-z]{2,}", bare)))


def _unused(draft: Draft, args: Sequence[Mapping[str, Any]], intent: str) -> Iterator[tuple[str, float]]:
    used = set(_ids_in(draft, args))
    words = "\n".join(_texts(args)).casefold()
    for kind in (Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, Kind.PRODUCT, Kind.TASK, Kind.LEAD, Kind.USER, Kind.STAGE):
        left = [m for m in _named(draft, kind) if not _is_used(m, used, words)]
        yield f"unused_{kind.value}", float(len(left))
    names = {name for each in args for name in each}
    times = [t for t in draft.times if t.kind is not TimeKind.DURATION and t.text.casefold() not in words]
    yield "unused_time", float(bool(times) and not any(_TIMED.search(name) for name in names))
    amounts = [a for a in draft.amounts if a.unit and a.text.casefold() not in words]
    yield "unused_amount", float(bool(amounts) and not any("amount" in name for name in names))
    phones = [p for p in draft.phones if p.number not in words]
    yield "unused_phone", float(bool(phones) and not any("phone" in name for name in names))


def _named(draft: Draft, kind: Kind) -> list[Mention]:
    own = (m for m in draft.mentions if m.candidates and not m.inside)
    return [m for m in own if m.candidates[0].nameable.kind is kind and m.candidates[0].score >= LIKELY]


def _is_used(mention: Mention, used: set[tuple[str, int]], words: str) -> bool:
    if mention.text.casefold() in words:
        return True
    best = mention.candidates[0].score
    near = (c.nameable for c in mention.candidates if best - c.score < 0.15)
    return any(
        (n.kind.value, n.id) in used or (n.customer_id is not None and n.kind is not Kind.CONTACT and ("customer", n.customer_id) in used)
        for n in near
    )


def _ids_in(draft: Draft, args: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, int]]:
    crm = draft.desk.crm
    for each in args:
        for name, value in each.items():
            kind = _TYPES.get(name) or (str(each.get("record_type")) if name in ("record_ids", "record_id") else None)
            if kind is None:
                continue
            for found in value if isinstance(value, list | tuple) else [value]:
                if not isinstance(found, int):
                    continue
                yield kind, found
                if kind in ("contact", "opportunity", "task"):
                    record = crm.repository(kind).get(found)
                    customer = getattr(record, "customer_id", None)
                    if customer is not None:
                        yield "customer", customer
                    for product in getattr(record, "product_ids", ()):
                        yield "product", product


def _texts(args: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for each in args:
        for value in each.values():
            if isinstance(value, str):
                yield value
            elif isinstance(value, list | tuple):
                yield from (v for v in value if isinstance(v, str))
            elif isinstance(value, Mapping):
                yield from (str(v) for v in value.values())
