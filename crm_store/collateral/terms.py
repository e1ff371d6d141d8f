"""The terms under which a text is indexed and asked for: words, phrases of two, character pairs, concepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crm_store.collateral.words import code_forms, glossary, is_code, pairs, tokens

# Words of grammar and of asking; they say nothing about what a passage is about.
STOPWORDS = frozenset(
    ["的", "了", "吗", "呢", "吧", "啊", "呀", "嘛", "哦", "么", "是", "在", "有", "和", "与", "或", "及", "跟", "同", "把", "被", "让", "给", "对", "从", "到", "向", "往", "就", "都", "也", "还", "又", "才", "再", "很", "太", "更", "最", "不", "没", "没有", "要", "会", "能", "可以", "可", "得", "地", "着", "过", "来", "去", "上", "下", "里", "中", "内", "外", "个", "一个", "这", "那", "这个", "那个", "这些", "那些", "我", "你", "他", "她", "它", "我们", "你们", "他们", "咱", "咱们", "您", "自己", "什么", "怎么", "怎样", "如何", "为什么", "哪", "哪个", "哪些", "哪里", "哪儿", "谁", "几", "多少", "多", "吗", "是否", "是不是", "有没有", "能不能", "可不可以", "请", "请问", "帮", "帮我", "一下", "想", "想要", "问", "知道", "告诉", "说", "看", "时", "时候", "的话", "如果", "因为", "所以", "但是", "而且", "并且", "以及", "等", "之", "其", "该", "此", "每", "各", "某", "由", "于", "为", "以", "用", "使用", "进行", "通过", "需要", "应该", "应", "已", "已经", "将", "后", "前", "之后", "以前", "以后", "里面", "出现 多久 多长时间 多长 多大 多远 多高 多重 多宽 多厚 多深 哪位 咋 咋样 怎么样 怎么个 为何 何时 几时 啥 有啥 得 行 只 并 该", "the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "is", "are", "be", "was", "do", "does", "did", "how", "what", "which", "who", "when", "where", "why", "can", "could", "would", "should", "will", "it", "its", "this", "that", "with", "at", "by", "from", "as", "we", "our", "you", "your", "i", "my", "me", "us", "they", "their", "have", "has", "had", "not", "no", "if", "there", "any"]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """Terms of one text, each kind with repeats in order of occurrence."""

    words: Sequence[str]
    pairs: Sequence[str]
    concepts: Sequence[str]

    @property
    def phrases(self) -> list[str]:
        """Words that follow each other."""
        return [f"{first} {second}" for first, second in pairwise(self.words)]


def terms_of(text: str) -> Terms:
    """The terms of a folded text."""
    found = tokens(text)
    words: list[str] = []
    for token in found:
        if token in STOPWORDS:
            continue
        words.extend(code_forms(token) if is_code(token) else (token,))
    concepts = [name for _, _, names in glossary().spans(found) for name in names]
    return Terms(words=words, pairs=pairs(text), concepts=concepts)
