"""Settings that belong to the data, not to the process: seller's name, time zone, unknown world keys."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, bindparam, delete, insert, select

from crm_store.prepared import prepared
from crm_store.schema import settings

DEFAULT_TIMEZONE = "Asia/Shanghai"


def _one_setting() -> Select[Any]:
    return select(settings.c.value).where(settings.c.key == bindparam("key"))


class StoreSettings:
    """Key and value pairs of the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`, or `default`."""
        rows = prepared(self._connection, "setting", _one_setting).rows(self._connection, {"key": key})
        return rows[0][0] if rows else default

    def put(self, key: str, value: Any) -> None:
        """Set `key`; the value is JSON."""
        self._connection.execute(delete(settings).where(settings.c.key == key))
        self._connection.execute(insert(settings), {"key": key, "value": value})

    @cached_property
    def timezone(self) -> ZoneInfo:
        """The time zone in which people speak and reports are made."""
        return ZoneInfo(self.get("timezone", DEFAULT_TIMEZONE))
