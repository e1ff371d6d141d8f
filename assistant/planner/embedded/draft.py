"""A command being made: its words, the answers given to questions about it, and what it takes from the message."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from assistant.messages import Ask, Option
from assistant.planner.embedded.desk import Desk
from intents.commands import Command
from intents.names import Kind, Mention
from intents.numbers import Amount, Phone, Quantity
from intents.sentence import Sentence, looking
from intents.times import Grain, Look, Problem, TimeExpression, in_month_of, is_bare_day
from intents.times import Kind as TimeKind

Choices = list[tuple[Option, int | str]]
"""Options of a question, each with the id (or value) that choosing it stands for."""
TIME_SLOTS = ("due", "occurred_at", "expected_close_date")


def _leads_clearly(command: Command) -> bool:
    """Whether the first guess, weak as it may be, is well ahead of the second."""
    first, *rest = command.guesses
    return first.score >= 0.14 and (not rest or first.score >= 1.6 * rest[0].score)


def _at_the_hour_said(before: list[TimeExpression], answered: list[TimeExpression]) -> list[TimeExpression]:
    """An answer that names only a day keeps the hour that the command had: 「昨天下午三点…」, 「是明天」."""
    hours = [t for t in before if t.due_has_hour]
    if len(hours) != 1 or any(t.due_has_hour or t.recurrence for t in answered) or len(answered) != 1:
        return answered
    day, hour = answered[0], hours[0].due
    if day.grain is not Grain.DAY or day.kind is not TimeKind.POINT:
        return answered
    at = day.start.replace(hour=hour.hour, minute=hour.minute)
    return [replace(day, start=at, end=at, due=at, due_has_hour=True, has_hour=True, grain=Grain.MINUTE)]


def _in_the_month_said(
    before: list[TimeExpression], answered: list[TimeExpression], now: datetime
) -> list[TimeExpression]:
    """「那就30号」 for a 31 September that does not exist is 30 September."""
    wrong = next((t for t in before if t.problem is Problem.IMPOSSIBLE and not is_bare_day(t)), None)
    if wrong is None:
        return answered
    put = [in_month_of(t, wrong.start.date(), now) if is_bare_day(t) else t for t in answered]
    return [t for t in put if t.problem is not Problem.IMPOSSIBLE] or put


@dataclass
class Draft:
    """One command with everything known about it.

    `hints` are answers that were chosen (slot → id), `fills` answers that were said (slot → words). `shared` holds
    records that the rest of the message names, for commands that leave them out.
    """

    desk: Desk
    sentence: Sentence
    begin: int
    stop: int
    intent: str
    question: bool = False
    score: float = 1.0
    leads_clearly: bool = True
    hints: dict[str, Any] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, desk: Desk, sentence: Sentence, command: Command) -> Draft:
        """A draft of a command found in the sentence."""
        return cls(
            desk=desk,
            sentence=sentence,
            begin=command.begin,
            stop=command.stop,
            intent=command.intent,
            question=command.question,
            score=command.score,
            leads_clearly=_leads_clearly(command),
        )

    @cached_property
    def text(self) -> str:
        """The command's own words, normalised."""
        return self.sentence.text[self.begin : self.stop]

    @property
    def heard(self) -> str:
        """The command's words with misheard command words written right."""
        return self.sentence.heard[self.begin : self.stop]

    @cached_property
    def words(self) -> str:
        """The command's own words as the user wrote them."""
        return self.sentence.raw(self.begin, self.stop)

    @cached_property
    def answers(self) -> tuple[Sentence, ...]:
        """The words said in answer to questions, annotated."""
        return tuple(self.desk.read(words) for words in self.fills.values())

    @cached_property
    def everything(self) -> str:
        """The command's words and all answers."""
        return "，".join([self.text, *(answer.text for answer in self.answers)])

    def inside(self, span: Any) -> bool:
        """Whether a span lies within this command."""
        return bool(self.begin <= span.begin and span.stop <= self.stop)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Names in the command and in the answers."""
        own = tuple(m for m in self.sentence.mentions if self.inside(m))
        return own + tuple(m for answer in self.answers for m in answer.mentions)

    def behind(self, mention: Mention) -> str:
        """The words right behind a mention, in the sentence that it stands in: the command or an answer."""
        sentence = next((a for a in self.answers if mention in a.mentions), self.sentence)
        return sentence.text[mention.stop :]

    def mentions_of(self, *kinds: Kind, least: float = 0.6) -> list[Mention]:
        """Mentions with a candidate of one of these kinds that scores at least `least`."""
        return [m for m in self.mentions if any(c.nameable.kind in kinds and c.score >= least for c in m.candidates)]

    @cached_property
    def times(self) -> list[TimeExpression]:
        """Times as a task sees them: looking ahead."""
        return self.times_looking(Look.AHEAD)

    def times_looking(self, look: Look) -> list[TimeExpression]:
        """Times of the command and of the answers, in the order said."""
        if look is Look.AHEAD:
            own, answers = self.sentence, self.answers
        else:
            own = looking(self.sentence, now=self.desk.now, look=look)
            answers = tuple(self.desk.read(words, look) for words in self.fills.values())
        answered = [t for answer in answers for t in answer.times]
        if answered and any(slot in self.fills for slot in TIME_SLOTS):
            before = [t for t in own.times if self.inside(t)]
            return _at_the_hour_said(before, _in_the_month_said(before, answered, self.now))
        return [t for t in own.times if self.inside(t)] + answered

    @cached_property
    def amounts(self) -> list[Amount]:
        """Amounts of the command and of the answers."""
        return [a for a in self.sentence.amounts if self.inside(a)] + [a for s in self.answers for a in s.amounts]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Quantities of the command and of the answers."""
        return [q for q in self.sentence.quantities if self.inside(q)] + [q for s in self.answers for q in s.quantities]

    @cached_property
    def phones(self) -> list[Phone]:
        """Phone numbers of the command and of the answers."""
        return [p for p in self.sentence.phones if self.inside(p)] + [p for s in self.answers for p in s.phones]

    @property
    def now(self) -> datetime:
        """The present."""
        return self.desk.now

    def say(self, zh: str, en: str) -> str:
        """The wording in the user's language."""
        return self.desk.say(zh, en)

    def ask(self, slot: str, text: str, options: Choices | None = None, **more: Any) -> Ask:
        """A question about one slot; its state lets the answer resume this very command."""
        choices = options or []
        question = {
            "slot": slot,
            "intent": self.intent,
            "text": self.words,
            "hints": self.hints,
            "fills": self.fills,
            "shared": self.shared,
            "options": [{"label": o.label, "value": o.value, "id": value} for o, value in choices],
            **more,
        }
        return Ask(text=text, question=question, options=tuple(o for o, _ in choices))
