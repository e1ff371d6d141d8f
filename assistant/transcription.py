"""The seam for speech: something that makes text of recorded audio."""

from __future__ import annotations

from typing import Protocol

from assistant.messages import Audio
from crm_store.principal import Principal


class Transcriber(Protocol):
    """Makes text of speech, biased towards what the principal could mean."""

    async def transcribe(self, audio: Audio, principal: Principal) -> str:
        """The words. Raises TranscriptionError."""
        ...
