"""Commands given bare (「加个提醒」): nothing but a verb and the kind of record; the rest is asked for."""

from __future__ import annotations

from assistant.messages import Do, Step
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.table import HANDLERS
from intents import patterns as re

_FILL = (
    r"请|麻烦你?|帮忙|帮我|给我|替我|帮|我们?|想要?|要|得|需要|打算|准备|现在|先|再|来|一|个|条|份|篇|笔|位|家|项|次|下|上|"
    r"新的?|的|了|吧|哈|啊|嘛|呗|呢|please|can you|could you|i want to|i need to|let me|a|an|the|new|\s|[，,。.！!～~]"
)
_VERB = (
    r"新建|新增|添加|增加|创建|建立|建档|设置|设定|设|加|建|添|记录|记|写|补录|补|录入|录|登记|做|整理|整|搞|弄|开|立|排|安排|定|挂|存|"
    r"add|create|set up|set|make|log|write|record|open"
)
_KINDS = {
    "create_task": r"提醒|待办(?:事项)?|任务|日程|闹钟|跟进事项|reminder|task|to-?do",
    "create_contact": r"联系人|contact(?: person)?",
    "create_customer": r"客户(?:档案|资料)?|customer|account",
    "create_opportunity": r"商机|销售机会|机会|opportunity|deal",
    "create_lead": r"线索|lead",
    "record_note": (
        r"(?:客户)?(?:拜访|走访|会议|会谈|沟通|电话|回访|洽谈|访谈)?(?:的)?(?:纪要|纪录|记录|小结|笔记|日志)|拜访|走访|会谈|回访|"
        r"(?:meeting |visit |call )?(?:notes?|minutes)|visit"
    ),
}
_TAIL = r"可以吗|可不可以|行吗|行不行|好吗|能不能|吗|吧|哈|啊|呢|吗|[？?。.!！，,\s]"
_BARE = {
    intent: re.compile(rf"^(?:{_FILL}|可以|能不能|能)*(?:{_VERB})(?:{_FILL}|{_VERB})*(?:{kind})(?:{_TAIL})*$", re.I)
    for intent, kind in _KINDS.items()
}
_CANONICAL = {
    "create_task": "提醒我",
    "create_contact": "新建联系人",
    "create_customer": "新建客户",
    "create_opportunity": "新建商机",
    "create_lead": "新建线索",
    "record_note": "记个纪要:",
}
"""What the answers are put behind, so that together they read like the command said in one go."""
_LATER = re.compile(
    r"[，,。\s]*(?:名字|名称|金额|内容|时间|日期|细节|别的|其他|其余|具体)?(?:和|跟|、|以及)?(?:名字|名称|金额|内容|时间|日期|细节|具体)?(?:的)?"
    r"(?:我|让我|容我)?(?:再)?(?:想想|想一想|想一下|琢磨琢磨|还没想好|没想好|待会儿?(?:再)?说|等下(?:再)?说|一会儿?(?:再)?说|稍后(?:再)?说)"
    r"[。.，,\s]*$"
)


def asks_for_the_rest(desk: Desk) -> list[Step]:
    """The question that a bare command leads to; [] when the message says more (or something else)."""
    intent = next((name for name, pattern in _BARE.items() if pattern.match(desk.text)), None)
    if intent is not None:
        return _question(_draft(desk, intent, _CANONICAL[intent]))
    later = _LATER.search(desk.heard.text)
    if later and (found := _creation_before(desk.heard.text[: later.start()])):
        return _question(_draft(desk, found, desk.heard.text[: later.start()]))
    return []


def _creation_before(text: str) -> str | None:
    """What 「要给某某新立一个商机」 is about to create."""
    return next(
        (name for name, kind in _KINDS.items() if re.search(rf"(?:{_VERB})(?:{_FILL})*(?:{kind})$", text, re.I)), None
    )


def _draft(desk: Desk, intent: str, words: str) -> Draft:
    sentence = desk.read(words)
    return Draft(desk=desk, sentence=sentence, begin=0, stop=len(sentence.text), intent=intent)


_FIRST = {
    "create_task": ("title", "要提醒您做什么,什么时候?", "What should I remind you of, and when?"),
    "create_contact": ("name", "这位联系人叫什么名字?", "What is the contact's name?"),
    "create_customer": ("name", "新客户的全称是什么?", "What is the new customer's full name?"),
    "create_opportunity": (
        "name",
        "是哪个客户的?叫什么名字,金额多少,预计什么时候签?",
        "Which customer, what name, what amount, and when is it to close?",
    ),
    "create_lead": ("name", "这条线索的联系人或公司叫什么?", "Who is the lead?"),
    "record_note": ("content", "好的,是哪个客户,聊了什么?", "Sure: which customer, and what was discussed?"),
}


def _question(draft: Draft) -> list[Step]:
    """What the handler asks; where it would write at once, the first thing that it should know."""
    slot, zh, en = _FIRST[draft.intent]
    if draft.intent != "create_task":
        steps = HANDLERS[draft.intent](draft)
        if not any(isinstance(step, Do) for step in steps):
            return steps
    return [draft.ask(slot, draft.say(zh, en))]
