"""Who is introduced in a message that puts somebody new on file: the person and the organisation, in any order."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.reading.lists import LABELS, SOURCE, labelled
from assistant.planner.embedded.reading.name_forms import is_organisation, is_person, is_persons_alone, is_rarely_named
from assistant.planner.embedded.reading.new_names import (
    CREATED,
    TITLES,
    english_names,
    organisation_in,
    strip_leading,
    without_figures,
)
from assistant.planner.embedded.reading.words import COMPOUND_SURNAMES, POSTS, PUTTING_ON_FILE, RECORD_KINDS, SURNAMES
from intents import patterns as re
from intents.clauses import BREAKS
from intents.names.lexicon import lexicon


@dataclass(frozen=True, kw_only=True, slots=True)
class Introduced:
    """Somebody new and the organisation that he is of; '' for what was not said."""

    person: str
    company: str


def introduced(draft: Draft) -> Introduced:
    """The person and the organisation that a command introduces."""
    text = without_orders(without_figures(draft))
    company = _named_company(text)
    pieces = pieces_of(text)
    person = person_told(text, company, reachable=bool(draft.phones)) or english_names(draft.words)[0]
    company = company or _company_of(draft, pieces, person)
    return Introduced(person=person, company="" if company == person else company)


def person_told(text: str, company: str = "", *, reachable: bool) -> str:
    """The person of whom a text without orders tells: labelled, behind a title, called so, or standing alone."""
    pieces = pieces_of(text)
    return (
        _said_person(text)
        or _titled_person(pieces)
        or _called_person(text, company)
        or _lone_person(pieces, reachable=reachable)
    )


_ORDER = re.compile(
    rf"(?:请|麻烦|帮我|帮忙|给我|你|您|顺手|先|就|我要?|把[他她它这那][^，]{{0,4}}?|[给替帮]?(?:TA|[他她])|也|都)*"
    rf"(?:{PUTTING_ON_FILE})(?:一?下|了|个)?(?:成|为|到|进|作|入|上|至|在|个)*(?:一?[个条位家张份])?(?:新的?)?(?:销售)?(?:意向)?"
    rf"(?:{RECORD_KINDS})(?:一[个条位])?(?:列表|名单|档案|资料|信息|库|池)?(?:里头|里边|里面|里|中|去|来|吧|哈|啊|呗|哦|嘛|了)*",
    re.I,
)
_ANNOUNCED = re.compile(
    rf"(?:^|(?<=[\s{BREAKS}]))(?:有|新?来了?|新增?|又|再)*(?:一?[个条])?(?:新的?)?(?:销售)?(?:{RECORD_KINDS})(?:一[个条位])?(?=[\s{BREAKS}:：]|$|[哈啊呢])",
    re.I,
)
_REQUEST = re.compile(
    rf"(?:请|麻烦|帮我|帮忙|给我|你|您|顺手|先|就|我|把[他她它这那][^，]{{0,4}}?|[给替帮]?[他她])*(?:{PUTTING_ON_FILE})"
    r"(?:一?下来?|上|进去|起来|好|一笔|一条)*(?:吧|哈|啊|呗|哦|嘛|了|谢谢|谢了)*|(?:谢谢|多谢|谢了|麻烦了|辛苦)[你您了啦]*"
)


def without_orders(text: str) -> str:
    """The text without the words that order something on file (建个线索, 存到联系人里)."""
    cleared = _ANNOUNCED.sub("，", _ORDER.sub("，", text))
    return "，".join("" if _REQUEST.fullmatch(p) else p for p in re.split(rf"[{BREAKS}\s]+", cleared))


def pieces_of(text: str) -> list[str]:
    """What stands between punctuation and pauses, without the words that lead up to it."""
    return [piece for piece in re.split(rf"[{BREAKS}、:：\s]+", text) if piece]


_HOUSE = (
    r"馆子?|[小饭分面老]?店子?|店名|铺子?|厂子?|厂家|公司|单位|企业|酒楼|酒店|饭店|餐厅|工厂|机构|学校|医院|诊所|门诊|工地|项目部|矿|队伍?|"
    r"合作社|商会|协会|工作室|民宿|农场|园区|基地|集团|牌子|品牌|平台|[一那这]家"
)
_HOUSE_CALLED = re.compile(
    rf"(?:{_HOUSE})(?:的)?(?:名字|店名|名称|全称|招牌)?(?:名叫|叫做|叫|名为|是)(?![什啥谁])([^{BREAKS}、:：\s叫]{{2,20}}?)(?:的)?(?=$|[{BREAKS}、:：\s]|(?:他们?|那)?(?:老板|负责|联系))"
)


def _named_company(text: str) -> str:
    """The organisation that is said to be called so: 单位X, 一个馆子叫X."""
    said = labelled(text, "company")
    if len(said) >= 3 and not SOURCE.fullmatch(said) and is_organisation(said):
        return said
    return next((m[1] for m in _HOUSE_CALLED.finditer(text) if is_organisation(m[1])), "")


_END = rf"(?=$|[{BREAKS}、:：\s的，]|手机|电话|号码|是|说)"
_LABEL_PERSON = re.compile(
    rf"(?:{LABELS['person']}|全名|本名|大名|本人|经办人?|老板名字?)(?:[:：是叫为]|名叫|\s)*([\u4e00-\u9fff]{{2,4}}?|"
    rf"[A-Z][a-z]+(?: [A-Z][a-z]+)*){_END}"
)
_SURNAME = rf"(?:{COMPOUND_SURNAMES}|[{SURNAMES}])"
_TITLED = re.compile(
    rf"(?:{POSTS}|{TITLES})(?:(?:名叫|叫做|叫|姓名是?|名字是?|是)([\u4e00-\u9fff]{{2,4}})|({_SURNAME}[\u4e00-\u9fff]{{1,2}}))$"
)
_CALLED = re.compile(rf"(?:名叫|叫做|叫|姓名是?|名字是)([\u4e00-\u9fff]{{2,4}}?)(?:的)?{_END}")


def _said_person(text: str) -> str:
    return next((m[1] for m in _LABEL_PERSON.finditer(text) if is_person(m[1])), "")


def _titled_person(pieces: list[str]) -> str:
    """The person behind a title or a post: 老板叫骆大鹏, 老板娘黎秀."""
    for piece in pieces:
        for at in range(len(piece)):
            found = _TITLED.match(piece, at)
            if found and is_person(found[1] or found[2]) and (found[1] or is_persons_alone(found[2])):
                return found[1] or found[2]
    return ""


def _called_person(text: str, company: str) -> str:
    return next((m[1] for m in _CALLED.finditer(text) if m[1] != company and is_person(m[1])), "")


_ASKED_FOR = re.compile("^(?:就|直接|可以|要)*(?:找|联系|对接|打给|加)(?!到|来|过|上|了)")
"""栖舟山庄，找赖福林: whom to ask for."""


def _lone_person(pieces: list[str], *, reachable: bool) -> str:
    """A name that stands alone, or behind the organisation that it is of (云砧家具的贾一鸣).

    Beside a number, it may also be an ordinary word (康宁).
    """
    for piece in pieces:
        for bare in (piece, strip_leading(piece), _ASKED_FOR.sub("", piece), piece.rpartition("的")[2]):
            if is_persons_alone(bare):
                return bare
    named = next((piece for piece in pieces if reachable and is_persons_alone(piece, ordinary=True)), "")
    rare = [piece for piece in pieces if reachable and is_rarely_named(piece) and not SOURCE.search(piece)]
    return named or (rare[0] if len(rare) == 1 else "")


def _company_of(draft: Draft, pieces: list[str], person: str) -> str:
    """The organisation with an ending of organisations, or the piece that stands by the person's."""
    found = organisation_in(draft, known=CREATED)
    if found and found not in person:
        cleaned = _bare(found)
        if is_organisation(cleaned) and len(cleaned) >= 3:
            return cleaned
    english = english_names(draft.words)[1]
    if english:
        return english
    at = next((i for i, piece in enumerate(pieces) if person and person in piece), None)
    if at is None:
        return next((c for piece in pieces if (c := _bare(piece)) and _is_firm(c, draft)), "")
    within = _bare(pieces[at].partition(person)[0])
    beside = [within, *(_bare(piece) for piece in (*reversed(pieces[:at]), *pieces[at + 1 :]))]
    return next((piece for piece in beside if _is_firm(piece, draft)), "") or next(
        (piece for piece in beside[: at + 1] if _may_be_firm(piece)), ""
    )


_LED_UP = re.compile(
    rf"^.*(?:{SOURCE.pattern})(?:上|里|那边|那头|会上)?(?:扫到|扫着|认识|碰到|碰见|碰上|遇到|遇见|收到|加到|加的|来的?|过来的?|推荐|介绍|找来的?|留言?|进来|聊的?|谈的?|接的?)*(?:了)?"
    r"(?:一?[个条位家张])?(?:的)?|^.*?(?:有|来了?|新|认识|碰到|收到|扫到)(?:了)?(?:一?[个家位条])(?:人|客户)?",
    re.I,
)


def _bare(piece: str) -> str:
    """A piece without source, counts and particles around what it names."""
    piece = _LED_UP.sub("", re.sub(r"^(?:新?线[索锁所])?(?:哈(?!尔滨|密)|[啊呢嘛])*", "", piece.strip()))
    if not _ends_as_firm(piece):
        piece = re.sub(rf"(?:的)?(?:{TITLES}|{POSTS})?(?:叫|是|姓.|名叫)?$", "", piece)
    piece = strip_leading(re.sub(r"(?:那边|这边|那儿|家里|他们家?)?的?$", "", piece))
    return piece.rpartition("的")[2] if len(piece.rpartition("的")[2]) >= LEAST_FIRM else piece


LEAST_FIRM = 3
"""So many characters behind 的 are the firm's name, what stands before is where it is (资中的球溪河鲢鱼馆)."""


def _ends_as_firm(piece: str) -> bool:
    return any(piece.endswith(word) for word in lexicon().organisation | lexicon().legal)


def _starts_in_region(piece: str) -> bool:
    return any(piece.startswith(region) and len(piece) >= len(region) + 2 for region in lexicon().regions)


def _may_be_firm(piece: str) -> bool:
    """Whether a piece that stands by a person's name is what he is of."""
    named = 4 <= len(piece) <= 20 and re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9·()（）&]+", piece) is not None
    spoken = SOURCE.search(piece) or re.search("[要想说问在过给把去看的都也就还]", piece)
    return named and is_organisation(piece) and not spoken


def _is_firm(piece: str, draft: Draft) -> bool:
    """Whether a piece reads as an organisation by itself: by its ending, or by a region before a name."""
    return _may_be_firm(piece) and (_ends_as_firm(piece) or _starts_in_region(piece))
