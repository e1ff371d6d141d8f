"""The page of the documents in a real browser: found, read in place, an older version still readable, uploaded."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.channels.browser.conftest import Served
from tests.channels.conftest import API
from tests.channels.scripted import call

pytestmark = pytest.mark.browser
MANUAL = (
    "---\nkind: product\nproduct: S200 光谱仪\n---\n# S200 光谱仪\n## 精度\n重复性0.3%。"
    "\n## 保修\n整机质保三年。\n## 交付\n四周到货。"
)
POLICY = "---\nkind: policy\n---\n# 折扣\n九折找经理批。"


def put(served: Served, text: str = MANUAL, name: str = "s200.md") -> None:
    """Upload a document as 范蕾, who may."""
    files = {"file": (name, text.encode())}
    assert served.house.bearer("fanlei").post(f"{API}/collateral/documents", files=files).status_code == 200


def test_a_question_leads_to_the_marked_passage_in_its_document(page: Page, served: Served) -> None:
    put(served)
    page.goto(f"{served.url}/collateral")
    page.get_by_role("searchbox").fill("S200质保几年")
    page.get_by_role("button", name="搜索").click()
    page.locator("#answer blockquote button").click()
    expect(page.locator("#reader mark")).to_have_text("整机质保三年。")
    expect(page.locator("#reader")).to_contain_text("重复性0.3%。")


def test_filters_limit_what_is_listed_and_found(page: Page, served: Served) -> None:
    put(served)
    put(served, POLICY, "policy.md")
    page.goto(f"{served.url}/collateral")
    expect(page.locator("#documents li")).to_have_count(2)
    page.locator("#kind").select_option("policy")
    expect(page.locator("#documents li")).to_have_count(1)
    page.get_by_role("searchbox").fill("S200质保几年")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("#answer")).to_contain_text("资料里没有写到")


def test_a_citation_in_the_chat_leads_to_the_version_it_was_taken_from(page: Page, served: Served) -> None:
    put(served)
    served.house.planner.on("质保几年", call("search_collateral", query="S200质保几年"))
    page.locator("#say").fill("质保几年")
    page.locator("#say").press("Enter")
    source = page.locator(".theirs a.source")
    expect(source).to_contain_text("保修")
    put(served, MANUAL.replace("三年", "四年"))
    page.goto(f"{served.url}{source.get_attribute('href')}")
    expect(page.locator("#reader mark")).to_have_text("整机质保三年。")
    expect(page.get_by_role("note")).to_contain_text("旧版本")
    page.locator(".versions button").click()
    expect(page.locator("#reader")).to_contain_text("整机质保四年。")


def test_a_manager_uploads_and_is_told_what_was_refused(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(served.link("fanlei"))
    page.wait_for_url(f"{served.url}/")
    page.goto(f"{served.url}/collateral")
    good = FilePayload(name="s200.md", mimeType="text/markdown", buffer=MANUAL.encode())
    bad = FilePayload(name="bad.pdf", mimeType="application/pdf", buffer=b"no pdf")
    page.locator("#files").set_input_files([good, bad])
    page.get_by_role("button", name="上传").click()
    expect(page.locator("#taken .refused")).to_contain_text("bad.pdf")
    expect(page.locator("#documents")).to_contain_text("s200.md")
    context.close()


def test_a_rep_is_offered_no_upload(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/collateral")
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.locator("#upload")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_the_documents_fits_a_phone(page: Page, served: Served, scheme: str) -> None:
    put(served)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(f"{served.url}/collateral?path=s200.md&section=S200 光谱仪 > 保修&quote=整机质保三年。")
    expect(page.locator("#reader mark")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
