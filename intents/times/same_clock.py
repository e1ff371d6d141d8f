"""The time of day that something has already, said without its hour: 同一时间, 同样钟点, 钟点照旧, same time."""

from __future__ import annotations

import re
from typing import Final

from intents.patterns import Lazy as Pattern

_SAME: Final = r"(?:同一?个?|同样|一样|相同|原定|原先|原来|原|老|旧|先前|之前|还是[那这]?)的?(?:那|一)?个?"
_CLOCK: Final = r"(?:时间点|时间|钟点|时刻|时段|点儿?(?![\u4e00-\u9fff]))"
_AFTER_DAY_AT = Pattern(
    rf"[的,]?(?:在|也|都|还是|仍|依旧|照样)?{_SAME}{_CLOCK}|,? ?(?:at )?(?:the )?same (?:time|hour)", re.I
)
_ANYWHERE = Pattern(
    r"(?:钟点|时间|点|时刻|时段|几点)(?:各自|都|也|仍|依旧|还是?)?(?:不变|不动|照旧|不改|一样|保持|照原|照样|同前|还是|依旧)|"
    r"(?:同|还是|照|原|老|相同)(?:样|一|旧|那个|原来?的?|原|一个|个|定)?的?(?:时间|钟点|点|时候|时刻)(?![\d起])|"
    r"[这那]个?(?:钟点|时间|点)(?=$|[，。！吧上,.!])|\bsame (?:time|hour)\b",
    re.I,
)


def same_clock_at(text: str, pos: int) -> int | None:
    """Where the words end that leave the hour of a day as it was (下周五同一时间); None where none stand there."""
    found = _AFTER_DAY_AT.match(text, pos)
    return None if found is None else found.end()


def keeps_clock(text: str) -> bool:
    """Whether the words leave the hour of what is moved as it is: 换成每周四,钟点一样."""
    return _ANYWHERE.search(text) is not None
