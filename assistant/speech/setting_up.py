"""From settings to what hears: the engine that is asked for, or the best that is there."""

from __future__ import annotations

from importlib.util import find_spec

from assistant.errors import TranscriptionError
from assistant.settings import Settings
from assistant.speech.engines import Endpoint, Engine, FasterWhisper, Hearing, OpenAiWhisper
from assistant.speech.weights import models_folder


def make_engine(settings: Settings) -> Engine:
    """The engine of the settings; nothing is loaded yet. Raises TranscriptionError where there is none."""
    hearing = Hearing(
        beam=settings.speech_beam, threads=settings.speech_threads, language=settings.speech_language or None
    )
    folder = models_folder(settings.models)
    engine = _available() if settings.speech_engine == "auto" else settings.speech_engine
    if engine == "faster-whisper":
        return FasterWhisper(settings.speech_model, folder, hearing)
    if engine == "openai-whisper":
        return OpenAiWhisper(settings.speech_model.removeprefix("whisper-"), folder, hearing)
    if engine == "endpoint" and settings.speech_base_url:
        key = settings.speech_api_key.get_secret_value() if settings.speech_api_key else None
        return Endpoint(settings.speech_base_url, key, settings.speech_model, hearing)
    raise TranscriptionError(
        "语音识别还没有安装,请改用文字;安装: pip install 'sales-assistant[voice]',再运行 sales-assistant models pull "
        "whisper-base。 Speech recognition is not set up here; please type."
    )


def _available() -> str:
    installed = (("faster-whisper", "faster_whisper"), ("openai-whisper", "whisper"))
    return next((name for name, module in installed if find_spec(module) is not None), "none")
