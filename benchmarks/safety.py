"""Commands of the suites with their customer renamed: is anything ever written to the wrong record?

    python -m benchmarks.safety                                  # every development suite, every kind
    python -m benchmarks.safety --kind misheard eval/worlds/demo --show

Prints for each kind of renaming (eval.renaming): commands tried, those carried out as they were written, those asked
about or held, and wrong writes. `--show` prints what was said and done where something was written wrongly.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from eval.renaming import RENAMES, renamed
from eval.run import replay_suite
from eval.scoring import CaseScore, score_suite
from eval.suite import Case, read_suite

WORLDS = Path(__file__).parent.parent / "eval" / "worlds"
SETTINGS = Settings(planner="embedded", reminder_seconds=3600)


def scores_of(cases: Sequence[Case], folder: Path) -> list[CaseScore]:
    """The scores of cases played in the world of a folder; held writes are left held."""
    manual = [case.model_copy(update={"confirm": "manual"}) for case in cases]
    played = replay_suite(manual, folder.parent, folder, SETTINGS)
    return score_suite(manual, {result.id: result for result in played})


def is_wrong(score: CaseScore) -> bool:
    """Whether something was written that the command does not say."""
    return any(turn.wrong_before for turn in score.turns)


def is_done(score: CaseScore) -> bool:
    """Whether something was written."""
    return score.result is not None and any(turn.changes for turn in score.result.turns)


def shown(score: CaseScore) -> str:
    """What was said and done, for a reader."""
    turn = score.result.turns[0]  # type: ignore[union-attr]
    changes = [f"    {one.op} {one.type} {_brief(one.record, one.before)}" for one in turn.changes]
    return "\n".join([f"  {score.case.id}  {turn.say}", *changes])


def _brief(record: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    changed = {key: value for key, value in record.items() if value and (before is None or before.get(key) != value)}
    named = {key: record[key] for key in ("name", "title", "customer") if record.get(key)}
    return json.dumps(named | changed, ensure_ascii=False)


def main() -> None:
    """Play the renamed suites and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="world folders; all of eval/worlds when none is named")
    parser.add_argument("--kind", choices=sorted(RENAMES), action="append", help="one kind of renaming, repeatable")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print the wrong writes")
    options = parser.parse_args()
    folders = options.folders or sorted(path.parent for path in WORLDS.glob("*/cases.jsonl"))
    for kind in options.kind or sorted(RENAMES):
        tried = done = wrong = 0
        for folder in folders:
            world = json.loads((folder / "world.json").read_text(encoding="utf-8"))
            cases = renamed(read_suite(folder / "cases.jsonl"), world, kind, options.seed)
            scores = scores_of(cases, folder)
            bad = [score for score in scores if is_wrong(score)]
            tried, done, wrong = tried + len(scores), done + sum(map(is_done, scores)), wrong + len(bad)
            for score in bad if options.show else ():
                print(shown(score), flush=True)  # noqa: T201
        line = (
            f"{kind:10} {tried:4} commands, {done - wrong:4} carried out, {tried - done:4} asked or held, {wrong} wrong"
        )
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
