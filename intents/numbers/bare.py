"""Judges whether a number that stands alone, with no unit and no scale, may be a sum of money."""

from __future__ import annotations

from intents import patterns as re
from intents.numbers.alphabet import Numeral
from intents.numbers.context import PER_AFTER

_LONGEST_BARE = 9  # digits; longer ones are serial numbers unless money is spoken of
# What a price directly follows. 到 and 成 as in 改到, 谈成.
_LEAD = re.compile(
    r"(?:金额|总价|单价|价格|售价|底价|报价|价|预算|总额|额|成交|费用?|成本|报|卖|花|付|收|出|拿下|签|谈|按|算|是|定|要|[到成为至]|最后|一共|总共|合计|大概|大约|差不多"
    r"|涨|降|加|减|砍|让|便宜|优惠|[:：=]|amount|price|budget|quote|cost|value|deal|worth|\bto|\bat|\bis|\bof|\bby|\bfor|\bpay)"
    r"(?:了|个|在|是|到|成|为|定|按)?\s*$",
    re.IGNORECASE,
)
_MONEY_LEAD = re.compile(
    r"(?:金额|价格?|预算|总?额|费用?|成本|款)(?:[改调变定]?[为到成至是:：]|定在?)?\s*$|amount (?:is|to) $",
    re.IGNORECASE,
)
_END = re.compile(r"\s*(?:$|[^\w\s\-/.*×~]|[吧了啊呢哦嘛呀的左上就行可拿成卖签不给以整出算]|[.](?!\d)| )")
_WHOLE = re.compile(r"[\s，。！？,.!?]*(?:就|那就|嗯|是|按|大概|大约|差不多)?")
_WHOLE_END = re.compile(r"(?:吧|了|啊|呢|左右|的样子)*[\s，。！？,.!?]*$")
_LATIN_BEFORE = re.compile(r"[A-Za-z]+ $")
_PLAIN_LATIN = re.compile(
    r"\b(?:to|at|is|of|by|for|about|around|from|and|or|than|over|under|amount|price|budget|value|pay|offer|cost|worth"
    r"|up|down) $",
    re.IGNORECASE,
)
_CALL = re.compile("电话|热线|拨|致电|手机|号码|call|dial|phone", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")


def may_be_money(text: str, numeral: Numeral) -> bool:
    """Say whether nothing around the number makes it something else, and something makes it a sum."""
    begin, stop = numeral.begin, numeral.stop
    whole = _WHOLE.fullmatch(text, 0, begin) is not None and _WHOLE_END.match(text, stop) is not None
    lead = _LEAD.search(text, max(0, begin - 8), begin) is not None
    if numeral.words:
        return numeral.low >= 100 and (whole or lead)
    if text[stop : stop + 1].isascii() and text[stop : stop + 1].isalpha():
        return False
    ends = _END.match(text, stop) is not None or PER_AFTER.match(text, stop) is not None
    if numeral.chinese:
        return _chinese_may(text, numeral, ends=ends, lead=lead or whole)
    return _arabic_may(text, numeral, ends=ends, lead=lead or whole, whole=whole)


def _chinese_may(text: str, numeral: Numeral, *, ends: bool, lead: bool) -> bool:
    """三百五 may, 三五八 only where a price is awaited, a lone digit never."""
    if numeral.units:
        return (lead and (ends or numeral.low >= 100)) or (ends and numeral.low >= 100)
    written = text[numeral.begin : numeral.stop]
    return lead and ends and len(written) in (3, 4) and written[0] not in "零〇" and "幺" not in written


def _arabic_may(text: str, numeral: Numeral, *, ends: bool, lead: bool, whole: bool) -> bool:
    written = text[numeral.begin : numeral.stop]
    if not ends or (written[0] == "0" and numeral.whole) or "-" in written or "到" in written:
        return False
    money = _MONEY_LEAD.search(text, max(0, numeral.begin - 12), numeral.begin) is not None
    if _LATIN_BEFORE.search(text, max(0, numeral.begin - 16), numeral.begin) and not money:
        lead = lead and _PLAIN_LATIN.search(text, max(0, numeral.begin - 16), numeral.begin) is not None
        return lead and numeral.low >= 100
    if _YEAR.match(written) or _CALL.search(text, max(0, numeral.begin - 8), numeral.begin):
        return money
    if len(written) > _LONGEST_BARE and not money:
        return False
    return money or whole or (lead and (numeral.low >= 100 or not numeral.whole)) or numeral.low >= 1000
