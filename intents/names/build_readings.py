"""Writes `readings.txt`, the table of toneless readings, from pypinyin's dictionaries (MIT licence).

Run `python -m intents.names.build_readings` after an upgrade of pypinyin. The dictionary lists archaic readings
(冯 ping, 重 tong); a second reading is kept when at least one in a hundred phrases with the character
uses it, or when it is how people and places are called.
"""

from collections import Counter, defaultdict
from pathlib import Path

TABLE = Path(__file__).with_name("readings.txt")
SLOTS = 3
LEAST_SHARE = 0.01  # of the phrases with a character
NAMED = {
    "区": "ou", "单": "shan", "仇": "qiu", "查": "zha", "解": "xie", "盖": "ge", "翟": "zhai", "覃": "qin",
    "曾": "zeng", "朴": "piao", "尉": "yu", "员": "yun", "乐": "yue", "缪": "miao", "种": "chong", "折": "she",
    "黑": "he", "任": "ren", "华": "hua", "盛": "sheng", "万": "wan", "冼": "xian", "秘": "bi", "繁": "po",
    "晟": "sheng", "谌": "shen", "郗": "chi", "隗": "kui", "莘": "xin", "蔚": "yu", "茜": "xi", "莞": "wan",
    "浚": "xun", "澍": "zhu",
    "柏": "bo", "薄": "bo",
}  # fmt: skip

# Particles have other readings in old words only (给养, 目的); as such they would sound like half the names there are.
PARTICLES = {
    "给": "gei", "了": "le", "的": "de", "着": "zhe", "么": "me", "没": "mei", "呢": "ne", "吗": "ma", "个": "ge",
    "这": "zhe", "那": "na", "哪": "na", "说": "shuo", "被": "bei", "把": "ba",
}  # fmt: skip


def toneless(reading: str) -> str:
    """Return a reading without its tone mark, ü written v."""
    from pypinyin.contrib.tone_convert import to_normal

    return str(to_normal(reading)).replace("ü", "v")


def phrase_counts() -> dict[str, Counter[str]]:
    """Count how often each character has each reading in the phrase dictionary."""
    from pypinyin.phrases_dict import phrases_dict

    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in phrases_dict.items():
        if len(phrase) == len(readings):
            for character, reading in zip(phrase, readings, strict=True):
                counts[character][toneless(reading[0])] += 1
    return counts


def readings_of(character: str, listed: list[str], counted: Counter[str]) -> list[str]:
    """Return up to three toneless readings of a character, the commonest first."""
    least = max(1, LEAST_SHARE * counted.total())
    if character in PARTICLES:
        return [PARTICLES[character]]
    kept = sorted([r for r in listed if counted[r] >= least], key=lambda r: -counted[r]) or listed[:1]
    named = NAMED.get(character)
    if named and named not in kept[:SLOTS]:
        kept.insert(1, named)
    return kept[:SLOTS]


def table() -> dict[tuple[int, str], list[str]]:
    """Group the characters U+4E00 to U+9FFF by slot and reading."""
    from pypinyin.pinyin_dict import pinyin_dict

    counts = phrase_counts()
    grouped: dict[tuple[int, str], list[str]] = defaultdict(list)
    for codepoint, text in sorted(pinyin_dict.items()):
        if 0x4E00 <= codepoint <= 0x9FFF:
            character = chr(codepoint)
            listed = list(dict.fromkeys(toneless(r) for r in text.split(",")))
            listed = [r for r in listed if r.isascii() and r.isalpha()]
            for slot, reading in enumerate(readings_of(character, listed, counts[character])):
                grouped[slot, reading].append(character)
    return grouped


def main() -> None:
    """Write the table: one line for each slot and reading, tab-separated, with its characters."""
    lines = [f"{slot}\t{reading}\t{''.join(chars)}\n" for (slot, reading), chars in sorted(table().items())]
    TABLE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
