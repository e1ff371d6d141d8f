"""Leads: create, update, convert."""

from __future__ import annotations

from difflib import get_close_matches

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.reading.fields import completed_phone, value_after
from assistant.planner.embedded.reading.introduced import introduced
from assistant.planner.embedded.reading.lists import SOURCE, labelled
from assistant.planner.embedded.reading.name_forms import is_organisation, is_person
from assistant.planner.embedded.targets import new_owner, resolve_lead
from intents import patterns as re


def create_lead(draft: Draft) -> list[Step]:
    """A new lead: who, from where, how to reach."""
    told = introduced(draft)
    said = draft.fills.get("name", "")
    name = told.person or (said if is_person(said) or is_organisation(said) else "") or told.company
    company = told.company
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
    found = [m[0] for m in SOURCE.finditer(labelled(text, "source") or text)]
    named = [f for f in found if f != "电话"]
    by_call = re.search("电话(?:咨询|打来|找来|过来|线索)|来电|打电话来", text)
    return named[0] if named else "电话" if by_call else None


_LEAD_STATUS = (
    (
        "unqualified",
        r"作废|废(?:掉|弃|除)|无效|不合格|没戏|用不上|不要了|放弃|废了|没需求|没有?意向|关掉|关闭|淘汰|unqualif|dead|junk",
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
        "source": _new_source(draft.text),
    }
    if not any(args.values()):
        draft.hints = {**draft.hints, "lead": lead.id}
        return [
            draft.ask(
                "value", draft.say("这条线索改成什么状态?例如跟进中、合格、作废。", "What should change on this lead?")
            )
        ]
    return [do(draft, "update_lead", {"lead": lead.id, **args})]


def _new_source(text: str) -> str | None:
    """What the field 来源 is set to."""
    said = value_after(text, "来源渠道", "来源", "渠道", "source") or labelled(text, "source")
    named = SOURCE.search(said or text) if re.search("来源|渠道|source", text, re.I) else None
    return named[0] if named and (not said or len(said) > LONGEST_SOURCE) else said or None


LONGEST_SOURCE = 8


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
