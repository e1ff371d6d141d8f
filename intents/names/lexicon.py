"""Holds the words that carry little of a name's identity: regions, legal forms, trades, titles, verbs of a task."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """Sets of words, in lower case and without spaces; each comes from the section of `words.txt` of its name.

    `title_sizes` says how long the longest title is that begins with a character.
    """

    regions: frozenset[str]
    legal: frozenset[str]
    organisation: frozenset[str]
    titles: frozenset[str]
    leaders: frozenset[str]
    surnames: frozenset[str]
    work: frozenset[str]
    before_title: frozenset[str]
    everyday: frozenset[str]
    title_sizes: dict[str, int]


def sections(text: str) -> dict[str, frozenset[str]]:
    """Read `[section]` headings, each with words separated by blanks."""
    parts = (part.partition("]") for part in text.split("[")[1:])
    return {name: frozenset(words.split()) for name, _, words in parts}


@cache
def lexicon() -> Lexicon:
    """Load the words, once."""
    words = sections(files(__package__).joinpath("words.txt").read_text(encoding="utf-8"))
    sizes: dict[str, int] = {}
    for title in words["titles"]:
        sizes[title[0]] = max(len(title), sizes.get(title[0], 0))
    return Lexicon(**words, title_sizes=sizes)
