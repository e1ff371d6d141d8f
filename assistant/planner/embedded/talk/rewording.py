"""A value inside the text of a minute put right: 「说错了,是8月5号进场」, 「不是王工,是李工」."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.planner.embedded.draft import Draft
from intents import patterns as re
from intents.sentence import Sentence
from intents.times import Kind, TimeExpression

_NOT_BUT = re.compile(
    r"(?:不是|并非|不叫|不应该是)\s*[「“\"]?([^，。,;；]{1,16}?)[」”\"]?\s*[，,；;\s]+(?:应该|应当|其实|而)?(?:是|叫|为)\s*[「“\"]?"
    r"([^，。,;；]{1,16}?)[」”\"]?(?:才对|才是|吧|的)?"
    r"(?:[，,]?(?:你|请|帮我|给我|麻烦)?(?:把)?(?:(?:纪要|记录|里头?|里面|那条|这条|上面|那里|原文)*(?:也|都|要|得)?(?:改|更正|纠正|订正|换)(?:过来|一下|下|掉|正)?(?:吧|了)?))?[。.！!]?$"
)
_WRONG_BUT = re.compile(
    r"(?:把|那个)?[「“\"]([^”」\"]{1,16})[」”\"](?:要|得|应该?|都)?(?:改成?|换成|写成|改为|是)[「“\"]([^”」\"]{1,16})[」”\"]"
)
OF_THE_MEETING = re.compile(
    r"(?:拜访|走访|见面|开会|会议|通话|沟通|来访|聊|谈|见|去|打)的(?:时间|日期|那天|日子)?(?!东西|内容|价)|(?:拜访|走访|见面|会议|沟通)(?:的)?(?:时间|日期)"
)
_LEAD = re.compile(
    r"^(?:哎|呃|啊|哦|嗯|那个|不对|不是|错了?|说错了?|记错了?|写错了?|报错了?|搞错了?|弄错了?|口误|更正(?:一下)?|纠正(?:一下)?|改(?:一下|成|为)?|"
    r"应该|应当|其实|是|为|我说的?|刚才|刚刚|前面|才|就|[，,。:：\s])+|说错了?|记错了?|写错了?|报错了?"
)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that a text has, of a kind that can stand for another of the same kind."""

    sort: str
    begin: int
    stop: int
    text: str


def reworded(draft: Draft, text: str) -> str | None:
    """The minute's text with the value put right; None where the words single none out."""
    if replaced := one_for_the_other(draft, text):
        return replaced
    if OF_THE_MEETING.search(draft.text):
        return None
    said = _values(draft, draft.sentence)
    rest = _LEAD.sub("", draft.text)
    if len(said) != 1:
        return None
    value = said[0]
    known = [v for v in _values(draft, draft.desk.read(text)) if v.sort == value.sort]
    told = [v for v in known if _shares(text, v, rest.replace(value.text, "，", 1))]
    bare = not re.sub(r"[的了吧哈啊呢]|才对|才是|而已", "", rest.replace(value.text, "", 1)).strip(" ，,。！!")
    fits = told or (known if bare and value.sort != PAST else [])
    if len(fits) != 1:
        return None
    old = fits[0]
    return text[: old.begin] + value.text + text[old.stop :]


def one_for_the_other(draft: Draft, text: str) -> str | None:
    """The text with B for A of 「不是A,是B」."""
    found = _NOT_BUT.search(draft.words) or _WRONG_BUT.search(draft.words)
    if found is None or text.count(found[1]) != 1:
        return None
    return text.replace(found[1], found[2])


PAST = "time past"
"""A past time said alone is of the meeting's own day."""


def _values(draft: Draft, sentence: Sentence) -> list[_Value]:
    """Times, amounts and quantities, each with what it may stand for."""
    times = [_Value(_sort(draft, t), t.begin, t.stop, t.text) for t in sentence.times]
    amounts = [_Value("amount", a.begin, a.stop, a.text) for a in sentence.amounts if a.unit]
    counted = [_Value(f"quantity {q.classifier}", q.begin, q.stop, q.text) for q in sentence.quantities]
    return _apart([*times, *amounts, *counted])


def _apart(values: Sequence[_Value]) -> list[_Value]:
    """The values without those that lie within another one."""
    return [
        v
        for i, v in enumerate(values)
        if not any(
            w.begin <= v.begin and v.stop <= w.stop and (j < i or (w.begin, w.stop) != (v.begin, v.stop))
            for j, w in enumerate(values)
            if j != i
        )
    ]


def _sort(draft: Draft, time: TimeExpression) -> str:
    if time.kind is Kind.DURATION:
        return "time length"
    return "time ahead" if time.start > draft.now else PAST


def _shares(text: str, old: _Value, said: str) -> bool:
    """Whether words that stand beside the old value are said beside the new one."""
    near = text[max(0, old.begin - WINDOW) : old.begin] + "，" + text[old.stop : old.stop + WINDOW]
    pairs = (said[i : i + 2] for i in range(len(said) - 1))
    return any(pair in near for pair in pairs if not re.search(r"[的了是，,。\s]", pair))


WINDOW = 8
"""So many characters beside a value tell what it is of."""


__all__ = ["OF_THE_MEETING", "one_for_the_other", "reworded"]
