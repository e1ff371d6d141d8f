"""A deal that was lost, and why."""

from __future__ import annotations

from assistant.messages import Step
from assistant.planner.embedded.common import ask_which, do, refuse
from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.resolve import Verdict
from assistant.planner.embedded.targets import resolve_opportunity
from intents import patterns as re
from intents.names import Kind as NameKind
from intents.times import Kind, Look, TimeExpression


def closed_on(draft: Draft) -> str | None:
    past: list[TimeExpression] = [
        t for t in draft.times_looking(Look.BACK) if t.start <= draft.now and t.kind is Kind.POINT
    ]
    return past[0].start.date().isoformat() if past else None


_REASON = (
    re.compile(r"(?:原因|理由)(?:[^，。；:：]{0,8}[:：]|(?:是|写|为|填|就是|记|改成?|换成?)?[:：]?)\s*[「“\"']?([^。；\n」”\"']+)"),
    re.compile(r"(?:因为|由于|主要是|说是|嫌|败在|输在|卡在)\s*([^。；\n]+)"),
    re.compile(r"\b(?:because(?: of)?|due to|reason:?)\s+([^.;\n]+)", re.I),
)
_LOST = (
    r"(?:这|那|呢|张|个|条)?(?:单子?|项目|商机|生意)?(?:还是|算是|就|已经|彻底|基本)?"
    r"(?:(?:遭|被|给)?(?:输|丢|黄|吹|飞|凉|流失)(?:掉)?[了咗啦]+|没戏[了啦]?|泡汤了?|没成|不得行了?|不行了|搞不成了?|做不成了?|没了)"
)
_FILED = (
    r"(?:就|请|帮我|给我|你|麻烦|直接|先)*(?:把它|这单|那单|商机|阶段)?(?:弄|改|记|标|关|归|放|转|推|设|挪|划|拨|算|打|按|做)"
    r"(?:一下)?(?:记)?(?:成|为|到|作|进|掉|个|入)?(?:了)?(?:丢|输|失|败|流失)(?:单)?(?:里头|里面|里|处理|状态|阶段|吧|了|啦|算了)*|(?:丢|输|失)单(?:处理)?"
)
_LOST_WORDS = re.compile(
    rf"{_FILED}|{_LOST}|(?:归到|标记成?|关掉|关闭|mark(?:ed)?|as|it|the|deal|opportunity|close[ds]?|lost|lose)\b|关掉|关闭",
    re.I,
)


def lose_opportunity(draft: Draft) -> list[Step]:
    """A deal was lost; always confirmed."""
    if re.search(r"(?:全部|所有|统统|一律|全都?)(?:的)?.{0,6}(?:商机|单子|项目|丢|输)", draft.text):
        zh = "不能一次把全部商机改为输单,没有改动任何数据。请说明是哪一个。"
        return refuse(draft, zh, "I don't lose all opportunities at once; nothing was changed. Please name one.")
    found = resolve_opportunity(draft)
    if not found.found:
        return ask_which(draft, "customer" if found.verdict is Verdict.UNKNOWN else "opportunity", found)
    deal = draft.desk.crm.opportunities.require(int(found.id or 0))
    if deal.lost_reason and (why := reason_in(draft)) and re.search("原因|理由", draft.text):
        draft.score = 1.0  # it is lost already, and the words say which field is to say what
        return [do(draft, "update_opportunity", {"opportunities": [deal.id], "lost_reason": why})]
    args: dict[str, object] = {
        "opportunities": [found.id],
        "reason": reason_in(draft),
        "closed_on": closed_on(draft),
    }
    return [do(draft, "lose_opportunity", args)]


def reason_in(draft: Draft) -> str | None:
    """Why it was lost: what follows 原因 or 因为, else the clauses that are no command."""
    for pattern in _REASON:
        if found := pattern.search(draft.words):
            return re.split(rf"[，,](?=(?:归|标|改|记|阶段|转|帮))|(?:{_FILED})$", found[1])[0].strip(" ，,了") or None
    found = re.search(r"(?:输给|败给|丢给)([^，。,]+)|被(?!.{0,4}(?:丢|输))([^，。,]+)", draft.words)
    rest = _left_of(draft)
    return (found[0] if found else None) if not rest else "，".join(rest)


_NO_REASON = re.compile(
    r"^(?:的|把|将|给|那个|这个|请|帮我?|麻烦|呢|了|啦|啊|呀|吧|哈|嗯|也|就|都|这|那|单子?|张|个|项目|商机|笔)+|(?:[啦啊呀吧哈]|帮我|给我|"
    r"的?单子?|这单|那单)+$"
)


def _left_of(draft: Draft) -> list[str]:
    """What the command says beside the deal's name and the words for losing it."""
    names = _SPANS_OF & {c.nameable.kind for m in draft.mentions for c in m.candidates[:1]}
    own = draft.sentence
    blank = list(own.text)
    for mention in draft.mentions:
        if (
            draft.inside(mention)
            and mention.candidates[0].nameable.kind in names
            and mention.candidates[0].score >= 0.6
        ):
            blank[mention.begin : mention.stop] = "，" * (mention.stop - mention.begin)
    text = "".join(blank[draft.begin : draft.stop])
    pieces = re.split(r"[，,。；;：:!！\s]+", _LOST_WORDS.sub("，", text))
    bare = [_NO_REASON.sub("", piece) for piece in pieces]
    return [piece for piece in bare if len(piece) >= 3 and not re.fullmatch(r"[A-Za-z0-9-]+", piece)]


_SPANS_OF = {NameKind.CUSTOMER, NameKind.OPPORTUNITY, NameKind.PRODUCT}
