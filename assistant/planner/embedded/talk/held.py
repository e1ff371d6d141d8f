"""One word more of what is held: the reason of a loss that waits for its 确认, or only a part of several changes."""

from __future__ import annotations

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.talk.message import evidence_of
from assistant.planner.embedded.talk.one_field_more import LONGEST, NEW_ORDER
from intents import patterns as re
from intents.names import Kind

_TOLD_REASON = re.compile(
    r"^(?:主要|就)?(?:是)?(?:因为|嫌|怪|由于)|(?:被|让|叫|给)[^，。]{1,10}?(?:抢|拿|截|撬|挖|撵|夺)(?:走|去|了|下)|便宜|太贵|价格|价高|"
    r"(?:选|用|签|换)了(?:别家|对手|[^，。]{2,8})|砍了|停了|不做了|取消了|"
    r"(?:没有?|缺|差)(?:了)?(?:预算|钱|资金|经费|额度|指标|款)|(?:没|不|未)(?:批(?!评)|拨|下来|通过|立项|过会)|(?:预算|资金|经费|钱).{0,4}"
    r"(?:不够|不足|没|砍|紧|冻|花)|没?谈不?拢|交期|太慢|"
    r"(?:人家|客户|对方|[他她]们?|甲方|业主|校方|学校|领导|老板|那边)"
    r".{0,6}(?:不(?![丢输关弄改动确])|没|换|砍|停|选|搁|放弃)"
)
"""What a loss is put down to, told without the word reason."""
_REASON = re.compile(
    r"^(?:(?:等一?[下会]儿?|等等|稍等(?:一?下)?|且慢|慢着|不对|不是|哦|对了|先别)[，,。\s]*)*(?:把)?(?:丢单|输单)?(?:的)?(?:原因|理由)(?:就)?(?:写成|记成|填成|说成|写为|是|写|为|填|记|就写|就填|改成|改为|补上)*[:：,，\s]*[「“\"]?([^」”\"]+?)[」”\"]?$"
)


_BARE_NO = re.compile(
    r"(?:先|都|就)?(?:不做|取消|停|砍|不要)了?[吧啊哈。！!\s]*|"
    r".*(?:先?别(?!家|人|的)|(?<!预)(?<!核)算了|撤回|点错|说错|先不|不确认)"
)


def gives_reason(desk: Desk) -> bool:
    """Whether the message, though it has a no in it, tells why the deal that is held was lost: 「没预算了」."""
    said = desk.heard.text.strip()
    if len(desk.waiting) != 1 or any(c["tool"] != "lose_opportunity" for c in desk.waiting[0].calls):
        return False
    return _TOLD_REASON.search(desk.text) is not None and not _BARE_NO.fullmatch(said) and not _BARE_NO.match(said)


def say_more_of_held(desk: Desk) -> list[Step]:
    """The lost deal's reason, said while the loss waits for its 确认: what is held is shown anew with it."""
    said = desk.heard.text.strip()
    found = _REASON.match(said)
    if found is None and len(said) <= LONGEST and _TOLD_REASON.search(desk.text) and not NEW_ORDER.search(desk.text):
        found = None if evidence_of(desk).asks else re.match("(.+)", said, re.S)
    if found is None or len(desk.waiting) != 1:
        return []
    calls = [ToolCall(tool=str(c["tool"]), args=dict(c["args"])) for c in desk.waiting[0].calls]
    if len(calls) != 1 or calls[0].tool != "lose_opportunity":
        return []
    return [Do(calls=(ToolCall(tool=calls[0].tool, args={**calls[0].args, "reason": found[1].strip()}),))]


_ONLY = re.compile(r"(?:^|[，,。；\s])(?:就|那就?)?(?:只|光|仅|单)(?:要|把|给|需)?(?:转|划|动|改|升|降|移交|交|办|留)")


def narrowed_held(desk: Desk) -> list[Step]:
    """「甲不动,只转乙」 to changes of several customers that wait for their 确认: those named alone, held anew."""
    only = _ONLY.search(desk.text)
    calls = [ToolCall(tool=str(c["tool"]), args=dict(c["args"])) for each in desk.waiting for c in each.calls]
    if only is None or len(calls) < 2 or any(call.tool != "update_customer" for call in calls):
        return []
    behind = (m for m in desk.sentence.mentions if m.begin >= only.end() and m.candidates)
    named = {int(c.nameable.id) for m in behind for c in m.candidates[:1] if c.nameable.kind is Kind.CUSTOMER}
    kept = tuple(call for call in calls if call.args.get("customer") in named)
    return [Do(calls=(call,)) for call in kept] if 0 < len(kept) < len(calls) else []
