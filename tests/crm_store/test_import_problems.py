"""What else can be wrong with a table, and that the sentence about it helps to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_store.errors import ImportRejected
from crm_store.importing import Imported, TableOptions, import_path
from crm_store.principal import SYSTEM
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import ORIGIN, Company

HEAD = "客户名称,行业,负责人\n"


def imported(company: Company, path: Path) -> Imported:
    def work(uow: UnitOfWork) -> Imported:
        return import_path(uow, path, TableOptions(), lambda _type, _count: None)

    return company.store.write_now(SYSTEM, ORIGIN, work)


def problems(company: Company, path: Path) -> list[str]:
    """The problems of a table that is refused; it has loaded nothing."""
    before = customers(company)
    with pytest.raises(ImportRejected) as caught:
        imported(company, path)
    assert customers(company) == before
    return caught.value.problems


def customers(company: Company) -> list[str]:
    return company.read("boss", lambda uow: [c.name for c in uow.customers.find()])


def workbook(path: Path, *rows: tuple[Any, ...]) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_all_problems_are_told_at_once(company: Company, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(HEAD + "红松,铸造,nobody\n,铸造,ann\n青松,铸造,ann\n,,nobody\n", "utf-8")
    found = problems(company, path)
    assert [line.partition(":")[0] for line in found if line[2] in "235"] == [
        "第 3 行「客户名称」",
        "第 5 行「客户名称」",
        "第 2 行「负责人」",
        "第 5 行「负责人」",
    ]


def test_a_flood_of_problems_is_cut_and_counted(company: Company, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(HEAD + "".join(f"客户{n},铸造,nobody\n" for n in range(2000)), "utf-8")
    found = problems(company, path)
    assert len(found) < 200
    assert "另有" in found[-1]
    assert str(2000 - (len(found) - 1)) in found[-1]


def test_a_broken_line_of_a_gbk_file_is_named(company: Company, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes((HEAD + "红松,铸造,ann\n").encode("gbk") + b"\xb0\xff,x,ann\n" + "青松,x,ann\n".encode("gbk"))
    assert problems(company, path) == ["第 3 行: 文字编码不对,请存成 UTF-8 或 GBK 的 CSV"]


def test_a_wrong_cell_of_a_workbook_is_named_by_its_row_in_excel(company: Company, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "orders.xlsx",
        ("客户", "产品", "数量", "金额", "下单日期"),
        ("银杏", "培训", 3, 2400, "2026-05-06"),
        (None, None, None, None, None),
        ("银杏", "培训", "三", True, "下周"),
    )
    found = problems(company, path)
    assert [line.partition(":")[0] for line in found] == ["第 4 行「数量」", "第 4 行「金额」", "第 4 行「下单日期」"]


def test_phone_numbers_that_a_workbook_keeps_as_numbers_stay_whole(company: Company, tmp_path: Path) -> None:
    path = workbook(tmp_path / "customers.xlsx", ("客户名称", "电话", "负责人"), ("红松", 13900001234.0, "ann"))
    imported(company, path)
    (found,) = company.read("ann", lambda uow: uow.customers.same_as("红松"))
    assert found.phone == "13900001234"


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-13-01", "不是日期"),
        ("2026-02-29", "不是日期"),
        ("2026-11-255", "不是日期"),
        ("11/25/2026", "不是日期"),
        ("46000", "不是日期"),
    ],
)
def test_a_day_that_is_none_is_not_guessed_at(company: Company, tmp_path: Path, day: str, reason: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(f"客户,产品,数量,金额,日期\n银杏,培训,1,800,{day}\n", "utf-8")
    (found,) = problems(company, path)
    assert found.startswith("第 2 行「日期」")
    assert reason in found


@pytest.mark.parametrize("amount", ["1e30", "NaN", "-Infinity", "0.001", "12.3.4", "百万"])
def test_an_amount_that_is_none_is_refused(company: Company, tmp_path: Path, amount: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(f"客户,产品,数量,金额,日期\n银杏,培训,1,{amount},2026-01-02\n", "utf-8")
    (found,) = problems(company, path)
    assert found.startswith("第 2 行「金额」")


def test_headings_alone_load_nothing(company: Company, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(HEAD, "utf-8")
    assert imported(company, path).records == 0
