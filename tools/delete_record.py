"""The tool that deletes records; a customer goes with everything that hangs on it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tools.base import Args, Effect, ToolContext, tool
from tools.naming import label_of, names_for
from tools.wording import TYPES
from tools.written import Writing, Written

_HANGING = ("task", "note", "interaction", "order", "contact", "opportunity")


class DeleteRecord(Args):
    """Arguments of delete_record. The ids are of records of that type."""

    record_type: Literal["customer", "contact", "opportunity", "note", "task", "lead", "order"] = Field(
        description="客户、联系人、商机、纪要、待办、线索、订单 (type of the records)"
    )
    record_ids: tuple[int, ...] = Field(min_length=1, description="要删除的记录 (ids of the records)")


@tool(args=DeleteRecord, effect=Effect.WRITE)
def delete_record(ctx: ToolContext, args: DeleteRecord) -> Written:
    """删除记录. Delete records of one type.

    Deleting a customer deletes its contacts, opportunities, orders, notes, tasks and interactions in the same unit.
    """
    writing = Writing(ctx)
    repository = ctx.crm.repository(args.record_type)
    wanted = [repository.require(record_id) for record_id in dict.fromkeys(args.record_ids)]
    names = names_for(ctx, wanted)
    for record in wanted:
        if args.record_type == "customer":
            _delete_what_hangs_on(ctx, record.id)
        repository.delete(record.id)
    labels = [label_of(record, names) for record in wanted]
    zh, en = TYPES[args.record_type]
    headline = (f"已删除{zh}「{'、'.join(labels)}」", f"Deleted {en} “{', '.join(labels)}”")
    return writing.result(headline=headline)


def _delete_what_hangs_on(ctx: ToolContext, customer_id: int) -> None:
    for record_type in _HANGING:
        repository = ctx.crm.repository(record_type)
        for record in repository.all_of_customer(customer_id):
            repository.delete(record.id)
