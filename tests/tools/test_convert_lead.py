"""convert_lead: customer, contact, opportunity, and the lead's own state."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.tools.world import World
from tools.base import ToolRefused
from tools.convert_lead import convert_lead


def test_it_makes_a_customer_with_a_contact(world: World) -> None:
    ran = world.run(convert_lead, lead=world["ring"])
    assert ran.kinds() == [("create", "customer"), ("create", "contact"), ("update", "lead")]
    customer, contact, lead = (change.record for change in ran.changes)
    assert (customer.name, customer.owner_id) == ("环湖乐园", world["lin"])
    assert (contact.name, contact.phone, contact.customer_id) == ("柳静", "19900000009", customer.id)
    assert (lead.status, lead.customer_id) == ("converted", customer.id)
    assert ran.answer.text == "线索「柳静」已转为客户「环湖乐园」"
    assert "状态: 新线索 → 已转客户" in ran.text


def test_it_may_make_an_opportunity_too(world: World) -> None:
    ran = world.run(
        convert_lead, lead=world["ring"], customer_name="环湖乐园有限公司", create_opportunity=True, amount=90000
    )
    deal: Any = next(change.record for change in ran.changes if change.record_type == "opportunity")
    assert (deal.name, deal.amount, deal.stage_id) == ("环湖乐园有限公司商机", Decimal(90000), world["meet"])


def test_an_existing_customer_gets_the_contact(world: World) -> None:
    ran = world.run(convert_lead, language="en", lead=world["ring"], customer=world["pine"])
    assert ran.kinds() == [("create", "contact"), ("update", "lead")]
    assert ran.answer.text == "Lead “柳静” is now customer “松针食品有限公司”"


def test_a_lead_without_owner_becomes_the_users(world: World) -> None:
    lead: Any = world.run(convert_lead, lead=world["free"]).changes[-1].record
    assert lead.owner_id == world["lin"]


def test_a_customer_that_exists_is_refused_and_named(world: World) -> None:
    with pytest.raises(ToolRefused, match="湖光酒店有限公司"):
        world.run(convert_lead, lead=world["ring"], customer_name="湖光酒店")


def test_a_lead_is_converted_once(world: World) -> None:
    world.run(convert_lead, lead=world["ring"])
    with pytest.raises(ToolRefused, match="已经转过"):
        world.run(convert_lead, lead=world["ring"])
