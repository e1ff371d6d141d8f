"""How well a command points at each task: title words, customer, people, the list shown last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.planner.embedded.draft import Draft
from assistant.planner.embedded.pointing import shown
from assistant.planner.embedded.resolve import (
    SURE,
    Resolution,
    Verdict,
)
from assistant.planner.embedded.targets.choices import (
    NEAR,
    Scored,
    customer_words,
    word_overlap,
)
from crm_store.records import Task
from intents import patterns as re
from intents.names import Kind
from intents.phonetics import folded_syllables
from intents.sentence import Stretch

SAID = 0.1
"""Below this the words say nothing of a task, and neither customer nor list adds to it."""
OWN, SHARED, GUESSED = (0.5, -0.3), (0.15, -0.1), (0.4, -0.1)
"""What a customer says for its own tasks and against others': named by the command, by another one, or guessed at."""


def task_scores(draft: Draft, candidates: Iterable[Task], customer: Resolution) -> Scored:
    """Open tasks by how well the command points at them: title words, customer, people, the list shown last."""
    named = _task_mentions(draft)
    tasks = list(candidates)
    said = _telling(draft)
    shares = {task.id: _share(said, task.title) for task in tasks}
    most = max(shares.values(), default=0.0)
    weights, listed = _customer_weights(draft, customer), set(shown(draft.desk, "task"))
    owned = _names_customer(draft) and (customer.id is not None or bool(customer.options))
    scores = []
    for task in tasks:
        likeness = _Likeness(said=said, share=shares[task.id], most=most)
        score = _task_score(draft, task, named, likeness)
        near = weights(task) + (NEAR if task.id in listed else 0.0)
        scores.append((task.id, score + (near if owned or score >= SAID else 0.0)))
    return sorted(scores, key=lambda item: -item[1])


_NOT_TELLING = re.compile(
    r"待办|任务|提醒|日程|事情|事儿|那个|这个|那[条件项]|这[条件项]|[弄整做办搞写改发送交收打约填]完|搞定|办妥|弄好|做好|完成|勾上|勾掉|划掉|勾|标|"
    r"已经?|给我|帮我|麻烦|放宽|宽限|往[前后]|改到|推到|挪到|放到|调到|提前|推迟|顺延|延到|取消|作废|不用|还是|刚刚?|就是|然后|一下|[的了啦吧啊呢嘛呀把将我你都也还再事到去]"
)
_LIKE = 0.6
"""Share of the telling words that a title must have before the share counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Likeness:
    """The words that tell the task, how much of them this title has, and how much the best title has."""

    said: tuple[tuple[str, str], ...]
    share: float
    most: float


def _telling(draft: Draft) -> tuple[tuple[str, str], ...]:
    """The command's Chinese characters with their sounds, less names of customers, times and words of command."""
    text, taken = draft.sentence.text, bytearray(len(draft.sentence.text))
    customers = [m for m in draft.mentions_of(Kind.CUSTOMER, least=SURE) if draft.inside(m)]
    spans: tuple[Stretch, ...] = (*customers, *draft.sentence.times)
    for span in spans:
        taken[span.begin : span.stop] = b"\1" * (span.stop - span.begin)
    bare = "".join(" " if taken[i] else text[i] for i in range(draft.begin, draft.stop))
    rest = "".join(c for c in _NOT_TELLING.sub("", bare) if "\u4e00" <= c <= "\u9fff")
    return tuple(zip(rest, folded_syllables(rest), strict=True))


def _share(said: Sequence[tuple[str, str]], title: str) -> float:
    """Share of the telling characters that the title has, by sight or sound, whatever their order."""
    sounds = folded_syllables(title)
    if not _runs_together([sound for _, sound in said], sounds):
        return 0.0
    left = list(zip(title, sounds, strict=True))
    found = heard = 0
    for character, sound in said:
        match = next((pair for pair in left if pair[0] == character), None)
        if match is None and (match := next((pair for pair in left if pair[1] == sound), None)) is not None:
            heard += 1
        if match is not None:
            left.remove(match)
            found += 1
    if heard and not _neighbours(said) & {(a, b) for a, b in pairwise(sounds)}:
        return 0.0  # single syllables that sound alike are no sign of a word
    return found / len(said) if found >= 2 else 0.0


def _neighbours(said: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(a[1], b[1]) for a, b in pairwise(said)}


def _task_mentions(draft: Draft) -> dict[int, float]:
    named: dict[int, float] = {}
    for mention in draft.mentions_of(Kind.TASK, least=0.3):
        for c in mention.candidates:
            if c.nameable.kind is Kind.TASK:
                named[int(c.nameable.id)] = max(named.get(int(c.nameable.id), 0.0), c.score)
    return named


def _runs_together(said: Sequence[str], title: Sequence[str]) -> bool:
    """Whether two neighbouring syllables of one stand side by side in the other, or three at all."""
    pairs = set(pairwise(title))
    if any(pair in pairs for pair in pairwise(said)):
        return True
    return len(set(said).intersection(title)) >= 3


def _task_score(draft: Draft, task: Task, named: dict[int, float], likeness: _Likeness) -> float:
    known = customer_words(draft, task.customer_id) if task.customer_id else ""
    like, factor = 0.0, 1.0
    if likeness.most >= _LIKE:
        matched = likeness.share * len(likeness.said)
        like = likeness.share * (0.6 + 0.4 * min(1.0, matched / len(task.title))) if likeness.share >= _LIKE else 0.0
        factor = 1.0 if named.get(task.id, 0.0) >= 0.9 else likeness.share / likeness.most
    score = 0.9 * max(word_overlap(draft.everything, task.title, known=known), like)
    score += 0.7 * named.get(task.id, 0.0) * factor
    if like and likeness.share * len(likeness.said) >= 3:
        score += 0.15
    return score


def _customer_weights(draft: Draft, customer: Resolution) -> Callable[[Task], float]:
    """What each task gains or loses by the customer it is of."""
    ids = {i for i in (customer.id, *customer.options) if i is not None}
    if not ids:
        focus = draft.desk.focus("customer")
        return lambda task: NEAR if focus is not None and task.customer_id == focus else 0.0
    shared = not _names_customer(draft)
    gain, loss = SHARED if shared else GUESSED if customer.verdict is Verdict.UNKNOWN else OWN
    return lambda task: gain if task.customer_id in ids else loss


def _names_customer(draft: Draft) -> bool:
    return "customer" in draft.hints or bool(
        draft.mentions_of(Kind.CUSTOMER, Kind.CONTACT, Kind.OPPORTUNITY, Kind.LEAD, Kind.TASK)
    )
