"""Brings what a person typed or a recogniser heard into the one written form that understanding works on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress

from intents import patterns as re
from intents.courtesies import core_of

__all__ = ["Normalised", "clean_inbound", "has_words", "normalise"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Normalised:
    """One message in its working form.

    `offsets[i]` is the index in `raw` of the character that became `text[i]`; it rises strictly, so a span
    `[b, e)` of `text` shows in the user's own words as `raw[offsets[b] : offsets[e - 1] + 1]`.
    """

    raw: str
    text: str
    offsets: tuple[int, ...]
    language: str  # 'zh' or 'en'


def normalise(raw: str) -> Normalised:
    """Fold widths, scripts and punctuation to one form, drop fillers and courtesies; linear, never raises.

    Letters keep their case. A line break stays as one `\\n`, any other white space becomes one space. Chinese text
    ends up with Chinese punctuation (`，` is always a break, `,` only stands inside 1,200), English with ASCII.
    """
    text = _unify_digits_punctuation(raw).translate(_widths())
    text = _to_simplified(text)
    text = _from_wu(_from_northern(_from_cantonese(text)))
    language = _language_of(text)
    text = _one_punctuation(text, language)
    text, offsets = _without(text, range(len(text)), [*_blanks(text)])
    begin, stop = core_of(text)
    if stop - begin < len(text) and has_words(text[begin:stop]):
        text, offsets = text[begin:stop], offsets[begin:stop]
    if filler := _fillers(text):
        shorter, kept = _without(text, offsets, filler)
        if has_words(shorter):  # a lone 嗯 is an answer, not a filler
            text, offsets = shorter, kept
    return Normalised(raw=raw, text=text, offsets=tuple(offsets), language=language)


# --- at the border ---------------------------------------------------------------------------------------------------

_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
# Controls but for tab and line feed; soft hyphen, zero widths, bidi controls, fillers, variation selectors, tags.
_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
_MARKS_IN_A_ROW = 30  # Unicode Standard Annex 15, stream-safe text format: longer runs make normalising quadratic
_LONG_MARKS = re.compile(rf"[^\w\s]{{{_MARKS_IN_A_ROW + 1},}}")


def clean_inbound(raw: str) -> str:
    """Make text of any origin safe to store and to compare; never raises.

    Removed: NUL, control, zero-width and bidi characters. Surrogate pairs are joined, lone ones become U+FFFD, line
    ends become `\\n`, and the whole is NFC, with at most 30 combining marks in a row.
    """
    text = raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _HIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _LONG_MARKS.sub(_fewer_marks, text))


def _fewer_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for char in run[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)


# WeChat and WeCom send their own emoji as words in brackets. OK and 好的 are left out: they answer a question.
_STICKERS = re.compile(
    r"\[(?:微笑|撇嘴|色|发呆|得意|流泪|害羞|闭嘴|睡|大哭|尴尬|发怒|调皮|呲牙|惊讶|难过|囧|抓狂|吐|偷笑|愉快|白眼|"
    r"傲慢|困|惊恐|憨笑|悠闲|咒骂|疑问|嘘|晕"
    r"|衰|骷髅|敲打|再见|擦汗|抠鼻|鼓掌|坏笑|鄙视|委屈|快哭了|阴险|亲亲|可怜|笑脸|生病|脸红|破涕为笑|恐惧|失望|无语|"
    r"嘿哈|捂脸|奸笑|机智|皱眉|耶|吃瓜|加油"
    r"|汗|天啊|旺柴|打脸|哇|翻白眼|叹气|苦涩|裂开|嘴唇|爱心|心碎|拥抱|强|弱|握手|胜利|抱拳|勾引|拳头|合十|啤酒|咖啡|"
    r"蛋糕|玫瑰|凋谢|菜刀|炸弹|便便"
    r"|月亮|太阳|庆祝|礼物|红包|福|烟花|爆竹|猪头|跳跳|发抖|转圈)\]"
)
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")


def has_words(text: str) -> bool:
    """Say whether there is a letter, a digit or a Chinese character: not in white space, punctuation, emoji alone."""
    bare = _KEYCAP.sub("", text) if "\u20e3" in text else text
    bare = _STICKERS.sub("", bare) if "[" in bare else bare
    return any(map(str.isalnum, _HIDDEN.sub("", bare)))


# --- widths, scripts, punctuation ------------------------------------------------------------------------------------

_CHINESE_MARKS = "，！？；：（）"
_ASCII_MARKS = ",!?;:()"
_ONE_FORM = dict(zip("￥−〜·•｡､「」『』", "¥-~··。、“”‘’", strict=True))
# Inside numbers and clock times these are no clause breaks, whatever the keyboard was set to.
_WIDE_INSIDE = re.compile("(?<=[０-９])，(?=[０-９]{3})|(?<=[0-9０-９])：(?=[0-9０-９])")
_ASCII_OUTSIDE = re.compile(r"(?<![0-9A-Za-z])[,;:]|[,;:](?![0-9A-Za-z/])|[!?()]")
_CHINESE_STOP = re.compile(r"(?<=[\u4e00-\u9fff])\.(?=\s|$)")
_TO_CHINESE = dict(zip(_ASCII_MARKS, _CHINESE_MARKS, strict=True))
_TO_ASCII = str.maketrans("，！？；：（）。、“”‘’", ",!?;:().,\"\"''")


@cache
def _widths() -> dict[int, str]:
    """Full-width ASCII, Kangxi radicals, compatibility ideographs and odd spaces, each to one ordinary character."""
    wide = {0xFF01 + i: chr(0x21 + i) for i in range(94) if chr(0xFF01 + i) not in _CHINESE_MARKS}
    spaces = dict.fromkeys([0x09, 0x3000, 0xA0, 0x1680, 0x202F, 0x205F, *range(0x2000, 0x200B)], " ")
    breaks = dict.fromkeys([0x0D, 0x85, 0x2028, 0x2029], "\n")
    look_alike = [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAD9)]
    folded = {code: form for code in look_alike if len(form := unicodedata.normalize("NFKC", chr(code))) == 1}
    return wide | spaces | breaks | folded | {ord(char): form for char, form in _ONE_FORM.items()}


def _unify_digits_punctuation(raw: str) -> str:
    if raw.isascii():
        return raw
    return _WIDE_INSIDE.sub(lambda mark: "," if mark[0] == "，" else ":", raw)


def _one_punctuation(text: str, language: str) -> str:
    if language == "en":
        return text.translate(_TO_ASCII)
    text = _ASCII_OUTSIDE.sub(lambda mark: _TO_CHINESE[mark[0]], text)
    return _CHINESE_STOP.sub("。", text)


_LATIN_WORD = re.compile(r"(?<![\w@./])[A-Za-z]*[a-z][A-Za-z']*(?![\w@/])")
_CJK = re.compile(r"[\u3400-\u9fff]")
_ENOUGH_TO_JUDGE = 2000  # characters


def _language_of(text: str) -> str:
    """English when Latin words outnumber Chinese characters; codes (TOC-3), addresses and ok don't count."""
    start = text[:_ENOUGH_TO_JUDGE]
    words = sum(len(word) > 1 and word.lower() not in ("ok", "hi") for word in _LATIN_WORD.findall(start))
    return "en" if words and words > len(_CJK.findall(start)) else "zh"


# --- Traditional to Simplified ---------------------------------------------------------------------------------------

_CHINESE_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]+")
# Characters the converter maps but mainland names keep: those of GB 2312, and these of the 2013 Table of General
# Standard Chinese Characters. They count as Traditional only in company of others (王乾 stays, 餅乾 becomes 饼干).
_KEPT_IN_NAMES = frozenset("昇脩祕頫")


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # a native library: loaded when the first Traditional character is met

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@cache
def _traditional_only() -> re.Pattern[str]:
    """Match a character that no mainland text holds; built once, in some 50 ms, at the first unusual character."""
    block = [chr(code) for code in range(0x3400, 0xA000)]
    simple = _converter()("\n".join(block)).split("\n")
    found = [old for old, new in zip(block, simple, strict=True) if old != new and not _is_mainland(old)]
    return re.compile(f"[{''.join(found)}]")


def _is_mainland(char: str) -> bool:
    return char in _KEPT_IN_NAMES or char.encode("gb2312", "ignore") != b""


def _to_simplified(text: str) -> str:
    if text.isascii() or not _is_unusual(text) or not _traditional_only().search(text):
        return text
    return _CHINESE_RUN.sub(_simplify_run, text)


_CANTONESE = str.maketrans("佢咗嘅哋冇嚟喺睇畀俾啲嗰咁", "他了的们没来在看给给些那这")
_IS_CANTONESE = re.compile("[佢咗嘅哋冇嚟喺睇啲嗰]|唔[系好要用知该识得]")


def _from_cantonese(text: str) -> str:
    """The function characters of written Cantonese by their Mandarin equals, one for one, so that offsets stay."""
    if text.isascii() or not _IS_CANTONESE.search(text):
        return text
    return text.translate(_CANTONESE).replace("唔", "不")


_DIALECT = str.maketrans("俺恁瞅", "我您看")
_IS_DIALECT = re.compile("[俺恁瞅晌]")
_PARTS_OF_DAY = re.compile("[头前上后下过]晌|(?<![头前上后下过])晌午")
_MANDARIN_PARTS = {
    "头晌": "上午",
    "前晌": "上午",
    "上晌": "上午",
    "晌午": "中午",
    "后晌": "下午",
    "下晌": "下午",
    "过晌": "下午",
}


def _from_northern(text: str) -> str:
    """Northern pronouns and parts of the day by their Mandarin equals, of the same length, so that offsets stay."""
    if text.isascii() or not _IS_DIALECT.search(text):
        return text
    return _PARTS_OF_DAY.sub(lambda part: _MANDARIN_PARTS[part[0]], text.translate(_DIALECT))


_WU = re.compile(
    "(?<=[早晚夜])浪(?=[一二两三四五六七八九十\\d])|"
    "(?<=[明今])朝(?!代|廷|阳|鲜)(?=[早上中下夜晚一二两三四五六七八九十\\d])"
)
_MANDARIN_OF_WU = {"浪": "上", "朝": "天"}


def _from_wu(text: str) -> str:
    """早浪 and 明朝 before a time of day by their Mandarin equals, of the same length, so that offsets stay."""
    return text if text.isascii() else _WU.sub(lambda word: _MANDARIN_OF_WU[word[0]], text)


def _is_unusual(text: str) -> bool:
    """Say whether some Chinese character is outside GB 2312: cheap, and false for nearly every mainland message."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _simplify_run(run: re.Match[str]) -> str:
    simple = _converter()(run[0])
    return simple if len(simple) == len(run[0]) else run[0]  # offsets must stay one to one


# --- blanks and fillers ----------------------------------------------------------------------------------------------

Span = tuple[int, int]
_BLANK = re.compile(rf"[\s{_INVISIBLE}]+")


def _blanks(text: str) -> Iterable[Span]:
    """Yield what to drop of each run of white space: all at the ends, all but one character inside."""
    for run in _BLANK.finditer(text):
        begin, stop = run.span()
        if stop - begin == 1 and begin > 0 and stop < len(text) and run[0] in " \n":
            continue
        keep = _kept_blank(run[0]) if begin > 0 and stop < len(text) else -1
        if keep < 0:
            yield begin, stop
        else:
            yield begin, begin + keep
            yield begin + keep + 1, stop


def _kept_blank(run: str) -> int:
    line_end = run.find("\n")
    return line_end if line_end >= 0 else run.find(" ")


# A pause may stand for a correction (下周三呃下周四): it goes only where nothing could be. A stall never does.
_PAUSE = r"(?:[嗯呃唔]|额(?![度外头定角尔济敏满])|(?:[Uu]+[hm]+|[Ee]r+m+)(?![A-Za-z]))"
_STALL = r"(?:那个啥|那啥(?![时都也意样事人的价])|就是说|啊)"
_GAP = r"[\s，,、…~]*"
_FILLER = re.compile(
    rf"(?:^|(?<=[。！？!?\n])){_GAP}(?:(?:{_PAUSE}|{_STALL})[\s，,、…~。.]*)+"  # a sentence opens with it
    rf"|(?<=[，、；：,;:\s]){_STALL}{_GAP}"
    rf"|那个啥{_GAP}|那啥(?![时都也意样事人的价]){_GAP}"
    rf"|(?<=[给跟把和对向为在让叫请去到是要想我你他她它约找])\s?[呃嗯唔]{_GAP}"  # after a word that needs another
    rf"|[呃嗯唔]{_GAP}(?=的|那个|就是|然后|帮我|给我|麻烦|请|你)"
    r"|(?<![A-Za-z])(?:to|for|with|the|an?|at|on|in|and|call|of|by|is|my|me|please)"
    r"(?P<en>[ ,]+(?:[Uu]+[hm]+|[Ee]r+m+)\b,?)"
)
_MAY_HOLD_FILLER = re.compile("[嗯呃唔额啊啥]|就是说|[Uu][hm]|[Rr]m|[Uu]u")


def _fillers(text: str) -> list[Span]:
    if not _MAY_HOLD_FILLER.search(text):
        return []
    return [found.span("en") if found["en"] else found.span() for found in _FILLER.finditer(text)]


def _without(text: str, offsets: Sequence[int], spans: list[Span]) -> tuple[str, Sequence[int]]:
    """Cut the spans out of the text and out of its offsets."""
    if not spans:
        return text, offsets
    keep = bytearray(b"\x01") * len(text)
    for begin, stop in spans:
        keep[begin:stop] = bytes(stop - begin)
    return "".join(compress(text, keep)), list(compress(offsets, keep))
