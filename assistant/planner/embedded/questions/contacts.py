"""Questions about a customer's people."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.pointing import person_meant
from assistant.planner.embedded.questions.filters import topic_in
from assistant.planner.embedded.questions.minutes import told_before
from assistant.planner.embedded.questions.words import ROLE_WORDS, TOPICS_CONTACT
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.targets import listed_choice, resolve_contact, the_other
from intents import patterns as re
from intents.names import Kind as NameKind


def list_contacts(draft: Draft) -> list[Step]:
    """Who is there, and how to reach them."""
    role = re.search(ROLE_WORDS, draft.text, re.I)
    topic = topic_in(draft.text, TOPICS_CONTACT)
    named = draft.mentions_of(NameKind.CONTACT, least=0.7)
    if topic == "all" and not role and (told := told_before(draft)) is not None:
        return [do(draft, "list_notes", told)]
    if not named and (several := _both(draft)):
        return [do(draft, "list_contacts", {"contact": person, "topic": topic}) for person in several]
    customer = resolve_customer(draft, focus=not named)
    if (person := _by_first_name(draft, customer.id)) is not None:
        return [do(draft, "list_contacts", {"contact": person, "topic": topic})]
    if named or "contact" in draft.hints or re.search("姓[\u4e00-\u9fff]的", draft.text):
        contact = resolve_contact(draft)
        if contact.verdict is Verdict.SURE:
            return [do(draft, "list_contacts", {"contact": contact.id, "topic": topic})]
        if contact.verdict is Verdict.ASK:
            return ask_which(draft, "contact", contact)
    lead = draft.hints.get("lead") or the_other(draft, "lead") or draft.desk.focus("lead")
    if (
        not role
        and lead is not None
        and (draft.desk.topic == "lead" or "lead" in draft.hints or _means_lead(draft, lead))
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
    if not customer.found and (deal := listed_choice(draft, "opportunity")) is not None:
        whose = draft.desk.crm.opportunities.require(deal).customer_id
        return [do(draft, "list_contacts", {"customer": whose, "role": role[0] if role else None, "topic": topic})]
    if not customer.found:
        return ask_which(draft, "customer", customer)
    if role is None and not named and _asks_owner(draft, int(customer.id or 0)):
        return [do(draft, "customer_360", {"customer": customer.id, "topic": "owner"})]
    if role is None and (holder := _titled(draft, int(customer.id or 0))) is not None:
        return [do(draft, "list_contacts", {"contact": holder, "topic": topic})]
    return [do(draft, "list_contacts", {"customer": customer.id, "role": role[0] if role else None, "topic": topic})]


def _means_lead(draft: Draft, lead: int) -> bool:
    """Whether 她 means the lead, spoken of later than anybody else."""
    return person_meant(draft, "contact", "lead") == ("lead", lead)


_IN_CHARGE = re.compile(r"(?:的|现在|目前)*负责人(?:现在|目前)?(?:是|为)?(?:谁|哪位|哪一?个|哪一位)")


def _asks_owner(draft: Draft, customer_id: int) -> bool:
    """Whether 「某某负责人是哪位」 asks for the colleague who has the customer; its owner asks after their people."""
    found = _IN_CHARGE.search(draft.text)
    owner = draft.desk.crm.customers.require(customer_id).owner_id
    if found is None or owner in (None, draft.desk.crm.principal.user_id):
        return False
    before = draft.begin + found.start()
    behind_its_name = any(m.stop == before for m in draft.mentions_of(NameKind.CUSTOMER, least=0.7))
    titles = (person.title or "" for person in draft.desk.crm.contacts.of_customer(customer_id))
    return behind_its_name and not any("负责人" in title for title in titles)


_BOTH = re.compile(r"[这那他她]们?([两俩三四])(?:个人|位|个|人)?(?:的|都|各)")


def _both(draft: Draft) -> list[int]:
    """「这两位的号码」: so many of the people spoken of last; [] where the words mean nothing such."""
    found = _BOTH.search(draft.text)
    count = {"两": 2, "俩": 2, "三": 3, "四": 4}[found[1]] if found else 0
    people = list(dict.fromkeys(reversed(draft.desk.mentioned("contact"))))[:count]
    return people[::-1] if count and len(people) == count else []


def _by_first_name(draft: Draft, customer_id: int | None) -> int | None:
    """The one person of the customer of whom a Latin name's word is said (Jason for Jason Wu)."""
    said = set(re.findall(r"[a-z]{3,}", draft.text.lower()))
    people = draft.desk.crm.contacts.of_customer(customer_id) if customer_id is not None and said else []
    fits = [person.id for person in people if said & set(re.findall(r"[a-z]{3,}", person.name.lower()))]
    return fits[0] if len(fits) == 1 else None


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
