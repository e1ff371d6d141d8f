"""A small made-up CRM for the tools' tests: two teams, a few customers, what hangs on them; its clock stands still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from crm_store.database import Database
from crm_store.principal import SYSTEM, Origin, Principal
from crm_store.schema import metadata
from crm_store.store import Store, principal_of
from crm_store.unit_of_work import UnitOfWork
from tools.base import Tool, ToolContext, View
from tools.cards import Answer, card_text

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)  # a Wednesday
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Frozen:
    """A clock that stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        """The present, aware."""
        return self.at


def at(month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2026) -> datetime:
    """A time of the test world."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ran:
    """What one tool call gave: the answer in one language, and the audited changes (`Change`s of any record)."""

    answer: Answer
    changes: tuple[Any, ...]
    result: Any

    @property
    def text(self) -> str:
        """The whole answer as a channel with text alone shows it."""
        return "\n".join([self.answer.text, *(card_text(card) for card in self.answer.cards)])

    @property
    def only(self) -> Any:
        """The one change; fails where there are none or several."""
        (change,) = self.changes
        return change

    def kinds(self) -> list[tuple[str, str]]:
        """Op and record type of each change."""
        return [(change.op, change.record_type) for change in self.changes]


@dataclass
class World:
    """The store, and the ids of its records by a short name."""

    store: Store
    ids: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.ids[name]

    def principal(self, key: str) -> Principal:
        """A user of the world."""
        found = self.store.read_now(SYSTEM, lambda uow: principal_of(uow.users, uow.users.by_key(key)))
        assert found is not None
        return found

    def run(self, tool: Tool, *, by: str = "lin", language: str = "zh", **args: Any) -> Ran:
        """Call a tool as a user and show its result."""
        who = self.principal(by)

        def work(uow: UnitOfWork) -> Ran:
            view = View(language=language, zone=ZONE, now=uow.now)
            result = tool.function(ToolContext(crm=uow, view=view), tool.args(**args))
            return Ran(answer=result.render(view), changes=tuple(uow.audit.changes), result=result)

        return self.store.write_now(who, Origin(channel="test"), work)

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Look into the store as the system."""
        return self.store.read_now(SYSTEM, work)

    def get(self, record_type: str, name: str) -> Any:
        """A record as it now stands, None where it is deleted."""
        return self.read(lambda uow: uow.repository(record_type).get(self.ids[name]))

    def add(self, key: str, record_type: str, /, **fields: Any) -> int:
        """Add one more record, as the system."""
        self.ids[key] = self.store.write_now(
            SYSTEM, Origin(channel="test"), lambda uow: int(uow.repository(record_type).add(**fields).id)
        )
        return self.ids[key]


def build_world(url: str) -> dict[str, int]:
    """Make the world in an empty database; the ids of its records by a short name."""
    database = Database(url)
    metadata.create_all(database.engine)
    store = Store(database, Frozen())
    ids: dict[str, int] = {}
    store.write_now(SYSTEM, Origin(channel="test"), lambda uow: _fill(uow, ids))
    store.close()
    return ids


def open_world(url: str, ids: dict[str, int]) -> World:
    """A world that is in a database already."""
    return World(store=Store(Database(url, pool_size=2), Frozen()), ids=dict(ids))


def _fill(uow: UnitOfWork, ids: dict[str, int]) -> None:
    def add(key: str, record_type: str, /, **fields: Any) -> None:
        ids[key] = uow.repository(record_type).add(**fields).id

    _people(add)
    _customers(add, ids)
    _deals(add, ids)
    _work(add, ids)


def _people(add: Callable[..., None]) -> None:
    for position, (key, name, probability) in enumerate(
        (("meet", "初谈", 10), ("test", "试用", 40), ("offer", "报价", 70), ("won", "成交", 100), ("lost", "丢单", 0))
    ):
        add(key, "stage", key=key, name=name, probability=probability, position=position)
    for key, name, role, team in (
        ("lin", "林舟", "rep", "一组"),
        ("mo", "莫言秋", "rep", "一组"),
        ("boss", "古月", "manager", "一组"),
        ("far", "方远", "rep", "二组"),
        ("root", "管理员", "admin", None),
    ):
        add(key, "user", key=key, name=name, role=role, team=team, active=True)
    add("pump", "product", name="静音水泵P2", category="水泵", list_price=Decimal(12000))
    add("panel", "product", name="控制柜K8", category="电控", list_price=Decimal(68000))
    add("service", "product", name="年度保养", category="服务")


def _customers(add: Callable[..., None], ids: dict[str, int]) -> None:
    def customer(key: str, name: str, owner: str, **fields: Any) -> None:
        fields = {"aliases": (), "tags": (), **fields}
        add(key, "customer", name=name, owner_id=ids[owner], **fields)

    customer(
        "lake",
        "湖光酒店有限公司",
        "lin",
        aliases=("湖光",),
        industry="酒店",
        region="苏州",
        level="A",
        tags=("老客户",),
    )
    customer("pine", "松针食品有限公司", "lin", aliases=("松针",), industry="食品加工", region="无锡", level="C")
    customer("reef", "礁石游泳馆", "mo", industry="体育", region="苏州", level="B", phone="0512-88000001")
    customer("dune", "沙丘物业公司", "far", region="南京")
    add("zhou", "contact", customer_id=ids["lake"], name="周岚", title="采购经理", phone="19900000001", role="采购")
    add("qin", "contact", customer_id=ids["lake"], name="秦越", title="总经理", phone="19900000002", role="决策人")
    add("tao", "contact", customer_id=ids["lake"], name="陶陶", title="工程部主管", email="tao@lake.example")
    add("he", "contact", customer_id=ids["pine"], name="何必", title="厂长", phone="19900000003")


def _deals(add: Callable[..., None], ids: dict[str, int]) -> None:
    def deal(key: str, name: str, customer: str, stage: str, amount: int | None, owner: str, **fields: Any) -> None:
        found = {"product_ids": (), **fields}
        value = None if amount is None else Decimal(amount)
        add(
            key, "opportunity", name=name, customer_id=ids[customer], stage_id=ids[stage], amount=value,
            owner_id=ids[owner], **found,
        )  # fmt: skip

    pump, panel = ids["pump"], ids["panel"]
    deal(
        "pool",
        "湖光泳池改造",
        "lake",
        "offer",
        360000,
        "lin",
        expected_close_date=date(2026, 3, 31),
        product_ids=(pump,),
    )
    deal(
        "fire", "湖光消防泵", "lake", "meet", 125500, "lin", expected_close_date=date(2026, 5, 20), product_ids=(panel,)
    )
    deal("line", "松针灌装线", "pine", "test", None, "lin")
    deal(
        "hall",
        "礁石循环泵",
        "reef",
        "test",
        80000,
        "mo",
        expected_close_date=date(2026, 4, 10),
        product_ids=(pump, panel),
    )
    deal("old", "湖光一期", "lake", "won", 200000, "lin", closed_on=date(2026, 2, 3))
    deal("gone", "松针锅炉", "pine", "lost", 90000, "lin", closed_on=date(2026, 1, 15), lost_reason="价格")
    for customer, product, quantity, amount, day in (
        ("lake", "pump", 3, 36000, date(2025, 6, 1)),
        ("lake", "panel", 1, 66000, date(2026, 1, 9)),
        ("reef", "pump", 1, 11000, date(2025, 9, 9)),
    ):
        add(
            f"order-{customer}-{product}", "order", customer_id=ids[customer], product_id=ids[product],
            quantity=Decimal(quantity), amount=Decimal(amount), ordered_on=day,
        )  # fmt: skip


def _work(add: Callable[..., None], ids: dict[str, int]) -> None:
    def note(key: str, customer: str, author: str, when: datetime, summary: str, **fields: Any) -> None:
        fields = {"attendees": (), "details": {}, **fields}
        add(key, "note", customer_id=ids[customer], author_id=ids[author], occurred_at=when, summary=summary, **fields)

    def task(key: str, title: str, assignee: str, due_at: datetime | None, **fields: Any) -> None:
        fields = {"status": "open", "priority": "normal", **fields}
        add(key, "task", title=title, assignee_id=ids[assignee], due_at=due_at, **fields)

    note("noise", "lake", "lin", at(3, 5, 14), "周岚说夜里水泵噪音大,要先看降噪报告。", attendees=("周岚",),
         details={"needs": "降噪", "budget": "40万"}, opportunity_id=ids["pool"])  # fmt: skip
    note("hello", "lake", "lin", at(2, 1, 9), "初次拜访,看了机房。")
    note("boiler", "pine", "lin", at(1, 8, 15), "何必觉得锅炉报价太高。", attendees=("何必",))
    note("swim", "reef", "mo", at(3, 9, 10), "循环泵噪音和能耗都要测。")
    add(
        "ring",
        "lead",
        name="柳静",
        company="环湖乐园",
        phone="19900000009",
        source="展会",
        status="new",
        owner_id=ids["lin"],
    )
    add("free", "lead", name="石头", company="山脚民宿", source="官网", status="new")
    task(
        "report",
        "发送降噪报告",
        "lin",
        at(3, 10, 17),
        customer_id=ids["lake"],
        opportunity_id=ids["pool"],
        priority="high",
    )
    task("visit", "上门量机房", "lin", at(3, 12, 15), customer_id=ids["lake"])
    task("call", "打电话问进展", "lin", at(3, 11, 16), customer_id=ids["pine"])
    task("weekly", "写周报", "lin", at(3, 13, 16), recurrence="FREQ=WEEKLY;BYDAY=FR")
    task("someday", "整理样机", "lin", None)
    task("swimtask", "测循环泵", "mo", at(3, 12, 10), customer_id=ids["reef"])
    task("helping", "帮忙送样", "lin", at(3, 14, 9), customer_id=ids["reef"])
    task("meetlead", "联系柳静", "lin", at(3, 12, 11), lead_id=ids["ring"])
    task(
        "done",
        "寄样册",
        "lin",
        at(3, 2),
        customer_id=ids["lake"],
        status="done",
        completed_at=at(3, 2) + timedelta(hours=2),
    )
