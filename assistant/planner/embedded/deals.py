"""Opportunities: create, move, re-price, re-date, win, lose."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do, echo, last_day, new_time, refuse, spoken_money, wrong_time
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.resolve import Resolution, Verdict, resolve_customer
from assistant.planner.embedded.targets import new_owner, product_ids, resolve_opportunity
from crm_store.records import LOST, WON, Opportunity, Stage
from intents.names import Kind as NameKind
from intents.names import Mention
from intents.numbers import Amount, AmountOp, parse_number
from intents.times import Kind, Look, TimeExpression

_FORWARD = re.compile(
    r"(?:前进|往前|向前|推进|进|升|往下|往后走|晋)(?:推|走|进|挪|迈|提)?[一1]?(?:个|步|档|级|格)?(?:阶段|一档|一步|"
    r"一级|一格)|下一?(?:个)?阶段|next stage|move (?:it )?forward|advance"
)
_BACKWARD = re.compile(
    r"(?:退回?|后退|回退|倒退|往回|降|退到)(?:退|走)?(?:上)?[一1]?(?:个|步|档|级|格)?(?:阶段|一档|一步|一级|一格|"
    r"上一个?阶段)|上一?(?:个)?阶段|previous stage|back (?:a|one) stage"
)
_LIST_PRICE = re.compile(r"目录价|挂牌价?|牌价|标价|标准价|列表价|原价|list price")
_EARLIER = re.compile(r"提前|往前|提早|earlier")
_DATE_FIELD = re.compile(r"签|成交|关单|结单|预计|日期|交割|定在|落单|敲定|签下|close")
TEN_TIMES = Decimal(8)
"""A value at least this many times the record's, or this fraction of it, is asked about (FORMAT.md: ten times off)."""


def update_opportunity(draft: Draft) -> list[Step]:
    """Change stage, amount, date, owner or name of a deal."""
    stage = stage_in(draft)
    if stage is not None and stage.key == WON:
        return win_opportunity(draft)
    if stage is not None and stage.key == LOST:
        return lose_opportunity(draft)
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
    dated, problem, spoken = _date_fields(draft, fields)
    if problem:
        return {}, problem, ""
    fields |= dated
    if (user := _new_owner(draft)) is not None:
        fields["owner"] = user
    if found := re.search(
        r"(?:改名|更名|名字改|名称改|重命名)(?:为|成|叫)?[「“\"':：]*(.+?)[」”\"']*(?:吧|了)?$", draft.words
    ):
        fields["name"] = found[1]
    return fields, [], spoken


_FIELD_AFTER = re.compile(r"日|时间|金额|价|额|合同|的合同")
"""Behind a stage's name these make it the name of a field (签单日), not a stage."""


def stage_in(draft: Draft) -> Stage | None:
    """The stage that the command names, the last one when it names the old one too."""
    mentions = [m for m in draft.mentions_of(NameKind.STAGE, least=0.75) if not _FIELD_AFTER.match(draft.behind(m))]
    named = [c for m in mentions for c in m.candidates[:1] if c.nameable.kind is NameKind.STAGE]
    if not named:
        keyed = (s for s in draft.desk.stages if re.search(rf"\b{re.escape(s.key)}\b", draft.text, re.I))
        return next(keyed, None) or _stage_in_english(draft)
    return next((s for s in draft.desk.stages if s.id == named[-1].nameable.id), None)


_ENGLISH_STAGES = (
    ("contract|signing|legal|paperwork", "合同|会签|签约|法务|签单"),
    ("proposal|quote|quotation|pricing", "方案|报价"),
    ("negotiation|negotiating|bargaining", "谈判|议价|商务"),
    ("poc|pilot|trial|demo|sample|test(?:ing)?", "试|样|验证|演示|POC"),
    ("bid(?:ding)?|tender(?:ing)?", "投标|招标|竞标"),
    ("discovery|first contact|contacted|prospect(?:ing)?", "初步|摸底|接洽|登记|需求"),
    ("survey|site visit", "勘|考察"),
)
"""What English calls a stage by, and what the stage's own name then has in it."""


def _stage_in_english(draft: Draft) -> Stage | None:
    """The stage that an English command names by what happens in it; None where none or several fit."""
    for words, named in _ENGLISH_STAGES:
        if re.search(rf"\b(?:to|into|in|at)\s+(?:the\s+)?(?:{words})\b(?:\s+(?:stage|phase))?", draft.text, re.I):
            fits = [s for s in draft.desk.stages if re.search(named, s.name, re.I) and not s.is_closed]
            return fits[-1] if len(fits) == 1 else None
    return None


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


def amount_fields(draft: Draft, deal: Opportunity) -> tuple[dict[str, object], list[Step]]:
    """The amount arguments; relative ones are computed against the record, absurd ones asked about."""
    amounts = [a for a in draft.amounts if a.unit in ("", "CNY") or a.op is not AmountOp.SET]
    amounts = [a for a in amounts if not a.per_unit and (a.unit or a.op is not AmountOp.SET)]
    if not amounts:
        return _repriced(draft, deal), []
    amount = _preferred(amounts)
    if amount.op in (AmountOp.ADD, AmountOp.SUBTRACT) and amount.unit and _MISSAID.search(draft.text):
        return _plain_amount(draft, deal, dataclasses.replace(amount, op=AmountOp.SET))
    if amount.op is AmountOp.ADD:
        return {"amount_add": str(amount.value)}, []
    if amount.op is AmountOp.SUBTRACT:
        return {"amount_add": str(-amount.value)}, []
    if amount.op is AmountOp.PERCENT_CHANGE:
        return {"amount_factor": str(1 + amount.value)}, []
    if amount.op is AmountOp.FACTOR:
        return _discounted(draft, deal, amount.value), []
    if amount.op is AmountOp.PERCENT:
        return {}, []
    return _plain_amount(draft, deal, amount)


_MISSAID = re.compile(
    r"(?:说|报|写|记|填|算|定|给|开|打)(?:得|的)?(?:高|低|多|少|大|小)了?[，,。\s]*(?:应该?|其实|该)?(?:是|为)?(?=[\d一二两三四五六七八九十])"
)
"""「说高了,六十九万」: the figure behind is the right one, not by how much it was off."""


def _repriced(draft: Draft, deal: Opportunity) -> dict[str, object]:
    """An amount without a figure: list price times quantity, or the price worked out just before."""
    if _LIST_PRICE.search(draft.everything) and draft.intent == "update_opportunity":
        return {k: v for k, v in _discounted(draft, deal, Decimal(1)).items() if k == "amount"}
    said = draft.desk.state.get("said")
    if said and "amount" in said and re.search(r"(?:按|用|照)这个(?:价|数|金额)|this price", draft.text):
        return {"amount": str(said["amount"])}
    return {}


def _preferred(amounts: list[Amount]) -> Amount:
    """Of several amounts the one that something is set to: said last, unless only one is a change."""
    changes = [a for a in amounts if a.op is not AmountOp.SET]
    plain = [a for a in amounts if a.op is AmountOp.SET]
    return plain[-1] if plain else changes[-1]


def _discounted(draft: Draft, deal: Opportunity, factor: Decimal) -> dict[str, object]:
    if not _LIST_PRICE.search(draft.everything):
        return {"amount_factor": str(factor)}
    ids = product_ids(draft) or list(deal.product_ids)
    prices = [p.list_price for p in draft.desk.crm.products.many(ids).values() if p.list_price is not None]
    quantity = draft.quantities[0].value if draft.quantities else Decimal(1)
    total = sum(prices, Decimal(0)) * quantity
    return {"amount": str(total * factor)} if total else {"amount_factor": str(factor)}


def _plain_amount(draft: Draft, deal: Opportunity, amount: Amount) -> tuple[dict[str, object], list[Step]]:
    value = _sensible(amount, deal.amount)
    if (
        deal.amount
        and value
        and not draft.hints.get("amount_sure")
        and not 1 / TEN_TIMES < value / deal.amount < TEN_TIMES
    ):
        zh = (
            f"「{deal.name}」现在是 {spoken_money(deal.amount)},您说的是 {spoken_money(value)} 吗?请再说一遍金额,"
            f"或回复「是」。"
        )
        en = f"“{deal.name}” now stands at {spoken_money(deal.amount)}. Do you really mean {spoken_money(value)}?"
        draft.hints = {**draft.hints, "opportunity": deal.id}
        return {}, [draft.ask("amount_sure", draft.say(zh, en))]
    return {"amount": str(value)}, []


def _sensible(amount: Amount, known: Decimal | None) -> Decimal:
    """Of an elliptic amount's readings (一百二) the one nearest to the record."""
    if not known or not amount.alternatives or amount.scale_said:
        return amount.value
    return min((amount.value, *amount.alternatives), key=lambda v: abs(v - known) / max(v, known) if v else Decimal(9))


def _date_fields(draft: Draft, fields: dict[str, object]) -> tuple[dict[str, object], list[Step], str]:
    """The close date, where a time is said that can be one."""
    shift = next((t.duration for t in draft.times if t.kind is Kind.DURATION and t.duration), None)
    time = new_time(draft)
    moved = shift is not None and re.search(r"延|推|拖|缓|提前|晚|往后|往前", draft.text)
    if shift is not None and moved and (time is None or _is_reason(draft, time)):
        return {"shift_days": -shift.days if _EARLIER.search(draft.text) else shift.days}, [], ""
    if time is None:
        return {}, [], ""
    if fields and not _DATE_FIELD.search(draft.everything):
        return {}, [], ""
    if problem := wrong_time(draft, time, "expected_close_date"):
        return {}, problem, ""
    return {"expected_close_date": last_day(time).date().isoformat()}, [], echo(draft, time)


_THEN_BY = re.compile(r"(?:那|就|所以|还是)?(?:再|往后|往前)+(?:推迟?|拖|延后?|挪|晚|缓|提前|早|顺延|移)")


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
    if time is not None and time.start.date() > draft.now.date() and stage_in(draft) is None:
        draft.intent = "update_opportunity"
        return update_opportunity(draft)
    amount, problem = amount_fields(draft, deal)
    if problem:
        return problem
    args: dict[str, object] = {
        "opportunity": deal.id,
        "amount": absolute_amount(deal, amount),
        "closed_on": _closed_on(draft),
    }
    return [do(draft, "win_opportunity", args, hold=found.verdict is Verdict.HOLD)]


def absolute_amount(deal: Opportunity, fields: dict[str, object]) -> str | None:
    """The amount that relative fields come to."""
    if "amount" in fields:
        return str(fields["amount"])
    known = deal.amount or Decimal(0)
    if "amount_add" in fields:
        return str(known + Decimal(str(fields["amount_add"])))
    return str(known * Decimal(str(fields["amount_factor"]))) if "amount_factor" in fields else None


def _closed_on(draft: Draft) -> str | None:
    past: list[TimeExpression] = [
        t for t in draft.times_looking(Look.BACK) if t.start <= draft.now and t.kind is Kind.POINT
    ]
    return past[0].start.date().isoformat() if past else None


_REASON = (
    re.compile(r"(?:原因|理由)(?:是|写|为|填|就是|记)?[:：]?\s*[「“\"']?([^。；\n」”\"']+)"),
    re.compile(r"(?:因为|由于|主要是|说是|嫌|败在|输在|卡在)\s*([^。；\n]+)"),
    re.compile(r"\b(?:because(?: of)?|due to|reason:?)\s+([^.;\n]+)", re.I),
)
_LOST = (
    r"(?:这|那|呢|张|个|条)?(?:单子?|项目|商机|生意)?(?:还是|算是|就|已经|彻底|基本)?"
    r"(?:(?:遭|被|给)?(?:输|丢|黄|吹|飞|凉|流失)(?:掉)?[了咗啦]+|没戏[了啦]?|泡汤了?|没成|不得行了?|不行了|搞不成了?|做不成了?|没了)"
)
_FILED = (
    r"(?:就|请|帮我|给我|你|麻烦|直接|先)*(?:把它|这单|那单|商机|阶段)?(?:弄|改|记|标|关|归|放|转|推|设|挪|划|拨|算|打|按|做)"
    r"(?:一下)?(?:记)?(?:成|为|到|作|进|掉|个|入)?(?:了)?(?:丢|输|失|败|流失)(?:单)?(?:里头|里面|里|处理|状态|阶段|吧|了|啦|算了)*|(?:丢|输|失)单(?:处理)?"
)
_LOST_WORDS = re.compile(
    rf"{_FILED}|{_LOST}|(?:归到|标记成?|关掉|关闭|mark(?:ed)?|as|it|the|deal|opportunity|close[ds]?|lost|lose)\b|关掉|关闭",
    re.I,
)


def lose_opportunity(draft: Draft) -> list[Step]:
    """A deal was lost; always confirmed."""
    if re.search(r"(?:全部|所有|统统|一律|全都?)(?:的)?.{0,6}(?:商机|单子|项目|丢|输)", draft.text):
        zh = "不能一次把全部商机改为输单,没有改动任何数据。请说明是哪一个。"
        return refuse(draft, zh, "I don't lose all opportunities at once; nothing was changed. Please name one.")
    found = resolve_opportunity(draft)
    if not found.found:
        return ask_which(draft, "customer" if found.verdict is Verdict.UNKNOWN else "opportunity", found)
    args: dict[str, object] = {"opportunities": [found.id], "reason": reason_in(draft), "closed_on": _closed_on(draft)}
    return [do(draft, "lose_opportunity", args)]


def reason_in(draft: Draft) -> str | None:
    """Why it was lost: what follows 原因 or 因为, else the clauses that are no command."""
    for pattern in _REASON:
        if found := pattern.search(draft.words):
            return re.split(rf"[，,](?=(?:归|标|改|记|阶段|转|帮))|(?:{_FILED})$", found[1])[0].strip(" ，,了") or None
    found = re.search(r"(?:输给|败给|丢给)([^，。,]+)|被(?!.{0,4}(?:丢|输))([^，。,]+)", draft.words)
    rest = _left_of(draft)
    return (found[0] if found else None) if not rest else "，".join(rest)


_NO_REASON = re.compile(
    r"^(?:的|把|将|给|那个|这个|请|帮我?|麻烦|呢|了|啦|啊|呀|吧|哈|嗯|也|就|都|这|那|单子?|张|个|项目|商机|笔)+|(?:[啦啊呀吧哈]|帮我|给我|"
    r"的?单子?|这单|那单)+$"
)


def _left_of(draft: Draft) -> list[str]:
    """What the command says beside the deal's name and the words for losing it."""
    names = _SPANS_OF & {c.nameable.kind for m in draft.mentions for c in m.candidates[:1]}
    own = draft.sentence
    blank = list(own.text)
    for mention in draft.mentions:
        if (
            draft.inside(mention)
            and mention.candidates[0].nameable.kind in names
            and mention.candidates[0].score >= 0.6
        ):
            blank[mention.begin : mention.stop] = "，" * (mention.stop - mention.begin)
    text = "".join(blank[draft.begin : draft.stop])
    pieces = re.split(r"[，,。；;：:!！\s]+", _LOST_WORDS.sub("，", text))
    bare = [_NO_REASON.sub("", piece) for piece in pieces]
    return [piece for piece in bare if len(piece) >= 3 and not re.fullmatch(r"[A-Za-z0-9-]+", piece)]


_SPANS_OF = {NameKind.CUSTOMER, NameKind.OPPORTUNITY, NameKind.PRODUCT}


def create_opportunity(draft: Draft) -> list[Step]:
    """A new deal of a customer; what its name shares with other deals names no customer."""
    named = [m for m in draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)]
    focus = draft.desk.focus("customer")
    others = [m for m in named if _is_customers(m) and m.candidates[0].nameable.id != focus]
    if focus is not None and "customer" not in draft.hints and not others:
        draft.hints = {**draft.hints, "customer": focus}
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    time = new_time(draft)
    if time is not None and (problem := wrong_time(draft, time, "expected_close_date")):
        return problem
    amounts = [a for a in draft.amounts if a.op in (AmountOp.SET, AmountOp.ADD) and a.unit and not a.per_unit]
    stage = stage_in(draft)
    name = name_in(draft)
    if name is None and not amounts and _LATER.search(draft.text):
        draft.hints = {**draft.hints, "customer": customer.id}
        zh = "好的,想好了请说商机的名称和金额;现在还没有新建。"
        return [draft.ask("name", draft.say(zh, "All right; tell me its name and amount. Nothing was created yet."))]
    if not amounts and "amount" not in draft.fills and _THAT_FIGURE.search(draft.text):
        draft.hints = {**draft.hints, "customer": customer.id}
        return [draft.ask("amount", draft.say("您说的是哪个数?请说金额。", "Which figure? Please say the amount."))]
    args: dict[str, object] = {
        "customer": customer.id,
        "name": name,
        "amount": str(amounts[-1].value) if amounts else _from_list_price(draft),
        "stage": None if stage is None else stage.id,
        "expected_close_date": None if time is None else last_day(time).date().isoformat(),
        "products": product_ids(draft) or None,
    }
    return [do(draft, "create_opportunity", args, echo=echo(draft, time), hold=customer.verdict is Verdict.HOLD)]


_THAT_FIGURE = re.compile(r"(?:按|照|用|拿)[^，。]{0,6}[这那]个?(?:数|价|金额|价钱|价格|总数|合计)(?!量|据)")


def _is_customers(mention: Mention) -> bool:
    best = mention.candidates[0]
    return best.nameable.kind in (NameKind.CUSTOMER, NameKind.CONTACT) and best.score >= 0.7


def _from_list_price(draft: Draft) -> str | None:
    """List price × quantity, only where the command says 「按目录价」."""
    if not _LIST_PRICE.search(draft.text):
        return None
    prices = [p.list_price for p in draft.desk.crm.products.many(product_ids(draft)).values() if p.list_price]
    quantity = draft.quantities[0].value if draft.quantities else Decimal(1)
    factor = next((a.value for a in draft.amounts if a.op is AmountOp.FACTOR), Decimal(1))
    return str(sum(prices, Decimal(0)) * quantity * factor) if prices else None


_NAME = re.compile(
    r"(?:名字|名称|商机名|叫做?|名为|就叫|called|named)(?:是|叫|为)?[「“\"':：\s]*([^，。,;；」”\"']{2,40})", re.I
)
_QUOTED = re.compile(r"[「“\"]([^」”\"]{2,40})[」”\"]")


def name_in(draft: Draft) -> str | None:
    """The name that the command gives the new deal."""
    for words in (draft.words, *draft.fills.values()):
        found = _NAME.search(words) or _QUOTED.search(words)
        if found and not _NO_DEAL_NAME.search(found[1]):
            return found[1].strip()
    said = draft.fills.get("name", "")
    return (
        said if 2 <= len(said) <= 30 and not re.search("[，,。\\s]", said) and not _NO_DEAL_NAME.search(said) else None
    )


_LATER = re.compile(r"想想|再说|待定|没定|没想好|稍后|回头|等会|等下|过会|later", re.I)
_NO_DEAL_NAME = re.compile(rf"^(?:和|跟|与|及|、|以及)|{_LATER.pattern}|^(?:什么|啥|谁)", re.I)


__all__ = ["Resolution", "create_opportunity", "lose_opportunity", "update_opportunity", "win_opportunity"]
