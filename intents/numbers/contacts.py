"""Finds telephone numbers, typed or dictated digit by digit, and e-mail addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from intents import patterns as re
from intents.numbers.alphabet import DIGITS
from intents.numbers.model import Email, Phone
from intents.numbers.spans import Span, Spans

# --- telephone numbers -----------------------------------------------------------------------------------------------

# 幺 is said for 一 in numbers; recognisers write it 腰, 妖 or 邀.
_SPOKEN = {**{char: str(value) for char, value in DIGITS.items()}, "腰": "1", "妖": "1", "邀": "1"}
_DIGIT = rf"[0-9{''.join(_SPOKEN)}]"
_PART = rf"(?:[二两三四五六七八]个{_DIGIT}|{_DIGIT})"  # 四个零 is 0000
_RUN = re.compile(rf"(?:\+ ?|(?<![\w.])[(（](?=0)|(?<![A-Za-z0-9.]))(?:{_PART}[ \-－—·()（）]{{0,3}}){{6,}}")
_REPEATED = re.compile(rf"([二两三四五六七八])个({_DIGIT})")
_TO_ASCII = str.maketrans({**_SPOKEN, "－": "-", "—": "-", "·": " "})
_EXTENSION = re.compile(r" ?(?:转|分机号?|ext\.? ?|x)[ :：]?(\d{1,6})(?!\d)", re.IGNORECASE)
_CALL_BEFORE = re.compile(r"(?:电话|座机|总机|固话|号码|传真|热线|tel|phone|fax)\D{0,4}$", re.IGNORECASE)

_MOBILE = re.compile(r"1[3-9]\d{9}")  # Ministry of Industry and Information Technology: 11 digits, second 3 to 9
_SERVICE = re.compile(r"[48]00\d{7}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-8]\d{6,7})")  # three-digit area codes are 010 and 02x
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_CHINA = re.compile(r"(?:\+|00)?86(?=1[3-9]\d{9}$)|(?:\+|00)86(?=0?[1-9])")
# All of these at once, to pass by quickly what is none: a long run of single digits is looked at from every place.
_SHAPE = re.compile(r"(?:00)?86\d{10,12}|1[3-9]\d{9}|[48]00\d{7}|0[1-9]\d{8,10}|[2-8]\d{6,7}")
_ABROAD = re.compile(r"(?:\+|00)[1-9]\d{7,14}")


def find_phones(text: str, *, taken: Iterable[Span] = ()) -> list[Phone]:
    """Find telephone numbers outside the `taken` spans; linear in the length of the text.

    Mobiles need eleven digits. Seven or eight digits without an area code count only after 电话, 座机 and the like.
    """
    blocked = Spans(taken)
    found: list[Phone] = []
    for run in _RUN.finditer(text):
        if not blocked.touch(*run.span()):
            found.extend(_phones_of(text, *run.span()))
    return found


def _phones_of(text: str, begin: int, stop: int) -> Iterator[Phone]:
    """Yield the numbers of one run of digits; groups that end in no number are passed by."""
    spread = [*_groups(text, begin, stop)]
    place = 0
    while place < len(spread):
        size, phone = _longest(text, spread, place)
        if phone is not None:
            yield phone
        place += max(size, 1)


def _groups(text: str, begin: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """Yield each unbroken group with its place and its digits, repeats written out."""
    at = begin
    for group in re.finditer(rf"(?:{_PART})+", text[begin:stop]):
        digits = _REPEATED.sub(lambda said: said[2] * int(_SPOKEN[said[1]]), group[0]).translate(_TO_ASCII)
        yield at + group.start(), at + group.end(), digits


_FEWEST_DIGITS = 7
_MOST_DIGITS = 17  # 00, a country code of up to three digits, and what ITU E.164 leaves


def _longest(text: str, spread: Sequence[tuple[int, int, str]], place: int) -> tuple[int, Phone | None]:
    best: tuple[int, Phone | None] = (0, None)
    begin, digits = spread[place][0], ""
    plus = "+" if text[max(0, begin - 2) : begin].strip().endswith("+") else ""
    for size, (_, _, group) in enumerate(spread[place : place + _MOST_DIGITS], start=1):
        digits += group
        if len(digits) > _MOST_DIGITS:
            break
        if len(digits) >= _FEWEST_DIGITS and (plus or _SHAPE.fullmatch(digits)):
            phone = _phone(text, spread[place : place + size], digits, plus)
            best = (size, phone) if phone is not None else best
    return best


def _phone(text: str, spread: Sequence[tuple[int, int, str]], digits: str, plus: str) -> Phone | None:
    begin, stop, groups = spread[0][0], spread[-1][1], [group for _, _, group in spread]
    home = _CHINA.sub("", plus + digits, count=1)
    if _MOBILE.fullmatch(home):
        return _made(text, begin, stop, home, "mobile", plus)
    if home != plus + digits and not home.startswith("0"):
        home = "0" + home  # +86 571 …
    if _SERVICE.fullmatch(home):
        return _extended(text, begin, stop, "-".join(groups), "service", plus)
    if area := _LANDLINE.fullmatch(home):
        return _extended(text, begin, stop, _landline(area, text[begin:stop], groups), "landline", plus)
    if _ABROAD.fullmatch(plus + digits) and plus:
        return _made(text, begin, stop, plus + digits, "international", plus)
    if _LOCAL.fullmatch(home) and _CALL_BEFORE.search(text, max(0, begin - 8), begin):
        return _extended(text, begin, stop, home, "landline", plus)
    return None


def _landline(area: re.Match[str], written: str, groups: Sequence[str]) -> str:
    """The area code and the number; one unbroken typed group stays as it was typed."""
    if len(groups) == 1 and written.isascii():
        return groups[0]
    return f"{area[1]}-{area[2]}"


def _extended(text: str, begin: int, stop: int, number: str, kind: str, plus: str) -> Phone:
    extension = _EXTENSION.match(text, stop)
    if extension is None:
        return _made(text, begin, stop, number, kind, plus)
    return _made(text, begin, extension.end(), f"{number}-{extension[1]}", kind, plus)


def _made(text: str, begin: int, stop: int, number: str, kind: str, plus: str) -> Phone:
    if plus:
        begin = text.rindex("+", 0, begin)
    elif begin and text[begin - 1] in "(（":
        begin -= 1
    return Phone(
        text=text[begin:stop], begin=begin, stop=stop, number=number, digits=number.replace("-", ""), kind=kind
    )


# --- e-mail addresses ------------------------------------------------------------------------------------------------

_LOCAL_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}$")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}")
_SPOKEN_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._\-])([A-Za-z0-9][A-Za-z0-9._\-]{0,63}) ?(?:艾特|圈[aA]|小老鼠|@|＠)(?:符号)? ?"
    r"([A-Za-z0-9\-]{1,40}(?: ?(?:点|\.|。) ?(?:com|cn|net|org|edu|gov|io|ai|co|tech|info|example))+)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_MAY_HOLD_EMAIL = re.compile("[@＠艾圈]|小老鼠")
_DOT = re.compile(r" ?[点。.] ?")


def find_emails(text: str) -> list[Email]:
    """Find addresses as they are typed (a.b@c.com) and as they are dictated (ab艾特c点com)."""
    if not _MAY_HOLD_EMAIL.search(text):
        return []
    typed = [email for at in re.finditer("[@＠]", text) if (email := _typed(text, at.start())) is not None]
    blocked = Spans((email.begin, email.stop) for email in typed)
    spoken = [
        Email(text=said[0], begin=said.start(), stop=said.end(), address=f"{said[1]}@{_DOT.sub('.', said[2]).lower()}")
        for said in _SPOKEN_EMAIL.finditer(text)
        if not blocked.touch(*said.span())
    ]
    return sorted([*typed, *spoken], key=lambda email: email.begin)


def _typed(text: str, at: int) -> Email | None:
    window = text[max(0, at - 64) : at]
    local, domain = _first(_LOCAL_PART.finditer(window)), _DOMAIN.match(text, at + 1)
    if local is None or domain is None:
        return None
    begin, stop = at - len(local[0]), domain.end()
    address = f"{local[0]}@{domain[0].lower()}"
    return Email(text=text[begin:stop], begin=begin, stop=stop, address=address)


def _first(found: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return next(iter(found), None)
