"""Marks that a message written in one breath lacks, put in where only one reading is left.

Only at words that open or close a value for sure: the head of a creation (加个联系人|闵知行), a field's label behind
a name (闵知行|电话199…), the end of a firm's name, what takes something back (记错了|是659万). A minute is
left as it is behind its head.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.planner.embedded.reading.words import COMPOUND_SURNAMES, SURNAMES
from intents import patterns as re
from intents.names.lexicon import lexicon

_NAMED = rf"(?:{COMPOUND_SURNAMES}|[{SURNAMES}])"
_QUOTED = re.compile('[“”「」『』"]')
_HAN = "[\u4e00-\u9fff]"
_FIRM = rf"(?:{_HAN}{{2,16}}(?:有限公司|有限责任公司|集团|事务所))"
_CREATES = r"(?:新建|新增|新加|新开|新立|增补|登记|建|加|开|立|录)(?:上|了)?(?:一?[个条位笔家]|一)?(?:新的?)?"
_NO_VALUE = r"(?![，。；：:,;\s的是叫吧了吗呢给到为名全改换之和跟有这那哪什提待呗哈啊])"
_MINUTE = re.compile(
    r"(?:记|写|录)(?:上|下)?一?[笔条个份](?:沟通|纪要|记录|拜访记录|会议纪要)(?=[^，。；：:,;\s]{8})|"
    r"(?:存|记|写|整理)(?:成|为|到|进)[^，。；：:,;\s]{0,12}纪要(?:里)?(?=[^，。；：:,;\s]{8})"
)
_AFTER_COLON = (
    rf"(?:{_CREATES}商机|新[开建立]一?单)\s?(?=[^，。；：:,;\s]{{3,14}}(?:[，,\s]|$)){_NO_VALUE}(?!价)",
    rf"{_CREATES}(?:客户|联系人|线索)(?=(?:{_FIRM}|{_NAMED}{_HAN}{{1,2}}(?:电话|手机)?[,，\s]?\d{{7}}))",
    rf"(?:建档|(?:录|登记|建|记)一下)(?={_FIRM})",
    rf"^new deal for {_HAN}+ (?={_HAN})",
    rf"(?:打|贴|加|挂|添)(?:上|了)?(?:一?个)?标签(?={_HAN}{{2,8}}$){_NO_VALUE}(?!.*(?:撕|去掉|删|摘))",
)
_AFTER_COMMA = (
    r"(?:(?:说|记|写|加|报|填|改)错(?:地方|人|家|客户)?了|^算了|^不对|尾数不对)(?=(?:应当|应该|恢复|撤|退|改|是\d|删))",
    r"(?:(?:做|弄|写|赶|搞|忙|办)不完|来不及|去不了)了?(?=(?:就|再|先)?(?:推|挪|延|改|往后))",
    r"(?:丢单|输单|丢了|输了|黄了)(?=(?:原因|理由)是|因为|由于)",
    r"(?<=[万元块\d])(?=预计\d)",
    r"(?<=[排记加建设约看查问定醒]一下)\s?(?=下(?:周|个?月|个?礼拜|个?星期))",
    r"(?<=[点号日万元半])(?=(?:客户)?(?:级别|等级)(?:升|降|改|调|提))",
    r"还没[寄发做写送弄交签](?=[改推挪延]到)",
    rf"(?:到任|上任|入职|报到)了(?={_NAMED}{_HAN}{{1,2}}[，,]\d{{7}})",
    rf"(?<={_HAN}{{2}})(?<![的打换改是为成把给他她和、])(?=(?:手机|电话)\d{{11}})",
    r"(?<=\d{11})(?=(?:请|存|加|录|登记|放|补|朋友|展会|官网)[^，。]{2})",
    rf"(?:商机|客户|线索|一单)(?=(?:名称|全称)(?:叫|是|为)?{_HAN}{{3}})",
    r"(?:谈|聊|说|定)了(?=(?:新建|建|开|立)一?[个笔]?(?:商机|客户|联系人|线索))",
    r"(?<=[^，。；：:,;\s给帮我要来想并再个并还就]{8})(?=(?:建|列入|记入|加进|放进)(?:一?[个条])?(?:待办|日程)$)",
)
_OF_A_FIRM = (
    rf"{_FIRM}(?=简称|{_HAN}{{2,10}}行业|[先暂定评]{{0,2}}[ABC] ?级|做{_HAN}{{2}}|地区|位于)",
    rf"(?<={_HAN}{{2}})(?=地区{_HAN}{{2}})",
    rf"(?<={_HAN}{{2}}行业)(?={_HAN})",
    rf"(?<={_HAN})(?<![先暂定评为是到成升调划])(?=[先暂]?[定评]?为?[ABC] ?级(?:{_HAN}|$))",
    rf"(?<=[ABC]级)(?={_HAN})|(?<=[ABC] 级)(?={_HAN})",
)
_STAGE_AND_PRICE = rf"(?:进入?|推进?到|转到){_HAN}{{2,5}}(?=(?:价格|金额)(?:谈|定|改|降|调|升|提)(?:到|为|成)\d)"
_NEW_LEAD = re.compile(rf"(?:新线索(?:一条)?|录(?:一?[个条])?(?:新)?线索)[:：]?({_HAN}{{5,14}})(?=[,，]\d{{11}})")
_PAUSED_YES = re.compile(r"([，,])(?:[嗯呃]*那个|就是说|[嗯呃]+)(?=(?:确认|删|转|执行|发|改|去|取消)[吧了掉]{0,2}$)")
_PAUSES = (
    re.compile(
        r"(?<=[，,；;])\s?[嗯呃唔]+(?:那个(?=[我你他她它咱怎要得]))?"
        r"(?=[我你他她它咱怎可能都也说把给跟先让另请帮记提见恢指改从]|最后|[\u4e00-\u9fff]{2,3}[，,]\d)"
    ),
    re.compile(r"(?<=[，,；;])\s?[嗯呃唔]+那个(?![单商客待任联线订合项方报产品记纪会拜电跟样人也的])"),
    re.compile(r"(?<=[，,；;])\s?那个(?=(?:[我你他她它咱撤]|见的|可以|怎么|能不能))"),
)
"""Sounds behind a comma, where they neither correct what stands before it (，呃下周四) nor point (，那个商机)."""
_NUMBERED = re.compile("(?<=[^；;，,。：:\\s])(?=[①-⑳])")
_PERSON_FIRST = re.compile(rf"(?:联系人[:：]?|^叫)({_NAMED}{_HAN}{{2,8}})(?=[,，\s\d]|电话|手机|$)")
_NEW_FIRM = re.compile(rf"(?:新|客户|全称|建档|录).*{_FIRM}|^全称{_FIRM}")
_BEFORE_A_PERSON = re.compile(
    rf"(?<={_HAN}{{4}})(?<![个位的加新建补录名])(?=联系人[:：]?{_NAMED}{_HAN}{{1,2}}[，,]\d{{7}})"
)


def punctuated(text: str) -> str:
    """The message with these marks; as it is where words are quoted, for they hold no orders of the speaker's."""
    if _QUOTED.search(text):
        return text
    if minute := _MINUTE.search(text):
        told = text[minute.end() :]
        return text if told[0] in "啊嘛哈呀呢吧" else f"{text[: minute.end()]}：{told}"
    for pause in _PAUSES:
        text = pause.sub("", text)
    text = _NUMBERED.sub("；", _PAUSED_YES.sub(r"\1", text))
    for pattern in _AFTER_COLON:
        text = re.sub(pattern, _with("："), text, flags=re.I)
    for pattern in (*_AFTER_COMMA, _STAGE_AND_PRICE, *(_OF_A_FIRM if _NEW_FIRM.search(text) else ())):
        text = re.sub(pattern, _with("，"), text)
    text = _NEW_LEAD.sub(_firm_and_person, _BEFORE_A_PERSON.sub("，", text))
    return _PERSON_FIRST.sub(_person_and_post, _short_name_ended(text))


def _with(mark: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[0].rstrip()}{mark}"


def _firm_and_person(found: re.Match[str]) -> str:
    """新线索一条苇岸口腔洪敏: who and where he is, where only one cut leaves a surname before a name."""
    row = found[1]
    cuts = [at for at in (len(row) - 2, len(row) - 3) if re.fullmatch(rf"{_NAMED}{_HAN}{{1,2}}", row[at:])]
    if len(cuts) != 1:
        return found[0]
    return f"{found[0][: -len(row)].rstrip('：:')}：{row[: cuts[0]]}，{row[cuts[0] :]}"


def _person_and_post(found: re.Match[str]) -> str:
    """联系人盛楠采购经理: the person apart from the post, where only one cut leaves a post that is known."""
    row = found[1]
    cuts = [at for at in (2, 3) if _is_post(row[at:])]
    if len(cuts) != 1:
        return found[0]
    return f"{found[0][: -len(row)]}{row[: cuts[0]]}，{row[cuts[0] :]}"


def _is_post(words: str) -> bool:
    base = lexicon()
    return (
        words in base.titles
        or words in base.work
        or any(words[:at] in base.work and words[at:] in base.titles for at in range(1, len(words)))
    )


_SHORT_NAME = re.compile(rf"({_FIRM})，简称({_HAN}{{4,12}})(?=，|$)")


def _short_name_ended(text: str) -> str:
    """简称荠月连锁轻食: a short name ends where its characters are no more those of the full name in a row."""
    found = _SHORT_NAME.search(text)
    if found is None:
        return text
    size = next((n for n in range(len(found[2]) - 1, 1, -1) if found[2][:n] in found[1]), 0)
    at = found.start(2) + size
    return f"{text[:at]}，{text[at:]}" if size else text
