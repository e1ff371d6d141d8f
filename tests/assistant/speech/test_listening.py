"""Recordings are heard one after the other; engines, queue and repair."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from assistant.errors import TranscriptionError
from assistant.messages import Audio
from assistant.settings import Settings
from assistant.speech.engines import Endpoint, Hearing, wav_of
from assistant.speech.listening import MOST_WAITING, Listener, simplified
from assistant.speech.repair import repaired
from assistant.speech.setting_up import make_engine
from assistant.speech.weights import KNOWN, WeightsError, folder_of, verify
from crm_store.principal import Principal, Role
from intents.names import Kind, Nameable, NameIndex

ANN = Principal(user_id=1, key="ann", name="安", role=Role.REP, team=None, team_ids=(1,))
TONE = np.sin(np.arange(16_000) / 5).astype(np.float32)
SOUND = Audio(data=wav_of(TONE), media_type="audio/wav")


class Nothing:
    """A store in which nobody knows anybody."""

    async def read(self, principal: Principal, work: object) -> str:
        return ""


class Slow:
    """An engine that waits until it is let go."""

    name = "slow"

    def __init__(self) -> None:
        self.go = threading.Event()
        self.heard: list[int] = []

    def text_of(self, samples: np.ndarray, likely: str) -> str:
        self.go.wait(20)
        self.heard.append(len(samples))
        return "給遠方公司打電話"


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[bytes]]]:
    bodies: list[bytes] = []

    class Server(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            good = b"good" in bodies[-1]
            self.send_response(200 if good else 503)
            self.end_headers()
            self.wfile.write(json.dumps({"text": " 列出今天的待办 "}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1", bodies
    server.shutdown()
    thread.join()
    server.server_close()


def test_speech_becomes_simplified_text() -> None:
    engine = Slow()
    engine.go.set()
    listener = Listener(Nothing(), lambda: engine)  # type: ignore[arg-type]  # a store in which nothing is
    assert asyncio.run(listener.transcribe(SOUND, ANN)) == "给远方公司打电话"
    assert engine.heard == [len(TONE)]
    listener.close()


def test_recordings_beyond_the_queue_are_told_to_come_back_and_the_others_are_heard() -> None:
    engine = Slow()
    listener = Listener(Nothing(), lambda: engine)  # type: ignore[arg-type]  # a store in which nothing is

    async def crowd() -> list[str | BaseException]:
        sent = [asyncio.create_task(listener.transcribe(SOUND, ANN)) for _ in range(MOST_WAITING + 3)]
        await asyncio.sleep(0.05)
        engine.go.set()
        return await asyncio.gather(*sent, return_exceptions=True)

    found = asyncio.run(crowd())
    assert sum(isinstance(each, TranscriptionError) for each in found) == 3
    assert len(engine.heard) == MOST_WAITING
    listener.close()


def test_an_endpoint_gets_a_wave_file_and_the_likely_names(endpoint: tuple[str, list[bytes]]) -> None:
    url, bodies = endpoint
    assert Endpoint(url, "key", "good", Hearing()).text_of(TONE, "恒远") == "列出今天的待办"
    assert b"RIFF" in bodies[0]
    assert "恒远".encode() in bodies[0]


def test_an_endpoint_that_fails_says_what_to_do(endpoint: tuple[str, list[bytes]]) -> None:
    with pytest.raises(TranscriptionError, match="改用文字"):
        Endpoint(endpoint[0], None, "bad", Hearing()).text_of(TONE, "")


def test_without_an_engine_voice_says_how_to_get_one() -> None:
    with pytest.raises(TranscriptionError, match="请改用文字"):
        make_engine(Settings(speech_engine="none"))


def test_weights_that_are_not_there_are_named_with_the_way_to_get_them(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(WeightsError, match="models pull whisper-base"):
        folder_of("base", tmp_path)


def test_weights_of_another_content_are_not_accepted(tmp_path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / KNOWN["whisper-base"].folder
    folder.mkdir()
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes(b"{}")
    with pytest.raises(WeightsError, match="不一致"):
        verify(KNOWN["whisper-base"], tmp_path)


def test_nothing_heard_stays_nothing() -> None:
    assert simplified("  ") == ""


NAMES = NameIndex.build(
    [
        Nameable(kind=Kind.CUSTOMER, id=1, name="江阴越泽轴承有限公司", aliases=("越泽轴承",)),
        Nameable(kind=Kind.CUSTOMER, id=2, name="湖州铭钰陶瓷有限公司", aliases=("铭钰陶瓷",)),
        Nameable(kind=Kind.CUSTOMER, id=3, name="嘉善盛屿锁具有限公司", aliases=("盛屿",)),
        Nameable(kind=Kind.CUSTOMER, id=4, name="嘉兴晟宇五金有限公司", aliases=("晟宇",)),
    ]
)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("给月泽轴承打电话", "给越泽轴承打电话"),
        ("明玉陶瓷的合同发了吗", "铭钰陶瓷的合同发了吗"),
        ("圣宇那边下周去", "圣宇那边下周去"),  # two customers sound like it: left for the question
        ("今天天气不错,晚上去吃火锅", "今天天气不错,晚上去吃火锅"),
        ("越泽轴承明天来看样品", "越泽轴承明天来看样品"),
    ],
)
def test_names_are_repaired_only_where_one_is_sure_by_sound(heard: str, meant: str) -> None:
    assert repaired(heard, NAMES) == meant
