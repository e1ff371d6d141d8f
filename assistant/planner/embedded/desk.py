"""The desk at which one message is understood: the store as the user sees it, the conversation, the sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from assistant.messages import Option
from assistant.planner import Heard
from assistant.planner.embedded.reading.punctuation import punctuated
from crm_store.pendings import Pending
from crm_store.records import Record, Stage
from crm_store.unit_of_work import UnitOfWork
from intents import patterns as re
from intents.classifier import Classifier
from intents.names import NameIndex
from intents.sentence import Sentence, annotate
from intents.times import Look
from tools.base import View

LIST_LIVES = 6
"""So many turns 「第二个」 may still count in a list."""


@dataclass
class Desk:
    """What handlers work with. It lives for one message, in the store's thread."""

    heard: Heard
    crm: UnitOfWork
    view: View
    names: NameIndex
    classifier: Classifier
    state: dict[str, Any]
    conversation_version: int
    waiting: list[Pending]
    sentence: Sentence
    focus_next: dict[str, int] = field(default_factory=dict)
    question_next: dict[str, Any] | None = None
    said_next: dict[str, Any] | None = None
    notes: dict[str, Any] = field(default_factory=dict)
    known: dict[tuple[str, Look], Sentence] = field(default_factory=dict)
    """What was read for this message."""
    focused: dict[str, int | None] = field(default_factory=dict)
    """What `focus` found; a plan changes no record."""

    @cached_property
    def now(self) -> datetime:
        """The present, in the time zone people speak in."""
        return self.crm.now.astimezone(self.view.zone)

    @property
    def text(self) -> str:
        """The normalised message."""
        return self.sentence.text

    def say(self, zh: str, en: str) -> str:
        """The wording in the user's language."""
        return self.view.say(zh, en)

    def read(self, raw: str, look: Look = Look.AHEAD) -> Sentence:
        """Another text, annotated like the message."""
        found = self.known.get((raw, look))
        if found is None:
            found = self.known[raw, look] = annotate(raw, now=self.now, names=self.names, look=look)
        return found

    def focus(self, record_type: str) -> int | None:
        """Id of the record of that type that the conversation is about, if it is still visible."""
        if record_type not in self.focused:
            self.focused[record_type] = self._focus(record_type)
        return self.focused[record_type]

    def _focus(self, record_type: str) -> int | None:
        found = self.state.get("focus", {}).get(record_type)
        if found is None and record_type == "customer" and (deal := self.focus("opportunity")) is not None:
            return int(self.crm.opportunities.require(deal).customer_id)
        if found is None or self.crm.repository(record_type).get(found) is None:
            return None
        return int(found)

    def newest(self, *record_types: str) -> tuple[str, int] | None:
        """Of these types, the record that came into focus last."""
        for kind in self.state.get("recent", []):
            if kind in record_types and (found := self.focus(kind)) is not None:
                return kind, found
        return None

    def turns_ago(self, record_type: str) -> int:
        """Before how many turns a record of that type came into focus; 0 would be now."""
        about = self.state.get("about", {}).get(record_type)
        return 99 if about is None else int(self.state.get("turn", 0)) + 1 - int(about)

    def listed(self, record_type: str) -> list[int]:
        """Ids of the records of that type in the list shown last, in its order."""
        return [int(i) for kind, i in self.state.get("listed", []) if kind == record_type]

    def listed_before(self, record_type: str) -> list[int]:
        """Ids in the last list of several records of that type, though one of them was shown alone since."""
        kept = self.state.get("lists", {}).get(record_type)
        if kept is None or int(self.state.get("turn", 0)) - int(kept["turn"]) >= LIST_LIVES:
            return []
        return [int(i) for i in kept["ids"]]

    def mentioned(self, record_type: str) -> list[int]:
        """Ids of the records of that type spoken of one by one, the newest last."""
        return [int(i) for kind, i in self.state.get("mentioned", []) if kind == record_type]

    @property
    def topic(self) -> str | None:
        """The record type of what was shown or written last."""
        listed = self.state.get("listed", [])
        return str(listed[0][0]) if listed else None

    @property
    def listed_at(self) -> int:
        """The turn in which the list shown last was shown."""
        return int(self.state.get("listed_at", -99))

    @property
    def question(self) -> dict[str, Any] | None:
        """The open question, if any."""
        found: dict[str, Any] | None = self.state.get("question")
        return found

    @property
    def last(self) -> dict[str, Any] | None:
        """The newest write of the conversation: change set, records, calls."""
        found: dict[str, Any] | None = self.state.get("last")
        return found

    def label(self, record_type: str, record: Record) -> str:
        """How a record is called in a question."""
        return str(getattr(record, "title" if record_type == "task" else "name"))

    @cached_property
    def stages(self) -> list[Stage]:
        """The pipeline's stages in order."""
        return self.crm.stages.in_order()

    def plan_state(self) -> dict[str, Any]:
        """What the planner wants kept for the next message."""
        return {"focus": self.focus_next, "question": self.question_next, "said": self.said_next}

    def trace(self) -> dict[str, Any]:
        """Who planned and what it saw, for the log and for `understand`."""
        return {"planner": "embedded", **self.notes}


def option(label: str, value: str | None = None) -> Option:
    """An option whose value is what the user would say to choose it."""
    return Option(label=label, value=value or label)


_ENGLISH_WORD, _ADDRESS = re.compile(r"[A-Za-z]{2,}"), re.compile(r"\S+@\S+")


def _language(sentence: Sentence) -> str:
    """English where there are English words to go by; an address, a code or a number alone is no language."""
    text = sentence.text
    words = _ENGLISH_WORD.findall(_ADDRESS.sub("", text) if "@" in text else text)
    return sentence.language if len(words) > 1 else "zh"


def open_desk(heard: Heard, uow: UnitOfWork, names: NameIndex, classifier: Classifier) -> Desk:
    """Read the conversation and annotate the message."""
    inbound = heard.inbound
    conversation = uow.conversations.get(inbound.conversation_id)
    zone = uow.settings.timezone
    now = uow.now.astimezone(zone)
    heard = replace(heard, text=punctuated(heard.text))
    sentence = annotate(heard.text, now=now, names=names)
    return Desk(
        heard=heard,
        crm=uow,
        view=View(language=_language(sentence), zone=zone, now=now),
        names=names,
        classifier=classifier,
        state={} if conversation is None else conversation.state,
        conversation_version=1 if conversation is None else conversation.version,
        waiting=uow.pendings.waiting(inbound.conversation_id),
        sentence=sentence,
        known={(heard.text, Look.AHEAD): sentence},
    )
