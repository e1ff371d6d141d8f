"""Runs all measurements, one process each (`python -m benchmarks`), or some of them (`… names http`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ALL = {
    "understanding": [],
    "names": ["--size", "1000000"],
    "store": ["--postgres"],
    "http": [],
    "collateral": [],
    "doors": [],
    "robustness": [],
    "safety": [],
}


def main() -> int:
    """Run what was asked for, or everything there is; the exit code counts the measurements that broke."""
    here = Path(__file__).parent
    chosen = sys.argv[1:] or [name for name in ALL if (here / f"{name}.py").exists()]
    unknown = [name for name in chosen if name not in ALL]
    if unknown:
        print(f"没有这项测量: {', '.join(unknown)};可选: {', '.join(ALL)}")  # noqa: T201
        return 2
    broken = 0
    for name in chosen:
        print(f"\n== {name}", flush=True)  # noqa: T201
        broken += subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *ALL[name]], check=False).returncode != 0
    return broken


if __name__ == "__main__":
    sys.exit(main())
