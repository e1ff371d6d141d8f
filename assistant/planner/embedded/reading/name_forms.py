"""What the name of a new record may look like: no command, particle, label or source is part of one."""

from __future__ import annotations

from assistant.planner.embedded.reading.words import COMPOUND_SURNAMES, RECORD_KINDS, SURNAMES
from intents import patterns as re
from intents.names.lexicon import lexicon
from intents.names.ordinary import dictionary

COMMON = 60
"""How often a word must occur in the dictionary's corpus to be taken for that word and not for somebody's name."""
_PERSON = re.compile(rf"(?:{COMPOUND_SURNAMES}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,6})?")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*){0,3}")
_IN_NO_NAME = re.compile(
    rf"[的了吗呢吧啊呀哈哦嘛噢咯着们个这那哪么啥它她他你您咱帮请把给被让跟号条\d]|我(?!家)|{RECORD_KINDS}|联系|电话|手机|微信|号码|谢|麻烦|"
    r"[建录登存记添]成|^成$|新[建增加]|登记|录入|保存|创建|介绍|推荐|展会|公司|单位|来源|地区|区域|行业|级别|职务|地址|没有|刚才|一下"
)
_IN_NO_ORGANISATION = re.compile(
    rf"[了吗呢吧啊呀哈哦噢咯着们这那哪她他你您]|{RECORD_KINDS}|^(?:[建录登存记添加]|新[建增加])|联系|电话|手机|微信号|号码|谢谢|麻烦|"
    r"[建录登存记添]成|登记|录入|保存|创建|介绍|推荐|展会上|一下|一个|来源|级别|职务|地址"
)


def is_person(name: str) -> bool:
    """Whether somebody may be called so: said to be a name, of whatever surname."""
    if _LATIN_NAME.fullmatch(name):
        return len(name) > 1
    return _HAN_NAME.fullmatch(name) is not None and not _IN_NO_NAME.search(name) and name not in lexicon().titles


def is_persons_alone(name: str, *, ordinary: bool = False) -> bool:
    """Whether a piece that nothing says to be a name reads as one: a surname with one or two characters.

    An ordinary word is none, unless `ordinary` ones are taken, too.
    """
    if not is_person(name) or not _PERSON.fullmatch(name):
        return False
    base = lexicon()
    trade = name in base.organisation or name in base.work or name in base.regions or name in base.everyday
    return not trade and (ordinary or dictionary().frequency(name) < COMMON) and not _ends_as_title(name)


def is_rarely_named(piece: str) -> bool:
    """Whether a piece may be somebody of a surname that the list lacks: no word at all, nor ending as firms do."""
    if not re.fullmatch("[\u4e00-\u9fff]{2,3}", piece) or not is_person(piece) or dictionary().frequency(piece):
        return False
    base = lexicon()
    ends = base.organisation | base.legal | base.work | base.regions | base.titles
    return not any(piece.endswith(word) or piece.startswith(word) for word in ends)


def _ends_as_title(name: str) -> bool:
    """Whether surname and title call somebody (方经理), which is no full name."""
    return name[1:] in lexicon().titles or name[2:] in lexicon().titles - {"工", "院", "部", "科", "处", "局", "董"}


def is_organisation(name: str) -> bool:
    """Whether a firm, a shop or a school may be called so."""
    if re.fullmatch(r"[A-Za-z0-9&.,'() -]+", name):
        return len(name) >= 2 and bool(re.search(r"[A-Za-z]", name))
    return 2 <= len(name) <= 30 and not _IN_NO_ORGANISATION.search(name) and name not in lexicon().titles
