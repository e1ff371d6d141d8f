"""Recordings of every container become samples; hostile and broken files are refused in clear words."""

from __future__ import annotations

import io
from typing import Any

import av
import numpy as np
import pytest

from assistant.errors import TranscriptionError
from assistant.speech.decoding import MOST_BYTES, RATE, container_of, decode

FORMATS = (
    ("WAV", "wav", "pcm_s16le", 44_100),
    ("MP3", "mp3", "libmp3lame", 44_100),
    ("M4A", "ipod", "aac", 44_100),
    ("OGG", "ogg", "libopus", 48_000),
    ("WebM", "webm", "libopus", 48_000),
    ("AMR", "amr", "libopencore_amrnb", 8_000),
)


def recording(muxer: str, codec: str, rate: int, seconds: float) -> bytes:
    """A tone of 440 Hz in a container."""
    out = io.BytesIO()
    with av.open(out, "w", format=muxer) as file:
        stream: Any = file.add_stream(codec, rate=rate, layout="mono")
        if codec == "libopencore_amrnb":
            stream.bit_rate = 12_200
        tone = np.sin(np.arange(int(rate * seconds)) * 2 * np.pi * 440 / rate) * 0.5
        step = stream.codec_context.frame_size or 1024
        for begin in range(0, len(tone), step):
            piece = (tone[begin : begin + step] * 32767).astype(np.int16).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
            frame.sample_rate, frame.pts = rate, begin
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.parametrize(("name", "muxer", "codec", "rate"), FORMATS)
def test_every_container_is_known_by_its_bytes_and_decoded(name: str, muxer: str, codec: str, rate: int) -> None:
    data = recording(muxer, codec, rate, 1.0)
    samples = decode(data)
    assert container_of(data) == name
    assert samples.dtype == np.float32
    assert abs(len(samples) / RATE - 1.0) < 0.15
    assert 0.2 < float(np.abs(samples).max()) <= 1.01


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello, this is no sound",
        b"#EXTM3U\nhttp://127.0.0.1/stream.mp3\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
    ],
)
def test_what_is_no_recording_is_refused(data: bytes) -> None:
    with pytest.raises(TranscriptionError, match="不是能识别的录音"):
        decode(data)


@pytest.mark.parametrize(("name", "muxer", "codec", "rate"), FORMATS)
def test_a_recording_cut_to_its_head_is_called_broken_or_empty(name: str, muxer: str, codec: str, rate: int) -> None:
    head = recording(muxer, codec, rate, 0.5)[:16]
    with pytest.raises(TranscriptionError, match=r"损坏|没有声音|不是能识别"):
        decode(head)


def test_a_recording_of_more_bytes_than_allowed_is_not_even_opened() -> None:
    with pytest.raises(TranscriptionError, match="太大"):
        decode(b"RIFF" + bytes(MOST_BYTES))


def test_decoding_stops_when_a_small_file_grows_too_long() -> None:
    silence = io.BytesIO()
    with av.open(silence, "w", format="ogg") as file:
        stream: Any = file.add_stream("libopus", rate=48_000, layout="mono")
        for i in range(50 * 20):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 960), np.int16), format="s16", layout="mono")
            frame.sample_rate, frame.pts = 48_000, i * 960
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    data = silence.getvalue()
    assert len(data) < 20_000
    assert abs(len(decode(data, most_seconds=25)) / RATE - 20) < 0.1
    with pytest.raises(TranscriptionError, match="太长"):
        decode(data, most_seconds=10)
