"""Reads the words around a sum: what is done to the price, whether it is about right, open to one side, per piece."""

from __future__ import annotations

from typing import NamedTuple

from intents import patterns as re
from intents.numbers.model import AmountOp

WINDOW = 24  # characters before a number that are looked at
_CHINESE_WINDOW = 12  # enough for the longest Chinese wording; English ones (increase the price by) need all


class _Before:
    """Words right before a place; tried only if the character there can end them, since most places have none."""

    def __init__(self, words: str, last: str) -> None:
        self._words = re.compile(rf"(?:{words})\s*$", re.IGNORECASE)
        self._last = frozenset(last)

    def find(self, text: str, start: int, edge: int) -> int:
        """Where the words begin, or -1."""
        last = text[edge - 1 : edge] if edge > start else ""
        if last == " ":
            last = text[edge - 2 : edge - 1]
        english = last.isascii() and last.isalpha()
        if last not in self._last and not english:
            return -1
        found = self._words.search(text, start if english else max(start, edge - _CHINESE_WINDOW), edge)
        return found.start() if found is not None else -1


_ABOUT_BEFORE = _Before(
    "(?:大概|大约|约莫|(?<![预签合节大违特契])约|差不多|将近|接近|(?<![最附临远靠])近|估计|估摸着?|也就|(?<![尽赶很加不更])快|(?<![缩减大])小"
    r"|around|about|approximately|roughly|nearly|almost|some)(?:[是有在]|能有)?",
    "概约莫多近计着摸就快小是有在",
)
_LEAST_BEFORE = _Before(
    "(?<!不)超|(?:(?<!不)(?:超过|大于|高于)|多于|不低于|不少于|不小于|至少|起码|最少|突破"
    "|over|above|more than|at least|≥|>=?)(?:了|是|要|得|有)?",
    "过于超少码破了是要得有≥>=",
)
_MOST_BEFORE = _Before(
    "(?:不超过|不到|(?<!不)(?:低于|少于|小于)|不大于|不高于|最多|至多|顶多|别超过?"
    "|under|below|less than|at most|up to|within|≤|<=?)(?:了|是|要|得|有)?",
    "过到于多超了是要得有≤<=",
)
_SET = _Before(r"[到至成为作按是定=:：]|(?<![更修])改|\bto|\bat|\bis|(?<!discount )\bof", "到至成为作按是定=:：改")
_FROM = _Before(r"从|(?<!理)由|原来的?是?|原先的?是?|原本的?是?|原价是?|\bfrom", "从由的是来先本价")
_WHOM = "(?:[他她它](?:们|家)?|你们?|客户|对方|人家|价格?|单价|总价)?"
_DID = f"(?:掉|去|下来?|出来?|上去?)?了?{_WHOM}(?:再)?个?"
_LAST_OF_DID = "掉去下来出上了他她它们家你户方格价再个"
_ADD = _Before(
    "(?:涨价?|(?<![参增叠])加价?|上浮|上调|上涨|提高|提升|提价|抬高|增加|追加|加收|加上|再加|调高|调升|增长"
    r"|(?<![差很许至最大更好不])多(?:报|收|要|出|给)?|(?<![公上])升|(?<!前)提|贵|高[出了]|\+"
    r"|rais(?:e|ed|ing)(?: \w+){0,2} by|increas\w+(?: \w+){0,2} by|\bup(?: by)?|\badd(?:ed)?|\bplus)" + _DID,
    _LAST_OF_DID + "涨加浮调高升收长多报要给提贵+",
)
_SUBTRACT = _Before(
    "(?:降价?|砍价?|减价?|减免|便宜|优惠|下浮|下调|下降|调低|降低|减少|让利?|让出|抹|扣除?|扣减|(?<!施)压价?|压低"
    "|(?<![至最不多减缺])少(?:报|收|要|给|算)?|去掉|折让|低了|−"
    r"|cut(?: \w+){0,2} by|reduc\w+(?: \w+){0,2} by|lower\w*(?: \w+){0,2} by|drop\w*(?: \w+){0,2} by"
    r"|\bdown(?: by)?|\bminus|\bsubtract|discounts? of|\bknock)" + _DID,
    _LAST_OF_DID + "降砍减免宜惠浮调低少利让抹扣除压报收要给算−",
)
_ABOUT_AFTER = re.compile(r" ?(?:块钱|元|块)?(?:左右|上下|出头|的样子|or so|give or take)", re.IGNORECASE)
_LEAST_AFTER = re.compile(r" ?(?:及?以上|往上|起(?![来草诉步头初码])|or more|and (?:above|up))", re.IGNORECASE)
_MOST_AFTER = re.compile(r" ?(?:及?以下|以内|之内|封顶|不到(?![位达期货账])|or less)", re.IGNORECASE)
_ADD_AFTER = re.compile(" ?的?(?:涨幅|增幅|上浮|加价)")
_SUBTRACT_AFTER = re.compile(" ?的?(?:优惠|折扣|折让|让利|降幅|减免|下浮)| (?:off|discount|reduction)", re.IGNORECASE)
_MOVES_ON = re.compile(".{0,10}?(?:[涨降改调加减提砍变升到]|to)", re.IGNORECASE)

_PIECE = r"[台套个件吨箱盒瓶桶只辆条张份米平斤克人家位支根片座组票车柜升]|平米|平方|公斤"
_PER_BEFORE = re.compile(
    rf"(?:每(?:{_PIECE})[^，。,;；、\d]{{0,6}}|(?<![再另第])一(?:{_PIECE})|单价[^，。,;；、\d]{{0,6}}"
    rf"|单[台套件个吨][^，。,;；、\d]{{0,4}}|\bper \w+|\beach)[\s:：]*$",
    re.IGNORECASE,
)
_MAY_BE_PER = re.compile("[每一单]|per |each", re.IGNORECASE)
PER_AFTER = re.compile(
    rf" ?(?:块钱|元)?(?:[/／每一](?:{_PIECE})(?![期批共起]|(?<=个)(?:月|小时|季度|星期|礼拜))|/(?:unit|pc|set|seat)"
    r"| ?(?:per|a|an) (?:unit|piece|set|seat|ton|box|license)| ?each)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(
    "金额|价|预算|报|额|款|成本|费|钱|利润|业绩|成交|付|签|收入|营收|订金|定金"
    "|budget|price|amount|quote|cost|deal|value|worth|pay|paid|revenue",
    re.IGNORECASE,
)


class Bounds(NamedTuple):
    """How sharply a number was said."""

    approximate: bool
    least: bool  # 以上, 超过
    most: bool  # 以下, 不超过
    edge: int  # where those words before the number begin


class Context(NamedTuple):
    """What the neighbourhood of one sum says about it."""

    op: AmountOp  # SET, FROM, ADD or SUBTRACT
    bounds: Bounds
    per_unit: bool
    stop: int  # after the price's 一台, which counts nothing


def context_of(text: str, begin: int, stop: int) -> Context:
    """Read the context of the sum at `[begin, stop)`; looks at a bounded number of characters on each side."""
    bounds = bounds_of(text, begin, stop)
    start = max(0, begin - WINDOW)
    per_after = PER_AFTER.match(text, stop)
    per_before = _MAY_BE_PER.search(text, start, bounds.edge) and _PER_BEFORE.search(text, start, bounds.edge)
    return Context(
        op=_op(text, start, bounds.edge, stop),
        bounds=bounds,
        per_unit=per_after is not None or per_before is not None,
        stop=per_after.end() if per_after is not None else stop,
    )


def bounds_of(text: str, begin: int, stop: int) -> Bounds:
    """Read 大概, 左右, 以上, 不超过 and the like around `[begin, stop)`."""
    start, edge = max(0, begin - WINDOW), begin
    said = [False, False, False]
    for place, words in enumerate((_ABOUT_BEFORE, _LEAST_BEFORE, _MOST_BEFORE, _ABOUT_BEFORE)):
        found = words.find(text, start, edge)
        if found >= 0:
            edge, said[place % 3] = found, True
    return Bounds(
        approximate=said[0] or _ABOUT_AFTER.match(text, stop) is not None,
        least=said[1] or _LEAST_AFTER.match(text, stop) is not None,
        most=said[2] or _MOST_AFTER.match(text, stop) is not None,
        edge=edge,
    )


def _op(text: str, start: int, edge: int, stop: int) -> AmountOp:
    if _FROM.find(text, start, edge) >= 0:
        return AmountOp.FROM if _MOVES_ON.match(text, stop) or text[edge - 1] not in "从由m " else AmountOp.SET
    if _SET.find(text, start, edge) >= 0:
        return AmountOp.SET
    if _ADD.find(text, start, edge) >= 0 or _ADD_AFTER.match(text, stop):
        return AmountOp.ADD
    if _SUBTRACT.find(text, start, edge) >= 0 or _SUBTRACT_AFTER.match(text, stop):
        return AmountOp.SUBTRACT
    return AmountOp.SET


def speaks_of_money(text: str, begin: int) -> bool:
    """Say whether a word for money stands in the same clause, shortly before."""
    start = max(0, begin - WINDOW)
    clause = max(text.rfind(mark, start, begin) for mark in "，。；,;\n")
    return _MONEY_BEFORE.search(text, max(start, clause + 1), begin) is not None
