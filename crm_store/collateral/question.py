"""What is asked: clauses with their terms, the kind of value wanted, the style of the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crm_store.collateral.asking import Known, Term, terms_in
from crm_store.collateral.cleaning import folded
from crm_store.collateral.conditions import Range, ranges_in
from crm_store.collateral.counsel import STYLES, Counsel, counsel_in, speaker_in
from crm_store.collateral.styles import Style, style_of
from crm_store.collateral.values import value_asked

_OTHER_QUESTION = 0.3
_TELLING = 0.5
"""Weight of a word from which a question for counsel says what it is about."""
_HOW_MANY = re.compile(
    "好多(?=个?(?:毫秒|秒|分钟|小时|钟头|天|日|周|星期|月|年|公斤|千克|吨|斤|克|度|公里|厘米|毫米|米|平|升|元|万|块|钱|分贝|伏|千瓦|瓦|点|折|次|倍|台|件|袋|桶))"
)
"""「好多天」, in the south-west, asks."""
_SOMEBODY = re.compile("客户|那边|对方|对面|他们?|她们?|人家|的人|老板|领导|采购|业主|的")
_COUNTED = re.compile(r"(?<=\d)个人")
_HAN = re.compile("[\u4e00-\u9fff]")
_SPLIT = re.compile(
    "[,,。;;!!??\n、]+|(?<=[\u4e00-\u9fff])\\s+(?=[\u4e00-\u9fff])|\\s+and\\s+(?=how|what|when|who|which|can|is|do)"
)
_ASKING = re.compile(
    r"吗|呢|么|[??]|多少|多久|多长|多远|多高|多大|多宽|多重|几|哪|谁|什么|啥|怎么|怎样|咋|如何|为何|为什么|是否|是不是|能不能"
    r"|可不可以|行不行|有没有|要不要|会不会|能否|可否|好不好|够不够|(.)不\1|(.)没\2|干嘛"
    r"|how|what|when|who|which|where|why|can |does |is there|do we|are "
)
_SURNAMES = (
    "庄苗瞿凌柏焦骆岳霍莫聂耿裴翁柳甘欧詹兰米屈祁卓乐蓝冼麦褚薄卞戚闵阮"
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊殷祝施陶洪翟颜倪严牛温季俞章"
    "鲁葛柯岑"
)
_NAMED_PERSON = re.compile(
    rf"(?<![\u4e00-\u9fff][\u4e00-\u9fff])[{_SURNAMES}](?:总监|经理|主任|厂长|院长|校长|科长|处长|部长|总工|工程师|主管|老师"
    r"|先生|女士|小姐|总厨|店长|矿长|队长|站长|行长|所长|会长|书记|老板|总(?![价成额计账共部数量体])|工(?![厂作艺业程序时期具])|董(?!事)|哥|姐)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One thing asked: its terms, those of the clauses around it, and the kind of value that it wants ('' for none)."""

    text: str
    terms: tuple[Term, ...]
    around: tuple[Term, ...] = ()
    value: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question as the answering looks at it; `text` is folded and without the names that were to be ignored."""

    text: str
    clauses: tuple[Clause, ...]
    style: Style
    amounts: tuple[Range, ...] = ()  # that may decide which rule applies


def read_question(text: str, known: Known, ignored: Iterable[str] = ()) -> Question:
    """Read a question; `ignored` are names (customers, contacts) that collateral need not repeat."""
    plain = _COUNTED.sub("人", _HOW_MANY.sub("多少", _without(folded(text), ignored)))
    amounts = ranges_in(plain)
    counsel = counsel_in(plain)
    if counsel is not None and (clauses := _of_counsel(counsel, known)):
        told = f"{counsel.about} {counsel.then}".strip()
        return Question(text=told, clauses=clauses, style=STYLES[counsel.wish], amounts=amounts)
    clauses = _clauses(_pieces(plain) or [plain], known)
    return Question(text=plain, clauses=clauses, style=style_of(plain), amounts=amounts)


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in _SPLIT.split(text) if piece and piece.strip()]


def _of_counsel(counsel: Counsel, known: Known) -> tuple[Clause, ...]:
    """What counsel is asked on, as one clause, and what else is asked behind it; () where nothing is said of it."""
    who, what = speaker_in(counsel.about)
    about = " ".join(_pieces(counsel.about if _documented(who, known) else what))
    terms = tuple(terms_in(about, known, english=not _HAN.search(about)))
    if not any(term.weight >= _TELLING for term in terms):
        return ()
    then = [clause for clause in _clauses(_pieces(counsel.then), known) if _ASKING.search(clause.text)]
    return (Clause(text=about, terms=terms), *(replace(clause, around=terms) for clause in then))


def _documented(who: str, known: Known) -> bool:
    """Whether the material has a word of who is told to have spoken: a rival counts, a customer's people don't."""
    words = [run for run in re.findall("[一-鿿a-z0-9]+", _SOMEBODY.sub(" ", who)) if len(run) > 1]
    return any(known(word[:2]) or word.isascii() for word in words)


def asks(text: str) -> bool:
    """Whether a folded text has a word or a form of asking."""
    return _ASKING.search(text) is not None


def _around(number: int, terms: Sequence[tuple[Term, ...]], asking: Sequence[int]) -> Iterable[Term]:
    """What the other clauses say; those that ask something themselves say less of this one."""
    for other, said in enumerate(terms):
        if other != number:
            factor = _OTHER_QUESTION if other in asking else 1.0
            yield from (replace(term, weight=term.weight * factor) for term in said)


def _without(text: str, names: Iterable[str]) -> str:
    for name in sorted({folded(name) for name in names if len(name) > 1}, key=len, reverse=True):
        text = text.replace(name, " ")
    return _NAMED_PERSON.sub(" ", text)


def _clauses(pieces: Sequence[str], known: Known) -> tuple[Clause, ...]:
    """The clauses that ask something; all of them where none does. What the others say goes around each."""
    english = not any(_HAN.search(piece) for piece in pieces)
    terms = [tuple(terms_in(piece, known, english=english)) for piece in pieces]
    asking = [number for number, piece in enumerate(pieces) if _ASKING.search(piece)]
    return tuple(
        Clause(
            text=pieces[number],
            terms=terms[number],
            around=tuple(_around(number, terms, asking)),
            value=value_asked(pieces[number]),
        )
        for number in asking or range(len(pieces))
    )
