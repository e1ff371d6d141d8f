"""Questions over several records that read like one about a single record: 中秋礼盒有几个单在谈, 输单都因为什么."""

from __future__ import annotations

from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.questions.customer_filters import silence_in
from assistant.planner.embedded.questions.minutes import words_told
from intents import patterns as re
from intents.commands import Command
from intents.evidence import Evidence
from intents.names import Kind

NAMED = 0.75
_DEALS = r"在谈|在跟|在手|单子|商机|几[个张笔]?单|多少[个张笔]?单|管道|盘子|项目"
_HOW_MANY = r"多少|几[个张笔单]|哪[些几]|合计|总[共额]|一共|有没有"
_SEVERAL_DEALS = r"(?:几|多少|哪[些几])[个张笔]?(?:单|商机|项目)"
_ENDED_WHEN = r"(?:什么时候|啥时候|哪一?天|几号|几时|何时|几月)(?:给|被)?(?:丢|输|黄|赢|成交|签)"
_LOST = r"(?:丢|输|失)(?:单|标|了的|掉的|的单)|没[拿签]下(?:来)?的"
_WHY = r"为(?:什么|啥|何)|因为|原因|怎么(?:丢|输|没)|输在|丢在|败在"
_SUMS = (
    r"多少钱|金额|几[个张笔]?单|多少[个张笔]?单|合计|总[共额]|哪[些几两三][个张笔]?(?:单|商机|项目)|"
    r"多少个?(?:单|商机|项目)"
)
_WHOSE = r"哪[几些]家|哪家|哪[些几]个?客户|谁家|哪个客户|谁(?:还|也|都)?在(?:用|看|比|谈)|which customers?"
_WHO = r"谁|哪[几些]?家|哪[些几]?个?客户|有没有"
_NOT_SILENT = ("customer_360", "list_notes", "list_contacts", "change_history", "list_users", "performance")
_SOLD_TO = r"(?:卖|供|出)(?:给)?(?:过|了)(?:给)?(?:谁|哪)|(?:谁|哪[些几]家|哪家)(?:在)?(?:买|用|拿|订)(?:过|了)"
_WHO_ORDERED = (
    r"(?:谁|哪[些几]家|哪家|哪[些几]个?客户)[^，。]{0,6}(?:下过?了?单|订过?了?货|拿过?了?货|买[过了]|采购[过了]|进过?了?货|复购|回购)"
)
_NOT_ORDERS = (
    "performance", "change_history", "list_users", "list_opportunities", "opportunity_detail", "search_collateral"
)  # fmt: skip
_LEAST = 3
_UNOWNED = re.compile(
    r"(?:那|还有|看看|查查|现在)*(?:没有?人|无人|没谁)(?:认领|领|跟进?|管|接手?|负责)(?:过)?的(?:线索|名单)?(?:都)?(?:还)?(?:有)?"
    r"(?:哪[些几]个?|几[个条]|多少[个条]?|谁)?(?:呢|吗)?[？?。]?"
)
"""「没人认领的线索呢」 names no lead to be changed."""


def of_many(desk: Desk, command: Command, evidence: Evidence) -> str | None:
    """The intent of a question over several records that the classifier took for another one; None where it did not."""
    if command.intent == "update_lead" and _UNOWNED.fullmatch(desk.text[command.begin : command.stop]):
        return "list_leads"
    if not (evidence.asks or evidence.says(_HOW_MANY)) or evidence.orders:
        return None
    if command.intent in _NOT_ORDERS and evidence.says(_WHO_ORDERED) and not evidence.names(Kind.CUSTOMER, NAMED):
        return "purchase_history"
    record = any(evidence.names(kind, NAMED) for kind in (Kind.CUSTOMER, Kind.CONTACT, Kind.LEAD))
    deal, product = evidence.names(Kind.OPPORTUNITY, NAMED), evidence.names(Kind.PRODUCT, 0.7)
    intent = command.intent
    if intent == "change_history" and evidence.says(_ENDED_WHEN) and (deal or desk.focus("opportunity") is not None):
        return "opportunity_detail"
    if record:
        return None
    if intent in _NOT_SILENT and evidence.says(_WHO) and silence_in(evidence.words) is not None:
        return "find_customers"
    if product and intent in ("change_history", "product_info", "list_users") and evidence.says(_SOLD_TO):
        return "purchase_history"
    if product and intent == "product_info" and evidence.says(_DEALS) and evidence.says(_HOW_MANY):
        return "list_opportunities"
    if evidence.names(Kind.PRODUCT, 0.5) and intent == "opportunity_detail" and evidence.says(_SEVERAL_DEALS):
        return "list_opportunities"
    if not deal and intent in _SINGLE and evidence.says(_LOST) and evidence.says(_WHY):
        return "list_opportunities"
    stage = evidence.names(Kind.STAGE, 0.8)
    if stage and not deal and intent in ("opportunity_detail", "list_stages") and evidence.says(_SUMS):
        return "list_opportunities"
    return "list_notes" if intent == "search_collateral" and evidence.says(_WHOSE) and _told(desk, command) else None


_SINGLE = ("list_users", "opportunity_detail", "search_collateral", "change_history", "performance", "pipeline_figures")


def _told(desk: Desk, command: Command) -> bool:
    """Whether a minute has one of the question's own words, a name of the other side, at length."""
    draft = Draft.of(desk, desk.sentence, command)
    return any(len(word) >= _LEAST for word in words_told(draft, desk.crm.notes.find(limit=2000)))
