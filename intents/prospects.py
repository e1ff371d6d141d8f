"""Which rules can hold of a text at all, by its characters: the others need not be tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intents.literals import Needs, needed_by

Applies = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Prospects:
    """The numbers of the rules that may hold of any text, and of those that may where a character stands in it."""

    always: frozenset[int]
    by_letter: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, rules: Sequence[Applies]) -> Prospects:
        """Find out, of each rule, what it needs."""
        always: set[int] = set()
        by_letter: dict[str, set[int]] = {}
        for number, applies in enumerate(rules):
            needs = words_needed(applies)
            if needs is None:
                always.add(number)
            for letter in needs or ():
                by_letter.setdefault(letter, set()).add(number)
        return cls(frozenset(always), {letter: frozenset(numbers) for letter, numbers in by_letter.items()})

    def among(self, letters: frozenset[str]) -> list[int]:
        """The numbers of the rules that may hold of a text with these letters, in order."""
        known = self.by_letter
        return sorted(self.always.union(*[known[letter] for letter in letters if letter in known]))


def words_needed(applies: Applies) -> Needs:
    """The characters of which a text has one wherever a rule holds; None where it may hold without.

    A rule is a function of evidence. It is tried with all answers to what it asks for but `says`, which is always
    denied: where it never holds so, one of the words it asked for must be said.
    """
    asked: list[str] = []
    try:
        holds = _holds_unsaid(applies, {}, asked)
    except _ReadsTheTextError:
        return None
    return None if holds else needed_by(asked)


def _holds_unsaid(applies: Applies, answers: dict[object, bool], asked: list[str]) -> bool:
    try:
        return bool(applies(_Unsaid(answers, asked)))
    except _OpenError as question:
        either = ({**answers, question.about: answer} for answer in (False, True))
        return any([_holds_unsaid(applies, known, asked) for known in either])


class _OpenError(Exception):
    """A question that the answers leave open."""

    def __init__(self, about: object) -> None:
        super().__init__(about)
        self.about = about


class _ReadsTheTextError(Exception):
    """A rule looks at the words itself."""


class _Unsaid:
    """Stands for evidence whose words are none of those asked for."""

    def __init__(self, answers: dict[object, bool], asked: list[str]) -> None:
        self._answers = answers
        self._asked = asked

    def says(self, words: str) -> bool:
        self._asked.append(words)
        return False

    def names(self, *about: object) -> bool:
        return self._answer(about)

    def __getattr__(self, name: str) -> bool:
        if name in ("text", "words", "named", "letters"):
            raise _ReadsTheTextError
        return self._answer(name)

    def _answer(self, about: object) -> bool:
        if about not in self._answers:
            raise _OpenError(about)
        return self._answers[about]
