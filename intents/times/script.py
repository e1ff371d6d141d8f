"""Bring a text into one script, character by character, so that the grammar is written once.

Traditional characters, full-width signs and the many dashes become their plain counterparts. Blanks beside a Chinese
character are dropped (近 三 年); `Script.origin` leads every position back to the text as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intents import patterns as re

_TRADITIONAL: Final = "週禮後號點個時鐘鍾間這兩裡裏內過從還開節國慶農曆陰臘歲幾當來終勞動聖誕兒師婦親萬雙倆貳結現"
_SIMPLIFIED: Final = "周礼后号点个时钟钟间这两里里内过从还开节国庆农历阴腊岁几当来终劳动圣诞儿师妇亲万双俩二结现"
_ODD: Final = "〇○◯–—―−‒─‐～〜﹕∶•　\xa0\t、，；（）"
_PLAIN: Final = "零零零-------~~::·   、,;()"

_TABLE: Final = (
    {0xFF01 + i: 0x21 + i for i in range(94)}
    | dict(zip(map(ord, _TRADITIONAL), map(ord, _SIMPLIFIED), strict=True))
    | dict(zip(map(ord, _ODD), map(ord, _PLAIN), strict=True))
)


_PINYIN: Final = {
    "jintian": "今天", "mingtian": "明天", "houtian": "后天", "zuotian": "昨天", "qiantian": "前天", "xiazhou": "下周",
    "benzhou": "本周", "zhezhou": "这周", "shangwu": "上午", "xiawu": "下午", "zaoshang": "早上", "wanshang": "晚上",
    "zhongwu": "中午",
}  # fmt: skip
"""Words of time that people leave in the letters they typed."""
_IN_PINYIN: Final = re.compile(rf"(?<![\w@.])(?:{'|'.join(_PINYIN)})(?![\w@.]*@|[a-z])", re.I | re.A)


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """A text in plain script, and for each of its positions (and one past the end) where it stood before."""

    text: str
    origins: tuple[int, ...] | None

    def origin(self, position: int) -> int:
        return position if self.origins is None else self.origins[position]

    def after_blank(self, position: int) -> bool:
        """Whether blanks were dropped before `position`."""
        return self.origins is not None and position > 0 and self.origins[position] - self.origins[position - 1] > 1

    def origin_stop(self, position: int) -> int:
        """Where an expression that ends before `position` ended, without the blanks that followed it."""
        return position if self.origins is None or position == 0 else self.origins[position - 1] + 1


def plain(text: str) -> Script:
    """`text` in plain script."""
    same_length = text.translate(_TABLE)
    if _IN_PINYIN.search(same_length) is not None:
        return _spelt_out(same_length)
    if " " not in same_length:
        return Script(text=same_length, origins=None)
    kept = _kept(same_length)
    if len(kept) == len(same_length):
        return Script(text=same_length, origins=None)
    return Script(text="".join(same_length[i] for i in kept), origins=(*kept, len(same_length)))


def _spelt_out(text: str) -> Script:
    """`text` with pinyin words of time in characters; each of the two stands for one end of the word."""
    characters: list[str] = []
    origins: list[int] = []
    at = 0
    for found in _IN_PINYIN.finditer(text):
        characters += [*text[at : found.start()], *_PINYIN[found[0].lower()]]
        origins += [*range(at, found.start()), found.start(), found.end() - 1]
        at = found.end()
    whole, origins = "".join([*characters, text[at:]]), [*origins, *range(at, len(text))]
    kept = _kept(whole)
    return Script(text="".join(whole[i] for i in kept), origins=(*(origins[i] for i in kept), len(text)))


def _kept(text: str) -> list[int]:
    """All positions but those of blanks beside a Chinese character; a run of blanks goes or stays as one."""
    kept: list[int] = []
    blanks: list[int] = []
    for i, character in enumerate(text):
        if character == " ":
            blanks.append(i)
            continue
        if blanks and (not kept or (text[kept[-1]] < "\u2e80" and character < "\u2e80")):
            kept += blanks
        blanks = []
        kept.append(i)
    return kept + blanks
