"""How a message is cut into commands."""

from __future__ import annotations

import pytest

from intents.commands import find_commands
from tests.intents.annotated import classifier, sentence


def intents(text: str) -> list[str]:
    """The intents of the commands found."""
    return [command.intent for command in find_commands(sentence(text), classifier())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下周三提醒我给枫桥打电话", ["create_task"]),
        ("下周三提醒我给枫桥打电话，另外把枫桥琴房更新推到报价阶段", ["create_task", "update_opportunity"]),
        ("枫桥琴房更新推到报价，金额改成35万", ["update_opportunity"]),
        ("记个纪要：拜访了枫桥，祁知夏觉得琴不错", ["record_note"]),
        ("枫桥有哪些联系人？", ["list_contacts"]),
    ],
)
def test_a_message_is_cut_where_commands_meet(text: str, expected: list[str]) -> None:
    assert intents(text) == expected


@pytest.mark.parametrize("text", ["", "，。", " "])
def test_a_message_without_words_has_no_commands(text: str) -> None:
    assert intents(text) == []


def test_commands_cover_the_message_in_order() -> None:
    said = sentence("下周三提醒我给枫桥打电话，另外把枫桥琴房更新推到报价阶段。")
    found = find_commands(said, classifier())
    assert [said.text[c.begin : c.stop] for c in found] == [
        "下周三提醒我给枫桥打电话",
        "另外把枫桥琴房更新推到报价阶段",
    ]


def test_a_message_of_very_many_clauses_is_still_cut() -> None:
    assert find_commands(sentence("，".join(["明天去枫桥调琴"] * 200)), classifier())


def test_a_command_knows_what_else_it_might_be() -> None:
    (command,) = find_commands(sentence("下周三提醒我给枫桥打电话"), classifier())
    assert (command.guesses[0].name, command.guesses[0].score) == (command.intent, command.score)
    assert len(command.guesses) > 1


def test_what_was_spoken_of_before_decides_short_words() -> None:
    said = sentence("作废吧")
    (about_leads,) = find_commands(said, classifier(), "lead")
    assert about_leads.intent == "update_lead"
