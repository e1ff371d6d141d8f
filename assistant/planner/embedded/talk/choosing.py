"""Choosing among the options of a question: by number, name, sound or a fact."""

from __future__ import annotations

from typing import Any

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.distinguishing import singled_out
from assistant.planner.embedded.pointing import described
from assistant.planner.embedded.reading.trades import with_trades
from assistant.planner.embedded.talk.message import whole
from assistant.planner.embedded.talk.resuming import CLEAR, LONG_ANSWER, LONGEST_FACT, RECORD_SLOTS
from assistant.planner.embedded.targets import pick
from crm_store.records import Record
from intents import patterns as re
from intents.names import Kind
from intents.numbers import parse_number

NUMBER = re.compile(
    r"^(?:选|就|要|是|第|no\.?|number|#|option|the)*\s*([一二两三四五六七八九十\d]+|first|second|third|last|头一|"
    r"最后一)\s*(?:个|家|位|条|项|单|号|名|one)?(?:吧|的|那个|那家)?$",
    re.I,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "头一": 1, "last": -1, "最后一": -1}


def choose(desk: Desk, question: dict[str, Any], *, yes: bool) -> int | str | None:
    """The option that the message points at, if exactly one."""
    options = question["options"]
    number = _number(desk.text)
    if number is not None and -1 <= number <= len(options) and number != 0:
        found: int | str = options[number - 1 if number > 0 else -1]["id"]
        return found
    if yes:
        return options[0]["id"] if len(options) == 1 else None
    slot = str(question["slot"])
    if slot == "record":
        return _of_either_kind(desk, options)
    ids = [int(option["id"]) for option in options] if slot in RECORD_SLOTS else []
    if (
        ids
        and len(desk.text) <= 12
        and (picked := pick(whole(desk, str(question["intent"])), slot, ids, desk.text)) is not None
    ):
        return picked
    scores = [_fit(desk, slot, option) for option in options]
    best = max(scores)
    if best < CLEAR or sum(1 for score in scores if best - score < 0.1) > 1:
        told = described(desk, slot, ids, desk.text) if len(ids) > 1 and len(desk.text) <= LONGEST_FACT else None
        if told is not None or not ids or len(desk.text) > LONG_ANSWER + 6:
            return told
        singled = singled_out(desk, slot, ids, desk.text)
        traded = with_trades(desk.text)
        by_trade = singled is None and len(ids) > 1 and traded != desk.text
        return described(desk, slot, ids, traded) if by_trade else singled
    chosen: int | str = options[scores.index(best)]["id"]
    return chosen


_KIND_WORDS = {"task": r"待办|任务|提醒|日程|\btask", "opportunity": r"商机|单|签约|\bdeal|opportunit"}


def _of_either_kind(desk: Desk, options: list[dict[str, Any]]) -> str | None:
    """Of deals and tasks the one named; where only the kind is said, its only one, or that kind with none chosen."""
    fits = [
        (_fit(desk, kind, {**option, "id": record_id}), str(option["id"]))
        for option, kind, record_id in _split(options)
    ]
    best = max(fits)
    if best[0] >= CLEAR and sum(1 for fit, _ in fits if best[0] - fit < 0.1) == 1:
        return best[1]
    said = [kind for kind, words in _KIND_WORDS.items() if re.search(words, desk.text, re.I)]
    if len(said) != 1 or len(desk.text) > LONG_ANSWER:
        return None
    own = [str(option["id"]) for option, kind, _ in _split(options) if kind == said[0]]
    return own[0] if len(own) == 1 else f"{said[0]}:"


def _split(options: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str, int]]:
    parts = [(option, str(option["id"]).partition(":")) for option in options]
    return [(option, kind, int(record_id)) for option, (kind, _, record_id) in parts]


def _number(text: str) -> int | None:
    found = NUMBER.match(text.strip(" ，。！!"))
    if found is None:
        return None
    word = found[1].lower()
    if word in _ORDINALS:
        return _ORDINALS[word]
    value = parse_number(word)
    return None if value is None else int(value)


def _fit(desk: Desk, slot: str, option: dict[str, Any]) -> float:
    """How well the message fits one option: its name (by sight or sound), its customer, its facts, its label."""
    if slot not in RECORD_SLOTS:
        return 1.0 if option["label"] == desk.text else 0.0
    record = desk.crm.repository(slot).get(int(option["id"]))
    if record is None:
        return 0.0
    score = _named(desk, slot, record)
    return max(
        score, 0.9 * _overlap(desk.text, _facts(desk, slot, record)), 1.0 if option["label"] == desk.text else 0.0
    )


def _named(desk: Desk, slot: str, record: Record) -> float:
    customer_id = record.id if slot == "customer" else getattr(record, "customer_id", None)
    best = 0.0
    for mention in desk.sentence.mentions:
        for candidate in mention.candidates:
            nameable = candidate.nameable
            if nameable.kind == slot and nameable.id == record.id:
                best = max(best, candidate.score)
            elif nameable.kind is Kind.CUSTOMER and nameable.id == customer_id:
                best = max(best, candidate.score * 0.95)
            elif nameable.kind is Kind.CONTACT and slot == "customer" and nameable.customer_id == customer_id:
                best = max(best, candidate.score * 0.9)
    return best


def _facts(desk: Desk, slot: str, record: Record) -> str:
    """What is known of an option, as one text."""
    values = [
        getattr(record, name, None)
        for name in ("name", "title", "industry", "region", "level", "role", "company", "source")
    ]
    customer_id = getattr(record, "customer_id", None)
    if customer_id and (customer := desk.crm.customers.get(customer_id)):
        values += [customer.name, customer.industry, customer.region, *customer.aliases]
    if slot == "customer":
        values += [*getattr(record, "aliases", ()), *getattr(record, "tags", ())]
        values += [f"{c.name}{c.title or ''}" for c in desk.crm.contacts.of_customer(record.id)]
    if slot == "opportunity":
        ids = getattr(record, "product_ids", ())
        values += [p.name for p in desk.crm.products.many(ids).values()]
        values += [s.name for s in desk.stages if s.id == getattr(record, "stage_id", None)]
    return " ".join(str(value) for value in values if value)


_EMPTY = re.compile(
    r"那个|那家|那位|那单|那条|这个|这家|的|是|就|吧|家(?![具电居政])|位|个|做|搞|管|姓|叫|我说|要|选|[，。！？\s]|the|one"
)


def _overlap(text: str, facts: str) -> float:
    """Share of the message's own characters (pairs where it can) that the facts contain."""
    bare = _EMPTY.sub("", text)
    if not bare:
        return 0.0
    pieces = [bare[i : i + 2] for i in range(len(bare) - 1)] or [bare]
    return sum(1 for piece in pieces if piece.lower() in facts.lower()) / len(pieces)
