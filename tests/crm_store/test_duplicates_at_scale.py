"""Columns of names and the look for duplicates give what they give one by one, in stores of any size."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_store import duplicates
from crm_store.errors import ImportRejected
from crm_store.importing import TableOptions, import_path
from crm_store.names import name_key, name_keys
from crm_store.principal import SYSTEM, Origin
from tests.crm_store.conftest import Company

NAMES = [
    "银杏纸业有限公司",
    "集团",
    "有限公司有限公司",
    "Ａcme Inc",
    "e\u0301",
    "\u0301e",
    "ＧmbH(a)",
    "",
    "甲·乙 公司",
    "ß’s",
]
SAME_NAME = "客户名称,负责人,联系电话\n{name},ann,{phone}\n"


def test_a_column_of_names_has_the_keys_of_each() -> None:
    assert name_keys(NAMES) == [name_key(name) for name in NAMES]
    assert name_keys([]) == []
    assert name_keys([""]) == [""]
    assert name_keys(["a\x00b", "c"]) == [name_key("a\x00b"), name_key("c")]


@pytest.mark.parametrize("read_whole", [0, 200_000])
def test_a_duplicate_is_found_in_a_store_of_any_size(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_whole: int
) -> None:
    monkeypatch.setattr(duplicates, "_READ_WHOLE", read_whole)
    path = tmp_path / "customers.csv"

    def load(text: str) -> int:
        path.write_text(text, encoding="utf-8")
        return company.store.write_now(
            SYSTEM, Origin(channel="import"), lambda uow: import_path(uow, path, TableOptions(), lambda *_: None)
        ).records

    assert load(SAME_NAME.format(name="全新'的客户有限公司", phone="0512-1")) == 1
    for name, phone in (("全新'的客户", ""), ("银杏纸业", ""), ("另一家", "0512-1")):
        with pytest.raises(ImportRejected, match="第 2 行"):
            load(SAME_NAME.format(name=name, phone=phone))
    assert load(SAME_NAME.format(name="另一家", phone="0512-2")) == 1
