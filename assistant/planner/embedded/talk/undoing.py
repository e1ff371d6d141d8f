"""Which of the recent changes a request to take something back means."""

from __future__ import annotations

import re

from assistant.planner.embedded.desk import Desk
from crm_store.audit import ChangeSet
from crm_store.undo import UNDO

REACH = 6
"""So many changes of the conversation are looked at."""
_FIELDS = {
    "amount": "金额|数额|价钱|价格|钱数|amount",
    "stage_id": "阶段|成交|赢单|丢单|stage",
    "level": "等级|级别|评级|level",
    "priority": "优先级|priority",
    "due_at": "时间|日期|改期|到期|钟点|due",
    "expected_close_date": "签约日|签单日|成交日|预计|日期|close",
    "title": "标题|职务|title",
    "phone": "电话|手机|号码|phone",
    "email": "邮箱|email",
    "tags": "标签|tag",
    "aliases": "别名|简称|alias",
    "owner_id": "负责人|归属|owner",
    "assignee_id": "指派|负责人|派给",
    "status": "状态|完成|勾",
}
_TYPES = {
    "task": "待办|任务|提醒|日程|task|reminder",
    "opportunity": "商机|单子|那单|opportunity|deal",
    "customer": "客户|customer",
    "contact": "联系人|contact",
    "note": "纪要|记录|note",
    "lead": "线索|lead",
}
_TAKES_BACK = re.compile(
    r"撤|还原|恢复|退回|回退|改回|变回|收回|回去|回来|去[了掉]|拿掉|撕|摘|抹|不算|作废|undo|revert|back", re.I
)


def change_meant(desk: Desk) -> int | None:
    """The change set that the words single out, when it is not simply the newest one."""
    recent = desk.crm.audit.recent(conversation_id=desk.heard.inbound.conversation_id)
    alive = [s for s in recent if s.kind != UNDO and s.undone_by is None and s.changes][:REACH]
    if len(alive) < 2:
        return None
    words = "，".join(c for c in re.split(r"[，,。；;]", desk.text) if _TAKES_BACK.search(c)) or desk.text
    scores = [_fit(words, each) for each in alive]
    best = max(scores)
    return alive[scores.index(best)].id if best > scores[0] else None


def _fit(words: str, change_set: ChangeSet) -> float:
    """How much of what the words name was changed: fields, kinds of record, names."""
    score = 0.0
    for change in change_set.changes:
        before, after = change.before, change.after
        if re.search(_TYPES.get(change.record_type, r"(?!)"), words, re.I):
            score = max(score, 0.5)
        changed = [f for f in _FIELDS if getattr(before, f, None) != getattr(after, f, None)]
        if before is not None and after is not None and any(re.search(_FIELDS[f], words, re.I) for f in changed):
            score = max(score, 1.0)
        score = max(
            score,
            1.5
            * _named(
                words,
                str(getattr(change.record, "title", "") or "")
                if change.record_type == "task"
                else str(getattr(change.record, "name", "") or ""),
            ),
        )
    return score


def _named(words: str, name: str) -> float:
    """Share of the words' own pairs of characters that are in the name; below a third they say nothing."""
    bare = re.sub(r"撤销|撤回|撤掉|撤了|还原|恢复|退回|那[个条笔单步]|刚才|刚刚|这[个条笔单步]|[的了吧]", "", words)
    pairs = [bare[i : i + 2] for i in range(len(bare) - 1)]
    found = sum(1 for pair in pairs if pair in name)
    return found / len(pairs) if found and found / len(pairs) > 1 / 3 else 0.0
