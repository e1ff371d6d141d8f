"""Questions about products, leads, colleagues and stages."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.deals import list_opportunities
from assistant.planner.embedded.questions.filters import order_in, owners_in, stages_in, topic_in
from assistant.planner.embedded.questions.words import TOPICS_LEAD
from assistant.planner.embedded.resolve import NOTHING
from assistant.planner.embedded.targets import options_for, product_ids, resolve_lead, resolve_user
from intents import patterns as re
from intents.names import Kind as NameKind


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


_NOT = "(?:没有?|未|非|不是|除了|不含|不算)(?:被|已经?)?"
_SEVERAL = re.compile(r"哪[几些两三]|几[条个]|名下|手[上里头]|多少[条个]|全部|所有|都有|which leads|how many")


def list_leads(draft: Draft) -> list[Step]:
    """Leads, or one of them."""
    several = "lead" not in draft.hints and _SEVERAL.search(draft.text) is not None
    lead = (
        resolve_lead(draft)
        if not several
        and ("lead" in draft.hints
        or draft.mentions_of(NameKind.LEAD, least=0.7)
        or re.search(r"他|她|这条|那条|[这那](?:个)?人|[这那]位", draft.text))
        else NOTHING
    )
    if lead.found:
        return [do(draft, "list_leads", {"lead": lead.id, "topic": topic_in(draft.text, TOPICS_LEAD)})]
    statuses = (
        ("new", "新线索|还没跟|没联系|new"),
        ("working", "在跟|跟进中|working"),
        ("qualified", "合格|qualified"),
        ("converted", "转化|converted"),
        ("unqualified", "作废|无效|废掉|废了"),
    )
    left_out = [status for status, words in statuses if re.search(f"{_NOT}(?:{words})", draft.text)]
    source = re.search(r"展会|官网|网站|转介绍|介绍|陌拜|抖音|公众号|广告|协会", draft.text)
    args: dict[str, object] = {
        "status": next((s for s, words in statuses if s not in left_out and re.search(words, draft.text)), None),
        "without": left_out[0] if len(left_out) == 1 else None,
        "unowned": True
        if not re.search("也算|包括|算上|连|加上", draft.text)
        and re.search(r"没人|无主|公海|没有(?:负责|分配)|未分配|unassigned|unowned", draft.text)
        else None,
        "owner": next(iter(owners_in(draft) or ()), None),
        "source": source[0] if source else None,
    }
    return [do(draft, "list_leads", args)]


def list_users(draft: Draft) -> list[Step]:
    """Colleagues."""
    return [do(draft, "list_users", {"user": resolve_user(draft)})]


def list_stages(draft: Draft) -> list[Step]:
    """The pipeline's stages; the largest deal in one of them is a deal."""
    if stages_in(draft) and order_in(draft.text) and re.search("单|商机|项目|deal", draft.text):
        return list_opportunities(draft)
    return [do(draft, "list_stages", {})]
