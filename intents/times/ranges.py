"""Join two times to a range, and read what stands around a time: 之前, 以后, 从…起, 内, 左右, 最晚."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from intents.patterns import Lazy as Pattern
from intents.times.core import core_at
from intents.times.daytime import moment_after
from intents.times.expression import Grain, Kind, Look
from intents.times.holidays import add_working_days, break_around
from intents.times.lengths import length_at
from intents.times.numerals import ORDINAL, number
from intents.times.parts import part_span
from intents.times.phrase import Phrase, Shared, midnight, of_days
from intents.times.stretch import ONE_DAY, Reading, Sort, Stretch, add_months, day, monday_of, week
from intents.times.weekdays import WEEKDAYS

_FROM_AT = Pattern(r"从|自从?|打从?")
_BY_AT = Pattern(r"(?:截止(?:日期?|时间)?|截至|最晚|最迟|不晚于|不迟于|至迟|赶在)(?:是|为|在|到|于)?")
_TO_AT = Pattern(r"(?:起|开始)?,?(?:一直)?(?:到了?|至| ?~ ?| ?-{1,2} ?|直到)(?!时候|点提醒|货|期|场|位|底)")
_AND_AT = Pattern(r"[和与跟、]")
_BETWEEN_AT = Pattern(r"之?间(?!断|接|隔)")
_UNTIL_NOW_AT = Pattern(r"(?:今(?!天|年|日|晚|早|夜|儿|后)|现在|目前)(?:为止)?")
_BARE_WEEKDAY_AT = Pattern(r"(?P<day>[一二三四五六日天])(?![\d一二三四五六七八九十个点号月日天楼位家名次条份台万千百])")
_BARE_YEAR_AT = Pattern(r"(?:19|20)\d\d(?![\d.:/年-]| ?[万亿千元块台个套吨件%号])")
_CLOSE_AT = Pattern(r"止|为止|结束|期间|之间|这段时间")
_ABOUT_AT = Pattern(r"左右|前后|上下(?!午|班|游|级)|许(?![多总可诺愿])")
_BEFORE_AT = Pattern(
    r"(?:结束|到期|放假|下班)?[及或]?(?:(?:之|以)?前(?![后往面台期任端途提去来景几]|一?[天日](?!内))|为止|截止(?!日))"
)
_AFTER_AT = Pattern(
    r"(?:结束)?[及或]?(?:(?:之|以)?后(?![面续台期勤者天]|一?[天日](?!内))|起(?![草来诉码价步订点源重])|以来|过后)"
    r"|开始(?!之?前)"
)
_INSIDE_AT = Pattern(r"(?:之|以)?内(?![部容外蒙存])|期间|之间|里(?=[,。]|$|[把要给我])")
_OFFSET_AT = Pattern(r"(?:之|以)?(?P<side>前|后)的?(?=[一两二三四五六七八九十半\d])")
_NTH_AFTER_AT = Pattern(
    rf"(?:之|以)?后的?(?:第(?P<nth>{ORDINAL})|首)个?(?P<unit>工作日|交易日|天|周|星期|礼拜)|(?:之"
    r"|以)?前的?最后[一1]个?(?P<last>工作日|天)"
)
_ABOUT_BEFORE: Final = ("大约", "大概", "差不多", "约", "大致")


def phrase_at(text: str, pos: int, reading: Reading, *, inherit: Shared | None = None) -> Phrase | None:
    """The time expression at `pos` with all that belongs to it."""
    by = _BY_AT.match(text, pos)
    if by is not None:
        found = _expression(text, by.end(), reading, inherit)
        return None if found is None else replace(as_deadline(found, reading), begin=pos)
    since = _FROM_AT.match(text, pos)
    if since is not None:
        found = _expression(text, since.end(), reading, inherit)
        tied = found is not None and (found.ranged or found.kind is Kind.SINCE)
        return replace(found, begin=pos) if found is not None and tied else None
    return _expression(text, pos, reading, inherit)


def _expression(text: str, pos: int, reading: Reading, inherit: Shared | None) -> Phrase | None:
    if pos >= len(text):
        return None
    first = core_at(text, pos, reading, inherit=inherit)
    if first is None or first.kind is Kind.DEADLINE:
        return first
    if first.kind is not Kind.DURATION:
        first = _range(text, pos, first, reading, inherit) or first
    return _with_surroundings(text, first, reading)


def _range(text: str, pos: int, first: Phrase, reading: Reading, inherit: Shared | None) -> Phrase | None:
    """A到B; a first half that the look moved is read again as it stands, since the whole may be under way."""
    joint = _TO_AT.match(text, first.stop)
    between = _AND_AT.match(text, first.stop) if joint is None else None
    if joint is None and between is None:
        return None
    opening = joint or between
    assert opening is not None
    plainly = core_at(text, pos, replace(reading, look=Look.NEUTRAL), inherit=inherit) or first
    found = _joined(text, plainly, opening.end(), reading)
    if found is not None and _astray(found, reading):
        found = _joined(text, first, opening.end(), reading)
    if found is None or (between is not None and _BETWEEN_AT.match(text, found.stop) is None):
        return None
    closing = _CLOSE_AT.match(text, found.stop) or _BETWEEN_AT.match(text, found.stop)
    return found if closing is None else replace(found, stop=closing.end())


def _astray(found: Phrase, reading: Reading) -> bool:
    if reading.look is Look.AHEAD:
        return found.end <= reading.now
    return reading.look is Look.BACK and found.start > reading.now


def _joined(text: str, first: Phrase, pos: int, reading: Reading) -> Phrase | None:
    last = last_day(first)
    until_now = _UNTIL_NOW_AT.match(text, pos)
    if until_now is not None:
        return spanning(first, reading.now, until_now.end(), first.grain) if reading.now > first.start else None
    bare_year = _BARE_YEAR_AT.match(text, pos) if first.grain in (Grain.YEAR, Grain.MONTH) else None
    if bare_year is not None:
        return spanning(first, midnight(date(int(bare_year[0]) + 1, 1, 1), reading.now), bare_year.end(), Grain.YEAR)
    weekday = _BARE_WEEKDAY_AT.match(text, pos) if first.day is not None and first.day.sort is Sort.WEEKDAY else None
    if weekday is not None:
        ahead = (WEEKDAYS[weekday["day"]] - last.weekday()) % 7
        return spanning(first, midnight(last + timedelta(days=ahead + 1), reading.now), weekday.end(), Grain.DAY)
    if pos >= len(text):
        return None
    second = core_at(text, pos, replace(reading, near=last, look=Look.NEUTRAL))
    if second is None or second.kind in (Kind.DURATION, Kind.DEADLINE):
        return None
    return closed_by(first, second, last, reading)


def closed_by(first: Phrase, second: Phrase, last: date, reading: Reading) -> Phrase | None:
    if second.has_hour and second.clock is not None and second.day is None:
        if not first.has_hour and first.grain is not Grain.PART_OF_DAY and not first.now_word:
            return None
        end = moment_after(second.clock, first.start)
    elif second.grain is Grain.PART_OF_DAY and second.day is None and second.clock is not None and second.clock.part:
        end = part_span(second.clock.part, last, reading.now)[1]
    else:
        end = second.start if second.has_hour else second.end
    if end <= first.start:
        return None
    grain = Grain.MINUTE if second.has_hour else second.grain
    found = spanning(first, end, second.stop, grain)
    return replace(
        found, has_hour=first.has_hour or second.has_hour, exists=first.exists and second.exists,
        approximate=first.approximate or second.approximate,
    )  # fmt: skip


def spanning(first: Phrase, end: datetime, stop: int, grain: Grain) -> Phrase:
    return replace(
        first, stop=stop, end=end, grain=Grain.MINUTE if first.has_hour and grain is not Grain.DAY else grain,
        kind=Kind.RANGE, ranged=True, due=None, now_word=False,
    )  # fmt: skip


def last_day(first: Phrase) -> date:
    if first.day is not None and not first.has_hour:
        return first.day.first
    return first.start.date()


def _with_surroundings(text: str, found: Phrase, reading: Reading) -> Phrase:
    if text[max(found.begin - 3, 0) : found.begin].endswith(_ABOUT_BEFORE):
        found = replace(found, approximate=True)
    about = _ABOUT_AT.match(text, found.stop)
    if about is not None:
        found = replace(found, stop=about.end(), approximate=True)
    if found.kind is Kind.DURATION:
        return found
    return _counted_from(text, found, reading) or _bounded(text, found, reading)


def _bounded(text: str, found: Phrase, reading: Reading) -> Phrase:
    before = _BEFORE_AT.match(text, found.stop)
    if before is not None:
        ends = before[0].startswith(("结束", "到期"))
        return replace(as_deadline(found, reading, inclusive=ends), stop=before.end())
    after = _AFTER_AT.match(text, found.stop)
    if after is not None and not (after[0] == "开始" and found.has_hour):
        return as_since(replace(found, stop=after.end()), reading, at_once="后" not in after[0])
    inside = _INSIDE_AT.match(text, found.stop)
    if inside is not None and found.grain not in (Grain.MINUTE, Grain.PART_OF_DAY):
        return replace(as_deadline(found, reading, inclusive=True), stop=inside.end())
    return found


def as_deadline(found: Phrase, reading: Reading, *, inclusive: bool = False) -> Phrase:
    """X之前 of a day or hour is due on X; of a longer period that has not begun it is due before it begins."""
    if found.kind in (Kind.DEADLINE, Kind.RECURRENCE):
        return found
    if found.has_hour:
        due = found.end if found.ranged else found.start
        return replace(found, kind=Kind.DEADLINE, due=due, due_has_hour=True)
    longer = found.grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR) or _is_weekend(found)
    if longer and not inclusive and not found.approximate and found.start > reading.now:
        last = (found.start - ONE_DAY).date()
    else:
        last = (found.end - ONE_DAY).date()
    named = found.grain is Grain.PART_OF_DAY or (found.approximate and not found.ranged)
    due = found.due if named and found.due is not None else midnight(last, reading.now) + timedelta(hours=18)
    return replace(found, kind=Kind.DEADLINE, due=due, due_has_hour=False)


def _is_weekend(found: Phrase) -> bool:
    stretch = found.day
    return stretch is not None and stretch.first.weekday() == 5 and (stretch.after - stretch.first).days == 2


def as_since(found: Phrase, reading: Reading, *, at_once: bool) -> Phrase:
    """从X起 falls due on X, X以后 on the day after it, and after a holiday on the first working day."""
    due = found.start if found.has_hour else midnight(_since_day(found, at_once), reading.now) + timedelta(hours=18)
    return replace(found, kind=Kind.SINCE, due=due, due_has_hour=found.has_hour)


def _since_day(found: Phrase, at_once: bool) -> date:
    if at_once or found.grain is Grain.PART_OF_DAY:
        return found.start.date()
    if found.day is not None and found.day.sort is Sort.HOLIDAY:
        return break_around(found.day.last)[1]
    return found.end.date()


def _counted_from(text: str, found: Phrase, reading: Reading) -> Phrase | None:
    """国庆节后第一个工作日, 春节前三天, 下周五前一天: a day counted from the one that was named."""
    if found.has_hour or found.day is None or found.grain is not Grain.DAY:
        return None
    nth = _NTH_AFTER_AT.match(text, found.stop)
    if nth is not None:
        return of_days(replace(_nth_from(found.day, nth), stop=nth.end()), found.begin, reading)
    offset = _OFFSET_AT.match(text, found.stop)
    length = length_at(text, offset.end()) if offset is not None else None
    if offset is None or length is None or not length.by_day:
        return None
    sign = -1 if offset["side"] == "前" else 1
    base = _edge_of(found.day, after=sign > 0)
    reached = add_months(base, sign * length.months) + timedelta(days=sign * int(length.days))
    if length.working_days:
        reached = add_working_days(reached, sign * length.working_days)
    phrase = of_days(replace(day(reached, sort=Sort.DATE), stop=length.stop), found.begin, reading)
    inside = _INSIDE_AT.match(text, length.stop)
    return phrase if inside is None else replace(as_deadline(phrase, reading), stop=inside.end())


def _edge_of(stretch: Stretch, *, after: bool) -> date:
    if stretch.sort is not Sort.HOLIDAY:
        return stretch.last if after else stretch.first
    first, back = break_around(stretch.last)
    return back - ONE_DAY if after else stretch.first if stretch.after - stretch.first == ONE_DAY else first


def _nth_from(stretch: Stretch, found: re.Match[str]) -> Stretch:
    if found["last"]:
        first = break_around(stretch.first)[0] if stretch.sort is Sort.HOLIDAY else stretch.first
        return day(add_working_days(first, -1) if found["last"] == "工作日" else first - ONE_DAY, sort=Sort.DATE)
    nth = number(found["nth"]) if found["nth"] else 1
    last = _edge_of(stretch, after=True)
    if found["unit"] in ("工作日", "交易日"):
        return day(add_working_days(last, nth), sort=Sort.DATE)
    if found["unit"] == "天":
        return day(last + timedelta(days=nth), sort=Sort.DATE)
    return week(monday_of(last + ONE_DAY) + timedelta(days=7 * (nth - 1)))
