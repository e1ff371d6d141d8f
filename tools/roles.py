"""Who plays a role at a customer: words such as 采购 or 'decision maker' against what is stored of role and title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_store.records import Contact

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("采购", "招采", "供应链", "招标", "进货", "buyer", "purchas", "procure"),
    ("决策", "拍板", "说了算", "做主", "一锤定音", "作主", "老板", "一把手", "decision", "decid", "boss"),
    ("财务", "会计", "出纳", "付款", "收票", "开票", "finance", "account", "cfo"),
    ("技术", "工程师", "研发", "工艺", "总工", "technical", "technology", "engineer", "cto"),
    ("使用", "操作", "用户", "user", "operator"),
    ("设备", "维修", "运维", "maintenance", "equipment"),
    ("信息", "it", "数字化", "信息化", "cio"),
    ("质量", "品控", "质检", "化验", "quality"),
    ("生产", "车间", "制造", "production", "manufactur"),
    ("法务", "合同", "律师", "legal"),
    ("影响", "内线", "教练", "支持者", "influenc", "coach", "champion"),
    ("总经理", "董事长", "总裁", "厂长", "院长", "校长", "老总", "一把手", "general manager", "ceo", "president"),
)
"""Words that people use for one another when they ask who does what at a company; the first is the usual one."""
_HEADS = ("总经理", "董事长", "总裁", "厂长", "创始人", "老板", "ceo", "president", "owner")
_DECIDES = 1
_FILLER = re.compile(
    r"负责人|负责|主管|经理|联系人|对接人|人员|部门|的人|那个人|那位|方面|这块|(?<=..)人|的|管|person|contact|maker|manager"
)


def playing(contacts: Sequence[Contact], role: str | None) -> tuple[list[Contact], bool]:
    """Those who play `role`, the surest group only, and whether any does; all of them where none does."""
    if not role or not role.strip():
        return list(contacts), True
    scored = [(_score(contact, role.strip().casefold()), contact) for contact in contacts]
    best = max((score for score, _ in scored), default=0)
    if best == 0:
        return list(contacts), False
    return [contact for score, contact in scored if score == best], True


def _score(contact: Contact, role: str) -> int:
    """6: the stored role says it, 5: the title says it, 4-3: another word for it does, 2: who usually decides."""
    stored, title = (contact.role or "").casefold(), (contact.title or "").casefold()
    core = _FILLER.sub("", role).strip() or role
    for score, text in ((6, stored), (5, title)):
        if text and (role in text or core in text or (_FILLER.sub("", text) and text in role)):
            return score
    for score, text in ((4, stored), (3, title)):
        if any(_holds(text, word) for word in _others(role)):
            return score
    return 2 if _about_deciding(role) and any(head in title for head in _HEADS) else 0


def _others(role: str) -> list[str]:
    return [word for group in _GROUPS if any(_holds(role, one) for one in group) for word in group]


def _about_deciding(role: str) -> bool:
    return any(_holds(role, word) for word in _GROUPS[_DECIDES])


def _holds(text: str, word: str) -> bool:
    """Whether a text holds a word; short Latin words only as a whole word ('it' is no part of 'unit')."""
    if word.isascii() and len(word) <= 3:
        return re.search(rf"(?<![a-z]){word}(?![a-z])", text) is not None
    return word in text
