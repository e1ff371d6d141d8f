"""Recordings become text one after the other, off the event loop, in a queue of bounded length."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from assistant.errors import TranscriptionError
from assistant.messages import Audio
from assistant.speech.decoding import decode
from assistant.speech.engines import Engine
from assistant.speech.vocabulary import likely_names
from crm_store.principal import Principal
from crm_store.store import Store
from intents.normalise import normalise

MOST_WAITING = 16
"""Recordings that may wait; the next one is told to come back, since each takes a second or more."""


class Listener:
    """A Transcriber over one engine. The engine is made with the first recording."""

    def __init__(self, store: Store, make_engine: Callable[[], Engine]) -> None:
        self._store = store
        self._make_engine = make_engine
        self._engine: Engine | None = None
        self._waiting = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="speech")

    async def transcribe(self, audio: Audio, principal: Principal) -> str:
        """The words, in Simplified characters. Raises TranscriptionError."""
        if self._waiting >= MOST_WAITING:
            raise TranscriptionError(
                "语音正忙,请稍后再发,或改用文字。 Too many recordings are waiting; please try again."
            )
        likely = await self._store.read(principal, likely_names)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._text_of, audio.data, likely)
        finally:
            self._waiting -= 1

    def _text_of(self, data: bytes, likely: str) -> str:
        samples = decode(data)
        if self._engine is None:
            self._engine = self._make_engine()
        heard = self._engine.text_of(samples, likely)
        return simplified(heard)

    def close(self) -> None:
        """Let the recording at work end, drop the others."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def simplified(heard: str) -> str:
    """What a recogniser wrote, in Simplified characters and without its blanks at both ends."""
    return normalise(heard).text.strip() if heard.strip() else ""
