"""The words in which the catalog puts intents: what a sentence says beyond them is about something else."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

import yaml

from intents import patterns as re
from intents.training import CATALOG

_PLACEHOLDER = re.compile(r"\{\w+\}")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # 30 ms for the whole catalog; the plain one takes a second


@lru_cache(maxsize=4)
def wording(intents: frozenset[str], folder: Path = CATALOG) -> str:
    """The examples of some intents as one text, lower case, names left out; what stands in it is their wording."""
    return "\n".join(line for name in sorted(intents) for line in _examples(folder / f"{name}.yaml"))


def _examples(path: Path) -> Collection[str]:
    if not path.is_file():
        return ()
    entry = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    return [_PLACEHOLDER.sub("\N{BULLET}", str(say)).lower() for say in entry["examples"]]
