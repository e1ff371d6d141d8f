"""Which column of a table is which field: by English name, by Chinese heading, or as the user says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from crm_store.errors import ImportRejected
from crm_store.fields import FIELDS, PLURALS, Field

_NOISE = re.compile(r"\(.*?\)|\[.*?\]|[\s_*:：-]")
LABELS = {
    "user": "用户", "stage": "阶段", "customer": "客户", "contact": "联系人", "product": "产品", "opportunity": "商机",
    "order": "订单", "note": "纪要", "task": "待办", "lead": "线索", "interaction": "互动",
}  # fmt: skip
"""What a record type is called."""


def type_named(text: str) -> str | None:
    """The record type that a file name or an option means ('customers', 'customer', '客户'), or None."""
    word = _plain(text)
    for record_type, label in LABELS.items():
        if word in (record_type, _plain(PLURALS[record_type])) or word.startswith(label):
            return record_type
    return None


def match(record_type: str, headings: Sequence[str], chosen: Mapping[str, str]) -> dict[int, Field]:
    """The field of each known column, by column index. `chosen` (heading or field name → field name) goes first.

    Raises ImportRejected when a chosen heading or field does not exist, or when two columns are the same field.
    """
    fields = {field.name: field for field in FIELDS[record_type]}
    wanted = _chosen(record_type, headings, chosen, fields)
    known = {_plain(word): field for field in fields.values() for word in (*field.headers, field.column, field.name)}
    found: dict[int, Field] = {}
    for index, heading in enumerate(headings):
        field = wanted.get(heading) or known.get(_plain(heading))
        if field is None or (heading not in wanted and field in wanted.values()):
            continue
        if field in found.values():
            raise ImportRejected([f"有两列都是“{field.name}”({heading});请用 --map 指定一列"])
        found[index] = field
    return found


def missing(record_type: str, found: Mapping[int, Field], given: Mapping[str, object]) -> list[str]:
    """What to say about required fields that have no column and no given value."""
    present = {field.name for field in found.values()} | given.keys()
    return [
        f"缺少列“{field.headers[0] if field.headers else field.name}”({field.name})"
        for field in FIELDS[record_type]
        if field.required and field.name not in present
    ]


def _chosen(
    record_type: str, headings: Sequence[str], chosen: Mapping[str, str], fields: Mapping[str, Field]
) -> dict[str, Field]:
    problems = [f"没有列“{heading}”" for heading in chosen if heading not in headings]
    problems += [
        f"{LABELS[record_type]}没有字段“{name}”,有:{'、'.join(fields)}"
        for name in chosen.values()
        if name not in fields
    ]
    if problems:
        raise ImportRejected(problems)
    return {heading: fields[name] for heading, name in chosen.items()}


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
