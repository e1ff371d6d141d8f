"""Follow-up tasks: create, reschedule, complete, reopen, cancel."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.common import (
    ask_which,
    day_spoken_of,
    do,
    due_time,
    echo,
    moved_to_day,
    new_time,
    refuse,
    said_last,
    says_a_day,
    with_hour_of,
    wrong_time,
)
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.fields import priority_in
from assistant.planner.embedded.pointing import person_meant, shown
from assistant.planner.embedded.resolve import MARGIN, NOTHING, Resolution, Verdict, resolve_customer
from assistant.planner.embedded.targets import (
    listed_choice,
    options_for,
    resolve_party,
    resolve_user,
    task_scores,
)
from crm_store.records import CANCELLED, DONE, OPEN, Task
from intents.names import Kind as NameKind
from intents.names import Mention
from intents.numbers import parse_number
from intents.sentence import Sentence
from intents.times import Kind, TimeExpression

_TRIGGERS = re.compile(
    r"(?:请|麻烦你?|帮忙|帮我|给我|替我|你|记得|别忘了|务必|一定)*"
    r"(?:(?:到时候?|到点|届时|提前|循环|重复|周期|定期)?(?:提醒|叫|喊|通知)(?:一?下?我|我?一下|我)?(?:一声)?|(?:设|建|加|新建|新增|添加|"
    r"创建|定|弄|来|记|排|开|挂|整|搞|列)(?:立|上|一?[个条项])*(?:待办|提醒|任务|日程|闹钟|跟进)(?:事项)?|"
    r"(?:排|安排|放|加|写|记|列)(?:进|到|入|上)?(?:我?的?)(?:日程|待办|计划|任务)(?:里|表)?|(?:你)?安排(?:上|一下)|"
    r"排上|排一?个|记着|到时候(?:喊我|叫我)|待办[:：]?|提醒[:：]?|remind me(?: to)?|"
    r"(?:create|add|set up|set) (?:a |an )?(?:follow-up |new )?(?:task|reminder|to-?do)(?: to| for)?|schedule)"
    r"(?:吧|哈|啊|哦|呗|呢|哟|嘛|啦|一下|好了|就行)*",
    re.I,
)
_LEFTOVER = re.compile(
    r"^(?:[\s，,。.;；:：、!！?？]|再?来一?[个条](?=[:：，,])|请|麻烦|帮我|给我|替我|我(?:要|得|想)?|你|要|得|需要|去把?|记得|到时候|然后|另外|"
    r"顺便|对了|再|还有|也|让我|叫我|就是|那个|都(?=[,，填交写做去打发给看刷报])|把(?=.{0,2}$)|for |to )+|"
    r"[\s，,。.;；:：、!！?？]+$"
)
_ASSIGN = re.compile(
    r"(?:(?:^|(?<=[，。；;,]))(?:我|咱)?要(?=$)|让|叫|安排|派|请|通知|指派|分配|分|交|转|交代|指定|"
    r"assign(?:ed)? (?:it )?to|ask|have|给)(?:给|到)?\s*$"
)
_ASSIGN_PRONOUN = re.compile(
    r"(?:让|叫|派|安排|通知|要)[他她](?!们)|(?:让|叫|安排|派|通知|指派|分配给|交给|给)[他她](?:去|来|派|安排|设|建|"
    r"布置|排|加|把|在|明|后|下|周|今|一|$|，)|派(?:给)?[他她]"
)
_ALL = re.compile(
    r"全部|所有|都|统一|一起|一并|这[些几两三四]|那[些几两三四]|它们|他们|"
    r"(?<![\u4e00-\u9fff])[两三四五六七八九十\d]+[件条个]|[两三四五][件条个]|全(?=[标给改划勾推挪取删完])|一次性|\ball\b|\bboth\b"
)
_OVERDUE = re.compile(
    r"到(?:点|期|时间).{0,3}(?:没|未)|逾期|过期|超期|超时|过了(?:时限|期限|时间|点)|没按时|拖(?:着|了|到|过)|到期没|"
    r"误了|一期(?=的)|过了期|误期|\boverdue\b|\blate\b"
)
_EARLIER = re.compile(r"提前|往前|提早|earlier|forward")
_SAME_HOUR = re.compile(
    r"(?:钟点|时间|点|时刻|几点)(?:各自|都|也)?(?:不变|不动|照旧|不改|一样|保持|照原|还是)|"
    r"(?:同|还是|照)(?:样|旧|那个|原来的?|原|一个)?(?:时间|钟点|点|时候)|[这那]个?(?:钟点|时间|点)(?=$|"
    r"[，。！吧上])|same time"
)
_THAT = re.compile(r"它|这(?:个|条|件)|那(?:个|条|件)|刚才|刚刚|上面|前面|this|that|it\b")
_APPEND = re.compile(
    r"(?:标题|内容|任务|待办)?(?:里|后面|后头|后边|末尾|结尾|尾巴上?|上|中)?(?:再|也|还)?(?:要|得)?(?:补上|加上|添上|添加|添个?|缀上|续上|接上|补一句|加一句|补充|追加|注明|备注|写上|带上一句)[「“\"':"
    r"：，]*(.+?)[」”\"']*(?:几个字|这句)?$"
)
_RENAME = re.compile(r"(?:标题|名字|名称|内容)(?:改|换|写|更新)?(?:成|为|叫|到)[「“\"':：]*(.+?)[」”\"']*(?:吧|了)?$")
LEAST = 0.3
CLOSE, FAR = 0.12, 0.2
SAYS_IT = 0.5
"""From this score on the words say the task; below it another must be FAR behind."""
SURELY_TITLED = 0.8


def create_task(draft: Draft) -> list[Step]:
    """A new task: who, what, when."""
    _sort_answers(draft)
    time, unclear = _due(draft)
    if unclear:
        return unclear
    if time is not None and (problem := wrong_time(draft, time, "due")):
        return problem
    target = _target(draft)
    if target.verdict in (Verdict.ASK, Verdict.UNKNOWN):
        return ask_which(draft, target.kind, target)
    assignee = assignee_in(draft)
    title = title_of(draft)
    if not title or _SAYS_NOTHING.fullmatch(title):
        return [draft.ask("title", draft.say("要提醒您做什么?", "What should I remind you of?"))]
    args: dict[str, object] = {
        "title": title,
        "customer": target.id,
        "due_at": None if time is None else (time.start if time.recurrence else time.due).isoformat(),
        "assignee": assignee,
        "priority": priority_in(draft.text),
        "recurrence": None if time is None else time.recurrence,
        "opportunity": _only(draft, NameKind.OPPORTUNITY, target.id),
        "lead": _lead(draft) if target.id is None else None,
    }
    return [do(draft, "create_task", args, echo=echo(draft, time), hold=target.verdict is Verdict.HOLD)]


_SAYS_NOTHING = re.compile(
    r"(?:给|帮|替)?我?(?:整|弄|列|来|搞|设|建|加|定)?(?:一|这|那|某)?(?:件|个|条|项)?(?:事情?儿?|任务|待办|提醒|日程|东西)?[呗吧呢啊哈嘛]*|"
    r"something|a thing|it|a task|a reminder",
    re.I,
)


def _sort_answers(draft: Draft) -> None:
    """An answer to 「what」 that only says when is kept as when."""
    said = draft.fills.get("title")
    if said is None or "due" in draft.fills:
        return
    answer = draft.desk.read(said)
    rest = "".join(c for i, c in enumerate(answer.text) if not any(t.begin <= i < t.stop for t in answer.times))
    if answer.times and not re.sub(r"[吧呢啊的，。、\s]|就|定|在|到", "", rest):
        draft.fills = {**{k: v for k, v in draft.fills.items() if k != "title"}, "due": said}
        for cached in ("answers", "everything", "mentions", "times"):
            draft.__dict__.pop(cached, None)


def _due(draft: Draft) -> tuple[TimeExpression | None, list[Step]]:
    """When the task falls due; a day given in answer keeps the hour said before, 那天 is the day spoken of."""
    time = due_time(draft)
    if time is None and "due" in draft.fills:
        return None, [draft.ask("due", draft.say("请说是哪一天、几点。", "Which day and time, please?"))]
    if time is None or time.recurrence:
        return time, []
    if "due" in draft.fills and not time.due_has_hour:
        own = [t for t in draft.sentence.times if draft.inside(t) and t.due_has_hour and not t.recurrence]
        return (with_hour_of(time, own[0], draft.now) if own else time), []
    if (beside := _day_beside(draft, time)) is not None:
        return beside, []
    if not time.due_has_hour or says_a_day(time) or not _SAME_DAY.search(_before(draft, time)):
        return time, []
    day = day_spoken_of(draft, title_of(draft))
    if day is None:
        text = draft.say("您说的是哪一天?", "Which day do you mean?")
        return None, [draft.ask("due", text)]
    return moved_to_day(time, day, draft.now), []


_SAME_DAY = re.compile(r"(?:同一?天|那一?天|当天|当日|同日|这一?天|that day|same day)的?[，,\s]*(?:at )?$", re.I)


_DAY_BESIDE = re.compile(r"(?:(头一?天|前一天|前一?晚|头晚)|(?:后一天|转天|隔天|第二天))的?[，,\s]*$")


def _day_beside(draft: Draft, time: TimeExpression) -> TimeExpression | None:
    """「周五试机,头天晚上八点…」: an hour on the day before, or after, the day that was named first."""
    found = _DAY_BESIDE.search(_before(draft, time)) if time.due_has_hour and not says_a_day(time) else None
    days = [t for t in draft.times if t.stop <= time.begin and t.kind is not Kind.DURATION and says_a_day(t)]
    if found is None or not days:
        return None
    return moved_to_day(time, days[-1].due.date() + timedelta(days=-1 if found[1] else 1), draft.now)


def _before(draft: Draft, time: TimeExpression) -> str:
    return draft.sentence.text[max(draft.begin, time.begin - 10) : time.begin]


_PRIVATE = re.compile(
    r"洗车|加油(?!站)|接孩子|接娃|接送|体检|买菜|吃药|健身|年检|车险|交(?:水|电|房|话)费|还信用卡|取快递|理发|看牙|带孩子|家长会|打卡|"
    r"(?:[日周月]|工作|拜访)报(?!价|表)|报销|述职|\b(?:gym|dentist|car wash|expense report)\b",
    re.I,
)
"""What a seller does for himself or the office: no customer is taken over from the words around."""


POINTS_BACK = re.compile(
    r"^(?:行|好的?|嗯|对|ok)?[，,\s]*(?:那|就这|再|然后|顺便|接着)|这个|他|她|它|佢|那边|那家|这家|对方|客户|"
    r"人家|该公司|[这那该]单|them|him|her|they",
    re.I,
)


def _target(draft: Draft) -> Resolution:
    """The customer of a new task; a task need not have one, and the focus serves where words or facts point back."""
    if "lead" in draft.hints:
        return NOTHING
    if any(kind in draft.hints for kind in ("customer", "contact", "opportunity")):
        return resolve_customer(draft, focus=False)
    if _PRIVATE.search(draft.everything) and not draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.75):
        return NOTHING
    customers = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, NameKind.OPPORTUNITY)
    if not customers and draft.mentions_of(NameKind.LEAD):
        return NOTHING
    if customers:
        found = resolve_party(draft)
        return NOTHING if found.verdict in (Verdict.ASK, Verdict.UNKNOWN) and _names_a_part_only(draft) else found
    if "customer" in draft.shared:
        return resolve_customer(draft)
    if (person := person_meant(draft, "contact", "lead", "user")) is not None and person[0] == "lead":
        draft.hints = {**draft.hints, "lead": person[1]}
        return NOTHING
    return resolve_customer(draft, focus=bool(POINTS_BACK.search(draft.text)) or _goes_on(draft))


FRESH = 2
"""For so many turns what a customer's records tell is what the next task may be about."""


def _goes_on(draft: Draft) -> bool:
    """Whether the task speaks of what the notes, deals and tasks of the customer spoken of just now tell."""
    customer = draft.desk.focus("customer")
    if customer is None or draft.desk.turns_ago("customer") > FRESH:
        return False
    crm = draft.desk.crm
    told = [note.summary for note in crm.notes.of_customer(customer, limit=5)]
    told += [deal.name for deal in crm.opportunities.of_customer(customer)]
    told += [task.title for task in crm.tasks.of_customer(customer)]
    return any(pair in each for each in told for pair in _telling_pairs(title_of(draft)))


_COMMON_PAIRS = frozenset(
    [
        "提醒",
        "电话",
        "客户",
        "联系",
        "一下",
        "上午",
        "下午",
        "晚上",
        "明天",
        "今天",
        "时候",
        "准备",
        "资料",
        "发给",
        "一个",
        "这个",
        "那个",
        "我们",
        "公司",
    ]
)


def _telling_pairs(title: str) -> set[str]:
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return {pair for pair in pairs if re.fullmatch("[\u4e00-\u9fff]{2}", pair)} - _COMMON_PAIRS


def _names_a_part_only(draft: Draft) -> bool:
    """Whether nothing but words of some deals' names is said (盘种植体库存): what a task is about, not whose it is."""
    people = (c for m in draft.mentions_of(NameKind.CONTACT) for c in m.candidates)
    if any(c.whole for c in people if c.nameable.kind is NameKind.CONTACT):
        return False
    if draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, NameKind.LEAD, least=0.7):
        return False
    deals = [c for m in draft.mentions_of(NameKind.OPPORTUNITY) for c in m.candidates]
    own = [c for c in deals if c.nameable.kind is NameKind.OPPORTUNITY]
    return bool(deals) and not any(c.whole and c.score >= 0.85 for c in own)


def _lead(draft: Draft) -> int | None:
    """The lead that the command names, or that 他 and 她 mean."""
    named = draft.hints.get("lead") or _only(draft, NameKind.LEAD, None)
    points = re.search("[他她](?!们)|这条线索|那条线索|该线索", draft.text)
    return named if named is not None or not points else _lead_in_focus(draft)


def _only(draft: Draft, kind: NameKind, customer_id: int | None) -> int | None:
    """The one record of a kind that the command names for sure."""
    for mention in draft.mentions_of(kind, least=0.85):
        best, *others = [c for c in mention.candidates if c.nameable.kind is kind]
        if customer_id is None and any(best.score - other.score < MARGIN for other in others):
            continue
        if customer_id is None or best.nameable.customer_id == customer_id:
            return int(best.nameable.id)
    return None


def assignee_in(draft: Draft) -> int | None:
    """A colleague who is told to do it: 「让小王…」."""
    if "assignee" in draft.hints:
        return int(draft.hints["assignee"])
    for mention in draft.mentions_of(NameKind.USER, least=0.75):
        before = draft.sentence.text[: mention.begin] if draft.inside(mention) else ""
        if _ASSIGN.search(before) or _does_it(draft, mention):
            return next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is NameKind.USER)
    named = resolve_user(draft) if _ASSIGN_PRONOUN.search(draft.text) else None
    newest = draft.desk.newest("user", "lead") or ("user", draft.desk.focus("user"))
    colleague = named if named is not None else newest[1] if newest[0] == "user" else None
    if colleague is None and newest[0] == "user":
        colleague = _owner_in_focus(draft)
    return colleague if colleague is not None and _ASSIGN_PRONOUN.search(draft.text) else None


_PASSED_ON = re.compile(
    r"(?:安排|布置|交代|交待|派|落实|通知|传达)(?:下去|给[他她]|到[位人]|[他她])(?:吧|了|一下)?(?=$|[，。！])"
)
_HIS_DEED = re.compile(r"(?:要|得|负责|务必|必须)?(?:去)?(?:交|出|写|整理|准备|负责|提交|汇总|做好|弄好|做(?:完|一))")
_FOR_MYSELF = re.compile(r"提醒我|叫我|喊我|催|问|找|看看?|盯|我[要得去来]")


def _does_it(draft: Draft, mention: Mention) -> bool:
    """Whether the colleague at the head of a clause is told what to do: 「周一前方岳交一份…,安排下去」."""
    begin = max((t.stop for t in draft.times if draft.inside(t) and t.stop <= mention.begin), default=draft.begin)
    before = draft.sentence.text[begin : mention.begin].strip(" ，,。")
    if before or not draft.inside(mention) or _FOR_MYSELF.search(draft.text):
        return False
    return bool(_HIS_DEED.match(draft.sentence.text, mention.stop) or _PASSED_ON.search(draft.text))


def _owner_in_focus(draft: Draft) -> int | None:
    """The colleague whose deal was shown last, where it is somebody else's."""
    deal = draft.desk.focus("opportunity")
    owner = draft.desk.crm.opportunities.require(deal).owner_id if deal is not None else None
    return owner if owner != draft.desk.crm.principal.user_id else None


def title_of(draft: Draft) -> str:
    """The command without its time and without the words that ask for a reminder."""
    if "title" in draft.fills:
        answer = draft.desk.read(draft.fills["title"])
        return _trimmed(_TRIGGERS.sub("", _untimed(answer, 0, len(answer.text)))) or _trimmed(answer.text)
    bare = re.sub(r"^(?:呃|额|哦|不对|，|,|\s)+", "", _untimed(draft.sentence, draft.begin, draft.stop))
    bare = _ASKED_AROUND.sub(r"\1", bare)
    title = _trimmed(_without_assignee(draft, _TRIGGERS.sub("，", bare, count=2)))
    return _named_person(draft, _without_customer(draft, title))


_ASKED_AROUND = re.compile(
    r"(?:设|建|整|列|弄|搞|加|排|来)(?:立|上)?一?[个条项](?:新的?)?((?!待办|提醒|任务|日程)[^，。；]{1,16}?)的?(?:提醒|待办|任务|日程)(?:事项)?(?=$|[，。；])"
)
"""整个回访提醒: what is asked for stands between 「set a」 and 「reminder」."""


def _untimed(sentence: Sentence, begin: int, stop: int) -> str:
    """The words of a stretch without its times and the 那天 before them."""
    text, taken = sentence.text, bytearray(len(sentence.text))
    for time in sentence.times:
        found = _SAME_DAY.search(text[begin : time.begin]) or _DAY_BESIDE.search(text[begin : time.begin])
        first = time.begin if found is None else begin + found.start()
        taken[first : time.stop] = b"\1" * (time.stop - first)
    return "".join(c for i, c in enumerate(text) if begin <= i < stop and not taken[i])


def _without_customer(draft: Draft, title: str) -> str:
    """给X发合同 → 发合同: the task's customer says it, and goes on saying it when it is corrected."""
    for mention in draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.6):
        shorter = re.sub(rf"^{re.escape(mention.text)}(?:那边|那儿|那里|这边|那)[,，]", "", title)
        if len(shorter) >= 2:
            title = shorter
    for mention in draft.mentions_of(NameKind.CUSTOMER, least=0.75):
        shorter = re.sub(rf"^(?:给|跟|和|替|为|向|与){re.escape(mention.text)}(?:那边|的人)?(?=[^的])", "", title)
        if len(shorter) >= 3:
            title = shorter
    return title


def _named_person(draft: Draft, title: str) -> str:
    """他 and 她 by name, so that the title still says something tomorrow."""
    person = person_meant(draft, "contact", "lead")
    if person is None:
        return title
    name = str(getattr(draft.desk.crm.repository(person[0]).get(person[1]), "name", ""))
    return re.sub("[他她佢](?!们)", name, title, count=1) if name else title


def _lead_in_focus(draft: Draft) -> int | None:
    """The lead that the conversation was about just now."""
    return draft.desk.focus("lead") if draft.desk.topic == "lead" else None


def _without_assignee(draft: Draft, title: str) -> str:
    title = re.sub(r"[，,]?(?:挂|记|算|放|归)(?:在|到|给)?[他她].{0,2}(?:名下|头上|身上|账上)?$", "", title)
    title = _PASSED_ON.sub("", title).strip(" ，,。")
    for mention in draft.mentions_of(NameKind.USER, least=0.75):
        if _does_it(draft, mention):
            title = title.lstrip(" ，,。").removeprefix(mention.text)
        title = re.sub(r"^(?:让|叫|要|派|安排|通知)?[他她](?=把|交|做|去|来|发|写|整理|准备)", "", title)
        title = re.sub(
            r"^(?:再)?(?:给[他她](?:派|安排|设|建|布置|排|加)|派[他她])(?:一?[个条件项])?(?:新)?(?:任务|待办|活|"
            r"事)?[，,：:]?",
            "",
            title,
        )
        title = re.sub(
            rf"(?:让|叫|安排|派|请|通知|指派|分配给|分给|交给|交代|指定|给){re.escape(mention.text)}(?:去|来)?"
            rf"(?:(?:办|做|跟|负责|处理|落实|盯)(?=$|[，。；]))?",
            "",
            title,
        )
    return title


def _trimmed(title: str) -> str:
    title = re.sub(r"[，,\s]*[，,][，,：:\s]*", ",", title)
    title = re.sub(r"^(?:(?:行|好的?|对了?|ok)[，,\s]+|(?:好的|嗯|对了|那|就这[事个样]?)[，,\s]*)+", "", title)
    previous = None
    while previous != title:
        previous, title = title, _LEFTOVER.sub("", title)
    return title.strip(" ,，。")[:200]


# --- existing tasks ----------------------------------------------------------------------------------------------


def choose_tasks(draft: Draft, *, statuses: tuple[str, ...] = (OPEN,)) -> list[int] | list[Step]:
    """The tasks meant, or the question to ask. Ints and steps are told apart by type."""
    if "task" in draft.hints:
        return [int(draft.hints["task"])]
    if (picked := listed_choice(draft, "task")) is not None:
        return [picked]
    if _OTHER.search(draft.text) and (other := _other(draft)):
        return other
    if _means_several(draft) and (many := _many(draft, statuses)):
        return many
    candidates = _of_assignee(draft, _candidates(draft, statuses))
    customer = resolve_customer(draft, focus=False)
    scored = [(i, s) for i, s in task_scores(draft, candidates, customer) if s >= LEAST]
    focus = draft.desk.focus("task")
    if not scored or (_THAT.search(draft.text) and scored[0][1] < 0.5):
        if focus is not None and customer.id in (None, draft.desk.crm.tasks.require(focus).customer_id):
            return [focus]
        if not scored:
            return _ask_task(draft, [t.id for t in candidates], customer)
    if customer.verdict is Verdict.UNKNOWN and not customer.options and scored[0][1] < SAYS_IT:
        return ask_which(draft, "customer", customer)
    return _best_task(draft, scored, focus)


def _best_task(draft: Draft, scored: list[tuple[int, float]], focus: int | None) -> list[int] | list[Step]:
    """The task ahead of all others, or a question between those that fit about equally; weak evidence needs a lead."""
    best, score = scored[0]
    rivals = [i for i, s in scored[1:] if score - s < (CLOSE if score >= SAYS_IT else FAR)]
    if rivals and len(counted := _each_named(draft, [best, *rivals])) > 1:
        return counted
    if rivals and len(listed := [i for i in (best, *rivals) if i in shown(draft.desk, "task")]) == 1:
        return listed
    if focus in (best, *rivals) and focus is not None and (focus == best or _is_close(scored, focus)):
        return [focus]
    if rivals:
        narrowed = _by_old_time(draft, [best, *rivals])
        if len(narrowed) == 1:
            return narrowed
        return ask_which(draft, "task", Resolution(verdict=Verdict.ASK, options=(best, *rivals)[:5], kind="task"))
    return [best]


_ROW = re.compile(r"([^，。；、]{1,12}(?:[、和跟与及][^，。；、]{1,12}?)+)[那这]([两三四五六七八九\d])[条个件项]")


def _each_named(draft: Draft, ids: list[int]) -> list[int]:
    """「电工、法务那两条」: a row of words, one for each task, and as many as are counted."""
    row = _ROW.search(draft.text)
    if row is None:
        return []
    words = [w for w in re.split("[、和跟与及]", row[1]) if w]
    titles = {i: task.title for i, task in draft.desk.crm.tasks.many(ids).items()}
    found = [[i for i in ids if word in titles[i]] for word in words]
    each = [one[0] for one in found if len(one) == 1]
    return each if len(set(each)) == len(words) == int(parse_number(row[2]) or 0) else []


def _is_close(scored: list[tuple[int, float]], task_id: int) -> bool:
    return any(i == task_id and scored[0][1] - s < CLOSE for i, s in scored)


_COUNTED_HEAD = re.compile(r"^.{0,4}[两三四五六七几][件个](?:事情?|任务|活)?[儿]?(?:[啊哈呢哦]|，|,|\s|:|：)+")
"""「三件事啊,」 announces several commands and counts no tasks."""
_SEVERAL = re.compile(r"全部|所有|这[些几两三四]|那[些几两三四]|[两三四五六七八九十][件条个]|它们|\ball\b|\bboth\b")


def _means_several(draft: Draft) -> bool:
    """Whether the words mean several tasks: not where 都 merely goes with one that is named by its title."""
    text = _COUNTED_HEAD.sub("", draft.text)
    if not _ALL.search(text):
        return False
    titled = any(
        m.candidates[0].nameable.kind is NameKind.TASK and m.candidates[0].score >= SURELY_TITLED
        for m in draft.mentions_of(NameKind.TASK, least=SURELY_TITLED)
    )
    return not titled or bool(_SEVERAL.search(text) or _OVERDUE.search(text))


_OTHER = re.compile(r"另(?:外)?(?:的)?(?:那)?一[个件条项]|剩下(?:的)?(?:那)?一?[个件条项]|the other")


def _other(draft: Draft) -> list[int]:
    """Of the two tasks listed, the one that was not touched last."""
    last = draft.desk.last
    touched = {int(i) for kind, i, _ in last["records"] if kind == "task"} if last else {draft.desk.focus("task")}
    rest = [i for i in draft.desk.listed_before("task") if i not in touched]
    return rest if len(rest) == 1 else []


def _by_old_time(draft: Draft, ids: list[int]) -> list[int]:
    """Of several tasks, those due when the command says (周五那个)."""
    tasks = draft.desk.crm.tasks.many(ids)
    for time in draft.times:
        due = [
            i
            for i in ids
            if (d := tasks[i].due_at) is not None and time.start <= d < max(time.end, time.start + timedelta(minutes=1))
        ]
        if due:
            return due
    return ids


def _ask_task(draft: Draft, ids: list[int], customer: Resolution) -> list[Step]:
    if customer.id is not None:
        own = [t.id for t in draft.desk.crm.tasks.of_customer(customer.id)]
        if len(own) == 1:
            return [draft.ask("task", draft.say("是这条待办吗?", "Is it this task?"), options_for(draft, "task", own))]
        ids = own or ids
    return ask_which(draft, "task", Resolution(verdict=Verdict.ASK, options=tuple(ids[:5]), kind="task"))


_THEIRS = re.compile(r"(?:的|手里的?|名下的?|手上的?)?那?[条个项件]|的")


def _of_assignee(draft: Draft, tasks: list[Task]) -> list[Task]:
    """庄颖那条: the tasks of the colleague whose one is spoken of; all, where no colleague is."""
    for mention in draft.mentions_of(NameKind.USER, least=0.85):
        if draft.inside(mention) and _THEIRS.match(draft.sentence.text, mention.stop):
            user = next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is NameKind.USER)
            return [t for t in tasks if t.assignee_id == user] or tasks
    return tasks


def _candidates(draft: Draft, statuses: tuple[str, ...]) -> list[Task]:
    tasks = draft.desk.crm.tasks
    return tasks.find(tasks.c.status.in_(statuses), order=(tasks.c.due_at,), limit=2000)


def _many(draft: Draft, statuses: tuple[str, ...]) -> list[int]:
    """The tasks that 「全部 / 这两件 / 逾期的都」 means."""
    tasks = draft.desk.crm.tasks
    theirs = _counted_of(draft)
    mine = (draft.desk.crm.principal.user_id if theirs is None else theirs,)
    if _OVERDUE.search(draft.text):
        return [t.id for t in tasks.open_between(None, draft.now, assignee_ids=mine)]
    listed = draft.desk.listed("task")
    if theirs is not None:
        shown_of = [i for i in listed or draft.desk.listed_before("task") if tasks.require(i).assignee_id == theirs]
        if shown_of:
            return shown_of
    customer = resolve_customer(draft, focus=False)
    if customer.id is not None:
        return [t.id for t in tasks.of_customer(customer.id, status=statuses[0])]
    times = said_last(draft, draft.times)
    if len(times) > 1 or (times and not listed and not new_time_is_target(draft)):
        return [t.id for t in tasks.open_between(times[0].start, times[0].end, assignee_ids=mine)]
    return listed


_COUNTS_THEIRS = re.compile(
    r"(?:手里|手上|名下|那边|那里|那儿)?的?(?:这|那)?(?:[两二三四五六七八九十几些\d]+[件条个项]|全部|所有|逾期|的?(?:待办|任务))"
)


def _counted_of(draft: Draft) -> int | None:
    """The colleague whose tasks are meant: 「庄颖那两件都…」, 「庄颖三条统一…」."""
    for mention in draft.mentions_of(NameKind.USER, least=0.85):
        before = draft.sentence.text[draft.begin : mention.begin]
        if (
            draft.inside(mention)
            and not _ASSIGN.search(before)
            and _COUNTS_THEIRS.match(draft.sentence.text, mention.stop)
        ):
            return next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is NameKind.USER)
    return None


def task_spoken_of(draft: Draft) -> int | None:
    """The one open task that the words surely name, though nothing is done to it."""
    scored = [(i, x) for i, x in task_scores(draft, _candidates(draft, (OPEN,)), NOTHING) if x >= SAYS_IT]
    if not scored or (len(scored) > 1 and scored[0][1] - scored[1][1] < CLOSE):
        return None
    return scored[0][0]


def deal_spoken_of(draft: Draft) -> int | None:
    """The one deal that the words surely name."""
    return _only(draft, NameKind.OPPORTUNITY, None)


def new_time_is_target(draft: Draft) -> bool:
    """Whether the only time said is where something is moved to."""
    return (
        bool(re.search(r"(?:到|至|成|为|在)\s*$", draft.sentence.text[draft.begin : draft.times[-1].begin]))
        if draft.times
        else False
    )


def update_task(draft: Draft) -> list[Step]:
    """Reschedule, rename, prioritise or reassign."""
    fields, problem, spoken = _new_values(draft)
    if problem:
        return problem
    chosen = choose_tasks(draft)
    if chosen and not isinstance(chosen[0], int):
        return chosen
    if not chosen:
        return refuse(draft, "没有找到要改的待办。", "I found no task to change.")
    if not fields:
        return [draft.ask("due", draft.say("改到什么时候?", "When should it be?"), task=chosen)]
    return [do(draft, "update_task", {"tasks": list(chosen), **fields}, echo=spoken)]


def _new_values(draft: Draft) -> tuple[dict[str, object], list[Step], str]:
    fields: dict[str, object] = {}
    if (priority := priority_in(draft.heard)) is not None:
        fields["priority"] = priority
    if (user := assignee_in(draft)) is not None or (user := _handed_to(draft)) is not None:
        fields["assignee"] = user
    if found := _RENAME.search(draft.words):
        fields["title"] = found[1].strip()
    elif found := _APPEND.search(draft.words):
        fields["append_title"] = found[1].strip()
    if "title" in fields or "append_title" in fields:
        return fields, [], ""
    if (shift := _shift(draft)) is not None:
        return fields | {"shift_minutes": shift}, [], ""
    time = _by_the_old_hour(draft, _onto_former_day(draft, _onto_day(draft, new_time(draft))))
    if time is not None and (days := _days_before_hour(draft, time)):
        return fields | {"shift_minutes": days, "due_time": time.due.time().isoformat()}, [], time.text
    if time is not None and time.due_has_hour and not time.recurrence and not says_a_day(time):
        return fields | {"due_time": time.due.time().isoformat()}, [], time.text
    if time is not None and not (fields and not says_a_move(draft)):
        if problem := wrong_time(draft, time, "due"):
            return fields, problem, ""
        fields |= due_fields(draft, time)
        return fields, [], echo(draft, time)
    length = next((t.duration for t in draft.times if t.kind is Kind.DURATION and t.duration), None)
    if length is not None and time is None:
        minutes = int(length.total_seconds() // 60)
        fields["shift_minutes"] = -minutes if _EARLIER.search(draft.text) else minutes
    return fields, [], ""


_BY_A_LENGTH = re.compile(
    r"(?:顺延|延后|延长|延期|延|推迟|推后|往后[推挪延移顺放]?|晚|拖|宽限|宽|提前|往前[提挪移]?|提早|早|再给|多给)(?:个|一?下|了|再|[他她它]们?|大概|约)?$"
)


_MOVED_BACK = re.compile(r"错后([一两二三四五六七八九十半\d]+)(天|周|个?(?:小时|钟头|星期|礼拜))")
_MINUTES = {"天": 1440, "周": 10080, "星期": 10080, "礼拜": 10080, "小时": 60, "钟头": 60}


def _moved_back(draft: Draft) -> int | None:
    """Minutes of 错后一天, in which 后一天 is no day of its own."""
    found = _MOVED_BACK.search(draft.text)
    count = 0.5 if found and found[1] == "半" else parse_number(found[1]) if found else None
    return int(float(count) * _MINUTES[found[2].removeprefix("个")]) if found and count else None


def _shift(draft: Draft) -> int | None:
    """Minutes of 顺延一天 and 提前一小时, unless a time said after them is the goal; a day before them picks tasks."""
    if (moved := _moved_back(draft)) is not None:
        return moved
    text = draft.sentence.text
    for time in draft.times:
        if time.kind is Kind.DURATION and time.duration and _BY_A_LENGTH.search(text[draft.begin : time.begin]):
            if any(t.begin > time.begin and t.kind is not Kind.DURATION for t in draft.times):
                return None
            minutes = int(time.duration.total_seconds() // 60)
            return -minutes if _EARLIER.search(draft.text) else minutes
    return None


def _days_before_hour(draft: Draft, time: TimeExpression) -> int:
    """Minutes of the whole days of 「往后挪一天,三点吧」, where the hour said behind them is the new hour; else 0."""
    text = draft.sentence.text
    if not time.due_has_hour or time.recurrence or says_a_day(time):
        return 0
    for each in draft.times:
        moved = each.kind is Kind.DURATION and _BY_A_LENGTH.search(text[draft.begin : each.begin])
        between = text[each.stop : time.begin] if each.stop <= time.begin else "-"
        if moved and each.duration and each.duration.days and not re.sub(r"[，,、\s的改到成在还是就定]", "", between):
            minutes = each.duration.days * 24 * 60
            return -minutes if _EARLIER.search(draft.text) else minutes
    return 0


_ONTO = re.compile(r"(?:到|至|成|为|在|给)\s*$")


def _onto_day(draft: Draft, time: TimeExpression | None) -> TimeExpression | None:
    """改到这周五,还是十点: the hour said last belongs to the day that the task is moved to; 那天 is a day as well."""
    if time is None or not time.due_has_hour or time.recurrence or says_a_day(time):
        return time
    if _SAME_DAY.search(_before(draft, time)):
        return time
    text = draft.sentence.text
    days = [t for t in draft.times if t is not time and t.kind is not Kind.DURATION and not t.due_has_hour]
    onto = [t for t in days if t.stop <= time.begin and _ONTO.search(text[draft.begin : t.begin]) and says_a_day(t)]
    return with_hour_of(onto[-1], time, draft.now) if onto else time


_FORMER_DAY = re.compile(
    r"(?:原来|原先|头先|先前|之前|以前|起先|起初|开头|最早|最初|一开始|本来|刚开始)(?:说|定|约|排)?的?(?:那|这)(?:一)?[天日]|"
    r"(?:改|换|挪|调|放|移|回)(?:回|到)+(?:那|原)(?:一)?[天日]"
)


def _onto_former_day(draft: Draft, time: TimeExpression | None) -> TimeExpression | None:
    """「还是原来那天,改十点半」: the hour on the day that the task was due before it was moved in this conversation."""
    if time is None or not time.due_has_hour or says_a_day(time) or not _FORMER_DAY.search(draft.text):
        return time
    task = draft.desk.focus("task")
    recent = draft.desk.crm.audit.recent(conversation_id=draft.desk.heard.inbound.conversation_id)
    for change in (c for each in recent for c in each.changes if c.record_type == "task"):
        before = getattr(change.before, "due_at", None)
        if getattr(change.record, "id", None) == task and before and before != getattr(change.after, "due_at", None):
            day = before.astimezone(draft.desk.view.zone).date()
            return dataclasses.replace(moved_to_day(time, day, draft.now), text=f"{day.month}月{day.day}日{time.text}")
    return time


EVENING = 19
_HALF_SAID = re.compile("[早晚夜晨]|上午|下午|中午|午|am|pm|[012]?\\d:\\d", re.I)


def _by_the_old_hour(draft: Draft, time: TimeExpression | None) -> TimeExpression | None:
    """「七点半吧」 of a task due at eight in the evening is half past seven in the evening."""
    task_id = draft.desk.focus("task")
    if time is None or task_id is None or not time.due_has_hour or says_a_day(time) or _HALF_SAID.search(time.text):
        return time
    due = draft.desk.crm.tasks.require(task_id).due_at
    if due is None or due.astimezone(draft.desk.view.zone).hour < EVENING or not 6 <= time.due.hour < 12:
        return time
    later = time.due + timedelta(hours=12)
    return dataclasses.replace(time, start=later, end=later, due=later, problem=None)


def says_a_move(draft: Draft) -> bool:
    """Whether the words move something in time."""
    return bool(re.search(r"改|挪|推|延|顺|提前|宽限|放到|换到|移|调|拖|reschedule|move|push|postpone", draft.text))


def _handed_to(draft: Draft) -> int | None:
    user = resolve_user(draft)
    if user is None or not _names_heir(draft):
        return None
    return user


def _names_heir(draft: Draft) -> bool:
    """Whether a colleague stands where the words hand something over, and not only before 那条."""
    heirs = [
        m
        for m in draft.mentions_of(NameKind.USER, least=0.75)
        if not (draft.inside(m) and re.match(r"那?[条个项件]|的", draft.sentence.text[m.stop : m.stop + 2]))
    ]
    return bool(heirs) and _hands_over(draft)


def _hands_over(draft: Draft) -> bool:
    return bool(
        re.search(
            r"换成?.{1,6}(?:去|来|$|吧|，)|改(?:成|由).{1,6}(?:去|来|$|吧|，)|转给|交给|派给|分给|指派|换.{0,6}(?:"
            r"来做|负责|跟)|assign|hand",
            draft.text,
        )
    )


def due_fields(draft: Draft, time: TimeExpression) -> dict[str, object]:
    """The due arguments of a time: a whole instant, only a day, or only an hour."""
    if time.recurrence:
        if not time.due_has_hour and "BY" not in time.recurrence:
            return {"recurrence": time.recurrence}
        if not time.due_has_hour:
            return {"recurrence": time.recurrence, "due_date": time.start.date().isoformat()}
        return {"recurrence": time.recurrence, "due_at": time.start.isoformat()}
    if not time.due_has_hour or _SAME_HOUR.search(draft.text):
        return {"due_date": time.due.date().isoformat()}
    if not says_a_day(time):
        return {"due_time": time.due.time().isoformat()}
    return {"due_at": time.due.isoformat()}


def _set_status(draft: Draft, status: str, statuses: tuple[str, ...]) -> list[Step]:
    chosen = choose_tasks(draft, statuses=statuses)
    if chosen and not isinstance(chosen[0], int):
        return chosen
    if not chosen:
        return refuse(draft, "没有找到符合的待办。", "I found no such task.")
    return [do(draft, "set_task_status", {"tasks": list(chosen), "status": status})]


def complete_task(draft: Draft) -> list[Step]:
    """Tick off."""
    return _set_status(draft, DONE, (OPEN,))


def cancel_task(draft: Draft) -> list[Step]:
    """Call off."""
    return _set_status(draft, CANCELLED, (OPEN,))


def reopen_task(draft: Draft) -> list[Step]:
    """Take up again, perhaps for another time."""
    steps = _set_status(draft, OPEN, (DONE, CANCELLED))
    time = new_time(draft)
    if time is None or len(steps) != 1 or not isinstance(steps[0], Do) or wrong_time(draft, time, "due"):
        return steps
    reopened = steps[0].calls[0]
    moved = ToolCall(tool="update_task", args={"tasks": reopened.args["tasks"], **due_fields(draft, time)})
    return [Do(calls=(reopened, moved), echo=echo(draft, time))]
