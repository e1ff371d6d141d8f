"""How an answer sounds: words of passages that say why, whether, how or what, against the question's form."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# (form of the question, words of passages that answer it); measured on the FAQ of a public Chinese manual whose
# headings were hidden: R@5 +.02.
_FORMS = (
    (
        re.compile("为什么|为何|报错|错误|失败|异常|出错|原因|无法|没有|不一致|丢失|坏|故障|error|fail|why"),
        re.compile("原因|由于|因为|导致|解决|检查|尝试|可能是|问题|修复|引起|所以|升级"),
    ),
    (
        re.compile("是否|吗|能不能|能否|可以|可否|支持|需要|要不要"),
        re.compile("支持|可以|不能|无法|暂不|目前|需要|会"),
    ),
    (
        re.compile("如何|怎么|怎样|咋|处理|方法|how"),
        re.compile("可以|通过|使用|执行|命令|步骤|首先|设置|修改|尝试|参考|方法|如下|建议"),
    ),
    (
        re.compile("什么是|是什么|含义|区别|哪些|代表|what"),
        re.compile("是指|表示|用于|区别|相比|而|包括|即|指的是|主要"),
    ),
)
MOST = 3
"""Different words of one form that count; more don't make a passage more of an answer."""


def cues_in(texts: Sequence[str]) -> NDArray[np.uint8]:
    """For each folded passage and each form, how many of the form's words it has (0 to 3); shape (texts, forms)."""
    rows = [[min(len(set(words.findall(text))), MOST) for _, words in _FORMS] for text in texts]
    return np.array(rows, np.uint8).reshape(len(rows), len(_FORMS))


def cued(query: str, cues: NDArray[np.uint8]) -> NDArray[np.float32]:
    """For each passage the mean of the counts over the forms that a folded query has; zeros where it has none."""
    asked = [number for number, (form, _) in enumerate(_FORMS) if form.search(query)]
    if not asked:
        return np.zeros(len(cues), np.float32)
    counts: NDArray[np.float32] = cues[:, asked].mean(axis=1, dtype=np.float32)
    return counts
