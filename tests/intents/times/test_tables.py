"""Every wording of the tables means what its line says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
import yaml

from intents.times import Look, find_times
from tests.intents.times.render import render

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
TABLES: Final = sorted((Path(__file__).parent / "tables").glob("*.yaml"))


def _cases() -> list[object]:
    return [
        pytest.param(
            datetime.fromisoformat(group["clock"]).replace(tzinfo=SHANGHAI),
            Look(group["look"]),
            case["say"],
            case["times"],
            id=f"{table.stem}-{group['look']}-{case['say']}",
        )
        for table in TABLES
        for group in yaml.safe_load(table.read_text(encoding="utf-8"))
        for case in group["cases"]
    ]


@pytest.mark.parametrize(("now", "look", "say", "times"), _cases())
def test_a_wording_means_what_its_table_says(now: datetime, look: Look, say: str, times: list[str]) -> None:
    assert [render(found) for found in find_times(say, now=now, look=look)] == times
