"""Days and longer periods in Chinese, absolute and relative: 下周三, 明年3月5日, 25号, 后天, 四季度, 国庆, 三天后."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.lengths import length_at, shifted
from intents.times.named_days import break_at, holiday_at, lunar_at, term_at
from intents.times.narrowing import JOINED_TO, narrow
from intents.times.numerals import DAY, MONTH, consecutive, number
from intents.times.numeric_dates import full_year, numeric_at
from intents.times.parts import PARTS
from intents.times.relative_days import (
    couple,
    edge,
    half,
    inside,
    moved,
    next_day,
    relative_day,
    relative_year,
    weekday,
)
from intents.times.stretch import (
    FIRST_YEAR,
    LAST_YEAR,
    YEARLY_SLACK,
    Reading,
    Sort,
    Stretch,
    day,
    day_in,
    month,
    month_length,
    quarter,
    settle,
    year,
)

Rule = Callable[[str, int, Reading], Stretch | None]
_YEAR_AT = Pattern(
    r"(?P<year>\d{4}|\d\d|[零一二三四五六七八九]{4}|[零一二三四五六七八九]{2}"
    r"|[一二两]千(?:零?[一二三四五六七八九十]{1,3})?)"
    r"(?:年(?!级|龄|代)度?|(?<=19\d\d|20\d\d)(?=(?:到|至|-|~)(?:19|20)\d\d(?![\d.:/-]| ?[万亿千元块台个套吨件%号]))"
    r"|(?= ?(?:到|至|-|~){1,2} ?(?:\d{4}|\d\d)年))"
)
_LENGTH_OF_YEARS_AFTER = Pattern(
    r"质保|保修|经验|工龄|期|租|以上|以下|内|[之以]?[内后]|[多来间半]|合同期|老|的?(?:历史|质保)|免费|合作"
)
_LENGTH_OF_YEARS_BEFORE = Pattern(
    r"(?:质保|保修|[用做干共满每超了近约长达够卖]|合作|过去|最近|未来|已经?|至少|最多|服务)$"
)
_MONTH_AT = Pattern(rf"(?P<month>{MONTH})(?:月(?!饼|嫂)份?|(?=(?:到|至|-{{1,2}}|~|、){MONTH}月))")
_DAY_OF_MONTH_AT = Pattern(rf"(?P<day>{DAY})(?:(?P<unit>[号日])|(?={JOINED_TO}{DAY}[号日](?:[^楼线机店馆厅库车门]|$)))")
# 3号楼, 12号机, 1号客户, 20日元: a number that counts or names something else.
_NUMBERED_AFTER = Pattern(
    r"楼|线|店|馆|厅|仓|柜|桌|位|库|院|车间|厂|炉|泵|站|塔|罐|井|坑|会议室|选手|车床|机(?!场|会)|样[机品]|文件|生产线"
    r"|展[台位厅]|窗口|岛|门"
    r"|地块|标段|箱|槽|探头|仪器|模具|电[池机柜梯]|码头|公路|室|基地|[元均常内]|用品|本人|语|志|程|产[量能]|化"
)
_FEW_NUMBERED_AFTER = Pattern(r"客户|项目|合同|订单|方案|设备|产品|料|标|地|区|员|人|种|版|包")
_QUARTER_AT = Pattern(
    r"(?:第?(?P<quarter>[一二三四1-4首])个?(?:季度|季(?=[末初底]))|[Qq](?P<q>[1-4])(?![\dA-Za-z])"
    r"(?: (?P<year>20\d\d)(?!\d))?(?:季度?)?)"
)
_DECADE_AT = Pattern(
    r"(?:(?P<century>上|本|\d\d|[一二]?十[一二三四五六七八九]?)个?世纪)?(?P<decade>\d0|[一二三四五六七八九]十)年代"
)
_AFTER_AT = Pattern(r"之?以?(?:后(?![面续台期勤者天])|(?P<ago>前(?![往面台端任途])))")
_PASSED_AT = Pattern(r"(?:再?过了?|再等|隔)(?=[\d一两二三四五六七八九十半几])")


def day_at(text: str, pos: int, reading: Reading) -> Stretch | None:
    """The day or longer period that begins at `pos`, as exactly as the text goes on to name it."""
    for rule in RULES.get(text[pos : pos + 1], ()):
        found = rule(text, pos, reading)
        if found is not None:
            return settle(_narrowed(text, found), reading)
    return None


def _narrowed(text: str, found: Stretch) -> Stretch:
    for _ in range(4):
        inner = narrow(text, found)
        if inner is None:
            break
        found = inner
    return found


def _year(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _YEAR_AT.match(text, pos)
    if found is None:
        return None
    said = found["year"]
    which = full_year(number(said), len(said) if said.isdecimal() or "千" not in said else 4, reading.now.year)
    if not FIRST_YEAR <= which <= LAST_YEAR:
        return None
    stretch = replace(year(which), stop=found.end())
    if len(said) == 2 and narrow(text, stretch) is None and not _is_year(text, found, which, reading):
        return None
    return stretch


def _is_year(text: str, found: re.Match[str], which: int, reading: Reading) -> bool:
    """Whether two digits with 年 and nothing behind name a year (08年, 26年) and not a length (20年, 三四年)."""
    said = found["year"]
    if said[0] in "0零":
        return True
    if _LENGTH_OF_YEARS_AFTER.match(text, found.end()) or consecutive(said):
        return False
    if _LENGTH_OF_YEARS_BEFORE.search(text[max(found.start() - 3, 0) : found.start()]):
        return False
    return not said.isdecimal() or abs(which - reading.now.year) <= 5


def _month(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _MONTH_AT.match(text, pos)
    if found is None:
        return None
    which, base = number(found["month"]), reading.now.year
    if not 1 <= which <= 12:
        return _no_such_month(text, found, reading) if which <= 31 else None
    return replace(
        month(base, which), stop=found.end(), again=lambda n: month(base + n, which), period=365, slack=YEARLY_SLACK
    )


def _no_such_month(text: str, found: re.Match[str], reading: Reading) -> Stretch | None:
    inner = narrow(text, replace(month(reading.now.year, 12), stop=found.end()))
    return None if inner is None else replace(inner, exists=False)


def _day_of_month(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _DAY_OF_MONTH_AT.match(text, pos)
    if found is None or _NUMBERED_AFTER.match(text, found.end()) or text[max(pos - 1, 0) : pos] == "第":
        return None
    which = number(found["day"])
    if which <= 12 and found["unit"] == "号" and _FEW_NUMBERED_AFTER.match(text, found.end()):
        return None
    if not 1 <= which <= 31 or (found["unit"] == "日" and not found["day"].isdecimal() and which < 10):
        return None
    return replace(_day_number(which, reading), stop=found.end())


def _day_number(which: int, reading: Reading) -> Stretch:
    """The day of this month, or of the next month that is long enough to have it."""
    base = reading.now.year * 12 + reading.now.month - 1

    def in_month(n: int) -> Stretch:
        index = base + n if which <= 28 else _long_enough(base, n, which)
        return replace(day_in(_month_of(index), which), sort=Sort.DAY_OF_MONTH)

    return replace(in_month(0), again=in_month, period=30)


def _long_enough(base: int, n: int, which: int) -> int:
    """The n-th month from `base` on (or before it) that has the day `which`."""
    index, left = base, n if n < 0 else n + 1
    step = 1 if left > 0 else -1
    index -= step if left > 0 else 0
    while left:
        index += step
        if month_length(_month_of(index).first) >= which:
            left -= step
    return index


def _month_of(index: int) -> Stretch:
    return month(index // 12, index % 12 + 1)


def _quarter(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _QUARTER_AT.match(text, pos)
    if found is None:
        return None
    said = found["quarter"] or found["q"]
    which, base = 1 if said == "首" else number(said), reading.now.year
    if found["year"]:
        return replace(quarter(int(found["year"]), which), stop=found.end())
    return replace(
        quarter(base, which), stop=found.end(), again=lambda n: quarter(base + n, which), period=365, slack=YEARLY_SLACK
    )


def _decade(text: str, pos: int, reading: Reading) -> Stretch | None:
    """九十年代, 19世纪70年代, 上世纪80年代."""
    found = _DECADE_AT.match(text, pos)
    if found is None:
        return None
    decade, this_century = number(found["decade"]), reading.now.year // 100
    said = found["century"]
    if said is None:
        century = this_century - (decade > reading.now.year % 100 + 10)
    else:
        century = {"上": this_century - 1, "本": this_century}.get(said) or number(said) - 1
    if not FIRST_YEAR <= century * 100 <= LAST_YEAR:
        return None
    first = year(century * 100 + decade)
    return replace(first, after=year(first.first.year + 9).after, stop=found.end(), approximate=True)


def _counted(text: str, pos: int, reading: Reading) -> Stretch | None:
    """三天后, 再过两周, 5个工作日之后: the day that is reached; what is counted in hours is no day."""
    passed = _PASSED_AT.match(text, pos)
    length = length_at(text, passed.end() if passed else pos)
    if length is None or not length.by_day:
        return None
    after = _AFTER_AT.match(text, length.stop)
    if after is None and (passed is None or passed[0].endswith("了")):
        return None
    stop = after.end() if after else length.stop
    sign = -1 if after is not None and after["ago"] else 1
    reached = shifted(reading.now, length, sign).date()
    return replace(day(reached), stop=stop, ago=True, approximate=length.approximate)


_NUMBER_RULES: Final[tuple[Rule, ...]] = (_counted, lunar_at, _decade, _year, _month, _quarter, _day_of_month)
_BY_CHARACTERS: Final[tuple[tuple[str, tuple[Rule, ...]], ...]] = (
    ("0123456789", (numeric_at,)),
    ("0123456789零一二两三四五六七八九十廿卅", _NUMBER_RULES),
    ("半几俩仨再过隔", (_counted,)),
    ("上下这本当同次", (couple, _decade, moved, half, relative_year, relative_day, next_day, edge)),
    ("今明后昨前大去来即", (couple, relative_year, relative_day)),
    ("翌第隔", (next_day, _quarter)),
    ("周星礼双", (weekday,)),
    ("农阴旧正冬腊闰初大", (lunar_at,)),
    ("Qq首", (_quarter,)),
    ("月年季岁中周", (edge, inside)),
    ("节长假年", (break_at,)),
    ("元新春农过清五劳端中国十除大年双七圣平腊重教儿妇情万感光女母父建青愚植六三八小一", (holiday_at,)),
    ("春夏秋冬立惊谷芒处寒霜暑雨白大小", (term_at,)),
)


def _rules_by_character() -> dict[str, tuple[Rule, ...]]:
    rules: dict[str, tuple[Rule, ...]] = {}
    for characters, some in _BY_CHARACTERS:
        for character in characters:
            rules[character] = rules.get(character, ()) + some
    return rules


RULES: Final = _rules_by_character()
DAY_CHARACTERS: Final = "".join(sorted(RULES))
PART_CHARACTERS: Final = "".join(sorted({name[0] for name in PARTS}))
