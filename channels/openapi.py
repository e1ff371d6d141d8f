"""The description of the HTTP interface, made when it is first asked for: starting up should not pay for it.

Routes refer to models by name (`refer`) and to the query of a list by `QUERY`; the models themselves are put in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

QUERY = "x-query"
"""In `openapi_extra`, the name of the model whose fields are the route's query parameters."""

_PLACE = "#/components/schemas/{model}"
_VERBS = ("get", "post", "put", "patch", "delete")


def refer(model: type[BaseModel]) -> dict[str, str]:
    """The schema that stands for a model."""
    return {"$ref": _PLACE.format(model=model.__name__)}


def describe(app: FastAPI, models: Iterable[type[BaseModel]]) -> dict[str, Any]:
    """The whole OpenAPI document; kept by the app from then on."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        known = _schemas(models)
        document.setdefault("components", {}).setdefault("schemas", {}).update(known)
        for item in document["paths"].values():
            for verb in _VERBS:
                _take_query(item.get(verb, {}), known)
        app.openapi_schema = document
    return app.openapi_schema


def _schemas(models: Iterable[type[BaseModel]]) -> dict[str, Any]:
    _, found = models_json_schema([(model, "validation") for model in models], ref_template=_PLACE)
    schemas: dict[str, Any] = found["$defs"]
    return schemas


def _take_query(operation: dict[str, Any], known: Mapping[str, Any]) -> None:
    name = operation.pop(QUERY, None)
    if name is not None:
        operation.setdefault("parameters", []).extend(_parameters(known[name]))


def _parameters(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": field.get("description", ""),
            "schema": {key: value for key, value in field.items() if key not in ("title", "description")},
        }
        for name, field in schema["properties"].items()
    ]
