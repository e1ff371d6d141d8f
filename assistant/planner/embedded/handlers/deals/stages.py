"""Which stage of the pipeline a command names."""

from __future__ import annotations

from assistant.planner.embedded.draft import Draft
from crm_store.records import WON, Stage
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.names import Mention

_FIELD_AFTER = re.compile(r"日|时间|金额|价|额|合同|的合同")
"""Behind a stage's name these make it the name of a field (签单日), not a stage."""


def stage_in(draft: Draft) -> Stage | None:
    """The stage that the command names, the last one when it names the old one too."""
    mentions = [m for m in draft.mentions_of(NameKind.STAGE, least=0.75) if not _is_field(draft, m)]
    named = [c for m in mentions for c in m.candidates[:1] if c.nameable.kind is NameKind.STAGE]
    if not named:
        keyed = (s for s in draft.desk.stages if re.search(rf"\b{re.escape(s.key)}\b", draft.text, re.I))
        return next(keyed, None) or _stage_in_english(draft)
    return next((s for s in draft.desk.stages if s.id == named[-1].nameable.id), None)


_FORECAST = re.compile(r"(?:预计|预期|计划|打算|估计|原定|约定|说好|拟)(?:的|在|是)?$")
_MOVED_IN_TIME = re.compile(
    r"(?:再|先|要|得|都|也|给我|帮我|统一|一起|大概|可能|往[后前])*"
    r"(?:改|推|延|挪|提|放|定|调|拖|顺|换|移|写|填|设|压|缓)?(?:迟|后|前|延|期)?(?:到|成|为|至|在|是)?(?:了)?\s*"
)
_PUT_INTO = re.compile(
    r"(?:推进?|转|进|改|升|挪|标|走|调|设|变|移|更新|切)(?:入|到|成|为|至|进)?了?(?:了)?\s*[「“\"']?$"
)


def _is_field(draft: Draft, mention: Mention) -> bool:
    """Whether a stage's name stands for the day or the sum of it: 签约日, 预计签约, 签约改7月底."""
    behind = draft.behind(mention)
    if _FIELD_AFTER.match(behind):
        return True
    sentence = next((a for a in draft.answers if mention in a.mentions), draft.sentence)
    before = sentence.text[: mention.begin]
    if _is_put_into(draft, mention, before) or not _is_last(draft, mention):
        return False
    if _FORECAST.search(before):
        return True
    day = next((t for t in sentence.times if t.begin >= mention.stop), None)
    between = sentence.text[mention.stop : day.begin] if day is not None else ""
    return bool(between) and _MOVED_IN_TIME.fullmatch(between) is not None


def put_into_stage(draft: Draft) -> bool:
    """Whether the words put a deal into the stage in which it is won (推到签约), whatever day they say."""
    won = (m for m in draft.mentions_of(NameKind.STAGE, least=0.75) if _is_last(draft, m) and draft.inside(m))
    return any(_is_put_into(draft, m, draft.sentence.text[: m.begin]) for m in won)


def _is_put_into(draft: Draft, mention: Mention, before: str) -> bool:
    """Whether a verb before a stage's name moves something there; 更新 of a deal's own name is no verb."""
    found = _PUT_INTO.search(before)
    names = draft.mentions_of(NameKind.OPPORTUNITY, NameKind.CUSTOMER, least=0.75)
    return found is not None and not any(found.start() < m.stop <= mention.begin for m in names)


def _is_last(draft: Draft, mention: Mention) -> bool:
    """Whether the stage named is the one in which a deal is won."""
    won = {stage.id for stage in draft.desk.stages if stage.key == WON}
    return bool(mention.candidates) and mention.candidates[0].nameable.id in won


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
