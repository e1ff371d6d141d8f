"""Checks that several tools share; what does not hold is refused with what to do, in the user's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_store.records import CUSTOMER_LEVELS, Opportunity, Stage
from tools.base import ToolContext, ToolRefused
from tools.wording import day, moment


def refused(ctx: ToolContext, zh: str, en: str) -> ToolRefused:
    """The refusal to raise, in the user's language."""
    return ToolRefused(ctx.view.say(zh, en))


def not_past(ctx: ToolContext, due_at: datetime | None) -> None:
    """Refuse a due time before now."""
    if due_at is not None and due_at < ctx.now:
        when = moment(due_at, ctx.view)
        raise refused(
            ctx, f"{when}已经过去了,请告诉我新的时间。", f"{when} is already past; please tell me another time."
        )


def not_future(ctx: ToolContext, value: datetime | date | None) -> None:
    """Refuse a record of something that has not happened yet (a time of today is let through)."""
    if value is None:
        return
    local = value.astimezone(ctx.view.zone).date() if isinstance(value, datetime) else value
    if local > ctx.now.date():
        when = day(local, ctx.view)
        raise refused(
            ctx,
            f"{when}还没到,记录只能写已经发生的事。",
            f"{when} is still to come; only what has happened can be recorded.",
        )


def not_negative(ctx: ToolContext, amount: Decimal | None) -> None:
    """Refuse an amount below zero."""
    if amount is not None and amount < 0:
        zh, en = "金额不能是负数,请给一个不小于 0 的数。", "An amount can't be negative; please give one of 0 or more."
        raise refused(ctx, zh, en)


def level_of(ctx: ToolContext, level: str | None) -> str | None:
    """The customer level in capitals, '' kept as it is. Refuses what is not A, B or C."""
    if level is None or not level.strip():
        return level
    wanted = level.strip().upper().removesuffix("级")
    if wanted not in CUSTOMER_LEVELS:
        zh, en = f"客户等级只有 A、B、C,没有「{level}」。", f"Customer levels are A, B and C; there is no “{level}”."
        raise refused(ctx, zh, en)
    return wanted


def named(ctx: ToolContext, name: str) -> str:
    """A name without surrounding spaces. Refuses an empty one."""
    if not name.strip():
        raise refused(ctx, "请告诉我名称。", "Please tell me the name.")
    return name.strip()


def given(**fields: Any) -> dict[str, Any]:
    """The fields that were given; an empty text clears a field."""
    return {key: (None if value == "" else value) for key, value in fields.items() if value is not None}


def something(ctx: ToolContext, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields to change. Refuses an empty set."""
    if not fields:
        raise refused(ctx, "请告诉我要改成什么。", "Please tell me what to change.")
    return fields


def covered(ctx: ToolContext, owner_ids: Iterable[int]) -> None:
    """Refuse a question about people whose records the user may not see."""
    hidden = [owner for owner in owner_ids if not ctx.crm.principal.covers(owner)]
    if hidden:
        names = "、".join(user.name for user in ctx.crm.users.many(hidden).values())
        raise refused(ctx, f"您没有权限查看{names}的数据。", f"You may not see the data of {names}.")


def of_customer(ctx: ToolContext, opportunity_id: int | None, customer_id: int | None) -> Opportunity | None:
    """The opportunity, if given. Refuses one of another customer."""
    if opportunity_id is None:
        return None
    found: Opportunity = ctx.crm.opportunities.require(opportunity_id)
    if customer_id is not None and found.customer_id != customer_id:
        raise refused(
            ctx, f"商机「{found.name}」不属于这个客户。", f"Opportunity “{found.name}” belongs to another customer."
        )
    return found


def stage_named(ctx: ToolContext, key: str) -> Stage:
    """The stage with that key ('won', 'lost'). Refuses when the pipeline has none."""
    found = ctx.crm.stages.by_key(key)
    if found is None:
        zh, en = f"销售流程里没有「{key}」阶段,请找管理员。", f"The pipeline has no stage “{key}”; please ask an admin."
        raise refused(ctx, zh, en)
    return found
