"""Which stage of the pipeline a command names."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from crm_store.records import Stage
from intents import patterns as re
from intents.names import Kind as NameKind

_FIELD_AFTER = re.compile(r"日|时间|金额|价|额|合同|的合同")
"""Behind a stage's name these make it the name of a field (签单日), not a stage."""


def stage_in(draft: Draft) -> Stage | None:
    """The stage that the command names, the last one when it names the old one too."""
    mentions = [m for m in draft.mentions_of(NameKind.STAGE, least=0.75) if not _FIELD_AFTER.match(draft.behind(m))]
    named = [c for m in mentions for c in m.candidates[:1] if c.nameable.kind is NameKind.STAGE]
    if not named:
        keyed = (s for s in draft.desk.stages if re.search(rf"\b{re.escape(s.key)}\b", draft.text, re.I))
        return next(keyed, None) or _stage_in_english(draft)
    return next((s for s in draft.desk.stages if s.id == named[-1].nameable.id), None)


_ENGLISH_STAGES = (
    ("contract|signing|legal|paperwork", "合同|会签|签约|法务|签单"),
    ("proposal|quote|quotation|pricing", "方案|报价"),
    ("negotiation|negotiating|bargaining", "谈判|议价|商务"),
    ("poc|pilot|trial|demo|sample|test(?:ing)?", "试|样|验证|演示|POC"),
    ("bid(?:ding)?|tender(?:ing)?", "投标|招标|竞标"),
    ("discovery|first contact|contacted|prospect(?:ing)?", "初步|摸底|接洽|登记|需求"),
    ("survey|site visit", "勘|考察"),
)
"""What English calls a stage by, and what the stage's own name then has in it."""


def _stage_in_english(draft: Draft) -> Stage | None:
    """The stage that an English command names by what happens in it; None where none or several fit."""
    for words, named in _ENGLISH_STAGES:
        if re.search(rf"\b(?:to|into|in|at)\s+(?:the\s+)?(?:{words})\b(?:\s+(?:stage|phase))?", draft.text, re.I):
            fits = [s for s in draft.desk.stages if re.search(named, s.name, re.I) and not s.is_closed]
            return fits[-1] if len(fits) == 1 else None
    return None
