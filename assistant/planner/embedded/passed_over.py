"""A name in a command that no record has: the command is not carried out for somebody else instead.

「贺淳的资料寄走了,勾掉」 says whose task is meant. Where no record is called 贺淳, the only task like it belongs to
another customer, and ticking it off would be a wrong write (FORMAT.md: never link an unknown name silently). So what
stands in the place of a name must be explained by the target: by its names as written or as heard, or by its texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from assistant.messages import Do, Step
from assistant.planner.embedded.common import ask_which
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.reading.new_names import TITLES
from assistant.planner.embedded.reading.words import COMPOUND_SURNAMES, SURNAMES
from assistant.planner.embedded.resolve import MENTIONED, Resolution, Verdict
from assistant.planner.embedded.strangers import explains
from crm_store.records import Customer
from intents import patterns as re
from intents.evidence import CHANGES
from intents.names import Candidate, Kind
from intents.names.lexicon import lexicon
from intents.names.ordinary import FUNCTION, dictionary
from intents.sentence import Stretch
from intents.vocabulary import wording

_MAKES_ANEW = {"create_customer", "create_contact", "create_lead", "create_opportunity", "convert_lead"}
WRITING = frozenset((*CHANGES, "record_note", "cancel_task", "lose_opportunity")) - _MAKES_ANEW
"""What writes for a record that exists; where one is made, a name that nobody has is its own."""
USUAL = 30
"""Dictionary frequency from which a word of two characters and more is no name to a reader."""
VERB = 6000
"""The same for a character that is a word by itself."""
LONGEST = 6
ROUGHLY = 0.5
_VERBS = frozenset(
    "寄送发给交签催盯补回报改推拿取量装看问约见谈打写做订买卖付收退换修拆带陪接领开关贴盖选评审查测试调排办弄搞升降转划提"
)
_PARTICLE = re.compile("[了的么吗呢吧不没会得着儿]")
_DEPARTMENT = re.compile("..[部组处科室]$")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_TITLED = re.compile(rf"(?:{COMPOUND_SURNAMES}|[{SURNAMES}])?(?:{TITLES})|姓[\u4e00-\u9fff]的")
_POSSESSES = re.compile("的|[那这](?:[个条单边家张份件笔项]|一[个条单家])")
_TOWARDS = re.compile(r"(?:给|跟|和|找|约|到|去|陪|见|拜访|在|从|向|替|为|帮|请|问|催|对|与|往|派)$")
_SLOTS = (
    ("task", "tasks"), ("opportunity", "opportunities"),
    ("customer", "customer"), ("contact", "contact"), ("opportunity", "opportunity"),
)  # fmt: skip
"""The kind of record that an argument names, the one changed before the one that something is linked to."""


def without_strangers(draft: Draft, steps: list[Step]) -> list[Step]:
    """The steps, or a question where a write, or an answer, would pass over a name that nobody has."""
    if draft.intent in _LISTING and not draft.hints and (asked := _of_nobody(draft, steps)):
        return asked
    if draft.intent not in WRITING or draft.hints or draft.fills:
        return steps
    for step in steps:
        if isinstance(step, Do) and (asked := _asked(draft, step)):
            return asked
    return steps


_LISTING = frozenset(("list_opportunities", "pipeline_figures", "list_tasks", "purchase_history", "opportunity_detail"))
_SINGLING = (
    "customer", "product", "opportunity", "contact", "words", "stages", "owner", "owners", "assignee",
    "amount_min", "amount_max",
)  # fmt: skip


def _of_nobody(draft: Draft, steps: list[Step]) -> list[Step]:
    """The question for 「穗禾的待办有哪些」, where nobody visible is called so: all of one's own is no answer to it."""
    calls = [call for step in steps if isinstance(step, Do) for call in step.calls if call.tool in _LISTING]
    if not calls or any(call.args.get(slot) is not None for call in calls for slot in _SINGLING):
        return []
    stranger = next(_names_said(draft), "") or _owner_said(draft)
    if not stranger or _describes(draft, stranger):
        return []
    return ask_which(draft, "customer", Resolution(verdict=Verdict.UNKNOWN, words=stranger))


_OWNER = re.compile(
    r"(?:那|那么|请问|查查?|看看?)?([\u4e00-\u9fff]{2})(?:的(?:单子?|商机|项目|待办|任务|订单|联系人|金额|合同|进展)|[这那]边|"
    r"(?:一?共)?\s*(?:有几|有多少|买|下过?单|采购|订[货过了]|拿[货过了]))"
)
_NO_NAME = frozenset("大小新老旧急快慢高低好坏多少全各单货钱人事活组客款额总共都还再也最")


def _owner_said(draft: Draft) -> str:
    """Two characters that make no word, said as the owner of what is asked for (剑麓的单子)."""
    found = _OWNER.match(_free(draft))
    chars = found[1] if found else ""
    if not chars or len(tuple(dictionary().cut(chars))) < len(chars):
        return ""
    return "" if any(c in FUNCTION or c in _VERBS or c in _NO_NAME for c in chars) else chars


_OF_US = re.compile("[组队]|部门|大家|[片大]区|同事|全员|全体|手[下里头上]|名下|客户|本人|自己")


def _describes(draft: Draft, word: str) -> bool:
    """Whether the word is a region, a trade or a tag of customers, a team, or stands in a title or a product's name."""
    crm = draft.desk.crm
    if _OF_US.search(word) or word in wording(_LISTING):
        return True
    for one in crm.customers.find(limit=5000):
        if any(word in fact or fact in word for fact in (one.region, one.industry, *one.tags) if fact):
            return True
    known = (*(task.title for task in crm.tasks.find(limit=2000)), *(p.name for p in crm.products.find()))
    return any(word in text for text in known)


def _asked(draft: Draft, step: Do) -> list[Step]:
    for call in step.calls:
        if call.tool in _MAKES_ANEW:
            continue
        found = _target(draft, call.args)
        if found is None:
            if call.tool == "create_task" and (stranger := next(_names_said(draft), "")):
                return ask_which(draft, "customer", Resolution(verdict=Verdict.UNKNOWN, words=stranger))
            continue
        slot, record_id, customer = found
        if _is_named(draft, customer):
            continue
        if stranger := next(_strangers(draft, customer), ""):
            unknown = Resolution(verdict=Verdict.UNKNOWN, options=(record_id,), words=stranger, kind=slot)
            return ask_which(draft, slot, unknown)
    return []


def _target(draft: Draft, args: dict[str, object]) -> tuple[str, int, Customer] | None:
    """What a call changes, or links something to: kind, id and the customer that it hangs on."""
    crm = draft.desk.crm
    for kind, name in _SLOTS:
        value = args.get(name)
        ids = value if isinstance(value, list | tuple) else [value]
        if len(ids) != 1 or not isinstance(ids[0], int):
            continue
        record = crm.repository(kind).get(ids[0])
        customer_id = getattr(record, "customer_id", ids[0] if kind == "customer" else None)
        customer = crm.customers.get(customer_id) if customer_id else None
        return None if customer is None else (kind, ids[0], customer)
    return None


def _is_named(draft: Draft, customer: Customer) -> bool:
    """Whether the customer itself is named, if only roughly; a foreign name may be said in Chinese syllables."""
    if not all(_CHINESE.search(name) for name in (customer.name, *customer.aliases)):
        return True
    return any(_means(c, customer.id) and c.score >= ROUGHLY for m in draft.mentions for c in m.candidates)


def _means(candidate: Candidate, customer_id: int) -> bool:
    return candidate.nameable.kind is Kind.CUSTOMER and candidate.nameable.id == customer_id


def _strangers(draft: Draft, customer: Customer) -> Iterator[str]:
    """Names in the command that the customer's records don't explain."""
    if names := list(_names_said(draft)):
        known = list(_texts(draft, customer))
        yield from (name for name in names if not explains(known, name))


def _texts(draft: Draft, customer: Customer) -> Iterator[str]:
    """What is written of a customer: its names first."""
    crm = draft.desk.crm
    yield from (customer.name, *customer.aliases)
    yield from (fact for fact in (customer.region, customer.industry, customer.address, *customer.tags) if fact)
    for person in crm.contacts.of_customer(customer.id):
        yield f"{person.name} {person.title or ''} {person.role or ''}"
    deals = crm.opportunities.of_customer(customer.id)
    yield from (deal.name for deal in deals)
    products = crm.products.many({i for deal in deals for i in deal.product_ids})
    yield from (product.name for product in products.values())
    yield from (task.title for task in crm.tasks.of_customer(customer.id))


def _names_said(draft: Draft) -> Iterator[str]:
    """What stands in the place of a name, is no usual word and no known name."""
    text, begins = draft.sentence.text, draft.intent != "record_note"
    for run in _CHINESE.finditer(_free(draft)):
        for begin, stop in _strange_runs(run[0], run.start() + draft.begin):
            if _is_place(text, begin, stop, begins=begins) and text[begin:stop] not in wording(WRITING):
                yield text[begin:stop]


def _strange_runs(run: str, begin: int) -> Iterator[tuple[int, int]]:
    """Begin and stop of the neighbouring words that are no usual ones, of two to LONGEST characters together."""
    start = place = begin
    for word in (*dictionary().cut(run), ""):
        if word and _is_strange(word):
            place += len(word)
            continue
        if 2 <= place - start <= LONGEST:
            yield start, place
        start = place = place + len(word)


def _is_place(text: str, begin: int, stop: int, *, begins: bool) -> bool:
    """Whether a name may stand here: it owns, bears a title, is gone to, or (`begins`) a clause begins with it."""
    before, behind = text[:begin], text[stop:]
    first = not (before and _CHINESE.match(before[-1]))
    if _TITLED.match(behind) or _TOWARDS.search(before):
        return True
    if _POSSESSES.match(behind):
        return first or before[-1] in "把将"
    return begins and first and bool(_CHINESE.match(behind))


@cache
def _is_strange(word: str) -> bool:
    base = lexicon()
    if word in base.organisation or word in base.titles or word in base.work or word in base.regions:
        return False
    if len(word) == 1:
        return word not in FUNCTION and word not in _VERBS and dictionary().frequency(word) < VERB
    if _PARTICLE.search(word) or (_DEPARTMENT.search(word) and not _is_strange(word[:-1])):
        return False
    return dictionary().frequency(word) < USUAL and word not in wording(WRITING)


def _free(draft: Draft) -> str:
    """The command's words, blank where a record, a time or a figure is told."""
    text = list(draft.text)
    own = draft.sentence
    told: tuple[Stretch, ...] = (*draft.mentions_of(*Kind, least=MENTIONED), *own.times, *own.amounts, *own.phones)
    for span in filter(draft.inside, told):
        for i in range(span.begin - draft.begin, span.stop - draft.begin):
            text[i] = " "
    return "".join(text)
