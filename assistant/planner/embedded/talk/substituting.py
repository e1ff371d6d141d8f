"""The last question's arguments with somebody else, or another period, put in."""

from __future__ import annotations

from typing import Any

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.words import ROLE_WORDS
from assistant.planner.embedded.reading.periods import period_in
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.targets import the_other
from intents import patterns as re
from intents.names import Kind
from intents.times import Look

SUM = re.compile(
    r"^(?:那么?|所以)?(?:他家|她家|它家)?(?:这|那|它们|他们)?(?:些|[两二三四五六七八九几\d]{1,2})?(?:个|张|笔|单|家|条|项)?(?:单子?|商机|项目)?(?:都|全)?"
    r"(?:(?:一共|合计|总共|共计|加起来|加一起|合起来|合一起|拢共|汇总|总和|总额|总计|in total)(?:是|有|要|值"
    r"|花了?|买了|用了?|付了?)?(?:多少|几|呢|"
    r"how|$).{0,6}|"
    r"(?:各|分别|各自)(?:都)?(?:是|有|值|要)?(?:多少|几|啥|"
    r"什么).{0,6})[？?]?$",
    re.I,
)
_COLLEAGUE = {"owners": list, "owner": int, "assignee": int, "author": int}


def substituted(draft: Draft, args: dict[str, Any]) -> dict[str, Any] | None:
    if SUM.match(draft.text) and "group_by" not in args:
        return args
    if draft.intent == "list_contacts" and (person := _other_person(draft, args)) is not None:
        return {k: v for k, v in args.items() if k not in ("customer", "role")} | {"contact": person}
    if (bounded := period_args(draft, args)) and is_only_a_period(draft):
        return args | bounded
    if re.search("还剩|还有(?:哪|什么|几|谁)", draft.text):
        return args | period_args(draft, args)
    for kind in ("contact", "lead"):
        if kind in args and (other := the_other(draft, kind)) is not None:
            return {kind: other} | ({"topic": args["topic"]} if "topic" in args else {})
    if "stages" in args and (stage := _other_stage(draft)) is not None:
        return {**args, "stages": [stage]}
    users = draft.mentions_of(Kind.USER, least=0.8)
    if users:
        named = next(int(c.nameable.id) for c in users[0].candidates if c.nameable.kind is Kind.USER)
        slot = next((name for name in _COLLEAGUE if name in args), _default_slot(draft.intent))
        period = period_args(draft, args)
        return None if slot is None else {**args, **period, slot: [named] if slot == "owners" else named}
    if "group_by" in args and re.search("合计|总共|一共|总数|加起来|total", draft.text):
        return {**args, "group_by": "none"}
    if draft.mentions_of(Kind.CUSTOMER, least=0.8) and isinstance(args.get("contact"), int):
        return _same_part(draft, args)
    if draft.mentions_of(Kind.CUSTOMER, least=0.8) and "customer" in args:
        found = resolve_customer(draft, focus=False)
        if "product" in args and re.search("订单|买[过的了]|采购|[订下]过|(?:什么|啥|哪)", draft.text):
            args = {name: value for name, value in args.items() if name != "product"}
        return {**args, "customer": found.id} if found.found else None
    return args | bounded if (bounded := period_args(draft, args)) else None


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


_DAYS = (("closing_from", "closing_to"), ("closed_from", "closed_to"))
"""「下个月呢」 after 「月底前的」 is that month alone: both ends are said anew."""
_PAST = ("performance", "purchase_history")
"""Questions about a period that is over, bounded by days."""


def period_args(draft: Draft, args: dict[str, Any]) -> dict[str, Any]:
    """The period said, in the arguments that the last question bounded."""
    ahead = draft.intent == "list_tasks" and str(args.get("begin") or "") >= draft.now.date().isoformat()
    period = period_in(draft, Look.BACK if draft.intent in _PAST else Look.AHEAD if ahead else Look.NEUTRAL)
    if period.begin is None or period.end is None:
        return {}
    bounded: dict[str, Any] = {}
    for first, last in _DAYS:
        if (first in args or last in args) and period.first_day and period.last_day:
            bounded |= {first: period.first_day.isoformat(), last: period.last_day.isoformat()}
    if "begin" in args and draft.intent in _PAST and period.first_day and period.last_day:
        bounded |= {"begin": period.first_day.isoformat(), "end": period.last_day.isoformat()}
    elif "begin" in args and draft.intent == "list_tasks":
        bounded |= {"begin": period.begin.isoformat(), "end": period.end.isoformat()}
    elif "begin" in args and period.first_day and period.last_day:
        bounded |= {"begin": period.first_day.isoformat(), "end": period.last_day.isoformat()}
    return bounded


def is_only_a_period(draft: Draft) -> bool:
    """Whether the message is a period and the particles around it: 「四月呢」."""
    rest = draft.text
    for time in draft.times_looking(Look.NEUTRAL):
        rest = rest.replace(time.text, "")
    return not re.sub(r"^(?:那么?|再看看?|换成?|看看?|(?:光|只|单|就|仅)(?:看|算|说|要|统计))|的|份|呢|情况"
        r"|怎么样|[，,。？?\s]", "", rest)


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
