"""The seam for speech: something that makes text of recorded audio."""

from __future__ import annotations

from typing import Protocol

from assistant.errors import TranscriptionError
from assistant.messages import Audio
from crm_store.principal import Principal


class Transcriber(Protocol):
    """Makes text of speech, biased towards what the principal could mean."""

    async def transcribe(self, audio: Audio, principal: Principal) -> str:
        """The words. Raises TranscriptionError."""
        ...


class NoTranscriber:
    """What stands in where no speech engine is set up: text goes on working, voice says what to do."""

    async def transcribe(self, audio: Audio, principal: Principal) -> str:
        """Always raises TranscriptionError with the way out."""
        raise TranscriptionError("语音识别还没有安装,请改用文字。 Speech recognition is not set up here; please type.")
