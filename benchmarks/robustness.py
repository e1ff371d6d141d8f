"""Suites replayed with harmless changes of wording: what still passes, and is anything written wrongly?

    python -m benchmarks.robustness                             # every development suite, every change
    python -m benchmarks.robustness --kind opened eval/worlds/demo

Prints for each change: changed cases that pass as they were written, how many of them still pass, wrong writes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from assistant.settings import Settings
from eval.perturbing import CHANGES, perturbed
from eval.run import replay_suite
from eval.scoring import CaseScore, score_suite
from eval.suite import Case, read_suite

WORLDS = Path(__file__).parent.parent / "eval" / "worlds"
SETTINGS = Settings(planner="embedded", reminder_seconds=3600)


def scores_of(cases: Sequence[Case], folder: Path) -> list[CaseScore]:
    """The scores of cases played in the world of a folder."""
    played = replay_suite(cases, folder.parent, folder, SETTINGS)
    return score_suite(cases, {result.id: result for result in played})


def main() -> None:
    """Play the suites as they are and changed, and tell what was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="world folders; all of eval/worlds when none is named")
    parser.add_argument("--kind", choices=sorted(CHANGES), action="append", help="one kind of change, repeatable")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    folders = options.folders or sorted(path.parent for path in WORLDS.glob("*/cases.jsonl"))
    kinds = options.kind or sorted(CHANGES)
    sums = {kind: [0, 0, 0] for kind in kinds}
    for folder in folders:
        cases = read_suite(folder / "cases.jsonl")
        sound = {score.case.id for score in scores_of(cases, folder) if score.passed}
        for kind in kinds:
            changed = perturbed([case for case in cases if case.id in sound], kind, options.seed)
            scores = scores_of(changed, folder)
            kept = sum(score.passed for score in scores)
            wrong = sum(turn.wrong_before for score in scores for turn in score.turns)
            line = f"{folder.name:12} {kind:13} {kept:4} of {len(scores):4} still pass, {wrong} wrong writes"
            print(line, flush=True)  # noqa: T201
            sums[kind] = [a + b for a, b in zip(sums[kind], (kept, len(scores), wrong), strict=True)]
    print()  # noqa: T201
    for kind, (kept, all_, wrong) in sums.items():
        print(f"{kind:13} {kept / max(all_, 1):6.1%} of {all_} still pass, {wrong} wrong writes")  # noqa: T201


if __name__ == "__main__":
    main()
