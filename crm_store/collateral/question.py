"""What is asked: clauses, the words that carry their meaning, the kind of value wanted, the kind of document that has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from crm_store.collateral.cleaning import folded
from crm_store.collateral.terms import STOPWORDS
from crm_store.collateral.words import RUN, code_forms, glossary, is_code, segmenter

_HERE = Path(__file__).parent
_NUMBER = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百千半]+)万?"
_SPLIT = re.compile(r"[,,。;;!!??\n、]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|\s+and\s+(?=how|what|when|who|which|can|is|do)")
_ASKING = re.compile(
    r"吗|呢|么|[??]|多少|多久|多长|多远|多高|多大|多宽|多重|几|哪|谁|什么|啥|怎么|怎样|咋|如何|为何|为什么|是否|是不是|能不能|可不可以|行不行"
    r"|有没有|要不要|会不会|能否|可否|好不好|够不够|(.)不\1|(.)没\2|干嘛|how|what|when|who|which|where|why|can |does |is there|do we|are "
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊殷祝施陶洪翟颜倪严牛温季俞章鲁葛柯岑"
)
_A_NOT_A = re.compile(r"([\u4e00-\u9fff])[不没]\1")
# The unit that is asked for (多少小时): the value's kind says it, a passage that merely has hours doesn't.
_UNIT = re.compile(
    r"(?:多少|几)个?(?:毫秒|秒|分钟|小时|钟头|天|日|周|星期|季度|月|年|工作日|公斤|千克|吨|斤|克|摄氏度|度|公里|厘米|毫米|微米|纳米|英寸|米|平方米|平米"
    r"|毫升|升|立方米?|元|万元|万|块钱?|钱|分贝|伏|千瓦时|千瓦|瓦|兆帕|台|个|次|回|张|片|支|条|套|件|人|家|种|项|款|点|%)(?!折)"
)
_QUESTION_WORD = re.compile(r"多[少久长大远高重宽深厚]|几|哪|什么|啥|怎|咋|谁|何")
ELSEWHERE = "province_other"
"""The concept of 「其他城市」: any place that is asked about may be meant by it."""
_NAMED = re.compile(rf"(?<![\u4e00-\u9fff][\u4e00-\u9fff])[{_SURNAMES}](?:总监|经理|主任|厂长|院长|校长|科长|处长|部长|总工|工程师|主管|老师|先生|女士|小姐|总(?![价成额计账共部数量体])|工(?![厂作艺业程序时期具])|董(?!事)|哥|姐)")
_PARTS = {"n": 1.0, "v": 0.6, "a": 0.6, "e": 1.0, "s": 0.3, "f": 0.15, "t": 0.2, "m": 0.1, "q": 0.1, "d": 0.1, "i": 0.4, "l": 0.5, "j": 0.9, "x": 0.5, "b": 0.8, "z": 0.3}
# Words of everyday talk that a passage need not repeat to be the answer: people, things, feelings, ways of speaking.
_LIGHT = frozenset(
    ["客户", "顾客", "老板", "厂长", "领导", "主任", "经理", "对方", "人家", "他们", "东西", "事", "事情", "情况", "问题", "时候", "现在", "目前", "最近", "今天", "明天", "昨天", "今年", "去年", "明年", "公司", "咱们公司", "厂里", "那边", "这边", "家里", "打算", "觉得", "认为", "希望", "需要", "想要", "准备", "非要", "突然", "一直", "老是", "总是", "经常", "有时", "可能", "大概", "应该", "到底", "究竟", "真的", "其实", "反正", "一般", "通常", "普通", "正常", "具体", "详细", "相关", "有关", "关于", "抱怨", "嫌", "问", "问我", "说", "讲", "提", "提到", "告诉", "聊", "回答", "知道", "听说", "看看", "看", "找", "拿", "放", "放进", "发", "发我", "发给", "给我", "来", "去", "做", "干", "弄", "搞", "整", "用", "有", "行", "好", "大", "小", "多", "少", "高", "低", "长", "短", "快", "慢", "三番两次", "好几次", "几次三番", "一下子", "全", "全是", "都是", "有个", "有的", "一个", "一些", "一点", "部分", "所有", "任何", "其他", "另外", "同时", "然后", "之后", "以前", "以后", "以内", "左右", "上下", "每个", "整个", "咱", "俺", "哥们", "承诺", "规矩", "资料", "文档", "文件", "里面", "内容", "写", "列", "介绍", "查", "查查", "查一下", "查找", "搜", "发一个", "现成", "长期", "运行", "起来", "出来", "下来", "过来", "下去", "进去", "拿到", "得到", "做到", "达到", "年", "月", "日", "台", "个", "套"]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A word of the question that carries meaning. `weight` is 0 to 1 by its part of speech and place, not yet by rarity."""

    text: str
    concepts: frozenset[str] = frozenset()
    weight: float = 1.0
    code: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One thing asked: its terms, those of the clauses around it, and the kind of value that it wants ('' for none)."""

    text: str
    terms: tuple[Term, ...]
    around: tuple[Term, ...] = ()
    value: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question as the answering looks at it. `subject` are products or codes that it names, as they were written."""

    text: str
    clauses: tuple[Clause, ...]
    style: str = ""
    subjects: frozenset[str] = field(default_factory=frozenset)  # concepts that only name the kind of document
    english: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueKind:
    """A kind of value: how it is asked for and what it looks like."""

    name: str
    ask: re.Pattern[str]
    value: re.Pattern[str]
    strict: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """What a question is after: how that is asked, the kinds of documents, the concepts that say only that."""

    name: str
    ask: re.Pattern[str]
    kinds: tuple[str, ...]
    subjects: frozenset[str]


def read_question(
    text: str, ignored: Iterable[str] = (), known: Callable[[str], bool] = lambda pair: False
) -> Question:
    """Read a question.

    `ignored` are names (customers, contacts) that collateral need not repeat; `known` says whether a pair of
    characters stands somewhere in the material.
    """
    plain = _without(folded(text), ignored)
    style = next((each for each in styles() if each.ask.search(plain)), None)
    english = not re.search(r"[\u4e00-\u9fff]", plain)
    pieces = [piece.strip() for piece in _SPLIT.split(plain) if piece and piece.strip()]
    return Question(
        text=plain,
        clauses=_clauses(pieces or [plain], english, known),
        style=style.name if style else "",
        subjects=style.subjects if style else frozenset(),
        english=english,
    )


def _without(text: str, ignored: Iterable[str]) -> str:
    for name in sorted({folded(name) for name in ignored if len(name) > 1}, key=len, reverse=True):
        text = text.replace(name, " ")
    return _NAMED.sub(" ", text)


def _clauses(pieces: Sequence[str], english: bool, known: Callable[[str], bool]) -> tuple[Clause, ...]:
    terms = [tuple(terms_in(piece, english, known)) for piece in pieces]
    asking = [bool(_ASKING.search(piece)) for piece in pieces]
    chosen = [n for n, asks in enumerate(asking) if asks] or list(range(len(pieces)))
    found = []
    for n in chosen:
        around = tuple(term for m, others in enumerate(terms) if m != n for term in others)
        found.append(Clause(text=pieces[n], terms=terms[n], around=around, value=value_asked(pieces[n])))
    return tuple(found)


def _tagged(text: str) -> Iterable[tuple[str, str]]:
    for run in RUN.findall(_UNIT.sub(" ", _A_NOT_A.sub(r"\1", text))):
        yield from segmenter().tag(run, False) if run[0] >= "\u3400" else [(run, "eng")]


def _joined(tagged: Iterable[tuple[str, str]], known: Callable[[str], bool]) -> Iterable[tuple[str, str]]:
    """Single characters side by side become one word where the material has them so: a name that no dictionary knows."""
    held = ""
    for word, tag in tagged:
        if held and len(word) == 1 and known(held[-1] + word):
            held += word
            continue
        if held:
            yield held, "n" if len(held) > 1 else held_tag
        held, held_tag = (word, tag) if len(word) == 1 and "\u3400" <= word and word not in STOPWORDS else ("", "")
        if not held:
            yield word, tag
    if held:
        yield held, "n" if len(held) > 1 else held_tag


def terms_in(text: str, english: bool = False, known: Callable[[str], bool] = lambda pair: False) -> Iterable[Term]:
    """The meaningful terms of a folded text: glossary words as long as they go, else single words."""
    tagged = list(_joined(_tagged(text), known))
    words = [word for word, _ in tagged]
    spans: dict[int, tuple[int, tuple[str, ...]]] = {}
    for start, end, names in glossary().spans(words):
        if end - start >= spans.get(start, (0, ()))[0]:
            spans[start] = (end - start, names)
    place = 0
    while place < len(tagged):
        length, names = spans.get(place, (1, ()))
        joined = (" " if english else "").join(words[place : place + length])
        term = _term(joined, tagged[place][1], names, single=length == 1, english=english)
        if term is not None:
            yield term
        place += length


def _term(word: str, tag: str, names: tuple[str, ...], *, single: bool, english: bool) -> Term | None:
    if single and (word in STOPWORDS or not any(c.isalnum() for c in word)):
        return None
    if is_code(word) and not names:
        if word.isdigit():
            return Term(text=word, weight=0.15)
        solid = any(c.isdigit() for c in word) or not english
        return Term(text=code_forms(word)[0], weight=1.0 if solid else 0.3, code=solid)
    names = names or _inside(word)
    if word in _LIGHT:
        return Term(text=word, concepts=frozenset(names), weight=0.15)
    if _QUESTION_WORD.match(word) and not names:
        return None
    weight = 0.2 if tag.startswith("nr") else 0.5 if tag.startswith("ns") else _PARTS.get(tag[:1], 0.1)
    if names:
        weight = max(weight, 0.6)
    elif len(word) == 1:
        weight *= 0.5
    places = {ELSEWHERE} if tag.startswith("ns") else set()
    return Term(text=word, concepts=frozenset(names) | places, weight=weight)


def _inside(word: str) -> tuple[str, ...]:
    """Concepts of the longest glossary word that a longer unknown word begins or ends with (答应下来: 答应)."""
    sizes = range(len(word) - 1, 1, -1) if "\u3400" <= word[:1] else ()
    pieces = (piece for size in sizes for piece in (word[-size:], word[:size]))
    return next((names for piece in pieces if (names := glossary().of(piece))), ())


def value_asked(text: str) -> str:
    """The name of the kind of value that a folded clause asks for; '' where it asks for none that is known."""
    return next((kind.name for kind in value_kinds().values() if kind.ask.search(text)), "")


def has_value(kind: str, text: str) -> bool:
    """Whether a folded sentence has a value of a kind; true for no kind."""
    return not kind or value_kinds()[kind].value.search(text) is not None


def is_strict(kind: str) -> bool:
    """Whether only a sentence with such a value answers."""
    return bool(kind) and value_kinds()[kind].strict


@lru_cache(maxsize=1)
def value_kinds() -> dict[str, ValueKind]:
    """The kinds of values that ship with the program (answer_types.yaml), in their order."""
    return {
        name: ValueKind(
            name=name,
            ask=re.compile(each["ask"]),
            value=re.compile(each["value"].replace("N", _NUMBER)),
            strict="loose" not in each,
        )
        for name, each in _yaml("answer_types.yaml").items()
    }


@lru_cache(maxsize=1)
def styles() -> tuple[Style, ...]:
    """The styles of questions that ship with the program (kinds.yaml), in their order."""
    return tuple(
        Style(
            name=name,
            ask=re.compile(each["ask"]),
            kinds=tuple(each["kinds"]),
            subjects=frozenset(each["subjects"]),
        )
        for name, each in _yaml("kinds.yaml").items()
    )


def _yaml(name: str) -> dict[str, dict[str, str]]:
    import yaml

    found: dict[str, dict[str, str]] = yaml.load((_HERE / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    return found
