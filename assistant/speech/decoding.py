"""Recordings of any supported container as mono samples at 16 kHz, with everything a hostile file could do bounded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import TranscriptionError

Samples = NDArray[np.float32]
RATE = 16_000
"""Samples a second that every engine takes."""
MOST_BYTES = 10 * 1024 * 1024
COMMAND_SECONDS = 300.0
"""Longest recording of a command, in seconds."""


@dataclass(frozen=True, slots=True)
class _Container:
    """A container by its first bytes, and the only demuxer that may open it."""

    name: str
    demuxer: str


def container_of(data: bytes) -> str | None:
    """WAV, MP3, M4A, OGG, WebM or AMR by the bytes themselves, whatever the file is called; None for anything else."""
    found = _container(data)
    return None if found is None else found.name


def _container(data: bytes) -> _Container | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return _Container("WAV", "wav")
    if data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0 and data[1] & 0x06):
        return _Container("MP3", "mp3")
    if data[4:8] == b"ftyp":
        return _Container("M4A", "mov")
    if data[:4] == b"OggS":
        return _Container("OGG", "ogg")
    if data[:4] == b"\x1a\x45\xdf\xa3":
        return _Container("WebM", "matroska")
    return _Container("AMR", "amr") if data[:6] == b"#!AMR\n" else None


def decode(data: bytes, *, most_seconds: float = COMMAND_SECONDS) -> Samples:
    """The samples of a recording, at most `most_seconds` of them, values from -1 to 1.

    Raises TranscriptionError, in the user's language, for what is too large or too long, no known container, broken,
    or without sound. Decoding stops as soon as the limit is passed, so that a small file can't become a large one.
    """
    if len(data) > MOST_BYTES:
        raise TranscriptionError(
            f"录音太大了({len(data) / 1e6:.0f} MB),最多 {MOST_BYTES // 2**20} MB;请分几段发送。"
            " The recording is too large."
        )
    container = _container(data)
    if container is None:
        raise TranscriptionError(
            "这不是能识别的录音;支持 WAV、MP3、M4A、OGG/Opus、WebM、AMR。 This is no recording of a known format."
        )
    try:
        pieces = list(_pieces(data, container.demuxer, most_seconds))
    except _TooLong as error:
        raise TranscriptionError(
            f"录音太长了,一条指令最多 {most_seconds / 60:.0f} 分钟;请分几段发送。 The recording is too long."
        ) from error
    except _Broken as error:
        raise TranscriptionError(
            f"这段 {container.name} 录音已损坏,读不出声音;请重录一次。 The recording is broken; please record it again."
        ) from error
    samples = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    if not samples.size:
        raise TranscriptionError("这段录音里没有声音;请重录一次。 There is no sound in this recording.")
    return samples


class _TooLong(Exception):
    """More was decoded than is allowed."""


class _Broken(Exception):
    """The decoder gave up."""


def _pieces(data: bytes, demuxer: str, most_seconds: float) -> Iterator[Samples]:
    import av  # loaded with the first recording: text alone needs no codec

    try:
        # The demuxer is named and everything is read from memory: no playlist, no URL, no other file is ever opened.
        with av.open(io.BytesIO(data), format=demuxer, options={"protocol_whitelist": ""}) as opened:
            if not opened.streams.audio:
                raise _Broken("no audio stream")
            left = int(most_seconds * RATE)
            for piece in _resampled(av, opened):
                left -= piece.size
                if left < 0:
                    raise _TooLong
                yield piece
    except (av.FFmpegError, ValueError, EOFError) as error:
        raise _Broken(str(error)) from error


def _resampled(av: Any, opened: Any) -> Iterator[Samples]:
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    for frame in opened.decode(audio=0):
        yield from (_samples(each) for each in resampler.resample(frame))
    yield from (_samples(each) for each in resampler.resample(None))


def _samples(frame: Any) -> Samples:
    samples: Samples = frame.to_ndarray().reshape(-1).astype(np.float32)
    return samples
