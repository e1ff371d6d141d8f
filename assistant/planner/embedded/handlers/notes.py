"""Meeting notes: record what was said, with date, people and the points a minute keeps; amend the last one."""

from __future__ import annotations

from datetime import datetime

from assistant.messages import Say, Step
from assistant.planner.embedded.common import ask_which, do, echo_time
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.tasks.creating import create_task
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.times import Grain, Kind, Look, Problem, TimeExpression, find_times

_TRIGGER = re.compile(
    r"(?:请|麻烦|帮忙|帮我|给我|替我|我(?:要|想|来)?)*(?:再)?(?:记|写|存|补|录|做|留|建|整理|生成|登|加|新增|口述|来|"
    r"添|既)(?:录|记|写|存|登)?(?:上|下|一下|成|进|到|入|了|个|一?[条份篇段个笔次])*"
    r"(?:的)?(?:拜访|会议|会谈|走访|沟通|客户|电话|跟进|回访|洽谈)?(?:的)?(?:纪要|纪录|记录|小结|笔记|备忘|走访|拜访|"
    r"日志|档案|系统|crm)(?:里|中)?(?:去)?(?:吧|哈|一下|啊)*[:：,，]?|"
    r"(?:记|写|存|录|登)(?:一?下|上|个|一?[条笔份])?(?:我)?(?:今天|今早|今晨|今儿|昨天|昨晚|昨儿|前天|刚才|刚刚|上午|下午|中午|早上|晚上|这次|本次|这趟|这[个通回场])+的?"
    r"(?:拜访|走访|会议|会谈|会面|电话|通话|沟通|见面|回访|来访|面谈|会)[:：,，\s]|"
    r"(?:我)(?:来)?(?:讲|说|念|口述|报|唠)[，,\s]*你(?:来|给我|帮我)?(?:记|写|录|存|听着记)(?:一?下来?|着|好|上)?[:：,，\s]|"
    r"(?:你)?听我(?:讲|说)[，,\s]*(?:帮我|给我)?(?:记|写)(?:一?下来?|着)?[:：,，\s]|"
    r"补(?:记|录|写|登)?一?[个条笔次段](?:电话|微信|线上|上门)?(?:沟通|来访|面谈|通话)(?:记录|纪要)?[:：,，]|"
    r"(?:给|帮|替)?[^，。,:：]{0,16}?(?:记|写|补|录)(?:上|了)?一?[笔条段][:：]|"
    r"(?:记|写|存|录)(?:一下|下来|上|进去|档|起来)(?:吧|哈|啊)*[:：,，]?|(?:存档|归档|入档|备案|留档|备忘)(?:吧|"
    r"一下)*[:：,，]?|^(?:会谈|会议|拜访|走访|沟通|洽谈|电话|回访|客户)?(?:纪要|记录|小结)(?:一下)?[:：,，\s]|"
    r"(?:please )?(?:log|record|add|write|take|save)(?: down)?(?: a| an| the)?(?: meeting| call| visit)?(?: notes?| "
    r"minutes?)(?: for| with| on| at)?\s*[:,]?|note(?: that)?\s*[:,]",
    re.I,
)
_EMPTY_LEAD = re.compile(
    r"^(?:[\s，,。.;；:：、]|帮忙|帮我|给我|请|麻烦|把|将|给|替|为|的(?:情况|内容|事)?|关于|情况|内容|如下|对了|"
    r"另外|顺便|on|for|with)+",
    re.I,
)
_DETAILS = {
    "budget": re.compile(r"[^，。；,;\n]*预算[^，。；,;\n]*|[^.;\n]*\bbudget\b[^.;\n]*", re.I),
    "competitor": re.compile(
        r"[^，。；,;\n]*(?:竞争对手|竞品|友商|对手|别家|另一家|也在谈|在比|比价)[^，。；,;\n]*|"
        r"[^.;\n]*\bcompetitor\b[^.;\n]*",
        re.I,
    ),
    "needs": re.compile(
        r"[^，。；,;\n]*(?:要求|需要|希望|想要|想上|诉求|关心|担心|看重|嫌)[^，。；,;\n]*|[^.;\n]*\b(?:needs?|wants?|"
        r"requires?)\b[^.;\n]*",
        re.I,
    ),
    "decisions": re.compile(
        r"[^，。；,;\n]*(?:决定|定了|敲定|同意|认可|拍板|答应|确定)[^，。；,;\n]*|[^.;\n]*\b(?:agreed|"
        r"decided)\b[^.;\n]*",
        re.I,
    ),
    "next_steps": re.compile(
        r"[^，。；,;\n]*(?:下一步|接下来|下次|之后要|后续)[^，。；,;\n]*|[^.;\n]*\bnext step[^.;\n]*", re.I
    ),
}
_DAYS = (Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY, Grain.DAY)
_ALSO_PRESENT = re.compile(r"([\u4e00-\u9fff]{2,4})(?:也|都)(?:在场|在|参加|来了|到场|列席)")
LEAST_CONTENT = 4


def record_note(draft: Draft) -> list[Step]:
    """A minute of the meeting the command tells about."""
    customer = resolve_customer(draft)
    if customer.verdict in (Verdict.ASK, Verdict.UNKNOWN, Verdict.NONE):
        return ask_which(draft, "customer", customer)
    if "due_only" not in draft.hints and is_plan(draft):
        draft.intent = "create_task"
        return create_task(draft)
    summary = summary_of(draft)
    if len(re.sub(r"\W", "", _without_names(draft, summary))) < LEAST_CONTENT:
        hint = draft.say("好的,请说说这次沟通的内容。", "Sure, what was discussed?")
        draft.hints = {**draft.hints, "customer": customer.id}
        return [draft.ask("content", hint)]
    occurred, spoken, problem = occurred_at(draft)
    if problem:
        return problem
    args: dict[str, object] = {
        "customer": customer.id,
        "summary": summary,
        "occurred_at": occurred.isoformat(),
        "opportunity": _opportunity(draft, customer.id),
        "attendees": attendees(draft, customer.id),
        "details": details_of(summary) or None,
    }
    return [do(draft, "record_note", args, echo=spoken, hold=customer.verdict is Verdict.HOLD)]


_MET = re.compile(
    r"见了|见过|聊|谈|拜访了|跑了|说|讲|表示|反馈|提到|嫌|觉得|认为|要求|希望|答应|同意|来电|来访|纪要|会议|走访|"
    r"回访|met|talked|said|told|visited|minutes|notes?",
    re.I,
)


def is_plan(draft: Draft) -> bool:
    """Whether 「记一下」 is said of something ahead: a task, for a minute looks back."""
    if _MET.search(draft.text) or {"content", "occurred_at"} & draft.fills.keys():
        return False
    times = [t for t in draft.times if t.kind not in (Kind.DURATION,)]
    ahead = all(t.start > draft.now or (t.due_has_hour and t.due > draft.now) for t in times)
    return bool(times) and ahead and not re.search("[:：]", draft.text)


def summary_of(draft: Draft) -> str:
    """What was said, in the user's own words, without the words that ask for a minute."""
    words = draft.fills.get("content") or draft.words
    if "content" not in draft.fills and _ITS_WORDS.search(words) and not re.search('[:：“”「」"]', words):
        return str((draft.desk.state.get("said") or {}).get("quote", ""))
    words = _GOES_ON.sub("", words) if "content" in draft.fills else words
    bare = _ONE_MORE.sub("", _TRIGGER.sub("", words, count=1), count=1)
    quoted = re.fullmatch(r"\s*[“\"「](.*)[”\"」]\s*", bare, re.S)
    bare = _EMPTY_LEAD.sub("", _STORY_ENDS.sub("", quoted[1] if quoted else bare))
    return bare.strip(" \n，,;；、:：")[:8000]


_GOES_ON = re.compile(
    r"^(?:好的?|行|嗯|ok|那)?[，,\s]*(?:咱们?|我们?)?"
    r"(?:接着|继续|再接着|回到|还是)(?:刚才)?(?:的)?(?:记|写|说|来|录|讲|纪要)+(?:吧|哈)?[:：，,\s]+",
    re.I,
)
_STORY_ENDS = re.compile(
    r"^\s*(?:我|咱)?(?:来|先|跟你|给你)?(?:汇报|口述|说|讲)(?:一下|下|两句|几句)?(?:情况)?[啊哈呢哦，,：:\s]+|"
    r"[，,。\s]*(?:(?:大概|差不多)?就(?:这些|这样|这么多)|说完了|完毕|先这些)(?:了|吧|哈|啊)*[，,。\s]*$|[，,\s](?:全|都)+$"
)
"""What opens and closes a dictation and says nothing itself."""
_ITS_WORDS = re.compile(r"(?:把|将)[^，。:：]{0,8}(?:原话|原文|[这那]句话?|[这那]段话?|[这那]番话)")
"""What was quoted in the message before is to be the minute."""
_ONE_MORE = re.compile(r"^\s*(?:帮我|给我|再)?补(?:一?[条笔段份个]|一下)(?=[，,。：:\s])[，,。：:\s]*")


def _without_names(draft: Draft, summary: str) -> str:
    """The summary less names and times: what is left must say something."""
    people = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)
    words = [*(m.text for m in people), *(t.text for t in draft.sentence.times)]
    for each in words:
        summary = summary.replace(each, "")
    return re.sub(r"我|要|的|了|去|刚|见|拜访|走访|跟|和|跑|趟|那边|一条|一个|口述|纪要", "", summary)


def occurred_at(draft: Draft) -> tuple[datetime, str, list[Step]]:
    """When it happened: the first past time said, else now. A time ahead is content, not the date of the meeting."""
    for time in draft.times_looking(Look.BACK):
        if time.kind in (Kind.DURATION, Kind.RECURRENCE, Kind.DEADLINE) or time.grain not in _DAYS:
            continue
        if time.problem is Problem.IMPOSSIBLE and _leads(draft, time):
            text = draft.say(
                f"「{time.text}」这个日期不存在,请问是哪一天?", f"“{time.text}” does not exist. Which day?"
            )
            return draft.now, "", [draft.ask("occurred_at", text)]
        if "occurred_at" not in draft.fills and _is_content(draft, time):
            continue
        if time.start <= draft.now and time.problem in (None, Problem.PAST):
            return _moment(draft, time), f"{time.text} = {echo_time(draft, time)}", []
        if _leads(draft, time):
            break
    return draft.now, "", []


_SAID = re.compile(
    r"[他她对方总工长师理任](?:说|表示|讲|提到|要求|希望|计划|打算|透露)|(?:说|表示|要求|希望|计划|打算|预计|准备|定[于在到]|约[在到]|争取)(?:是|要|会|在|到|从|了)?$"
)


def _is_content(draft: Draft, time: TimeExpression) -> bool:
    """Whether a day is part of what was said: 「他说8月3号进场」; a year ago is no visit where next month is nearer."""
    ahead = next((t for t in draft.times if t.begin == time.begin), None)
    if ahead is None or ahead.start <= draft.now or ahead.start == time.start:
        return False
    nearer = ahead.start - draft.now < draft.now - time.start
    return nearer or _SAID.search(draft.sentence.text[draft.begin : time.begin]) is not None


def day_put_right(draft: Draft, note_id: int) -> list[Step]:
    """「说错了,是8月5号进场」: the day that the minute tells of is another one; [] where the day is the visit's."""
    note = draft.desk.crm.notes.require(note_id)
    own = [t for t in draft.times if t.kind in (Kind.POINT, Kind.DEADLINE) and t.grain in _DAYS]
    if len(own) != 1:
        return []
    said = draft.sentence.raw(own[0].begin, own[0].stop)
    told = find_times(note.summary, now=note.occurred_at.astimezone(draft.desk.view.zone), look=Look.AHEAD)
    days = [t for t in told if t.kind in (Kind.POINT, Kind.DEADLINE) and t.grain in _DAYS]
    behind = draft.sentence.text[own[0].stop :].lstrip("，, 的要会")[:2]
    same = [t for t in days if len(behind) == 2 and note.summary[t.stop :].lstrip("，, 的要会").startswith(behind)]
    coming = [t for t in days if t.start > note.occurred_at]
    meant = same if same else coming if own[0].start > draft.now else []
    if len(meant) != 1:
        return []
    old = meant[0].text
    summary = note.summary[: meant[0].begin] + said + note.summary[meant[0].stop :]
    details = {key: str(value).replace(old, said) for key, value in note.details.items() if old in str(value)}
    return [do(draft, "amend_note", {"note": note_id, "summary": summary, "details": details or None})]


def _leads(draft: Draft, time: TimeExpression) -> bool:
    return time.begin - draft.begin < 8


def _moment(draft: Draft, time: TimeExpression) -> datetime:
    if time.end > time.start and time.start <= draft.now < time.end:
        return draft.now
    return time.start


def attendees(draft: Draft, customer_id: int | None) -> tuple[str, ...]:
    """The customer's people that the minute names, and others said to have been there."""
    names: list[str] = []
    for mention in draft.mentions_of(NameKind.CONTACT, least=0.7):
        best = next(
            (
                c
                for c in mention.candidates
                if c.nameable.kind is NameKind.CONTACT and c.nameable.customer_id == customer_id
            ),
            None,
        )
        if best is not None and best.score >= 0.7:
            names.append(best.nameable.name)
    names += [
        found[1]
        for found in _ALSO_PRESENT.finditer(draft.text)
        if not any(n in found[1] or found[1] in n for n in names)
    ]
    return tuple(dict.fromkeys(names))


def details_of(summary: str) -> dict[str, str]:
    """Needs, budget, competitor, decisions and next steps, each as the clauses that speak of it."""
    told = re.sub(r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])", "，", summary)
    found = {
        key: "；".join(dict.fromkeys(m[0].strip() for m in pattern.finditer(told))) for key, pattern in _DETAILS.items()
    }
    return {key: value for key, value in found.items() if value}


def _opportunity(draft: Draft, customer_id: int | None) -> int | None:
    for mention in draft.mentions_of(NameKind.OPPORTUNITY, least=0.85):
        best = next(c for c in mention.candidates if c.nameable.kind is NameKind.OPPORTUNITY)
        if best.nameable.customer_id == customer_id:
            return int(best.nameable.id)
    return None


def amend_note(draft: Draft) -> list[Step]:
    """Add to, or change, the minute in focus or the customer's newest."""
    note_id = _note_meant(draft)
    if note_id is None:
        return ask_which(draft, "customer", resolve_customer(draft))
    text = re.sub(
        r"^.*?(?:补充|加上|补上|追加|[加补添]一?[条句点]|添上|再记|改成|改为|add)(?:一?[条句点]|一下|上)?[:：,，\s]*",
        "",
        draft.words,
        count=1,
    )
    text = _EMPTY_LEAD.sub("", text).strip(" ，,")
    if not text:
        return [draft.ask("content", draft.say("要补充什么内容?", "What should be added?"))]
    return [do(draft, "amend_note", {"note": note_id, "append": text})]


def _note_meant(draft: Draft) -> int | None:
    customer = resolve_customer(draft, focus=False)
    if customer.id is None:
        focus = draft.desk.focus("note")
        if focus is not None:
            return focus
        customer = resolve_customer(draft)
    if customer.id is None:
        return None
    newest = draft.desk.crm.notes.of_customer(customer.id, limit=1)
    return newest[0].id if newest else None


_ASKED_FOR = re.compile(
    r"补(?:一?[条笔段份个]|一下)(?=$|[，。：:\s])|(?:补|帮我|给我)?(?:记|既|写|存|录|登|留)(?:一?[条笔段份个]|一下|到|进|入|成|上|录|下来?|在|档|$|[：:，])|纪要|"
    r"记录|走访|存档|归档|备忘|小结|口述|会谈|拜访记|"
    r"\b(?:log|note|minutes|record|write (?:it )?down)\b",
    re.I,
)


def has_trigger(text: str) -> bool:
    """Whether the words ask for a minute in so many words."""
    return bool(_TRIGGER.search(text) or _ASKED_FOR.search(text))


def offer_note(draft: Draft) -> list[Step]:
    """Ask whether what was told in passing should be kept as a minute."""
    draft.intent = "record_note"
    customer = resolve_customer(draft)
    if not customer.found:
        return [Say(text=draft.say("收到,没有改动任何数据。", "Noted; nothing was written."))]
    text = draft.say(
        "要把这段记成纪要吗?回复「记」即可;现在没有改动任何数据。",
        "Shall I keep this as a meeting note? Nothing was written yet.",
    )
    return [draft.ask("log_it", text)]
