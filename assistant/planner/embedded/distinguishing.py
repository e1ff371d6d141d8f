"""What tells a few records apart: words of a message that the facts of only one of them have."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.planner.embedded.desk import Desk
from crm_store.records import Record
from intents import patterns as re

_EMPTY = re.compile(
    r"那[个家位单条笔项边]|这[个家位单条笔项边]|就是|我说的?|打算|准备|想要?|正在|一直|最近|上次|刚才?|他们|她们|咱们|我们|"
    r"[的是就吧家位个做搞卖管姓叫要选了着过在有他她它我你说把给跟和]|[，。！？,.!?\s]|the|one|that"
)
NOTES = 8
LEAST = 0.25
AHEAD = 2.0


def singled_out(desk: Desk, kind: str, ids: Sequence[int], text: str, *, deep: bool = True) -> int | None:
    """The one record that the words point at by what is known of it alone; None where it is none or not clear.

    `deep` looks beyond the record's own name: at its customer, people, deals, products, tasks and minutes.
    """
    facts = [_facts(desk, kind, i, deep=deep).casefold() for i in ids]
    pieces = _pieces(text)
    if len(ids) < 2 or not pieces:
        return None
    telling = [[p for p in pieces if p in own and not all(p in other for other in facts)] for own in facts]
    alone = [len([p for p in told if sum(p in f for f in facts) == 1]) for told in telling]
    scores = [len(told) + alone[i] for i, told in enumerate(telling)]
    best = max(scores)
    rest = sorted(scores, reverse=True)[1]
    at = scores.index(best)
    enough = len(telling[at]) / len(pieces) >= LEAST
    return ids[at] if best and enough and alone[at] and best >= AHEAD * max(rest, 0.5) else None


def _pieces(text: str) -> list[str]:
    """The words' neighbouring pairs of characters, and whole Latin words."""
    bare = _EMPTY.sub(" ", text.casefold())
    latin = re.findall(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", bare)
    chinese = [run for run in re.findall(r"[\u4e00-\u9fff]+", bare)]
    pairs = [run[i : i + 2] for run in chinese for i in range(len(run) - 1)]
    single = [run for run in chinese if len(run) == 1] if len(chinese) == 1 and not latin else []
    return list(dict.fromkeys([*latin, *pairs, *single]))


def _facts(desk: Desk, kind: str, record_id: int, *, deep: bool) -> str:
    record = desk.crm.repository(kind).get(record_id)
    if record is None:
        return ""
    own = [_own(record), *(p.name for p in desk.crm.products.many(getattr(record, "product_ids", ())).values())]
    own += [stage.name for stage in desk.stages if stage.id == getattr(record, "stage_id", None)]
    if not deep:
        return " ".join(own)
    customer_id = record.id if kind == "customer" else getattr(record, "customer_id", None)
    return " ".join([*own, *(_around(desk, customer_id) if customer_id else ())])


def _own(record: Record) -> str:
    names = ("name", "title", "industry", "region", "level", "role", "company", "source")
    lists = (*getattr(record, "aliases", ()), *getattr(record, "tags", ()))
    return " ".join(str(value) for value in (*(getattr(record, n, None) for n in names), *lists) if value)


def _around(desk: Desk, customer_id: int) -> list[str]:
    """What hangs on a customer, in words."""
    crm = desk.crm
    customer = crm.customers.get(customer_id)
    words = [] if customer is None else [_own(customer)]
    words += [f"{c.name}{c.title or ''}{c.role or ''}" for c in crm.contacts.of_customer(customer_id)]
    deals = crm.opportunities.of_customer(customer_id)
    words += [deal.name for deal in deals]
    products = {i for deal in deals for i in deal.product_ids}
    words += [product.name for product in crm.products.many(products).values()]
    words += [task.title for task in crm.tasks.of_customer(customer_id)]
    words += [note.summary for note in crm.notes.of_customer(customer_id, limit=NOTES)]
    return words


__all__ = ["singled_out"]
