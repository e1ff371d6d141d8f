"""The commands of the channels."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from channels import cli
from channels.cli import _links, address
from crm_store.principal import SYSTEM
from tests.channels.conftest import ORIGIN, House

PROGRAM = Path(sys.executable).parent / "sales-assistant"


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("crm.example", "http://crm.example:80"),
    ],
)
def test_the_address_is_one_that_can_be_opened(host: str, shown: str) -> None:
    assert address(host, 80) == shown


def test_a_new_store_gives_links_for_a_rep_and_a_manager_once(house: House) -> None:
    store = house.runtime.store
    first = store.write_now(SYSTEM, ORIGIN, lambda uow: _links(uow, always=False))
    again = store.write_now(SYSTEM, ORIGIN, lambda uow: _links(uow, always=False))
    asked = store.write_now(SYSTEM, ORIGIN, lambda uow: _links(uow, always=True))
    assert [(role, name) for role, name, _ in first] == [("销售", "何青"), ("经理", "范蕾")]
    assert again == []
    assert len(asked) == 2


def test_a_link_is_made_for_a_user(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALES_ASSISTANT_DATABASE_URL", house.runtime.settings.database_url)
    made = CliRunner().invoke(cli.app, ["signin-link", "heqing", "--base-url", "https://crm.example/"])
    found = re.fullmatch(r"https://crm\.example/signin\?token=(\S+)\n", made.stdout)
    assert found is not None
    assert house.client().post("/api/v1/sign-in", json={"token": found[1]}).status_code == 200


@pytest.mark.parametrize("arguments", [["signin-link", "nobody"], ["chat", "--user", "nobody"]])
def test_an_unknown_user_is_told(house: House, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.setenv("SALES_ASSISTANT_DATABASE_URL", house.runtime.settings.database_url)
    ended = CliRunner().invoke(cli.app, arguments)
    assert ended.exit_code == 1
    assert "nobody" in ended.stderr


@pytest.mark.parametrize("arguments", [["signin-link", "heqing"], ["chat", "--user", "heqing"]])
def test_a_store_that_was_never_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("SALES_ASSISTANT_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    ended = CliRunner().invoke(cli.app, arguments)
    assert ended.exit_code == 1
    assert "sales-assistant migrate" in ended.stderr


@pytest.mark.slow
def test_serving_prints_where_and_answers_there(house: House) -> None:
    environment = {**os.environ, "SALES_ASSISTANT_DATABASE_URL": house.runtime.settings.database_url}
    with subprocess.Popen(
        [str(PROGRAM), "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        found = re.search(r"http://\S+", lines[0])
        assert found is not None
        assert httpx.get(f"{found[0]}/readyz", timeout=30).json()["status"] == "ok"
        token = lines[1].rpartition("token=")[2].strip()
        signed_in = httpx.post(f"{found[0]}/api/v1/sign-in", json={"token": token}, timeout=30)
        assert signed_in.json()["user"]["name"] == "何青"
        process.terminate()
        assert process.wait(timeout=30) == 0
        assert process.stderr is not None
        assert token not in process.stderr.read()


@pytest.mark.slow
def test_a_port_that_is_taken_is_told_without_a_trace(house: House) -> None:
    import socket

    environment = {**os.environ, "SALES_ASSISTANT_DATABASE_URL": house.runtime.settings.database_url}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [str(PROGRAM), "serve", "--port", port], capture_output=True, text=True, env=environment, check=False
        )
    assert ended.returncode == 1
    assert port in ended.stderr
    assert "Traceback" not in ended.stderr
