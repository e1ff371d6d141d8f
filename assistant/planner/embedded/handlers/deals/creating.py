"""A new deal of a customer."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do, echo, last_day, new_time, wrong_time
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.deals.amounts import from_list_price
from assistant.planner.embedded.handlers.deals.stages import stage_in
from assistant.planner.embedded.reading.new_names import organisation_in
from assistant.planner.embedded.resolve import Resolution, Verdict, resolve_customer
from assistant.planner.embedded.targets import product_ids
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.names import Mention
from intents.numbers import AmountOp
from intents.sentence import Stretch
from intents.times import TimeExpression


def create_opportunity(draft: Draft) -> list[Step]:
    """A new deal of a customer; what its name shares with other deals names no customer."""
    named = [m for m in draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.7)]
    focus = draft.desk.focus("customer")
    others = [m for m in named if _is_customers(m) and m.candidates[0].nameable.id != focus]
    if "customer" not in draft.hints and not others and (unknown := _for_somebody_unknown(draft)):
        return ask_which(draft, "customer", Resolution(verdict=Verdict.UNKNOWN, words=unknown))
    if focus is not None and "customer" not in draft.hints and not others:
        draft.hints = {**draft.hints, "customer": focus}
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    draft.times = _outside_the_name(draft)
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
        "amount": str(amounts[-1].value) if amounts else from_list_price(draft),
        "stage": None if stage is None else stage.id,
        "expected_close_date": None if time is None else last_day(time).date().isoformat(),
        "products": product_ids(draft) or None,
    }
    return [do(draft, "create_opportunity", args, echo=echo(draft, time), hold=customer.verdict is Verdict.HOLD)]


_MAKES = r"(?:那边|这边|那儿)?(?:再|也|还|先)?(?:新[建开立增]|建|开|录|立|加|登记|弄|起)"


def _for_somebody_unknown(draft: Draft) -> str:
    """The organisation that nobody knows, where it stands in the customer's place: 给某某公司录个商机."""
    name = organisation_in(draft, known=KNOWN)
    placed = name and re.search(rf"(?:^|[给为替帮跟和与，\s]){re.escape(name)}{_MAKES}", draft.text)
    return name if placed else ""


KNOWN = 0.85
"""How well a record's name must fit an organisation's to be the one that is meant."""


_THAT_FIGURE = re.compile(r"(?:按|照|用|拿)[^，。]{0,6}[这那]个?(?:数|价|金额|价钱|价格|总数|合计)(?!量|据)")


def _is_customers(mention: Mention) -> bool:
    best = mention.candidates[0]
    return best.nameable.kind in (NameKind.CUSTOMER, NameKind.CONTACT) and best.score >= 0.7


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
    if announced := _behind_the_colon(draft):
        return announced
    said = draft.fills.get("name", "")
    return (
        said if 2 <= len(said) <= 30 and not re.search("[，,。\\s]", said) and not _NO_DEAL_NAME.search(said) else None
    )


_ANNOUNCED = re.compile(
    r"(?:单子?|商机|项目|机会|生意|\b(?:deal|opportunity|opp)\b[^:：，,]{0,24})(?:吧|哈)?\s*[:：]\s*([^，。,;；:：]{2,30})",
    re.I,
)


def _announced(draft: Draft) -> tuple[int, int]:
    """Where the name stands that is announced: 「新开一单:」 and a name, no list of products, figures or records."""
    found = _ANNOUNCED.search(draft.text)
    if found is None:
        return 0, 0
    begin, stop = draft.begin + found.start(1), draft.begin + found.end(1)
    own = draft.sentence
    seasons = [t for t in own.times if t.stop - t.begin + LEAST_NAME > stop - begin]
    taken: tuple[Stretch, ...] = (*own.amounts, *seasons, *own.quantities, *own.phones)
    named = draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.75)
    free = not any(span.begin < stop and begin < span.stop for span in (*taken, *named))
    return (begin, stop) if free else (0, 0)


LEAST_NAME = 2
"""So many characters must be left beside a season or a year for both to be a deal's name (秋季快闪)."""


def _outside_the_name(draft: Draft) -> list[TimeExpression]:
    """The times of the command that are no part of the new deal's name."""
    begin, stop = _announced(draft)
    return [t for t in draft.times if t not in draft.sentence.times or not begin <= t.begin < stop]


def _behind_the_colon(draft: Draft) -> str | None:
    begin, stop = _announced(draft)
    name = draft.sentence.raw(begin, stop).strip()
    return None if not name or _NO_DEAL_NAME.search(name) or _NO_NAME_FORM.search(name) else name


_NO_NAME_FORM = re.compile(
    r"^(?:客户|金额|名称|预计|阶段|产品|签约|给|把|帮|请|是|他们|要|想)|[吗呢吧？?]$|谢谢|建[个成好]"
)
_LATER = re.compile(r"想想|再说|待定|没定|没想好|稍后|回头|等会|等下|过会|later", re.I)
_NO_DEAL_NAME = re.compile(rf"^(?:和|跟|与|及|、|以及)|{_LATER.pattern}|^(?:什么|啥|谁)", re.I)
