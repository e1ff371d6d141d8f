"""Engines that make text of samples, behind one verb; each loads its weights with the first recording."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from assistant.errors import TranscriptionError
from assistant.speech.decoding import RATE, Samples
from assistant.speech.weights import WeightsError, folder_of

MANDARIN = "以下是普通话的句子。"
"""A prompt in Simplified characters makes Whisper write them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hearing:
    """How an engine listens: beam width, threads, language (an ISO 639-1 code; None: the engine finds out)."""

    beam: int = 5
    threads: int = 2
    language: str | None = "zh"


class Engine(Protocol):
    """Makes text of speech; called from one thread at a time."""

    name: str

    def text_of(self, samples: Samples, likely: str) -> str:
        """What was said. `likely` are names that may occur, most likely first. Raises TranscriptionError."""
        ...


class FasterWhisper:
    """CTranslate2 on int8: the fast default."""

    def __init__(self, model: str, folder: Path, hearing: Hearing) -> None:
        self.name = f"faster-whisper/{model}"
        self._model_name, self._folder, self._hearing = model, folder, hearing

    @cached_property
    def _model(self) -> Any:
        try:
            from faster_whisper import WhisperModel
        except ImportError as error:
            raise TranscriptionError(
                "语音识别没有安装:pip install 'sales-assistant[voice]';文字功能不受影响。"
                " Speech recognition is not installed."
            ) from error
        try:
            where = folder_of(self._model_name, self._folder)
        except WeightsError as error:
            raise TranscriptionError(str(error)) from error
        return WhisperModel(str(where), device="cpu", compute_type="int8", cpu_threads=self._hearing.threads)

    def text_of(self, samples: Samples, likely: str) -> str:
        """What was said, silence left out."""
        segments, _ = self._model.transcribe(
            samples,
            language=self._hearing.language,
            beam_size=self._hearing.beam,
            vad_filter=True,
            condition_on_previous_text=False,
            initial_prompt=MANDARIN if self._hearing.language == "zh" else None,
            hotwords=likely or None,
        )
        return "".join(segment.text for segment in segments).strip()


class OpenAiWhisper:
    """openai-whisper on PyTorch: a model's name or a local checkpoint."""

    def __init__(self, model: str, folder: Path, hearing: Hearing) -> None:
        self.name = f"openai-whisper/{model}"
        self._model_name, self._folder, self._hearing = model, folder, hearing

    @cached_property
    def _model(self) -> Any:
        try:
            import torch
            import whisper
        except ImportError as error:
            raise TranscriptionError(
                "openai-whisper 没有安装:pip install 'sales-assistant[whisper]'。 openai-whisper is not installed."
            ) from error
        torch.set_num_threads(self._hearing.threads)
        try:
            return whisper.load_model(self._model_name, device="cpu", download_root=str(self._folder / "openai"))
        except (RuntimeError, OSError) as error:
            raise TranscriptionError(
                f"语音模型「{self._model_name}」读不出来:请给出 whisper 的模型名或本地检查点。"
                f" The model cannot be loaded: {error}"
            ) from error

    def text_of(self, samples: Samples, likely: str) -> str:
        """What was said."""
        found = self._model.transcribe(
            samples,
            language=self._hearing.language,
            beam_size=self._hearing.beam if self._hearing.beam > 1 else None,
            fp16=False,
            condition_on_previous_text=False,
            initial_prompt=f"{MANDARIN}{likely}" if self._hearing.language == "zh" else likely or None,
        )
        return str(found["text"]).strip()


class Endpoint:
    """Any OpenAI-compatible `/audio/transcriptions`."""

    def __init__(self, base_url: str, key: str | None, model: str, hearing: Hearing) -> None:
        self.name = f"endpoint/{model}"
        self._url = f"{base_url.rstrip('/')}/audio/transcriptions"
        self._key, self._model, self._hearing = key, model, hearing

    def text_of(self, samples: Samples, likely: str) -> str:
        """What was said, as the endpoint has it."""
        import httpx  # it brings a command line of its own, an eighth of the start

        fields = {"model": self._model, "response_format": "json", "prompt": likely}
        if self._hearing.language is not None:
            fields["language"] = self._hearing.language
        try:
            answer = httpx.post(
                self._url,
                data=fields,
                files={"file": ("speech.wav", wav_of(samples), "audio/wav")},
                headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
                timeout=httpx.Timeout(60, connect=5),
            )
            answer.raise_for_status()
            return str(answer.json()["text"]).strip()
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise TranscriptionError(
                f"语音识别服务没有给出结果({type(error).__name__}),请稍后再试或改用文字。"
                " The speech service gave no answer."
            ) from error


def wav_of(samples: Samples) -> bytes:
    """16-bit WAV of samples at 16 kHz."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()
