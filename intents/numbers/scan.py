"""Finds where numbers stand in a sentence, leaving out dates, codes, ordinals and names that merely look like them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from intents import patterns as re
from intents.numbers.alphabet import Numeral, plain
from intents.numbers.english import read_english
from intents.numbers.numerals import read_numeral
from intents.numbers.spans import Span, Spans

# Sayings that hold a number, and companies names begin like a count; a record's own names come in as `taken`.
_NAMES = (
    "七匹狼|三只松鼠|三棵树|三一重工|三一重能|三一重装|三人行|五个女博士|八个朋友|九号公司|一汽|二重|四维图新|六个核桃|千岛湖|百度|百家号|十月妈咪"
    "|七天酒店|两面针|一点资讯|一嗨|二三四五|三六零|三六五网|九九久|五八同城|一二三服饰|百度地图|七十迈|三十六氪|八百客|九天微星|三七互娱|一百分教育"
    "|五花八门|九牛一毛|一刀切|百里挑一|三番五次|一清二楚|十有八九|一五一十|三心二意|七上八下|乱七八糟|四面八方"
)
_CURRENCY_CODES = "USD|US|EUR|GBP|HKD|HK|JPY|RMB|CNY|CN|AUD|CAD|SGD|KRW|TWD|NT"
# Each pattern begins with plain characters and looks back only then: that lets the engine skip fast to a candidate.
_TYPED = re.compile(
    r"\d(?<!\d\d)(?<!\.\d)(?:"
    r"\d{3}([-/.])\d{1,2}(?:\1\d{1,2})?(?![\d.万亿wWkK%元折])"  # 2026-11-25, 2026/11
    r"|\d?/\d{1,2}(?![\d万亿])"  # 11/25, 2/3
    r"|\d?[:：]\d{2}(?:[:：]\d{2})?(?!\d)"  # 15:30
    r"|\d*(?:\.\d+){2,}"  # 1.2.3, 192.168.1.1
    r")"
)
_CODE = re.compile(r"[A-Za-z](?<![A-Za-z0-9].)[A-Za-z0-9]*(?:[-_./][A-Za-z0-9]+)*")  # C60, TOC-3
_PRICE_CODE = re.compile(rf"(?:{_CURRENCY_CODES})\d", re.IGNORECASE)
_TIMES = re.compile(r"(?<=\d)[xX]\d{1,5}$")
_LABELLED = re.compile(
    r"[#＃№]\d+|[Nn][Oo]\. ?\d+|http(?<![A-Za-z].{4})s?://[^\s\u4e00-\u9fff]{1,300}|www\.[^\s\u4e00-\u9fff]{1,300}"
    r"|(?:[尾编单工同票税账卡房]号|邮编|验证码|代码|房间号?|QQ号?|微信号?|门牌号?|身份证号?)(?:是|为|[:：])?\s?[A-Za-z0-9\-一二三四五六七八九零幺]+"
)
_WORD_WITH_ONE = re.compile(r"(?:之(?<!分之)|[统唯万专单同逐划均归合])一(?![百千万亿])")
_LABEL = re.compile(r"[#＃№号码间编证]|[Nn][Oo]\.|://|www\.|QQ|微信")
_ASCII_DIGIT = re.compile(r"\d")
_NAME = re.compile(_NAMES)

# 百来万, 上百万, 百万级: a scale without a digit before it. 千万别, 百度 and 万科 are none.
_ROUND = (
    r"[百千万](?:(?P<about>(?<=百)八十来?万?|(?<=千)八百|十?[来把](?:万|亿)?(?=[万亿块元台个套件人家条张吨]|$|[^\w]))"
    r"|(?<=[上近过超破].)(?<![早晚]上.)(?P<least>万?(?=[元块台套个家人件条级以的左了]|$|[^\w]|万))"
    r"|(?P<even>万(?<!万万)(?=级|以上|元|块|大单|量级)))"
    r"|亿(?<=[上近过超破].)(?P<hundred_million>(?=[元块级以的左了]|$|[^\w]))"
)
_DIGIT = "0-9零〇一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾幺"
_START = re.compile(
    rf"[{_DIGIT}]|几(?=[十百千万亿])|数(?<![件人台个总户套次字点].)(?=[十百千万亿])|半(?=个?[亿百千万])|{_ROUND}"
)
_ROUND_FILL = re.compile("八[十百]|[十来把]")
_ROUND_KINDS = frozenset({"about", "least", "even", "hundred_million"})
# Where a number in words may begin; the first letter is looked at before this.
_WORD_REST = (
    r"(?<=h)alf an? |(?<=a) quarter |(?<=q)uarter |(?<=a)n? (?=hundred|dozen|thousand|million|billion|grand)"
    r"|(?<=z)ero|(?<=o)ne|(?<=t)(?:wo|hree|en|welve|hirteen|wenty|hirty|housand)|(?<=f)(?:our|ive|ifteen|orty|ifty)"
    r"|(?<=s)(?:ix|even)|(?<=e)(?:ight|leven)|(?<=n)ine|(?<=h)undred|(?<=d)ozen|(?<=m)illion|(?<=b)illion"
)
_START_LATIN = re.compile(rf"{_START.pattern}|[a-z](?<![a-z][a-z])(?P<word>{_WORD_REST})", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]{3}")
_WEEKDAY_BEFORE = re.compile(r"(?:(?<![\d一二三四五六七八九十两几])周|星期|礼拜)$")
_LAST_OF_WEEK = frozenset("周期拜")
_ORDINAL_BEFORE = re.compile(r"(?:第|(?<![月年季])初|\.|(?:(?<![0-9])[xX]|[A-WYZa-wyz_])|(?<![A-Za-z ])-(?=\d))$")
_CURRENCY_BEFORE = re.compile(rf"(?:{_CURRENCY_CODES})$", re.IGNORECASE)
_RUN = re.compile(rf"[{_DIGIT}百千万亿.]+")
_JOIN = re.compile(r" ?(?:到|至|-|–|—|~|to) ?", re.IGNORECASE)


def scan(text: str, taken: Iterable[Span] = ()) -> list[Numeral]:
    """List the numerals outside the `taken` spans and outside what is no number, ranges (40到50万) joined to one."""
    return [*_join_ranges(text, _numerals(text, Spans([*taken, *_entities(text)])))]


def _entities(text: str) -> list[Span]:
    """Spans whose digits count nothing: known names, dates and times, codes, labelled numbers, words with 一."""
    found = [name.span() for name in _NAME.finditer(text)]
    if "一" in text:
        found.extend(word.span() for word in _WORD_WITH_ONE.finditer(text))
    if _LABEL.search(text):
        found.extend(number.span() for number in _LABELLED.finditer(text))
    if _ASCII_DIGIT.search(text):
        found.extend(typed.span() for typed in _TYPED.finditer(text))
        found.extend((code.start(), _code_end(code)) for code in _CODE.finditer(text) if _is_code(code[0]))
    return found


def _is_code(token: str) -> bool:
    return _ASCII_DIGIT.search(token) is not None and _PRICE_CODE.match(token) is None


def _code_end(code: re.Match[str]) -> int:
    """C60x3台 is a code and a count."""
    times = _TIMES.search(code[0])
    return code.start() + times.start() if times is not None else code.end()


def _numerals(text: str, blocked: Spans) -> Iterator[Numeral]:
    start = _START_LATIN if _LATIN.search(text) else _START
    place = 0
    while found := start.search(text, place):
        at = found.start()
        place = blocked.past(at)
        if place > at:
            continue
        numeral = _read(text, found)
        if numeral is None:
            run = _RUN.match(text, at)
            place = run.end() if run is not None and run.end() - at > 15 else at + 1
        else:
            place = max(numeral.stop, at + 1)
            if not _is_ordinal(text, at):
                yield numeral


def _read(text: str, found: re.Match[str]) -> Numeral | None:
    at, kind = found.start(), found.lastgroup
    if kind == "word":
        return read_english(text, at)
    if kind in _ROUND_KINDS:
        return _round(text, found)
    return None if _is_weekday(text, at) else read_numeral(text, at)


def _is_weekday(text: str, at: int) -> bool:
    if text[at - 1 : at] not in _LAST_OF_WEEK or text[at] not in "一二三四五六":
        return False
    return _WEEKDAY_BEFORE.search(text, max(0, at - 3), at) is not None


def _round(text: str, found: re.Match[str]) -> Numeral:
    """Read 百来万, 上百万 or 百万级 as one hundred, one million and so on."""
    said = _ROUND_FILL.sub("", found[0])
    one = read_numeral(f"一{said}", 0)
    value = one.low if one is not None else Decimal(0)
    open_end = found.lastgroup in {"least", "hundred_million"}
    return Numeral(
        begin=found.start(), stop=found.end(), low=value, high=value if open_end else plain(value * 2),
        approximate=True, scale=one.scale if one is not None else 1, units=True,
    )  # fmt: skip


def _is_ordinal(text: str, at: int) -> bool:
    """第三, 初五, the 60 of C60, but not the 20k of USD20k."""
    last = text[at - 1 : at]
    if not last.isascii() and last not in "第初":
        return False
    before = _ORDINAL_BEFORE.search(text, max(0, at - 4), at)
    return before is not None and not _CURRENCY_BEFORE.search(text, max(0, at - 4), at)


def _join_ranges(text: str, numerals: Iterator[Numeral]) -> Iterator[Numeral]:
    """Join 40到50万 and 三到五台: the first number takes the scale of the second unless it would exceed it."""
    first = next(numerals, None)
    while first is not None:
        second = next(numerals, None)
        joined = _joined(text, first, second) if second is not None else None
        if joined is not None:
            yield joined
            first = next(numerals, None)
        else:
            yield first
            first = second


def _joined(text: str, first: Numeral, second: Numeral) -> Numeral | None:
    link = _JOIN.match(text, first.stop)
    if link is None or link.end() != second.begin or first.scale != 1:
        return None
    low = plain(first.low * second.scale)
    low = low if low < second.low else first.low
    if low >= second.low:
        return None
    return second._replace(begin=first.begin, low=low, approximate=True, units=first.units or second.units)
