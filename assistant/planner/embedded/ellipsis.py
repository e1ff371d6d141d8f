"""Messages that leave out what the one before said: 「李婷呢」, 「那看张伟的」, 「同样的再来一条」."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from assistant.messages import Do, Say, Step, ToolCall
from assistant.planner.embedded.common import due_time, echo, keep_in_focus, spoken_money, wrong_time
from assistant.planner.embedded.corrections import retitled
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.periods import period_in
from assistant.planner.embedded.pointing import POINTING, point
from assistant.planner.embedded.queries import ROLE_WORDS
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.targets import the_other
from intents.commands import Command
from intents.names import Kind
from intents.times import Look

_ELLIPTIC = re.compile(
    r"^(?:那|那么|再|还有|另外)?(?:看看?|换成?|说说|查查?)?.{1,14}?(?:的)?(?:呢|的呢|那边呢|怎么样|，.{0,8}多少|"
    r"的)?[？?]?$"
)
_MARKED = re.compile(
    r"(?:重新?|再)(?:算|统计|汇总|加)(?:一[下遍])?$|^(?:那|再看|换|还有|另外)|还剩|呢[？?]?$|^(?:and|"
    r"what about|how about)\b",
    re.I,
)
_SAME_AGAIN = re.compile(
    r"也(?:要|得|给|帮)?[^，。我]{1,3}一[份个条张篇次].{0,14}(?:一样|不变|相同|照旧)|(?:同样|一样|照样|照着|原样|same).{0,8}(?:再|来|建|加|一条|一个|again|task)|再来一[条个]|照样来|再建一[条个]一样",
    re.I,
)
_SUM = re.compile(
    r"^(?:那么?|所以)?(?:他家|她家|它家)?(?:这|那|它们|他们)?(?:些|[两二三四五六七八九几\d]{1,2})?(?:个|张|笔|单|家|条|项)?(?:单子?|商机|项目)?(?:都|全)?"
    r"(?:(?:一共|合计|总共|加起来|加一起|总计|in total)(?:是|有|要|值|花了?|买了|用了?|付了?)?(?:多少|几|呢|"
    r"how|$).{0,6}|"
    r"(?:各|分别|各自)(?:都)?(?:是|有|值|要)?(?:多少|几|啥|"
    r"什么).{0,6})[？?]?$",
    re.I,
)
_MOST = (
    (re.compile(r"(?:金额|数额)?(?:最大|最高|最贵|最多)"), "amount"),
    (re.compile(r"最(?:快|早|先|近).{0,6}(?:签|成|关|close|到期|落地|定)"), "close_date"),
)
_OF_THEM = re.compile(r"[他她](?!们)|其中|里头|里面|这里面|这些|当中|这几[单个]|那几[单个]")
_LAST_TIME = re.compile(
    r"^(?:那|其中)?最(?:近|后|新|早)(?:的)?(?:一?[次笔单回]|那[次笔单])?(?:是|在)?(?:哪天|哪一天|什么时候|几号|几时|啥时候|何时)[？?]?$"
)
"""Which of the orders or minutes listed just now is the newest; they are shown anew, the newest first."""
_BOUNDED = ("list_tasks",)
LONGEST = 18
_COLLEAGUE = {"owners": list, "owner": int, "assignee": int, "author": int}
_ASKING = (
    "pipeline_figures", "list_opportunities", "list_tasks", "performance", "customer_360", "list_contacts", (
        "purchase_history"
    ),
    "list_notes", "find_customers",
)  # fmt: skip


def ask_again(desk: Desk, commands: list[Command]) -> list[Step]:
    """The last question, about somebody else; [] when the message is no such ellipsis."""
    last = desk.state.get("asked")
    if not last or len(desk.text) > LONGEST:
        return []
    draft = Draft(desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent=str(last["tool"]))
    point(draft)
    if draft.hints and (pointed := _pointed(draft, dict(last["args"]))):
        return _asked(draft, pointed)
    if last["tool"] in ("purchase_history", "list_notes") and _LAST_TIME.match(desk.text):
        return _asked(draft, dict(last["args"]))
    if last["tool"] in _BOUNDED and "begin" in last["args"] and _is_only_a_period(draft):
        bounded = _period_args(draft, dict(last["args"]))
        return _asked(draft, {**last["args"], **bounded}) if bounded else []
    if summed := _sum_of_both(desk):
        return summed
    marked = _MARKED.search(desk.text) and _ELLIPTIC.match(desk.text)
    if found := _best_of_them(desk, last) or _theirs_listed(draft, last) or _of_the_purchases(draft, last):
        return found
    if not marked and not _SUM.match(desk.text) and not _is_only_a_name(desk):
        return []
    args = _substituted(draft, dict(last["args"]))
    return [] if args is None else _asked(draft, args)


def _asked(draft: Draft, args: dict[str, Any]) -> list[Step]:
    keep_in_focus(draft, args)
    return [Do(calls=(ToolCall(tool=draft.intent, args=args),))]


def _pointed(draft: Draft, args: dict[str, Any]) -> dict[str, Any]:
    """The last question's arguments about the record that the words point at, where they say nothing more to ask."""
    kind, record_id = next(iter(draft.hints.items()))
    rest = POINTING.sub("", re.sub(r"[那呢的吗？?，\s]|还有", "", draft.text))
    return {**args, kind: record_id} if kind in args and len(rest) <= 1 else {}


def _best_of_them(desk: Desk, last: dict[str, Any]) -> list[Step]:
    """「她最大的一单」, 「其中最快签的」: the list of deals asked for last, or somebody's, in that order."""
    order = next((by for pattern, by in _MOST if pattern.search(desk.text)), None)
    of_deals = re.search("单|商机|项目|deal|(?:其中|里头|里面|当中).{0,4}最.{1,3}[张笔个条]", desk.text)
    if order is None or not _OF_THEM.search(desk.text) or not of_deals:
        return []
    if last["tool"] not in ("list_opportunities", "pipeline_figures", "performance") or _names_other(desk):
        return []
    args = {
        k: v for k, v in last["args"].items() if k not in ("group_by", "measure", "funnel", "total", "begin", "end")
    }
    owners = args.pop("owners", None)
    if last["tool"] != "list_opportunities":
        args = {k: v for k, v in args.items() if k in ("status", "stages", "product", "customer")} | {"status": "open"}
        user = desk.focus("user") if re.search("[他她](?!们)", desk.text) else None
        one = owners[0] if isinstance(owners, list) and len(owners) == 1 else user
        args |= {} if one is None else {"owner": one}
    return [Do(calls=(ToolCall(tool="list_opportunities", args={**args, "order": order}),))]


_BOTH = re.compile(
    r"^(?:那|所以)?(?:这|那)?([两俩三四])家(?:客户)?(?:的)?(?:金额|单子?|商机)?(?:合计|一共|总共|加起来|加一起|总计|合起来)(?:是|有)?(?:多少|几)?"
)


def _sum_of_both(desk: Desk) -> list[Step]:
    """「两家合计」: what is open with the customers spoken of last, together."""
    found = _BOTH.match(desk.text)
    count = {"两": 2, "俩": 2, "三": 3, "四": 4}.get(found[1], 0) if found else 0
    ids = list(dict.fromkeys(reversed(desk.mentioned("customer"))))[:count][::-1]
    if not count or len(ids) < count:
        return []
    open_deals = {i: [d for d in desk.crm.opportunities.of_customer(i) if d.closed_on is None] for i in ids}
    sums = {i: sum((d.amount or Decimal(0) for d in deals), Decimal(0)) for i, deals in open_deals.items()}
    names = desk.crm.customers.many(ids)
    each = [f"{names[i].short_name} {spoken_money(sums[i])}" for i in ids]
    whole = spoken_money(sum(sums.values(), Decimal(0)))
    text = desk.say(f"{len(ids)} 家在跟商机合计 {whole}:{'、'.join(each)}。", f"In all {whole}: {', '.join(each)}.")
    return [Say(text=text)]


_NARROWS = re.compile(r"^(?:那么?|就)?(?:光|只|单|仅|其中)(?:说|看|算|讲|是)?|呢[？?]?$")
_BOUGHT_LAST = re.compile(
    r"^(?:那|它|其中)?(?:他们|他家)?(?:最近|最后|上|末)(?:一)?(?:回|次|笔|单|批)(?:的)?(?:是|在)?(?:买|下单|订)?(?:的)?(?:是)?"
    r"(?:哪一?[天年]|几号|什么时候|啥时候|多会儿)"
)


def _of_the_purchases(draft: Draft, last: dict[str, Any]) -> list[Step]:
    """「光说纸箱呢」, 「最近一回是哪天」 after what somebody bought: of one product, or the same list for its days."""
    if last["tool"] != "purchase_history" or draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.8):
        return []
    if _BOUGHT_LAST.search(draft.text):
        return _asked(draft, dict(last["args"]))
    product = _product_told(draft) if _NARROWS.search(draft.text) else None
    return [] if product is None else _asked(draft, {**last["args"], "product": product})


def _product_told(draft: Draft) -> int | None:
    """The one product whose name has the words left of a short message."""
    word = re.sub(r"呢?[？?]?$", "", _NARROWS.sub("", draft.text, count=1))
    fits = [product.id for product in draft.desk.crm.products.find() if len(word) > 1 and word in product.name]
    return fits[0] if len(fits) == 1 else None


_LISTED_ONE_BY_ONE = re.compile(
    r"列(?:出|一下|给|示|个|单名)|(?:单|逐)[个条一张]|明细|展开|哪[几些两三]|拆开|单名|摆出来|念一?[下遍念]|有哪些"
)


def _theirs_listed(draft: Draft, last: dict[str, Any]) -> list[Step]:
    """「李某的三张列出」 after figures by colleague: the deals behind one colleague's figure, of the same period."""
    users = draft.mentions_of(Kind.USER, least=0.8)
    if last["tool"] != "pipeline_figures" or not users or not _LISTED_ONE_BY_ONE.search(draft.text):
        return []
    if draft.mentions_of(Kind.CUSTOMER, least=0.8) or re.search("待办|任务|提醒|客户|线索|纪要|联系人", draft.text):
        return []
    owner = next(int(c.nameable.id) for c in users[0].candidates if c.nameable.kind is Kind.USER)
    args = {k: v for k, v in last["args"].items() if k in _OF_A_LIST and v is not None}
    draft.desk.focus_next["user"] = owner
    return [Do(calls=(ToolCall(tool="list_opportunities", args={"status": "open", **args, "owner": owner}),))]


_OF_A_LIST = (
    "status", "stages", "product", "customer", "closing_from", "closing_to", "closed_from", "closed_to"
)  # fmt: skip


def _names_other(desk: Desk) -> bool:
    named = (Kind.CUSTOMER, Kind.CONTACT, Kind.USER, Kind.PRODUCT, Kind.STAGE)
    return any(c.score >= 0.75 and c.nameable.kind in named for m in desk.sentence.mentions for c in m.candidates[:1])


def _is_only_a_name(desk: Desk) -> bool:
    """Whether the message is nothing but a name."""
    return any(
        len(m.text) >= len(desk.text.rstrip("呢的？?吧")) and m.candidates[0].score >= 0.85
        for m in desk.sentence.mentions
        if m.candidates
    )


def _substituted(draft: Draft, args: dict[str, Any]) -> dict[str, Any] | None:
    if _SUM.match(draft.text) and "group_by" not in args:
        return args
    if draft.intent == "list_contacts" and (person := _other_person(draft, args)) is not None:
        return {k: v for k, v in args.items() if k not in ("customer", "role")} | {"contact": person}
    if (bounded := _period_args(draft, args)) and _is_only_a_period(draft):
        return args | bounded
    if re.search("还剩|还有(?:哪|什么|几|谁)", draft.text):
        return args | _period_args(draft, args)
    for kind in ("contact", "lead"):
        if kind in args and (other := the_other(draft, kind)) is not None:
            return {kind: other} | ({"topic": args["topic"]} if "topic" in args else {})
    if "stages" in args and (stage := _other_stage(draft)) is not None:
        return {**args, "stages": [stage]}
    users = draft.mentions_of(Kind.USER, least=0.8)
    if users:
        named = next(int(c.nameable.id) for c in users[0].candidates if c.nameable.kind is Kind.USER)
        slot = next((name for name in _COLLEAGUE if name in args), _default_slot(draft.intent))
        return None if slot is None else {**args, slot: [named] if slot == "owners" else named}
    if "group_by" in args and re.search("合计|总共|一共|总数|加起来|total", draft.text):
        return {**args, "group_by": "none"}
    if draft.mentions_of(Kind.CUSTOMER, least=0.8) and isinstance(args.get("contact"), int):
        return _same_part(draft, args)
    if draft.mentions_of(Kind.CUSTOMER, least=0.8) and "customer" in args:
        found = resolve_customer(draft, focus=False)
        if "product" in args and re.search("订单|买过|采购|订过", draft.text):
            args = {name: value for name, value in args.items() if name != "product"}
        return {**args, "customer": found.id} if found.found else None
    return args | bounded if (bounded := _period_args(draft, args)) else None


def _other_stage(draft: Draft) -> int | None:
    """The stage of 「换成报价阶段呢」."""
    named = (c for m in draft.mentions_of(Kind.STAGE, least=0.85) for c in m.candidates[:1])
    return next((int(c.nameable.id) for c in named if c.nameable.kind is Kind.STAGE), None)


def _same_part(draft: Draft, args: dict[str, Any]) -> dict[str, Any] | None:
    """Who plays the same part at another customer: 「楚某谁管采购」「那峡某呢」."""
    person, found = draft.desk.crm.contacts.get(args["contact"]), resolve_customer(draft, focus=False)
    part = re.search(ROLE_WORDS, person.title or person.role or "") if person is not None else None
    if not found.found or part is None or draft.intent != "list_contacts":
        return None
    return {"customer": found.id, "role": part[0], "topic": args.get("topic", "all")}


_PAST = ("performance", "purchase_history")
"""Questions about a period that is over, bounded by days."""


def _period_args(draft: Draft, args: dict[str, Any]) -> dict[str, Any]:
    """The period said, in the arguments that the last question bounded."""
    ahead = draft.intent == "list_tasks" and str(args.get("begin") or "") >= draft.now.date().isoformat()
    period = period_in(draft, Look.BACK if draft.intent in _PAST else Look.AHEAD if ahead else Look.NEUTRAL)
    if period.begin is None or period.end is None:
        return {}
    days = {
        "closing_from": period.first_day,
        "closing_to": period.last_day,
        "closed_from": period.first_day,
        "closed_to": period.last_day,
    }
    bounded = {name: day.isoformat() for name, day in days.items() if name in args and day is not None}
    if "begin" in args and draft.intent in _PAST and period.first_day and period.last_day:
        bounded |= {"begin": period.first_day.isoformat(), "end": period.last_day.isoformat()}
    elif "begin" in args and draft.intent == "list_tasks":
        bounded |= {"begin": period.begin.isoformat(), "end": period.end.isoformat()}
    elif "begin" in args and period.first_day and period.last_day:
        bounded |= {"begin": period.first_day.isoformat(), "end": period.last_day.isoformat()}
    return bounded


def _is_only_a_period(draft: Draft) -> bool:
    """Whether the message is a period and the particles around it: 「四月呢」."""
    rest = draft.text
    for time in draft.times_looking(Look.NEUTRAL):
        rest = rest.replace(time.text, "")
    return not re.sub(r"^(?:那么?|再看看?|换成?|看看?)|的|份|呢|情况|怎么样|[，,。？?\s]", "", rest)


def _other_person(draft: Draft, args: dict[str, Any]) -> int | None:
    """The person of 「彭某的呢」 (written just so) or of 「另一个姓雷的呢」, other than the one told about last."""
    crm = draft.desk.crm
    written = {
        int(c.nameable.id)
        for m in draft.mentions_of(Kind.CONTACT, least=0.9)
        for c in m.candidates
        if c.nameable.kind is Kind.CONTACT and c.nameable.name == m.text
    }
    if len(written) == 1:
        return written.pop()
    surname = _SAME_SURNAME.search(draft.text)
    before = args.get("contact") or draft.desk.focus("contact")
    if surname is None or not isinstance(before, int):
        return None
    alike = crm.contacts.find(crm.contacts.c.name.startswith(surname[1]), order=(crm.contacts.c.id,), limit=50)
    others = [c for c in alike if c.id != before]
    customer = crm.contacts.require(before).customer_id
    near = [c for c in others if c.customer_id == customer] or others
    return near[0].id if len(near) == 1 else None


_SAME_SURNAME = re.compile(r"(?:另|还有|别的|第二)(?:外)?(?:的|那)?一?[个位]?(?:也)?(?:是)?姓([\u4e00-\u9fff])")


def _default_slot(tool: str) -> str | None:
    return {
        "pipeline_figures": "owners",
        "performance": "owners",
        "list_opportunities": "owner",
        "list_tasks": "assignee",
    }.get(tool)


def _has_content(desk: Desk, rest: str) -> bool:
    """Whether 「再来一个:」 is followed by a whole command of its own, not merely by another time or customer."""
    names = (m.text for m in desk.sentence.mentions if m.candidates[0].score >= 0.7)
    for words in (*(t.text for t in desk.sentence.times), *names):
        rest = rest.replace(words, "")
    rest = re.sub(r"同一天|当天|那天|改成|换成|时间|[给跟的了吧条个是到在为]|[:：，,。\s]", "", rest)
    return len(rest) >= LEAST_CONTENT


LEAST_CONTENT = 3


def repeat_last(desk: Desk) -> list[Step]:
    """The task made last, once more at another time."""
    last = desk.last
    same = _SAME_AGAIN.search(desk.text)
    if last is None or same is None or _has_content(desk, desk.text[same.end() :]):
        return []
    made = next((call for call in last["calls"] if call["tool"] == "create_task"), None)
    draft = Draft(desk=desk, sentence=desk.sentence, begin=0, stop=len(desk.text), intent="create_task")
    time = due_time(draft)
    customer = resolve_customer(draft, focus=False)
    if made is None or (time is None and not customer.found):
        return []
    if time is not None and (problem := wrong_time(draft, time, "due")):
        return problem
    args = dict(made["args"])
    if time is not None:
        args["due_at"] = time.due.isoformat()
    for mention in draft.mentions_of(Kind.USER, least=0.85):
        args["assignee"] = next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is Kind.USER)
    if customer.found:
        args |= {
            "customer": customer.id,
            "title": retitled(draft, str(args["title"]), args.get("customer"), int(customer.id or 0)),
        }
    return [Do(calls=(ToolCall(tool="create_task", args=args),), echo=echo(draft, time))]


__all__ = ["_ASKING", "ask_again", "repeat_last"]
