"""People at a customer: create, update."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.reading.fields import completed_phone, title_in, titles_heard, value_after
from assistant.planner.embedded.reading.introduced import person_told, pieces_of, without_orders
from assistant.planner.embedded.reading.lists import labelled
from assistant.planner.embedded.reading.name_forms import is_person
from assistant.planner.embedded.reading.new_names import FUNCTION_WORDS, strip_leading, without_figures
from assistant.planner.embedded.reading.words import POSTS
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.targets import resolve_contact
from intents import patterns as re
from intents.names import By, Mention
from intents.names import Kind as NameKind


def create_contact(draft: Draft) -> list[Step]:
    """A new person at a customer."""
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    told = without_orders(without_figures(draft, *_mentions_of_customer(draft, customer.id)))
    said = draft.fills.get("name", "")
    name = person_told(told, reachable=bool(draft.phones)) or _english_person(draft)
    name = name or (said if is_person(said) else "")
    if not name:
        draft.hints = {**draft.hints, "customer": customer.id}
        return [draft.ask("name", draft.say("这位联系人叫什么名字?", "What is the contact's name?"))]
    text = told.replace(name, "，")
    args: dict[str, object] = {
        "customer": customer.id,
        "name": name,
        "title": labelled(text, "title") or _title_told(told, name) or _title_beside(draft, name),
        "phone": draft.phones[0].number if draft.phones else None,
        "email": _email(draft),
        "role": role_in(text),
    }
    return [do(draft, "create_contact", args, hold=customer.verdict is Verdict.HOLD)]


def _mentions_of_customer(draft: Draft, customer_id: int | str | None) -> list[Mention]:
    """Where the command names the customer: neither a name nor a title runs over that."""
    own = [m for m in draft.mentions_of(NameKind.CUSTOMER, least=0.75) if draft.inside(m)]
    return [m for m in own if any(c.nameable.id == customer_id for c in m.candidates)]


def _title_told(told: str, name: str) -> str | None:
    """What somebody is: the piece right before or behind his name, where it ends as a job does, or a title anywhere."""
    pieces = pieces_of(told.replace(name, "，@，"))
    at = pieces.index("@") if "@" in pieces else len(pieces)
    beside = [re.sub(_LED_UP, "", piece) for piece in (*pieces[at + 1 : at + 2], *pieces[max(0, at - 1) : at])]
    whole = next((p for p in beside if _JOB.fullmatch(p) and not (FUNCTION_WORDS.search(p) or _NO_TITLE.search(p))), "")
    return whole or re.sub(_LED_UP, "", title_in(told.replace(name, "，")) or "") or None


_LED_UP = (
    r"^(?:(?:他|她|它)们?(?:家|公司|厂里?|那边|单位|店里?)?的?|(?:那边|这边|对方|客户)的?)?(?:.*来了?(?:一?[个位名])?|.*(?:换|有)了?(?:一?[个位名])|管理?的)?"
    r"(?:新(?!媒体|零售|能源|品|材料|项目)(?:上任|来|到任|任)?的?)?(?=..)|(?:名?叫|姓名|是)$"
)
_JOB = re.compile(
    rf"[\u4e00-\u9fff]{{0,6}}(?:{POSTS}|[员师长工总助理管监任]|代表|负责人|主播|会计|出纳|秘书|顾问|专家|教练|医生|经办|调度|专责)"
)
_ENGLISH_TITLE = (
    r"(?:C[EFTIOM]O|VP[\w ]{0,20}|(?:[A-Z]\w+ ){0,3}(?i:manager|director|lead|head|engineer|officer|president|buyer|"
    r"assistant|"
    r"accountant|supervisor|owner|founder))(?![\w])"
)


def _title_beside(draft: Draft, name: str) -> str | None:
    """What a list says of a person right before its name, or alone between commas: 新来个品控叫X."""
    text = draft.everything
    for mention in draft.mentions_of(NameKind.CUSTOMER, NameKind.CONTACT, least=0.75):
        text = text.replace(mention.text, "，")
    english = re.search(
        rf"{re.escape(name)}\s*[,，]\s*({_ENGLISH_TITLE})|"
        rf"({_ENGLISH_TITLE})[,，]?\s+{re.escape(name)}",
        text,
    )
    if english:
        return english[1] or english[2]
    found = re.search(
        rf"(?:[，,、:：\s]|来了?一?[个位]|有一?[个位]|的|换成?了?|是|新)([\u4e00-\u9fff]{{2,8}}?)(?:名?叫|姓名|是|"
        rf"[，,:：\s])*{re.escape(name)}",
        text,
    )
    title = strip_leading(found[1]) if found else ""
    return None if len(title) < 2 or FUNCTION_WORDS.search(title) or _NO_TITLE.search(title) else title


_NO_TITLE = re.compile(r"联系|姓|新|加|登记|录|增补|补充|名字|叫|负责|对接|存|记|认识|认得|公司|客户|一[位个名]|人$")


def _english_person(draft: Draft) -> str:
    words = draft.words
    for mention in draft.mentions_of(NameKind.CUSTOMER, least=0.75):
        words = words.replace(mention.text, ",")
    english = re.findall(
        r"\b(?!Put\b|Add\b|New\b|Please\b|Create\b|Contact\b)([A-Z][a-z]+(?: [A-Z][a-z]+)+)",
        re.sub(r"^(?:Put|Add|New|Please|Create)\s+", "", words),
    )
    return english[0] if english else ""


def _email(draft: Draft) -> str | None:
    found = [e for e in draft.sentence.emails if draft.inside(e)] + [e for s in draft.answers for e in s.emails]
    return found[0].address if found else None


_ROLES = {
    "决策人": "决策|拍板|说了算|老板|一把手|decision",
    "采购": "采购|purchas|buyer",
    "使用人": "使用人|用户方|操作",
    "影响人": "影响人|影响者|influenc",
    "技术": "技术把关|技术评估",
    "财务": "管钱|财务",
}


def role_in(text: str) -> str | None:
    """The part that a person plays in a purchase, where the text says it."""
    said = [(m.start(), role) for role, words in _ROLES.items() for m in re.finditer(words, text, re.I)]
    return max(said)[1] if said else None


def update_contact(draft: Draft) -> list[Step]:
    """Change a person's title, phone, e-mail, role or name."""
    contact = resolve_contact(draft)
    if not contact.found:
        return ask_which(draft, "contact", contact)
    person = draft.desk.crm.contacts.require(int(contact.id or 0))
    text = titles_heard(draft.everything)
    for mention in draft.mentions_of(NameKind.CONTACT, NameKind.CUSTOMER):
        if mention.candidates[0].by is not By.TITLE and mention.candidates[0].score >= 0.75:
            text = text.replace(mention.text, "")
    phones = draft.phones
    args: dict[str, object] = {
        "phone": phones[-1].number if phones else completed_phone(draft.everything, person.phone),
        "email": _email(draft),
        "title": None if person.title and _is_of_reach(text, bool(phones)) else _new_title(text, person.title or ""),
        "role": _new_role(text),
        "name": _new_name(draft.everything),
    }
    if not any(args.values()):
        draft.hints = {**draft.hints, "contact": person.id}
        return [
            draft.ask(
                "value",
                draft.say(f"要改{person.name}的什么?例如职务、手机、邮箱。", f"What should change for {person.name}?"),
            )
        ]
    return [do(draft, "update_contact", {"contact": person.id, **args}, hold=contact.verdict is Verdict.HOLD)]


def _new_title(text: str, known: str) -> str | None:
    """The title that a person gets: what is said to be one, or what the field is set to."""
    said = title_in(text)
    if said and said != known:
        return said
    value = value_after(text, "职务", "职位", "岗位", "头衔", "title") or ""
    value = re.split(r"\s+and\s+(?:his|her|their|the|also)\b", value)[0].strip()
    return (
        value if 2 <= len(value) <= 30 and value != known and not re.search(r"错|不对|改|什么|[\d@]", value) else None
    )


def _is_of_reach(text: str, phones: bool) -> bool:
    """Whether only a number or an address changes, so that a title in the text is how the person is called."""
    reached = phones or bool(re.search("邮箱|邮件|电话|手机|号码", text))
    return reached and not re.search("职|岗|(?<!主)任|升|title", text)


def _new_name(text: str) -> str | None:
    found = re.search(
        r"名字?.{0,8}?(?:是|叫|应该是|改成|改为|更正为)「?([\u4e00-\u9fff]{2,4}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)」?(?:$|"
        r"[，。,])",
        text,
    )
    return found[1] if found else None


def _new_role(text: str) -> str | None:
    return role_in(text) if re.search(r"角色|决策人|影响人|使用人|拍板|说了算|role", text) else None
