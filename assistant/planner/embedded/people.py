"""Customers, contacts and leads: create, update, convert, delete, hand over."""

from __future__ import annotations

import re
from difflib import get_close_matches

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do, refuse
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.fields import (
    address_in,
    alias_in,
    completed_phone,
    level_in,
    region_in,
    tags_added,
    tags_removed,
    title_in,
    value_after,
    website_in,
)
from assistant.planner.embedded.new_names import (
    CREATED,
    FUNCTION_WORDS,
    english_names,
    items,
    organisation_in,
    person_in,
    said_person,
    strip_leading,
)
from assistant.planner.embedded.notes import record_note
from assistant.planner.embedded.parts import labelled
from assistant.planner.embedded.resolve import NOTHING, Resolution, Verdict, resolve_customer
from assistant.planner.embedded.targets import (
    new_owner,
    resolve_contact,
    resolve_lead,
    resolve_opportunity,
    resolve_product,
    resolve_user,
)
from assistant.planner.embedded.tasks import choose_tasks
from crm_store.records import CANCELLED, CUSTOMER_LEVELS, DONE, OPEN
from intents.names import By
from intents.names import Kind as NameKind

_SOURCES = (
    "展会|官网|网站|(?:老客户|客户|朋友|同行|同事|熟人|亲戚|别人)(?:推荐|介绍)|转介绍|介绍|陌拜|电话|抖音|视频号|公众号|百度|阿里|投放|广告|邮件|协会|论坛|"
    "沙龙|微信|小红书|推荐|exhibition|referral|website|trade show|webinar|event"
)
_SOURCE = re.compile(_SOURCES, re.I)
_OWNER_WORDS = re.compile(
    r"名下|(?:分|派|拨|让)给|换给|改由|换成.{1,6}(?:负责|跟|管|接)|划给|转给|移交|交给|分给|划到|过户|归(?:到)?|换.{0,6}(?:跟|负责)|给.{1,"
    r"6}(?:跟|负责|管|接)|由.{1,6}(?:跟|负责|接|管)|负责人|hand over|reassign|transfer|owner|assign",
    re.I,
)
_NEW_CUSTOMER = re.compile(
    r"(?:新增|新建|新加|添加|增加|录入|录|建|登记|创建|加|开|立)(?:一?[个家条位])?(?:崭?新)?(?:的)?客户(?:档案|资料)?(?:"
    r"叫|名叫|名称|是|为|名字)?[:：,，\s]*|(?:add|create|new)\s+(?:a\s+)?(?:new\s+)?customer(?:\s+called|\s+named|:"
    r")?\s*",
    re.I,
)


def create_customer(draft: Draft) -> list[Step]:
    """A new customer, with what the command says of it."""
    name = _new_customer_name(draft)
    if not name:
        return [draft.ask("name", draft.say("新客户的全称是什么?", "What is the new customer's full name?"))]
    alias = alias_in(draft.everything)
    region = labelled(draft.everything, "region") or value_after(draft.everything, "地区", "区域", "所在地", "region")
    args: dict[str, object] = {
        "name": name,
        "aliases": [alias] if alias else None,
        "level": level_in(draft.everything),
        "industry": labelled(draft.everything, "industry")
        or value_after(draft.everything, "行业", "industry")
        or _of_trade(draft.everything),
        "region": region or _in_place(draft, name),
        "phone": draft.phones[0].number if draft.phones else None,
        "address": address_in(draft.everything),
        "website": website_in(draft.everything),
        "tags": tags_added(draft.everything) or None,
        "owner": resolve_user(draft) if _OWNER_WORDS.search(draft.everything) else None,
    }
    person = person_in(draft, beside=name)
    if person and (title := title_in(draft.everything.replace(person, "，").replace(name, "，"))):
        args |= {"contact_name": person, "contact_title": title, "contact_phone": args["phone"], "phone": None}
    return [do(draft, "create_customer", args)]


def _new_customer_name(draft: Draft) -> str:
    name = _named_customer(draft)
    return "" if any(t.text in name for t in draft.times) else name


def _named_customer(draft: Draft) -> str:
    said = labelled(draft.everything, "company")
    if len(said) >= 4 and not re.search("^(?:的|新)|客户|档案", said):
        return said
    if "name" in draft.fills:
        return re.split(
            r"[，,。;；\n]", re.sub(r"^(?:就?叫|名叫|是|全称|名称|名字)+", "", draft.fills["name"].strip(" ，,。"))
        )[0]
    found = _behind_the_colon(draft) or organisation_in(draft, known=CREATED) or _before_the_person(draft)
    if found:
        return found
    after = _NEW_CUSTOMER.search(draft.words)
    if after:
        rest = re.split(r"[，,。;；:：\s]", draft.words[after.end() :].strip(), maxsplit=1)[0].strip('「」“”"')
        return "" if re.fullmatch(r"(?:的?(?:档案|资料|信息))?[吧哈啊呗]?", rest) else rest
    return next(
        (
            strip_leading(item)
            for item in items(draft)
            if len(strip_leading(item)) >= 4
            and not re.search(r"客户|电话|地址|行业|档案|资料", item)
            and not any(time.text in item for time in draft.sentence.times)
        ),
        "",
    )


_ANNOUNCED = re.compile(
    r"(?:新增|新建|新加|添加|增加|录入|录|建|登记|创建|加|开|立)(?:一?[个家条位])?(?:新)?客户(?:名称|全称)?[:：]\s*[「“\"']?"
    r"([\u4e00-\u9fffA-Za-z0-9·()（）&]{4,24})(?=[」”\"']?\s*(?:$|[，,。;；\s]))"
)


def _behind_the_colon(draft: Draft) -> str:
    """The first item of 「新建客户：X，行业…」, which is the name whatever it ends in."""
    found = _ANNOUNCED.search(draft.text)
    return found[1] if found and not FUNCTION_WORDS.search(found[1]) else ""


def _of_trade(text: str) -> str | None:
    found = re.search(r"(?:做|搞|属于|是)([\u4e00-\u9fff]{2,8}?)(?:行业|的|生意)(?:$|[，。,])", text)
    found = found or re.search(r"(?:^|[，,;；\s])([\u4e00-\u9fffA-Za-z]{2,8})行业(?:$|[，。,;；\s])", text)
    return found[1] if found else None


_PLACES = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|"
    "云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾|"
    "广州|深圳|杭州|南京|苏州|无锡|宁波|成都|武汉|长沙|郑州|西安|青岛|济南|大连|沈阳|厦门|福州|合肥|昆明|贵阳|南昌|"
    "太原|石家庄|哈尔滨|长春|南宁|东莞|佛山|温州|嘉兴|绍兴|常州|南通|徐州|扬州"
)


def _in_place(draft: Draft, name: str) -> str | None:
    text = draft.text.replace(name, "")
    found = re.search(rf"(?:在|位于|坐落)({_PLACES})|({_PLACES})的", text)
    if found:
        return next((g for g in found.groups() if g), None)
    said = re.search(r"(?:在|位于|坐落于?)([\u4e00-\u9fff]{2,4})(?:市|县)?(?:$|[，,。;；])", text)
    return said[1] if said and not FUNCTION_WORDS.search(said[1]) else None


def update_customer(draft: Draft) -> list[Step]:
    """Change fields, tags, aliases or owner of a customer."""
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    text = draft.everything
    alias = alias_in(text)
    dropping = bool(
        re.search(r"(?:删|去掉|移除|取消|不要).{0,8}(?:简称|别名)|(?:简称|别名).{0,12}(?:删|去掉|移除|取消)", text)
    )
    args: dict[str, object] = {
        "name": value_after(text, "改名", "更名", "名字", "名称", "公司名", "全称")
        if re.search("名", text) and not alias
        else None,
        "level": level_in(text) or _level_step(draft, int(customer.id or 0)),
        "industry": value_after(text, "行业", "industry"),
        "region": region_in(text),
        "phone": _customer_phone(draft),
        "address": address_in(text),
        "website": website_in(text),
        "add_tags": tags_added(text) or None,
        "remove_tags": tags_removed(text) or None,
        "add_aliases": [alias] if alias and not dropping else None,
        "remove_aliases": [alias] if alias and dropping else None,
        "owner": new_owner(draft) if _OWNER_WORDS.search(text) else None,
    }
    if not any(args.values()):
        draft.hints = {**draft.hints, "customer": customer.id}
        return [
            draft.ask(
                "value",
                draft.say("要改这个客户的什么?例如级别、电话、地址、标签。", "What should change on this customer?"),
            )
        ]
    return [do(draft, "update_customer", {"customer": customer.id, **args}, hold=customer.verdict is Verdict.HOLD)]


def _customer_phone(draft: Draft) -> str | None:
    """The organisation's number; a 手机 is somebody's own."""
    return draft.phones[0].number if draft.phones and not re.search("手机|mobile", draft.everything) else None


_UP = re.compile(r"(?:往上|上|升|提|调高|提高|抬).{0,3}[一1]?(?:级|档|个等级)")
_DOWN = re.compile(r"(?:往下|下|降|调低|降低).{0,3}[一1]?(?:级|档|个等级)")


def _level_step(draft: Draft, customer_id: int) -> str | None:
    """「往上调一级」 counted from the record's level."""
    step = -1 if _UP.search(draft.text) else 1 if _DOWN.search(draft.text) else 0
    known = draft.desk.crm.customers.require(customer_id).level
    if not step or known not in CUSTOMER_LEVELS:
        return None
    at = CUSTOMER_LEVELS.index(known) + step
    return CUSTOMER_LEVELS[at] if 0 <= at < len(CUSTOMER_LEVELS) else None


def create_contact(draft: Draft) -> list[Step]:
    """A new person at a customer."""
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    known = "".join(m.text for m in draft.mentions_of(NameKind.CUSTOMER, least=0.75))
    said = draft.fills.get("name", "")
    name = said_person(draft.everything) or _new_person(draft, known) or (said if len(said) <= LONGEST_NAME else "")
    if not name:
        draft.hints = {**draft.hints, "customer": customer.id}
        return [draft.ask("name", draft.say("这位联系人叫什么名字?", "What is the contact's name?"))]
    text = draft.everything.replace(name, "，")
    args: dict[str, object] = {
        "customer": customer.id,
        "name": name,
        "title": labelled(text, "title") or title_in(text) or _title_beside(draft, name),
        "phone": draft.phones[0].number if draft.phones else None,
        "email": _email(draft),
        "role": role_in(text),
    }
    return [do(draft, "create_contact", args, hold=customer.verdict is Verdict.HOLD)]


LONGEST_NAME = 24
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


def _new_person(draft: Draft, known: str) -> str:
    found = person_in(draft, beside=known)
    if found:
        return found
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
    text = draft.everything
    for mention in draft.mentions_of(NameKind.CONTACT, NameKind.CUSTOMER):
        if mention.candidates[0].by is not By.TITLE and mention.candidates[0].score >= 0.75:
            text = text.replace(mention.text, "")
    phones = draft.phones
    args: dict[str, object] = {
        "phone": phones[-1].number if phones else completed_phone(draft.everything, person.phone),
        "email": _email(draft),
        "title": None if _is_of_reach(text, bool(phones)) else _new_title(text, person.title or ""),
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
    return (phones or bool(re.search("邮箱|邮件|电话|手机|号码", text))) and not re.search("职|岗|任|升|title", text)


def _new_name(text: str) -> str | None:
    found = re.search(
        r"名字?.{0,8}?(?:是|叫|应该是|改成|改为|更正为)「?([\u4e00-\u9fff]{2,4}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)」?(?:$|"
        r"[，。,])",
        text,
    )
    return found[1] if found else None


def _new_role(text: str) -> str | None:
    return role_in(text) if re.search(r"角色|决策人|影响人|使用人|拍板|说了算|role", text) else None


def create_lead(draft: Draft) -> list[Step]:
    """A new lead: who, from where, how to reach."""
    company = _lead_company(draft)
    person = said_person(draft.everything) or person_in(draft, beside=company) or english_names(draft.words)[0]
    name = person or draft.fills.get("name") or company
    if not name:
        return [draft.ask("name", draft.say("这条线索的联系人或公司叫什么?", "Who is the lead?"))]
    source = _source(draft.text)
    args: dict[str, object] = {
        "name": name,
        "company": company or None,
        "phone": draft.phones[0].number if draft.phones else None,
        "source": source,
    }
    return [do(draft, "create_lead", args)]


def _source(text: str) -> str | None:
    """Where a lead comes from; a telephone number told is no source."""
    found = [m[0] for m in _SOURCE.finditer(labelled(text, "source") or text)]
    named = [f for f in found if f != "电话"]
    by_call = re.search("电话(?:咨询|打来|找来|过来|线索)|来电|打电话来", text)
    return named[0] if named else "电话" if by_call else None


def _lead_company(draft: Draft) -> str:
    """The organisation of a lead: labelled, with an ending that organisations have, or listed before the person."""
    said = labelled(draft.everything, "company")
    if len(said) >= 3 and not _SOURCE.fullmatch(said):
        return said
    found = organisation_in(draft, known=CREATED)
    if found:
        return _SOURCE.sub("", found).strip("的来")
    return english_names(draft.words)[1] or _before_the_person(draft)


def _before_the_person(draft: Draft) -> str:
    """In a list 「单位，姓名，电话」, the item right before the person's name."""
    person = said_person(draft.everything) or person_in(draft)
    listed = [
        strip_leading(re.sub(r"^.*(?:有(?:一?[个家])|[\u4e00-\u9fff]的(?=[\u4e00-\u9fff]{3}))", "", i))
        for i in items(draft)
    ]
    at = next((i for i, item in enumerate(listed) if person and person in item), 0)
    for before in reversed(listed[:at]):
        if 4 <= len(before) <= 20 and not FUNCTION_WORDS.search(before) and not _SOURCE.search(before):
            return before
    return ""


_LEAD_STATUS = (
    (
        "unqualified",
        r"作废|无效|不合格|没戏|用不上|不要了|放弃|废了|没需求|没有?意向|关掉|关闭|淘汰|unqualif|dead|junk",
    ),
    ("qualified", r"合格|(?<!没)(?<!无)有意向|靠谱|有效|确认需求|qualif"),
    ("working", r"跟进中|在跟|联系上|跟进了|开始跟|working"),
    (
        "new",
        r"新线索|改回新|重新打开|未跟进|(?:恢复|还原|改|调|设|标|打|退|变|转)(?:成|为|回|到)+(?:原来的?)?(?:状态)?新(?:的|建|增|$)",
    ),
)


_STATUS_WORDS = ("qualified", "unqualified", "working", "converted")


def _lead_status(text: str) -> str | None:
    """The status that the words speak of; an English one may be misspelt by a letter or two."""
    said = next((status for status, words in _LEAD_STATUS if re.search(words, text, re.I)), None)
    near = (get_close_matches(w.lower(), _STATUS_WORDS, n=1, cutoff=0.85) for w in re.findall(r"[A-Za-z]{6,}", text))
    return said or next((found[0] for found in near if found), None)


def update_lead(draft: Draft) -> list[Step]:
    """Change a lead's status, phone or owner."""
    lead = resolve_lead(draft)
    if not lead.found:
        return ask_which(draft, "lead", lead)
    status = _lead_status(draft.everything)
    mine = re.search(
        r"算我的|我要了|算我|我来跟|归我|分给我|我认领|认领|给我跟|我跟|我接|我(?:来|先)?领(?![导取])|claim|to me",
        draft.text,
    )
    args: dict[str, object] = {
        "status": status,
        "phone": draft.phones[-1].number if draft.phones else _completed(draft, int(lead.id or 0)),
        "owner": draft.desk.crm.principal.user_id if mine else new_owner(draft),
        "company": value_after(draft.text, "公司", "单位")
        if re.search("(?:公司|单位).{0,3}(?:改|换|更)", draft.text)
        else None,
        "source": value_after(draft.text, "来源"),
    }
    if not any(args.values()):
        draft.hints = {**draft.hints, "lead": lead.id}
        return [
            draft.ask(
                "value", draft.say("这条线索改成什么状态?例如跟进中、合格、作废。", "What should change on this lead?")
            )
        ]
    return [do(draft, "update_lead", {"lead": lead.id, **args})]


def _completed(draft: Draft, lead_id: int) -> str | None:
    return completed_phone(draft.text, draft.desk.crm.leads.require(lead_id).phone)


def convert_lead(draft: Draft) -> list[Step]:
    """A lead becomes a customer; 「转成合格」 is merely a status."""
    if _lead_status(draft.text) not in (None, "new") and not re.search("客户|正式|customer|account", draft.text, re.I):
        draft.intent = "update_lead"
        return update_lead(draft)
    lead = resolve_lead(draft)
    if not lead.found:
        return ask_which(draft, "lead", lead)
    return [do(draft, "convert_lead", {"lead": lead.id})]


_KINDS = (
    ("task", "待办|任务|提醒|日程|task|reminder"),
    ("contact", "联系人|这个人|contact"),
    ("opportunity", "商机|单子|项目|opportunity|deal"),
    ("note", "纪要|记录|note"),
    ("lead", "线索|lead"),
    ("order", "订单|order"),
    ("customer", "客户|公司|这家|那家|customer|account"),
)
_WHOLESALE = re.compile(r"(?:全部|所有|全都|统统|一律|清空|全删|整个库|everything|all )")


def delete_record(draft: Draft) -> list[Step]:
    """Delete one record; always confirmed. All of a kind is refused."""
    if _WHOLESALE.search(draft.text) and not draft.mentions_of(NameKind.CUSTOMER, least=0.75):
        return refuse(
            draft, "不能一次删除全部记录。请说明要删除哪一条。", "I don't delete all records at once. Please name one."
        )
    kind = next((kind for kind, words in _KINDS if re.search(words, draft.text, re.I)), None)
    kind = kind or _named_kind(draft)
    if kind == "task":
        chosen = choose_tasks(draft, statuses=(OPEN, DONE, CANCELLED))
        if not chosen or not isinstance(chosen[0], int):
            return chosen or refuse(draft, "没有找到这条待办。", "I found no such task.")  # type: ignore[return-value]
        return [do(draft, "delete_record", {"record_type": "task", "record_ids": list(chosen)})]
    found = _to_delete(draft, kind)
    if not found.found:
        return ask_which(draft, kind if kind in ("contact", "opportunity", "lead") else "customer", found)
    return [do(draft, "delete_record", {"record_type": kind, "record_ids": [found.id]})]


def _named_kind(draft: Draft) -> str:
    for kind in (NameKind.CONTACT, NameKind.OPPORTUNITY, NameKind.LEAD, NameKind.TASK):
        if any(m.candidates[0].nameable.kind is kind for m in draft.mentions_of(kind, least=0.7)):
            return kind.value
    return "customer"


def _to_delete(draft: Draft, kind: str) -> Resolution:
    if kind == "contact":
        return resolve_contact(draft)
    if kind == "opportunity":
        return resolve_opportunity(draft, closed=True)
    if kind == "lead":
        return resolve_lead(draft)
    if kind == "note":
        return _newest_note(draft)
    return resolve_customer(draft)


def _newest_note(draft: Draft) -> Resolution:
    customer = resolve_customer(draft)
    focus = draft.desk.focus("note")
    if focus is not None and not draft.mentions_of(NameKind.CUSTOMER):
        return Resolution(verdict=Verdict.SURE, id=focus)
    notes = draft.desk.crm.notes.of_customer(customer.id, limit=1) if customer.id is not None else []
    return Resolution(verdict=Verdict.SURE, id=notes[0].id) if notes else NOTHING


def merge_customers(draft: Draft) -> list[Step]:
    """Two customers are the same organisation; always confirmed."""
    ids: list[int] = []
    for mention in draft.mentions_of(NameKind.CUSTOMER, least=0.85):
        best = mention.candidates[0]
        if best.nameable.kind is NameKind.CUSTOMER and best.nameable.id not in ids:
            ids.append(int(best.nameable.id))
    if len(ids) < 2:
        return [
            draft.ask(
                "customer", draft.say("要合并哪两家客户?请说出两个名字。", "Which two customers should be merged?")
            )
        ]
    into = re.search(
        r"(?:到|进|入|至|成|为|into)\s*$",
        draft.sentence.text[: draft.mentions_of(NameKind.CUSTOMER, least=0.85)[1].begin],
    )
    keep, absorb = (ids[1], ids[0]) if into else (ids[0], ids[1])
    return [do(draft, "merge_customers", {"keep": keep, "absorb": absorb})]


def record_order(draft: Draft) -> list[Step]:
    """A purchase to enter."""
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    product = resolve_product(draft)
    if product is None:
        draft.hints = {**draft.hints, "customer": customer.id}
        return [draft.ask("product", draft.say("买的是哪个产品?", "Which product was bought?"))]
    amounts = [a for a in draft.amounts if a.unit]
    args: dict[str, object] = {
        "customer": customer.id,
        "product": product,
        "quantity": str(draft.quantities[0].value) if draft.quantities else "1",
        "amount": str(amounts[-1].value) if amounts else None,
    }
    return [do(draft, "record_order", args, hold=customer.verdict is Verdict.HOLD)]


def log_interaction(draft: Draft) -> list[Step]:
    """A contact with a customer without minutes; a visit or meeting is worth a minute."""
    if re.search(r"拜访|走访|沟通|会谈|会议|纪要|visit|meeting", draft.text):
        draft.intent = "record_note"
        return record_note(draft)
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    kinds = (("call", "电话|通话|打给|call"), ("visit", "拜访|来访|上门|visit"), ("email", "邮件|email|mail"))
    kind = next((kind for kind, words in kinds if re.search(words, draft.text, re.I)), "message")
    return [do(draft, "log_interaction", {"customer": customer.id, "kind": kind, "summary": draft.words})]
