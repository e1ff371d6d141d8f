"""Which rival a text names: battle cards say in their title or topic whom they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crm_store.collateral.cleaning import folded
from crm_store.collateral.passages import Section

_GENERIC = re.compile(r"竞品|竞争|对手|对比卡?|比较|分析|应对|打法|手册|资料|卡片?|versus|\bvs\b|battle ?card"
    r"|compet\w*")
_NAME = re.compile(r"[a-z]{3,}|[\u4e00-\u9fff]{2,}")


def rival_in(sections: Iterable[Section], text: str) -> str:
    """The name, as a text writes it, of the rival that some battle card is about; '' where it names none."""
    plain = folded(text)
    cards = {(s.title, s.about.topic) for s in sections if s.about.kind == "battlecard"}
    names = {name for card in cards for name in _NAME.findall(_GENERIC.sub(" ", folded(" ".join(card))))}
    found = [_as_written(name, plain) for name in names]
    return max(found, key=len, default="")


def _as_written(name: str, text: str) -> str:
    """The longest beginning of the name, two characters or more, that the text has."""
    if name.isascii():
        return name if re.search(rf"\b{name}\b", text) else ""
    return next((name[:size] for size in range(len(name), 1, -1) if name[:size] in text), "")
