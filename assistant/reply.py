"""From what a turn did to the reply that channels show."""

from __future__ import annotations

from typing import Any

import pydantic_core
from pydantic import TypeAdapter

from assistant.executor import Ledger
from assistant.messages import Held, Inbound, Option, Outcome, Plan, Reply
from crm_store.natural import NaturalKeys
from crm_store.texts import Json, to_json
from crm_store.unit_of_work import UnitOfWork
from tools.cards import Card, Citation, RecordLink, card_text

_REPLY = TypeAdapter(Reply)
_NOT_SENT = {"text", "wire"}


def make_reply(uow: UnitOfWork, inbound: Inbound, plan: Plan, ledger: Ledger, *, heard: str | None) -> Reply:
    """The reply to one message: outcome, sentence, cards, question, held writes, changes."""
    zh = plan.language != "en"
    sentences = (
        [a.text for a in ledger.answers if a.text] + [s.text for s in ledger.said] + [a.text for a in ledger.asks]
    )
    cards = tuple(card for answer in ledger.answers for card in answer.cards)
    options = tuple(option for ask in ledger.asks for option in ask.options)
    keys = NaturalKeys(uow, {"user": {uow.principal.user_id: uow.principal.key}})
    return Reply(
        conversation_id=inbound.conversation_id,
        message_id=inbound.message_id,
        outcome=outcome_of(ledger),
        text=_whole_text(ledger, options, zh=zh),
        language=plan.language,
        headline="\n".join(sentences),
        cards=cards,
        citations=tuple(c for answer in ledger.answers for c in answer.citations),
        options=options,
        held=tuple(ledger.held),
        links=_links(ledger),
        calls=tuple(ledger.calls),
        changes=tuple(keys.change(change) for change in uow.audit.changes),
        change_set_id=uow.audit.change_set_id,
        heard=heard,
        trace=plan.trace,
    )


def outcome_of(ledger: Ledger) -> Outcome:
    """Pending if anything waits for 确认, else asked if anything is unclear, else done, refused or answered."""
    if ledger.held:
        return Outcome.PENDING
    if ledger.asks:
        return Outcome.ASKED
    if ledger.changed:
        return Outcome.DONE
    return Outcome.REFUSED if ledger.refused else Outcome.ANSWERED


def reply_json(reply: Reply) -> dict[str, Any]:
    """The wire form: JSON values only, with `reply` as the whole text (a turn of a replay has these keys)."""
    plain: dict[str, Any] = _REPLY.dump_python(reply, mode="json", exclude=_NOT_SENT)
    plain["reply"] = reply.text
    return plain


def reply_text(reply: Reply) -> Json:
    """The wire form as JSON. Raises UnstorableText."""
    if reply.wire:
        return Json(reply.wire)
    try:
        most, text = _REPLY.dump_json(reply, exclude=_NOT_SENT), pydantic_core.to_json(reply.text)
    except pydantic_core.PydanticSerializationError:
        return Json(to_json(reply_json(reply)))  # says what is wrong with it
    if b"\\u0000" in most or b"\\u0000" in text:
        return Json(to_json(reply_json(reply)))
    return Json(b'%b,"reply":%b}' % (most[:-1], text), "utf-8")


def reply_from_json(plain: dict[str, Any]) -> Reply:
    """The inverse of `reply_json`."""
    fields = dict(plain)
    fields["text"] = fields.pop("reply")
    return _REPLY.validate_python(fields)


def _links(ledger: Ledger) -> tuple[RecordLink, ...]:
    seen: dict[tuple[str, int], RecordLink] = {}
    for answer in ledger.answers:
        for link in answer.shown:
            seen.setdefault((link.type, link.id), link)
    return tuple(seen.values())


def _whole_text(ledger: Ledger, options: tuple[Option, ...], *, zh: bool) -> str:
    more = "……还有 {n} 条" if zh else "… and {n} more"
    blocks: list[str] = []
    for answer in ledger.answers:
        blocks.append("\n".join([answer.text, *(card_text(card, more=more) for card in answer.cards)]).strip())
        blocks += [_cited(citation, answer.text) for citation in answer.citations]
    blocks += [said.text for said in ledger.said]
    blocks += [_held_text(held, more, zh=zh) for held in ledger.held]
    for ask in ledger.asks:
        blocks.append("\n".join([ask.text, *(f"{n}. {option.label}" for n, option in enumerate(ask.options, 1))]))
    return "\n\n".join(block for block in blocks if block)


def _cited(citation: Citation, said: str) -> str:
    """Where a quote comes from, and the quote unless the answer has said it already."""
    return f"〔{citation.document} · {citation.section}〕" + ("" if citation.quote in said else citation.quote)


def _held_text(held: Held, more: str, *, zh: bool) -> str:
    how = "回复「确认」执行,「取消」放弃。" if zh else "Reply “confirm” or “cancel”."
    return "\n".join([f"{held.title}:", *(card_text(card, more=more) for card in held.cards), how])


def change_cards(cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """The cards that show a write."""
    return tuple(card for card in cards if card.change is not None)
