"""What is said of a deal and is an order, though it reads like a question, a refusal or a new deal."""

from __future__ import annotations

from assistant.planner.embedded.desk import Desk
from intents import patterns as re
from intents.commands import Command, stage_named
from intents.evidence import Evidence
from intents.names import Kind
from intents.sentence import Stretch
from intents.times import Grain

_QUESTIONS = ("list_opportunities", "opportunity_detail", "list_tasks", "remark")
_SIGNED_THEN = re.compile(
    r"(?:左右|前后?|之前|以前|那天|当天)?(?:就|才)?(?:能|可以|会|要)?(?:签约?|签单|签字|签下来|成交|关单|落单|拍板|定下来|敲定|结单)(?:了|吧|哈|啊|呢|哦)*$"
)
_EXPECTED = re.compile("预计|预期|改[成到为在]|定[在到于为]")
_SHOWS = re.compile(r"列|看看|看一|查|有哪|哪些|哪几|多少|几[个单笔]|[吗么？?]|什么|是不是")
_MAKES = re.compile(r"新|建|录|加一?[个单笔条]|开一?[个单笔]|立|增|添|登记")
_FIELD = re.compile(
    r"(?:商机|单子?|项目|机会)的?(?:预计)?(?:签[约单]?|成交|关单|结单)?(?:日期?|时间|金额|价格?|阶段|预计)[^，。；]{0,4}?(?:写|填|定|改|设|调|记|是|为|换|放|就)"
)
_BACK = re.compile(r"(?<![别甭莫])(?<!不要)(?<!先不)(?:退|回|改|调|放|拉|拨|转|挪|倒|撤)(?:回去?|回到|到|成|在)$")
_STAYS = re.compile(r"(?:还是|还放|还在|还留|就放|就留|仍然?|依旧|保持|停|留)(?:放|留|停)?(?:在|到)?$")
SURE_NAME = 0.85


def change_stated(desk: Desk, command: Command, evidence: Evidence) -> str | None:
    """The intent of a command that changes a deal and was taken for something else."""
    if command.intent == "create_opportunity" and evidence.says(_FIELD.pattern) and not evidence.says(_MAKES.pattern):
        return "update_opportunity"
    if command.intent in _QUESTIONS and _says_when_it_is_signed(desk, command, evidence):
        return "update_opportunity"
    plain = not (evidence.asks or command.question or evidence.negates or _SHOWS.search(evidence.words))
    if command.intent in _QUESTIONS and plain and _sets_a_field(desk, command):
        return "update_opportunity"
    if command.intent in ("negated", "remark", "update_opportunity") and _back_to_a_stage(desk, command):
        return "update_opportunity"
    return None


def _sets_a_field(desk: Desk, command: Command) -> bool:
    """Whether a day or an amount stands right behind a deal's field that is set (商机的签约日写9月20)."""
    set_here = [found.end() for found in _FIELD.finditer(desk.text, command.begin, command.stop)]
    values: tuple[Stretch, ...] = (*desk.sentence.times, *desk.sentence.amounts)
    return any(0 <= value.begin - end <= 1 for end in set_here for value in values)


def _says_when_it_is_signed(desk: Desk, command: Command, evidence: Evidence) -> bool:
    """Whether a deal's or a customer's name stands before the day of signing, which ends the clause."""
    if evidence.asks or command.question or _SHOWS.search(evidence.words):
        return False
    if not (evidence.names(Kind.CUSTOMER, SURE_NAME) or evidence.names(Kind.OPPORTUNITY, SURE_NAME)):
        return False
    text = desk.text
    return any(
        time.grain is Grain.DAY
        and command.begin <= time.begin
        and _EXPECTED.search(text, command.begin, time.begin) is not None
        and _SIGNED_THEN.fullmatch(text, time.stop, command.stop) is not None
        for time in desk.sentence.times
    )


def _back_to_a_stage(desk: Desk, command: Command) -> bool:
    """「阶段不要动,退回试弹」: what is not to be is said first, then where the deal is to stand."""
    stage = stage_named(desk.sentence, command.begin, command.stop)
    if stage is None or desk.focus("opportunity") is None:
        return False
    before = re.split(r"[，。；\s]", desk.text[command.begin : stage.begin])[-1]
    if _BACK.search(before):
        return True
    moved = desk.last is not None and any("stage" in c["args"] or "stage_step" in c["args"] for c in desk.last["calls"])
    return moved and _STAYS.search(before) is not None
