"""The title of a new task: the command without its time and without the words that ask for a reminder."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.assignees import PASSED_ON, does_it, says_colleague
from assistant.planner.embedded.handlers.tasks.words import DAY_BESIDE, SAME_DAY, THAT_HOUSE, THE_TASK_IS
from assistant.planner.embedded.pointing import person_meant
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.sentence import Sentence

_TRIGGERS = re.compile(
    r"(?:请|麻烦你?|帮忙|帮我|给我|替我|你|记得|记着|别忘了?|务必|一定)*"
    r"(?:(?:到时候?|到点|届时|提前|循环|重复|周期|定期)?(?:提醒|叫|喊|通知)(?:一?下?我|我?一下|我)?(?:一声)?|(?:设|建|加|新建|新增|添加|"
    r"创建|定|弄|来|记|排|开|挂|整|搞|列|派|布置|交代)(?:立|上|成|为|了|一?[个条项件])*"
    r"(?:[待代]办|提醒|任务|日程|闹钟|跟进)(?:事项)?|"
    r"(?:排|安排|放|加|写|记|列|挂|存|进|入|丢|塞)(?:进|到|入|上|在)?(?:我?的?)"
    r"(?:日程|[待代]办|计划|任务)(?:里|表|清单|列表)*|"
    r"(?:你)?安排(?:上|一下)|"
    r"排上|排一?个|排一?下(?=$|[，,\s])|记着|给我记(?:到|起|住|下来?)+|"
    r"到时候(?:喊我|叫我)|待办[:：]?|提醒[:：]?|remind me(?: to)?|"
    r"(?:create|add|set up|set) (?:a |an )?(?:follow-up |new )?(?:task|reminder|to-?do)(?: to| for)?|schedule)"
    r"(?:吧|哈|啊|哦|呗|呢|哟|嘛|啦|一下|好了|就行)*",
    re.I,
)
_LEFTOVER = re.compile(
    r"^(?:[\s，,。.;；:：、!！?？]|再?(?:来|加|建|设|排|添|记)一?[个条件项](?=[:：，,])|[那这]?个(?=[，,])|就(?=[，,])|记一?[下条](?=[，,\s])|请|麻烦|帮我|给我|替我|我(?:要|得|想)?|你|要|得|需要|去(?=[把拜看见找开送取拿收做办给跟和交签寄带查谈盯催聊陪接打填领换])|记得|到时候|然后|另外|"
    r"顺便|对了|再|还有|也|让我|叫我|就是|那个|都(?=[,，填交写做去打发给看刷报])|把(?=.{0,2}$)|for |to )+|"
    r"(?:[\s，,。.;；:：、!！?？]|(?<=[，,\s])(?:记一?下|给我自己|派给[他她]))+$"
)


def title_of(draft: Draft) -> str:
    """The command without its time and without the words that ask for a reminder."""
    if "title" in draft.fills:
        answer = draft.desk.read(THE_TASK_IS.sub("", draft.fills["title"]))
        return _trimmed(_TRIGGERS.sub("", _untimed(answer, 0, len(answer.text)))) or _trimmed(answer.text)
    bare = re.sub(r"^(?:呃|额|哦|不对|，|,|\s)+", "", _untimed(draft.sentence, draft.begin, draft.stop))
    bare = _AS_A_SERIES.sub("", _ASKED_AROUND.sub(r"\1", bare))
    title = _trimmed(_without_assignee(draft, _TRIGGERS.sub("，", bare, count=2)))
    return _named_person(draft, _without_customer(draft, title)).strip(" ,，。")


_AS_A_SERIES = re.compile(
    r"[，,\s]*(?:给我|帮我)?(?:(?:设|做|弄|搞|建|排|定|改|按|算|标)(?:置|定)?(?:成|为|个|作)?(?:一个)?)?(?:按?[日周月季年])?(?:循环|重复|周期|定期)"
    r"(?:性)?(?:的)?(?:吧|哈|一下|提醒|待办|任务|日程)*(?=$|[，。；])|^(?:从?(?:往|今|以)后|从今往后|从此(?:以后)?|打今儿?起)[，,\s]*(?=[，,]|\S)"
)
"""That something comes again is the task's rule and no part of its title."""
_ASKED_AROUND = re.compile(
    r"(?:设|建|整|列|弄|搞|加|排|来)(?:立|上)?一?[个条项](?:新的?)?((?!待办|提醒|任务|日程)[^，。；]{1,16}?)的?(?:提醒|待办|任务|日程)(?:事项)?(?=$|[，。；])"
)
"""整个回访提醒: what is asked for stands between 「set a」 and 「reminder」."""


def _untimed(sentence: Sentence, begin: int, stop: int) -> str:
    """The words of a stretch without its times and the 那天 before them."""
    text, taken = sentence.text, bytearray(len(sentence.text))
    for time in sentence.times:
        found = SAME_DAY.search(text[begin : time.begin]) or DAY_BESIDE.search(text[begin : time.begin])
        first = time.begin if found is None else begin + found.start()
        taken[first : time.stop] = b"\1" * (time.stop - first)
    return "".join(c for i, c in enumerate(text) if begin <= i < stop and not taken[i])


def _without_customer(draft: Draft, title: str) -> str:
    """给X发合同 → 发合同: the task's customer says it, and goes on saying it when it is corrected."""
    if len(shorter := _HOUSE_FIRST.sub("", title)) >= 2:
        title = shorter
    for mention in draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.6):
        shorter = re.sub(rf"^{re.escape(mention.text)}(?:那边|那儿|那里|这边|那)[,，]", "", title)
        if len(shorter) >= 2:
            title = shorter
    for mention in draft.mentions_of(NameKind.CUSTOMER, least=0.75):
        shorter = re.sub(rf"^(?:给|跟|和|替|为|向|与){re.escape(mention.text)}(?:那边|的人)?(?=[^的])", "", title)
        if len(shorter) >= 3:
            title = shorter.lstrip(" ,，")
    return title


_HOUSE_FIRST = re.compile(
    rf"^(?:给|跟|和|替|为|向|与|到|帮)?(?:{THAT_HOUSE.pattern})(?:那边|的人)?(?:[,，]|(?![的,，]))"
)


def _named_person(draft: Draft, title: str) -> str:
    """他 and 她 by name, so that the title still says something tomorrow."""
    person = _person_answered(draft) or _person_named(draft) or person_meant(draft, "contact", "lead")
    if person is None:
        return title
    name = str(getattr(draft.desk.crm.repository(person[0]).get(person[1]), "name", ""))
    if name and (said := re.match(rf"(?:(?:刚才|刚刚|前面)(?:说的)?)?(?:那[个位])?{re.escape(name)}[,，]", title)):
        title = title[said.end() :]
    title = re.sub("([给跟找])([他她佢](?!们))[,，]", r"\1\2", title, count=1)
    return re.sub("[他她佢](?!们)", name, title, count=1) if name else title


def _person_named(draft: Draft) -> tuple[str, int] | None:
    """The one person that the command names itself, before whom was spoken of: 「刚才那个罗某,给他设个提醒…」."""
    if not re.search("[他她佢](?!们)", draft.text):
        return None
    sure = [m.candidates[0] for m in draft.mentions_of(NameKind.CONTACT, least=SURELY)]
    people = {int(c.nameable.id) for c in sure if c.nameable.kind is NameKind.CONTACT and c.whole}
    return ("contact", people.pop()) if len(people) == 1 else None


def _person_answered(draft: Draft) -> tuple[str, int] | None:
    """Who 他 is, where that was asked and the message names one person."""
    asked = (draft.desk.question or {}).get("unknown") and draft.sentence is not draft.desk.sentence
    named = [c.nameable for m in draft.desk.sentence.mentions for c in m.candidates[:1] if c.score >= SURELY]
    people = {int(n.id) for n in named if n.kind is NameKind.CONTACT}
    return ("contact", people.pop()) if asked and len(people) == 1 else None


SURELY = 0.85


def _without_assignee(draft: Draft, title: str) -> str:
    title = re.sub(r"[，,]?(?:挂|记|算|放|归)(?:在|到|给)?[他她].{0,2}(?:名下|头上|身上|账上)?$", "", title)
    title = PASSED_ON.sub("", title).strip(" ，,。")
    if says_colleague(draft):
        title = _TOLD.sub("", title)
    for mention in draft.mentions_of(NameKind.USER, least=0.75):
        if does_it(draft, mention):
            title = title.lstrip(" ，,。").removeprefix(mention.text)
        title = re.sub(
            rf"(?:让|叫|安排|派|请|通知|指派|分配给|分给|交给|交代|指定|给){re.escape(mention.text)}(?:去|来)?"
            rf"(?:(?:办|做|跟|负责|处理|落实|盯)(?=$|[，。；]))?",
            "",
            title,
        )
    return title


_TOLD = re.compile(
    r"^[\s，,]*(?:再|另外|也|顺便)?(?:(?:给|跟|替)[他她](?:再|也)?(?:派|安排|设|建|布置|排|加|记|挂)?(?:一?[个条件项])?(?:新)?"
    r"(?:任务|[待代]办|活儿?|事)?(?=[，,：:])|派[他她]|(?:让|叫|喊|要|派|安排|通知)?[他她](?=把|交|做|去|来|发|写|整理|准备|带|拿|送|联系|打|问|盯|跟))[，,：:\s]*"
)


_TAKEN_BACK = re.compile(
    r"[，,\s]*[呃额哦啊哎]*(?:不对|说错了?|错了)(?:了|啊|哦)*[，,\s]*(?:是|应该是|改成?)?[，,\s]*$"
)
"""What is left of 「…，呃不对，是十点」 without its times."""


def _trimmed(title: str) -> str:
    title = re.sub(r"[，,\s]*[，,][，,：:\s]*", ",", title).lstrip("的")
    title = re.sub(r"^(?:[给为替][^,]{1,10})?,(?:任务|待办|提醒)就?是", "", title)
    title = re.sub(r"^(?:(?:行|好的?|对了?|ok)[，,\s]+|(?:好的|嗯|对了|那|就这[事个样]?)[，,\s]*)+", "", title)
    title = _TAKEN_BACK.sub("", title)
    title = re.sub(r"^(?:派|交代|安排|通知|布置|指派)[，,：:]+\s*", "", title)
    previous = None
    while previous != title:
        previous, title = title, _LEFTOVER.sub("", title)
    return title.strip(" ,，。")[:200]
