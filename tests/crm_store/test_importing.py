"""Tables come in whole or not at all, and a problem names its line, column and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_store.errors import ImportRejected
from crm_store.importing import Imported, TableOptions, import_path
from crm_store.principal import SYSTEM
from crm_store.unit_of_work import UnitOfWork
from tests.crm_store.conftest import ORIGIN, Company

HEAD = "客户名称,简称,行业,负责人,联系电话\n"


def imported(company: Company, path: Path, *, who: str = "", **options: object) -> Imported:
    principal = company.principal(who) if who else SYSTEM
    return company.store.write_now(
        principal,
        ORIGIN,
        lambda uow: import_path(uow, path, TableOptions(**options), lambda _type, _count: None),  # type: ignore[arg-type]
    )


def count(company: Company, record_type: str) -> int:
    return company.store.read_now(SYSTEM, lambda uow: uow.repository(record_type).count())


def table(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_chinese_headings_and_encodings(company: Company, tmp_path: Path, encoding: str) -> None:
    path = table(tmp_path, "客户.csv", HEAD + "红松铸造有限公司,红松、松铸,铸造,ann,13912345678\n", encoding)
    assert imported(company, path).records == 1
    found = company.store.read_now(SYSTEM, lambda uow: uow.customers.same_as("红松铸造"))
    assert [(c.name, c.aliases, c.industry, c.phone) for c in found] == [
        ("红松铸造有限公司", ("红松", "松铸"), "铸造", "13912345678")
    ]


def test_a_mapped_heading_goes_before_a_known_one(company: Company, tmp_path: Path) -> None:
    path = table(tmp_path, "list.csv", "单位,名称,跟进\n红松铸造,不要,ann\n")
    imported(company, path, record_type="customer", columns={"单位": "name", "跟进": "owner"})
    assert company.store.read_now(SYSTEM, lambda uow: uow.customers.same_as("红松铸造"))[0].extra == {"名称": "不要"}


def test_an_unknown_column_is_kept(company: Company, tmp_path: Path) -> None:
    path = table(tmp_path, "customers.csv", "name,owner,渠道编号\n红松铸造,ann,Q7\n")
    assert imported(company, path).kept_columns == ("渠道编号",)
    assert company.store.read_now(SYSTEM, lambda uow: uow.customers.same_as("红松铸造"))[0].extra == {"渠道编号": "Q7"}


def test_a_person_is_found_by_name_and_a_customer_by_alias(company: Company, tmp_path: Path) -> None:
    text = '商机,客户,阶段,负责人,金额,产品\n银杏二期,银杏,洽谈,安宁,"1,200.5",排产软件、培训\n'
    path = table(tmp_path, "opportunities.csv", text)
    imported(company, path)
    company.id("opportunity", "银杏二期")


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("customers.csv", HEAD + "红松,,,ann,1\n青松,,,nobody,2\n", "第 3 行「负责人」: 没有用户“nobody”"),
        ("customers.csv", HEAD + "红松,,,ann,1\n,,,ann,2\n", "第 3 行「客户名称」: 不能为空"),
        ("customers.csv", HEAD + "红松,,,ann\n", "第 2 行: 有 4 列,表头有 5 列"),
        ("customers.csv", HEAD + "红\x00松,,,ann,1\n", "第 2 行: 有无法保存的字符(NUL)"),
        ("customers.csv", HEAD + '红松,,,ann,"1\n', "第 2 行: CSV 格式不对"),
        ("customers.csv", HEAD + "\n红松,,,ann,1\n红松,,,ann,2\n", "第 4 行: 名称“红松”重复"),
        ("customers.csv", HEAD + '"红\n松",,,ann,1\n青松,,,nobody,2\n', "第 4 行「负责人」: 没有用户“nobody”"),
        ("customers.csv", HEAD + "银杏纸业集团,,,ann,1\n", "第 2 行: 名称“银杏纸业”重复"),
        ("customers.csv", HEAD + "银杏,,,ann,1\n", "第 2 行: 别名“银杏”重复"),
        ("customers.csv", HEAD + "红松,,,ann,13900000001\n", "第 2 行: 电话“13900000001”重复"),
        ("customers.csv", HEAD + "松" * 300 + ",,,ann,1\n", "第 2 行「客户名称」: 最多 256 个字,这里有 300 个"),
        ("customers.csv", "客户名称,行业\n红松,铸造\n", "第 1 行: 缺少列“负责人”(owner)"),
        ("customers.csv", "", "customers.csv: 文件是空的"),
        ("orders.csv", "客户,产品,数量,金额,日期\n银杏,培训,两,8,2026-01-02\n", "第 2 行「数量」: “两”不是数字"),
        ("orders.csv", "客户,产品,数量,金额,日期\n银杏,培训,2,8,二月\n", "第 2 行「日期」: “二月”不是日期"),
        ("tasks.csv", "标题,执行人,到期时间\n回访,ann,后天\n", "第 2 行「到期时间」: “后天”不是时间"),
        ("什么.csv", "a\nb\n", "什么.csv: 看不出是哪种记录"),
        ("customers.doc", "a\n", "customers.doc: 只能导入 .csv 和 .xlsx 文件"),
    ],
)
def test_a_problem_names_its_place_and_nothing_is_loaded(
    company: Company, tmp_path: Path, name: str, text: str, problem: str
) -> None:
    before = count(company, "customer")
    with pytest.raises(ImportRejected) as caught:
        imported(company, table(tmp_path, name, text))
    assert caught.value.problems[0].startswith(problem)
    assert count(company, "customer") == before


def test_a_file_that_is_no_text_is_refused(company: Company, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(HEAD.encode() + b"\xff\xff\xff,,,ann,1\n")
    with pytest.raises(ImportRejected, match="第 2 行: 文字编码不对"):
        imported(company, path)


def test_duplicates_are_skipped_when_asked(company: Company, tmp_path: Path) -> None:
    path = table(tmp_path, "customers.csv", HEAD + "银杏纸业有限公司,,,ann,1\n红松,,,ann,2\n红松公司,,,ann,3\n")
    done = imported(company, path, on_duplicate="skip")
    assert (done.records, done.skipped) == (1, 2)


def test_a_rep_imports_only_for_itself(company: Company, tmp_path: Path) -> None:
    path = table(tmp_path, "customers.csv", HEAD + "红松,,,ann,1\n青松,,,bob,2\n")
    with pytest.raises(ImportRejected, match=r"第 3 行.*只能为自己"):
        imported(company, path, who="ann")


def test_a_folder_of_tables_is_loaded_in_the_order_of_its_references(company: Company, tmp_path: Path) -> None:
    table(tmp_path, "contacts.csv", "客户,姓名\n红松铸造,洪颂\n")
    table(tmp_path, "customers.csv", "客户名称,负责人\n红松铸造,ann\n")
    assert imported(company, tmp_path).records == 2


def test_a_formula_is_text_and_its_guard_is_taken_off_again(company: Company, tmp_path: Path) -> None:
    path = table(tmp_path, "customers.csv", HEAD + "'=1+1,,,ann,'+8613900001111\n")
    imported(company, path)
    found = company.store.read_now(SYSTEM, lambda uow: uow.customers.find(uow.customers.c.phone == "+8613900001111"))
    assert [c.name for c in found] == ["=1+1"]


def test_a_workbook_with_dates_numbers_and_an_empty_row(company: Company, tmp_path: Path) -> None:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("客户", "产品", "数量", "金额", "下单日期"),
        ("银杏", "培训", 3, 2400.75, datetime.datetime(2026, 5, 6)),  # noqa: DTZ001
        (None, None, None, None, None),
        ("银杏", "培训", 1, 800, "2026/7/8"),
    ):
        sheet.append(row)
    path = tmp_path / "orders.xlsx"
    book.save(path)
    imported(company, path)

    def orders(uow: UnitOfWork) -> list[tuple[str, str]]:
        return [(str(o.amount), o.ordered_on.isoformat()) for o in uow.orders.find()]

    assert company.store.read_now(SYSTEM, orders)[1:] == [("2400.75", "2026-05-06"), ("800", "2026-07-08")]


def test_a_file_that_only_looks_like_a_workbook_is_refused(company: Company, tmp_path: Path) -> None:
    with pytest.raises(ImportRejected, match="不是能读的"):
        imported(company, table(tmp_path, "orders.xlsx", "客户,产品\n"))


def test_an_import_is_one_audit_entry_and_marks_caches_stale(company: Company, tmp_path: Path) -> None:
    start = company.store.read_now(SYSTEM, lambda uow: uow.audit.newest_entry_id())
    imported(company, table(tmp_path, "customers.csv", HEAD + "红松,,,ann,1\n青松,,,bob,2\n"))
    touched = company.store.read_now(SYSTEM, lambda uow: uow.audit.touched_since(start))
    assert [record_type for _, record_type, _ in touched] == ["customer", "customer"]
    newest = company.store.read_now(SYSTEM, lambda uow: uow.audit.recent(limit=1))[0]
    assert newest.changes == ()
    assert [(r.record_type, r.last_id - r.first_id) for r in newest.imported] == [("customer", 1)]
