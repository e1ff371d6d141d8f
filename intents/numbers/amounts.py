"""Makes a sum of money, a percentage or a factor of a number and what stands around it."""

from __future__ import annotations

from decimal import Decimal

from intents import patterns as re
from intents.numbers.alphabet import DIGITS, Numeral, plain, tail_elsewhere
from intents.numbers.bare import may_be_money
from intents.numbers.context import Context, context_of, speaks_of_money
from intents.numbers.model import Amount, AmountOp
from intents.numbers.numerals import read_numeral
from intents.numbers.spans import Spans
from intents.numbers.units import CENTS, JIAO, currency_after, currency_before

ELLIPTIC_BELOW = 10_000  # yuan: what is said without 万 below this may mean 万 (报一百二 is 120 or 120万)
_SHARES = {"百分之": Decimal("0.01"), "千分之": Decimal("0.001"), "万分之": Decimal("0.0001")}
_SIGNS = {"+": AmountOp.ADD, "＋": AmountOp.ADD, "-": AmountOp.SUBTRACT, "−": AmountOp.SUBTRACT}


def money_of(text: str, numeral: Numeral) -> tuple[Amount, int] | None:
    """Read a number as money if a currency is said, a scale (万, k), or it may be money all the same.

    Returns the amount and the place where reading goes on (behind 2.5万一台).
    """
    before, begin = currency_before(text, numeral.begin)
    after, stop = currency_after(text, numeral.stop, large=numeral.scale > 1 or numeral.low >= 1000)
    value, high, cents_stop = numeral.low, numeral.high, stop
    if not after and (jiao := JIAO.match(text, numeral.stop)) and numeral.scale == 1:
        value, high, after, stop = value / 10, high / 10, "CNY", jiao.end()
    elif after == "CNY" and numeral.scale == 1 and numeral.whole:
        cents, cents_stop = _cents(text, stop)
        value, high, stop = value + cents, high + cents, cents_stop
    unit = after or before
    if not unit and not _is_scaled(text, numeral) and not may_be_money(text, numeral):
        return None
    return _money(text, numeral, (begin if before else numeral.begin, stop), (value, high), unit)


def _is_scaled(text: str, numeral: Numeral) -> bool:
    """万, 亿, k and million were said; a lone 5m or 3M is a length or a name unless money is spoken of."""
    if numeral.scale == 1 or _RESOLUTION.match(text, numeral.stop - 2):
        return False
    return not numeral.doubtful or not numeral.whole or speaks_of_money(text, numeral.begin)


_RESOLUTION = re.compile(r"[248][kK](?<!\d\d[kK])(?:屏|电视|显示|摄像|视频|高清|超清|分辨率|画质|投影|监控|直播)")


def _cents(text: str, at: int) -> tuple[Decimal, int]:
    """The 五 of 三块五, the 五毛二 of 三块五毛二: the share of a yuan, and the end."""
    found = CENTS.match(text, at)
    if found is None or (found.end() == found.end("jiao") and tail_elsewhere(text, found.end())):
        return Decimal(0), at
    jiao, fen = (Decimal(DIGITS.get(char, char)) if char else Decimal(0) for char in found.group("jiao", "fen"))
    return jiao / 10 + fen / 100, found.end()


def _money(
    text: str, numeral: Numeral, span: tuple[int, int], ends: tuple[Decimal, Decimal], unit: str
) -> tuple[Amount, int]:
    begin, stop = span
    value, high = map(plain, ends)
    context = context_of(text, begin, stop)
    doubtful = not unit and numeral.scale == 1 and value < ELLIPTIC_BELOW
    if not unit and (numeral.scale > 1 or speaks_of_money(text, begin)):
        unit = "CNY"
    amount = Amount(
        text=text[begin:stop], begin=begin, stop=stop, value=value, unit=unit, op=_signed(text, begin, context.op),
        approximate=numeral.approximate or context.bounds.approximate, scale_said=not doubtful,
        alternatives=(plain(value * ELLIPTIC_BELOW),) if doubtful else (), per_unit=context.per_unit,
        **_bounds(value, high, context),
    )  # fmt: skip
    return amount, context.stop


def _bounds(value: Decimal, high: Decimal, context: Context) -> dict[str, Decimal | None]:
    if high != value:
        return {"low": value, "high": high}
    return {"low": value if context.bounds.least else None, "high": value if context.bounds.most else None}


def _signed(text: str, begin: int, op: AmountOp) -> AmountOp:
    """+2万 and -2万 at the start of a clause; elsewhere a dash separates (报价-30万)."""
    sign = text[begin - 1 : begin]
    if sign in _SIGNS and op is AmountOp.SET and (sign in "+＋" or not text[begin - 2 : begin - 1].strip()):
        return _SIGNS[sign]
    return op


# --- percentages -----------------------------------------------------------------------------------------------------


def percent_before(text: str, numeral: Numeral) -> tuple[Amount, int] | None:
    """百分之十二点五, 千分之三."""
    words = text[max(0, numeral.begin - 3) : numeral.begin]
    if words not in _SHARES:
        return None
    whole = read_numeral(text, numeral.begin, decimal=True) or numeral
    share = _SHARES[words]
    return share_amount(text, (numeral.begin - 3, whole.stop), whole.low * share, whole.high * share, whole)


def share_amount(
    text: str, span: tuple[int, int], low: Decimal, high: Decimal, numeral: Numeral | None = None
) -> tuple[Amount, int]:
    """A share of the whole: PERCENT by itself, PERCENT_CHANGE after 涨, 降 and the like."""
    begin, stop = span
    context = context_of(text, begin, stop)
    sign = {AmountOp.ADD: 1, AmountOp.SUBTRACT: -1}.get(_percent_sign(text, begin, context.op), 0)
    ends = sorted(plain(end * (sign or 1)) for end in (low, high))
    value = ends[1] if sign < 0 else ends[0]
    amount = Amount(
        text=text[begin:stop], begin=begin, stop=stop, value=value, unit="",
        op=AmountOp.PERCENT_CHANGE if sign else AmountOp.PERCENT,
        approximate=context.bounds.approximate or (numeral is not None and numeral.approximate),
        low=ends[0] if ends[0] != ends[1] or context.bounds.least else None,
        high=ends[1] if ends[0] != ends[1] or context.bounds.most else None,
    )  # fmt: skip
    return amount, stop


def _percent_sign(text: str, begin: int, op: AmountOp) -> AmountOp:
    """-5% is a change, the second half of 5%-8% is none."""
    sign, before = text[begin - 1 : begin], text[begin - 2 : begin - 1]
    return _SIGNS[sign] if sign in _SIGNS and op is AmountOp.SET and not re.match(r"[\w%％点]", before) else op


# --- factors ---------------------------------------------------------------------------------------------------------

_FACTOR_WORDS = re.compile(
    r"(?P<doubled>翻(?:了?一)?(?:倍|番)|加倍|(?:涨|加|增加|增长|提高|多|贵)了?一倍|\bdoubl(?:e|ed)\b)"
    r"|翻了?(?P<doublings>[两二三四五2345])番"
    r"|(?P<tripled>\btripl(?:e|ed)\b)"
    r"|(?P<halved>(?:[砍降减打压省少]|便宜|优惠)(?:掉|去|了|到)?一半|减半|对折|半价|腰斩|对半砍"
    r"|\bhalv(?:e|ed)\b|\bhalf (?:off|price)\b|\bin half\b)"
    r"|(?P<half>(?<!另)一半|百分之五十(?![一二三四五六七八九点]))"
    r"|(?P<all>百分之?百)",
    re.IGNORECASE,
)
_MAY_HOLD_FACTOR = re.compile("[倍番半折斩]|百分|doubl|tripl|hal[fv]", re.IGNORECASE)
_FACTORS = {"doubled": Decimal(2), "tripled": Decimal(3), "halved": Decimal("0.5")}
_PRODUCT_OF_ADDING = re.compile(r"(?:涨|加|增加|增长|提高|多)了?$")


def factor_words(text: str, taken: Spans) -> list[Amount]:
    """Find the factors and shares that are said without a number: 翻一番, 砍一半, 一半, 百分百."""
    if not _MAY_HOLD_FACTOR.search(text):
        return []
    found = [said for said in _FACTOR_WORDS.finditer(text) if not taken.touch(*said.span())]
    return [_factor_word(text, said) for said in found]


def _factor_word(text: str, said: re.Match[str]) -> Amount:
    begin, stop = said.span()
    kind = said.lastgroup or ""
    if kind in ("half", "all"):
        share = Decimal("0.5") if kind == "half" else Decimal(1)
        return share_amount(text, (begin, stop), share, share)[0]
    value = _FACTORS.get(kind) or Decimal(2) ** int(DIGITS.get(said["doublings"], 0) or said["doublings"])
    return Amount(text=said[0], begin=begin, stop=stop, value=value, unit="", op=AmountOp.FACTOR)


def fold_of(text: str, numeral: Numeral, stop: int) -> tuple[Amount, int] | None:
    """九五折, 95折, 8.8折, 打九折: what is left of the price."""
    said = text[numeral.begin : numeral.stop].replace("点", ".")
    digits = "".join(str(DIGITS.get(char, char)) for char in said)
    if numeral.units or numeral.scale > 1 or not re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", digits):
        return None
    number = Decimal(digits)
    factor = number / (10 if "." in digits or number < 10 else 100 if number < 100 else 1000)
    context = context_of(text, numeral.begin, stop)
    amount = Amount(
        text=text[numeral.begin : stop], begin=numeral.begin, stop=stop, value=plain(factor), unit="",
        op=AmountOp.FACTOR, approximate=context.bounds.approximate,
        low=plain(factor) if context.bounds.least else None, high=plain(factor) if context.bounds.most else None,
    )  # fmt: skip
    return amount, stop


def times_of(text: str, numeral: Numeral, stop: int) -> tuple[Amount, int]:
    """三倍 is a factor of 3, 增加两倍 one of 3, too; 翻三倍 is 3 in common use."""
    added = _PRODUCT_OF_ADDING.search(text, max(0, numeral.begin - 4), numeral.begin) is not None
    value = plain(numeral.low + added)
    begin = numeral.begin
    return Amount(text=text[begin:stop], begin=begin, stop=stop, value=value, unit="", op=AmountOp.FACTOR), stop
