"""Recordings made into text outside a conversation: as the recogniser heard them, and after repair."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.planner.embedded.name_cache import NameCache
from assistant.settings import Settings
from assistant.speech.decoding import RATE, decode
from assistant.speech.listening import simplified
from assistant.speech.repair import repaired
from assistant.speech.setting_up import make_engine
from assistant.speech.vocabulary import likely_names
from crm_store.database import Database
from crm_store.principal import Principal
from crm_store.store import Store
from eval.stores import SetClock, build_empty, build_template, url_of, world_folder
from eval.understanding import NOBODY, principal_named


class Ear:
    """One engine, and the names that one user may see."""

    def __init__(self, store: Store, principal: Principal, settings: Settings) -> None:
        self._engine = make_engine(settings)
        self._likely = store.read_now(principal, likely_names)
        self._names = store.read_now(principal, NameCache().index_for)

    def hear(self, file: Path) -> dict[str, Any]:
        """One recording in the shape of FORMAT.md. Raises TranscriptionError, OSError."""
        samples = decode(file.read_bytes())
        started = time.perf_counter()
        raw = self._engine.text_of(samples, self._likely)
        took = time.perf_counter() - started
        return {
            "file": str(file),
            "text": repaired(simplified(raw), self._names),
            "raw": raw,
            "seconds": round(len(samples) / RATE, 2),
            "engine": self._engine.name,
            "took_ms": round(took * 1000, 1),
        }


@contextmanager
def listening(world: Path | None, user: str | None, settings: Settings) -> Iterator[Ear]:
    """Gives what hears as `user` in a world (or as nobody in none). Raises WorldError, TranscriptionError."""
    with TemporaryDirectory(prefix="transcribe-") as scratch:
        file = Path(scratch) / "world.db"
        template = build_empty(file) if world is None else build_template(world_folder(world, ""), file)
        store = Store(Database(url_of(file)), SetClock(template.now or datetime.now(UTC)))
        try:
            yield Ear(store, NOBODY if user is None else principal_named(store, user), settings)
        finally:
            store.close()
