"""Which changes wait for 确认: decided from what a command did to the records, not from what it said it would do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from crm_store.audit import DELETE, UPDATE, Change
from crm_store.records import Customer, Lead, Opportunity

_OWNED = (Customer, Opportunity, Lead)


def reason_to_hold(changes: Sequence[Change], lost_stage_ids: frozenset[int]) -> str | None:
    """Why these changes must be confirmed, or None (FORMAT.md, "Held for confirmation").

    Held are: deleting, losing an opportunity, reassigning an owner, changing more than one existing record.
    """
    if any(change.op == DELETE for change in changes):
        return "delete"
    if any(_loses(change, lost_stage_ids) for change in changes):
        return "lose"
    if any(_reassigns(change) for change in changes):
        return "reassign"
    touched = {(c.record_type, c.record_id) for c in changes if c.op == UPDATE}
    return "many" if len(touched) > 1 else None


def _loses(change: Change, lost_stage_ids: frozenset[int]) -> bool:
    after, before = change.after, change.before
    if not isinstance(after, Opportunity) or after.stage_id not in lost_stage_ids:
        return False
    return not isinstance(before, Opportunity) or before.stage_id not in lost_stage_ids


def _reassigns(change: Change) -> bool:
    before, after = change.before, change.after
    if not isinstance(before, _OWNED) or not isinstance(after, _OWNED):
        return False
    return before.owner_id is not None and before.owner_id != after.owner_id


def digest(calls: Sequence[dict[str, Any]], changes: Sequence[Change], user_id: int, conversation_id: str) -> str:
    """The hash that binds a confirmation: tools, canonical arguments, versions of the records, user, conversation."""
    versions = [[c.record_type, c.record_id, c.before.version] for c in changes if c.before is not None]
    bound = json.dumps([list(calls), versions, user_id, conversation_id], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(bound.encode()).hexdigest()
