"""What a creation told as a list says: labelled values (单位X, 来源Y, 联系人Z), sources, who stands before whom."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.reading.new_names import FUNCTION_WORDS, items, person_in, said_person, strip_leading
from intents import patterns as re

LABELS = {
    "company": "公司名称|公司全称|单位名称|公司名|单位名|公司|单位|企业|客户名称|客户全称|客户名|全称|名称|company",
    "person": "联系人姓名|联系人|对接人|姓名|名字|contact",
    "source": "来源渠道|来源|渠道|source",
    "title": "职务|职位|岗位|头衔|title",
    "region": "地区|区域|所在地|region",
    "industry": "所属行业|行业|industry",
    "tag": "标签",
}
"""How the fields of a list are called, the longest first."""


def labelled(text: str, field: str) -> str:
    """The value behind one of a field's labels at the head of a list item; '' where there is none."""
    found = re.search(
        rf"(?:^|[，,。；;、:：\s])(?:{LABELS[field]})\s*(?:[:：]|是|为|叫|填)?\s*[「“\"']?([^，,。；;、:：\s「」“”\"']+)",
        text,
        re.I,
    )
    return found[1].rstrip("的") if found else ""


_TOLD_OF = re.compile(
    r"[他她它你我您吗呢吧么错谁啥]|什么|多少|哪|不对|(?:改|换|更新?|调|变|填|补|加|打|贴|删|去|要|先|再|给|一下|登|记|有误|信息|字段|那栏|一栏).*"
)
"""What stands behind a label where the value itself is said elsewhere."""


def listed_value(text: str, field: str) -> str | None:
    """The value that follows a label at once in a list of fields: 「级别B,区域宿州」; None where none does."""
    value = labelled(text, field)
    return value if 1 < len(value) <= LONGEST_VALUE and not _TOLD_OF.match(value) else None


LONGEST_VALUE = 8


_SOURCES = (
    "展会|官网|网站|(?:老客户|客户|朋友|同行|同事|熟人|亲戚|别人)(?:推荐|介绍)|转介绍|介绍|陌拜|电话|抖音|快手|视频号|短视频|直播间?|公众号|领英|linkedin|百度|阿里|投放|广告|邮件|协会|论坛|"
    "沙龙|微信|小红书|推荐|exhibition|referral|website|trade show|webinar|event"
)
SOURCE = re.compile(_SOURCES, re.I)


def before_the_person(draft: Draft) -> str:
    """In a list 「单位，姓名，电话」, the item right before the person's name."""
    person = said_person(draft.everything) or person_in(draft)
    listed = [
        strip_leading(re.sub(r"^.*(?:有(?:一?[个家])|[\u4e00-\u9fff]的(?=[\u4e00-\u9fff]{3}))", "", i))
        for i in items(draft)
    ]
    at = next((i for i, item in enumerate(listed) if person and person in item), 0)
    for before in reversed(listed[:at]):
        if 4 <= len(before) <= 20 and not FUNCTION_WORDS.search(before) and not SOURCE.search(before):
            return before
    return ""
