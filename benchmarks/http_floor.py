"""The bare floor a turn over HTTP is held to: FastAPI and sqlite3, the same durable work and nothing else.

One read, five inserts, one commit with synchronous=FULL; `python -m benchmarks.http_floor DATABASE` prints its address.
"""

from __future__ import annotations

import socket
import sqlite3
import sys
import time

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

TABLES = ("messages", "answers", "inbox", "changes", "entries")


class Message(BaseModel):
    """What comes in."""

    say: str
    message_id: str


def create_app(path: str) -> FastAPI:
    """An app with one durable endpoint, and one that does nothing."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)")
    connection.execute("INSERT INTO customers (name) VALUES ('远景能源有限公司')")
    for table in TABLES:
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, message_id TEXT, text TEXT, at REAL)")
    app = FastAPI()

    @app.post("/turn")
    async def turn(message: Message) -> dict[str, object]:
        connection.execute("BEGIN IMMEDIATE")
        (name,) = connection.execute("SELECT name FROM customers WHERE id = 1").fetchone()
        row = (message.message_id, message.say, time.time())
        for table in TABLES:
            connection.execute(f"INSERT INTO {table} (message_id, text, at) VALUES (?, ?, ?)", row)
        connection.execute("COMMIT")
        return {"reply": name, "message_id": message.message_id}

    @app.get("/empty")
    async def empty() -> dict[str, str]:
        return {}

    return app


def main() -> None:
    """Serve on a free port."""
    listening = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(create_app(sys.argv[1]), loop="uvloop", http="httptools", access_log=False, log_config=None)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
