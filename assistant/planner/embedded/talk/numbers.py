"""Digits put right: the tail of a telephone number, a house number."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import do
from assistant.planner.embedded.draft import Draft
from intents import patterns as re

_PLACE_NUMBER = re.compile(r"([\dA-Za-z一二三四五六七八九十百-]+)(号楼?|栋|幢|座|楼|层|室|弄|单元)")


def number_put_right(draft: Draft, customer_id: int) -> list[Step]:
    """「写错,91号」: the number of that unit in the address that was written just now."""
    last = draft.desk.last
    written = any(c["tool"] == "update_customer" and "address" in c["args"] for c in last["calls"]) if last else False
    address = draft.desk.crm.customers.require(customer_id).address
    said = _PLACE_NUMBER.findall(draft.text)
    rest = re.sub(
        r"不对|不是|写错了?|打错了?|记错了?|说错了?|错了|应该?是|应为|是|才对|[了啊哦，,。、\s]",
        "",
        _PLACE_NUMBER.sub("", draft.text),
    )
    if not written or not address or not said or rest:
        return []
    number, unit = said[-1]
    old = [m for m in _PLACE_NUMBER.finditer(address) if m[2] == unit]
    if len(old) != 1:
        return []
    put = address[: old[0].start(1)] + number + address[old[0].end(1) :]
    return [do(draft, "update_customer", {"customer": customer_id, "address": put})]


_TAIL = re.compile(
    r"(?:尾号|尾数|末尾|最?后面?[两二三四五六七八\d]?位|末[两二三四五六七八\d]?位)(?:数字?|号码?)?[^\d]{0,10}?(\d{2,8})(?!\d)"
)


def tail_put_right(draft: Draft, kind: str, record_id: int) -> list[Step]:
    """「尾号应该是7010」: the known number with its last digits replaced."""
    found = _TAIL.search(draft.text)
    known = getattr(draft.desk.crm.repository(kind).require(record_id), "phone", None)
    if found is None or not known or len(found[1]) >= len(known) or draft.phones:
        return []
    number = known[: -len(found[1])] + found[1]
    return [do(draft, f"update_{kind}", {kind: record_id, "phone": number})]
