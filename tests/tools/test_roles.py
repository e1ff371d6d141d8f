"""Who plays a role, in the words that people use."""

from __future__ import annotations

import pytest

from crm_store.records import Contact
from tools.roles import playing


def person(name: str, title: str | None = None, role: str | None = None) -> Contact:
    """A contact with a title and a role."""
    return Contact(id=len(name), customer_id=1, name=name, title=title, role=role)


PEOPLE = [
    person("甲", "采购部经理", None),
    person("乙乙", "财务总监", "付款审批"),
    person("丙丙丙", "设备主管", "使用人"),
    person("丁丁丁丁", "总经理", None),
    person("戊戊戊戊戊", "IT Manager", None),
]


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("采购", "甲"),
        ("采购经理", "甲"),
        ("会计", "乙乙"),
        ("finance", "乙乙"),
        ("使用部门", "丙丙丙"),
        ("设备", "丙丙丙"),
        ("决策人", "丁丁丁丁"),
        ("CEO", "丁丁丁丁"),
        ("信息化负责人", "戊戊戊戊戊"),
    ],
)
def test_a_word_finds_who_plays_it(role: str, name: str) -> None:
    found, fits = playing(PEOPLE, role)
    assert fits
    assert [contact.name for contact in found] == [name]


def test_a_stored_role_outranks_a_title() -> None:
    people = [person("甲", "采购助理"), person("乙乙", "副总", "采购")]
    assert [contact.name for contact in playing(people, "采购")[0]] == ["乙乙"]


def test_nobody_is_said_and_all_are_given() -> None:
    found, fits = playing(PEOPLE, "法务")
    assert not fits
    assert found == PEOPLE
