"""Questions: customers, people, purchases, notes, tasks, deals, figures, products, leads, colleagues."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from assistant.messages import Outcome, Say, Step
from assistant.planner.embedded.common import ask_which, do, spoken_money
from assistant.planner.embedded.customer_filters import customer_filters
from assistant.planner.embedded.deals import absolute_amount, amount_fields
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.knowledge import advice_args, search_args
from assistant.planner.embedded.periods import Period, period_in
from assistant.planner.embedded.recalled import told_before, words_told
from assistant.planner.embedded.resolve import NOTHING, Resolution, Verdict, resolve_customer
from assistant.planner.embedded.targets import (
    options_for,
    product_ids,
    resolve_contact,
    resolve_lead,
    resolve_opportunity,
    resolve_user,
    the_other,
)
from assistant.planner.embedded.tasks import _OVERDUE as OVERDUE
from crm_store.principal import Role
from crm_store.records import LOST, WON
from intents.names import Kind as NameKind
from intents.numbers import parse_number
from intents.times import Look

_TOPICS_CUSTOMER = (
    ("level", r"什么级|哪一?级|几级|级别|等级|level"),
    ("owner", r"谁(?:在)?(?:负责|跟|管)|归谁|负责人|谁的客户|属于谁|owner|who owns"),
    ("industry", r"什么行业|哪个行业|做什么的|行业"),
    ("address", r"地址|在哪(?!一?步)|位置|怎么走|address"),
    ("last_contact", r"(?:上次|最近|最后).{0,4}(?:联系|沟通|拜访|见面|聊|接触)|多久没|last (?:contact|talk|time)"),
    ("progress", r"进展|进度|卡在|到哪一?步|怎么样了|什么情况|推进|动静|status|progress"),
    ("tags", r"标签|tag"),
    ("region", r"哪个(?:地区|区域|省|市)|什么地方的"),
    ("aliases", r"简称|别名|又叫"),
    ("phone", r"(?:总机|公司电话|前台)"),
)
_TOPICS_CONTACT = (
    ("phone", r"手机|电话|号码|怎么联系|联系方式|phone|number|call"),
    ("email", r"邮箱|邮件|email|mail"),
    ("title", r"职务|职位|什么头衔|干什么的|做什么的|title"),
    ("role", r"角色|谁说了算|拍板|决策"),
)
_TOPICS_DEAL = (
    ("stage", r"阶段|到哪|哪一?步|进展|stage"),
    ("amount", r"多少钱|金额|多大|报多少|报价(?!方案|阶段|议价)|值多少|多少(?!号|天)|amount|worth|how much"),
    (
        "close_date",
        r"(?:什么时候|啥时候|几时|几号|哪天)(?:能)?(?:签|成|关|定)|预计.{0,6}(?:日|时间|签)|[签成][约单交](?:日|时间)|close",
    ),
    ("lost_reason", r"为(?:什么|啥|何).{0,4}(?:丢|输|没成|黄|失)|(?:丢|输|黄).{0,6}(?:原因|为啥|为什么)|why.{0,8}lost"),
    ("owner", r"谁(?:在)?(?:负责|跟)|owner"),
    ("products", r"什么产品|哪些产品|买什么"),
    ("customer", r"哪家|哪个客户|谁家"),
)
_TOPICS_LEAD = (
    ("phone", r"手机|电话|号码|联系方式|phone"),
    ("company", r"哪家|什么公司|单位|company"),
    ("source", r"哪来|来源|渠道|source"),
    ("owner", r"谁(?:在)?(?:负责|跟)|归谁|owner"),
    ("status", r"状态|什么情况|跟得|进展|status"),
)
ROLE_WORDS = (
    r"采购|财务|技术|质量|品质|生产|设备|工艺|研发|IT|信息|仓储|物流|法务|决策人|决策|拍板|说了算|做主|老板|使用|"
    r"影响|化验|检验|运营|安全|基建|工程|管钱|验收|decision|purchas\w*|buyer|finance|technical"
)


def _topic(text: str, topics: tuple[tuple[str, str], ...], default: str = "all") -> str:
    return next((name for name, words in topics if re.search(words, text, re.I)), default)


def _unseen(draft: Draft, found: Resolution) -> bool:
    return found.verdict in (Verdict.UNKNOWN, Verdict.ASK)


def customer_360(draft: Draft) -> list[Step]:
    """Everything, or one fact, about a customer."""
    customer = resolve_customer(draft)
    if (
        draft.desk.topic == "opportunity"
        and not draft.mentions
        and (deal := draft.desk.focus("opportunity")) is not None
    ):
        draft.desk.focus_next["user"] = draft.desk.crm.opportunities.require(deal).owner_id
        return [do(draft, "opportunity_detail", {"opportunity": deal, "topic": _deal_topic(draft.text)})]
    if not customer.found:
        return ask_which(draft, "customer", customer)
    topic = _topic(draft.text, _TOPICS_CUSTOMER)
    if topic == "owner" or re.search("谁(?:在)?(?:负责|跟|管)", draft.text):
        draft.desk.focus_next["user"] = draft.desk.crm.customers.require(int(customer.id or 0)).owner_id
    asked = [words for _, words in (*_TOPICS_CUSTOMER, *_ASPECTS) if re.search(words, draft.text, re.I)]
    whole = len(asked) > 1 or _WHOLE.search(draft.text) is not None
    return [do(draft, "customer_360", {"customer": customer.id, "topic": "all" if whole else topic})]


_ASPECTS = (
    ("contacts", r"联系人|对接人|都有谁|哪些人|contacts?"),
    ("deals", r"商机|单子|在谈|在跟|项目|deals?|opportunit"),
    ("tasks", r"待办|没办|没做|任务|日程|要做|tasks?"),
    ("orders", r"买过|采购记录|订单|orders?"),
)
"""What else of a customer one question may ask for together."""
_WHOLE = re.compile(
    r"全貌|全景|整体|全面|全盘|方方面面|过一遍|捋一[遍捋]|画像|概况|总览|全部情况|所有情况|来龙去脉|360|overview|everything",
    re.I,
)


def list_contacts(draft: Draft) -> list[Step]:
    """Who is there, and how to reach them."""
    role = re.search(ROLE_WORDS, draft.text, re.I)
    topic = _topic(draft.text, _TOPICS_CONTACT)
    named = draft.mentions_of(NameKind.CONTACT, least=0.7)
    if topic == "all" and not role and (told := told_before(draft)) is not None:
        return [do(draft, "list_notes", told)]
    customer = resolve_customer(draft, focus=not named)
    if named or "contact" in draft.hints:
        contact = resolve_contact(draft)
        if contact.verdict is Verdict.SURE:
            return [do(draft, "list_contacts", {"contact": contact.id, "topic": topic})]
        if contact.verdict is Verdict.ASK:
            return ask_which(draft, "contact", contact)
    lead = draft.hints.get("lead") or the_other(draft, "lead") or draft.desk.focus("lead")
    if (
        not role
        and lead is not None
        and (draft.desk.topic == "lead" or "lead" in draft.hints)
        and not draft.mentions_of(NameKind.CUSTOMER, least=0.7)
    ):
        return [do(draft, "list_leads", {"lead": lead, "topic": topic if topic == "phone" else "all"})]
    if (
        not role
        and customer.verdict in (Verdict.NONE, Verdict.SURE)
        and not draft.mentions_of(NameKind.CUSTOMER, least=0.7)
    ):
        if (focus := draft.desk.focus("contact")) is not None and topic != "all":
            return [do(draft, "list_contacts", {"contact": focus, "topic": topic})]
        if (lead := _lead_meant(draft)) is not None:
            return [do(draft, "list_leads", {"lead": lead, "topic": topic if topic == "phone" else "all"})]
    if not customer.found:
        return ask_which(draft, "customer", customer)
    if role is None and (holder := _titled(draft, int(customer.id or 0))) is not None:
        return [do(draft, "list_contacts", {"contact": holder, "topic": topic})]
    return [do(draft, "list_contacts", {"customer": customer.id, "role": role[0] if role else None, "topic": topic})]


_RANKS = re.compile(
    r"总?经理|主任|总监|部长|主管|负责人?|科长|处长|厂长|人员|专员|总|manager|director|head|lead|of|the", re.I
)


def _titled(draft: Draft, customer_id: int) -> int | None:
    """The one person of the customer whose title, rank aside, the words name (主管招采的 → 招采部主任)."""
    fits: list[tuple[int, int]] = []
    for person in draft.desk.crm.contacts.of_customer(customer_id):
        field = _RANKS.sub(" ", person.title or "").lower()
        pieces = {w for w in re.findall(r"[a-z]{3,}", field)}
        pieces |= {word[i : i + 2] for word in re.findall(r"[\u4e00-\u9fff]+", field) for i in range(len(word) - 1)}
        fit = sum(1 for piece in pieces if piece in draft.text.lower())
        fits.append((fit, person.id))
    best = max(fits, default=(0, 0))
    return best[1] if best[0] and sum(1 for fit, _ in fits if fit == best[0]) == 1 else None


def _lead_meant(draft: Draft) -> int | None:
    named = draft.mentions_of(NameKind.LEAD, least=0.7)
    return next((int(c.nameable.id) for m in named for c in m.candidates if c.nameable.kind is NameKind.LEAD), None)


def purchase_history(draft: Draft) -> list[Step]:
    """What a customer bought, or who bought a product."""
    products = product_ids(draft)
    spoken_of = draft.desk.focus("customer") if draft.desk.topic == "order" else None
    if spoken_of is not None and not draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7):
        draft.hints = {"customer": spoken_of, **draft.hints}
    customer = resolve_customer(draft, focus=not products)
    if _unseen(draft, customer):
        return ask_which(draft, "customer", customer)
    period = period_in(draft, Look.BACK)
    args: dict[str, object] = {
        "customer": customer.id,
        "product": products[0] if products else None,
        "begin": _iso(period.first_day),
        "end": _iso(period.last_day),
    }
    return [do(draft, "purchase_history", args)]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_QUERY_WORDS = re.compile(
    r"上次|最近|最后|一次|沟通|纪要|记录|聊|谈|说|提|过|什么|啥|哪些|哪次|哪家|哪|谁|有没有|是否|查|搜|找|看|一下|列|"
    r"出来|帮我|给我|我|的|了|吗|呢|啊|客户|关于|所有|里|里面|在|都|那|些|次|跟|和|怎么|内容|情况|讲|回顾|翻|"
    r"\b(?:what|did|we|talk|about|last|notes?|meeting|search|find|who|mentioned|the|with|show|me|for|any|in)\b",
    re.I,
)


def list_notes(draft: Draft) -> list[Step]:
    """The last minutes, or those that mention something."""
    customer = resolve_customer(draft)
    if _unseen(draft, customer) and not re.search("谁|哪|who|which", draft.text):
        return ask_which(draft, "customer", customer)
    period = period_in(draft, Look.BACK)
    named = bool(draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7))
    searching = bool(re.search(r"谁|哪(?:次|家|些)|搜|查|找|提到|提过|说过|who|which|mention|search", draft.text, re.I))
    asked_of = bool(re.search("提到|提过|说过|谈到|搜|查|mention|search", draft.text, re.I))
    words = _search_words(draft) if (searching and (asked_of or not named)) or not customer.found else ()
    if words:
        known = draft.desk.crm.notes
        whose = customer.id if named else None
        notes = known.find(limit=2000) if whose is None else known.of_customer(whose, limit=200)
        words = words_told(draft, notes) or (() if named else words)
    args: dict[str, object] = {
        "customer": customer.id if named or not words else None,
        "author": resolve_user(draft),
        "begin": None if period.begin is None else period.begin.isoformat(),
        "end": None if period.end is None else period.end.isoformat(),
        "words": list(words) or None,
        "latest": True if re.search(r"上(?:一)?次|最近一次|最后一次|last time", draft.text) else None,
    }
    return [do(draft, "list_notes", args)]


def _search_words(draft: Draft) -> tuple[str, ...]:
    text = draft.text
    people = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)
    for words in [*(m.text for m in people), *(t.text for t in draft.times)]:
        text = text.replace(words, "，")
    pieces = re.split(r"[\W_]+", _QUERY_WORDS.sub("，", text))
    return tuple(dict.fromkeys(piece for piece in pieces if len(piece) >= 2))[:6]


_AS_WELL = re.compile(
    r"也(?:一起|一并|都)?(?:带上|算上?|加上|列|放|报|给|要|看|念|包括)|(?:加上|连同|连着|包括|算上|带上)|以及|和(?:已经)?(?:逾期|过期|拖)"
)
"""「今天的,拖着的也带上」: what is overdue besides what falls into the period."""


def list_tasks(draft: Draft) -> list[Step]:
    """What is to be done: today, overdue, this week, for one customer or colleague."""
    named = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)
    points_back = re.search(r"他们|它|那边|这家|该客户|their|them", draft.text)
    customer = resolve_customer(draft, focus=bool(points_back)) if named or points_back else NOTHING
    if _unseen(draft, customer):
        return ask_which(draft, "customer", customer)
    period = period_in(draft, Look.AHEAD if _task_status(draft.text) is None else Look.BACK)
    overdue = bool(OVERDUE.search(draft.text))
    both = overdue and period.end is not None and bool(_AS_WELL.search(draft.text))
    user = resolve_user(draft)
    task = next(
        (
            m.candidates[0]
            for m in draft.mentions_of(NameKind.TASK, least=0.8)
            if m.candidates[0].nameable.kind is NameKind.TASK
        ),
        None,
    )
    if task is not None:
        return [do(draft, "list_tasks", {"words": [task.nameable.name], "everyone": True, "status": "all"})]
    args: dict[str, object] = {
        "customer": customer.id,
        "assignee": user if user is not None else _own(draft),
        "begin": None if overdue or period.begin is None else period.begin.isoformat(),
        "end": None if (overdue and not both) or period.end is None else period.end.isoformat(),
        "overdue": (overdue and not both) or None,
        "status": _task_status(draft.text),
        "priority": "high" if re.search(r"高优|紧急|重要|加急|urgent|high", draft.text) else None,
        "everyone": True if re.search(r"全组|团队|组里|大家|所有人|team|everyone", draft.text) else None,
    }
    return [do(draft, "list_tasks", args)]


def _own(draft: Draft) -> int | None:
    """A manager who says 「我的」 means its own."""
    me = draft.desk.crm.principal
    return (
        me.user_id
        if me.role is not Role.REP and re.search(r"我(?:的|自己|今天|明天|这周|有)|\bmy\b", draft.text)
        else None
    )


def _task_status(text: str) -> str | None:
    if re.search(
        r"(?<!没)(?<!未)(?:已经?|都)?(?:完成|做完|办完|搞定|办结)(?:了|的|过)|completed|"
        r"(?<!没)(?<!未)(?<!没有)(?<!not )(?<!un)done",
        text,
    ) and not re.search(r"没(?:有)?(?:完成|做|办)|未完成", text):
        return "done"
    return "cancelled" if re.search(r"取消(?:了|的|过)", text) else None


def _owners(draft: Draft) -> list[int]:
    ids = [
        int(m.candidates[0].nameable.id)
        for m in draft.mentions_of(NameKind.USER, least=0.75)
        if m.candidates[0].nameable.kind is NameKind.USER
    ]
    colleague = draft.desk.focus("user")
    if not ids and colleague is not None and re.search("[他她](?!们)", draft.text):
        ids = [colleague]
    if not ids and re.search(r"我(?:的|自己|手上|手里|名下|这边)|\bmy\b", draft.text):
        ids = [draft.desk.crm.principal.user_id]
    return list(dict.fromkeys(ids))


def _stages(draft: Draft) -> list[int]:
    named = [m.candidates[0].nameable for m in draft.mentions_of(NameKind.STAGE, least=0.8)]
    keys = {s.id: s.key for s in draft.desk.stages}
    return [int(n.id) for n in named if n.kind is NameKind.STAGE and keys.get(int(n.id)) not in (WON, LOST)]


_STATUS = (
    ("won", r"赢单|赢了|赢的|签下|签了|签单|成交|拿下|成单|签(?:约)?(?:了|成|的)|中标|落袋|\bwon\b|closed won|signed"),
    ("lost", r"输单|输(?:了|掉|的|在|给)|丢标|失单|丢单|丢了|丢的|丢掉|黄了|失败|流失|lost"),
    ("all", r"全部|所有.{0,4}(?:商机|单子|项目)|历史|all"),
)


def _status(text: str) -> str:
    if re.search(
        r"(?:要|该|能|会|可以|准备|计划|打算|应该)(?:签|成|拿|定)|没签|未签|没成交|还没|没关|没拿下|在谈|在跟|在手|"
        r"未关|没结|有望|预计|能签|可能|open",
        text,
    ):
        return "open"
    return next((name for name, words in _STATUS if re.search(words, text, re.I)), "open")


def list_opportunities(draft: Draft) -> list[Step]:
    """Deals by customer, stage, product, owner, size and date, with their sum."""
    if _topic(draft.text, _GROUPS, "none") == "owner" and len(_owners(draft)) != 1:
        return pipeline_figures(draft)
    named = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)
    points_back = re.search(r"他们|它|那边|这家|该客户|their|them", draft.text)
    customer = resolve_customer(draft, focus=bool(points_back)) if named or points_back else NOTHING
    if _unseen(draft, customer):
        return ask_which(draft, "customer", customer)
    status = "open" if _stages(draft) else _status(draft.text)
    period = period_in(draft, Look.AHEAD if status == "open" else Look.BACK)
    closed = status in ("won", "lost")
    bounds = _amount_bounds(draft)
    owners = _owners(draft)
    products = product_ids(draft)
    args: dict[str, object] = {
        "customer": customer.id,
        "product": products[0] if products else None,
        "owner": owners[0] if owners else None,
        "stages": _stages(draft) or None,
        "status": status,
        "closed_from" if closed else "closing_from": _iso(period.first_day),
        "closed_to" if closed else "closing_to": _iso(period.last_day),
        "amount_min": bounds[0],
        "amount_max": bounds[1],
        "order": _order(draft.text),
        "limit": _limit(draft),
    }
    return [do(draft, "list_opportunities", _within_the_last(draft, args))]


_WITHIN = re.compile(r"其中|里面|里头|当中|这里边|这[些几两三](?:个|单|张|笔)?(?:里|中)|of (?:those|these)", re.I)


def _within_the_last(draft: Draft, args: dict[str, object]) -> dict[str, object]:
    """「其中最大的」: the filters of the list asked for last hold on, and the new ones narrow it."""
    last = draft.desk.state.get("asked")
    if not last or last["tool"] != "list_opportunities" or not _WITHIN.search(draft.text):
        return args
    said = {name: value for name, value in args.items() if value is not None and name != "status"}
    return {**{k: v for k, v in last["args"].items() if k not in ("limit", "order")}, **said}


def _amount_bounds(draft: Draft) -> tuple[str | None, str | None]:
    low = high = None
    for amount in draft.amounts:
        after = draft.sentence.text[amount.stop : amount.stop + 3]
        before = draft.sentence.text[max(0, amount.begin - 4) : amount.begin]
        low = str(amount.low) if amount.low is not None and amount.high is None else low
        high = str(amount.high) if amount.high is not None and amount.low is None else high
        if re.search(r"以上|往上|起", after) or re.search(r"过|大于|高于|不低于|over|above", before):
            low = str(amount.value)
        elif re.search(r"以下|以内|不到", after) or re.search(r"低于|小于|不超过|under|below", before):
            high = str(amount.value)
    return low, high


def _order(text: str) -> str | None:
    if re.search(
        r"最大|金额.{0,4}(?:排|最高)|最高|大的|大单|大到小|高到低|多到少|降序|top|biggest|largest", text, re.I
    ):
        return "amount"
    return "close_date" if re.search(r"最快|最近要|最近的|最早|最先|先后|soonest", text) else None


_COUNTED = re.compile(r"(?:前|最大的?|top)\s*([一二两三四五六七八九十\d]+)\s*(?:个|大|名|家|单)?", re.I)


_MOST = r"最(?:大|高|贵|早|快|近|先)"
_SINGLE = re.compile(
    rf"{_MOST}的?(?:在?[跟谈手]的?)?(?:那|一|这)?(?:个|张|笔|单)?(?:单子?|商机|项目|生意|deal)?(?:是|叫|在|要)?(?:哪|什么|谁|啥|多少)|"
    rf"最近(?:要|能|会|该)?签的?(?:是)?哪|{_MOST}的?(?:那|一)(?:个|张|笔|单)?$|哪一?(?:个|张|笔|单|家)?(?:单子?|商机|项目)?(?:的)?(?:金额|"
    rf"预计)?.{{0,4}}{_MOST}|{_MOST}的?(?:那|一)(?:个|张|笔|单)|"
    r"(?:biggest|largest|soonest|first to close)(?!.*deals\b)",
    re.I,
)


def _limit(draft: Draft) -> int | None:
    found = _COUNTED.search(draft.text)
    value = parse_number(found[1]) if found else None
    if value is None and _SINGLE.search(draft.text):
        return 1
    return int(value) if value else None


def opportunity_detail(draft: Draft) -> list[Step]:
    """One deal, or one fact about it; the largest or soonest of several is a list of one."""
    unnamed = not draft.mentions_of(NameKind.CUSTOMER, NameKind.OPPORTUNITY, NameKind.CONTACT, least=0.7)
    if unnamed and _order(draft.text) and re.search("单|商机|项目|deal", draft.text):
        return list_opportunities(draft)
    if re.search("分别|各自?", draft.text) and (owner := _of_one_customer(draft)) is not None:
        return [do(draft, "list_opportunities", {"customer": owner, "status": "all"})]

    if _EACH_DEAL.search(draft.text) and (several := _deals_of_one(draft)):
        return several
    found = resolve_opportunity(draft, closed=True)
    if found.id is not None and (what_if := _what_if(draft, found.id)):
        return what_if
    if found.verdict is Verdict.ASK and _topic(draft.text, _TOPICS_DEAL) != "lost_reason":
        customer = resolve_customer(draft)
        if customer.found:
            return [do(draft, "list_opportunities", {"customer": customer.id, "status": "all"})]
    if not found.found:
        return ask_which(draft, "customer" if found.verdict is Verdict.UNKNOWN else "opportunity", found)
    if re.search("谁(?:在)?(?:负责|跟|管)", draft.text):
        draft.desk.focus_next["user"] = draft.desk.crm.opportunities.require(int(found.id or 0)).owner_id
    return [do(draft, "opportunity_detail", {"opportunity": found.id, "topic": _deal_topic(draft.text)})]


def _of_one_customer(draft: Draft) -> int | None:
    """The customer of all the deals of the list shown before, where they have but one."""
    if draft.mentions_of(NameKind.CUSTOMER, NameKind.OPPORTUNITY, least=0.7):
        return None
    deals = draft.desk.crm.opportunities.many(draft.desk.listed_before("opportunity")).values()
    owners = {deal.customer_id for deal in deals}
    return owners.pop() if len(deals) > 1 and len(owners) == 1 else None


_EACH_DEAL = re.compile(
    r"(?:[两二三四五]|几)(?:个|张|笔)?(?:单|商机|项目).{0,6}(?:各|分别|都)|(?:各|分别).{0,6}(?:哪|多少|什么|几)"
)


def _deals_of_one(draft: Draft) -> list[Step]:
    """The deals of the customer named or spoken of, asked about together; [] where there are not several."""
    customer = resolve_customer(draft)
    open_ids = {s.id for s in draft.desk.stages if not s.is_closed}
    deals = draft.desk.crm.opportunities.of_customer(customer.id) if customer.id is not None else []
    if len([deal for deal in deals if deal.stage_id in open_ids]) < 2:
        return []
    return [do(draft, "list_opportunities", {"customer": customer.id, "status": "open"})]


def _deal_topic(text: str) -> str:
    """The one fact of a deal that is asked for; 'all' where it is several (金额和签约日)."""
    asked = [name for name, words in _TOPICS_DEAL if name != "customer" and re.search(words, text, re.I)]
    return asked[0] if len(asked) == 1 else _topic(text, _TOPICS_DEAL) if not asked else "all"


def _what_if(draft: Draft, deal_id: int) -> list[Step]:
    """What a deal would come to at another price; nothing is written, but 「就按这个价」 may follow."""
    deal = draft.desk.crm.opportunities.require(deal_id)
    fields, problem = amount_fields(draft, deal)
    if problem or not fields or deal.amount is None or ("amount" in fields and "目录价" not in draft.text):
        return []
    value = Decimal(absolute_amount(deal, fields) or 0)
    draft.desk.focus_next |= {"opportunity": deal.id, "customer": deal.customer_id}
    draft.desk.said_next = {"amount": str(value)}
    zh = (
        f"「{deal.name}」现在 {spoken_money(deal.amount)},这样算是 {spoken_money(value)}({value:,.0f} 元)。"
        f"没有改动;要改请说「就按这个价更新」。"
    )
    return [
        Say(
            text=draft.say(
                zh, f"“{deal.name}” would come to CNY {value:,.0f} instead of {deal.amount:,.0f}; nothing was changed."
            )
        )
    ]


_GROUPS = (
    (
        "owner",
        r"(?:按|每|各|分)(?:个|位)?(?:人|销售|同事|负责人|组员|业务员| ?rep)|谁.{0,20}最(?:多|大|高|少|低)|"
        r"谁.{0,12}更?(?:多|大|高|少)(?:$|[，。？!！])|各(?:人|自)|人(?:都)?(?:各|分别)|by (?:rep|"
        r"owner|person)|per (?:rep|person)",
    ),
    ("stage", r"(?:按|每|各|分)(?:个)?阶段|阶段分布|分布|by stage"),
    ("product", r"(?:按|每|各|分)(?:个|种)?产品|哪个产品|by product"),
    ("customer", r"(?:按|每|各|分)(?:个|家)?客户|哪(?:家|个)客户|by customer"),
    ("month", r"(?:按|每|各|分)(?:个)?月|by month"),
    ("industry", r"(?:按|每|各|分)(?:个)?行业|by industry"),
    ("region", r"(?:按|每|各|分)(?:个)?(?:地区|区域|省)|by region"),
)
_MEASURES = (
    ("weighted", r"加权|折算|按概率|乘(?:以)?概率|预测|weighted|forecast"),
    ("win_rate", r"赢单率|成单率|胜率|转化率|win rate"),
    ("average", r"平均|均值|客单价|average"),
    ("count", r"几个|多少个|个数|数量|几单|多少单|how many"),
)


def pipeline_figures(draft: Draft) -> list[Step]:
    """Sums and counts over the pipeline."""
    status, period = "open" if _stages(draft) else _status(draft.text), period_in(draft, Look.NEUTRAL)
    closed = status in ("won", "lost", "closed")
    owners, measure = _owners(draft), _topic(draft.text, _MEASURES, "amount")
    customer = resolve_customer(draft, focus=False) if draft.mentions_of(NameKind.CUSTOMER, least=0.75) else NOTHING
    products = product_ids(draft)
    group = _topic(draft.text, _GROUPS, "owner" if len(owners) > 1 else "none")
    funnel = bool(re.search(r"漏斗|funnel", draft.text))
    if group == "none" and measure in ("amount", "count") and not funnel and len(owners) < 2:
        return list_opportunities(draft)
    args: dict[str, object] = {
        "measure": measure,
        "group_by": "stage" if funnel else group,
        "status": "closed" if measure == "win_rate" else status,
        "owners": owners or None,
        "customer": customer.id,
        "product": products[0] if products else None,
        "stages": _stages(draft) or None,
        "closed_from" if closed or measure == "win_rate" else "closing_from": _iso(period.first_day),
        "closed_to" if closed or measure == "win_rate" else "closing_to": _iso(period.last_day),
        "funnel": funnel or None,
    }
    return [do(draft, "pipeline_figures", args)]


_WHICH_DEALS = re.compile(
    r"哪(?:一|几|些|两|三)?(?:个|张|笔|单)(?:单子?|商机|项目)?|哪些(?:单|商机|项目)|which deals?|what deals?", re.I
)


def performance(draft: Draft) -> list[Step]:
    """How somebody, or the team, is doing; which deals were won or lost is a list of them."""
    if _WHICH_DEALS.search(draft.text) and _status(draft.text) in ("won", "lost"):
        return list_opportunities(draft)
    period = period_in(draft, Look.BACK)
    if period.is_open:
        period = _this_month(draft)
    args: dict[str, object] = {
        "owners": _owners(draft) or None,
        "begin": _iso(period.first_day),
        "end": _iso(period.last_day),
    }
    return [do(draft, "performance", args)]


def _this_month(draft: Draft) -> Period:
    begin = draft.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Period(begin=begin, end=(begin + timedelta(days=32)).replace(day=1))


def product_info(draft: Draft) -> list[Step]:
    """List prices and what there is."""
    ids = product_ids(draft)
    if len(ids) > 1:
        return [do(draft, "product_info", {"product": i}) for i in ids]
    if not ids and (focus := draft.desk.focus("product")) is not None and re.search(r"它|这个|多少钱|it\b", draft.text):
        ids = [focus]
    if ids:
        return [do(draft, "product_info", {"product": ids[0]})]
    ambiguous = draft.mentions_of(NameKind.PRODUCT)
    clear = next((m.candidates for m in ambiguous if m.candidates[0].nameable.kind is NameKind.PRODUCT), ())
    if clear and (len(clear) == 1 or clear[0].score - clear[1].score >= 0.2):
        return [do(draft, "product_info", {"product": int(clear[0].nameable.id)})]
    options = [int(c.nameable.id) for m in ambiguous for c in m.candidates if c.nameable.kind is NameKind.PRODUCT]
    if options:
        return [
            draft.ask(
                "product", draft.say("您说的是哪个产品?", "Which product?"), options_for(draft, "product", options[:5])
            )
        ]
    return [do(draft, "product_info", {})]


def list_leads(draft: Draft) -> list[Step]:
    """Leads, or one of them."""
    lead = (
        resolve_lead(draft)
        if "lead" in draft.hints
        or draft.mentions_of(NameKind.LEAD, least=0.7)
        or re.search(r"他|她|这条|那条", draft.text)
        else NOTHING
    )
    if lead.found:
        return [do(draft, "list_leads", {"lead": lead.id, "topic": _topic(draft.text, _TOPICS_LEAD)})]
    statuses = (
        ("new", "新线索|还没跟|没联系|new"),
        ("working", "在跟|跟进中|working"),
        ("qualified", "合格|qualified"),
        ("converted", "转化|converted"),
        ("unqualified", "作废|无效"),
    )
    source = re.search(r"展会|官网|网站|转介绍|介绍|陌拜|抖音|公众号|广告|协会", draft.text)
    args: dict[str, object] = {
        "status": next((s for s, words in statuses if re.search(words, draft.text)), None),
        "unowned": True
        if not re.search("也算|包括|算上|连|加上", draft.text)
        and re.search(r"没人|无主|公海|没有(?:负责|分配)|未分配|unassigned|unowned", draft.text)
        else None,
        "owner": next(iter(_owners(draft) or ()), None),
        "source": source[0] if source else None,
    }
    return [do(draft, "list_leads", args)]


def find_customers(draft: Draft) -> list[Step]:
    """Customers by trade, region, level, tag, owner or silence."""
    return [do(draft, "find_customers", customer_filters(draft))]


def list_users(draft: Draft) -> list[Step]:
    """Colleagues."""
    return [do(draft, "list_users", {"user": resolve_user(draft)})]


def list_stages(draft: Draft) -> list[Step]:
    """The pipeline's stages; the largest deal in one of them is a deal."""
    if _stages(draft) and _order(draft.text) and re.search("单|商机|项目|deal", draft.text):
        return list_opportunities(draft)
    return [do(draft, "list_stages", {})]


def change_history(draft: Draft) -> list[Step]:
    """Who changed what."""
    deal = resolve_opportunity(draft, closed=True) if draft.mentions_of(NameKind.OPPORTUNITY, least=0.7) else NOTHING
    if deal.found:
        return [do(draft, "change_history", {"record_type": "opportunity", "record_id": deal.id})]
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    return [do(draft, "change_history", {"record_type": "customer", "record_id": customer.id})]


_WHEN = re.compile(r"几时|什么时候|啥时候|几点|几号|哪天|到期|截止|when|due", re.I)
_HOW_MANY = re.compile(r"几[个单张笔家]|哪[些几]|都?有谁|多大|how many|which", re.I)


def search_collateral(draft: Draft) -> list[Step]:
    """Knowledge questions; what a customer's people said stands in the minutes."""
    if _WHEN.search(draft.text) and any(
        m.candidates[0].nameable.kind is NameKind.TASK for m in draft.mentions_of(NameKind.TASK, least=0.85)
    ):
        return list_tasks(draft)
    if (told := told_before(draft)) is not None:
        return [do(draft, "list_notes", told)]
    if _stages(draft) and _HOW_MANY.search(draft.text) and not product_ids(draft):
        return list_opportunities(draft)
    return [do(draft, "search_collateral", search_args(draft))]


def recommend(draft: Draft) -> list[Step]:
    """Advice on a customer or a deal; where none is named, what the documents say."""
    customer = resolve_customer(draft)
    if customer.verdict in (Verdict.ASK, Verdict.UNKNOWN):
        return ask_which(draft, "customer", customer)
    args = advice_args(draft)
    return [do(draft, "recommend", args)] if args else search_collateral(draft)


def next_actions(draft: Draft) -> list[Step]:
    """Which open deals to work on first."""
    limit = _limit(draft)
    args: dict[str, object] = {"owner": resolve_user(draft), "limit": min(limit, 10) if limit else None}
    return [do(draft, "next_actions", args)]


def nothing_known(draft: Draft) -> list[Step]:
    """What is said when nothing else fits."""
    text = draft.say(
        "这句我没听懂要做什么,没有改动任何数据。可以说:"
        "「下周三下午三点提醒我给客户打电话」「列出今天的待办」「把商机推到下一阶段」。",
        "I did not understand what to do; nothing was changed.",
    )
    return [Say(text=text, outcome=Outcome.ANSWERED)]
