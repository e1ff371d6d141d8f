"""Measures finding one company among many by a name that is abbreviated, misheard or mistyped.

`python -m benchmarks.names --size 1000000` makes that many names from a seed, corrupts a sample in thirds
(abbreviation, homophone, typo), and prints recall and latency of the name index and of tantivy, which
gets the same grams, in one run. `--bands` asks instead how often the best candidate in a sentence is the right one,
by its score, where a third of the sentences name nobody in the index.
"""

import argparse
import gc
import itertools
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from intents.names import Kind, Nameable, NameIndex
from intents.names.lexicon import lexicon
from intents.names.postings import keys_of
from intents.names.sounds import readings_of, sounds

LEGAL = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
BRAND = (
    "万上世业东中丰丹丽久乐乾云亚京亿仁仪优伟伦佳俊信倍健元先光克兴典冠冰凌凡凤凯创利力勇千华卓南博卡厚友双发变可吉同"
    "名君含启和品哲唯嘉园固国圣坚坤埃基多大天奇如妙威宁宇安宏宗宝富尔尚展屯山岗岚岩峰川州巨帆希平广庆度康开弘强彩彬德"
    "志思怡恒慧成才承拓振捷敏敦文斌斯新方旭时昌明春晋晨普景晶智曦朗本朴杰松林格森楚榆欣欧歌正步毅民永汇汉江沁沃沧河泉"
    "泠波泰泽洁洛洪派浩浪海润涪淳清渝渡湾源满澍澜澳灵焕然煌煜特犁玉环珠瑞璞田登百盈益盛盟真硕祖祥禄福禾秀科立章端米紫"
    "继维绿美群翔翠耀联聪胜能腾舒舟良艺苏若英茂荣菲蒙蓝虞虹融螺衡裕许诺贝贤贵赛赣超越轩轮辉辰达迈远迪途通逸道邦野金鑫"
    "钦铂铎铭银锋锐锦长阳陆隆雄雅雨雷霖顿领颖风飞驰骏高鲁鸣鸿鹏麦鼎齐龙"
)  # characters that companies are named with
SYLLABLE_FOR_EDITS = 20_000  # code points from U+4E00 from which a homophone or a mistyped character is drawn
CORRUPTIONS = ("abbreviation", "homophone", "typo")
TIE = 0.03  # candidates closer than this are asked about


@dataclass(frozen=True, kw_only=True, slots=True)
class Company:
    """A generated name in its parts."""

    region: str
    brand: str
    trades: tuple[str, ...]
    legal: str

    @property
    def name(self) -> str:
        """The registered name."""
        return self.region + self.brand + "".join(self.trades) + self.legal


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """Recall and latency of one engine; processor time is what is left when others use the machine."""

    engine: str
    first: float
    five: float
    p50_ms: float
    p99_ms: float
    cpu_p50_ms: float
    cpu_p99_ms: float


def companies(size: int, seed: int = 20261122) -> list[Company]:
    """Make `size` different companies; as in a register, few regions and trades make up most of them."""
    draw = random.Random(seed)
    regions = _Ranked(sorted(r for r in lexicon().regions if len(r) in {2, 3}), flat=3)
    trades = _Ranked(sorted(t for t in lexicon().organisation if len(t) == 2 and not t.isascii()), flat=1)
    brands = _Ranked(BRAND, flat=100)
    made: dict[str, Company] = {}
    while len(made) < size:
        region, brand = regions.some(draw, 1)[0], "".join(brands.some(draw, draw.choice((2, 2, 2, 3))))
        called = tuple(dict.fromkeys(trades.some(draw, draw.choice((1, 1, 2)))))
        one = Company(region=region, brand=brand, trades=called, legal=draw.choice(LEGAL))
        made.setdefault(one.name, one)
    return list(made.values())


class _Ranked:
    """Items in a fixed random order, drawn with weights that fall with their rank, as Zipf found of words."""

    def __init__(self, items: Sequence[str], *, flat: int) -> None:
        self._items = random.Random(1).sample(items, len(items))
        self._sums = list(itertools.accumulate(1 / (flat + rank) for rank in range(len(self._items))))

    def some(self, draw: random.Random, count: int) -> list[str]:
        """Draw a number of items."""
        return draw.choices(self._items, cum_weights=self._sums, k=count)


def homophones() -> dict[int, list[str]]:
    """Group characters by their commonest syllable."""
    groups: dict[int, list[str]] = {}
    for code in range(0x4E00, 0x4E00 + SYLLABLE_FOR_EDITS):
        readings = readings_of(chr(code))
        if readings:
            groups.setdefault(readings[0], []).append(chr(code))
    return groups


def abbreviated(one: Company, draw: random.Random) -> str:
    """Leave out the legal form and region, a trade, or both trades but for their first characters."""
    trades = "".join(one.trades)
    return draw.choice(
        (one.brand + trades, one.region + one.brand, one.region + one.brand + one.trades[0], one.brand + one.trades[-1])
    )


def misheard(one: Company, draw: random.Random, groups: dict[int, list[str]]) -> str:
    """Write one to three characters of the name, without its legal form, as others of the same sound."""
    text = list(one.region + one.brand + "".join(one.trades))
    for place in draw.sample(range(len(text)), min(len(text), draw.choice((1, 2, 3)))):
        text[place] = draw.choice(groups[readings_of(text[place])[0]])
    return "".join(text)


def mistyped(one: Company, draw: random.Random) -> str:
    """Drop, double, swap or change one character."""
    text = list(one.region + one.brand + "".join(one.trades))
    place, kind = draw.randrange(len(text) - 1), draw.randrange(4)
    if kind == 0:
        del text[place]
    elif kind == 1:
        text.insert(place, draw.choice(BRAND))
    elif kind == 2:
        text[place], text[place + 1] = text[place + 1], text[place]
    else:
        text[place] = draw.choice(BRAND)
    return "".join(text)


def queries(made: Sequence[Company], count: int, seed: int = 7) -> Iterator[tuple[str, str, int]]:
    """Yield corruption, corrupted name and the number of the company that is meant."""
    draw, groups = random.Random(seed), homophones()
    for number in range(count):
        meant = draw.randrange(len(made))
        corruption = CORRUPTIONS[number % len(CORRUPTIONS)]
        one = made[meant]
        text = (
            abbreviated(one, draw) if corruption == "abbreviation"
            else misheard(one, draw, groups) if corruption == "homophone" else mistyped(one, draw)
        )  # fmt: skip
        yield corruption, text, meant


def measure(engine: str, asked: Sequence[tuple[str, str, int]], search: Callable[[str], list[int]]) -> list[Result]:
    """Time each query and count how often the company that is meant comes first, and among five."""
    for _, text, _ in asked[:50]:
        search(text)
    rows = []
    for corruption, text, meant in asked:
        begun, begun_cpu = time.perf_counter(), time.thread_time()
        found = search(text)
        took, took_cpu = time.perf_counter() - begun, time.thread_time() - begun_cpu
        rows.append((corruption, took, took_cpu, found[:1] == [meant], meant in found[:5]))
    groups = [(f"{engine} {c}", [r for r in rows if r[0] == c]) for c in CORRUPTIONS] + [(engine, rows)]
    return [_result(name, group) for name, group in groups]


def _result(engine: str, rows: list[tuple[str, float, float, bool, bool]]) -> Result:
    took, cpu = (np.array([r[i] for r in rows]) * 1e3 for i in (1, 2))
    first, five = (float(np.mean([r[i] for r in rows])) for i in (3, 4))
    return Result(
        engine=engine, first=first, five=five,
        p50_ms=float(np.median(took)), p99_ms=float(np.percentile(took, 99)),
        cpu_p50_ms=float(np.median(cpu)), cpu_p99_ms=float(np.percentile(cpu, 99)),
    )  # fmt: skip


def with_index(made: Sequence[Company]) -> Callable[[str], list[int]]:
    """Build the name index and return its search."""
    index = NameIndex.build(Nameable(kind=Kind.CUSTOMER, id=i, name=one.name) for i, one in enumerate(made))

    def search(text: str) -> list[int]:
        return [int(c.nameable.id) for c in index.lookup(text, limit=5)]

    return search


def with_tantivy(made: Sequence[Company]) -> Callable[[str], list[int]]:
    """Build a tantivy index over the same grams, in memory, and return its search."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("grams", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("number", fast=True, stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(256_000_000, 1)
    for number, one in enumerate(made):
        writer.add_document(
            tantivy.Document(grams=" ".join(_grams(one.region + one.brand + "".join(one.trades))), number=number)
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> list[int]:
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "grams", gram)) for gram in _grams(text)]
        hits = searcher.search(tantivy.Query.boolean_query(terms), 5).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return search


def _grams(text: str) -> list[str]:
    """Return the pairs of sounds under which the name index holds a name, and its pairs of characters."""
    return [*(str(key) for key in keys_of(text)[0]), *(text[i : i + 2] for i in range(len(text) - 1))]


FRAMES = (
    "提醒我明天给{}打电话",
    "{}那个单子推进到下一阶段",
    "去了趟{},聊了聊预算",
    "跟{}约了后天见面",
    "查一下{}的纪要",
)
PLAIN = (
    "帮我看看今天的待办事项", "把金额改成三十五万", "客户说预算要到下个季度才能批下来", "对方觉得价格偏高,想再谈谈折扣",
    "我刚从工厂回来,设备已经安装好了", "这单可能要丢了,竞争对手报价更低", "最近三十天没有联系的客户有哪些",
    "上个月成交了几单", "合同条款法务还要再看看", "配件需要重新采购", "行业政策有变化,需要关注", "下一步是安排现场考察",
)  # fmt: skip
BANDS = (0.9, 0.75, 0.6, 0.4)


def sentences(made: Sequence[Company], count: int, seed: int = 11) -> Iterator[tuple[str, int | None]]:
    """Yield sentences and the number of the company that each names: written, misheard, unknown or none."""
    draw, groups = random.Random(seed), homophones()
    known = {one.brand for one in made}
    strangers = [one for one in companies(2 * count, seed=seed) if one.brand not in known]
    for number in range(count):
        meant, frame = draw.randrange(len(made)), draw.choice(FRAMES)
        called = replace(made[meant], region="", trades=draw.choice(((), made[meant].trades[:1])))
        if number % 6 < 4:
            text = called.brand + "".join(called.trades) if number % 6 == 0 else misheard(called, draw, groups)
            yield frame.format(text), meant
        else:
            one = strangers[number % len(strangers)]
            yield (
                (frame.format(one.brand + draw.choice(("", one.trades[0]))) if number % 6 == 4 else draw.choice(PLAIN)),
                None,
            )


def print_bands(size: int, count: int) -> None:
    """Print, for each band of scores, how many best candidates fell into it and what share of them was right."""
    made = companies(size)
    nameables = [
        Nameable(kind=Kind.CUSTOMER, id=i, name=one.name, aliases=(one.brand, one.brand + one.trades[0]))
        for i, one in enumerate(made)
    ]
    index = NameIndex.build(nameables)
    right: dict[float, list[bool]] = {band: [] for band in BANDS}
    for text, meant in sentences(made, count):
        found = sorted((c for m in index.mentions(text) for c in m.candidates), key=lambda c: -c.score)
        clear = bool(found) and (len(found) == 1 or found[0].score - found[1].score >= TIE)
        band = next((b for b in BANDS if found and found[0].score >= b), None)
        if band is not None and (clear or found[0].nameable.id == meant):
            right[band].append(found[0].nameable.id == meant)
    for band, answers in right.items():
        share = f"{np.mean(answers):.3f}" if answers else "-"
        sys.stdout.write(f"{size} names, score from {band}: {len(answers)} clear best candidates, {share} right\n")


def main() -> None:
    """Run both engines and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=3000)
    parser.add_argument("--without-tantivy", action="store_true")
    parser.add_argument("--bands", action="store_true")
    options = parser.parse_args()
    if options.bands:
        print_bands(options.size, options.queries)
        return
    sounds()
    made = companies(options.size)
    asked = list(queries(made, options.queries))
    engines = {"names": with_index} | ({} if options.without_tantivy else {"tantivy": with_tantivy})
    whole: dict[str, Result] = {}
    for engine, build in engines.items():
        begun = time.perf_counter()
        search = build(made)
        took = time.perf_counter() - begun
        gc.collect()
        gc.freeze()
        sys.stdout.write(f"{engine}: built over {len(made)} names in {took:.1f} s\n")
        for result in measure(engine, asked, search):
            whole[result.engine] = result
            sys.stdout.write(
                f"  {result.engine:24s} recall@1 {result.first:.3f} recall@5 {result.five:.3f}"
                f" p50 {result.p50_ms:.3f} ms p99 {result.p99_ms:.3f} ms"
                f" (processor {result.cpu_p50_ms:.3f}, {result.cpu_p99_ms:.3f})\n"
            )
    if "tantivy" in whole:
        ours, theirs = whole["names"], whole["tantivy"]
        sys.stdout.write(f"p99 {ours.p99_ms / theirs.p99_ms:.2f} × tantivy (goal 0.25)")
        sys.stdout.write(f", of processor time {ours.cpu_p99_ms / theirs.cpu_p99_ms:.2f}\n")


if __name__ == "__main__":
    main()
