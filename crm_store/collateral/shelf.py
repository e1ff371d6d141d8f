"""The index that goes with a store's documents: built when they change, kept in memory and, when large, in a file."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

from crm_store.collateral.formats.reading import UnreadableDocument, read_document
from crm_store.collateral.index import CollateralIndex, Prepared, assemble, prepare
from crm_store.collateral.storage import VERSION, UnreadableIndex, load, save
from crm_store.documents import Documents

_log = logging.getLogger(__name__)
KEPT = 4
PASSAGES_KEPT = 12_000
"""Passages whose terms are kept, so that a new document doesn't have all others read again; some 5 kB each."""
WORTH_A_FILE = 400
"""Documents from which the index is also written to disk; fewer are built faster than read."""


class Shelf:
    """Indexes by the hash of what they were built from: the same documents in two stores share one."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._indexes: OrderedDict[str, CollateralIndex] = OrderedDict()
        self._parts: OrderedDict[tuple[str, str], Prepared] = OrderedDict()
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
        index = assemble(self._prepared(documents))
        if file is not None:
            save(index, file, key=key)
        return index

    def _prepared(self, documents: Documents) -> list[Prepared]:
        """The documents cut and read; those that were on the shelf before are not read again."""
        current: OrderedDict[tuple[str, str], Prepared] = OrderedDict()
        for path, digest in sorted(documents.digests().items()):
            part = self._parts.get((path, digest)) or _read(documents, path)
            if part is not None:
                current[path, digest] = part
        self._parts.update(current)
        while sum(len(part.texts) for part in self._parts.values()) > PASSAGES_KEPT and len(self._parts) > 1:
            self._parts.popitem(last=False)
        return list(current.values())


def key_of(digests: Mapping[str, str]) -> str:
    """The hash of paths and contents, and of this version of the indexing."""
    return hashlib.sha256(json.dumps([VERSION, sorted(digests.items())]).encode()).hexdigest()


def _read(documents: Documents, path: str) -> Prepared | None:
    """One document; None, with a line in the log, where it can't be read."""
    document = documents.get(path)
    if document is None:
        return None
    try:
        return prepare(read_document(document.path, document.content))
    except UnreadableDocument as error:
        _log.warning("collateral document %d can't be read: %s", document.id, error)
        return None


_SHELF = Shelf()  # remembers a pure function of the documents' content; nothing depends on what is on it


def collateral_of(documents: Documents) -> CollateralIndex:
    """The index of a store's documents, from memory where they haven't changed."""
    return _SHELF.index_of(documents)
