"""Worlds go in and come out without loss."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from crm_store.errors import ImportRejected, NotPermitted
from crm_store.principal import SYSTEM, Origin
from crm_store.store import Store
from crm_store.world import diff, dump_world, load_world, snapshot
from tests.crm_store.conftest import COMPANY, Company

IMPORT = Origin(channel="import")


def loaded(store: Store, world: dict[str, Any]) -> dict[str, Any]:
    store.write_now(SYSTEM, IMPORT, lambda uow: load_world(uow, world))
    return store.read_now(SYSTEM, dump_world)


def without_empty(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, [], {})}


def test_what_was_loaded_is_dumped_again(empty: Store) -> None:
    world = loaded(empty, COMPANY)
    for key, value in COMPANY.items():
        if isinstance(value, list):
            assert [without_empty(r) for r in world[key]] == [without_empty(r) for r in value]
        else:
            assert world[key] == value


def test_unknown_keys_are_exported_under_extra_and_stay_there(empty: Store) -> None:
    world = copy.deepcopy(COMPANY) | {"campaigns": [{"name": "双十一"}]}
    world["customers"][0] |= {"nps": 9, "extra": {"grade": "甲"}}
    out = loaded(empty, world)
    assert out["extra"] == {"campaigns": [{"name": "双十一"}]}
    assert out["customers"][0]["extra"] == {"grade": "甲", "nps": 9}
    assert "extra" not in out["customers"][1]


@pytest.mark.parametrize(
    ("key", "index", "change", "reason"),
    [
        ("customers", 0, {"owner": "nobody"}, "customers[0].owner: 没有用户“nobody”"),
        ("customers", 1, {"name": None}, "customers[1].name: 不能为空"),
        ("customers", 1, {"name": "银杏纸业有限公司"}, "customers[1]: 名称“银杏纸业有限公司”重复"),
        ("customers", 1, {"level": "Z"}, "customers[1].level: 只能是 A、B、C"),
        ("customers", 1, {"name": "半\ud800个"}, "customers[1].name: 有无法保存的字符"),
        ("contacts", 1, {"name": "空\x00字"}, "contacts[1].name: 有无法保存的字符"),
        ("orders", 0, {"quantity": "两台"}, "orders[0].quantity: “两台”不是数字"),
        ("opportunities", 0, {"closed_on": "2026-02-30"}, "opportunities[0].closed_on: “2026-02-30”不是日期"),
        ("opportunities", 0, {"products": ["没有的"]}, "opportunities[0].products: 没有产品“没有的”"),
        ("tasks", 0, {"due_at": "明天"}, "tasks[0].due_at: “明天”不是时间"),
        ("notes", 0, {"details": {"a": ["\x00"]}}, "notes[0].details: 有无法保存的字符"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_loaded(
    empty: Store, key: str, index: int, change: dict[str, Any], reason: str
) -> None:
    world = copy.deepcopy(COMPANY)
    world[key][index] |= change
    with pytest.raises(ImportRejected) as caught:
        loaded(empty, world)
    assert any(problem.startswith(reason) for problem in caught.value.problems)
    assert empty.read_now(SYSTEM, lambda uow: uow.users.count()) == 0


def test_snapshot_compares_records_not_the_names_they_refer_to(company: Company) -> None:
    before = company.store.read_now(SYSTEM, snapshot)
    company.write("ann", lambda uow: uow.customers.update(company.id("customer", "银杏纸业有限公司"), name="银杏集团"))
    changes = diff(before, company.store.read_now(SYSTEM, snapshot))
    assert [(c["op"], c["type"], c["record"]["name"], c["before"]["name"]) for c in changes] == [
        ("update", "customer", "银杏集团", "银杏纸业有限公司")
    ]


def test_diff_shows_creations_and_deletions(company: Company) -> None:
    before = company.store.read_now(SYSTEM, snapshot)
    company.write("ann", lambda uow: uow.tasks.delete(company.id("task", "回访")))
    company.write("ann", lambda uow: uow.tasks.add(title="新的", assignee_id=uow.principal.user_id))
    changes = diff(before, company.store.read_now(SYSTEM, snapshot))
    assert [(c["op"], c["record"]["title"], c["before"] is None) for c in changes] == [
        ("delete", "回访", False),
        ("create", "新的", True),
    ]


def test_what_hangs_on_a_deleted_customer_is_not_dumped(company: Company) -> None:
    company.write("ann", lambda uow: uow.customers.delete(company.id("customer", "银杏纸业有限公司")))
    world = company.store.read_now(SYSTEM, dump_world)
    assert [c["customer"] for c in world["contacts"]] == ["胡杨能源有限公司"]
    assert [t["customer"] for t in world["tasks"]] == [None, None]


def test_only_an_admin_dumps_a_world(company: Company) -> None:
    with pytest.raises(NotPermitted):
        company.read("meg", dump_world)
