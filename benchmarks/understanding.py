"""How long understanding a command takes, against a scikit-learn n-gram pipeline's intent alone."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from intents.classifier import Classifier
from intents.commands import find_commands
from intents.names import Kind, Nameable, NameIndex
from intents.phonetics import folded_syllables
from intents.sentence import annotate
from intents.training import catalog_examples, training_set

VISIBLE = 10_000
ROUNDS = 600
NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
_FIRST = "恒远瑞博科新华盛东嘉禾德安达利丰锦程昊泰宏鼎立百川云凯旋佳美"
_SECOND = "源泽润金石蓝海青松朗光明宇辰祥和顺兴隆茂庆成立诚信义"
_TRADES = ("科技", "机械", "化工", "食品", "医药", "物流", "电子", "建材")


def names(count: int, seed: int = 1) -> list[str]:
    """Invented company names, all different."""
    draw = random.Random(seed)
    made: set[str] = set()
    while len(made) < count:
        made.add("".join(draw.choices(_FIRST, k=2)) + draw.choice(_SECOND) + draw.choice(_TRADES) + "有限公司")
    return sorted(made)


def timed(run: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Microseconds of each call, after a warm-up."""
    for text in texts[:50]:
        run(text)
    took: list[float] = []
    for text in texts:
        begin = time.perf_counter_ns()
        run(text)
        took.append((time.perf_counter_ns() - begin) / 1000)
    return took


def _without_both(say: str) -> str:
    return say.replace("{customer}", "").replace("{time}", "")


def main() -> None:
    """Print p50 and p99 of both and their ratio."""
    companies = names(VISIBLE)
    begin = time.perf_counter()
    index = NameIndex.build(Nameable(kind=Kind.CUSTOMER, id=i, name=name) for i, name in enumerate(companies))
    classifier = Classifier.load(folded_syllables)
    loading = time.perf_counter() - begin
    draw = random.Random(2)
    examples = [e for e in catalog_examples() if "{customer}" in e.say and "{" not in _without_both(e.say)]
    frames = [draw.choice(examples).say for _ in range(ROUNDS)]
    texts = [f.replace("{customer}", draw.choice(companies)[:4]).replace("{time}", "下周三下午三点") for f in frames]
    ours = timed(lambda text: find_commands(annotate(text, now=NOW, names=index), classifier), texts)
    yardstick = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 3)), LogisticRegression(max_iter=50))
    yardstick.fit(*training_set(catalog_examples()[::4], seed=1, rounds=1))
    theirs = timed(lambda text: yardstick.predict([text]), texts)
    p50, p99, floor = statistics.median(ours), sorted(ours)[int(0.99 * len(ours))], statistics.median(theirs)
    print(f"loading {VISIBLE:,} names and the classifier: {loading:.2f} s (goal 0.5)")  # noqa: T201
    print(f"understanding p50 {p50:.0f} µs, scikit-learn intent alone {floor:.0f} µs: {p50 / floor:.2f} x (goal 3)")  # noqa: T201
    print(f"understanding p99 {p99:.0f} µs: {p99 / p50:.2f} x its p50 (goal 4)")  # noqa: T201


if __name__ == "__main__":
    main()
