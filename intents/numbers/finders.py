"""Goes through a sentence once and hands each number to what it is: an amount, a quantity, or neither."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from intents.numbers.alphabet import Numeral
from intents.numbers.amounts import factor_words, fold_of, money_of, percent_before, share_amount, times_of
from intents.numbers.contacts import find_emails, find_phones
from intents.numbers.model import Amount, Findings, Quantity
from intents.numbers.numerals import read_numeral
from intents.numbers.quantities import counts_without_digits, quantity_of
from intents.numbers.ranges import join_ranges
from intents.numbers.scan import scan
from intents.numbers.spans import Span, Spans
from intents.numbers.units import DURATION_OF_LARGE, KIND_AFTER, currency_after, currency_before

_PERCENT = {"percent": Decimal("0.01"), "permille": Decimal("0.001"), "tenth": Decimal("0.1")}


def find_all(text: str, *, taken: Iterable[Span] = ()) -> Findings:
    """Find amounts, quantities, telephone numbers and e-mail addresses outside the `taken` spans, in one pass.

    `taken` are places that are known to be something else: names of records, dates already read.
    """
    blocked = list(taken)
    emails = find_emails(text)
    blocked += [(email.begin, email.stop) for email in emails]
    phones = find_phones(text, taken=blocked)
    blocked += [(phone.begin, phone.stop) for phone in phones]
    amounts, quantities = _numbers(text, blocked)
    return Findings(amounts=amounts, quantities=quantities, phones=phones, emails=emails)


def find_amounts(text: str, *, taken: Iterable[Span] = ()) -> list[Amount]:
    """Find sums of money, percentages, discounts and factors, in the order of the text."""
    return find_all(text, taken=taken).amounts


def find_quantities(text: str, *, taken: Iterable[Span] = ()) -> list[Quantity]:
    """Find counts and measures, in the order of the text; times and durations are none."""
    return find_all(text, taken=taken).quantities


def _numbers(text: str, blocked: list[Span]) -> tuple[list[Amount], list[Quantity]]:
    words = factor_words(text, Spans(blocked))
    spoken_for = [*blocked, *((word.begin, word.stop) for word in words)]
    text = _without(text, words)
    amounts, quantities, place = words, [], 0
    for numeral in scan(text, spoken_for):
        if numeral.begin < place:
            continue
        found, place = _read(text, numeral)
        if isinstance(found, Amount):
            amounts.append(found)
        elif found is not None:
            quantities.append(found)
    counts = counts_without_digits(text, Spans(spoken_for))
    amounts = join_ranges(text, sorted(amounts, key=_begin))
    return amounts, sorted(_without_price_tags([*quantities, *counts], amounts), key=_begin)


def _without(text: str, words: list[Amount]) -> str:
    """The text with a stop for each character of the words, so that no number runs into one (五万|一半)."""
    for word in words:
        text = f"{text[: word.begin]}{'，' * (word.stop - word.begin)}{text[word.stop :]}"
    return text


def _without_price_tags(quantities: list[Quantity], amounts: list[Amount]) -> list[Quantity]:
    """Leave out the 一台 of 一台5000, which only says what the price is for."""
    priced = {amount.begin for amount in amounts if amount.per_unit}
    return [one for one in quantities if one.value != 1 or one.stop not in priced]


def _begin(found: Amount | Quantity) -> int:
    return found.begin


def _read(text: str, numeral: Numeral) -> tuple[Amount | Quantity | None, int]:
    """Say what a numeral is, and where to read on."""
    if (share := percent_before(text, numeral)) is not None:
        return share
    kind = KIND_AFTER.match(text, numeral.stop)
    if kind is not None and (special := _special(text, numeral, kind.lastgroup or "", kind.end())) is not None:
        return special
    if numeral.scale > 1 and DURATION_OF_LARGE.match(text, numeral.stop):
        return None, numeral.stop
    if not _has_currency(text, numeral) and (quantity := quantity_of(text, numeral)) is not None:
        return quantity, quantity.stop
    return money_of(text, numeral) or (None, numeral.stop)


_MADE_IN_PIECES = frozenset("屏板池卡盘片表镜砖幕")  # 电池两块 counts, 便宜两块 does not


def _has_currency(text: str, numeral: Numeral) -> bool:
    if text.startswith("块", numeral.stop) and text[numeral.begin - 1 : numeral.begin] in _MADE_IN_PIECES:
        return False
    if currency_after(text, numeral.stop, large=numeral.scale > 1 or numeral.low >= 1000)[0]:
        return True
    return currency_before(text, numeral.begin)[0] != ""


def _special(text: str, numeral: Numeral, kind: str, stop: int) -> tuple[Amount | None, int] | None:
    if kind in _PERCENT and (kind != "tenth" or numeral.low < 10):
        return share_amount(
            text, (numeral.begin, stop), numeral.low * _PERCENT[kind], numeral.high * _PERCENT[kind], numeral
        )
    if kind == "fold":
        return fold_of(text, numeral, stop)
    if kind == "times":
        return times_of(text, numeral, stop)
    if kind == "of":
        return _fraction(text, numeral, stop)
    if kind == "clock" and numeral.scale == 1 and not _is_price_before_date(text, numeral):
        return None, stop
    return None


def _fraction(text: str, numeral: Numeral, stop: int) -> tuple[Amount, int] | None:
    """三分之一."""
    upper = read_numeral(text, stop)
    if upper is None or numeral.low == 0:
        return None
    share = upper.low / numeral.low
    return share_amount(text, (numeral.begin, upper.stop), share, share)


def _is_price_before_date(text: str, numeral: Numeral) -> bool:
    """Nothing but a currency sign makes a number before 年, 月 or 天 a price: ¥300年费."""
    return currency_before(text, numeral.begin)[0] != "" and not numeral.chinese
