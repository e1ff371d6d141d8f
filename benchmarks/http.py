"""A turn over HTTP against the bare floor (benchmarks.http_floor), in one run.

    python -m benchmarks.http [--turns 400] [--clients 32] [--world eval/worlds/demo] [--say SENTENCE]

Prints the ratio at one client (p50) and at many (throughput), that of the first byte of a stream to an empty endpoint,
the time from the start to the first answer, and the resident memory, each with its goal.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.bootstrap import SystemClock
from channels.rest.sessions import new_link
from crm_store.database import Database
from crm_store.migrations import upgrade
from crm_store.principal import SYSTEM, Origin
from crm_store.store import Store
from crm_store.world import load_world

ORIGIN = Origin(channel="bench")
HEADER_END = b"\r\n\r\n"
WARM_UP = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """Where turns are sent: host and port, path, headers."""

    port: int
    path: str
    headers: str = ""

    def request(self, say: str, number: str) -> bytes:
        """One message, with an id of its own."""
        body = json.dumps({"say": say, "message_id": number}, ensure_ascii=False).encode()
        head = f"POST {self.path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{self.headers}"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Client:
    """A keep-alive connection that does as little as possible, so that the server is what is measured."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> Client:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def send(self, request: bytes) -> bytes:
        """Send a request and give the body of the answer. Raises SystemExit unless the status is 2xx."""
        self._writer.write(request)
        head = await self._reader.readuntil(HEADER_END)
        length = int(re.search(rb"content-length: (\d+)", head, re.I)[1])  # type: ignore[index]
        body = await self._reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 2"):
            raise SystemExit(f"{head[:40]!r} {body[:300]!r}")
        return body

    async def first_byte(self, request: bytes) -> float:
        """Seconds until the body of a streamed answer begins; the rest is read, too."""
        began = time.perf_counter()
        self._writer.write(request)
        await self._reader.readuntil(HEADER_END)
        await self._reader.readexactly(1)
        took = time.perf_counter() - began
        await self._reader.readuntil(b"0\r\n\r\n")
        return took


async def one_client(target: Target, say: str, turns: int, inside: list[float] | None = None) -> list[float]:
    """The latencies of turns one after the other, in seconds; `inside` gets what the service says of each, in ms."""
    async with Client(target.port) as client:
        took = []
        for number in range(turns + WARM_UP):
            began = time.perf_counter()
            answer = await client.send(target.request(say, f"one-{number}-{time.time_ns()}"))
            took.append(time.perf_counter() - began)
            if inside is not None:
                inside.append(json.loads(answer)["latency_ms"])
        return took[WARM_UP:]


async def many_clients(targets: Sequence[Target], say: str, turns: int) -> tuple[float, list[float]]:
    """Turns a second of one client for each target, and the latencies in seconds."""
    began = time.perf_counter()
    took = await asyncio.gather(*(one_client(target, say, turns) for target in targets))
    return len(targets) * (turns + WARM_UP) / (time.perf_counter() - began), [each for one in took for each in one]


async def first_bytes(target: Target, say: str, turns: int) -> float:
    """The median time to the first byte of a stream, in seconds."""
    async with Client(target.port) as client:
        return statistics.median([await client.first_byte(target.request(say, f"sse-{n}")) for n in range(turns)])


async def empties(port: int, turns: int, path: str = "/empty") -> float:
    """The median time of an endpoint that does nothing, in seconds."""
    async with Client(port) as client:
        took = []
        for _ in range(turns):
            began = time.perf_counter()
            await client.send(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
            took.append(time.perf_counter() - began)
        return statistics.median(took)


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """The assistant being served: conversations to talk in, and how it started."""

    targets: tuple[Target, ...]
    pid: int
    first_answer: float

    def resident(self) -> float:
        """Resident memory in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


@contextmanager
def served(command: Sequence[str], environment: dict[str, str]) -> Iterator[tuple[int, int, float]]:
    """Run a server until the context ends; gives its port, its process id and when it was started."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **environment}
    )
    assert process.stdout is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert found is not None, "the server did not start"
        yield int(found[1]), process.pid, began
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def assistant(folder: Path, world: Path, user: str, clients: int, say: str) -> Iterator[Service]:
    """The assistant on a fresh store with the world, and a conversation for each client."""
    url = f"sqlite:///{folder / 'store.db'}"
    token = filled(url, json.loads((world / "world.json").read_text(encoding="utf-8")), user)
    command = [str(Path(sys.executable).parent / "sales-assistant"), "serve", "--port", "0"]
    environment = {
        "SALES_ASSISTANT_DATABASE_URL": url,
        "SALES_ASSISTANT_PLANNER": "embedded",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    with served(command, environment) as (port, _, _):  # compiles the sources, as installing does
        asyncio.run(empties(port, 1, "/healthz"))
    with served(command, environment) as (port, pid, began):
        headers = asyncio.run(signed_in(port, token))
        (first,) = asyncio.run(conversations(port, headers, 1))
        asyncio.run(one_client_once(first, say))
        first_answer = time.perf_counter() - began
        targets = asyncio.run(conversations(port, headers, clients))
        yield Service(targets=tuple(targets), pid=pid, first_answer=first_answer)


def filled(url: str, world: dict[str, Any], user: str) -> str:
    """Make the store and give the token of a sign-in link."""
    upgrade(url)
    store = Store(Database(url), SystemClock())
    store.write_now(SYSTEM, ORIGIN, lambda uow: load_world(uow, world))
    link = store.write_now(SYSTEM, ORIGIN, lambda uow: new_link(uow, user))
    store.close()
    assert link is not None, f"no user {user}"
    return link.partition("token=")[2]


async def signed_in(port: int, token: str) -> str:
    """Exchange a link's token; gives the header of a signed-in client."""
    async with Client(port) as client:
        answer = await client.send(posted("/api/v1/sign-in", {"token": token, "session": "bearer"}))
        return f"Authorization: Bearer {json.loads(answer)['token']}\r\n"


async def conversations(port: int, headers: str, count: int) -> list[Target]:
    """Start as many conversations."""
    async with Client(port) as client:
        made = [json.loads(await client.send(posted("/api/v1/conversations", {}, headers))) for _ in range(count)]
    return [Target(port=port, path=f"/api/v1/conversations/{each['id']}/messages", headers=headers) for each in made]


def posted(path: str, value: dict[str, Any], headers: str = "") -> bytes:
    """A request with a JSON body."""
    body = json.dumps(value).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{headers}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def one_client_once(target: Target, say: str) -> None:
    """One turn; prints what was made of it, so that a run that measures misunderstandings is seen."""
    async with Client(target.port) as client:
        turn = json.loads(await client.send(target.request(say, "first")))
        show(f"{say} → {turn['outcome']}: {turn['headline']}")


def measure(service: Service, floor: int, options: argparse.Namespace) -> None:
    """Measure and print, floor and service in turns."""
    bare = Target(port=floor, path="/turn")
    ours: list[float] = []
    floors: list[float] = []
    inside: list[float] = []
    for _ in range(4):
        floors += asyncio.run(one_client(bare, options.say, options.turns // 4))
        ours += asyncio.run(one_client(service.targets[0], options.say, options.turns // 4, inside))
    a, b = statistics.median(ours) * 1000, statistics.median(floors) * 1000
    note = f"{a:.2f} ms, the turn itself {statistics.median(inside):.2f} ms, against {b:.2f} ms"
    judged("turn, one client, p50", a / b, "≤ 2.5", a / b <= 2.5, note)

    each = max(options.turns // options.clients, 10)
    floor_rate, _ = asyncio.run(many_clients([bare] * options.clients, options.say, each))
    rate, took = asyncio.run(many_clients(service.targets, options.say, each))
    p99 = statistics.quantiles(took, n=100)[98] * 1000
    note = f"{rate:.0f}/s against {floor_rate:.0f}/s, p99 {p99:.0f} ms"
    judged(f"throughput, {options.clients} clients", rate / floor_rate, "≥ 0.4", rate / floor_rate >= 0.4, note)

    stream = Target(
        **{**_fields(service.targets[0]), "headers": f"{service.targets[0].headers}Accept: text/event-stream\r\n"}
    )
    first, empty = asyncio.run(first_bytes(stream, options.say, 100)), asyncio.run(empties(floor, 300))
    note = f"{first * 1000:.2f} ms against {empty * 1000:.2f} ms"
    judged("first byte of a stream", first / empty, "≤ 5", first / empty <= 5, note)

    judged("start to first answer, s", service.first_answer, "≤ 3", service.first_answer <= 3, "store and files warm")
    judged("resident memory, MB", service.resident(), "≤ 300", service.resident() <= 300, "after the turns above")


def _fields(target: Target) -> dict[str, Any]:
    return {"port": target.port, "path": target.path}


def judged(what: str, value: float, goal: str, met: bool, note: str) -> None:
    """Print one figure with its goal."""
    show(f"{'ok  ' if met else 'MISS'} {what:<28} {value:8.2f}  goal {goal:<6} ({note})")


def show(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=400)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--world", type=Path, default=Path("eval/worlds/demo"))
    parser.add_argument("--user", default="zhangwei")
    parser.add_argument("--say", default="下周三下午三点提醒我给远景能源打电话")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        floor = [sys.executable, "-m", "benchmarks.http_floor", str(Path(name) / "floor.db")]
        with (
            assistant(Path(name), options.world, options.user, options.clients, options.say) as service,
            served(floor, {}) as (port, _, _),
        ):
            measure(service, port, options)


if __name__ == "__main__":
    main()
