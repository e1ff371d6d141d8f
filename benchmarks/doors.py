"""Whole suites played directly and over a real HTTP server: do both come to the same changes and answers?

    python -m benchmarks.doors                    # every suite in eval/worlds and eval/set_aside
    python -m benchmarks.doors eval/worlds/demo   # some

Prints a line a suite: cases, turns, how many turns differ. Exits with 1 if any does. Set-aside suites are counted only.
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from assistant.bootstrap import Runtime
from assistant.settings import Settings
from channels.app import create_app
from eval.doors import OverHttp
from eval.results import TurnResult
from eval.run import replay_suite
from eval.suite import read_suite

HERE = Path(__file__).parent.parent / "eval"
SETTINGS = Settings(planner="embedded", reminder_seconds=3600)


@contextmanager
def served(runtime: Runtime) -> Iterator[str]:
    """The whole application on a port of this machine, in a thread of its own."""
    server = uvicorn.Server(uvicorn.Config(create_app(runtime), log_config=None, access_log=False))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listening.close()


def outcome(turn: TurnResult) -> object:
    """What happened in a turn, as far as the way of the message has no part in it."""
    return turn.model_dump(exclude={"latency_ms", "error"})


def differing(folder: Path) -> tuple[int, int, int]:
    """Cases, turns, and turns that came out otherwise over HTTP."""
    cases = read_suite(folder / "cases.jsonl")
    direct = replay_suite(cases, folder.parent, folder, SETTINGS)
    with OverHttp(served) as open_door:
        over_http = replay_suite(cases, folder.parent, folder, SETTINGS, open_door=open_door)
    pairs = [p for a, b in zip(direct, over_http, strict=True) for p in zip(a.turns, b.turns, strict=True)]
    return len(cases), len(pairs), sum(outcome(a) != outcome(b) for a, b in pairs)


def main() -> int:
    """Compare the suites named, or all."""
    named = [Path(argument) for argument in sys.argv[1:]]
    folders = named or sorted(path.parent for path in HERE.glob("*/*/cases.jsonl"))
    worst = 0
    for folder in folders:
        cases, turns, apart = differing(folder)
        worst = max(worst, apart)
        print(f"{folder.name:12} {cases:4} cases {turns:4} turns, {apart} differ over HTTP", flush=True)  # noqa: T201
    return int(worst > 0)


if __name__ == "__main__":
    sys.exit(main())
