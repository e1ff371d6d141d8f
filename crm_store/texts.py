"""Which texts a database can hold, and the one way our JSON is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import pydantic_core

from crm_store.errors import UnstorableText

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def is_storable(text: str) -> bool:
    """Whether both databases keep `text` as it is: PostgreSQL refuses NUL, and half a surrogate pair has no UTF-8."""
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_parameters(parameters: Any) -> None:
    """Raise UnstorableText for a parameter that can't be stored; `parameters` is one row or a list."""
    for row in parameters if isinstance(parameters, list) else (parameters,):
        for value in row.values() if isinstance(row, dict) else row or ():
            if isinstance(value, str) and not is_storable(value):
                raise UnstorableText


def check_nul(values: Iterable[Any]) -> None:
    """The same for one row on its way to a driver that refuses half surrogate pairs itself."""
    for value in values:
        if value.__class__ is str and "\x00" in value:
            raise UnstorableText


class Json(str):
    """A value that `to_json` has made JSON of; it is stored as it is, in as many places as need it."""

    __slots__ = ()


def to_json(value: Any) -> str:
    """JSON with readable characters, so that LIKE finds Chinese in it. Raises UnstorableText."""
    if value.__class__ is Json:
        return str(value)
    try:
        text = pydantic_core.to_json(value, inf_nan_mode="constants").decode()
    except (pydantic_core.PydanticSerializationError, UnicodeEncodeError):
        text = _ENCODER.encode(value)  # says what is wrong with it
        if not is_storable(text):
            raise UnstorableText from None
    if "\\u0000" in text and _holds_nul(value):
        raise UnstorableText
    return text


def from_json(text: str) -> Any:
    """What `to_json` wrote; most of the lists and objects of records are empty."""
    return [] if text == "[]" else {} if text == "{}" else json.loads(text)


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_holds_nul(key) or _holds_nul(item) for key, item in value.items())
    return isinstance(value, list | tuple) and any(_holds_nul(item) for item in value)
