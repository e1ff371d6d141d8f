"""Reads one numeral, in Chinese or Arabic digits or both (三十六万八, 3.5个亿, 88万8, 1.2百万), from a given place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from intents.numbers.alphabet import (
    AFTER_DECIMAL,
    ARABIC,
    BIG,
    CHINESE_DIGITS,
    CLOCK_BEFORE,
    DIGITS,
    LONGEST,
    MORE_MAY_FOLLOW,
    POINT,
    SCALE_OF_GROUP,
    SCALE_WORD,
    SMALL,
    Numeral,
    is_range,
    plain,
    tail_elsewhere,
    trailing_unit,
)
from intents.numbers.simple import read_simple

Number = Decimal | int


class _Reading:
    """The state while one numeral is read from left to right: a closed total, an open section, a pending digit."""

    def __init__(self, text: str, at: int, *, decimal: bool) -> None:
        self.text, self.begin, self.pos = text, at, at
        self.decimal_expected = decimal  # after 百分之, or when the whole text is a number
        self.total: list[Number] = [0, 0]
        self.section: list[Number] = [0, 0]
        self.pending: list[Number] | None = None
        self.pending_at = self.section_at = self.big_at = at
        self.small = self.big = 0  # the unit said last inside the section, and among 万 and 亿
        self.scale = 1
        self.zero = self.bridged = self.approximate = self.closed = self.string = self.doubtful = False
        self.chinese, self.whole, self.units, self.arabic = True, True, False, False

    def run(self) -> Numeral | None:
        while not self.closed and self.pos < len(self.text) and self._step(self.text[self.pos]):
            pass
        self._close()
        if self.pos == self.begin:
            return None
        low, high = map(plain, self.total)
        return Numeral(
            begin=self.begin, stop=self.pos, low=low, high=high, approximate=self.approximate, scale=self.scale,
            chinese=self.chinese, whole=self.whole, units=self.units, doubtful=self.doubtful,
        )  # fmt: skip

    def _step(self, char: str) -> bool:
        if char in DIGITS:
            return self._chinese_digits()
        if char.isdecimal():
            return self._arabic_digits()
        if char in SMALL:
            return self._small_unit(SMALL[char])
        if char in BIG:
            return self._big_unit(char)
        if char in MORE_MAY_FOLLOW:
            return self._more(char)
        step = {"几": self._several, "数": self._several, "半": self._half, "个": self._counter, "点": self._point}
        return step[char]() if char in step else self._letter(char)

    # -- digits --

    def _chinese_digits(self) -> bool:
        run = CHINESE_DIGITS.match(self.text, self.pos)
        if run is None or self.pending is not None:
            return False
        digits = [DIGITS[char] for char in run[0][: LONGEST + 1]]
        started = self.small > 0 or self.big > 0
        if len(digits) > LONGEST or (started and not self._skip_zero(digits)):
            return False
        if started and not digits:  # 一千零十五
            self.pos = run.end()
            return self.text[self.pos : self.pos + 1] in {"十", "拾", "几"}
        return self._take_digits(digits, run.end(), started=started)

    def _skip_zero(self, digits: list[int]) -> bool:
        while digits and digits[0] == 0:
            digits.pop(0)
            self.zero = True
            self.bridged |= self.small == 0  # 一万零五十
        return len(digits) < 2 or is_range(digits)

    def _take_digits(self, digits: list[int], stop: int, *, started: bool) -> bool:
        if len(digits) == 1 or is_range(digits):
            self.approximate |= len(digits) == 2
            self._pend([digits[0], digits[-1]], stop)
            return True
        if started:
            return False
        self.string = True
        number = int("".join(map(str, digits)))
        self._pend([number, number], stop)
        return True

    def _arabic_digits(self) -> bool:
        found = ARABIC.match(self.text, self.pos)
        if found is None or self.pending is not None or len(found[0]) > LONGEST + 6:
            return False
        number = Decimal(found[0].replace(",", ""))
        if (self.small or self.big) and number >= (self.small or self.big):
            return False
        self.arabic, self.chinese = True, False
        self.whole &= "." not in found[0]
        self._pend([number, number], found.end())
        return True

    def _pend(self, number: Sequence[Number], stop: int) -> None:
        if not any(self.section):
            self.section_at = self.pos
        self.pending_at, self.pending, self.pos = self.pos, [*number], stop

    def _point(self) -> bool:
        found = POINT.match(self.text, self.pos)
        if found is None or not self.whole or (self.pending is None and not self.small):
            return False
        if not self.decimal_expected and not self._is_decimal(found.end()):
            return False
        share = Decimal("0." + "".join(str(DIGITS.get(char, char)) for char in found[1]))
        base = self.pending or [0, 0]
        self.zero |= self.pending is None  # 六十点五: the share is no tenth of 十
        self.pending, self.whole = [base[0] + share, base[1] + share], False
        self.pos = found.end()
        return True

    def _is_decimal(self, stop: int) -> bool:
        if CLOCK_BEFORE.search(self.text, max(0, self.begin - 3), self.begin):
            return False
        return AFTER_DECIMAL.match(self.text, stop) is not None

    # -- units --

    def _small_unit(self, unit: int) -> bool:
        if self.pending is None:
            if unit != 10 or (self.small and self.small <= 10):
                return False
            self._pend([1, 1], self.pos)
        if self.string or (self.small and unit >= self.small):
            return self._give_back(self.pending_at)
        number = self.pending or [1, 1]
        self.section = [self.section[0] + number[0] * unit, self.section[1] + number[1] * unit]
        self.pending, self.small, self.zero, self.units = None, unit, False, True
        self.pos += 1
        return True

    def _big_unit(self, char: str) -> bool:
        unit = BIG[char]
        if char in "wW" and self.text[self.pos + 1 : self.pos + 2].isascii() and self._letter_follows():
            return False
        if self.pending is None and not any(self.section):
            return self._ten_thousand_hundred_million(unit)
        if self.big and unit >= self.big:
            return self._give_back(self.section_at)
        self._absorb(self.small)
        self.total = [self.total[0] + self.section[0] * unit, self.total[1] + self.section[1] * unit]
        self.section, self.small, self.big, self.string, self.zero = [0, 0], 0, unit, False, False
        self.bridged = False
        self.scale = max(self.scale, unit)
        self.pos += 1
        self.big_at = self.section_at = self.pos
        return True

    def _ten_thousand_hundred_million(self, unit: int) -> bool:
        if self.big != 10**4 or unit != 10**8 or self.pos != self.big_at:
            return False
        self.total = [end * unit for end in self.total]
        self.scale, self.closed = self.scale * unit, True
        self.pos += 1
        return True

    def _letter_follows(self) -> bool:
        return self.text[self.pos + 1 : self.pos + 2].isalpha()

    def _counter(self) -> bool:
        """3.5个亿, 三个多亿, 50个w: the 个 says nothing."""
        if self.pending is None and not any(self.section):
            return False
        more = self.text[self.pos + 1 : self.pos + 2] in {"多", "来"}
        if self.text[self.pos + 1 + more : self.pos + 2 + more] not in {"亿", "w", "W"}:
            return False
        if more:
            self._widen(1)
        self.pos += 1 + more
        return True

    def _half(self) -> bool:
        """半个亿; elsewhere 半 is a share (一半) or a time (三点半)."""
        if self.pos != self.begin:
            return False
        self._pend([Decimal("0.5"), Decimal("0.5")], self.pos + 1)
        self.whole = False
        if self.text.startswith("个", self.pos):
            self.pos += 1
        return self.text[self.pos : self.pos + 1] in {"亿", "万", "百", "千"}

    # -- about --

    def _more(self, char: str) -> bool:
        if not MORE_MAY_FOLLOW[char].match(self.text, self.pos + 1):
            return False
        if self.pending is not None:
            if not self.arabic or not self.whole or (char == "来" and self.pending[0] % 10):
                return False
            self._widen(trailing_unit(int(self.pending[0])))
        elif any(self.section):
            self._widen(self.small)
        elif self.big and self.pos == self.big_at:
            self.total[1] += self.big
            self.approximate = True
        else:
            return False
        self.pos += 1
        return self.text[self.pos : self.pos + 1] in {"万", "亿", "w", "W", "个", "百", "千"}

    def _widen(self, unit: int) -> None:
        target = self.section if self.pending is None else self.pending
        target[1] += unit
        self.approximate = True

    def _several(self) -> bool:
        follows = self.text[self.pos + 1 : self.pos + 2]
        if self.pending is not None:
            if not self.arabic or not self.whole or self.pending[0] % 10:
                return False
            self._widen(10)
        elif self.small == 10:
            self._widen(10)
        elif follows in SMALL or follows in BIG or (follows == "个" and self.text.startswith("亿", self.pos + 2)):
            self._pend([2, 9], self.pos)
            self.approximate = True
        else:
            return False
        self.pos += 1
        return True

    def _letter(self, char: str) -> bool:
        """20k, 1.5m, 3.6 million, and the space of 38 万."""
        if self.pending is None or not self.arabic:
            return False
        if char == " " and self.text[self.pos + 1 : self.pos + 2] in {"万", "亿"}:
            self.pos += 1
            return True
        found = SCALE_WORD.match(self.text, self.pos)
        if found is not None and found.lastindex is not None:
            return self._multiply(SCALE_OF_GROUP[found.lastindex - 1], found.end())
        if char not in "kKmM" or (self.text[self.pos + 1 : self.pos + 2].isascii() and self._alnum_follows()):
            return False
        self.doubtful = char in "mM"
        return self._multiply(10**3 if char in "kK" else 10**6, self.pos + 1)

    def _alnum_follows(self) -> bool:
        return self.text[self.pos + 1 : self.pos + 2].isalnum()

    def _multiply(self, unit: int, stop: int) -> bool:
        number = self.pending or [0, 0]
        self.pending = [end * unit for end in number]
        self.scale, self.pos, self.closed = unit, stop, True
        return False

    # -- the end --

    def _give_back(self, place: int) -> bool:
        """End the numeral before what turned out to be the next one: 三万|五万."""
        if place <= self.section_at:
            self.section, self.small = [0, 0], 0
        self.pending, self.pos, self.closed = None, place, True
        return False

    def _absorb(self, unit: int) -> None:
        """Add the pending digit: a tenth of the unit before it (一百二), unless 零 was said (一百零二)."""
        if self.pending is None:
            return
        tenth = unit // 10 if unit >= 100 and not self.zero and self.whole and self.pending[1] < 10 else 1
        self.section = [self.section[0] + self.pending[0] * tenth, self.section[1] + self.pending[1] * tenth]
        self.pending = None

    def _close(self) -> None:
        if self.big and not self.bridged and (self.pending or any(self.section)) and self._tail_is_elsewhere():
            self.section, self.pending, self.small, self.pos = [0, 0], None, 0, self.big_at
        if self.pending is not None and self.small >= 100 and not self.zero and tail_elsewhere(self.text, self.pos):
            self.pending, self.pos = None, self.pending_at
        self._absorb(self.small or self.big)
        self.total = [self.total[0] + self.section[0], self.total[1] + self.section[1]]

    def _tail_is_elsewhere(self) -> bool:
        if self.section[1] >= 100:
            return False
        return not self.whole or tail_elsewhere(self.text, self.pos)


def read_numeral(text: str, at: int, *, decimal: bool = False) -> Numeral | None:
    """Read the longest numeral that begins at `at`, or nothing; reads each character a bounded number of times.

    With `decimal`, 点 is a decimal point whatever follows (百分之十二点五); otherwise only before a scale or a unit.
    """
    if not decimal and (simple := read_simple(text, at)) is not None:
        return simple
    return _Reading(text, at, decimal=decimal).run()
