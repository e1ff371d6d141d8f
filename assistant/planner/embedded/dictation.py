"""A meeting told at length and filed as a minute (…就这些,存成拜访记录): all that was told is the minute."""

from __future__ import annotations

import dataclasses

from assistant.planner.embedded.desk import Desk
from intents import patterns as re
from intents.commands import NOTE, Command

LONG = 40
"""So many characters are a story and no command."""
OPENING = 60
"""Where a story begins with whom one met."""
_FILED = re.compile(
    r"(?:存|记|录|写|整理|归|留|登|落|入|做|补|收)(?:档|下|录|记)?(?:成|为|到|进|入|作|在|个|一?[条份篇段])(?:一?[条份篇段个])?(?:新的?)?[^，。；]{0,6}?"
    r"(?:纪要|记录|纪录|小结|笔记|备忘|日志|走访|拜访|档案|系统|crm)(?:里|中)?(?:去|吧|哈|啊|了|就行|就好)*(?:$|[，。；,;\s])|"
    r"(?:^|[，。；,;\s])(?:就这些|就这样|大概这样|完了|说完了|先这些)?[，,\s]*(?:你|麻烦|请|都)*(?:帮我|给我|替我)?(?:全|都)*(?:记|存|写|录)(?:一下|下来|上|起来|着|档)"
    r"(?:吧|哈|啊)*[。.\s]*$|口述|"
    r"(?:^|[，。；,;\s])(?:拜访|走访|会议|会谈|沟通)(?:纪要|记录|小结)[:：，,\s]",
    re.I,
)
_MET = re.compile(
    r"汇报|见(?:了|过|的是|到|着)|聊了|聊的|聊聊|谈了|谈的|拜访|走访|跑了|跑一?趟|去了|去一?趟|到了|碰了?(?:面|头)|吃了?(?:个|顿)?饭|通了?(?:个)?电话|打了?(?:个)?电话|"
    r"开了?(?:个)?会|刚(?:从|跟|和|去)|来访|回访|\bmet\b|\bvisited\b|\btalked\b"
)
_DICTATES = re.compile(
    r"(?:我(?:来)?(?:讲|说|念|报|唠)[，,\s]*你(?:来|给我|帮我)?(?:记|写|录|存)|(?:你)?听我(?:讲|说)[，,\s]*(?:帮我|给我)?(?:记|写))(?:一?下来?|着|好)?[，,:：\s]"
)
"""我讲你记: all that follows is to be put down."""
_HEAD = 16
"""So far into a message it may be said."""
_ADDRESSED = re.compile(
    r"提醒我|(?:叫|喊|通知)我(?!们|司|方|家)|帮我|给我(?!们|$|[，。；,;\s])|替我|麻烦你?|待办|日程|闹钟|(?:^|另外|顺便|再|然后|并|[，。；\s])(?:把|将)[^，。；]{1,20}?(?:改|推|调|标|升|降|挪|转|划|设|打)|"
    r"(?:新建|新增|添加|建|设|加|立|排|开)(?:上|立)?(?:一?[个条位张]|一)[^，。；]{0,6}(?:任务|商机|联系人|线索|客户|标签|提醒|单)|"
    r"(?:商机|金额|阶段|级别|等级|优先级)[^，。；]{0,6}(?:改|推|调|标|升|降|挪|设|到[ABC]|为[ABC])|升(?:到|成|为)[ABC]|"
    r"\bremind\b|\btask\b|\bschedule\b",
    re.I,
)
"""What is said to the assistant, and not of the customer."""


def join_story(desk: Desk, commands: list[Command]) -> list[Command]:
    """One minute of the whole story; commands that are clearly addressed to the assistant stay beside it."""
    text = desk.text
    told_at_length = len(text) >= LONG and _MET.search(text[:OPENING]) and _FILED.search(text)
    if not commands or not (told_at_length or _DICTATES.search(text, 0, _HEAD)):
        return commands
    asked = [c for c in commands if is_addressed(text[c.begin : c.stop])]
    told = [c for c in commands if c not in asked]
    if not told or any(c.question for c in told):
        return commands
    score = max([c.score for c in told if c.intent == NOTE], default=1.0)
    story = dataclasses.replace(told[0], stop=told[-1].stop, intent=NOTE, score=score, question=False)
    return sorted([story, *asked], key=lambda c: c.begin)


def is_addressed(words: str) -> bool:
    """Whether a clause asks for something else than the minute."""
    return _ADDRESSED.search(_FILED.sub("，", words)) is not None
