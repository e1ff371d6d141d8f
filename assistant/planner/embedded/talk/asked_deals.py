"""The last question about deals, purchases or figures, narrowed: the largest, the sum of two, one colleague's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.messages import Do, Say, Step, ToolCall
from assistant.planner.embedded.common import keep_in_focus, spoken_money
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.resolve import resolve_customer
from intents import patterns as re
from intents.names import Kind

_MOST = (
    (re.compile(r"(?:金额|数额)?(?:最大|最高|最贵|最多)"), "amount"),
    (re.compile(r"最(?:快|早|先|近).{0,6}(?:签|成|关|close|到期|落地|定)"), "close_date"),
)
_OF_THEM = re.compile(r"[他她](?!们)|其中|里头|里面|这里面|这些|当中|这几[单个]|那几[单个]")


def asked(draft: Draft, args: dict[str, Any]) -> list[Step]:
    keep_in_focus(draft, args)
    return [Do(calls=(ToolCall(tool=draft.intent, args=args),))]


def best_of_them(desk: Desk, last: dict[str, Any]) -> list[Step]:
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


def sum_of_both(desk: Desk) -> list[Step]:
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


_DEALS_TOGETHER = re.compile(
    r"^(?:那|所以)?(这|那|他们?家?的?|她们?家?的?|它家?的?)([两俩三四])[个张笔]?(?:单子?|商机|项目)(?:金额)?"
    r"(?:合计|一共|总共|总计|拢共|合起来|合一起|加(?:起来|一起|一块儿?|在一起|一堆))(?:是|有|能有)?(?:多少|几)?(?:钱|万)?(?:了|呢|啊)?[？?]?$"
)


def sum_of_deals(desk: Desk) -> list[Step]:
    """「这俩单子加一块是多少」, 「他家两单加起来」: the deals spoken of last, or the customer's open ones, together."""
    found = _DEALS_TOGETHER.match(desk.text)
    if found is None:
        return []
    count = {"两": 2, "俩": 2, "三": 3, "四": 4}[found[2]]
    customer = None if found[1] in "这那" else desk.focus("customer")
    if customer is not None:
        deals = [d for d in desk.crm.opportunities.of_customer(customer) if d.closed_on is None]
    else:
        ids = list(dict.fromkeys(reversed(desk.mentioned("opportunity"))))[:count]
        known = desk.crm.opportunities.many(ids)
        deals = [known[i] for i in reversed(ids) if i in known]
    if len(deals) != count:
        return []
    each = [f"{d.name} {spoken_money(d.amount or Decimal(0))}" for d in deals]
    whole = spoken_money(sum((d.amount or Decimal(0) for d in deals), Decimal(0)))
    text = desk.say(f"{count} 个商机合计 {whole}:{'、'.join(each)}。", f"In all {whole}: {', '.join(each)}.")
    return [Say(text=text)]


_PEOPLE_TOGETHER = re.compile(
    r"^(?:那么?|所以)?(?:这|那|他们|她们)?([两俩三四五六])(?:个人|个|位|人)?(?:同事|销售)?(?:的|手上的?|名下的?)?(?:单子?|商机|金额)?(?:都|全)?"
    r"(?:合计|一共|总共|总计|共计|拢共|合起来|合一起|合一块儿?|加(?:起来|一起|一块儿?|在一起|在一块儿?|一堆|总))(?:是|有|能有)?(?:多少|几)?(?:钱|万)?(?:了|呢|啊)?[？?]?$"
)


def sum_of_people(desk: Desk, last: dict[str, Any]) -> list[Step]:
    """「三个人加一块儿呢」: the figure of the colleagues asked about one after the other, together."""
    found = _PEOPLE_TOGETHER.match(desk.text)
    tool, args = str(last["tool"]), dict(last["args"])
    if found is None or tool not in ("list_opportunities", "pipeline_figures") or not ({"owner", "owners"} & set(args)):
        return []
    count = {"两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6}[found[1]]
    own = desk.crm.principal.user_id
    ids = list(dict.fromkeys(reversed([*desk.mentioned("user"), *_last_owner(args)])))
    ids = ids if own not in _last_owner(args) else [own, *(i for i in ids if i != own)]
    if len(ids) < count:
        return []
    status = {k: v for k, v in args.items() if k in ("status", "stages", "product")}
    together = {**status, "owners": ids[:count][::-1]}
    return [Do(calls=(ToolCall(tool="pipeline_figures", args=together),))]


def _last_owner(args: dict[str, Any]) -> list[int]:
    """Of whom the last figure was."""
    owners = args.get("owners") or [args.get("owner")]
    return [int(i) for i in owners if isinstance(i, int)]


_NARROWS = re.compile(r"^(?:那么?|就)?(?:光|只|单|仅|其中)(?:说|看|算|讲|是)?|呢[？?]?$")
_BOUGHT_LAST = re.compile(
    r"^(?:那|它|其中)?(?:他们|他家)?(?:最近|最后|上|末)(?:一)?(?:回|次|笔|单|批)(?:的)?(?:是|在)?(?:买|下单|订)?(?:的)?(?:是)?"
    r"(?:哪一?[天年]|几号|什么时候|啥时候|多会儿)"
)


_BOUGHT_MOST = re.compile(
    r"(?:那|其中|里面|里头|他们|他家)*(?:哪(?:一?[样种款类个批笔次]|个产品|样东西|次)|(?:什么|啥)(?:产品|东西)?)(?:的)?(?:量|数量|金额|钱)?"
    r"(?:他们|买|订|拿|花|占)?(?:得|的)?(?:钱)?最(?:多|大|贵|勤|高|近|早)|(?:那|其中)?最(?:大|多|贵)的?(?:一?[笔批次样]|是哪[笔批样个])"
)
_OF_THE_ORDER = re.compile(
    r"(?:那|它|他们|他家|都|总共|一共|这[批笔些单次]|那[批笔些单次]|前后|合计|拢共)*(?:"
    r"(?:是|在)?(?:哪一?[天年月]|几号|几月|什么时候|啥时候|何时|几时|多会儿)(?:买|下|订|签|采购|成交)(?:的|了|过|单|订单|过单)*|"
    r"(?:花|付|用|掏|买|下单|成交|金额|价钱)(?:了|掉|的|是|总额)*(?:多少|几)(?:钱|台|套|件|个|万|元|块)?(?:钱)?)"
    r"(?:呢|啊|来着|的)?[？?。]?"
)
"""「哪天买的」「花了多少」: of the purchases shown just before."""


def of_the_purchases(draft: Draft, last: dict[str, Any]) -> list[Step]:
    """「光说纸箱呢」, 「最近一回是哪天」 after what somebody bought: of one product, or the same list for its days."""
    if last["tool"] != "purchase_history" or draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, least=0.8):
        return []
    if _BOUGHT_LAST.search(draft.text) or _BOUGHT_MOST.match(draft.text) or _OF_THE_ORDER.fullmatch(draft.text):
        return asked(draft, dict(last["args"]))
    product = _product_told(draft) if _NARROWS.search(draft.text) else None
    return [] if product is None else asked(draft, {**last["args"], "product": product})


def _product_told(draft: Draft) -> int | None:
    """The one product whose name has the words left of a short message."""
    word = re.sub(r"呢?[？?]?$", "", _NARROWS.sub("", draft.text, count=1))
    fits = [product.id for product in draft.desk.crm.products.find() if len(word) > 1 and word in product.name]
    return fits[0] if len(fits) == 1 else None


_LISTED_ONE_BY_ONE = re.compile(
    r"列(?:出|一下|给|示|个|单名)|(?:单|逐)[个条一张]|明细|展开|哪[几些两三]|拆开|单名|摆出来|念一?[下遍念]|有哪些"
)


def theirs_listed(draft: Draft, last: dict[str, Any]) -> list[Step]:
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


def of_the_other_deal(draft: Draft, last: dict[str, Any]) -> list[Step]:
    """「那青禾的呢」 after a question about one deal: the same about the deal named, or the other customer's."""
    if last["tool"] != "opportunity_detail":
        return []
    named = [c.nameable for m in draft.mentions_of(Kind.OPPORTUNITY, least=0.85) for c in m.candidates[:1]]
    ids = {int(n.id) for n in named if n.kind is Kind.OPPORTUNITY}
    if len(ids) == 1:
        return asked(draft, {**last["args"], "opportunity": ids.pop()})
    if not draft.mentions_of(Kind.CUSTOMER, least=0.8):
        return []
    found, crm = resolve_customer(draft, focus=False), draft.desk.crm
    if not found.found or found.id is None:
        return []
    deals = [deal for deal in crm.opportunities.of_customer(found.id) if deal.closed_on is None]
    before = crm.opportunities.get(int(last["args"]["opportunity"]))
    alike = [d for d in deals if before is not None and set(d.product_ids) & set(before.product_ids)]
    meant = deals if len(deals) == 1 else alike
    if len(meant) == 1:
        return asked(draft, {**last["args"], "opportunity": meant[0].id})
    args = {"customer": found.id, "status": "open"}
    keep_in_focus(draft, args)
    return [Do(calls=(ToolCall(tool="list_opportunities", args=args),))]


_OF_A_LIST = (
    "status", "stages", "product", "customer", "closing_from", "closing_to", "closed_from", "closed_to"
)  # fmt: skip


def _names_other(desk: Desk) -> bool:
    named = (Kind.CUSTOMER, Kind.CONTACT, Kind.USER, Kind.PRODUCT, Kind.STAGE)
    return any(c.score >= 0.75 and c.nameable.kind in named for m in desk.sentence.mentions for c in m.candidates[:1])
