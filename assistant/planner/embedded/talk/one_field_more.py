"""One field more of what was just written, said without naming the record."""

from __future__ import annotations

from assistant.messages import Do, Step
from assistant.planner.embedded.common import Handler, do
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.contacts import create_contact, update_contact
from assistant.planner.embedded.handlers.customers import update_customer
from assistant.planner.embedded.handlers.deals.changing import update_opportunity
from assistant.planner.embedded.handlers.leads import update_lead
from assistant.planner.embedded.handlers.tasks.changing import update_task
from assistant.planner.embedded.handlers.words import ONE_STAGE
from assistant.planner.embedded.kinds import CHANGE_OF, kind_said
from assistant.planner.embedded.reading.fields import priority_in, value_after
from assistant.planner.embedded.talk.last_write import INTENTS, RECENT, at_hand, last_record, names_another
from assistant.planner.embedded.talk.message import evidence_of, whole
from assistant.planner.embedded.talk.numbers import tail_put_right
from intents import patterns as re
from intents.commands import Command
from intents.evidence import Evidence, evidence_in

LONGEST = 30
_FIELD_WORDS = {
    "task": r"优先级|(?:标|设|调|改|定|提|列)(?:成|为|到|个)?(?:最)?(?:高|低|普通|紧急)|加急|标题|priority",
    "contact": r"职务|职位|头衔|手机|电话|号码|尾号|尾数|位(?:数)?(?:是|应)|邮箱|邮件|email|角色|决策人|名字",
    "opportunity": r"(?:丢单?|输单?|丢标)(?:的)?(?:原因|理由)|"
    r"金额|阶段|签约|签单|成交日|预计|月.{1,4}签$|[日号底]签$|签$|"
    rf"(?:再|又|继续|接着|还)(?:往[前后]|[向朝][前后])?(?:推进?|进|走|挪|升|退|降)(?:{ONE_STAGE}|下一?步)",
    "customer": r"级别|等级|[ABCabc]\s?级|(?:恢复|还原|升|降|调|定|改|回)(?:回|成|为|到)?\s*[ABCabc](?![A-Za-z])|"
    r"标签|别名|简称|行业|地区|区域|地址|网址|网站|总机|电话|负责人",
    "lead": r"来源|分给|派给|交给|转给|给.{2,4}跟|归.{2,4}(?:跟|管|了|$)|合格|作废|无效|状态|电话|手机|号码|"
    r"尾号|跟进中",
    "note": r"^(?:还有|另外|再有|漏了|对了)[一个件点]?[，,:：]|补一[句条]|补充|再补|添一[句条]|加一[句条]",
}
"""What the words of one field more of a record of that type look like."""
NEW_ORDER = re.compile(
    r"提醒我?|待办|任务|新建|新增|新加|建一?个|立一?个|加一?[个位条项件](?!标签|别名|简称)|(?:再|另外?)(?:来|排|安排|整|弄)一?[个条项件]|记一?[下条笔]|纪要|删|撤|完成|"
    r"勾掉|搞定|丢单|输单|赢单|看看|列出|查",
)


def follow_up(desk: Desk, commands: list[Command]) -> list[Step]:
    """A field set without naming the record: it is of the record written just now, if one of its type has it."""
    if (
        desk.last is None
        or desk.waiting
        or desk.question
        or int(desk.state.get("turn", 0)) - int(desk.last["turn"]) >= RECENT
        or len(desk.text) > LONGEST
    ):
        return []
    evidence = _evidence_before_the_value(desk)
    if evidence.asks or _creates(desk) or evidence.negates or (evidence.wishes and not evidence.orders):
        return []
    said = kind_said(evidence)
    if _only_a_time(desk) and _another_was_shown(desk):
        return []
    for kind, record_id in at_hand(desk):
        if kind in CHANGE_OF and said not in (None, kind):
            continue
        if kind == "opportunity" and _says_an_hour(desk):
            continue
        if _is_of(desk, kind, record_id) and not names_another(desk, kind, record_id):
            steps = _set_field(desk, commands, kind, record_id)
            if steps and all(isinstance(step, Do) for step in steps):
                return steps
    return []


def _another_was_shown(desk: Desk) -> bool:
    """Whether one record alone was shown since the last write, and not what was written: a time is its."""
    last = desk.last
    if last is None or int(desk.state.get("turn", 0)) == int(last["turn"]):
        return False
    shown = [(str(kind), int(i)) for kind, i in desk.state.get("listed", [])]
    return len(shown) == 1 and shown[0] not in [(str(t), int(i)) for t, i, _ in last["records"]]


def _evidence_before_the_value(desk: Desk) -> Evidence:
    """What the words show; of 「再添一句:…」 those before the colon, the rest is what somebody said."""
    opened = _OPENS_MORE.match(desk.text)
    return evidence_of(desk) if opened is None else evidence_in(desk.sentence, 0, opened.end())


_OPENS_MORE = re.compile(r"^(?:再|另外|还|请|帮我|给我)*(?:补|添|加)(?:充|上)?一[句条点][:：]")


def _says_an_hour(desk: Desk) -> bool:
    """Whether the words give an hour, which a deal has none of."""
    return any(time.due_has_hour for time in desk.sentence.times)


def _is_of(desk: Desk, kind: str, record_id: int) -> bool:
    """Whether the words, or a time said all alone, can be of a record of that type."""
    if re.search(_FIELD_WORDS.get(kind, r"(?!)"), desk.text, re.I):
        return True
    if kind == "task" and _MYSELF.search(desk.text):
        return desk.last is not None and any("assignee" in call["args"] for call in desk.last["calls"])
    if kind == "task" and _PRIORITY_ALONE.fullmatch(desk.text) and _set_the_priority(desk):
        return True
    return (
        kind in ("task", "opportunity")
        and desk.last is not None
        and (_only_a_time(desk) or (kind == "opportunity" and _only_an_amount(desk)))
        and ([kind, record_id] in [list(r[:2]) for r in desk.last["records"]])
    )


_PRIORITY_ALONE = re.compile(
    r"(?:那|唉|哎|算了|不|不用|不对|还是|就|改回?|换回?|调回?|定|按|用|恢复|设|成|为|标|[，,\s])*"
    r"(最?高|低|普通|一般|正常|中等|紧急|不急)(?:优先级?|级别?|级)?(?:的|就行|就好|好了|算了|吧|了|[，,。\s])*"
)
"""「还是普通吧」: the priority that was just set is to be another one."""


def _set_the_priority(desk: Desk) -> bool:
    return desk.last is not None and any(call["args"].get("priority") for call in desk.last["calls"])


_AROUND_ONLY = re.compile(
    r"(?:时间|钟点|点数|几点)?(?:不变|照旧|不动|别动|一样|照原来)|时间|钟点|日期|不行|不成|不了|不对|算了|还是|要不|那就?|再|提早|提前|早|晚|推迟|推后|往[前后]|顺延|延后?|缓|改|换|放|挪|推|调|成|定|就|在|是|到|吧|哈|的|了|"
    r"好了|[，,。\s]"
)


_MYSELF = re.compile(
    r"^(?:算了|哎|唉|不用了|那)?[，,\s]*(?:还是)?(?:我|咱)(?:自己|亲自)?(?:来|去)?"
    r"(?:做|办|弄|跟|搞|处理|盯|来)(?:吧|好了|算了)*[。！]*$"
)
"""「还是我自己来吧」 takes the task just given away back."""
_AROUND_A_SUM = re.compile(r"金额|价|报|大概|大约|左右|估计|先|写|填|按|算|就|是|吧|的|了|哈|元|块|[，,。\s]")


def _only_an_amount(desk: Desk) -> bool:
    rest = desk.text
    for amount in desk.sentence.amounts:
        rest = rest.replace(amount.text, "")
    return len([a for a in desk.sentence.amounts if a.unit]) == 1 and not _AROUND_A_SUM.sub("", rest)


def _only_a_time(desk: Desk) -> bool:
    rest = desk.text
    for time in desk.sentence.times:
        rest = rest.replace(time.text, "")
    return bool(desk.sentence.times) and not _AROUND_ONLY.sub("", rest)


def _creates(desk: Desk) -> bool:
    """Whether the words order something of their own; what stands in quotes or behind a colon is a value."""
    return bool(NEW_ORDER.search(re.split(r"[:：「“\"]", desk.text, maxsplit=1)[0]))


def _set_field(desk: Desk, commands: list[Command], kind: str, record_id: int) -> list[Step]:
    draft = whole(desk, INTENTS[kind], {kind: record_id})
    if kind == "task":
        return _field_of_task(draft, record_id)
    if kind == "note":
        return _more_of_note(draft, record_id, commands)
    if kind in ("contact", "lead", "customer") and (phone := tail_put_right(draft, kind, record_id)):
        return phone
    if kind == "contact" and (title := value_after(draft.text, "职务", "职位", "头衔")):
        return [do(draft, "update_contact", {"contact": record_id, "title": title})]
    return _HANDLE[kind](draft)


_PRIORITY = re.compile(r"(?:标|设|调|改|定|提|列)(?:成|为|到|个)?(?:最)?(高|低|普通|紧急)|加急")
_LEVELS = {"高": "high", "最高": "high", "紧急": "high", "低": "low", "不急": "low", "普通": "normal", None: "high"}


def _field_of_task(draft: Draft, task_id: int) -> list[Step]:
    if _MYSELF.search(draft.text):
        return [do(draft, "update_task", {"tasks": [task_id], "assignee": draft.desk.crm.principal.user_id})]
    found = _PRIORITY.search(draft.text)
    alone = _PRIORITY_ALONE.fullmatch(draft.text)
    if alone and not draft.times:
        return [do(draft, "update_task", {"tasks": [task_id], "priority": _LEVELS.get(alone[1], "normal")})]
    if found and priority_in(draft.text) is None:
        return [do(draft, "update_task", {"tasks": [task_id], "priority": _LEVELS[found[1]]})]
    return update_task(draft)


_MORE = re.compile(
    r"^.*?(?:补一[句条点]|补充(?:一[句条点下])?|再补(?:一[句条点])?|添一[句条]|加一[句条]|还有|另外|再有|漏了|对了)"
    r"(?:一?[个件点])?[，,:：\s]*"
)


def _more_of_note(draft: Draft, note_id: int, commands: list[Command]) -> list[Step]:
    text = _MORE.sub("", draft.words, count=1).strip()
    other = max(commands, key=lambda c: c.score)
    if not text or (other.intent not in ("amend_note", "remark", "record_note", "correct") and other.score > OTHERWISE):
        return []
    return [do(draft, "amend_note", {"note": note_id, "append": text})]


OTHERWISE = 0.75
"""A sentence that is so surely something else is no addition to a minute."""
_HANDLE: dict[str, Handler] = {
    "contact": update_contact,
    "opportunity": update_opportunity,
    "customer": update_customer,
    "lead": update_lead,
}
_PERSON_WITH_PART = re.compile(
    r"^(?:他家|她家|它家|那边|这边|他们)?(?:的)?(?:管)?(?:采购|财务|技术|设备|生产|质量|品控|仓库|行政|老板|店长|厂长|经理|主任|主管|总监|负责人?|对接人?|联系人|"
    r"院长|校长|站长|馆长|老师|教练)(?:的)?(?:人)?(?:是|叫|姓名|名叫|，|:|：)\s*[\u4e00-\u9fff]{2,4}"
)


def adds_person(desk: Desk) -> list[Step]:
    """「采购是盛楠,1990…」 right after its customer was created or changed: a contact, and no phone of the customer."""
    last = desk.last
    if last is None or int(desk.state.get("turn", 0)) - int(last["turn"]) >= RECENT or not desk.sentence.phones:
        return []
    record = last_record(desk)
    if (
        desk.waiting
        or desk.question
        or record is None
        or record[0] != "customer"
        or not _PERSON_WITH_PART.match(desk.text)
    ):
        return []
    hints = {"customer": record[1]}
    draft = whole(desk, "create_contact", hints)
    steps = create_contact(draft)
    return steps if all(isinstance(step, Do) for step in steps) else []
