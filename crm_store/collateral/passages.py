"""What a document becomes: sections under heading paths, passages inside sections, sentences inside passages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a document says of itself (front matter): what filters look at. Empty means it is for everything."""

    kind: str = ""
    product: str = ""
    industry: str = ""
    stage: str = ""
    topic: str = ""
    audience: str = "internal"  # 'internal' | 'customer'
    version: str = ""
    expires: str = ""  # ISO date after which the document no longer holds; '' = never


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A piece of a parsed file: a heading of a level (1 to 6), or a line of text (level 0)."""

    text: str
    level: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """The text under one heading; `path` holds the headings from the outermost, `lines` the text as it is quoted."""

    document: str
    title: str
    path: tuple[str, ...]
    lines: tuple[str, ...]
    about: About

    @property
    def heading(self) -> str:
        """The heading path as one line."""
        return " > ".join(self.path)

    @property
    def text(self) -> str:
        """All of its text."""
        return "\n".join(self.lines)

    @property
    def name(self) -> str:
        """The file name without folder and `.md`: what a citation shows."""
        return self.document.rsplit("/", 1)[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Some consecutive sentences of a section: what is indexed. `section` is the section's number in its index."""

    section: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """What a search is limited to; an empty tuple or None is no limit. A document without a field fits any."""

    kinds: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    audience: str | None = None
    today: str | None = None  # ISO date; documents that expired before it are left out

    def admits(self, about: About) -> bool:
        """Whether a document may be found."""
        return (
            (not self.kinds or about.kind in self.kinds)
            and _fits(self.products, about.product)
            and _fits(self.industries, about.industry)
            and _fits(self.stages, about.stage)
            and (self.audience is None or about.audience == self.audience)
            and not (self.today and about.expires and about.expires < self.today)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A section found, with its best passage; `score` is comparable within one search only."""

    number: int
    section: Section
    text: str
    score: float


def _fits(wanted: tuple[str, ...], own: str) -> bool:
    return not wanted or not own or own in wanted
