"""What a message opens and closes with is left out of understanding, and nothing else is."""

from __future__ import annotations

import pytest

from intents.normalise import normalise

DROPPED = [
    ("呃那个,把合同发给梁工", "把合同发给梁工"),
    ("你好,明天有几件事", "明天有几件事"),
    ("小销,列出本周的待办", "列出本周的待办"),
    ("小销你好,在吗,查一下郑总电话", "查一下郑总电话"),
    ("麻烦选2", "选2"),
    ("麻烦你帮我记一下", "帮我记一下"),
    ("请问谁负责这家", "谁负责这家"),
    ("哎对了,下周三要交标书", "下周三要交标书"),
    ("来,删掉", "删掉"),
    ("跟你说一下,报价通过了", "报价通过了"),
    ("确认谢谢", "确认"),
    ("确认,谢谢啊!", "确认"),
    ("他号码多少,多谢", "他号码多少"),
    ("给我加个提醒,听到没", "给我加个提醒"),
    ("帮我建个任务~", "帮我建个任务"),
    ("东山那家呢。", "东山那家呢"),
    ("第二个哈", "第二个"),
    ("推到周四呗", "推到周四"),
    ("Hi, list my tasks, thanks", "list my tasks"),
]
KEPT = [
    "请假的事跟他说",
    "请教授吃饭那条改到周五",
    "辛苦费怎么算",
    "额度多少",
    "干嘛",
    "麻烦的客户有哪些",
    "那个单子推到报价",
    "对了一遍账",
    "就是那个",
]
ALONE = ["你好", "谢谢", "喂", "嗯", "小销", "听到没", "对了"]


@pytest.mark.parametrize(("said", "core"), DROPPED)
def test_courtesies_are_left_out(said: str, core: str) -> None:
    assert normalise(said).text == core


@pytest.mark.parametrize("said", KEPT)
def test_words_that_only_look_like_courtesies_stay(said: str) -> None:
    assert normalise(said).text == said


@pytest.mark.parametrize("said", ALONE)
def test_a_message_of_courtesies_alone_keeps_its_words(said: str) -> None:
    assert normalise(said).text == said


def test_spans_still_point_at_the_words_of_the_user() -> None:
    heard = normalise("嗯,麻烦查  郑总的电话谢谢")
    assert [heard.raw[at] for at in heard.offsets] == list(heard.text)
