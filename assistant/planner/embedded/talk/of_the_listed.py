"""A question about what was listed just before, as a whole or the extreme one of it.

After deals: 「金额最大的是哪个」, 「除了锦岷还有多少」. After customers: 「他们的联系人都是谁」, 「他们在谈的加起来
多少」, 「这几家里谁最久没联系」.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assistant.messages import Do, Say, Step, ToolCall
from assistant.planner.embedded.common import spoken_money
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.talk.message import whole
from crm_store.queries_customers import last_contacts
from crm_store.records import Customer, Opportunity
from intents import patterns as re
from intents.names import Kind

MOST = 12
"""A list of more customers than these is asked about with a question of its own."""
_WHICH = r"(?:呢|啊|吧|嘛)?[？?]?$|(?:是|要|在|能|会|签|关|成|的)*(?:哪|什么|啥|谁|多少|几)[\u4e00-\u9fff]{0,5}[？?]?$"
_LEAD_IN = (
    r"^(?:那么?|所以|其中|里头|里面|当中|这里面|这些(?:里|当中)?|它们|这[几些]?[个单]里)*"
    r"(?:哪一?[个单张笔])?(?:单子?|商机|项目)?的?"
)
_SUM, _DAY = r"(?:金额|数额|钱|单子?|盘子)?(?:是)?", r"(?:预计|能|要)?"
_CLOSES, _ONE = r"(?:能|要|会)?(?:签|关|成|定|到期|落地)?", r"的?[那这]?[个单张笔]?"
_EXTREMES = (
    ("amount", re.compile(f"{_LEAD_IN}{_SUM}最(?:大|高|多|贵){_ONE}(?:{_WHICH})")),
    ("smallest", re.compile(f"{_LEAD_IN}{_SUM}最(?:小|低|少){_ONE}(?:{_WHICH})")),
    ("close_date", re.compile(f"{_LEAD_IN}{_DAY}最(?:快|早|先|近){_CLOSES}{_ONE}(?:{_WHICH})")),
    ("latest", re.compile(f"{_LEAD_IN}{_DAY}最(?:晚|慢|后|迟|远){_CLOSES}{_ONE}(?:{_WHICH})")),
)
_SET = (
    r"(?:[他它她]们|这|那|上面|以上|刚才|其中|里头|里面)(?:这|那|的)?"
    r"(?:[几些两三四五六七八九]家?|些?客户|里头?|里面)*"
)
_THEIR_PEOPLE = re.compile(
    rf"^{_SET}.{{0,4}}(?:联系人|对接人|对口的?人|负责人|(?:采购|拍板|管事|说了算|做主|决策)的?人?).{{0,8}}$"
)
_PEOPLE_OF_EACH = re.compile(r"^(?:那|它们?的?)?(?:的)?(?:联系人|对接人|对口人)(?:呢|都|分别|各|有)")
_THEIR_DEALS = re.compile(
    rf"^{_SET}.{{0,8}}(?:在谈|在跟|在手|单子?|商机|项目|盘子).{{0,8}}(?:多少|合计|总[共额]|加起来|一共|几[个单])|"
    rf"^{_SET}(?:还|现在|目前|手上)*(?:在谈|在跟)(?:的)?(?:多少|几|哪)"
)
_SILENT = re.compile(
    rf"^(?:{_SET})?.{{0,4}}(?:谁|哪[一几]?家|哪个).{{0,6}}(?:最(?:久|长)|很久|好久|没|未).{{0,4}}(?:联系|沟通|跟进|拜访|见|聊|走动)"
)
_ALL_OF_THEM = re.compile(r"^(?:那|都|分别|各自)*(?:是|有)?哪[一两三四五六几些](?:个|单|家|条|笔|位)[？?]?$")
_WHY_LOST = re.compile(
    r"^(?:那|都|分别|各自)*(?:是|因为|有)*(?:(?:什么|啥|哪些)(?:原因|理由)|(?:原因|理由).{0,4}|为(?:什么|啥|"
    r"何))(?:丢|输|黄)?(?:的|了)?(?:呢|啊)?[？?]?$"
)
_LEFT_OUT = re.compile(
    r"^(?:那|如果|要是)*(?:排除|除去|除了|除开|不算|不含|不要|扣掉|扣除|去掉|去除|剔除|撇开|减去|刨掉|刨除|"
    r"刨去|刨开|抛开|减掉)(?:掉|了)?.{1,12}?(?:多少|几|哪|呢|剩)"
)


def of_the_listed(desk: Desk, last: dict[str, Any]) -> list[Step]:
    """The answer from the list shown last; [] where the message asks something else."""
    draft = whole(desk, str(last["tool"]))
    if last["tool"] == "list_opportunities":
        return _of_deals(draft, dict(last["args"]))
    if _ALL_OF_THEM.match(desk.text) and last["tool"] in ("find_customers", "list_tasks", "list_leads"):
        return [Do(calls=(ToolCall(tool=str(last["tool"]), args=dict(last["args"])),))]
    return _of_customers(draft) if last["tool"] == "find_customers" and not _names_any(desk) else []


def _names_any(desk: Desk) -> bool:
    kinds = (Kind.CUSTOMER, Kind.CONTACT, Kind.USER, Kind.PRODUCT, Kind.OPPORTUNITY)
    return any(c.score >= 0.75 and c.nameable.kind in kinds for m in desk.sentence.mentions for c in m.candidates[:1])


def _of_deals(draft: Draft, args: dict[str, Any]) -> list[Step]:
    desk = draft.desk
    if _LEFT_OUT.match(desk.text):
        return _without(draft)
    if _names_any(desk):
        return []
    order = next((name for name, words in _EXTREMES if words.match(desk.text)), None)
    kept = {k: v for k, v in args.items() if k not in ("order", "limit")}
    if order is not None and len(desk.listed_before("opportunity")) > 1:
        return [Do(calls=(ToolCall(tool="list_opportunities", args={**kept, "order": order, "limit": 1}),))]
    if _ALL_OF_THEM.match(desk.text) or (args.get("status") == "lost" and _WHY_LOST.match(desk.text)):
        return [Do(calls=(ToolCall(tool="list_opportunities", args=kept),))]
    return []


def _without(draft: Draft) -> list[Step]:
    """The deals of the list but those of one customer, with their sum."""
    customer = resolve_customer(draft, focus=False)
    deals = list(draft.desk.crm.opportunities.many(draft.desk.listed_before("opportunity")).values())
    rest = [deal for deal in deals if deal.customer_id != customer.id]
    return [_told(draft, rest)] if customer.found and 0 < len(rest) < len(deals) else []


def _told(draft: Draft, deals: Sequence[Opportunity]) -> Say:
    """How many deals, their sum, and each with its amount."""
    each = [f"{deal.name} {spoken_money(deal.amount or Decimal(0))}" for deal in deals]
    total = spoken_money(sum((deal.amount or Decimal(0) for deal in deals), Decimal(0)))
    zh, en = "、".join(each), ", ".join(each)
    count = len(deals)
    return Say(text=draft.say(f"共 {count} 个商机,合计 {total}:{zh}。", f"{count} deals, in all {total}: {en}."))


def _of_customers(draft: Draft) -> list[Step]:
    desk = draft.desk
    ids = desk.listed_before("customer")
    if not 1 < len(ids) <= MOST:
        return []
    known = desk.crm.customers.many(ids)
    customers = [known[i] for i in ids if i in known]
    if _SILENT.match(desk.text):
        return [_silence(draft, customers)]
    if _THEIR_DEALS.match(desk.text):
        deals = [d for c in customers for d in desk.crm.opportunities.of_customer(c.id) if d.closed_on is None]
        return [_told(draft, deals)] if deals else []
    if _THEIR_PEOPLE.match(desk.text) or _PEOPLE_OF_EACH.match(desk.text):
        calls = tuple(ToolCall(tool="list_contacts", args={"customer": c.id}) for c in customers)
        return [Do(calls=(call,)) for call in calls]
    return []


def _silence(draft: Draft, customers: Sequence[Customer]) -> Say:
    """When each was last in touch, the longest silent first."""
    met = last_contacts(draft.desk.crm, [customer.id for customer in customers])
    silent = sorted(customers, key=lambda c: met[c.id].timestamp() if c.id in met else 0)
    zone = draft.desk.view.zone
    days = {i: f"{at.astimezone(zone):%m-%d}" for i, at in met.items()}
    told = [f"{c.short_name} {days.get(c.id, draft.say('没有沟通记录', 'never'))}" for c in silent]
    zh = f"最久没联系的是{silent[0].name}。最近沟通:{'、'.join(told)}。"
    return Say(text=draft.say(zh, f"Silent for longest: {silent[0].name}. Last contacts: {', '.join(told)}."))
