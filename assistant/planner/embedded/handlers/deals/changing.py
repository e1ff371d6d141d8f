"""An existing deal, or several: stage, amount, date, owner, name; won."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do, echo, last_day, moved_time, new_time, wrong_time
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.deals.amounts import absolute_amount, amount_fields
from assistant.planner.embedded.handlers.deals.losing import closed_on, lose_opportunity
from assistant.planner.embedded.handlers.deals.stages import put_into_stage, stage_in
from assistant.planner.embedded.handlers.words import EARLIER, ONE_STAGE, PUTTING_OFF
from assistant.planner.embedded.resolve import Resolution, Verdict, resolve_customer
from assistant.planner.embedded.targets import new_owner, resolve_opportunity
from crm_store.records import LOST, WON, Opportunity, Stage
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.numbers import parse_number
from intents.times import Kind, TimeExpression

_FORWARD = re.compile(
    rf"(?:前进|往前|向前|推进|进|升|往下|往后走|晋)(?:推|走|进|挪|迈|提)?[一1]?(?:个|步|档|级|格)?(?:{ONE_STAGE})|"
    r"(?:推|挪|移|走|进|转|调|升)(?:进|去|入)?(?:到)?下一?步|下一?(?:个)?阶段|next stage|move (?:it )?forward|advance"
)
_BACKWARD = re.compile(
    rf"(?:退回?|后退|回退|倒退|往回|降|退到)(?:退|走)?(?:上)?[一1]?(?:个|步|档|级|格)?(?:{ONE_STAGE}|"
    r"上一个?阶段)|上一?(?:个)?阶段|previous stage|back (?:a|one) stage"
)
_EARLIER = re.compile(EARLIER)
_DATE_FIELD = re.compile(r"签|成交|关单|结单|预计|日期|交割|定在|落单|敲定|签下|close")


def update_opportunity(draft: Draft) -> list[Step]:
    """Change stage, amount, date, owner or name of a deal."""
    stage = stage_in(draft)
    if stage is not None and stage.key == WON:
        return win_opportunity(draft)
    if stage is not None and stage.key == LOST:
        return lose_opportunity(draft)
    if stage is None and _is_signed(draft):
        return win_opportunity(draft)
    found = resolve_opportunity(draft, closed=stage is not None)
    if several := _several_meant(draft, found):
        return _move_several(draft, several, stage)
    if not found.found:
        return ask_which(draft, "customer" if found.verdict is Verdict.UNKNOWN else "opportunity", found)
    deal = draft.desk.crm.opportunities.require(int(found.id or 0))
    draft.desk.focus_next["opportunity"] = deal.id
    fields, problem, spoken = _new_values(draft, deal)
    if problem:
        return problem
    if not fields:
        draft.hints = {**draft.hints, "opportunity": deal.id}
        zh = f"「{deal.name}」要改什么?例如金额、阶段、预计签约日期。"
        return [draft.ask("value", draft.say(zh, f"What should change on “{deal.name}”?"))]
    args = {"opportunities": [deal.id], **fields}
    return [do(draft, "update_opportunity", args, echo=spoken, hold=found.verdict is Verdict.HOLD)]


_COUNTED = re.compile(r"(?<!第)([两二三四五六七八九]|\d)\s*(?:个|张|笔|单|条|项)")
_EACH = re.compile(r"各自?|都|分别|一起|同时|全部?|both|each|all")


def _several_meant(draft: Draft, found: Resolution) -> list[int]:
    """The deals of 「那两单各自…」: as many as are said, of one customer or of the list shown last."""
    counted = _COUNTED.search(draft.text)
    if counted is None and not _EACH.search(draft.text):
        return []
    closed = {s.id for s in draft.desk.stages if s.is_closed}
    ids = list(found.options) if found.verdict is Verdict.ASK and found.kind == "opportunity" else []
    if counted and not draft.mentions_of(NameKind.OPPORTUNITY, least=0.9):
        customer = resolve_customer(draft, focus=False)
        if customer.verdict is Verdict.SURE and customer.id is not None:
            ids = [deal.id for deal in draft.desk.crm.opportunities.of_customer(customer.id)]
    if not ids and not draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, NameKind.OPPORTUNITY, least=0.7):
        ids = draft.desk.listed("opportunity")
    deals = draft.desk.crm.opportunities.many(ids)
    ids = [i for i in ids if i in deals and deals[i].stage_id not in closed]
    count = parse_number(counted[1]) if counted else None
    return ids if len(ids) > 1 and (int(count) == len(ids) if count else True) else []


def _move_several(draft: Draft, ids: list[int], stage: Stage | None) -> list[Step]:
    """One change of several deals, which is held; only what all can share: a stage, a step, a shift, an owner."""
    fields, problem, spoken = _new_values(draft, draft.desk.crm.opportunities.require(ids[0]))
    shared = {k: v for k, v in fields.items() if k not in ("amount", "name")}
    if problem or not shared:
        options = Resolution(verdict=Verdict.ASK, options=tuple(ids), kind="opportunity")
        return problem or ask_which(draft, "opportunity", options)
    return [do(draft, "update_opportunity", {"opportunities": ids, **shared}, echo=spoken)]


def _new_values(draft: Draft, deal: Opportunity) -> tuple[dict[str, object], list[Step], str]:
    fields: dict[str, object] = {}
    stage = stage_in(draft)
    if stage is not None:
        fields["stage"] = stage.id
    elif _FORWARD.search(draft.everything):
        fields["stage_step"] = 1
    elif _BACKWARD.search(draft.everything):
        fields["stage_step"] = -1
    amount, problem = amount_fields(draft, deal)
    if problem:
        return {}, problem, ""
    fields |= amount
    dated, problem, spoken = _date_fields(draft, fields, deal)
    if problem:
        return {}, problem, ""
    fields |= dated
    if (user := _new_owner(draft)) is not None:
        fields["owner"] = user
    if deal.lost_reason and (why := _WHY.search(draft.words)):
        fields["lost_reason"] = (why[1] or why[2]).strip(" ，,。")
    if found := re.search(
        r"(?:改名|更名|名字改|名称改|重命名)(?:为|成|叫)?[「“\"':：]*(.+?)[」”\"']*(?:吧|了)?$", draft.words
    ):
        fields["name"] = found[1]
    return fields, [], spoken


_WHY = re.compile(
    r"(?:原因|理由)[^，。:：]{0,8}[:：]\s*(.+)$|(?:原因|理由)(?:再|给我|帮我|那栏|应该|其实)*(?:写|改|填|补|记|换|是)(?:成|为|上|作|是)*[:：]?\s*(.{2,})$"
)
"""Why a deal was lost, put in other words."""


def _new_owner(draft: Draft) -> int | None:
    return (
        new_owner(draft)
        if re.search(
            r"名下|(?:转|分|派|交|拨)给|(?:转|划|挂|归)到|换给|改由|换(?:成|给|由|人)?.{1,6}(?:负责|跟|管|接)|转给|交给|划给|移交|负责人|归|给.{1,5}(?:跟|负责|管)|由.{1,5}(?:"
            r"跟|负责|接)|assign|hand over|owner",
            draft.text,
        )
        else None
    )


def _date_fields(
    draft: Draft, fields: dict[str, object], deal: Opportunity
) -> tuple[dict[str, object], list[Step], str]:
    """The close date, where a time is said that can be one."""
    shift = next((t.duration for t in draft.times if t.kind is Kind.DURATION and t.duration), None)
    time = moved_time(draft, deal.expected_close_date)
    moved = re.search(r"延|推|拖|缓|提前|晚|往后|往前", draft.text) or _EARLIER.search(draft.text)
    if shift is not None and moved and (time is None or _is_reason(draft, time)):
        return {"shift_days": -shift.days if _EARLIER.search(draft.text) else shift.days}, [], ""
    if time is None:
        return {}, [], ""
    if fields and not _DATE_FIELD.search(draft.everything):
        return {}, [], ""
    if problem := wrong_time(draft, time, "expected_close_date"):
        return {}, problem, ""
    return {"expected_close_date": last_day(time).date().isoformat()}, [], echo(draft, time)


_THEN_BY = re.compile(rf"(?:那|就|所以|还是)?(?:再|往后|往前)+(?:{PUTTING_OFF}|移)")


def _is_reason(draft: Draft, time: TimeExpression) -> bool:
    """Whether the day said stands before a shift by so much (三十号是周末,那再拖一天) and is no goal."""
    shift = _THEN_BY.search(draft.sentence.text, max(draft.begin, time.stop), draft.stop)
    return shift is not None and not any(t.kind is not Kind.DURATION and t.begin > shift.start() for t in draft.times)


def win_opportunity(draft: Draft) -> list[Step]:
    """A deal was won, perhaps at another amount."""
    found = resolve_opportunity(draft)
    if not found.found:
        return ask_which(draft, "customer" if found.verdict is Verdict.UNKNOWN else "opportunity", found)
    deal = draft.desk.crm.opportunities.require(int(found.id or 0))
    time = new_time(draft)
    ahead = time is not None and time.start.date() > draft.now.date()
    meant_ahead = _MEANS_AHEAD.search(draft.fills.get("closed_on", ""))
    done = _IS_DONE.search(draft.text) and closed_on(draft) and not meant_ahead
    if ahead and not put_into_stage(draft) and not done:
        return _dated_ahead(draft, deal, found)
    if _won_long_ago(draft):
        zh = f"「{deal.name}」是那时已经签了,还是要改预计签约日期?"
        return [draft.ask("closed_on", draft.say(zh, f"Was “{deal.name}” won then, or is its close date to change?"))]
    amount, problem = amount_fields(draft, deal)
    if problem:
        return problem
    args: dict[str, object] = {
        "opportunity": deal.id,
        "amount": absolute_amount(deal, amount),
        "closed_on": closed_on(draft),
    }
    return [do(draft, "win_opportunity", args, hold=found.verdict is Verdict.HOLD)]


_SIGNED = re.compile(
    r"(?:签字|签约|签合同|合同签|签单|签下来?|(?<![协议单据])签|谈成|拿下|赢单?)了(?![吗没个]|以后|之后|再|才)"
)
_NOT_YET = re.compile(r"快|要|才能|就能|就可以|等|预计|差不多|没|协议|验收|收据|到货|样品|补充|意向")


def _is_signed(draft: Draft) -> bool:
    """Whether the words of a new sum also tell that the deal was signed, and nothing puts that off."""
    signed = _SIGNED.search(draft.heard)
    return signed is not None and not _NOT_YET.search(draft.heard) and bool(draft.amounts)


def _dated_ahead(draft: Draft, deal: Opportunity, found: Resolution) -> list[Step]:
    """What is won on a day ahead is not won yet: the day is when it is to close."""
    draft.intent = "update_opportunity"
    draft.hints = {**draft.hints, "opportunity": deal.id}
    amount, problem = amount_fields(draft, deal)
    dated, unclear, spoken = _date_fields(draft, {}, deal)
    if problem or unclear:
        return problem or unclear
    args = {"opportunities": [deal.id], **amount, **dated}
    return [do(draft, "update_opportunity", args, echo=spoken, hold=found.verdict is Verdict.HOLD)]


_IS_DONE = re.compile(
    r"(?:签(?:约|单|下|掉|完|好|字)?|成交|拿下|赢单?|谈成|搞定|定下来?)了|已经?(?:签|成交|拿下|赢|定)"
)
_MEANS_AHEAD = re.compile(r"预计|改|日期|没签|不是|还没|将来|close", re.I)
LONG_AGO = timedelta(days=31)


def _won_long_ago(draft: Draft) -> bool:
    """Whether the day of a win, of which no year is said, is so long past that a day ahead may be meant."""
    day = closed_on(draft)
    if day is None or "closed_on" in draft.fills or re.search(r"年|上个?月|已经?签|早就", draft.text):
        return False
    return draft.now.date() - date.fromisoformat(day) > LONG_AGO
