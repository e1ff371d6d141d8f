"""Which fields of an updated record may change along with those that were asked for, without being a wrong write.

FORMAT.md calls a field that changed although nobody asked for it a wrong write. What follows from an asked field by the
meaning of the fields is no such change; the rules are few and listed here.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from crm_store.records import LOST, WON
from eval.results import ActualChange

_CLOSED = (WON, LOST)


def goes_along(record_type: str, field: str, asked: Set[str], change: ActualChange) -> bool:
    """Whether this change of `field` follows from the fields that were asked for.

    - opportunity: with `stage`, `closed_on` is set when it is won or lost and cleared when it is open again;
      `lost_reason` is set when it is lost and cleared when it no longer is.
    - task: with `customer`, `opportunity` and `lead` may be cleared (they belong to the old customer); with
      `opportunity` or `lead`, `customer` may become theirs.
    - note: with `customer`, `opportunity` may be cleared.
    """
    value = change.record.get(field)
    if record_type == "opportunity" and "stage" in asked:
        return _goes_with_stage(field, value, change.record.get("stage"))
    if record_type == "task" and field == "customer":
        return bool(asked & {"opportunity", "lead"})
    if record_type in ("task", "note") and field in ("opportunity", "lead"):
        return "customer" in asked and value is None
    return False


def _goes_with_stage(field: str, value: Any, stage: Any) -> bool:
    if field == "closed_on":
        return (stage in _CLOSED) == (value is not None)
    return field == "lost_reason" and (stage == LOST or value is None)
