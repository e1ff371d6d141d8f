"""Tables go out without formulas and come in again; the commands say plainly what they did."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crm_store.cli import app
from crm_store.exporting import export_table, export_world
from crm_store.importing import TableOptions, import_path, read_world
from crm_store.principal import SYSTEM, Origin
from crm_store.snapshots import COMPARED
from crm_store.store import Store
from crm_store.unit_of_work import UnitOfWork
from crm_store.world import dump_world, load_world
from tests.crm_store.conftest import COMPANY, ORIGIN, Company


def no_report(_record_type: str, _count: int) -> None:
    """Nobody watches."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_cell_that_looks_like_a_formula_is_guarded(company: Company, tmp_path: Path) -> None:
    company.write("ann", lambda uow: uow.leads.add(name="=HYPERLINK(1)", company="@x", phone="+86139", source="-1"))
    path = tmp_path / "leads.csv"
    assert company.read("ann", lambda uow: export_table(uow, "lead", path, no_report)) == 2
    assert [rows(path)[1][name] for name in ("name", "company", "phone", "source")] == [
        "'=HYPERLINK(1)",
        "'@x",
        "'+86139",
        "'-1",
    ]


def test_a_workbook_holds_no_formula(company: Company, tmp_path: Path) -> None:
    import openpyxl

    company.write("ann", lambda uow: uow.leads.add(name="=1+1", company="铃\x07声"))
    path = tmp_path / "leads.xlsx"
    company.read("ann", lambda uow: export_table(uow, "lead", path, no_report))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "铃声" in [cell.value for cell in cells]


def test_an_export_keeps_to_the_scope(company: Company, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    company.read("ann", lambda uow: export_table(uow, "customer", path, no_report))
    assert [row["name"] for row in rows(path)] == ["银杏纸业有限公司"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_exported_tables_come_in_again(company: Company, empty_url: str, tmp_path: Path, kind: str) -> None:
    from crm_store.database import Database

    before = company.store.read_now(SYSTEM, dump_world)

    def export_all(uow: UnitOfWork) -> None:
        for record_type in COMPARED:
            export_table(uow, record_type, tmp_path / f"{record_type}.{kind}", no_report)

    company.store.read_now(SYSTEM, export_all)
    store = Store(Database(empty_url), company.clock)
    try:
        store.write_now(SYSTEM, ORIGIN, lambda uow: import_path(uow, tmp_path, TableOptions(), no_report))
        after = store.read_now(SYSTEM, dump_world)
    finally:
        store.close()
    assert {k: v for k, v in after.items() if isinstance(v, list)} == {
        k: v for k, v in before.items() if isinstance(v, list)
    }


def test_a_world_with_documents_goes_out_and_in_byte_for_byte(empty: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "collateral" / "政策").mkdir(parents=True)
    (folder / "world.json").write_text(json.dumps(COMPANY), "utf-8")
    script = b"---\nkind: policy\non: no\n---\n# \xe6\x8a\x98\xe6\x89\xa3\r\n"
    (folder / "collateral" / "政策" / "discount.md").write_bytes(script)
    empty.write_now(SYSTEM, Origin(channel="import"), lambda uow: import_path(uow, folder, TableOptions(), no_report))
    (found,) = empty.read_now(SYSTEM, lambda uow: uow.documents.all())
    assert (found.path, found.front_matter) == ("政策/discount.md", {"kind": "policy", "on": "no"})
    empty.read_now(SYSTEM, lambda uow: export_world(uow, tmp_path / "out"))
    assert (tmp_path / "out" / "collateral" / "政策" / "discount.md").read_bytes() == script
    assert read_world(tmp_path / "out" / "world.json") == empty.read_now(SYSTEM, dump_world)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"customers": [NaN]}', "NaN"),
        ('{"a": 1, "a": 2}', "两个“a”"),
        ("[]", "应当是一个 JSON 对象"),
        ('{"a": \n}', "第 2 行第 1 列"),
    ],
)
def test_json_that_python_would_let_pass_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    from crm_store.errors import ImportRejected

    path = tmp_path / "world.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ImportRejected, match=reason):
        read_world(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "world").mkdir()
    (tmp_path / "world" / "world.json").write_text(json.dumps(COMPANY), "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--database", f"sqlite:///{folder}/store.db"])


def test_the_commands_from_nothing_to_a_restored_store(folder: Path) -> None:
    world = str(folder / "world")
    assert "先运行 sales-assistant migrate" in run(folder, "import", world).output
    assert run(folder, "migrate").exit_code == 0
    assert "已导入" in run(folder, "import", world, "--if-empty").output
    assert "没有导入" in run(folder, "import", world, "--if-empty").output
    assert run(folder, "backup", str(folder / "backup.db")).exit_code == 0
    assert "已并入「白桦家具有限公司」" in run(folder, "merge", "白桦家具有限公司", "银杏纸业有限公司").output
    assert run(folder, "restore", str(folder / "backup.db"), "--yes").exit_code == 0
    found = [json.loads(line) for line in run(folder, "records", "客户", "--find", "银杏").output.splitlines()]
    assert [record["name"] for record in found] == ["银杏纸业有限公司"]
    assert run(folder, "export", str(folder / "out")).exit_code == 0
    assert read_world(folder / "out" / "world.json")["seller"] == COMPANY["seller"]
    assert "客户:1 条" in run(folder, "export", str(folder / "客户.csv"), "--as", "ann").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "nowhere.csv"), "没有文件 nowhere.csv"),
        (("import", "world", "--as", "nobody"), "没有用户“nobody”"),
        (("records", "什么"), "没有记录类型“什么”"),
        (("restore", "nowhere", "--yes"), "没有备份文件"),
        (("merge", "甲", "乙"), "没有客户“甲”"),
        (("export", "x.csv", "--type", "什么"), "没有记录类型"),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_no_stack_trace(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    run(folder, "migrate")
    result = run(folder, *arguments)
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_file_that_is_no_database_is_said_so(folder: Path) -> None:
    (folder / "store.db").write_bytes(b"this is not a database file, only some text that is long enough" * 20)
    result = run(folder, "records", "customer")
    assert (result.exit_code, "Traceback" in result.output) == (1, False)


def test_names_that_are_not_unique_are_numbered_in_a_world(company: Company, empty: Store) -> None:
    company.write("ann", lambda uow: uow.customers.add(name="银杏纸业有限公司", owner_id=uow.principal.user_id))
    world = company.store.read_now(SYSTEM, dump_world)
    assert [c["name"] for c in world["customers"]][-1] == "银杏纸业有限公司 (2)"
    empty.write_now(SYSTEM, ORIGIN, lambda uow: load_world(uow, world))
