"""The task made last, once more at another time or for somebody else."""

from __future__ import annotations

from assistant.messages import Do, Step, ToolCall
from assistant.planner.embedded.common import due_time, echo, wrong_time
from assistant.planner.embedded.desk import Desk
from assistant.planner.embedded.resolve import resolve_customer
from assistant.planner.embedded.talk.amending import retitled
from assistant.planner.embedded.talk.message import whole
from intents import patterns as re
from intents.names import Kind

_SAME_AGAIN = re.compile(
    r"也(?:要|得|给|帮)?[^，。我]{1,3}一[份个条张篇次].{0,14}(?:一样|不变|相同|照旧)|(?:同样|一样|照样|照着|原样|same).{0,8}(?:再|来|建|加|一条|一个|again|task)|再来一[条个]|照样来|再建一[条个]一样",
    re.I,
)


def _has_content(desk: Desk, rest: str) -> bool:
    """Whether 「再来一个:」 is followed by a whole command of its own, not merely by another time or customer."""
    names = (m.text for m in desk.sentence.mentions if m.candidates[0].score >= 0.7)
    for words in (*(t.text for t in desk.sentence.times), *names):
        rest = rest.replace(words, "")
    rest = re.sub(r"同一天|当天|那天|改成|换成|时间|[给跟的了吧条个是到在为]|[:：，,。\s]", "", rest)
    return len(rest) >= LEAST_CONTENT


LEAST_CONTENT = 3


def repeat_last(desk: Desk) -> list[Step]:
    """The task made last, once more at another time."""
    last = desk.last
    same = _SAME_AGAIN.search(desk.text)
    if last is None or same is None or _has_content(desk, desk.text[same.end() :]):
        return []
    made = next((call for call in last["calls"] if call["tool"] == "create_task"), None)
    draft = whole(desk, "create_task")
    time = due_time(draft)
    customer = resolve_customer(draft, focus=False)
    if made is None or (time is None and not customer.found):
        return []
    if time is not None and (problem := wrong_time(draft, time, "due")):
        return problem
    args = dict(made["args"])
    if time is not None:
        args["due_at"] = time.due.isoformat()
    for mention in draft.mentions_of(Kind.USER, least=0.85):
        args["assignee"] = next(int(c.nameable.id) for c in mention.candidates if c.nameable.kind is Kind.USER)
    if customer.found:
        args |= {
            "customer": customer.id,
            "title": retitled(draft, str(args["title"]), args.get("customer"), int(customer.id or 0)),
        }
    return [Do(calls=(ToolCall(tool="create_task", args=args),), echo=echo(draft, time))]
