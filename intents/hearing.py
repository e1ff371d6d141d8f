"""Command words that a recogniser wrote with other characters of the same sound (机要 for 纪要, 线锁 for 线索)."""

from __future__ import annotations

from functools import cache

from intents.phonetics import folded_syllables

_WORDS = (
    "纪要 记录 记一下 记个 记条 待办 提醒 日程 商机 线索 联系人 逾期 金额 阶段 客户 级别 标签 地址 职务 手机 号码 "
    "列一下 列出 优先级 优先 作废 推到 推进 改成 改到 更新 撤销 取消 确认 完成 单子 签约 赢单 输单 走访 拜访 跟进 "
    "顺延 挪到 安排 登记 "
    "转给 报价 合同 目录价 预算 采购 负责人 建个 新建 加个"
)
COMMAND_WORDS = tuple(_WORDS.split())
"""What a command is made of; two characters at least, since one alone sounds like too much."""


ORDINARY = ("几个", "几条", "几下", "几笔")
"""Words as common as the command words that sound like them; left as they are."""


Sounds = tuple[str, ...]


@cache
def _by_sound() -> dict[str, tuple[tuple[int, dict[Sounds, str]], ...]]:
    """By the first sound: the command words of each length, the longest first."""
    words: dict[str, dict[int, dict[Sounds, str]]] = {}
    for word in sorted(COMMAND_WORDS, key=len, reverse=True):
        sounds = tuple(folded_syllables(word))
        words.setdefault(sounds[0], {}).setdefault(len(word), {})[sounds] = word
    return {first: tuple(by_length.items()) for first, by_length in words.items()}


def command_words_heard(text: str, *, taken: bytes | bytearray = b"") -> str:
    """The text with every stretch that sounds like a command word written as that word; the length stays the same.

    `taken[i]` true means that character i belongs to something else (a name, a time) and is left alone. n=l, in=ing,
    s=sh and the like count as the same sound, tones do not count.
    """
    sounds = folded_syllables(text)
    known = _by_sound()
    if known.keys().isdisjoint(sounds):
        return text
    out = list(text)
    i = 0
    while i < len(text):
        for length, words in known.get(sounds[i], ()):
            word = words.get(tuple(sounds[i : i + length]))
            if word is not None and text[i : i + length] not in ORDINARY and not any(taken[i : i + length]):
                out[i : i + length] = word
                i += length - 1
                break
        i += 1
    return "".join(out)
