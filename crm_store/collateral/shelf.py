"""The index that goes with a store's documents: built when they change, kept in memory and, when large, in a file."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

from crm_store.collateral.formats.reading import Parsed, UnreadableDocument, read_document
from crm_store.collateral.index import CollateralIndex, build_index
from crm_store.collateral.storage import VERSION, UnreadableIndex, load, save
from crm_store.documents import Document, Documents

_log = logging.getLogger(__name__)
KEPT = 4
WORTH_A_FILE = 400
"""Documents from which the index is also written to disk; fewer are built faster than read."""


class Shelf:
    """Indexes by the hash of what they were built from: the same documents in two stores share one."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._indexes: OrderedDict[str, CollateralIndex] = OrderedDict()
        self._lock = threading.Lock()

    def index_of(self, documents: Documents, beside: Path | None = None) -> CollateralIndex:
        """The index of a store's documents; `beside` is the file where a large one is kept."""
        digests = documents.digests()
        key = key_of(digests)
        with self._lock:
            index = self._indexes.get(key)
            if index is None:
                index = self._made(key, documents, beside if len(digests) >= WORTH_A_FILE else None)
                self._indexes[key] = index
            self._indexes.move_to_end(key)
            while len(self._indexes) > self._kept:
                self._indexes.popitem(last=False)
            return index

    def _made(self, key: str, documents: Documents, file: Path | None) -> CollateralIndex:
        if file is not None and file.exists():
            try:
                return load(file, key=key)
            except UnreadableIndex as error:
                _log.info("collateral index is built again: %s", error)
        index = build_index(readable(documents.all()))
        if file is not None:
            save(index, file, key=key)
        return index


def key_of(digests: Mapping[str, str]) -> str:
    """The hash of paths and contents, and of this version of the indexing."""
    return hashlib.sha256(json.dumps([VERSION, sorted(digests.items())]).encode()).hexdigest()


def readable(documents: list[Document]) -> list[Parsed]:
    """The documents that can be read; the others are left out, with a line in the log."""
    found = []
    for document in documents:
        try:
            found.append(read_document(document.path, document.content))
        except UnreadableDocument as error:
            _log.warning("collateral document %d can't be read: %s", document.id, error)
    return found


_SHELF = Shelf()  # remembers a pure function of the documents' content; nothing depends on what is on it


def collateral_of(documents: Documents) -> CollateralIndex:
    """The index of a store's documents, from memory where they haven't changed."""
    return _SHELF.index_of(documents)
