"""Days and longer periods in Chinese, absolute and relative: 下周三, 明年3月5日, 25号, 后天, 四季度, 国庆, 三天后."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from intents.times.daytime import PARTS
from intents.times.holidays import add_working_days
from intents.times.lengths import length_at, shifted
from intents.times.named_days import break_at, holiday_at, lunar_at, term_at
from intents.times.narrowing import JOINED_TO, WEEKDAY, WEEKDAYS, half_year, narrow, weekend
from intents.times.numerals import DAY, MONTH, NUMERAL_CHARACTERS, REAL_DAY, consecutive, number
from intents.times.numeric_dates import full_year, numeric_at
from intents.times.stretch import (
    FIRST_YEAR,
    LAST_YEAR,
    YEARLY_SLACK,
    Reading,
    Sort,
    Stretch,
    day,
    day_in,
    days,
    monday_of,
    month,
    month_length,
    quarter,
    quarter_of,
    settle,
    week,
    year,
)

Rule = Callable[[str, int, Reading], Stretch | None]

_DAY_SHIFTS: Final = {"大大后": 4, "大后": 3, "后": 2, "明": 1, "今": 0, "本": 0, "当": 0, "即": 0, "昨": -1, "前": -2,
                      "大前": -3, "大大前": -4}  # fmt: skip
_RELATIVE_DAY_AT = re.compile(
    r"(?P<name>大大后|大后|大大前|大前|今|明|后|昨|前)(?:天(?![天使津猫])|日(?!头条|之后》|程|报)|儿个?)"
    r"|(?P<day>本|当|即)日(?=[起上下中早晚午凌]|$|[,。])"
    r"|(?P<short>今|明|昨|前|后|当)(?=[早晚晨夜](?![餐饭宴报安辈期]))"
)
_NEXT_DAY_AT = re.compile(r"次日(?![程常期])|翌日|第二天|隔天(?=[早晚上中下午])")
_COUPLE_AT = re.compile(r"(?P<both>今明|明后)(?P<unit>两?天|两?年|两?日)?|(?P<these>这)(?:[几两]天|两日)")
_YEAR_SHIFTS: Final = {"大前": -3, "前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "当": 0, "这": 0, "明": 1, "来": 1, "次": 1,
                       "下": 1, "后": 2, "大后": 3}  # fmt: skip
_RELATIVE_YEAR_AT = re.compile(
    r"(?:(?P<name>大前|大后|去|今|本|当|明|来|次|前(?=年(?!会|后|轻|度))|后(?=年(?!会|前|度)))|(?P<moved>[上下这])一?(?=年(?![纪龄报])))年(?!会|轻|龄|级|检)"
)
_YEAR_AT = re.compile(
    rf"(?P<year>\d{{4}}|\d\d|[零一二三四五六七八九]{{4}}|[零一二三四五六七八九]{{2}}|[一二两]千(?:零?[一二三四五六七八九十]{{1,3}})?)"
    rf"(?:年(?!级|龄|代)度?|(?<=(?:19|20)\d\d)(?=(?:到|至|-|~)(?:19|20)\d\d(?![\d.:/-]| ?[万亿千元块台个套吨件%号]))|(?= ?(?:到|至|-|~){{1,2}} ?(?:\d{{4}}|\d\d)年))"
)
_LENGTH_OF_YEARS_AFTER = re.compile(r"质保|保修|经验|工龄|期|租|以上|以下|内|[之以]?[内后]|[多来间半]|合同期|老|的?(?:历史|质保)|免费|合作")
_LENGTH_OF_YEARS_BEFORE = re.compile(r"(?:质保|保修|[用做干共满每超了近约长达够卖]|合作|过去|最近|未来|已经?|至少|最多|服务)$")
_MONTH_AT = re.compile(rf"(?P<month>{MONTH})(?:月(?!饼|嫂)份?|(?=(?:到|至|-{{1,2}}|~|、){MONTH}月))")
_DAY_OF_MONTH_AT = re.compile(
    rf"(?P<day>{DAY})(?:(?P<unit>[号日])|(?={JOINED_TO}{DAY}[号日](?:[^楼线机店馆厅库车门]|$)))"
)
# 3号楼, 12号机, 1号客户, 20日元: a number that counts or names something else.
_NUMBERED_AFTER = re.compile(
    r"楼|线|店|馆|厅|仓|柜|桌|位|库|院|车间|厂|炉|泵|站|塔|罐|井|坑|会议室|选手|车床|机(?!场|会)|样[机品]|文件|生产线|展[台位厅]|窗口|岛|门"
    r"|地块|标段|箱|槽|探头|仪器|模具|电[池机柜梯]|码头|公路|室|基地|[元均常内]|用品|本人|语|志|程|产[量能]|化"
)
_FEW_NUMBERED_AFTER = re.compile(r"客户|项目|合同|订单|方案|设备|产品|料|标|地|区|员|人|种|版|包")
_MOVED_AT = re.compile(
    r"(?P<moves>上{1,3}|下{1,3}|[这本当同次])一?(?P<piece>个)?"
    r"(?P<unit>月(?!饼|嫂|卡|供)份?|季度|季(?=[末初底]|$)|半年|周(?![年边刊转期岁])|星期|礼拜|工作日|双休日)"
)
_WEEKDAY_AT = re.compile(rf"(?:周|星期|礼拜)(?:(?P<day>{WEEKDAY})|末)|双休日")
_QUARTER_AT = re.compile(
    r"(?:第?(?P<quarter>[一二三四1-4首])个?(?:季度|季(?=[末初底]))|[Qq](?P<q>[1-4])(?![\dA-Za-z])(?:季度?)?)"
)
_HALF_AT = re.compile(r"(?P<half>[上下])半(?P<unit>年|个?月|周)")
_EDGE_AT = re.compile(
    r"(?P<month>月(?:底|末(?!考)|初|尾|中(?!旬))|[上中下]旬)|(?P<year>年(?:底|末|初|尾|中(?!国|间|心|秋|旬))|岁末)"
    r"|(?P<quarter>季度?(?:末|底|初))|(?P<week>周(?:初|中(?=$|[,。前后之以])))"
)
_DECADE_AT = re.compile(
    rf"(?:(?P<century>上|本|\d\d|[一二]?十[一二三四五六七八九]?)个?世纪)?(?P<decade>\d0|[一二三四五六七八九]十)年代"
)
_AFTER_AT = re.compile(r"之?以?(?:后(?![面续台期勤者天])|(?P<ago>前(?![往面台端任途])))")
_PASSED_AT = re.compile(r"(?:再?过了?|再等|隔)(?=[\d一两二三四五六七八九十半几])")


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


def _relative_day(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _RELATIVE_DAY_AT.match(text, pos)
    if found is None:
        return None
    shift = _DAY_SHIFTS[found["name"] or found["day"] or found["short"]]
    return replace(day(reading.today + timedelta(days=shift)), stop=found.end())


def _next_day(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _NEXT_DAY_AT.match(text, pos)
    if found is None:
        return None
    return replace(day((reading.near or reading.today) + timedelta(days=1)), stop=found.end())


def _couple(text: str, pos: int, reading: Reading) -> Stretch | None:
    """明后天, 今明两年, 这两天."""
    found = _COUPLE_AT.match(text, pos)
    if found is None or (found["both"] and not found["unit"]):
        return None
    shift = 1 if found["both"] == "明后" else 0
    if (found["unit"] or "").endswith("年"):
        first = year(reading.now.year + shift)
        return replace(first, after=year(reading.now.year + shift + 1).after, stop=found.end())
    first_day = reading.today + timedelta(days=shift)
    count = 3 if found["these"] else 2
    return replace(
        days(first_day, first_day + timedelta(days=count), approximate=bool(found["these"])), stop=found.end()
    )


def _relative_year(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _RELATIVE_YEAR_AT.match(text, pos)
    if found is None:
        return None
    shift = _YEAR_SHIFTS[found["name"] or found["moved"]]
    return replace(year(reading.now.year + shift), stop=found.end())


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


def _moved(text: str, pos: int, reading: Reading) -> Stretch | None:
    """上周, 下下个月, 本季度, 这个星期."""
    found = _MOVED_AT.match(text, pos)
    if found is None or (found["unit"] == "半年" and not found["piece"]):
        return None
    shift = _shift(found["moves"])
    stretch = _moved_unit(found["unit"][0], shift, reading)
    return None if stretch is None else replace(stretch, stop=found.end())


def _shift(moves: str) -> int:
    return len(moves) if moves[0] == "下" else -len(moves) if moves[0] == "上" else 1 if moves == "次" else 0


def _moved_unit(unit: str, shift: int, reading: Reading) -> Stretch | None:
    today = reading.today
    if unit == "月":
        return month(today.year, today.month + shift)
    if unit == "季":
        return quarter(today.year, quarter_of(today) + shift)
    if unit == "半":
        halves = today.year * 2 + (today.month > 6) + shift
        return half_year(year(halves // 2), first=halves % 2 == 0)
    if unit == "双":
        return weekend(monday_of(today) + timedelta(days=7 * shift))
    if unit == "工":
        return day(add_working_days(today, shift)) if shift else None
    return week(monday_of(today) + timedelta(days=7 * shift))


def _weekday(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _WEEKDAY_AT.match(text, pos)
    if found is None:
        return None
    monday = monday_of(reading.today)
    said = found["day"]

    def in_week(n: int) -> Stretch:
        start = monday + timedelta(days=7 * n)
        return weekend(start) if said is None else day(start + timedelta(days=WEEKDAYS[said]), sort=Sort.WEEKDAY)

    return replace(in_week(0), stop=found.end(), again=in_week, period=7)


def _quarter(text: str, pos: int, reading: Reading) -> Stretch | None:
    found = _QUARTER_AT.match(text, pos)
    if found is None:
        return None
    said = found["quarter"] or found["q"]
    which, base = 1 if said == "首" else number(said), reading.now.year
    return replace(
        quarter(base, which), stop=found.end(), again=lambda n: quarter(base + n, which), period=365, slack=YEARLY_SLACK
    )


def _half(text: str, pos: int, reading: Reading) -> Stretch | None:
    """上半年, 下半月, 下半周."""
    found = _HALF_AT.match(text, pos)
    if found is None:
        return None
    first, today = found["half"] == "上", reading.today
    if found["unit"] == "年":
        half = half_year(year(today.year), first=first)
        return replace(
            half, stop=found.end(), again=lambda n: half_year(year(today.year + n), first=first), period=365, slack=0
        )
    if found["unit"] == "周":
        monday = monday_of(today)
        begin, stop = (0, 3) if first else (3, 7)
        return replace(days(monday + timedelta(days=begin), monday + timedelta(days=stop)), stop=found.end())
    whole = month(today.year, today.month)
    middle = whole.first + timedelta(days=15)
    half = days(whole.first, middle) if first else days(middle, whole.after)
    return replace(half, stop=found.end())


def _edge(text: str, pos: int, reading: Reading) -> Stretch | None:
    """月底, 年初, 季末, 下旬 of the current period, or of the next when they are over."""
    found = _EDGE_AT.match(text, pos)
    if found is None:
        return None
    container = _current(found, reading)
    inner = narrow(text, replace(container, stop=pos)) or narrow(text, replace(container, stop=found.end() - 1))
    return None if inner is None else replace(inner, stop=found.end())


def _current(found: re.Match[str], reading: Reading) -> Stretch:
    today = reading.today
    if found["month"]:
        return replace(
            month(today.year, today.month), again=lambda n: month(today.year, today.month + n), period=30
        )
    if found["year"]:
        return replace(year(today.year), again=lambda n: year(today.year + n), period=365)
    if found["week"]:
        monday = monday_of(today)
        return replace(week(monday), again=lambda n: week(monday + timedelta(days=7 * n)), period=7)
    which = quarter_of(today)
    return replace(
        quarter(today.year, which), again=lambda n: quarter(today.year, which + n), period=91
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


# 合同月底, 成本月底, 线上周三, 证明年底: the character belongs to the word before.
_BOUND: Final = {
    "上": frozenset("马以线网手楼路车身加之"), "下": frozenset("以线楼名旗底手余私之"), "本": frozenset("样成版日资基根原书标文课"),
    "同": frozenset("合相共协陪不"), "明": frozenset("证声注申表"), "次": frozenset("每这一两三多首上下再初几某"),
    "来": frozenset("未后带起出过下上回本从近原将往"), "去": frozenset("过"), "当": frozenset("应相适"),
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


_NUMBER_RULES: Final[tuple[Rule, ...]] = (_counted, lunar_at, _decade, _year, _month, _quarter, _day_of_month)
_BY_CHARACTERS: Final[tuple[tuple[str, tuple[Rule, ...]], ...]] = (
    ("0123456789", (numeric_at,)),
    ("0123456789零一二两三四五六七八九十廿卅", _NUMBER_RULES),
    ("半几俩仨再过隔", (_counted,)),
    ("上下这本当同次", (_couple, _decade, _moved, _half, _relative_year, _relative_day, _next_day, _edge)),
    ("今明后昨前大去来即", (_couple, _relative_year, _relative_day)),
    ("翌第隔", (_next_day, _quarter)),
    ("周星礼双", (_weekday,)),
    ("农阴旧正冬腊闰初大", (lunar_at,)),
    ("Qq首", (_quarter,)),
    ("月年季岁中周", (_edge,)),
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
