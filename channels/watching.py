"""The loop that takes documents in from a watched folder while the service runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

from channels.logs import events
from channels.service import Service
from crm_store.collateral.intake import NOTHING_SEEN, REFUSED, STORED, Difference, Taken, Watched, difference, store
from crm_store.errors import StoreError
from crm_store.principal import SYSTEM, Origin
from crm_store.unit_of_work import UnitOfWork

log = events("channels.watching")


async def keep_watching(service: Service, folder: Path) -> None:
    """Look at the folder every `collateral_seconds`, for ever. A store that is away is tried again the next time."""
    seen = NOTHING_SEEN
    while True:
        seen = await watch_once(service, folder, seen)
        await asyncio.sleep(service.runtime.settings.collateral_seconds)


async def watch_once(service: Service, folder: Path, seen: Watched) -> Watched:
    """Take in what changed since `seen`; gives what is seen now. A file that can't be read is named in the log."""
    try:
        found = await asyncio.to_thread(difference, folder, seen)
        taken = await service.runtime.store.write(SYSTEM, Origin(channel="folder"), lambda uow: _work(uow, found))
    except (OSError, StoreError) as error:
        log.warning("the collateral folder is tried again later", kind=type(error).__name__)
        return seen
    for each in taken:
        if each.status == REFUSED:
            log.warning("document refused", file=each.path, reason=each.reason)
    count = sum(each.status == STORED for each in taken)
    if count or found.gone:
        log.info("collateral", stored=count, gone=len(found.gone))
    return found.now


def _work(uow: UnitOfWork, found: Difference) -> list[Taken]:
    for path in found.gone:
        uow.documents.remove(path)
    return store(uow.documents, found.changed)
