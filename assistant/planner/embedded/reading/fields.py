"""Reads the new values of record fields out of a command: level, title, phone, address, tags, aliases, priority."""

from __future__ import annotations

from functools import cache

from assistant.planner.embedded.reading.new_names import TITLE
from intents import patterns as re
from intents.names.lexicon import lexicon
from intents.names.ordinary import dictionary
from intents.phonetics import folded_syllables

_SET = (
    r"(?:(?:登记|记录|录入|填写|标注)(?:成了?|为|到|作|上|在)|(?:更新|修改|变更|更换|调整|改|换|变|写|填|设|定|记|标|升|降|调|转|提)(?:成了?|为|到了?|至|是|做|叫)?|(?:"
    r"成了?|为|到了?|至|是|做|叫)|(?:补|填|写|加|添|登|记|录)(?:充|上|进去?)(?:个|一[个下])?)"
)
_VALUE = (
    r"[「“\"']?([^，。；！？,;!?\n”」\"']{1,60}?)[」”\"']?(?:了|吧|哈|哦|啊|就行|就好|即可)*(?=$|[，。；！？,;!?\n])"
)
_LEVEL = re.compile(
    r"([A-Ca-c])\s*(?:级|类|档)|(?:级别|等级|评级)[^A-Za-z\d]{0,10}(?:应该|应当|其实|是|为|改成?|成|到)\s*([A-Ca-c])(?![A-Za-z])|(?:级别|等级|评级|分级|level)\D{0,6}?([A-Ca-c])(?![A-Za-z])|(?:升|降|调|提|改|定|"
    r"列)(?:到|为|成|至|回)\s*([A-Ca-c])(?![A-Za-z])|(?:先|暂|就)(?:放|算|给|定|按|评|归)(?:个|在|成|为|作)?\s*([A-Ca-c])(?=$|[级了吧，。！,;；\s])|(?:恢复|还原|退回|回到|还是|变回)(?:到|为|成)?\s*([A-Ca-c])(?=$|[级了吧，。！,;；\s])|(?:升|降|提|评)\s*([A-Ca-c])(?=$|[了吧，。！,;；\s])",
    re.I,
)
_WEBSITE = re.compile(
    r"(?:https?://|www\.)[\w./%#?=&:-]+|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|example)(?:/[\w./%-]*)?", re.I
)
_NEXT = r"[，,\s]+(?:叫做?|就?叫|是|写)?([\u4e00-\u9fffA-Za-z0-9]{2,10})[。.\s]*$"
"""加个别名，X: the value stands behind a pause, last of all."""
_ADDS = r"(?:加|添|补|记|起|取|挂|打|贴|标)(?:上|个|一个|了|条)*(?:新的?)?"
_TAG = (
    re.compile(
        r"(?:打上?|加上?|贴上?|标上|挂上?|添加)?(?:一?个)?(?:标签|tag)(?:\s*(?:是|为|叫做?|名叫?|写|内容|called|named)\s*"
        r"[:：]?\s*|\s*[:：]\s*|\s+(?!叫)|(?=[「“\"']))[「“\"']?([^，。；「」“”\"']{1,16})",
        re.I,
    ),
    re.compile(
        r"(?:打上?一?个?|加上?一?个?|贴上?一?个?|挂上?一?个?|添加|新增|标上|标记为|标为)[「“\"']?([^，。；"
        r"「」“”\"'的]{1,16}?)[」”\"']?(?:的)?(?:标签|tag)",
        re.I,
    ),
    re.compile(
        r"标签\D{0,2}?(?:打上|加上|加个|添加|贴上|加|补|添|为|是|[:：])(?:上)?(?:一?个|一条)?"
        r"\s*[「“\"':：]*([^，。；「」“”\"']{1,16})",
        re.I,
    ),
    re.compile(r"标签[「“\"']([^，。；「」“”\"']{1,16})[」”\"']"),
    re.compile(r"标签[，,\s]*(?:就)?(?:名叫|叫做?|写|内容是?|是|为)\s*[「“\"']?([^，。；「」“”\"']{1,16})"),
    re.compile(rf"{_ADDS}标签{_NEXT}"),
    re.compile(r"tag(?:ged)?\s+(?:it\s+)?(?:as|with)?\s*[\"']?([\w-]{1,20})", re.I),
)
_UNTAG = (
    re.compile(
        r"(?:去掉|删掉|删除|移除|取消|拿掉|撕掉|摘掉|摘)[「“\"']?([^，。；「」“”\"'的]{1,16}?)[」”\"']?(?:的|"
        r"这个)?(?:标签|tag)",
        re.I,
    ),
    re.compile(r"标签[「“\"']?([^，。；「」“”\"'的]{1,16}?)[」”\"']?(?:去掉|删掉|移除|摘掉|取消)", re.I),
)
_ALIAS = re.compile(
    r"(?:简称|别名|又叫|也叫|也称|俗称|外号|小名|aka)(?:再|也|还)?(?:" + _SET + r"|添上?一?个?|加上?一?个?|"
    r"补上?一?个?)?(?:[，,]\s*(?:叫做?|是|为)\s*)?[「“\"':：]?([^，。；「」“”\"']{1,20})",
    re.I,
)
_ALIAS_NEXT = re.compile(rf"{_ADDS}(?:别名|简称|小名|外号){_NEXT}")
_QUOTED_ALIAS = re.compile(
    r"[「“\"']([^，。；「」“”\"']{1,20})[」”\"'][，,\s]*(?:这个|也|就)?(?:给他们?|给它)?"
    r"(?:记|加|存|设|写|添|补|登记|当)(?:成|为|作|个|上|到|进|做)*(?:新?的?)(?:别名|简称|俗称)"
)
_HIGH = re.compile(
    r"(?:标|设|改|调|提|升)(?:成|为|到|个)?(?:最|更)?高(?=$|[，。！的吧])|高优|优先级?.{0,6}(?:高|最高|提|"
    r"置顶|\bhigh|\burgent)|(?:标|设|改|调)(?:成|为|到|个)?(?:最|很|特|加)?(?:急|要紧)(?:的|$)|最急|最要紧|"
    r"顶急|(?:标|设|改|调).{0,3}(?:紧急|加急|重要)|紧急|加急|特急|urgent|high "
    r"priority|priority.{0,6}high",
    re.I,
)
_LOW = re.compile(r"低优|优先级?.{0,6}(?:低|放低|降|\blow)|不急|不着急|low priority|priority.{0,6}low", re.I)
_NORMAL = re.compile(
    r"优先级?.{0,6}(?:普通|正常|中等?|一般|还原|恢复|\bnormal|\bmedium)|normal priority|"
    r"(?:降|升|调|改|设|标|放|恢复|回)(?:回|成|为|到|作|个)?(?:普通|一般|正常)(?:级别?|的)?(?=$|[，。！的吧就了])|"
    r"priority.{0,6}normal",
    re.I,
)


_LETTERS = {**dict.fromkeys("诶欸哎", "A"), **dict.fromkeys("必毕比币逼", "B"), **dict.fromkeys("西希吸溪", "C")}
_LETTER_HEARD = re.compile(rf"(?<=[升降调改定提评][到成为至])[{''.join(_LETTERS)}](?=[级类档])")
"""A level's letter as a recogniser writes it: 调成诶级."""


def level_in(text: str) -> str | None:
    """A customer level A, B or C that the text sets."""
    found = _LEVEL.search(_LETTER_HEARD.sub(lambda m: _LETTERS[m[0]], text))
    return None if found is None else next(g for g in found.groups() if g).upper()


def website_in(text: str) -> str | None:
    """A web address."""
    found = _WEBSITE.search(text)
    return found[0] if found else None


def tags_added(text: str) -> list[str]:
    """Tags that the text puts on."""
    return [] if tags_removed(text) else _first(_TAG, text)


def tags_removed(text: str) -> list[str]:
    """Tags that the text takes off."""
    return _first(_UNTAG, text)


_NO_TAG = ("个", "上", "上个", "一个", "了", "叫", "")


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> list[str]:
    found = next((m for p in patterns if (m := p.search(text)) and m[1].strip() not in _NO_TAG), None)
    return [] if found is None else [part for part in re.split("[、和]", found[1].strip()) if part]


_FROM_NOW = r"(?:以后|往后|今后|之后|日后|将来|下次|从今)"
_ALIAS_TAUGHT = re.compile(
    rf"{_FROM_NOW}[^，。；]{{0,8}}?(?:说|讲|提到?|提起|喊|叫|写)(?:的|起)?[「“\"']?([^，。；「」“”\"'的说讲]{{1,8}}?)[」”\"']?[，,\s]*(?:的?时候|的话)?[，,\s]*"
    r"(?:我?(?:指的|说的|讲的)(?:就|都)?是|就是指|就是在?说|就指|即指|是指|指)(?=[\u4e00-\u9fffA-Z])|"
    rf"{_FROM_NOW}[^，。；]{{0,8}}?管[^，。；]{{1,20}}?叫(?:做|成)?[「“\"']?([^，。；「」“”\"']{{1,6}}?)[」”\"']?(?:了|吧|哈)*(?=$|[，。；])|"
    rf"{_FROM_NOW}[^，。；]{{0,6}}?叫(?:[它他]们?)?[「“\"']?([^，。；「」“”\"']{{1,6}}?)[」”\"']?(?:了|吧|哈)*(?=[，,。\s].*(?:叫法|称呼|记))"
)
"""「往后我说老磐,指的就是磐岳矿业」: how the speaker is going to call a customer."""
_ALIAS_BY_HABIT = re.compile(
    r"(?:平时|平常|一般|私下|内部|习惯|一直|大家|我们|咱们?|他们)(?:里|上|都|也|就|管它|管他们)*(?:叫|喊|称)(?:它|他们|作|做|成)?[「“\"']?"
    r"([^，。；「」“”\"'的]{1,8}?)[」”\"']?[，,。；\s].{0,10}(?:别名|简称|叫法|称呼)"
)
"""「我们平时都叫莞大,给它加上这个别名」."""
_NO_ALIAS = re.compile(r"什么|啥|哪|[他她它这那我你](?!家$)|一?个|客户|简称|别名")


def alias_in(text: str) -> str | None:
    """A short name that the text gives."""
    taught = _ALIAS_TAUGHT.search(text) or _ALIAS_BY_HABIT.search(text)
    name = next((group for group in taught.groups() if group), "") if taught else ""
    if name and not _NO_ALIAS.search(name):
        return name.strip()
    called = _ALIAS_CALLED.search(text) if _KEEPS_ALIAS.search(text) else None
    if called and not _NO_ALIAS.search(called[1]):
        return called[1].strip()
    found = _QUOTED_ALIAS.search(text) or _ALIAS.search(text) or _ALIAS_NEXT.search(text)
    return found[1].strip() if found and not _NOWHERE.fullmatch(found[1].strip()) else None


_ALIAS_CALLED = re.compile(
    r"(?:叫|喊|唤|称呼|称)(?:[它他她]们?家?|那家|这家)?(?:做|作|成|为|是)?[「“\"']?((?!法|什么|啥)[^，。；,;\s「」“”\"']{2,8}?)[」”\"']?"
    r"(?:了|的)?(?=[，。；,;\s])"
)
"""What a customer is called, said before the order to keep it: 「我们平时管它叫老茅茶厂,加成别名」."""
_KEEPS_ALIAS = re.compile(
    r"[，。；,;\s](?:帮我|给我|请|麻烦|也|就)*(?:加|记|存|设|添|补|登记?|当|录)[^，。；]{0,8}(?:别名|简称|叫法|小名|外号|昵称|俗称)"
)
_NOWHERE = re.compile(r"(?:里[面头边]?|中|上|去|进去|一下|一个|个|吧|了|呗|哈|好)+")
"""What follows 「加到简称」 and is no name."""


def priority_in(text: str) -> str | None:
    """'high', 'low' or 'normal' where the text speaks of priority."""
    for pattern, priority in ((_NORMAL, "normal"), (_LOW, "low"), (_HIGH, "high")):
        if pattern.search(text):
            return priority
    return None


def value_after(text: str, *labels: str) -> str | None:
    """What the text says a field becomes: 「地址改成X」, 「行业: X」, 「address is now X」."""
    label = "|".join(labels)
    for pattern in (
        rf"(?:{label})[^，。,]{{0,6}}(?:错|不对|有误)[^，。,]{{0,4}}[，。,\s]+(?:应当?|应该|其实|实际|得)?(?:是|为|改成?|写成?)\s*{_VALUE}",
        rf"(?:{label})(?:信息|字段|栏|一栏|那栏|那项|那里)?(?:现在|已经|都|也|要|得|应该|请|帮我|给我)*{_SET}\s*[:：]?\s*{_VALUE}",
        rf"(?:{label})\s*[:：]\s*{_VALUE}",
        rf"(?:{label})(?:\s+(?:is|to|as|now|should be|becomes))+\s+{_VALUE}",
    ):
        found = re.search(pattern, text, re.I)
        if found and not _NO_VALUE.fullmatch(found[1].strip()):
            return found[1].strip(" :：的")
    return None


def title_in(text: str, *, known: str = "") -> str | None:
    """A job title that the text gives somebody, the one said last; `known` titles (the old one) are passed over."""
    found = [m[0] for m in TITLE.finditer(text)]
    fresh = [_clean_title(title) for title in found]
    fresh = [title for title in fresh if title and title not in known and not _NO_TITLE.search(title)]
    return fresh[-1] if fresh else None


@cache
def _titles_by_sound() -> dict[tuple[str, ...], str]:
    written = (title for title in lexicon().titles if len(title) > 1 and not title.isascii())
    return {tuple(folded_syllables(title)): title for title in written}


def titles_heard(text: str) -> str:
    """The text with titles that a recogniser wrote with other characters written right: 副总经里 is 副总经理.

    One character at least must be right, and a stretch that is a word in its own right (主人) stays what it is.
    """
    heard, known = folded_syllables(text), _titles_by_sound()
    for begin in range(len(text) - 1):
        for size in (5, 4, 3, 2):
            said, title = text[begin : begin + size], known.get(tuple(heard[begin : begin + size]))
            if title and len(said) == size and said != title and set(said) & set(title) and not _is_word(said):
                return text[:begin] + title + titles_heard(text[begin + size :])
    return text


def _is_word(text: str) -> bool:
    return dictionary().frequency(text) > 0


_NO_TITLE = re.compile(r"[他她它们我你您咱俺这那哪给把让叫跟请找去来]|^总$|标题|总部|总机|总共|联系人|电话")
"""No job is called by such words: 「他们总」 is a piece of 他们总部."""
_TITLE_LEAD = re.compile(
    r"^.*?(?:职务|职位|岗位|头衔|联系人|对接人|升任|升为|升成|升到|调任|调为|提拔为|提为|当上了?|当了?|任命为|担任|出任|转为|转成|改成了?|改为|换成了?|"
    r"填成?|填写|登记为?|写成|写|更新为|变成了?|变为|现在是|现为|现任|不管.{1,6}了|已经是|"
    r"成了|成为|做了?|是|叫|的|个|位|为|任|成|到|,|，|:|：)(?=[\u4e00-\u9fffA-Za-z])"
)


def _clean_title(title: str) -> str:
    while True:
        shorter = _TITLE_LEAD.sub("", title, count=1)
        if shorter == title or len(shorter) < 2:
            return title
        title = shorter


_MOVED = re.compile(r"(?:搬|迁)(?:家|迁|址)?(?:到|去|至|往|进)?了?\s*" + _VALUE)
_STREET = re.compile(r"[路街道巷弄号栋楼幢座层室园厦村镇]|\d|road|street|avenue|building", re.I)
_MOVED_TAIL = re.compile(r"(?:那边|那儿|那里|这边|去|来|办公|了|啦)+$")
_NO_PLACE = re.compile(
    r"新?(?:办公室|办公楼|办公点|地方|地址|地儿|址|家|厂房?|楼|店|园区|场地|车间)|完|好|走|过来?|了|啦|"
    r"新[\u4e00-\u9fff]{0,2}(?:校区|厂区|院区|园区|校舍|校园|馆|楼|店|址|基地|仓库?|总部|公司|铺面?|门面|工厂|大厦)"
)
"""Somebody moved, but whither is not said."""
_PLACED = re.compile(
    r"(?:新|现)?(?:地址|办公地点|厂址|注册地)(?:信息)?\s*(?:现在|已经|都|也|要)*" + _SET + r"?\s*[:：]?\s*" + _VALUE
)
_POSTAL = re.compile(
    r"(?:^|(?<=[，。；,;:：\s]))(?:在|是|到)?([\u4e00-\u9fff]{0,14}(?:路|街|道|巷|弄|村|镇|园区?|广场|大厦)[^，。；,;\s]{0,12}?\d+[^，。；,;\s]{0,12}?)"
    r"(?:了|吧|哈|啊)*(?=$|[，。；,;\s])"
)
"""A street with a number: an address whatever stands around it."""


def address_in(text: str) -> str | None:
    """A postal address that the text gives: labelled, as where somebody moved, or beside talk of either."""
    moved = moved_to(text)
    found = _PLACED.search(text) or re.search(r"address\s+(?:is|to|:)\s*" + _VALUE, text, re.I)
    labelled = re.sub(r"^(?:在|位于|坐落于?)", "", before_pause(found[1].strip())) if found else ""
    street = _POSTAL.search(text) if found or moved or re.search("地址|搬|迁", text) else None
    if len(labelled) >= LEAST_ADDRESS and _STREET.search(labelled) and not _NO_PLACE.fullmatch(labelled):
        return labelled
    if moved and _STREET.search(moved):
        return moved
    if street:
        return street[1]
    return labelled if len(labelled) >= LEAST_ADDRESS and not moved and _is_place(labelled) else None


LEAST_ADDRESS = 3


def _is_place(value: str) -> bool:
    return not _NO_PLACE.fullmatch(value) and not re.search("[改换搬更]|一下|帮|记", value)


_PAUSE = re.compile(r"(?<=[\u4e00-\u9fff\d])\s+(?=[\u4e00-\u9fff])")
_NEXT_WORDS = re.compile(
    r"区域|地区|地址|电话|总机|级别|等级|标签|行业|职务|金额|来源|备注|改|换|更新|登记|记|存|录|帮|麻烦|请|另外|还有|顺便|然后|再|谢谢|提醒|那边|这边|他|她|它|我|你"
)


def before_pause(value: str) -> str:
    """A dictated value up to the pause behind which something else is said: 「佛山了 区域改一改」 is 佛山."""
    pieces = _PAUSE.split(value)
    kept = pieces[:1]
    for piece in pieces[1:]:
        if _NEXT_WORDS.search(piece) or re.search("[了吧啊哈]$", kept[-1]):
            break
        kept.append(piece)
    return re.sub(r"(?:了|吧|啊|哈)+$", "", " ".join(kept)).strip()


def moved_to(text: str) -> str:
    """Where somebody has moved: a street is an address, a mere place a region; '' when nobody moved."""
    found = _MOVED.search(text)
    place = _MOVED_TAIL.sub("", before_pause(found[1].strip())) if found and len(found[1]) >= 2 else ""
    return "" if _NO_PLACE.fullmatch(place) or place.startswith("新办公") else place


def region_in(text: str) -> str | None:
    """The region that the text gives, by its label or as the place that somebody moved to."""
    said = before_pause(value_after(text, "地区", "区域", "region") or "")
    if said and not _NO_VALUE.fullmatch(said):
        return said
    moved = moved_to(text)
    if moved.rstrip("市县区") not in lexicon().regions and _OF_REGION.search(text):
        return None  # the field itself is spoken of, so that what is no known place is merely where they work
    return moved if moved and not _STREET.search(moved) else None


_OF_REGION = re.compile(r"(?:地区|区域)[^，。；,;]{0,4}(?=[登记填写改换是为标])")
_NO_VALUE = re.compile(
    r"(?:一下|下|过来|掉|一改|改|换|更新|变|调|一换|[改换]过来|对|错|我|帮|一致|[\u4e00-\u9fff]?了)+"
)
"""What follows 区域改 where the value itself is said elsewhere."""


_TAIL = re.compile(
    r"(?:最后|末尾|末|后|尾)(?:[一二两三四五六七八九十\d]+)?(?:位|个)?(?:数字?|号码?)?[^\d，。,]{0,4}?(?:不对|错了?|不是\s*\d+)?[，。,\s]*"
    r"(?:应当?|应该|其实|实际上?|改|更正)?(?:是|为|成)?\s*(\d{2,8})(?!\d)|(?:last|ending)\D{0,24}?(\d{2,8})(?!\d)",
    re.I,
)


def completed_phone(text: str, known: str | None) -> str | None:
    """A number of which only the end is said (最后四位是7010), completed from the one on record."""
    found = _TAIL.search(text)
    digits = next((g for g in found.groups() if g), "") if found else ""
    return known[: -len(digits)] + digits if known and digits and len(digits) < len(known) else None
