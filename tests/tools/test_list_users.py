"""list_users: the team, one colleague, everybody for an admin."""

from __future__ import annotations

from tests.tools.world import World
from tools.list_users import list_users


def test_the_team(world: World) -> None:
    ran = world.run(list_users)
    assert ran.answer.text == "一组共 3 人: 林舟、莫言秋、古月。"
    assert "古月 | 经理" in ran.text


def test_the_team_in_english(world: World) -> None:
    assert world.run(list_users, by="boss", language="en").answer.text == "一组, 3 people: 林舟, 莫言秋, 古月."


def test_one_colleague(world: World) -> None:
    assert world.run(list_users, user=world["boss"]).answer.text == "古月: 一组经理。"
    assert world.run(list_users, language="en", user=world["root"]).answer.text == "管理员: admin."


def test_an_admin_sees_everybody(world: World) -> None:
    assert len(world.run(list_users, by="root").answer.shown) == 5
