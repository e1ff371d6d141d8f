"""merge_customers: everything moves, nothing is lost, and it can be taken back."""

from __future__ import annotations

import pytest

from crm_store.principal import Origin
from crm_store.undo import undo
from crm_store.unit_of_work import UnitOfWork
from tests.tools.world import World
from tools.base import ToolRefused
from tools.merge_customers import merge_customers


@pytest.fixture
def twin(world: World) -> World:
    """The world with a second record of 湖光酒店, which has a person of its own and one that both have."""
    world.add(
        "twin",
        "customer",
        name="湖光大酒店",
        owner_id=world["lin"],
        aliases=("湖酒",),
        tags=("新",),
        region="昆山",
        website="https://lake.example",
    )
    world.add("zhou2", "contact", customer_id=world["twin"], name="周岚", email="zhou@lake.example")
    world.add("new", "contact", customer_id=world["twin"], name="江流", phone="19900000041")
    world.add(
        "deal", "opportunity", name="大堂", customer_id=world["twin"], stage_id=world["meet"],
        owner_id=world["lin"], product_ids=(),
    )  # fmt: skip
    return world


def test_everything_moves_to_the_one_that_stays(twin: World) -> None:
    ran = twin.run(merge_customers, keep=twin["lake"], absorb=twin["twin"])
    assert twin.get("customer", "twin") is None
    assert twin.get("opportunity", "deal").customer_id == twin["lake"]
    assert twin.get("contact", "new").customer_id == twin["lake"]
    assert ran.answer.text == "已把「湖光大酒店」并入「湖光酒店有限公司」"


def test_names_become_aliases_tags_join_and_blanks_are_filled(twin: World) -> None:
    twin.run(merge_customers, keep=twin["lake"], absorb=twin["twin"])
    kept = twin.get("customer", "lake")
    assert kept.aliases == ("湖光", "湖光大酒店", "湖酒")
    assert kept.tags == ("老客户", "新")
    assert (kept.region, kept.website) == ("苏州", "https://lake.example")


def test_a_person_whom_both_have_stays_once(twin: World) -> None:
    twin.run(merge_customers, keep=twin["lake"], absorb=twin["twin"])
    person = twin.get("contact", "zhou")
    assert (person.phone, person.email) == ("19900000001", "zhou@lake.example")
    assert twin.get("contact", "zhou2") is None


def test_it_can_be_taken_back(twin: World) -> None:
    twin.run(merge_customers, keep=twin["lake"], absorb=twin["twin"])

    def take_back(uow: UnitOfWork) -> None:
        undo(uow, uow.audit.recent(limit=1)[0])

    twin.store.write_now(twin.principal("lin"), Origin(channel="test"), take_back)
    assert twin.get("contact", "zhou2").customer_id == twin["twin"]
    assert twin.get("customer", "twin").merged_into_id is None
    assert twin.get("customer", "lake").aliases == ("湖光",)


def test_one_and_the_same_is_refused(world: World) -> None:
    with pytest.raises(ToolRefused):
        world.run(merge_customers, keep=world["lake"], absorb=world["lake"])
