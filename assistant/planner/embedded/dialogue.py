"""What a message is in its conversation: yes or no, an answer, taking back, correcting, or one or more commands."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from assistant.messages import Ask, Do, Outcome, Say, Settle, Step, TakeBack
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.drafts import make_drafts
from assistant.planner.embedded.handlers import small_talk
from assistant.planner.embedded.handlers.small_talk import nothing_known
from assistant.planner.embedded.kinds import settle_kind
from assistant.planner.embedded.passed_over import without_strangers
from assistant.planner.embedded.questions.knowledge import SEARCH, as_question
from assistant.planner.embedded.questions.one_deal import supposes_a_price
from assistant.planner.embedded.reading.fields import level_in
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.table import HANDLERS, QUERIES, WRITES
from assistant.planner.embedded.talk.answers import answer_question
from assistant.planner.embedded.talk.bare import asks_for_the_rest
from assistant.planner.embedded.talk.corrections import correct_last, is_correction
from assistant.planner.embedded.talk.ellipsis import ask_again
from assistant.planner.embedded.talk.going_on import goes_on
from assistant.planner.embedded.talk.held import gives_reason, narrowed_held, say_more_of_held
from assistant.planner.embedded.talk.message import asks_to_be_told
from assistant.planner.embedded.talk.one_field_more import adds_person, follow_up
from assistant.planner.embedded.talk.recall import recalled
from assistant.planner.embedded.talk.repeating import repeat_last
from assistant.planner.embedded.talk.replies import AGREED, BACKS_OUT, NO, REFERRED_YES, YES
from assistant.planner.embedded.talk.rhythm import change_rhythm
from assistant.planner.embedded.talk.self_corrections import without_taken_back
from assistant.planner.embedded.talk.spoken import deal_spoken_of, task_spoken_of
from assistant.planner.embedded.talk.undoing import change_meant, names_what_was_not_changed, restored
from assistant.planner.embedded.targets import resolve_user
from intents import patterns as re
from intents.commands import Command, find_commands
from intents.evidence import CHANGES, evidence_in
from intents.names import Kind
from intents.sentence import Stretch
from intents.times import Kind as TimeKind

SHORT = 18
LEAST_NO = 3
UNSURE = 0.22
CAUTIOUS = 0.4
"""Below this probability of the intent a write is held, above it done; chosen on the development suites."""
_UNDO = re.compile(
    r"撤销|撤回|撤了|撤掉|撤下|还原|复原|恢复(?:原样|原状|原来|到原来|之前|如初)|退回(?:原来|之前|刚才|去)|回退|回滚|"
    r"(?:改|退|弄|调|转|挪|倒|变|找|捞|拿(?!回来了))回(?:去|来|原)|变回|收回|反悔|(?:还|放|拨|设|标|换)回(?:去|来|原)|"
    r"(?:^|[，,。\s]|给我|帮我|请|先|再)恢复(?:一下|下)?(?:吧|了|哈)?(?=$|[，,。！!])|"
    r"(?:这|那|刚|前|后|上)[^，。]{0,6}(?:不算数?|不作数)(?:了|的|吧)?(?=$|[，,。！!])|(?:不算|不要了?|错了?)[，,\s]*(?:给我)?还回去|"
    r"还是(?:用|按|照)(?:回)?(?:老|旧|原来|原先|之前|先前|以前)的(?:号码?|电话|价|数|那个|吧|了)*(?:$|[，。！])|"
    r"(?:前头|先前|刚才|刚刚|方才)(?:给|帮)?(?:我|他|他们|它)?(?:加|打|贴|挂|添|补|设|写|记)上?的.{0,6}(?:去[了掉]|拿掉|撕|摘|抹)|"
    r"(?:刚才|刚刚|上一个|上一条|前面).{0,6}(?:不算|作废|不要了|取消|删了?)|\bundo\b|revert|take (?:"
    r"that|it) back|roll ?back",
    re.I,
)


_AS_AT_FIRST = re.compile(
    r"(?:算了|不了|不改了|得了|那|哎|唉|[，,\s])*(?:还是?|就|仍然?|依然?)?(?:按|照|依|用|回到)(?:着|回)?"
    r"(?:最早|最初|最先|原来|原先|开始|一开始|起初|起先|先前|早先|之前|头里)(?:我)?(?:说|定|讲|约|报|设|写)?(?:好|过)?的?(?:那个?|这个?)?"
    r"(?:点儿?|时间|时候|钟点|日子|日期|天|价钱?|金额|数|样子?|说法)?(?:来|办|走|算|吧|了|就行|好了|[。.！!])*"
)
"""「还按最早说的那个点来」: what was changed last goes back to what it was."""
_WHOLESALE = re.compile(
    r"(?:全部|所有|统统|一律|全都|通通|整个|一[条个]不留|一个不剩).{0,10}(?:删|清|取消|作废|抹|丢|输|关闭|转给|划给|"
    r"赢单)|(?:删除?|清除?|清空|抹掉|作废|关闭)掉?(?:全部|所有|全体|整个)|清空|全删|删光|清光|(?:delete|remove|close|"
    r"clear|lose) (?:all|every)",
    re.I,
)
_NOT_ALL = "不能一次处理全部记录,没有改动任何数据。请说明是哪几条,例如「取消逾期的待办」「删除某某客户」。"


def _narrowed(desk: Desk) -> bool:
    """Whether the words pick some out: by name, or as overdue."""
    named = any(
        m.candidates and m.candidates[0].score >= 0.75 and m.candidates[0].nameable.kind not in ("user", "stage")
        for m in desk.sentence.mentions
    )
    return named or bool(re.search("逾期|过期|超期|今天|明天|本周|这周|overdue", desk.text))


_ONLY_SOUNDS = re.compile(
    r"(?=.*(?:[呃额啊诶欸唔]|那个|这个|就是|um|uh|er))(?:[嗯呃额啊诶欸唔哎哦喔呀]|那个啥?|这个|就是说?|然后|u+[hm]+|e+r+m*|[\s，,。.、…~！!？?])+",
    re.I,
)
"""Sounds of somebody who has not begun to speak."""


def plan_message(desk: Desk) -> list[Step]:
    """The steps for one message."""
    _drop_agreement(desk)
    _drop_pause(desk)
    without_taken_back(desk)
    _put_in_context(desk)
    _keep_quote(desk)
    commands = find_commands(desk.sentence, desk.classifier, desk.topic)
    commands = _at_the_price(desk, _of_the_list(desk, commands))
    commands = as_question(desk, commands, QUERIES - {SEARCH}, WRITES)
    desk.notes["intents"] = [{"name": c.intent, "score": round(c.score, 3)} for c in commands]
    if not commands or (_ONLY_SOUNDS.fullmatch(desk.text) and not desk.waiting):
        desk.notes["intents"] = []
        text = desk.say("没有看到文字内容,请再说一遍。", "I found no words; please say it again.")
        return [Ask(question=None, text=text)]
    return (
        _settled(desk, commands)
        or _answered(desk, commands)
        or _taken_back(desk, commands)
        or _commanded(desk, commands)
    )


def _drop_agreement(desk: Desk) -> None:
    """The 「行,」 before a command answers nothing where nothing was asked."""
    agreed = None if desk.waiting or desk.question else AGREED.match(desk.text)
    if agreed and not YES.match(desk.text):
        desk.sentence = desk.read(desk.sentence.raw(agreed.end(), len(desk.text)))


_PLACE = re.compile(r"^(?:把|给|那|就)*(?:第[一二两三四五六七八九十\d]+|最后一)(?:个|条|单|笔|项)(?:单子?|商机)?")
_REPRICES = re.compile(r"加|减|砍|降|涨|改|调|抬|压|提")


def _of_the_list(desk: Desk, commands: list[Command]) -> list[Command]:
    """「第二个加2万」 changes a deal of the list shown last; it chooses nothing where nothing was asked."""
    priced = [a for a in desk.sentence.amounts if a.unit]
    if desk.question or len(commands) != 1 or not priced or not _PLACE.match(desk.text):
        return commands
    if len(desk.listed("opportunity")) < 2 or not _REPRICES.search(desk.text):
        return commands
    evidence = evidence_in(desk.sentence, 0, len(desk.text))
    if evidence.asks or evidence.negates or commands[0].intent in ("update_opportunity", "win_opportunity"):
        return commands
    return [dataclasses.replace(commands[0], intent="update_opportunity", score=max(commands[0].score, SURELY_MEANT))]


SURELY_MEANT = 0.6


_SETS = re.compile("改成|改为|改到|定成|定为|调成|调到")


def _at_the_price(desk: Desk, commands: list[Command]) -> list[Command]:
    """「就改成85万」 after what a deal would come to at that price: the deal takes it."""
    supposed = (desk.state.get("said") or {}).get("amount")
    if supposed is None or desk.question or len(commands) != 1 or not _SETS.search(desk.text):
        return commands
    if str(supposed) not in {str(amount.value) for amount in desk.sentence.amounts}:
        return commands
    return [dataclasses.replace(commands[0], intent="update_opportunity", score=max(commands[0].score, SURELY_MEANT))]


_PAUSE = re.compile(
    r"^(?:等一?[下会]儿?|等等|稍等(?:一?下)?|慢着|且慢|先问(?:一下|一句|个事)?|插一句|打断一下|hold on|"
    r"wait)[，,。.!！…\s]+(?=\S{3,})",
    re.I,
)


def _drop_pause(desk: Desk) -> None:
    """The 「等下。」 before a question takes nothing back: it only puts the question first."""
    pause = _PAUSE.match(desk.text)
    if pause and (evidence_in(desk.sentence, pause.end(), len(desk.text)).asks or asks_to_be_told(desk, pause.end())):
        desk.sentence = desk.read(desk.sentence.raw(pause.end(), len(desk.text)))


_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{6,})[”\"」』]")


def _keep_quote(desk: Desk) -> None:
    """What somebody is quoted with is what 「把他这句原话存成纪要」 means in the next message."""
    if found := _QUOTED.search(desk.heard.text):
        desk.said_next = {"quote": found[1]}


_SAME_DAY = re.compile("同一天|同日|同天|当天(?=[早上中下晚凌夜]|[一二两三四五六七八九十\\d])")
_DAY_BEFORE = re.compile(
    r"^(?:再|另外|那|还有)?(?:在|到)?(?:头一?天|前一天)(?=.{2,8}[点时].{0,6}(?:提醒|叫|喊|通知)我?)"
)
"""「头天下午五点再提醒我…」: on the day before that of the task spoken of last."""
_ONE_MORE = re.compile(r"^(?:再|另外|还)(?:来|加|建|设|排|有|要)(?:上)?一[个条件项][:：,，]\s*(?=\S{4})")


_ON_TASKS = ("create_task", "update_task", "set_task_status")
"""After these 「再加一条」 is one more task."""


def _put_in_context(desk: Desk) -> None:
    """「再来一个:同一天下午…」 with what was written just now put in: the command and the day."""
    last = desk.last
    before = _DAY_BEFORE.match(desk.text)
    if last is None or not (before or _SAME_DAY.search(desk.text) or _ONE_MORE.match(desk.text)):
        return
    words = desk.heard.text
    if any(call["tool"] in _ON_TASKS for call in last["calls"]):
        words = _ONE_MORE.sub("提醒我", words)
    task = desk.focus("task")
    due = None if task is None else desk.crm.tasks.require(task).due_at
    if due is not None:
        day = due.astimezone(desk.view.zone)
        words = _SAME_DAY.sub(f"{day.year}年{day.month}月{day.day}日", words)
        eve = day - timedelta(days=1)
        words = _DAY_BEFORE.sub(f"{eve.year}年{eve.month}月{eve.day}日", words)
    desk.sentence = desk.read(words)


def _settled(desk: Desk, commands: list[Command]) -> list[Step]:
    """A yes or no to what is held."""
    if not desk.waiting:
        return []
    if says_yes(desk, commands):
        return [Settle(confirm=True)]
    if narrowed := narrowed_held(desk):
        return [Settle(confirm=False), *narrowed]
    if gives_reason(desk) and (held := say_more_of_held(desk)):
        return [Settle(confirm=False), *held]
    if says_no(desk, commands) or (len(desk.text) <= SHORT and BACKS_OUT.search(desk.text)):
        return [Settle(confirm=False)]
    if held := say_more_of_held(desk):
        return [Settle(confirm=False), *held]
    rest = [c for c in commands[1:] if c.intent in WRITES and c.score > 0.5]
    if rest and commands[0].intent in ("cancel", "negated", "correct"):
        return [Settle(confirm=False), *_commanded(desk, rest)]
    return []


def says_yes(desk: Desk, commands: list[Command]) -> bool:
    """Whether the whole message is a yes."""
    if any(YES.match(text) for text in _as_said(desk)) or (desk.waiting and REFERRED_YES.match(desk.text)):
        return True
    return len(desk.text) <= SHORT and all(c.intent == "confirm" and c.score > 0.5 for c in commands)


def _as_said(desk: Desk) -> tuple[str, str]:
    """The message as it came and as it was normalised, which drops the 嗯 that may be all of it."""
    return desk.heard.text.strip(), desk.text


def says_no(desk: Desk, commands: list[Command]) -> bool:
    """Whether the message is a no, perhaps with a reason."""
    if any(NO.match(text) for text in _as_said(desk)):
        return True
    if any(c.intent in WRITES and c.score > 0.5 for c in commands[1:]):
        return False
    return len(desk.text) <= SHORT and any(c.intent in ("cancel", "negated") and c.score > 0.5 for c in commands[:2])


def _answered(desk: Desk, commands: list[Command]) -> list[Step]:
    """An answer to the open question."""
    if desk.question is None or _UNDO.search(desk.text):
        return []
    if says_no(desk, commands) and not desk.sentence.mentions:
        return [Say(text=desk.say("好的,先不弄了,没有改动任何数据。", "All right, dropped; nothing was changed."))]
    return answer_question(desk, desk.question, commands, yes=says_yes(desk, commands))


def _taken_back(desk: Desk, commands: list[Command]) -> list[Step]:
    """Undo of the newest change, or of the one before."""
    first = commands[0]
    said = bool(_UNDO.search(desk.text)) or (first.intent == "undo" and first.score > 0.5)
    said = said or bool(desk.last and _AS_AT_FIRST.fullmatch(desk.text))
    said = said or _regrets(desk)
    said = said or (_says_the_value(desk) and _GOES_BACK.search(desk.text) is not None and not desk.sentence.mentions)
    if not said or ((desk.last is None or len(desk.text) > 40) and first.intent != "undo"):
        return []
    if (first.intent != "undo" and _ORDERS_ANEW.search(desk.text)) or _sets_a_level(desk):
        return []
    if _says_the_value(desk):
        return correct_last(desk, commands)
    if names_what_was_not_changed(desk):
        text = desk.say("最近没有改过这一项,没有撤销。要撤销哪一步?", "That was not changed lately. What shall I undo?")
        return [Ask(question=None, text=text)]
    return restored(desk) or [TakeBack(change_set_id=change_meant(desk))]


def _sets_a_level(desk: Desk) -> bool:
    """Whether 「还是恢复A」 says the level itself, whatever it was before."""
    return level_in(desk.text) is not None and not _UNDO.search(desk.text)


_SET_TO = re.compile(
    r"(?:改|调|退|挪|放|换|变|降|升|提|设|定|推|恢复|还原|退回|回到|还是|就|按|写|填)(?:回|成|为|到|作|在|按|是)*(?:了|原来的?|之前的?|最早的?|那个)*$"
)


_REGRETS = re.compile(
    r"^(?:算了|哎|唉|不了|嗨|得了|那|[，,\s])*(?:还是)?(?:先)?(?:别|不|不用|不要|甭)(?:再)?(?:给我)?"
    r"(降|加|涨|减|砍|推|延|挪|改|转|升|提|调|换|建|设|标|打)(?:迟|价|期|级|高|低|标签|提醒)?(?:了|吧|它|啦)+[。！!]*$"
)


def _regrets(desk: Desk) -> bool:
    """Whether 「算了,别降了」 takes back what the message before did, for nothing waits and nothing was asked."""
    fresh = desk.last is not None and int(desk.state.get("turn", 0)) == int(desk.last["turn"])
    return fresh and not desk.waiting and desk.question is None and _REGRETS.match(desk.text) is not None


_GOES_BACK = re.compile(
    r"(?:恢复|还原|退回|回到|[改调挪变换放退]回)(?:成|为|到|在|按)?(?=[\d一二两三四五六七八九十周下上本])"
)


def _says_the_value(desk: Desk) -> bool:
    """Whether the words say to what the field goes back: 「他又反悔了,改回33万吧」; then that counts, not the step."""
    if desk.last is None or desk.waiting:
        return False
    times = (t for t in desk.sentence.times if t.kind is not TimeKind.DURATION)
    values: tuple[Stretch, ...] = (*desk.sentence.amounts, *times, *desk.sentence.phones)
    return any(_SET_TO.search(desk.text[: value.begin]) for value in values)


_ORDERS_ANEW = re.compile(r"(?:提醒|叫|喊|通知)我|(?:建|加|设|排|记)一?[个条笔]|remind me|(?:记|写)(?:一下|下来)", re.I)
"""「提醒我把样机拿回来」 takes nothing back: it is an order of its own."""


def _commanded(desk: Desk, commands: list[Command]) -> list[Step]:
    """One or more commands, or a correction of the last write."""
    if (
        _WHOLESALE.search(desk.text)
        and not desk.sentence.times
        and all(c.intent != "record_note" for c in commands)
        and not _narrowed(desk)
    ):
        return [
            Say(
                text=desk.say(_NOT_ALL, "I don't change or delete everything at once. Please name what you mean."),
                outcome=Outcome.REFUSED,
            )
        ]
    if _UNSAID.search(desk.text) or (NO.match(desk.text) and len(desk.text) > LEAST_NO and not desk.sentence.mentions):
        return [Say(text=desk.say("好的,不动,没有改动任何数据。", "All right, nothing was changed."))]
    if steps := _follows(desk, commands) or _recalled(desk, commands) or asks_for_the_rest(desk):
        return steps
    drafts = make_drafts(desk, commands)
    if _DELIBERATES.search(desk.text) and all(d.intent in CHANGES or d.intent not in WRITES for d in drafts):
        _remember_names(desk, drafts[0])
        return small_talk.negated(drafts[0])
    steps = []
    for draft in drafts:
        if draft.score < UNSURE and draft.intent not in QUERIES and not draft.leads_clearly:
            continue
        intent = "opportunity_detail" if supposes_a_price(draft) else draft.intent
        made = _unready(draft) or settle_kind(draft) or HANDLERS[intent](draft)
        steps += _cautious(draft, drafts, without_strangers(draft, made))
    _remember_names(desk, drafts[0])
    desk.notes["writes"] = sum(d.intent in WRITES for d in drafts)
    return _deduplicated(steps) or nothing_known(drafts[0])


def _unready(draft: Draft) -> list[Step]:
    """The question for what the speaker still thinks about; [] when nothing is open."""
    if not draft.hints.pop("unready", False):
        return []
    customer = resolve_customer(draft, focus=False)
    if customer.found:
        draft.hints["customer"] = customer.id
    return [draft.ask("name", draft.say("好的,想好了请告诉我名称。", "Sure. What shall it be called?"))]


def _recalled(desk: Desk, commands: list[Command]) -> list[Step]:
    """What was written is read out, unless the message states that a task is done (开发票那个弄好了)."""
    first = commands[0]
    states = first.intent == "complete_task" and first.score >= STATED and not first.question
    if states and not evidence_in(desk.sentence, 0, len(desk.text)).asks:
        return []
    return recalled(desk)


STATED = 0.9

_UNSAID = re.compile(r"就?当我(?:什么都|啥都|刚才)?没有?(?:说|讲|提)过?(?:吧|了|啊|哈|好了)?[。.！!]*$")
"""「…,当我没讲」: all that was said before in the message is not to be done."""

_DELIBERATES = re.compile(
    r"^(?:我|咱们?|我们)?(?:还|正|一直)?(?:在)?(?:想着?|考虑|琢磨|犹豫|纠结|盘算|不知道|不确定|拿不准)(?:着|了下)?(?:到底|究竟)?"
    r"(?:是不是|要不要|该不该|是否|能不能|值不值得|可不可以)"
)
"""A thought aloud about a change is no order to make it."""


def _follows(desk: Desk, commands: list[Command]) -> list[Step]:
    """What only the message before makes sense of: once more, a correction, one field more, the same about another."""
    if repeated := repeat_last(desk) or adds_person(desk) or change_rhythm(desk):
        return repeated
    if is_correction(desk, commands) and (amended := correct_last(desk, commands)):
        return amended
    return follow_up(desk, commands) or goes_on(desk) or ask_again(desk, commands)


def _cautious(draft: Draft, drafts: list[Draft], steps: list[Step]) -> list[Step]:
    """A write that the words hardly ask for, or a change of several customers, is shown first and done on 确认."""
    if draft.intent == "update_customer" and sum(_is_same_command(draft, other) for other in drafts) > 1:
        return [dataclasses.replace(s, hold=s.hold or "several") if isinstance(s, Do) else s for s in steps]
    if draft.intent not in WRITES or draft.intent == "record_note" or draft.score >= CAUTIOUS:
        return steps
    return [dataclasses.replace(s, hold=s.hold or "unsure") if isinstance(s, Do) else s for s in steps]


def _is_same_command(one: Draft, other: Draft) -> bool:
    """Whether two drafts are one command given of several records (A和B都调成B级)."""
    return (one.intent, one.begin, one.stop) == (other.intent, other.begin, other.stop)


def _remember_names(desk: Desk, draft: Draft) -> None:
    """Whom a message named is whom the next one may mean by 他."""
    if "customer" not in desk.focus_next and draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.75):
        found = resolve_customer(draft, focus=False)
        if found.verdict is Verdict.SURE and found.id is not None:
            desk.focus_next["customer"] = found.id
    if draft.intent == "negated" and "task" not in desk.focus_next and (task := task_spoken_of(draft)) is not None:
        desk.focus_next["task"] = task
    spoken = draft.intent in ("negated", "remark", *QUERIES) and "opportunity" not in desk.focus_next
    if spoken and (deal := deal_spoken_of(draft)) is not None:
        desk.focus_next["opportunity"] = deal
    if (deal := draft.hints.get("opportunity")) is not None:
        desk.focus_next.setdefault("opportunity", int(deal))
    user = resolve_user(draft)
    if user is not None and user != desk.crm.principal.user_id:
        desk.focus_next.setdefault("user", user)


def _deduplicated(steps: list[Step]) -> list[Step]:
    """Each step once, in order."""
    seen: list[Step] = []
    for step in steps:
        if step not in seen:
            seen.append(step)
    return seen


__all__ = ["plan_message", "says_no", "says_yes"]
