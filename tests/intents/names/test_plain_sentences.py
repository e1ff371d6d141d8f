"""Everyday sentences without a name do not look as if they had one."""

from pathlib import Path

import pytest

from intents.names import Kind, NameIndex

SENTENCES = Path(__file__).with_name("plain_sentences.txt").read_text(encoding="utf-8").split("\n")
NAMED = frozenset({Kind.CUSTOMER, Kind.CONTACT, Kind.LEAD, Kind.USER})


@pytest.mark.parametrize("sentence", [s for s in SENTENCES if s])
def test_no_record_is_likely(index: NameIndex, generated: NameIndex, sentence: str) -> None:
    found = [c for one in (index, generated) for m in one.mentions(sentence, kinds=NAMED) for c in m.candidates]
    assert [(c.nameable.name, c.score) for c in found if c.score >= 0.75] == []
