"""Which of the recent changes a request to take something back means."""

from __future__ import annotations

from typing import Any

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.desk import Desk
from crm_store.audit import Change, ChangeSet
from crm_store.undo import UNDO
from intents import patterns as re

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
    "address": "地址|住址|address",
    "region": "地区|区域|region",
    "industry": "行业|industry",
    "website": "网址|网站|website",
    "name": "名字|名称|改名",
    "role": "角色",
    "source": "来源|渠道|source",
    "company": "单位|公司",
    "recurrence": "重复|循环|周期|频率",
    "summary": "内容|原文",
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
    r"撤|还原|恢复|退回|回退|改回|变回|收回|回去|回来|去[了掉]|拿掉|撕|摘|抹|不算|不作数|不要|作废|undo|revert|back",
    re.I,
)
_FIRST_OF_TWO = re.compile(r"(?:前|上|头)(?:一|面那|面的?|那)[个条笔次项件处]|第一[个条笔次项件处]|前者|先改的|先前那")
"""「前一个改错了,恢复」: the change before the newest; 「后一个」 is the newest."""
_LAST_ONE = re.compile(r"上一[个条笔次项件处步]")
_SETS_ALONE = (
    "级别|等级",
    "标签",
    "地址",
    "电话|手机|号码",
    "邮箱",
    "金额",
    "阶段",
    "优先级",
    "职务|职位",
    "行业",
    "来源",
    "别名|简称",
)
"""Fields so plain that words naming one can mean no change that left it alone."""


def change_meant(desk: Desk) -> int | None:
    """The change set that the words single out, when it is not simply the newest one."""
    alive = _alive(desk)
    if len(alive) < 2:
        return None
    words = _taking_back(desk.text)
    scores = [_fit(words, each) for each in alive]
    best = max(scores)
    if best <= scores[0] and _FIRST_OF_TWO.search(desk.text) and not _LAST_ONE.search(desk.text):
        return alive[1].id
    return alive[scores.index(best)].id if best > scores[0] else None


def names_what_was_not_changed(desk: Desk) -> bool:
    """Whether the words name a field that none of the recent changes touched: the newest is surely not meant."""
    words = _taking_back(desk.text)
    named = [pattern for pattern in _SETS_ALONE if re.search(pattern, words)]
    alive = _alive(desk)
    return bool(named and alive) and not any(_fit(words, each) > 0 or _makes(each) for each in alive)


_RESTORABLE: dict[str, dict[str, str]] = {
    "customer": {f: f for f in ("level", "phone", "address", "region", "industry", "website")},
    "contact": {f: f for f in ("title", "phone", "email", "role")},
    "opportunity": {"amount": "amount", "expected_close_date": "expected_close_date", "stage_id": "stage"},
    "task": {"title": "title", "priority": "priority", "due_at": "due_at"},
    "lead": {f: f for f in ("phone", "company", "source")},
}
"""What the update of a record of each type calls its fields."""
_TARGETS = {"opportunity": "opportunities", "task": "tasks"}


def restored(desk: Desk) -> list[Step]:
    """The one field named, set back, where its change set changed others too that are to stay; else []."""
    meant, alive = change_meant(desk), _alive(desk)
    change_set = next((each for each in alive if meant in (None, each.id)), None)
    if change_set is None or _makes(change_set):
        return []
    words = _taking_back(desk.text)
    changed = [(change, field) for change in change_set.changes for field in _changed(change)]
    named = [(change, field) for change, field in changed if re.search(_FIELDS[field], words, re.I)]
    if not named or len(named) == len(changed):
        return []
    calls = [call for change, field in named if (call := _set_back(change, field)) is not None]
    return [Do(calls=tuple(calls))] if len(calls) == len(named) else []


def _changed(change: Change) -> list[str]:
    """The fields that a change of a record changed."""
    return [f for f in _FIELDS if getattr(change.before, f, None) != getattr(change.after, f, None)]


def _set_back(change: Change, field: str) -> ToolCall | None:
    """The call that gives a field its former value; None where no call can."""
    kind, value = change.record_type, getattr(change.before, field, None)
    name = _RESTORABLE.get(kind, {}).get(field)
    if name is None or value is None:
        return None
    target: dict[str, Any] = {_TARGETS[kind]: [change.record_id]} if kind in _TARGETS else {kind: change.record_id}
    said = value.isoformat() if hasattr(value, "isoformat") else value if isinstance(value, int) else str(value)
    return ToolCall(tool=f"update_{kind}", args={**target, name: said})


def _makes(change_set: ChangeSet) -> bool:
    """Whether a change made or deleted a record, with all its fields."""
    return any(change.before is None or change.after is None for change in change_set.changes)


def _alive(desk: Desk) -> list[ChangeSet]:
    """The changes of the conversation that can be taken back, the newest first."""
    recent = desk.crm.audit.recent(conversation_id=desk.heard.inbound.conversation_id)
    return [s for s in recent if s.kind != UNDO and s.undone_by is None and s.changes][:REACH]


def _taking_back(text: str) -> str:
    """The clauses that take something back, or all."""
    return "，".join(c for c in re.split(r"[，,。；;]", text) if _TAKES_BACK.search(c)) or text


def _fit(words: str, change_set: ChangeSet) -> float:
    """How much of what the words name was changed: fields, kinds of record, names."""
    score = 0.0
    for change in change_set.changes:
        before, after = change.before, change.after
        if re.search(_TYPES.get(change.record_type, r"(?!)"), words, re.I):
            score = max(score, 0.5)
        changed = _changed(change)
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
