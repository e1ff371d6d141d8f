"""Where in a text a Chinese time may begin: not inside a longer number or word."""

from __future__ import annotations

from typing import Final

from intents.times.numerals import NUMERAL_CHARACTERS

# 合同月底, 成本月底, 线上周三, 超过三天, 提前两天: the character belongs to the word before.
_BOUND: Final = {
    "上": frozenset("马以线网手楼路车身加之"), "下": frozenset("以线楼名旗底手余私之"),
    "本": frozenset("样成版日资基根原书标文课"), "同": frozenset("合相共协陪不"), "明": frozenset("证声注申表"),
    "次": frozenset("每这一两三多首上下再初几某"), "来": frozenset("未后带起出过下上回本从近原将往"),
    "去": frozenset("过"), "当": frozenset("应相适"), "近": frozenset("附最靠临"), "过": frozenset("超不通经路度"),
    "前": frozenset("提之以目当眼面期生从此先会货款验签标课饭班"), "后": frozenset("最之以今然随事背落先延推前午"),
}  # fmt: skip
_EDGES: Final = frozenset("年月周季")
_BEFORE_NO_EDGE: Final = frozenset("几多每全半两" + NUMERAL_CHARACTERS)


def can_begin(text: str, pos: int) -> bool:
    """Whether a time may begin at `pos`: not inside a longer number or word, a model name, a price or an ordinal."""
    before, this = text[pos - 1 : pos], text[pos]
    if not before:
        return True
    if this.isascii():
        return not this.isdigit() or _number_begins(text, pos, before)
    if this in NUMERAL_CHARACTERS:
        return before not in NUMERAL_CHARACTERS and before != "第" and not before.isdigit()
    if this in _EDGES:
        return before not in _BEFORE_NO_EDGE and not before.isdigit()
    return before not in _BOUND.get(this, ())


def _number_begins(text: str, pos: int, before: str) -> bool:
    if not before.isascii():
        return True
    if before.isalnum() or before in ".$_#":
        return False
    earlier = text[max(pos - 2, 0) : pos - 1]
    return not (before in "-/:" and earlier.isascii() and earlier.isalnum())
