"""Names of people and organisations that no record has yet: to create them, or to say that they were not found."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.reading.words import COMPOUND_SURNAMES, SURNAMES
from intents import patterns as re
from intents.clauses import BREAKS
from intents.sentence import Stretch

_PERSON = re.compile(rf"(?:{COMPOUND_SURNAMES}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}")
_CALLED = re.compile(
    rf"(?:姓名|名叫|叫做|叫|是|联系人|找|名字)[:：是叫]?((?:{COMPOUND_SURNAMES}|[{SURNAMES}])[\u4e00-\u9fff]{{1,"
    rf"2}})(?![\u4e00-\u9fff]{{0,1}}(?:公司|集团))"
)
_CALLED_RARELY = re.compile(
    r"(?:一?[个位]|的|新来)[^，。；]{0,8}(?:名叫|名字叫|姓名是?|叫做|叫)(?![什啥我他她它你您大做])([\u4e00-\u9fff]{2,3})"
    r"(?=[，。；、\s]|$|手机|电话|号码)"
)
"""Somebody new of a surname that the list of surnames lacks: what stands alone behind 叫 is the name."""
ORGANISATION_ENDS = (
    "有限责任公司|股份有限公司|有限公司|集团公司|股份公司|事务所|研究院|研究所|设计院|工作室|合作社|俱乐部|实验室|"
    "卫生院|检测中心|超市|公司|集团|"
    "股份|医院|学院|大学|中学|小学|中心|工厂|水厂|电厂|药厂|酒厂|纸厂|钢厂|酒业|药业|农业|农场|牧场|农牧|果园|银行|"
    "科技|水务|酒店|宾馆|能源|制药|生物|门诊部|事业部|服务部|"
    "电子|机械|重工|化工|材料|食品|物流|仓储|冷链|供应链|建材|陶瓷|纺织|服饰|传媒|置业|地产|置地|汽车|电器|光电|"
    "半导体|诊所|门诊|工坊|啤酒|养殖|饲料|检测|仪器|"
    "商贸|贸易|实业|控股|教育|网络|软件|信息|通信|环保|环境|旅游|航空|港务|港口|船舶|造船|矿业|冶金|玻璃|塑胶|橡胶|"
    "家居|家具|厂|店|局|院|所|站"
)
_ORGANISATION = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9·()（）]{{2,18}}?(?:{ORGANISATION_ENDS})(?![\u4e00-\u9fff]*(?:{ORGANISATION_ENDS}))"
)
_NEW_ENDS = (
    f"{ORGANISATION_ENDS}|米业|面业|粮油|水产|菜馆|餐馆|面馆|素菜馆|饭店|菜场|齿科|口腔|口腔科|包装|五金|门业|印务|印染|"
    "[一二三四五六七八九十]中|附中|附小|职高|实验小学|电机|光伏|餐饮|火锅|渔家|茶业|服装|鞋业|门窗|装饰|设计|建工|建设|工程|影院|健身|幼儿园|学校|养老院|车行|馆|坊|社"
)
"""Where something new is being created, a name may also end in a trade."""
_NEW_ORGANISATION = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9·()（）]{{2,18}}?(?:{_NEW_ENDS})(?![\u4e00-\u9fff]*(?:{_NEW_ENDS}))(?=$|"
    rf"[^\u4e00-\u9fff]|[的叫找来过那在]|联系|老板|负责)"
)
_ENGLISH_ORGANISATION = re.compile(
    r"\b(?:[A-Z][\w&.-]*\s+){0,4}(?:Inc|Ltd|LLC|GmbH|Corp|Co|Company|Group|Holdings|Robotics|Logistics|Foods|Pharma|"
    r"Systems|Technologies|Labs|Semiconductor|Photonics)\b\.?"
)
_LEADING = re.compile(
    r"^(?:请|麻烦|帮忙|帮我|给我|帮|给|替|把|将|为|跟|和|与|向|到|去|在|从|对|叫|让|新增|新建|新加|增加|添加|加|录入|"
    r"录|建|登记|创建|开|有|来|了|一|个|家|条|位|的|"
    r"新|客户|线索|线锁|一条|公司|单位|叫做|名叫|名为|是|我|要|想|刚|昨天|今天|明天|上午|下午|那边|这边|:|：|,|，|\s)+"
)
CREATED = 0.9
"""How well a record's name must fit to be taken for it where something new is created."""


def organisation_in(draft: Draft, *, known: float = 0.6) -> str:
    """The first stretch that reads like an organisation's name and is no known name; '' when there is none.

    `known` is how well a record's name must fit to be taken for it: well, where something new is being created.
    """
    for match in (_ORGANISATION if known < CREATED else _NEW_ORGANISATION).finditer(draft.text):
        name = strip_leading(re.sub(r"^.*有(?:一?[个家])", "", match[0]))
        begin, stop = draft.begin + match.end() - len(name), draft.begin + match.end()
        if (
            len(name) >= 3
            and not _LABELLED.match(name)
            and not FUNCTION_WORDS.search(name)
            and not _is_known(draft, begin, stop, known)
            and not _in_time(draft, begin, stop)
        ):
            return name
    found = _ENGLISH_ORGANISATION.search(draft.text)
    if found and not _is_known(draft, draft.begin + found.start(), draft.begin + found.end(), known):
        return found[0]
    return ""


_LABELLED = re.compile(
    r"(?:主要|专门|都是)?(?:做|搞|卖|干|从事|经营)|"
    r"(?:所属)?(?:行业|地区|区域|所在地|级别|等级|来源|渠道|地址|主营|业务)(?:是|为|在|填|写|[:：])"
)
"""What begins like this is a field of a record, or what somebody trades in, and no name."""
FUNCTION_WORDS = re.compile(
    r"[他她它们我你您的了着过给把要去看陪个这那很都也就还被让叫请帮加号点吗呢吧啊]|联系|电话|客户|待办|提醒|商机|"
    r"项目|合同|报价|方案|样板"
)


def _in_time(draft: Draft, begin: int, stop: int) -> bool:
    return any(t.begin < stop and begin < t.stop for t in draft.sentence.times)


_ENGLISH_PERSON = re.compile(r"^[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}$")


def english_names(words: str) -> tuple[str, str]:
    """(person, organisation) of an English list such as 「Amy Tang, Beilun Shipping, 199…」; '' where there is none."""
    parts = [part.strip() for part in re.split(r"[,，:：;；]|\bfrom\b|\bat\b|\bof\b", words)]
    capital = [
        part
        for part in parts
        if _ENGLISH_PERSON.match(part) or (re.match(r"^[A-Z][\w&. ]+$", part, re.ASCII) and " " in part)
    ]
    people = [part for part in capital if _ENGLISH_PERSON.match(part) and len(part.split()) == 2]
    person = people[0] if people else ""
    return person, next(
        (part for part in capital if part != person and not re.match(r"(?i)new |add |create ", part)), ""
    )


def strip_leading(name: str) -> str:
    """Without the words that lead up to a name (给, 新客户, …)."""
    return _LEADING.sub("", name)


def _is_known(draft: Draft, begin: int, stop: int, least: float) -> bool:
    mentions = (m for m in draft.mentions if m.candidates and m.candidates[0].score >= least)
    return any(m.begin < stop and begin < m.stop for m in mentions)


def items(draft: Draft) -> list[str]:
    """The message cut at punctuation and spaces, for 「单位，姓名，电话」 kinds of lists."""
    return _cut(draft.everything)


def _cut(text: str) -> list[str]:
    return [piece for piece in re.split(rf"[{BREAKS}、:：\s]+", text) if piece]


def person_in(draft: Draft, *, beside: str = "") -> str:
    """A person's name that is said to be one, or that stands alone between commas, or behind a title; '' otherwise."""
    text = without_figures(draft)
    called = _CALLED.search(text) or _CALLED_RARELY.search(text)
    if called and _without_tail(called[1]) not in beside:
        return _without_tail(called[1])
    for item in _cut(text):
        bare = strip_leading(re.sub(r"^.*(?<=[\u4e00-\u9fff])的(?=[\u4e00-\u9fff]{2,4}$)", "", item))
        match = _PERSON.match(bare)
        if match and len(match[0]) >= len(bare) - 1 and _without_tail(match[0]) not in beside:
            return _without_tail(match[0])
    return _titled_person(text, beside)


def said_person(text: str) -> str:
    """The person behind a label (联系人巫启明), or of whom it is said how it is called; '' where there is none."""
    found = re.search(
        rf"(?:联系人|对接人|姓名|全名|本名|大名|名叫)(?:[:：是叫为]|\s)*((?:{COMPOUND_SURNAMES}|"
        rf"[{SURNAMES}])[\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff]{{2}})",
        text,
    )
    return found[1] if found else ""


def without_figures(draft: Draft, *others: Stretch) -> str:
    """The command with phones, times, amounts, addresses and other spans blanked, so that no name runs into them."""
    text = list(draft.sentence.text)
    own = draft.sentence
    days = (t for t in own.times if t.stop - t.begin > 1)  # a lone 春 or 秋 is part of a name as often as a season
    spans: tuple[Stretch, ...] = (*own.phones, *days, *own.amounts, *own.emails, *others)
    for span in spans:
        text[span.begin : span.stop] = "，" * (span.stop - span.begin)
    words = "".join(text[draft.begin : draft.stop])
    return "，".join([words, *(answer.text for answer in draft.answers)])


TITLES = (
    "董事长|总经理|副总经理|副总裁|总裁|总监|副总监|经理|副经理|主任|副主任|主管|厂长|副厂长|场长|院长|副院长|所长|"
    "站长|店长|校长|处长|科长|部长|局长|组长|班长|"
    "总工程师|总工|工程师|技术员|化验员|检验员|采购员|业务员|会计|出纳|财务|助理|秘书|专员|负责人|创始人|合伙人|老板|"
    "主理人|教授|医生|药师|护士长|队长|调度|"
    "[\u4e00-\u9fff]{1,3}(?:员|师)|技术总监|工艺员|质检员|仓管|库管|司机|专家|顾问|代表|总(?![务裁监机部台办]|工程|经理)"
)
_TITLE_THEN_NAME = re.compile(
    rf"(?:{TITLES})((?:{COMPOUND_SURNAMES}|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}?)(?=[^\u4e00-\u9fff]|$|的|手机|电话|号码|是|"
    rf"说|他|她)"
)
TITLE = re.compile(rf"[\u4e00-\u9fffA-Za-z]{{0,6}}?(?:{TITLES})+")


def _titled_person(text: str, beside: str) -> str:
    found = _TITLE_THEN_NAME.search(text)
    return found[1] if found and found[1] not in beside else ""


def _without_tail(name: str) -> str:
    """Drop a particle that the name pattern swallowed (蔺芳手 → 蔺芳)."""
    return name[:-1] if len(name) == 3 and name[-1] in "的手电号是在说了这那和跟" else name
