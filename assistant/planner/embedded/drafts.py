"""From the commands of one message to drafts: dictated content joined, taken-back ones dropped, customers shared."""

from __future__ import annotations

import dataclasses
import re

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers import HANDLERS, QUERIES, WRITES
from assistant.planner.embedded.notes import has_trigger
from assistant.planner.embedded.parts import join_creation
from assistant.planner.embedded.resolve import resolve_customer
from intents.commands import NOTE, REMARK, Command
from intents.evidence import Evidence, evidence_in
from intents.names import Kind

OFFER_NOTE = "offer_note"
SURE_COMMAND = 0.5
_ASIDE = ("remark", "choose", "thanks", "greet", "confirm", "correct", "cancel")
_RETRACTED = re.compile(r"不行不行|算了|先别|别动|先不|不用了|等等|搁着|不要了|作罢|never ?mind|forget it|hold off")
_DICTATION = re.compile(r"[:：]")
_REQUEST = re.compile(
    r"提醒|待办|日程|叫我|喊我|设个?|安排|推到|推进|阶段|改成|改为|更新|标成|标记|新建|建个|另外|顺便|再帮|帮我|然后|"
    r"remind|task|schedule|move|update|set|also",
    re.I,
)


def make_drafts(desk: Desk, commands: list[Command]) -> list[Draft]:
    """The drafts of a message, in the order said; at least one."""
    listed = join_creation(desk, _known(desk, commands))
    joined = _join_dictation(desk, _statements(desk, listed))
    kept = _without_retracted(desk, joined)
    told = _one_question([c for c in kept if c.intent not in _ASIDE] or kept[:1])
    drafts = [Draft.of(desk, desk.sentence, command) for command in _with_context(desk, kept, told)]
    drafts = [each for draft in drafts for each in _for_each(draft)]
    _share_customers(drafts)
    _offer_lone_remarks(desk, drafts)
    return drafts


_EACH = re.compile(r"各|都|分别|每家|两家|三家|each|both")


def _for_each(draft: Draft) -> list[Draft]:
    """One draft for each customer of 「A、B各安排一个…」; the title is told without their names."""
    if draft.intent not in ("create_task", "update_customer") or not _EACH.search(draft.text):
        return [draft]
    sure = [m for m in draft.mentions_of(Kind.CUSTOMER, least=0.85) if m.candidates[0].nameable.kind is Kind.CUSTOMER]
    ids = list(dict.fromkeys(int(m.candidates[0].nameable.id) for m in sure))
    if len(ids) < 2:
        return [draft]
    title = draft.text
    for mention in sure:
        title = title.replace(mention.text, "")
    title = re.sub(r"^[、和跟与及，\s]+|各(?:自)?|分别|都(?=安排|排|设|建|给|发)", "", title)
    return [dataclasses.replace(draft, hints={**draft.hints, "customer": i}, fills={"title": title}) for i in ids]


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
    if command.intent == "negated" and evidence.asks:
        query = next((g.name for g in command.guesses if g.name in QUERIES), None)
        return command if query is None else _as(command, query)
    of_deals = (
        desk.topic == "opportunity"
        and not evidence.names(Kind.TASK, 0.75)
        and not evidence.says("待办|任务|提醒|日程|task")
    )
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
    if _hands_a_lead(desk, command, evidence):
        return _as(command, "update_lead")
    if command.intent == "update_opportunity" and desk.topic != "opportunity" and _is_of_tasks(evidence):
        return _as(command, "update_task")
    return _as(command, "update_opportunity") if command.intent == "update_task" and of_deals else command


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
    while first > 0 and commands[first - 1].intent in (REMARK, NOTE):
        first -= 1
    while last + 1 < len(commands) and _is_content(desk, commands[last + 1], explicit=explicit):
        last += 1
    note = _span(commands[first], commands[last], NOTE, commands[at].score)
    return [*commands[:first], note, *commands[last + 1 :]]


def _is_content(desk: Desk, command: Command, *, explicit: bool) -> bool:
    """Whether a clause after a note belongs to it: no command, or one that does not sound like a request."""
    if command.intent in (REMARK, NOTE, "choose", "amend_note", "negated", "confirm", "cancel", "correct", "thanks"):
        return True
    if command.intent in QUERIES or command.intent in ("log_interaction", "undo", "greet", "help"):
        return not command.question
    words = desk.text[command.begin : command.stop]
    return (explicit and not _REQUEST.search(words)) or command.score < SURE_COMMAND


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
    own = [resolve_customer(d, focus=False).id if _names_somebody(d) else None for d in drafts]
    for i, draft in enumerate(drafts):
        if own[i] is None and not _names_somebody(draft):
            near = [own[j] for j in (*range(i - 1, -1, -1), *range(i + 1, len(drafts))) if own[j] is not None]
            if near and near[0] is not None:
                draft.shared["customer"] = near[0]


def _names_somebody(draft: Draft) -> bool:
    return bool(draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, Kind.LEAD, least=0.7))
