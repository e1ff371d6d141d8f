"""From the commands of one message to drafts: dictated content joined, taken-back ones dropped, customers shared."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

from assistant.planner.embedded.asking import asked_instead, asks_of_task
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.dictation import join_story
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.notes import has_trigger
from assistant.planner.embedded.handlers.tasks.customers import POINTS_BACK
from assistant.planner.embedded.handlers.words import CREATING
from assistant.planner.embedded.kinds import CHANGE_OF, KIND_OF, NAMED, kind_said, kind_spoken_of
from assistant.planner.embedded.minutes_apart import keep_apart, share_day
from assistant.planner.embedded.numbers_given import each_their_own
from assistant.planner.embedded.of_many import of_many
from assistant.planner.embedded.parts import join_creation
from assistant.planner.embedded.pointing import point
from assistant.planner.embedded.questions.filters import topic_in
from assistant.planner.embedded.questions.words import TOPICS_DEAL
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.stated_deals import change_stated
from assistant.planner.embedded.stated_tasks import state_known_task
from assistant.planner.embedded.table import HANDLERS, QUERIES, WRITES
from assistant.planner.embedded.unordered import (
    forbids,
    is_told,
    only_supposed,
    quoted_in_a_minute,
    tells_of_a_message,
)
from intents import patterns as re
from intents.clauses import announced_parts, split_clauses
from intents.commands import NOTE, REMARK, Command, moves_a_deal
from intents.evidence import Evidence, evidence_in
from intents.names import Kind, Mention
from intents.sentence import Stretch

OFFER_NOTE = "offer_note"
SURE_COMMAND = 0.5
LONG_TALK = 400
"""Characters from which the talk around a command is no part of it."""
_ASIDE = ("remark", "choose", "thanks", "greet", "confirm", "correct", "cancel")
_RETRACTED = re.compile(r"不行不行|算了|先别|别动|先不|不用了|等等|搁着|不要了|作罢|never ?mind|forget it|hold off")
_REQUEST = re.compile(
    r"提醒|待办|日程|叫我|喊我|设个?|安排|推到|推进|阶段|改成|改为|更新|标成|标记|新建|建个|另外|顺便|再帮|帮我|然后|"
    r"remind|task|schedule|move|update|set|also",
    re.I,
)


def make_drafts(desk: Desk, commands: list[Command]) -> list[Draft]:
    """The drafts of a message, in the order said; at least one."""
    listed = each_their_own(desk, join_creation(desk, _known(desk, commands)))
    stated = _statements(desk, listed)
    apart = keep_apart(desk, stated)
    joined = apart if apart is not stated else _join_dictation(desk, join_story(desk, stated))
    kept = _without_retracted(desk, joined)
    told = _one_question([c for c in kept if c.intent not in _ASIDE] or kept[:1])
    drafts = [Draft.of(desk, desk.sentence, command) for command in _with_context(desk, kept, told)]
    drafts = _without_bare_repeats(drafts)
    _hold_unready(desk, drafts)
    drafts = [each for draft in drafts for each in _for_each(draft)]
    for draft in drafts:
        point(draft)
        state_known_task(draft)
    share_day(drafts)
    _share_customers(drafts)
    _offer_lone_remarks(desk, drafts)
    return drafts


def _without_bare_repeats(drafts: list[Draft]) -> list[Draft]:
    """「周五上午十点找某某,帮我设个 reminder」: the bare order behind a task is the order for that task."""
    bare = [d.intent == "create_task" and evidence_in(d.sentence, d.begin, d.stop).bare_task for d in drafts]
    return [d for i, d in enumerate(drafts) if not (bare[i] and i and drafts[i - 1].intent == "create_task")]


_UNREADY = re.compile(
    r"(?:名字|名称|金额|叫什么|价格|细节|内容|时间|其他|其它|具体).{0,10}(?:想想|再说|待定|没定|没想好|再补|再告诉|回头|稍后|等会儿?)|"
    r"(?:我|容我|让我|再)想想|没想好|还没定"
)
_WITH_A_NAME = ("create_opportunity", "create_customer", "create_contact", "create_lead")


def _hold_unready(desk: Desk, drafts: list[Draft]) -> None:
    """要立个商机,名字我想想: what is to be created is asked about, for the speaker says that he is not ready."""
    for draft in drafts:
        if draft.intent in _WITH_A_NAME and (found := _UNREADY.search(desk.text, draft.begin)):
            draft.stop = min(draft.stop, max(draft.begin + 2, found.start()))
            draft.hints = {**draft.hints, "unready": True}


_EACH = re.compile(r"各|都|分别|每家|两家|三家|each|both")


def _for_each(draft: Draft) -> list[Draft]:
    """One draft for each customer of 「A、B各安排一个…」; the title is told without their names."""
    if draft.intent == "create_task" and len(users := _told(draft)) > 1:
        title = _EACH_GETS.sub("", _less(draft, users))
        return [
            dataclasses.replace(draft, hints={**draft.hints, "assignee": i}, fills={"title": title})
            for i in dict.fromkeys(_id_of(m, Kind.USER) for m in users)
        ]
    if draft.intent not in ("create_task", "update_customer"):
        return [draft]
    sure = [m for m in draft.mentions_of(Kind.CUSTOMER, least=0.85) if m.candidates[0].nameable.kind is Kind.CUSTOMER]
    if not _EACH.search(draft.text) and not _handed_over(draft, sure):
        return [draft]
    ids = list(dict.fromkeys(int(m.candidates[0].nameable.id) for m in sure))
    if len(ids) < 2:
        return [draft]
    title = _EACH_GETS.sub("", _less(draft, sure))
    title = re.sub(r"^[、和跟与及，\s]+|各(?:自)?|分别|都(?=安排|排|设|建|给|发)", "", title)
    return [dataclasses.replace(draft, hints={**draft.hints, "customer": i}, fills={"title": title}) for i in ids]


_GOES_TO = re.compile(r"(?:这|那)?(?:两家|三家|两个|三个)?(?:客户)?(?:转|划|移交|交|调|分)(?:给|到|归)?")


def _handed_over(draft: Draft, customers: list[Mention]) -> bool:
    """Whether customers named in one row go to a colleague together: 「A、B转张三」."""
    row = sorted(customers, key=lambda m: m.begin)
    if draft.intent != "update_customer" or len(row) < 2 or not draft.mentions_of(Kind.USER, least=0.85):
        return False
    text = draft.sentence.text
    joined = all(_LISTED_NAMES.fullmatch(text[a.stop : b.begin]) for a, b in pairwise(row))
    return joined and _GOES_TO.match(text, row[-1].stop) is not None


_EACH_GETS = re.compile(
    r"(?:给|让|叫|安排|派|通知|请)?[、，和跟与及]*(?:两人|两个人|他们|三个人|三人)?(?:各自|各|分别|都|每人)(?:建|来|安排|设|加|排|派|发|布置)?"
    r"(?:一?[个条项])?(?:待办|任务|提醒|活儿?)?|(?:给|让|叫|安排|派|通知|请)[、和跟与及]+"
)
_LISTED_NAMES = re.compile(r"[、，和跟与及\s]+|and|,")


def _told(draft: Draft) -> list[Mention]:
    """Colleagues named in one row (给麦俊、庄颖各建一条), each of whom is to have the task."""
    inside = [m for m in draft.mentions_of(Kind.USER, least=0.85) if draft.inside(m)]
    sure = sorted((m for m in inside if m.candidates[0].nameable.kind is Kind.USER), key=lambda m: m.begin)
    row = sure[:1]
    for mention in sure[1:]:
        if _LISTED_NAMES.fullmatch(draft.sentence.text[row[-1].stop : mention.begin].strip() or "、"):
            row.append(mention)
    before = draft.sentence.text[max(draft.begin, row[0].begin - 3) : row[0].begin] if row else ""
    after = draft.sentence.text[row[-1].stop : row[-1].stop + 8] if row else ""
    told = re.search("[给让叫派请]|安排|通知", before) or re.match("各|都|分别|每人", after)
    return row if told else []


def _id_of(mention: Mention, kind: Kind) -> int:
    return next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is kind)


def _less(draft: Draft, mentions: list[Mention]) -> str:
    """The command's words without its times and these names."""
    text, taken = draft.sentence.text, bytearray(len(draft.sentence.text))
    spans: tuple[Stretch, ...] = (*mentions, *draft.sentence.times)
    for span in spans:
        taken[span.begin : span.stop] = b"\1" * (span.stop - span.begin)
    return "".join(c for i, c in enumerate(text) if draft.begin <= i < draft.stop and not taken[i])


def _offer_lone_remarks(desk: Desk, drafts: list[Draft]) -> None:
    """A meeting told in passing, with no word that asks for a minute and no other command, is offered, not written."""
    lone = drafts[0]
    if len(drafts) == 1 and lone.intent == NOTE and not has_trigger(lone.text) and not has_trigger(desk.sentence.heard):
        lone.intent = OFFER_NOTE


def _known(desk: Desk, commands: list[Command]) -> list[Command]:
    """The commands with intents that can be carried out, as the words and the topic would have them."""
    return [_fitting(desk, c if c.intent in HANDLERS else _as(c, REMARK)) for c in commands]


def _fitting(desk: Desk, command: Command) -> Command:
    evidence = evidence_in(desk.sentence, command.begin, command.stop)
    if (asked := asked_instead(desk.text[command.begin : command.stop], command)) is not None:
        return _as(command, asked)
    if _NOTE_HEAD.match(desk.text, command.begin, command.stop):
        return _as(command, NOTE)
    if (several := of_many(desk, command, evidence)) is not None:
        return _as(command, several)
    if command.intent == "list_contacts" and evidence.asks and evidence.says(_LAST_MET):
        return _as(command, "customer_360")
    if command.intent == "out_of_scope" and evidence.names(Kind.TASK, 0.5) and asks_of_task(evidence.words):
        return _as(command, "list_tasks")
    if (stated := change_stated(desk, command, evidence)) is not None:
        return dataclasses.replace(command, intent=stated, score=max(command.score, SURE_COMMAND))
    if forbids(evidence, command.intent):
        return _as(command, "negated")
    if command.intent in _OBEYED and tells_of_a_message(desk.text, command) and not _for_me(desk, command):
        return _as(command, NOTE)
    if command.intent == "update_customer" and evidence.says("姓[\u4e00-\u9fff](?:的|那|这)"):
        return _as(command, "update_contact")
    if quoted_in_a_minute(desk.text, command):
        return _as(command, NOTE)
    if only_supposed(evidence, command.intent):
        return _as(command, _question_among(command) if evidence.asks else REMARK)
    if (of_deal := _of_the_deal_spoken_of(desk, command, evidence)) is not None:
        return dataclasses.replace(command, intent=of_deal, score=max(command.score, SURE_COMMAND))
    why_lost = evidence.asks and topic_in(evidence.words, TOPICS_DEAL) == "lost_reason"
    if command.intent in _MISREAD_WHY and why_lost and evidence.names(Kind.CUSTOMER, NAMED):
        return _as(command, "opportunity_detail")
    if desk.topic == "lead" and command.intent in (*_MISREAD_LEADS, *QUERIES) and evidence.says(_CLAIMS):
        claimed = dataclasses.replace(command, intent="update_lead", question=False)
        return dataclasses.replace(claimed, score=max(command.score, SURE_COMMAND))
    if command.intent in ("negated", "cancel", "cancel_task") and evidence.says(_LEAD_IS_DEAD):
        return dataclasses.replace(command, intent="update_lead", score=max(command.score, SURE_COMMAND))
    if command.intent in ("lose_opportunity", "update_opportunity", REMARK) and evidence.says(_WHY_IT_SAYS):
        deal = desk.focus("opportunity")
        if deal is not None and desk.crm.opportunities.require(deal).lost_reason:
            return dataclasses.replace(command, intent="update_opportunity", score=max(command.score, SURE_COMMAND))
    if command.intent == "create_contact" and evidence.says(_NOTES_ON_TASK):
        return _as(command, "update_task")
    if command.intent == "log_interaction" and desk.sentence.phones and evidence.says(_PUTS_ON_FILE):
        whose = next((i for kind, i in _NUMBER_OF.items() if evidence.names(kind, 0.8)), None)
        return command if whose is None else _as(command, whose)
    if command.intent in ("opportunity_detail", "customer_360") and evidence.says(_STEP_ON) and not evidence.asks:
        return dataclasses.replace(command, intent="update_opportunity", score=max(command.score, SURE_COMMAND))
    if command.intent == "negated" and (set_instead := _sets_beside(desk, command, evidence)) is not None:
        return dataclasses.replace(command, intent=set_instead, score=max(command.score, SURE_COMMAND))
    if command.intent == "create_opportunity" and evidence.says(_THAT_DEAL) and not evidence.says(_MADE_ANEW):
        return _as(command, "update_opportunity")
    if command.intent == "win_opportunity" and evidence.says(_TAGS) and not evidence.says("商机|单子?(?!据)|赢单"):
        return _as(command, "update_customer")
    if command.intent == "cancel_task" and evidence.says("删(?!日程)") and not evidence.says("取消|撤"):
        return _as(command, "delete_record")
    if command.intent in WRITES and command.intent not in (NOTE, "amend_note") and evidence.muses:
        return _as(command, REMARK)
    if command.intent == "create_task" and not evidence.orders and evidence.says(_JUST_SPOKE):
        return _as(command, NOTE)
    if command.intent == "complete_task" and _is_still_due(desk, command, evidence):
        return _as(command, "update_task")
    if command.intent == "cancel_task" and evidence.says(_DELETES) and not evidence.says("日程|日历"):
        return _as(command, "delete_record")
    if command.intent == "delete_record" and evidence.says("别名|简称|标签") and not evidence.says("客户(?!的)"):
        return _as(command, "update_customer")
    if command.intent == "cancel_task" and not evidence.says(_CALLS_OFF):
        return _as(command, "complete_task" if evidence.finished and evidence.names(Kind.TASK, 0.5) else REMARK)
    if command.intent == "lose_opportunity" and command.score < 0.6 and not evidence.says(_LOSES):
        return _as(command, "complete_task" if evidence.finished else REMARK)
    if command.intent == "update_opportunity" and _is_due_by_the_hour(desk, command, evidence):
        return _as(command, "update_task")
    if command.intent == "help" and evidence.says("[他她]们?(?:怎么|咋|如何)(?:看|想|说|讲|回)"):
        return _as(command, "search_collateral")
    if command.intent == "negated" and evidence.asks:
        query = _question_among(command)
        return command if query == REMARK else _as(command, query)
    if command.intent == "lose_opportunity" and not evidence.says(_LOSES):
        return _as(command, REMARK)
    if command.intent == "update_task" and _dates_the_deal(desk, command, evidence):
        return _as(command, "update_opportunity")
    if command.intent == "create_opportunity" and _sets_a_field_of_a_deal(desk, command, evidence):
        return dataclasses.replace(command, intent="update_opportunity", score=max(command.score, SURE_COMMAND))
    if command.intent == "update_customer" and desk.sentence.amounts and evidence.says(_OF_AN_AMOUNT):
        return _as(command, "update_opportunity")
    if command.intent == "update_lead" and evidence.says(_ORDERS_A_TASK):
        return _as(command, "create_task")
    if (lead_intent := _of_leads(desk, command, evidence)) is not None:
        return dataclasses.replace(command, intent=lead_intent, score=max(command.score, SURE_COMMAND))
    of_deals = (
        desk.topic == "opportunity"
        and not evidence.names(Kind.TASK, 0.75)
        and not evidence.says("待办|任务|提醒|日程|task|(?:那|这)(?:件|个|桩)?事儿?")
    )
    if command.intent == "update_task" and _begins_a_series(desk, command, evidence):
        return _as(command, "create_task")
    if (
        desk.topic == "order"
        and evidence.asks
        and command.intent in ("opportunity_detail", "list_opportunities", "product_info")
        and evidence.says("[那这](?:一)?[笔次批]|哪年|哪天买|什么时候买")
        and not evidence.says("商机|单子")
    ):
        return _as(command, "purchase_history")
    if (
        desk.topic == "opportunity"
        and evidence.has_time
        and not evidence.asks
        and len(desk.text) < SHORT_DAY
        and evidence.says("签|定|成交|关单|拍板|落单")
        and command.intent not in WRITES
    ):
        return dataclasses.replace(command, intent="update_opportunity", score=max(command.score, SURE_COMMAND))
    if command.intent == "purchase_history" and evidence.asks and evidence.says(_QUOTED_AT):
        return _as(command, "opportunity_detail")
    if _hands_a_lead(desk, command, evidence):
        return _as(command, "update_lead")
    if command.intent in KIND_OF and (said := kind_said(evidence)) is not None:
        return _as(command, CHANGE_OF[said])
    if command.intent == "update_opportunity" and desk.topic != "opportunity" and _is_of_tasks(evidence):
        return _as(command, "update_task")
    return _as(command, "update_opportunity") if command.intent == "update_task" and of_deals else command


_WHY_IT_SAYS = r"(?:原因|理由)[^，。；:：]{0,8}[:：]|(?:原因|理由)[^，。；]{0,3}(?:写|改|填|补|换)"
_NOTES_ON_TASK = r"[那这][条件项].{0,6}(?:加|添|补|写|带)(?:上|个|一个|一句)?(?:备注|标题|说明)"
_PUTS_ON_FILE = r"(?:电话|总机|手机|号码|座机)[^，。；]{0,4}(?:登记|记(?:一?下|上|到)|录|填|存|补|加上)"
_NUMBER_OF = {Kind.CONTACT: "update_contact", Kind.CUSTOMER: "update_customer", Kind.LEAD: "update_lead"}
_STEP_ON = r"(?:推进|往前推|往前走|前进|往下推|推)一?(?:步|格|档)(?:吧|了)?$"
_STAYS = re.compile(r"(?:先|都|就|时间|钟点|金额|阶段|其他)?(?:不|别|甭)(?:动|变|管)[，,]\s*(?=\S{3})")
_SETS_IT = re.compile(r"改成|改为|改到|调到|提到|降到|推到|标成|设成|加到|升到|挪到")


def _sets_beside(desk: Desk, command: Command, evidence: Evidence) -> str | None:
    """The change ordered behind what is to stay: 「大的那个先不动,金额改成2300万」."""
    stays = _STAYS.search(desk.text, command.begin, command.stop)
    if stays is None or evidence.asks or _SETS_IT.search(desk.text, stays.end(), command.stop) is None:
        return None
    if kind_said(evidence) is not None:
        return CHANGE_OF[str(kind_said(evidence))]
    priced = any(a.unit and a.begin >= stays.end() for a in desk.sentence.amounts)
    return "update_opportunity" if priced else "update_task" if evidence.says("优先") else None


_MISREAD_WHY = ("customer_360", "recommend", "search_collateral", "list_notes", REMARK)
_CLAIMS = (
    r"(?:分|转|派|划|归|拨|挂)(?:给|到)?我(?:名下|来跟|吧|呗|$|[，。！!])|"
    r"我(?:来|先)?(?:认领|接手|接了|跟了|来跟)"
)
"""Words by which somebody takes the lead spoken of for himself."""
_LEAD_IS_DEAD = (
    r"线索(?:就|可以|直接|也|给我|帮我)?(?:标成?|改成?|设成?|算|当)?"
    r"(?:作废|废了|废掉|无效|没戏|关掉|不要了)"
)
_THAT_DEAL = (
    r"[那这](?:一)?(?:个|单|笔|张|条)(?:商机|单子?|项目)?的?(?:金额|价格?|报价|预计|签约|阶段)[^，。；]{0,6}"
    r"(?:加|减|涨|降|改|调|砍|让|推|延|提|抬|挪)|[那这](?:一)?[单笔](?:加|减|涨|降|改|调|砍|让)"
)
_MADE_ANEW = r"(?:新|建|立|开|录|登记|加|再来|添)一?(?:个|笔|单|条|张)|新(?:建|增|开|立)|new"
"""What is done to 「那个商机」 is done to one that there is; a new one is told to be made."""
_NOTE_HEAD = re.compile(r"[^，。；:：?？]{0,10}记一?[笔条下个段](?:纪要|沟通|记录)?[:：](?=.{4})")
"""What stands behind 「某某记一笔:」 is the minute, whatever it reads like."""
_LAST_MET = r"(?:最后|最近|上次|上回|头回).{0,4}(?:碰面|碰头|碰的?面|见面|见的?面|会面|沟通|联系|接触)"
_QUOTED_AT = r"报(?:了|的|过|价)(?:是|价)?(?:多少|几|啥)|报(?:了|的)?什么价"
"""What was quoted stands in a deal; what was bought, in the orders."""
_JUST_SPOKE = (
    r"^(?:我)?刚刚?(?:才)?(?:跟|和|同|与|给|见|陪)[^，。；]{1,12}(?:完(?:了)?(?:话|电话|天|面|饭|会)?|过(?:了)?|了(?:电话|面|话))(?!.*(?:记得|别忘|到时|要去))"
)
"""Somebody was just spoken to: what follows is talk, which may be kept, and no task."""
_REPRICED = r"改|调|降|涨|加|减|砍|让|抬|定|就按|按"
_OF_MANY = r"哪些|哪几|几[单个笔张]|多少[单个笔张]|我的|组里|团队|所有|全部|[本这下]个?(?:月|季|周)|今年"


def _of_the_deal_spoken_of(desk: Desk, command: Command, evidence: Evidence) -> str | None:
    """What a price set or a day of signing asked for without any name is of: the deal that the talk is about."""
    named = any(score >= NAMED for kind, score in evidence.named.items() if kind not in (Kind.PRODUCT, Kind.STAGE))
    if named or desk.focus("opportunity") is None or kind_spoken_of(desk, None) != "opportunity":
        return None
    priced = any(a.unit and command.begin <= a.begin and a.stop <= command.stop for a in desk.sentence.amounts)
    plain = not (evidence.asks or evidence.negates or evidence.has_time)
    if command.intent in _MISREAD_PRICES and priced and plain and evidence.says(_REPRICED):
        return "update_opportunity"
    asks_when = evidence.asks and evidence.says("签(?!到|名|收)") and not evidence.says(_OF_MANY)
    return "opportunity_detail" if command.intent in ("list_tasks", "list_opportunities") and asks_when else None


_MISREAD_PRICES = (REMARK, "correct", "confirm", "choose", "update_customer", "update_task", "product_info")


_TAGS = r"(?:打|贴|加|挂|添)(?:上|个|一?个)?[^，。；]{1,12}(?:标签|tag)"
_OBEYED = WRITES - {NOTE, "amend_note", "offer_note"}
_FOR_ME = re.compile(r"提醒我|叫我|喊我|帮我|替我|remind me", re.I)


def _for_me(desk: Desk, command: Command) -> bool:
    """Whether a clause of its own asks something of the assistant, beside the minute."""
    words = desk.text[command.begin : command.stop]
    return command.begin > 0 and _FOR_ME.search(words) is not None and not has_trigger(words)


def _question_among(command: Command) -> str:
    """The likeliest question that a command may be; a remark where it is none."""
    return next((g.name for g in command.guesses if g.name in QUERIES), REMARK)


def _dates_the_deal(desk: Desk, command: Command, evidence: Evidence) -> bool:
    """Whether the day moved is one that only deals have, and a deal is spoken of: 「把它的预计日期放到30号」."""
    tasks = evidence.names(Kind.TASK, 0.75) or evidence.says("待办|任务|提醒|日程")
    return not tasks and desk.focus("opportunity") is not None and evidence.says(_DAY_OF_A_DEAL)


_DAY_OF_A_DEAL = "预计(?:的)?(?:签|成|日|时|关)|签[约单](?:日|时|的日|的时)|成交(?:日|时间)|关单"


_FIELD_SET = (
    r"(?:金额|合同额|签[约单](?:日期?|时间)|成交(?:日期?|时间)|预计[^，。；]{0,4}(?:日期?|时间)|阶段)(?:都|也|先|给我|帮我)*"
    r"(?:改|写|填|定|调|设|换|推|延|挪|更新|放)"
)
_CREATES = rf"(?:{CREATING}|起)(?:上|了|个|一|条|下)*[^，。；]{{0,8}}(?:商机|单子?|项目|机会)|新(?:商机|单子?|项目)"


def _sets_a_field_of_a_deal(desk: Desk, command: Command, evidence: Evidence) -> bool:
    """Whether a field that deals have is set, and no word creates one: 「颐澄商机的签约日写10月16」."""
    return evidence.says(_FIELD_SET) and not evidence.says(_CREATES)


def _begins_a_series(desk: Desk, command: Command, evidence: Evidence) -> bool:
    """Whether something is to be done every so often, and no task is named that this could change."""
    series = any(t.recurrence and command.begin <= t.begin and t.stop <= command.stop for t in desk.sentence.times)
    points = evidence.names(Kind.TASK, 0.5) or evidence.says(
        "改|挪|推|调|换|变|移|这[件个条项]|那[件个条项]|刚才|它|待办|任务|优先"
    )
    first = next(iter(desk.sentence.times), None)
    return series and not points and first is not None and command.stop - first.stop >= LEAST_DEED


LEAST_DEED = 5
"""So many characters behind the time of a series say what is to be done."""
_OF_AN_AMOUNT = r"金额|合同额|成交价|\bamount\b|deal (?:size|value)"
"""No customer has an amount: it is that of a deal."""
_ORDERS_A_TASK = r"(?:设|建|加|来|整|排|弄|定|列|搞)一?[个条].{0,6}(?:提醒|待办|任务|日程)|提醒我|remind me"
_LOSES = (
    "输|丢|黄|失|败|没戏|没成|没了|没希望|没谈成|没拿|吹|飞|凉|跑|泡汤|崩|死|不做|不要|不买|不上|不签|不搞|不弄|不得行|不行|不成|成不了|搞不成|做不成|放弃|取消|终止|停|关|"
    "选了|抢|截|别家|别人|对手|流失|算了|lost|lose|dead|drop|kill|clos|gone|cancel|went with"
)
"""A deal is lost by words only: what merely sounds like bad news of something else loses none."""
_LEAD_STATUS = re.compile(
    r"(?:恢复|改|退|变)(?:成|为|回)新|我(?:来|先)?领(?![导取])|认领|归我|作废|没戏|合格|不要了|没需求|没意向|有意向|跟进中|靠谱|无效|有效"
)
_MISREAD_LEADS = (
    "update_task", "update_customer", "update_contact", "update_opportunity", "cancel_task", "remark", "choose",
    "reopen_task", "correct", "confirm", "update_lead"
)  # fmt: skip


def _of_leads(desk: Desk, command: Command, evidence: Evidence) -> str | None:
    """The intent on a lead, where a list of leads or one of them is what the conversation is about."""
    if desk.topic != "lead" or command.intent not in _MISREAD_LEADS:
        return None
    if any(evidence.names(kind, 0.75) for kind in (Kind.CUSTOMER, Kind.CONTACT, Kind.TASK, Kind.OPPORTUNITY)):
        return None
    return "update_lead" if evidence.says(_LEAD_STATUS.pattern) else None


SHORT_DAY = 14
"""A message so short that gives a day to sign is about the deal spoken of."""
_HANDS = re.compile(
    r"(?:分|转|派|交|划|拨|指派|安排)?给|分到|转到|让.{1,6}(?:跟|接|去)|由.{1,6}(?:跟|接|负责)|归|assign", re.I
)


def _hands_a_lead(desk: Desk, command: Command, evidence: Evidence) -> bool:
    """Whether a colleague is given the lead spoken of: 「酒店那条给柳某」 after a list of leads."""
    other = any(evidence.names(k, 0.75) for k in (Kind.CUSTOMER, Kind.OPPORTUNITY, Kind.TASK, Kind.CONTACT))
    of_leads = desk.topic == "lead" or evidence.says("线索")
    speaks = bool(_HANDS.search(desk.text[command.begin : command.stop])) and evidence.names(Kind.USER, 0.75)
    return of_leads and speaks and not other and not evidence.has_time and not evidence.says("提醒|待办|任务")


_DELETES = r"删(?:了|掉|除|去)|(?:把|给我|帮我|^)删|删(?:吧|下|一下)?(?:$|[，。！])|\bdelete\b"
"""What is deleted is gone, what is called off is kept as cancelled."""
_CALLS_OFF = (
    "取消|作废|撤|删|不用|不需要|不必|不去|不要|不做|不办|不发|不送|不寄|不打|不约|不搞|不弄|别|算了|免了|废|划掉|去掉|拿掉|关掉|没必要|停|黄了|不[^，。]{0,6}了|"
    "cancel|drop|remove|delete|kill|scrap|forget|call off|no longer|no need|don't|not "
)


_LOSES = (
    "丢|输|黄|没戏|失(?!误)|嫌|凉|泡汤|崩|不做了|不买了|不要了|放弃|关[掉闭单了]|没成|没中|落标|废|算了|别家|对手|友商|竞品|选了|签了?给|被.{1,6}(?:抢|拿)|死|取消|"
    "停|砍|搁|flop|lost|lose|dead|drop|cancel|kill|close"
)


_BY_THEN = r"前(?:得|要|必须|务必|给我|把[它他这那].{0,3})?(?:弄|做|办|搞|整|写|交|发|回|寄|送|处理|完成)"


def _is_still_due(desk: Desk, command: Command, evidence: Evidence) -> bool:
    """「今晚七点前弄完」: something is to be done by a time ahead, and is not done yet."""
    times = [t for t in desk.sentence.times if command.begin <= t.begin and t.stop <= command.stop]
    ahead = any(t.due > desk.now for t in times)
    return ahead and evidence.says(_BY_THEN) and not evidence.says("已经|[完好掉妥交发回]了(?!再)")


def _is_due_by_the_hour(desk: Desk, command: Command, evidence: Evidence) -> bool:
    """Whether something is moved to an hour, which a deal has none of, and a task is named."""
    hours = any(t.due_has_hour for t in desk.sentence.times if command.begin <= t.begin and t.stop <= command.stop)
    of_deal = evidence.names(Kind.STAGE, 0.7) or evidence.says("商机|金额|阶段|签约|成交|签单|预计|结单|deal")
    return hours and not of_deal and evidence.names(Kind.TASK, 0.4)


def _is_of_tasks(evidence: Evidence) -> bool:
    """Whether a change that names no deal speaks of things to do."""
    deal = (
        evidence.names(Kind.OPPORTUNITY, 0.6)
        or evidence.names(Kind.STAGE, 0.7)
        or evidence.says("商机|单子?(?!据)|金额|阶段|签|项目|deal|opportunit")
    )
    if not deal and evidence.names(Kind.TASK, 0.5):
        return True
    return not deal and evidence.says("到期|逾期|过期|过了期|待办|任务|提醒|[几两三四五]件|那件|这件|日程")


_SHOWS = re.compile(r"列|看看|看一|查|给我|报给|念|有哪些|show|list", re.I)


def _statements(desk: Desk, commands: list[Command]) -> list[Command]:
    """Beside a write, a clause that neither asks nor says 「列出」 is no question but a statement."""
    if not any(c.intent in WRITES for c in commands):
        return commands
    return [_as(c, REMARK) if c.intent in QUERIES and not _asks(desk, c) else c for c in commands]


def _asks(desk: Desk, command: Command) -> bool:
    words = desk.text[command.begin : command.stop]
    return (
        command.question or evidence_in(desk.sentence, command.begin, command.stop).asks or bool(_SHOWS.search(words))
    )


def _as(command: Command, intent: str) -> Command:
    return Command(
        begin=command.begin,
        stop=command.stop,
        intent=intent,
        score=command.score,
        guesses=command.guesses,
        question=command.question,
    )


def _span(first: Command, last: Command, intent: str, score: float) -> Command:
    return Command(begin=first.begin, stop=last.stop, intent=intent, score=score, guesses=first.guesses, question=False)


def _join_dictation(desk: Desk, commands: list[Command]) -> list[Command]:
    """One note of the note's own words and the clauses of dictated content around it."""
    at = next((i for i, c in enumerate(commands) if c.intent == NOTE), None)
    if at is None:
        return commands
    first = last = at
    explicit = has_trigger(desk.sentence.heard[commands[at].begin : commands[at].stop])
    while first > 0 and (
        commands[first - 1].intent in (REMARK, NOTE)
        or is_told(desk.text, commands[first - 1], _TOLD_ABOUT)
        or (explicit and commands[first - 1].intent in QUERIES and not _asks(desk, commands[first - 1]))
    ):
        first -= 1
    while last + 1 < len(commands) and _is_content(desk, commands[last + 1], explicit=explicit):
        last += 1
    note = _span(commands[first], commands[last], NOTE, commands[at].score)
    return [*commands[:first], note, *commands[last + 1 :]]


_TOLD_ABOUT = (
    "update_task", "complete_task", "cancel_task", "reopen_task", "update_opportunity", "update_contact",
    "win_opportunity", "lose_opportunity", "update_customer", "update_lead", "delete_record", "amend_note",
)  # fmt: skip
"""Changes of what is on record, which the talk of a minute easily sounds like."""


def _is_content(desk: Desk, command: Command, *, explicit: bool) -> bool:
    """Whether a clause after a note belongs to it: no command, or one that does not sound like a request."""
    if moves_a_deal(desk.sentence, command.begin, command.stop):
        return False
    if command.intent in WRITES - {NOTE} and _opens_a_part(desk, command):
        return False
    if command.intent in (REMARK, NOTE, "choose", "amend_note", "negated", "confirm", "cancel", "correct", "thanks"):
        return True
    if command.intent in QUERIES or command.intent in ("log_interaction", "undo", "greet", "help"):
        return not command.question
    if is_told(desk.text, command, _TOLD_ABOUT):
        return True
    words = desk.text[command.begin : command.stop]
    return (explicit and not _REQUEST.search(words)) or command.score < SURE_COMMAND


def _opens_a_part(desk: Desk, command: Command) -> bool:
    """Whether a command is the beginning of another part of an announced list (两个事 … 第二个 …)."""
    if not announced_parts(desk.text):
        return False
    return any(c.opens and c.begin == command.begin for c in split_clauses(desk.text))


def _without_retracted(desk: Desk, commands: list[Command]) -> list[Command]:
    """Writes that the speaker takes back in the same breath are dropped."""
    last = next(
        (
            i
            for i in range(len(commands) - 1, 0, -1)
            if commands[i].intent in ("negated", "cancel")
            and _RETRACTED.search(desk.text[commands[i].begin : commands[i].stop])
        ),
        None,
    )
    if last is None:
        return commands
    kept = [c for i, c in enumerate(commands) if i > last or c.intent not in WRITES or c.intent == NOTE]
    return kept or [_as(commands[last], "negated")]


def _one_question(commands: list[Command]) -> list[Command]:
    """Neighbouring clauses of one question are asked once."""
    merged: list[Command] = []
    for command in commands:
        if merged and merged[-1].intent == command.intent and command.intent in QUERIES:
            merged[-1] = _span(merged[-1], command, command.intent, max(merged[-1].score, command.score))
        else:
            merged.append(command)
    return merged


def _with_context(desk: Desk, kept: list[Command], told: list[Command]) -> list[Command]:
    """A command takes the remark before it along (reason, customer); a lone one takes the remarks behind it too."""
    if len(desk.text) > LONG_TALK:
        return told
    widened: list[Command] = []
    for command in told:
        at = next(i for i, each in enumerate(kept) if each.begin == command.begin)
        first = at
        while first > 0 and kept[first - 1].intent in _ASIDE:
            first -= 1
        last = at
        while len(told) == 1 and last + 1 < len(kept) and kept[last + 1].intent in _ASIDE:
            last += 1
        widened.append(
            command
            if first == last == at
            else Command(
                begin=kept[first].begin,
                stop=kept[last].stop,
                intent=command.intent,
                score=command.score,
                guesses=command.guesses,
                question=command.question,
            )
        )
    return widened


def _share_customers(drafts: list[Draft]) -> None:
    """A command without a name of its own is about the customer of the one before it, or else of the next."""
    if len(drafts) < 2:
        return
    apart = announced_parts(drafts[0].desk.text)
    own = [resolve_customer(d, focus=False).id if _names_somebody(d) else None for d in drafts]
    several = len({i for i in own if i is not None}) > 1
    for i, draft in enumerate(drafts):
        if (apart or several) and draft.intent == "create_task" and not POINTS_BACK.search(draft.text):
            continue
        if own[i] is None and not _names_somebody(draft):
            near = [own[j] for j in (*range(i - 1, -1, -1), *range(i + 1, len(drafts))) if own[j] is not None]
            if near and near[0] is not None:
                draft.shared["customer"] = near[0]


def _names_somebody(draft: Draft) -> bool:
    if any(kind in draft.hints for kind in ("customer", "contact", "opportunity", "task", "lead")):
        return True
    return bool(draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, Kind.LEAD, least=0.7))
