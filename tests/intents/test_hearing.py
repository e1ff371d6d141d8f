"""Command words that were written with other characters of the same sound."""

from __future__ import annotations

import pytest

from intents.hearing import COMMAND_WORDS, command_words_heard
from intents.phonetics import folded_syllables


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("记个机要", "记个纪要"),
        ("新建一条线锁", "新建一条线索"),
        ("加个代办", "加个待办"),
        ("明天提型我", "明天提醒我"),
        ("尚机推进", "商机推进"),
        ("把阶断改一下", "把阶断改一下".replace("阶断", "阶段")),
    ],
)
def test_a_misheard_command_word_is_written_right(written: str, heard: str) -> None:
    assert command_words_heard(written) == heard


@pytest.mark.parametrize("word", COMMAND_WORDS)
def test_a_command_word_written_right_stays(word: str) -> None:
    sounds = folded_syllables(word)
    alike = [other for other in COMMAND_WORDS if folded_syllables(other) == sounds]
    assert command_words_heard(word) in alike


@pytest.mark.parametrize("text", ["", "明天去调琴", "call 枫桥 at 3pm", "𠮷日调琴", "😀机要😀"])
def test_the_length_stays_the_same(text: str) -> None:
    assert len(command_words_heard(text)) == len(text)


def test_what_belongs_to_a_name_is_left_alone() -> None:
    assert command_words_heard("机要处的机要", taken=b"\1\1\1\0\0\0") == "机要处的纪要"


@pytest.mark.parametrize(("one", "other"), [("南", "兰"), ("音", "英"), ("四", "是"), ("真", "征"), ("粗", "初")])
def test_near_sounds_fold_together(one: str, other: str) -> None:
    assert folded_syllables(one) == folded_syllables(other)


@pytest.mark.parametrize(("one", "other"), [("琴", "钢"), ("调", "送"), ("东", "西")])
def test_other_sounds_stay_apart(one: str, other: str) -> None:
    assert folded_syllables(one) != folded_syllables(other)


def test_what_has_no_sound_is_itself() -> None:
    assert folded_syllables("A1😀") == ["A", "1", "😀"]
