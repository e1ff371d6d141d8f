"""Customers: create, update."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.handlers.contacts import update_contact
from assistant.planner.embedded.handlers.words import CREATING
from assistant.planner.embedded.reading.fields import (
    address_in,
    alias_in,
    level_in,
    region_in,
    tags_added,
    tags_removed,
    title_in,
    value_after,
    website_in,
)
from assistant.planner.embedded.reading.lists import before_the_person, labelled, listed_value
from assistant.planner.embedded.reading.name_forms import is_organisation
from assistant.planner.embedded.reading.new_names import (
    CREATED,
    FUNCTION_WORDS,
    items,
    organisation_in,
    person_in,
    strip_leading,
)
from assistant.planner.embedded.resolve import Verdict, resolve_customer
from assistant.planner.embedded.targets import by_post, new_owner, resolve_user
from crm_store.records import CUSTOMER_LEVELS
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.names.lexicon import lexicon

_OWNER_WORDS = re.compile(
    r"名下|(?:分|派|拨|让)给|换给|改由|换成.{1,6}(?:负责|跟|管|接)|划给|转给|移交|交给|分给|划到|过户|归(?:到)?|换.{0,6}(?:跟|负责)|给.{1,"
    r"6}(?:跟|负责|管|接)|(?:派|安排).{1,6}(?:来|去)?(?:负责|接手|接管)|[由让叫请].{1,6}(?:跟|负责|接|管|盯|带)|"
    r"负责人|hand over|reassign|transfer|owner|assign",
    re.I,
)
_NEW_CUSTOMER = re.compile(
    rf"(?:{CREATING})(?:一?[个家条位])?(?:崭?新)?(?:的)?客户(?:档案|资料)?[:：,，\s]*(?:"
    r"名叫|叫|名称|全称|名字|名|是|为|[:：,，\s])*|(?:add|create|new)\s+(?:a\s+)?(?:new\s+)?customer(?:\s+called|\s+named|:"
    r")?\s*",
    re.I,
)


def create_customer(draft: Draft) -> list[Step]:
    """A new customer, with what the command says of it."""
    name = _new_customer_name(draft) or _not_known_before(draft)
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
        "region": region or _in_place(draft, name) or _place_alone(draft, name),
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


_THIS_ONE = re.compile("这家|那家|这个客户|那个客户|这客户|它|这一家|先(?:新建|建|加|录|立)(?:上|一?个)?客户")


def _not_known_before(draft: Draft) -> str:
    """「那先建这家客户」: whom the question before had found nowhere."""
    unknown = str((draft.desk.question or {}).get("unknown") or "")
    return unknown if len(unknown) >= LEAST_NAME and _THIS_ONE.search(draft.text) else ""


LEAST_NAME = 3


def _new_customer_name(draft: Draft) -> str:
    name = _named_customer(draft)
    told = name.endswith("有限公司") or is_organisation(name)
    return "" if not told or any(t.text in name for t in draft.times) else name


def _named_customer(draft: Draft) -> str:
    said = labelled(draft.everything, "company")
    if len(said) >= 4 and not re.search("^(?:的|新)|客户|档案", said):
        return said
    if "name" in draft.fills:
        return re.split(
            r"[，,。;；\n]", re.sub(r"^(?:就?叫|名叫|是|全称|名称|名字)+", "", draft.fills["name"].strip(" ，,。"))
        )[0]
    if (unknown := (draft.desk.question or {}).get("unknown")) and _THIS_HOUSE.search(draft.text):
        return str(unknown)
    found = _behind_the_colon(draft) or organisation_in(draft, known=CREATED) or before_the_person(draft)
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


_THIS_HOUSE = re.compile(rf"(?:{CREATING})[^，。；]{{0,4}}(?:[这那]一?家|[这那]个客户|它)")
"""「那先新建这家客户」: the name that was not found just now."""
_ANNOUNCED = re.compile(
    rf"(?:{CREATING})(?:一?[个家条位])?(?:新)?客户(?:名称|全称)?[:：]\s*[「“\"']?"
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


def _place_alone(draft: Draft, name: str) -> str | None:
    """A place that stands alone in the list: a region that is known, or the one that the name begins with."""
    told = (re.sub(r"(?:那边|这边)?的?$", "", item) for item in items(draft) if item != name)
    known = lexicon().regions
    places = (t for t in told if t in known or t.rstrip("市县") in known or name.startswith(t))
    return next((place for place in places if len(place) > 1), None)


def update_customer(draft: Draft) -> list[Step]:
    """Change fields, tags, aliases or owner of a customer."""
    customer = resolve_customer(draft)
    if not customer.found:
        return ask_which(draft, "customer", customer)
    if _is_of_somebody_there(draft, int(customer.id or 0)):
        return update_contact(draft)
    text = draft.everything
    alias = _short_name(draft)
    dropping = bool(
        re.search(r"(?:删|去掉|移除|取消|不要).{0,8}(?:简称|别名)|(?:简称|别名).{0,12}(?:删|去掉|移除|取消)", text)
    )
    args: dict[str, object] = {
        "name": value_after(text, "改名", "更名", "名字", "名称", "公司名", "全称")
        if re.search("名", text) and not alias
        else None,
        "level": level_in(text) or _level_step(draft, int(customer.id or 0)),
        "industry": value_after(text, "行业", "industry") or listed_value(text, "industry") or _of_trade_alone(text),
        "region": region_in(text) or listed_value(text, "region") or _place_listed(text),
        "phone": _customer_phone(draft),
        "address": address_in(text),
        "website": website_in(text),
        "add_tags": tags_added(text) or _tag_listed(text),
        "remove_tags": tags_removed(text) or None,
        "add_aliases": [alias] if alias and not dropping else None,
        "remove_aliases": [alias] if alias and dropping else None,
        "owner": new_owner(draft) if _OWNER_WORDS.search(text) or _goes_to_a_colleague(draft) else None,
    }
    if not any(args.values()):
        draft.hints = {**draft.hints, "customer": customer.id}
        return [
            draft.ask(
                "value",
                draft.say("要改这个客户的什么?例如级别、电话、地址、标签。", "What should change on this customer?"),
            )
        ]
    hold = customer.verdict is Verdict.HOLD or (bool(args["name"]) and not _is_at_hand(draft, customer.id))
    return [do(draft, "update_customer", {"customer": customer.id, **args}, hold=hold)]


def _is_at_hand(draft: Draft, customer_id: int | None) -> bool:
    """Whether the customer is named, or what was written last: only then does a bare 「名字改成…」 rename it."""
    last = draft.desk.last
    written = last is not None and any((t, i) == ("customer", customer_id) for t, i, _ in last["records"])
    return written or "customer" in draft.hints or bool(draft.mentions_of(NameKind.CUSTOMER, least=0.75))


_SOMEBODY = re.compile(r"[那这]位|手机|换号|姓[\u4e00-\u9fff]的")
_SWITCHBOARD = re.compile(r"总机|座机|前台|公司(?:的)?电话|办公电话|客服电话")


def _is_of_somebody_there(draft: Draft, customer_id: int) -> bool:
    """Whether a number is that of a person at the customer: pointed at, or told by his post."""
    if not draft.phones or _SWITCHBOARD.search(draft.text):
        return False
    return _SOMEBODY.search(draft.text) is not None or by_post(draft, customer_id) is not None


def _of_trade_alone(text: str) -> str | None:
    """The trade in a list item of its own: 「饲料行业」."""
    found = re.search(r"(?:^|[，,;；\s])(?:是|做)?([\u4e00-\u9fff]{2,6})行业(?=$|[，。,;；\s])", text)
    return found[1] if found and not FUNCTION_WORDS.search(found[1]) else None


def _place_listed(text: str) -> str | None:
    """The place in a list item of its own: 「在宿州」."""
    found = re.search(r"(?:^|[，,;；\s])(?:人?在|位于|坐落在)([\u4e00-\u9fff]{2,4})(?=$|[，。,;；\s])", text)
    return found[1] if found and found[1] in lexicon().regions else None


def _tag_listed(text: str) -> list[str] | None:
    """The tag in a list item of its own: 「标签重点」."""
    value = listed_value(text, "tag")
    return [part for part in re.split("[、和]", value) if part] if value and not tags_removed(text) else None


def _goes_to_a_colleague(draft: Draft) -> bool:
    """「某某转张三」: the colleague right behind the verb takes it over."""
    users = (m for m in draft.mentions_of(NameKind.USER, least=0.85) if draft.inside(m))
    return any(draft.sentence.text[max(0, m.begin - 1) : m.begin] in ("转", "划") for m in users)


def _short_name(draft: Draft) -> str | None:
    """A short name that the text gives; what merely is taught and has a customer's name in it is none (桑禾开会)."""
    alias = alias_in(draft.everything)
    if re.search("简称|别名|又叫|也叫|也称|俗称|aka", draft.everything, re.I):
        return alias
    known = draft.mentions_of(NameKind.CUSTOMER, least=0.75)
    return None if alias and any(m.text in alias and m.text != alias for m in known) else alias


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
