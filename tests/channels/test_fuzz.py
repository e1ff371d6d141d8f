"""Requests made up from the interface's own description: none may break the service."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from channels.problems import PROBLEMS
from tests.channels.conftest import House

EXAMPLES = 3


@pytest.mark.slow
def test_no_request_of_the_described_shape_breaks_the_service(house: House) -> None:
    client = house.bearer("root")
    broken: list[tuple[str, str, int]] = []

    def send(case: Any) -> None:
        wanted = case.as_transport_kwargs(base_url="http://127.0.0.1")
        headers = {**client.headers, "Content-Type": "application/json"}
        query, body = wanted.get("params"), wanted.get("json")
        answer = client.request(wanted["method"], wanted["url"], params=query, json=body, headers=headers)
        unknown = answer.status_code >= 400 and answer.json()["code"] not in PROBLEMS
        if answer.status_code >= 500 or unknown:
            broken.append((case.method, case.path, answer.status_code))

    document = schemathesis.openapi.from_asgi("/openapi.json", house.app)
    for found in document.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]
        if operation.path != "/api/v1/sign-out":
            _examples(operation, send)
    assert broken == []


def _examples(operation: Any, send: Any) -> None:
    patient = settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    patient(given(case=operation.as_strategy())(lambda case: send(case)))()
