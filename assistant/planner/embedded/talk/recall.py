"""Questions about what was just written or held (「改好没有」, 「定的几点」): the record is read out."""

from __future__ import annotations

from typing import Any

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.common import keep_in_focus
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.pointing import point
from assistant.planner.embedded.resolve import NOTHING, Verdict, resolve_customer
from assistant.planner.embedded.talk.message import evidence_of, whole
from assistant.planner.embedded.targets import task_scores, told_apart
from intents import patterns as re
from intents.names import Kind

LONGEST = 26
RECENT = 4
"""A question that names no record reaches back so many turns."""
_DONE_YET = re.compile(
    r"(?:改|记|存|设|排|建|加|弄|办|写|定|换|标|录)(?:好|上|进去|成功|对|完)?(?:了)?(?:没有?|吗|么)[，,。？?]|"
    r"(?:改|记|存|设|排|建|加|弄|办|写|定|换|标|录)(?:好|上|进去|成功|对)(?:了)?(?:没有?|吗|么|$)|"
    r"(?:念|读|复述|报|核对|重复|说)(?:给我听|一遍|一下我?听?|给我(?:听听|核对)?|出来)|(?:完整|再|重新)(?:地)?(?:念|读|复述|报)"
)
_SET_TO = re.compile(
    r"(?:定|排|设|约|改|记|挪|推)(?:的|在|到|成|为)(?:是|的)?(?:几点|几号|哪天|哪一天|什么时候|啥时候|周几|多少|几级|什么|啥|谁)|"
    r"(?:现在|眼下|目前|当前|如今)(?:是|在|归|算|多少|的)?.{0,4}(?:多少|几级|什么|啥|谁|几点|几号|哪)|"
    r"(?:还是|还算|仍是|仍算|算是?|是不是还).{1,10}(?:吧|吗|么|没变)[？?]?$|没(?:动|变|改)(?:吧|吗)|原来(?:的|是|定)|"
    r"(?:原本|本来|原先)(?:是|该|应该|要|定)*.{0,3}(?:哪天|几号|几点|周几|什么时候|啥时候)"
)
_POINTS = re.compile(r"这[单条项个家位笔]|那[单条项个家位笔]|[它他她](?!们)|刚才|刚刚|刚改|刚记|新的?签约日|该[单条项]")
_ABOUT = re.compile(
    r"多少|几级|几点|几号|哪天|什么时候|啥时候|谁手里|归谁|谁管|谁负责|阶段|什么级|到期|签约日|金额|核对|复述"
)
_KIND_WORDS = {
    "opportunity": "[这那该]单|商机|单子|签约|阶段|成交|金额|赢单|丢单",
    "task": "待办|任务|提醒|日程|几点|[这那][项件]",
    "contact": "电话|手机|号码|职务|邮箱|[他她](?!们)",
    "customer": "[这那]家|客户|几级|级别|等级|标签",
    "note": "纪要|记录|[这那]条.*(?:念|读)|(?:念|读).*[这那]条",
    "lead": "线索",
}
_OF_TASKS = re.compile(r"几点|几号|几时|哪天|什么时候|啥时候|日期|时间|到期|下次|谁手里|谁在?办|做了没|办了没")
_MANY = re.compile(r"哪些|列|所有|全部|都有|各|分别|几[个条单家]|一共|合计")
_ALL_OF_IT = re.compile(r"(?:什么|啥|嘛)(?:个)?(?:情况|局面|状况|光景)|(?:情况|局面|状况)"
    r"(?:怎么样|如何|咋样|怎样)|(?:怎么样|咋样)了?[？?]?$")
"""How things stand with a customer asks for all of it, not for the record written last."""
NAMED_TASK = 0.4
SURE_NAME = 0.75


def recalled(desk: Desk) -> list[Step]:
    """The reading of the record that the question is about; [] when it is no such question."""
    if len(desk.text) > LONGEST:
        return []
    named = _named_task(desk)
    if named:
        return named
    all_of_it = _ALL_OF_IT.search(desk.text) and _names_customer(desk)
    moved = _brings_a_value(desk) and any(t.same_clock for t in desk.sentence.times)
    if all_of_it or moved or _MANY.search(desk.text):
        return []
    if _PRICE_UNTOUCHED.search(desk.text) and (priced := _its_deals(desk)):
        return priced
    if (lead := _of_the_lead(desk)) is not None:
        return _read(desk, "lead", lead)
    plain = bool(_DONE_YET.search(desk.text) or _SET_TO.search(desk.text))
    pointing = bool(_POINTS.search(desk.text) and _ABOUT.search(desk.text)) and not _brings_a_value(desk)
    if not plain and not pointing:
        return []
    if (other := _other_of_list(desk)) is not None:
        return _read(desk, *other)
    draft = whole(desk, "recall")
    point(draft)
    pointed = next(((kind, int(i)) for kind, i in draft.hints.items() if kind in _READERS), None)
    record = pointed or _record(desk)
    if record is None or _names_another(desk, *record):
        return []
    return _read(desk, *record)


def _names_customer(desk: Desk) -> bool:
    best = [m.candidates[0] for m in desk.sentence.mentions if m.candidates]
    return any(c.nameable.kind is Kind.CUSTOMER and c.score >= SURE_NAME for c in best)


_PRICE_UNTOUCHED = re.compile(r"(?:投标价|报价|标价|价钱|价格|金额|钱数).{0,3}(?:没|未)(?:动|变|改)")


def _its_deals(desk: Desk) -> list[Step]:
    """The deals of the customer whose minute was written or shown last: a minute has no price."""
    customer = desk.focus("customer")
    if customer is None or desk.topic != "note" or _names_another(desk, "customer", customer):
        return []
    return [Do(calls=(ToolCall(tool="list_opportunities", args={"customer": customer, "status": "open"}),))]


_BARE_OF_A_LEAD = re.compile(
    r"(?:那|他|她|这人|那人|这条|那条)*是?(?:哪个|哪家|哪一?家|什么|啥)(?:单位|公司|企业)(?:的|来着|呢|啊)*[？?]?|(?:线索)?(?:是)?哪(?:来|儿来)的[？?]?"
)
"""「是哪个单位的」: of the lead spoken of last."""


def _of_the_lead(desk: Desk) -> int | None:
    fits = _BARE_OF_A_LEAD.fullmatch(desk.text) and desk.topic == "lead" and desk.turns_ago("lead") <= RECENT
    return desk.focus("lead") if fits and not desk.question else None


def _is_fresh_task(desk: Desk) -> bool:
    """Whether a task spoken of in the message before, and not written, is asked for its time."""
    written = desk.last is not None and int(desk.state.get("turn", 0)) == int(desk.last["turn"])
    return not written and desk.turns_ago("task") <= 1 and bool(_OF_TASKS.search(desk.text))


def _brings_a_value(desk: Desk) -> bool:
    """Whether a value to set is said and nothing is asked: 「那单签约日放到六月二十五」."""
    valued = bool(desk.sentence.times or desk.sentence.amounts)
    return valued and bool(_PUTS.search(desk.text)) and not evidence_of(desk).asks


_PUTS = re.compile(
    r"(?:放|挪|推|调|改|定|提|换|设|写|记|填|移|延|拖|变|订|登|标|落|安排?|排)(?:前|后|早|迟)?(?:到|成|为|在|至|个)|提前|推迟|延后|顺延"
)


def _record(desk: Desk) -> tuple[str, int] | None:
    """Type and id of the record written last, of the kind the words speak of where they do."""
    last = desk.last
    if desk.newest("task", "opportunity") == ("task", desk.focus("task")) and _is_fresh_task(desk):
        return "task", int(desk.focus("task") or 0)
    customer = desk.focus("customer")
    if customer is not None and _POINTS.search(desk.text) and re.search("几级|级别|等级|标签|简称", desk.text):
        return "customer", customer
    if last is None or int(desk.state.get("turn", 0)) - int(last["turn"]) >= RECENT:
        return None
    written = [(str(kind), int(i)) for kind, i, op in last["records"] if op != "delete" and kind in _READERS]
    alive = [(kind, i) for kind, i in written if desk.crm.repository(kind).get(i) is not None]
    spoken = [kind for kind, words in _KIND_WORDS.items() if re.search(words, desk.text)]
    fitting = [record for record in alive if record[0] in spoken]
    if spoken and not fitting:
        return None
    found = fitting or alive
    if not found:
        return None
    return found[0] if re.search("前面那|前一[个位条]|头一|前者|先前那", desk.text) else found[-1]


def _other_of_list(desk: Desk) -> tuple[str, int] | None:
    """One of the deals or tasks chosen from before, told by a word of its name: 「那CBCT那个原来定的几号」."""
    for kind in ("opportunity", "task"):
        draft = whole(desk, "opportunity_detail")
        if (found := told_apart(draft, kind, desk.listed_before(kind))) is not None:
            return kind, found
    return None


def _names_another(desk: Desk, kind: str, record_id: int) -> bool:
    """Whether the message names some other record than this one or its customer, or a colleague."""
    record = desk.crm.repository(kind).require(record_id)
    customer = getattr(record, "customer_id", None)
    for mention in desk.sentence.mentions:
        sure = [c.nameable for c in mention.candidates if c.score >= SURE_NAME and c.nameable.kind is not Kind.STAGE]
        own = any(
            (n.kind == kind and n.id == record_id) or (n.kind is Kind.CUSTOMER and n.id == customer) for n in sure
        )
        if sure and not own and not (kind == "task" and mention.text in str(getattr(record, "title", ""))):
            return True
    return False


def _read(desk: Desk, kind: str, record_id: int) -> list[Step]:
    tool, args = _READERS[kind](desk, record_id)
    draft = whole(desk, tool)
    keep_in_focus(draft, args)
    desk.focus_next[kind] = record_id
    owner = getattr(desk.crm.repository(kind).require(record_id), "owner_id", None)
    if "谁" in desk.text and isinstance(owner, int) and owner != desk.crm.principal.user_id:
        desk.focus_next["user"] = owner
    return [Do(calls=(ToolCall(tool=tool, args=args),))]


def _note(desk: Desk, record_id: int) -> tuple[str, dict[str, Any]]:
    note = desk.crm.notes.require(record_id)
    newest = desk.crm.notes.of_customer(note.customer_id, limit=1)
    latest = bool(newest) and newest[0].id == record_id
    return "list_notes", {"customer": note.customer_id, **({"latest": True} if latest else {})}


def _task(desk: Desk, record_id: int) -> tuple[str, dict[str, Any]]:
    task = desk.crm.tasks.require(record_id)
    return "list_tasks", {"words": [task.title], "status": "all", "everyone": True}


_READERS = {
    "opportunity": lambda desk, i: ("opportunity_detail", {"opportunity": i, "topic": "all"}),
    "customer": lambda desk, i: ("customer_360", {"customer": i, "topic": "all"}),
    "contact": lambda desk, i: ("list_contacts", {"contact": i, "topic": "all"}),
    "lead": lambda desk, i: ("list_leads", {"lead": i, "topic": "all"}),
    "note": _note,
    "task": _task,
}


def _named_task(desk: Desk) -> list[Step]:
    """「发合同那条是几点」: the one open task whose title the words of the question tell."""
    draft = whole(desk, "list_tasks")
    pointed = re.search(r"[那这][条项个件]|待办|提醒|任务|下次|下回", desk.text)
    named = pointed or draft.mentions_of(Kind.TASK, least=0.9) or _tells_the_task_spoken_of(desk)
    if not _OF_TASKS.search(desk.text) or not named:
        return []
    if not evidence_of(desk).asks and not re.search("吧|几时|是不是|来着", desk.text):
        return []
    if draft.mentions_of(Kind.OPPORTUNITY, least=0.9) or re.search(
        "签约|签单|成交|阶段|改到|挪到|推到|提醒我|单子|商机|这一?单|那一?单|多少钱|金额", desk.text
    ):
        return []
    customer = resolve_customer(draft, focus=False)
    known = NOTHING if customer.verdict is Verdict.UNKNOWN else customer
    tasks = desk.crm.tasks.find(desk.crm.tasks.c.status == "open", order=(desk.crm.tasks.c.due_at,), limit=2000)
    scored = [s for s in task_scores(draft, tasks, known) if s[1] >= NAMED_TASK]
    titled = [s for s in scored if _tells(desk.text, desk.crm.tasks.require(s[0]).title)]
    if not titled or (len(titled) > 1 and titled[0][1] - titled[1][1] < 0.12):
        return []
    return _read(desk, "task", titled[0][0])


def _tells_the_task_spoken_of(desk: Desk) -> bool:
    """Whether 「培训到底哪天」 has a word of the title of the task that was spoken of just now."""
    task = desk.focus("task") if desk.turns_ago("task") <= FRESH else None
    return task is not None and _tells(desk.text, desk.crm.tasks.require(task).title)


FRESH = 2
"""A task spoken of in one of so many messages before is named by a word of its title."""


def _tells(text: str, title: str) -> bool:
    return any(title[i : i + 2] in text for i in range(len(title) - 1))
