"""Properties of `find_times` that hold for any text, clock and look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.times import Grain, Kind, Look, Problem, TimeExpression, find_times

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
NOW: Final = datetime(2026, 11, 18, 10, tzinfo=SHANGHAI)

_CHARACTERS: Final = (
    "今明后天昨前大上下个周一二三四五六七八九十日月年号点半刻分钟"
    "时之以内到至从每隔第末底初"
    "农历正腊廿零两几多来早节差过再起的和"
    "0123459-~:/.,、"
)
_WORDS: Final = (
    "小时", "最后", "季度", "春节", "国庆", "工作日", "上午", "下午", "晚上", "2026", "31", "99", "星期", "之间",
    "截止", "一次", "next ", "last ", "this ", "Monday ", "at ", "in ", "of the ", "by ", "every ", "two weeks ",
    "ago ", "pm ", "noon ", "Feb ", "30th ", "half past ",
)  # fmt: skip
_texts: Final = st.lists(st.sampled_from([*_CHARACTERS, *_WORDS, " "]), max_size=14).map("".join) | st.text(max_size=40)
_EARLIEST: Final = datetime.fromisoformat("1990-01-01")
_LATEST: Final = datetime.fromisoformat("2090-12-31")
_clocks: Final = st.datetimes(min_value=_EARLIEST, max_value=_LATEST, timezones=st.sampled_from([SHANGHAI, UTC]))


@settings(deadline=None)  # the grammar is compiled on first use
@given(text=_texts, now=_clocks, look=st.sampled_from(list(Look)))
def test_expressions_quote_the_text_in_order_and_run_forward(text: str, now: datetime, look: Look) -> None:
    reached = 0
    for found in find_times(text, now=now, look=look):
        assert reached <= found.begin < found.stop
        assert found.text == text[found.begin : found.stop]
        assert found.start <= found.end
        assert {when.utcoffset() for when in (found.start, found.end, found.due)} != {None}
        reached = found.stop


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "年月日",
        "一年",
        "1月",
        "每",
        "每周一、",
        "从",
        " ",
        "a  ",
        "三天",
        "春节前",
        "周一到",
        "next the ",
        "a ",
        "《",
        "上个",
        "9,",
    ],
)
def test_ten_thousand_characters_of_noise_are_read_to_their_end(piece: str) -> None:
    text = piece * (10_000 // len(piece)) + "。明天下午三点"
    assert find_times(text, now=NOW)[-1].start == datetime(2026, 11, 19, 15, tzinfo=SHANGHAI)


def _only(text: str, *, look: Look = Look.AHEAD, now: datetime = NOW) -> TimeExpression:
    (found,) = find_times(text, now=now, look=look)
    return found


def test_a_point_in_time_begins_and_ends_at_once() -> None:
    found = _only("下周三下午三点")
    assert (found.start, found.end, found.grain, found.has_hour) == (found.due, found.due, Grain.MINUTE, True)


def test_a_day_without_an_hour_is_that_whole_day() -> None:
    found = _only("下周三")
    assert (found.end - found.start, found.has_hour, found.due_has_hour) == (timedelta(days=1), False, False)


def test_a_day_without_an_hour_is_due_at_the_end_of_work() -> None:
    assert _only("下周三").due == datetime(2026, 11, 25, 18, tzinfo=SHANGHAI)


def test_a_day_that_is_today_is_due_today_even_after_work() -> None:
    late = NOW.replace(hour=19)
    assert _only("今天之前", now=late).due == datetime(2026, 11, 18, 23, 59, tzinfo=SHANGHAI)


def test_a_range_under_way_is_due_on_its_last_day() -> None:
    sunday = datetime(2026, 11, 22, 9, tzinfo=SHANGHAI)
    assert _only("周末", now=sunday).due.date() == sunday.date()


def test_the_end_of_a_series_is_written_in_utc() -> None:
    assert (_only("每天九点到月底").recurrence or "").endswith("UNTIL=20261130T155959Z")


def test_what_is_over_is_a_problem_only_for_a_task() -> None:
    problems = [_only("昨天", look=look).problem for look in Look]
    assert problems == [Problem.PAST, None, None]


def test_a_day_that_does_not_exist_is_a_problem_whatever_the_look() -> None:
    assert {_only("2月30号", look=look).problem for look in Look} == {Problem.IMPOSSIBLE}


def test_elapsed_time_is_true_across_a_change_of_the_clock() -> None:
    now = datetime(2027, 3, 27, 23, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert _only("三小时后", now=now).start - now.astimezone(UTC) == timedelta(hours=3)


def test_moments_carry_the_zone_of_the_clock() -> None:
    assert _only("明天", now=NOW.astimezone(UTC)).start.tzinfo is UTC


def test_blanks_and_full_width_signs_keep_the_words_as_they_were_given() -> None:
    found = _only("好 周 三  下午 ３：３０ 见")
    assert (found.text, found.start.hour, found.start.minute) == ("周 三  下午 ３：３０", 15, 30)


def test_a_self_correction_yields_both_times() -> None:
    found = find_times("下周三呃下周四下午一点半", now=NOW)
    assert [time.start.day for time in found] == [25, 26]


def test_a_rule_begins_when_it_is_said_to_begin() -> None:
    found = find_times("从12月1日起每周一上午十点", now=NOW)
    assert [time.kind for time in found] == [Kind.SINCE, Kind.RECURRENCE]
    assert found[1].start == datetime(2026, 12, 7, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "rule_text",
    ["每周一早上九点", "每两周一次周五下午四点", "每月最后一个工作日", "每月1号和15号", "每年3月8日", "每季度末"],
)
def test_a_rule_is_one_that_calendars_understand(rule_text: str) -> None:
    from dateutil.rrule import rrulestr

    found = _only(rule_text)
    occurrences = iter(rrulestr(found.recurrence or "", dtstart=found.start))
    first, second = next(occurrences), next(occurrences)
    assert first == found.start < second
