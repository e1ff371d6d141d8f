"""Names that a recogniser wrote with other characters of the same sound, written as the records have them."""

from __future__ import annotations

from intents.names import By, Mention, NameIndex

SURE = 0.85
"""Score by sound from which a name is written as the record has it (the bands stand in intents/names)."""
APART = 0.1
"""How far the next record must be behind; nearer, both stay possible and the words stay as heard."""
_BY_SOUND = (By.SOUND, By.NEAR_SOUND)


def repaired(text: str, names: NameIndex) -> str:
    """The text with names put right that are sure by sound; what is in doubt is left for the question to settle."""
    for mention in sorted(names.mentions(text), key=lambda m: -m.begin):
        written = _written(mention)
        if written is not None:
            text = text[: mention.begin] + written + text[mention.stop :]
    return text


def _written(mention: Mention) -> str | None:
    if mention.inside or not mention.candidates:
        return None
    best, *rest = mention.candidates
    if best.by not in _BY_SOUND or best.score < SURE or best.extra or len(best.matched) != len(mention.text):
        return None
    rival = next((c.score for c in rest if c.matched != best.matched), 0.0)
    return best.matched if best.score - rival >= APART else None
