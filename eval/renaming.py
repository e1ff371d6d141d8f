"""The customer of a command said otherwise: by a name that nobody has, or as a recogniser might mishear it.

A command that is right for a customer must not write to any record when a stranger is named instead, and must write
either the same or nothing when the name is distorted (metamorphic testing: directed changes after CheckList, Ribeiro
et al., ACL 2020). Only cases of one turn that write for one named customer are changed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from eval.suite import Case, Expect
from intents.names.sounds import readings_of

Rename = Callable[[str, random.Random], str]

_STRANGERS = (
    "泽楷", "乔勉", "赫牧", "葆坤", "晁岳", "奎邦", "佟谷", "颐瑄", "邵朴", "宛彤", "骞隆", "湛蕴", "贺淳", "旌硕",
    "砺峰", "沛霖", "甄郁", "缙云山", "朵拉美", "韶乐", "侃侃", "百岁坊", "嵩阳", "犇腾", "鹤立", "丘壑", "弗拉格",
    "茂名湾",
)  # fmt: skip
_SPOKEN = range(0x4E00, 0x4E00 + 3500)


def _stranger(name: str, chance: random.Random) -> str:
    """Another name, with what the old one has behind its first two characters (its trade) kept half of the time."""
    other = chance.choice(_STRANGERS)
    return other + (name[2:] if len(name) > 3 and chance.random() < 0.5 else "")


def _misheard(name: str, chance: random.Random) -> str:
    """One or two characters written as others of the same sound."""
    places = [place for place, character in enumerate(name) if _alike(character)]
    text = list(name)
    for place in chance.sample(places, min(len(places), chance.choice((1, 2)))):
        text[place] = chance.choice(_alike(text[place]))
    return "".join(text)


def _shortened(name: str, chance: random.Random) -> str:
    """One character left out."""
    if len(name) < 3:
        return name
    place = chance.randrange(len(name))
    return name[:place] + name[place + 1 :]


def _half(name: str, _: random.Random) -> str:
    """The first two characters of a longer name."""
    return name[:2] if len(name) > 3 else name


RENAMES: Mapping[str, Rename] = {
    "stranger": _stranger,
    "misheard": _misheard,
    "shortened": _shortened,
    "half": _half,
}
"""Each kind of renaming by its name; after "stranger" nothing may be written at all."""


def renamed(cases: Iterable[Case], world: Mapping[str, Any], kind: str, seed: int = 0) -> list[Case]:
    """The cases with their customer renamed; the same for the same seed. Raises KeyError for an unknown kind.

    What they expect is what must not be exceeded: nothing after a stranger's name, else the changes of the case.
    """
    rename, chance = RENAMES[kind], random.Random(seed)
    names = _names(world)
    changed = []
    for case in cases:
        said = _named_customer(case, names)
        new = rename(said, chance) if said else said
        if new == said or new in names:
            continue
        (turn,) = case.turns
        expect = Expect(changes=[]) if kind == "stranger" else Expect(changes=turn.expect.changes)
        text = str(turn.say).replace(str(said), str(new))
        changed.append(case.model_copy(update={"turns": [turn.model_copy(update={"say": text, "expect": expect})]}))
    return changed


def _names(world: Mapping[str, Any]) -> list[str]:
    """The names and aliases of all customers, the longest first."""
    names = {name for one in world.get("customers", ()) for name in (one["name"], *one.get("aliases", ()))}
    return sorted(names, key=lambda name: (-len(name), name))


def _named_customer(case: Case, names: Sequence[str]) -> str:
    """The one customer's name that a case of one turn says; empty where there is none, or several, or no write."""
    if len(case.turns) > 1 or case.turns[0].say is None:
        return ""
    expected = [change for change in case.turns[0].expect.changes or () if not change.optional]
    if not expected or any(change.type in {"customer", "lead"} and change.op == "create" for change in expected):
        return ""
    found = list(_said(str(case.turns[0].say), names))
    return found[0] if len(found) == 1 else ""


def _said(text: str, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if name in text:
            yield name
            text = text.replace(name, "\n")


_GROUPS: dict[int, list[str]] = {}


def _alike(character: str) -> list[str]:
    """Other characters of the same commonest reading."""
    if not _GROUPS:
        for code in _SPOKEN:
            for reading in readings_of(chr(code))[:1]:
                _GROUPS.setdefault(reading, []).append(chr(code))
    return [one for reading in readings_of(character)[:1] for one in _GROUPS.get(reading, ()) if one != character]
