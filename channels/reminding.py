"""The loop that turns due tasks into reminders while the service runs."""

from __future__ import annotations

import asyncio

from channels.logs import events
from channels.service import Service
from crm_store.errors import StoreError
from crm_store.principal import SYSTEM, Origin
from crm_store.reminders import AT_ONCE, remind
from crm_store.unit_of_work import UnitOfWork

log = events("channels.reminding")


async def keep_reminding(service: Service) -> None:
    """Look for due tasks every `reminder_seconds`, for ever. A store that is away is tried again the next time."""
    while True:
        found = await remind_once(service)
        if found < AT_ONCE:
            await asyncio.sleep(service.runtime.settings.reminder_seconds)


async def remind_once(service: Service) -> int:
    """Make what has fallen due into reminders; gives how many are new."""
    try:
        found = await service.runtime.store.write(SYSTEM, Origin(channel="reminders"), _work)
    except StoreError:
        log.warning("no reminders: the store is unavailable")
        return 0
    if found:
        service.metrics.reminded(found)
        log.info("reminders", count=found)
    return found


def _work(uow: UnitOfWork) -> int:
    return remind(uow)
