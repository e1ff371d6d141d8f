"""Documents over the interface: listed, searched with citations, read in place, uploaded by those who may."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from channels.watching import watch_once
from crm_store.collateral.intake import NOTHING_SEEN
from tests.channels.conftest import API, House

DOCUMENTS = f"{API}/collateral/documents"
BROCHURE = (
    "---\nkind: product\nproduct: S200 光谱仪\nversion: '2'\n---\n"
    "# S200 光谱仪\n## 精度\n重复性0.3%。\n## 保修\n整机质保三年。"
)
POLICY = "---\nkind: policy\nexpires: 2026-01-31\n---\n# 旧政策\n九折找经理批。"


@pytest.fixture
def manager(house: House) -> TestClient:
    """范蕾's program."""
    return house.bearer("fanlei")


@pytest.fixture
def stocked(manager: TestClient) -> TestClient:
    """范蕾's program, after two documents were uploaded."""
    files = [("file", ("s200.md", BROCHURE.encode())), ("file", ("policy/old.md", POLICY.encode()))]
    answer = manager.post(DOCUMENTS, files=files)
    assert [(each["path"], each["status"]) for each in answer.json()["items"]] == [
        ("s200.md", "stored"),
        ("policy/old.md", "stored"),
    ]
    return manager


def test_documents_are_listed_with_what_they_are_about(stocked: TestClient, rep: TestClient) -> None:
    old, brochure = rep.get(DOCUMENTS).json()["items"]
    assert (old["path"], old["audience"], old["expired"]) == ("policy/old.md", "internal", True)
    assert (brochure["product"], brochure["version"], brochure["audience"]) == ("S200 光谱仪", "2", "customer")


def test_what_may_be_sent_is_listed_alone(stocked: TestClient, rep: TestClient) -> None:
    found = rep.get(DOCUMENTS, params={"audience": "customer"}).json()["items"]
    assert [each["path"] for each in found] == ["s200.md"]


def test_a_search_quotes_and_says_where(stocked: TestClient, rep: TestClient) -> None:
    found = rep.get(f"{API}/collateral/search", params={"q": "S200质保几年"}).json()
    assert found["standing"] == "found"
    (quote,) = found["quotes"]
    assert (quote["document"], quote["title"], quote["path"]) == ("s200", "S200 光谱仪", "s200.md")
    assert (quote["section"], quote["quote"]) == ("S200 光谱仪 > 保修", "整机质保三年。")


@pytest.mark.parametrize(
    ("filters", "standing"),
    [
        ({"kind": "product"}, "found"),
        ({"kind": "policy"}, "absent"),
        ({"product": "S200 光谱仪"}, "found"),
        ({"product": "D9 分光仪"}, "absent"),
        ({"audience": "customer"}, "found"),
        ({"audience": "internal"}, "absent"),
    ],
)
def test_a_search_keeps_to_its_filters(
    stocked: TestClient, rep: TestClient, filters: dict[str, str], standing: str
) -> None:
    found = rep.get(f"{API}/collateral/search", params={"q": "S200质保几年", **filters}).json()
    assert found["standing"] == standing


def test_a_passage_is_read_with_what_stands_around_it(stocked: TestClient, rep: TestClient) -> None:
    long = "# 手册\n" + "\n".join(f"## 第{n}节\n第{n}节的话。" for n in range(1, 8))
    stocked.post(DOCUMENTS, files={"file": ("manual.md", long.encode())})
    found = rep.get(f"{DOCUMENTS}/manual.md", params={"section": "手册 > 第4节", "around": 2}).json()
    assert [each["section"][-3:] for each in found["sections"]] == ["第2节", "第3节", "第4节", "第5节", "第6节"]
    assert (found["at"], found["of"]) == (2, 7)
    assert rep.get(f"{DOCUMENTS}/manual.md", params={"section": "手册 > 第9节"}).status_code == 404


def test_what_was_cited_stays_readable_after_a_new_version_and_after_removal(
    stocked: TestClient, rep: TestClient
) -> None:
    cited = rep.get(f"{API}/collateral/search", params={"q": "S200质保几年"}).json()["quotes"][0]
    stocked.post(DOCUMENTS, files={"file": ("s200.md", BROCHURE.replace("三年", "四年").encode())})

    def read() -> dict[str, object]:
        found: dict[str, object] = rep.get(f"{DOCUMENTS}/s200.md", params={"version": cited["version"]}).json()
        return found

    assert {"section": cited["section"], "text": cited["quote"]} in read()["sections"]  # type: ignore[operator]
    assert read()["current"] is False
    assert rep.get(f"{DOCUMENTS}/s200.md").json()["version"] != cited["version"]
    versions = rep.get(f"{API}/collateral/versions/s200.md").json()["items"]
    assert [(each["current"], each["called"]) for each in versions] == [(True, "2"), (False, "2")]
    stocked.delete(f"{DOCUMENTS}/s200.md")
    assert {"section": cited["section"], "text": cited["quote"]} in read()["sections"]  # type: ignore[operator]
    assert rep.get(f"{DOCUMENTS}/s200.md").status_code == 404


def test_a_version_or_document_that_never_was_is_not_found(stocked: TestClient, rep: TestClient) -> None:
    assert rep.get(f"{DOCUMENTS}/s200.md", params={"version": "0123456789ab"}).status_code == 404
    assert rep.get(f"{API}/collateral/versions/none.md").status_code == 404


def test_what_is_not_there_is_absent(stocked: TestClient, rep: TestClient) -> None:
    found = rep.get(f"{API}/collateral/search", params={"q": "S200的防爆证书编号是多少"}).json()
    assert (found["standing"], found["quotes"]) == ("absent", [])


def test_an_expired_document_is_not_searched(stocked: TestClient, rep: TestClient) -> None:
    assert rep.get(f"{API}/collateral/search", params={"q": "九折找谁批"}).json()["quotes"] == []


def test_a_document_is_read_by_sections(stocked: TestClient, rep: TestClient) -> None:
    found = rep.get(f"{DOCUMENTS}/s200.md").json()
    assert {"section": "S200 光谱仪 > 保修", "text": "整机质保三年。"} in found["sections"]


def test_the_same_file_again_changes_nothing(stocked: TestClient) -> None:
    answer = stocked.post(DOCUMENTS, files={"file": ("s200.md", BROCHURE.encode())})
    assert answer.json()["items"][0]["status"] == "unchanged"


def test_a_new_version_replaces_the_old(stocked: TestClient, rep: TestClient) -> None:
    stocked.post(DOCUMENTS, files={"file": ("s200.md", BROCHURE.replace("三年", "四年").encode())})
    found = rep.get(f"{API}/collateral/search", params={"q": "S200质保几年"}).json()
    assert [quote["quote"] for quote in found["quotes"]] == ["整机质保四年。"]


def test_a_bad_file_is_named_and_the_good_one_stored(manager: TestClient) -> None:
    files = [("file", ("坏.pdf", b"no pdf")), ("file", ("s200.md", BROCHURE.encode()))]
    bad, good = manager.post(DOCUMENTS, files=files).json()["items"]
    assert (bad["path"], bad["status"], bad["message"]) == ("坏.pdf", "refused", "内容不是 .pdf 文件")
    assert bad["message_en"] == "The content is no .pdf file."
    assert good["status"] == "stored"


def test_bad_files_alone_are_refused(manager: TestClient) -> None:
    answer = manager.post(DOCUMENTS, files={"file": ("a.exe", b"MZ")})
    assert (answer.status_code, answer.json()["code"]) == (422, "document_refused")
    assert "不认识的格式 .exe" in answer.json()["details"][0]["message"]


@pytest.mark.parametrize("name", ["../out.md", "/etc/x.md", ".hidden.md", "a/../../b.md"])
def test_a_path_that_leaves_the_folder_is_refused(manager: TestClient, name: str) -> None:
    answer = manager.post(DOCUMENTS, files={"file": (name, BROCHURE.encode())})
    assert (answer.status_code, answer.json()["code"]) == (422, "document_refused")


def test_an_upload_may_be_larger_than_a_message(manager: TestClient) -> None:
    text = "# 长\n" + "这一行说的是同一件事。\n" * 45_000
    assert len(text.encode()) > 1_000_000
    assert manager.post(DOCUMENTS, files={"file": ("long.txt", text.encode())}).status_code == 200


def test_a_file_that_unpacks_to_too_much_is_refused(manager: TestClient) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(201_000_000))
    answer = manager.post(DOCUMENTS, files={"file": ("bomb.docx", buffer.getvalue())})
    assert answer.json()["details"][0]["message"] == "解压后太大"


def test_json_is_no_upload(manager: TestClient) -> None:
    answer = manager.post(DOCUMENTS, json={"file": "x"})
    assert (answer.status_code, answer.json()["code"]) == (415, "upload_expected")


def test_a_rep_may_neither_upload_nor_remove(stocked: TestClient, rep: TestClient) -> None:
    assert rep.post(DOCUMENTS, files={"file": ("a.md", b"x")}).status_code == 403
    assert rep.delete(f"{DOCUMENTS}/s200.md").status_code == 403


def test_a_stranger_sees_nothing(house: House) -> None:
    assert house.client().get(DOCUMENTS).status_code == 401
    assert house.client().post(DOCUMENTS, files={"file": ("a.md", b"x")}).status_code == 401


def test_a_document_is_removed(stocked: TestClient, rep: TestClient) -> None:
    assert stocked.delete(f"{DOCUMENTS}/s200.md").status_code == 204
    assert rep.get(f"{DOCUMENTS}/s200.md").status_code == 404
    assert stocked.delete(f"{DOCUMENTS}/s200.md").status_code == 404


def test_a_watched_folder_is_kept_up_with(house: House, rep: TestClient, tmp_path: Path) -> None:
    service = house.app.state.service
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "s200.md").write_text(BROCHURE, encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"no pdf")
    seen = asyncio.run(watch_once(service, folder, NOTHING_SEEN))
    assert [each["path"] for each in rep.get(DOCUMENTS).json()["items"]] == ["s200.md"]
    (folder / "s200.md").unlink()
    asyncio.run(watch_once(service, folder, seen))
    assert rep.get(DOCUMENTS).json()["items"] == []


def test_a_watched_folder_that_is_away_takes_nothing_with_it(house: House, rep: TestClient, tmp_path: Path) -> None:
    service = house.app.state.service
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "s200.md").write_text(BROCHURE, encoding="utf-8")
    seen = asyncio.run(watch_once(service, folder, NOTHING_SEEN))
    folder.rename(tmp_path / "away")
    assert asyncio.run(watch_once(service, folder, seen)) == seen
    assert len(rep.get(DOCUMENTS).json()["items"]) == 1
