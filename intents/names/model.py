"""What goes into and comes out of the name index: nameable records, candidates and mentions."""

import enum
from dataclasses import dataclass


class Kind(enum.StrEnum):
    """The kinds of record a rep can name."""

    CUSTOMER = "customer"
    CONTACT = "contact"
    PRODUCT = "product"
    OPPORTUNITY = "opportunity"
    LEAD = "lead"
    USER = "user"
    TASK = "task"
    STAGE = "stage"


class By(enum.StrEnum):
    """How a text was recognised as a name: the weakest evidence that was needed."""

    EXACT = "exact"
    ALIAS = "alias"
    PART = "part"
    ABBREVIATION = "abbreviation"
    TITLE = "title"
    PINYIN = "pinyin"
    SOUND = "sound"
    NEAR_SOUND = "near_sound"
    TYPO = "typo"


Key = tuple[Kind, int | str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Nameable:
    """One record that can be named; `customer_id` is the customer that it hangs on."""

    kind: Kind
    id: int | str
    name: str
    aliases: tuple[str, ...] = ()
    customer_id: int | None = None
    title: str | None = None
    region: str | None = None
    industry: str | None = None

    @property
    def key(self) -> Key:
        """The record's identity within an index."""
        return self.kind, self.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A record that a text may mean.

    `matched` is the name, alias or part that was hit; `score` runs from 0 to 1 and compares across kinds (see the
    README for its bands); `whole` says that the text is a whole name or alias. `extra` holds distinctive text next to
    the match that the record's name does not have: a sign of another organisation.
    """

    nameable: Nameable
    matched: str
    score: float
    by: By
    whole: bool
    extra: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A span `text[begin:stop]` of a sentence and at most eight records it may mean, best first.

    `inside` says that it lies within, or overlaps, a longer mention of another kind that is as good.
    """

    begin: int
    stop: int
    text: str
    candidates: tuple[Candidate, ...]
    inside: bool = False
