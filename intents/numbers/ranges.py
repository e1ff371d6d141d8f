"""Joins two amounts that were said as the ends of one range: 40万到50万, 5%-8%."""

from __future__ import annotations

from dataclasses import replace

from intents import patterns as re
from intents.numbers.model import Amount, AmountOp

_JOIN = re.compile(r" ?(?:到|至|-|–|—|~|and|to) ?", re.IGNORECASE)
_CHANGE = re.compile("rais|chang|updat|cut|lower|increas|mov|reduc|adjust|drop|bump|把|将", re.IGNORECASE)
_SHARES = (AmountOp.PERCENT, AmountOp.PERCENT_CHANGE)


def join_ranges(text: str, amounts: list[Amount]) -> list[Amount]:
    """Return the amounts with each such pair made one."""
    joined: list[Amount] = []
    for amount in amounts:
        if joined and (both := _joined(text, joined[-1], amount)) is not None:
            joined[-1] = both
        else:
            joined.append(amount)
    return joined


def _joined(text: str, first: Amount, second: Amount) -> Amount | None:
    link = _JOIN.match(text, first.stop)
    if link is None or link.end() != second.begin or abs(first.value) >= abs(second.value):
        return None
    if "and" in link[0].lower() and not text[: first.begin].lower().endswith("between "):
        return None
    if first.op is AmountOp.FROM and _CHANGE.search(text, max(0, first.begin - 40), first.begin):
        return None  # raise it from 36k to 38k
    if any((first.op in kind) != (second.op in kind) for kind in (_SHARES, (AmountOp.FACTOR,))):
        return None
    ends = sorted((first.value, second.value.copy_sign(first.value) if first.op in _SHARES else second.value))
    op = AmountOp.SET if first.op is AmountOp.FROM else first.op
    return replace(
        first, text=text[first.begin : second.stop], stop=second.stop, unit=second.unit, op=op, approximate=True,
        low=ends[0], high=ends[1], per_unit=second.per_unit, scale_said=second.scale_said, alternatives=(),
    )  # fmt: skip
