"""The pages in a real browser: what a salesperson does with them, and what they must not let happen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from crm_store.principal import SYSTEM
from crm_store.reminders import remind
from tests.channels.browser.conftest import Served
from tests.channels.conftest import ORIGIN
from tests.channels.scripted import ask, call
from tests.channels.world import NASTY

pytestmark = pytest.mark.browser


def say(page: Page, text: str) -> None:
    """Type a message and press Enter."""
    page.locator("#say").fill(text)
    page.locator("#say").press("Enter")


def test_a_link_signs_in_and_leaves_no_token_behind(page: Page, served: Served) -> None:
    assert page.url == f"{served.url}/"
    page.go_back()
    assert "token" not in page.url


def test_a_used_link_says_so_and_offers_another_way(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(locale="zh-CN")
    opened = context.new_page()
    opened.goto(f"{served.url}/signin?token=used")
    expect(opened.get_by_role("status")).to_contain_text("登录链接无效")
    opened.get_by_role("textbox").fill(served.link("heqing"))
    opened.get_by_role("button", name="登录").click()
    opened.wait_for_url(f"{served.url}/")
    context.close()


def test_who_is_not_signed_in_is_sent_to_sign_in(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(locale="zh-CN")
    opened = context.new_page()
    opened.goto(served.url)
    opened.wait_for_url(f"{served.url}/signin")
    expect(opened.get_by_role("status")).to_contain_text("一次性登录链接")
    context.close()


def test_a_question_is_answered_with_a_card_whose_records_open(page: Page, served: Served) -> None:
    customer = served.house.record("customer", name="松岭制药有限公司")
    served.house.planner.on("松岭怎么样", call("customer_360", customer=customer.id))
    say(page, "松岭怎么样")
    card = page.locator(".theirs .card").first
    expect(card).to_contain_text("松岭制药有限公司")
    page.locator(f'[data-record="customer-{customer.id}"]').first.click()
    expect(page.get_by_role("dialog")).to_contain_text("024-55501234")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_held_write_shows_old_and_new_and_is_confirmed_by_button(page: Page, served: Served) -> None:
    found = served.house.record("opportunity", name="松岭光谱仪")
    served.house.planner.on("松岭光谱仪输了", call("lose_opportunity", opportunities=(found.id,), reason="价格"))
    say(page, "松岭光谱仪输了")
    held = page.locator(".held")
    expect(held.locator("del").first).to_be_visible()
    expect(held).to_contain_text("→")
    held.get_by_role("button", name="确认").click()
    expect(held).to_contain_text("已确认")
    assert served.house.record("opportunity", name="松岭光谱仪").lost_reason == "价格"


def test_a_held_write_is_cancelled_by_button(page: Page, served: Served) -> None:
    found = served.house.record("opportunity", name="松岭光谱仪")
    served.house.planner.on("删了吧", call("delete_record", record_type="opportunity", record_ids=(found.id,)))
    say(page, "删了吧")
    page.locator(".held").get_by_role("button", name="取消").click()
    expect(page.locator(".held")).to_contain_text("已取消")
    assert served.house.record("opportunity", name="松岭光谱仪") == found


def test_a_change_is_undone_by_button(page: Page, served: Served) -> None:
    found = served.house.record("opportunity", name="松岭光谱仪")
    served.house.planner.on("金额改成70万", call("update_opportunity", opportunities=(found.id,), amount=700000))
    say(page, "金额改成70万")
    expect(page.locator(".card.update ins").first).to_be_visible()
    assert served.house.record("opportunity", name="松岭光谱仪").amount == 700000
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销", exact=True)).to_be_visible()
    assert served.house.record("opportunity", name="松岭光谱仪").amount == 640000


def test_who_types_before_the_page_is_ready_keeps_the_answer(page: Page, served: Served) -> None:
    found = served.house.record("opportunity", name="松岭光谱仪")
    served.house.planner.on("金额改成71万", call("update_opportunity", opportunities=(found.id,), amount=710000))
    held_up: list[Route] = []
    page.route("**/api/v1/conversations?limit=50", lambda route: held_up.append(route), times=1)
    page.reload()
    say(page, "金额改成71万")
    expect(page.locator(".card.update ins").first).to_be_visible()
    held_up[0].continue_()
    expect(page.locator("#conversations")).to_contain_text("金额改成71万")
    expect(page.locator(".card.update ins").first).to_be_visible()


def test_what_is_typed_before_it_is_known_who_types_is_sent_then(page: Page, served: Served) -> None:
    found = served.house.record("opportunity", name="松岭光谱仪")
    served.house.planner.on("金额改成72万", call("update_opportunity", opportunities=(found.id,), amount=720000))
    held_up: list[Route] = []
    page.route("**/api/v1/me", lambda route: held_up.append(route), times=1)
    page.reload()
    say(page, "金额改成72万")
    expect(page.locator(".mine").last).to_have_text("金额改成72万")
    held_up[0].continue_()
    expect(page.locator(".card.update ins").first).to_be_visible()


def test_an_option_is_chosen_by_a_click(page: Page, served: Served) -> None:
    served.house.planner.on("给松岭打电话", ask("哪一家?", ["松岭制药", "松林医药"]))
    say(page, "给松岭打电话")
    page.get_by_role("button", name="松林医药").click()
    expect(page.locator(".mine").last).to_have_text("松林医药")
    expect(page.locator(".theirs").last).to_contain_text("收到")
    assert served.house.planner.heard[-1] == "松林医药"


def test_names_that_look_like_markup_are_text(page: Page, served: Served) -> None:
    nasty = served.house.record("customer", name=f"{NASTY}检测所")
    served.house.planner.on(NASTY, call("customer_360", customer=nasty.id))
    say(page, NASTY)
    expect(page.locator(".theirs .card").first).to_contain_text(NASTY)
    page.locator(f'[data-record="customer-{nasty.id}"]').first.click()
    expect(page.get_by_role("dialog")).to_contain_text(NASTY)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, dialog img").count() == 0


def test_figures_are_drawn_as_bars(page: Page, served: Served) -> None:
    served.house.planner.on("销售漏斗", call("pipeline_figures", group_by="stage", funnel=True))
    say(page, "销售漏斗")
    expect(page.locator(".chart rect").first).to_be_visible()
    expect(page.locator(".chart")).to_have_attribute("aria-label", re.compile("初谈"))


def test_conversations_and_their_messages_are_kept(page: Page, served: Served) -> None:
    say(page, "第一个对话")
    expect(page.locator(".theirs")).to_contain_text("收到")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".theirs")).to_have_count(0)
    page.get_by_role("button", name="第一个对话").click()
    expect(page.locator(".mine")).to_have_text("第一个对话")
    page.reload()
    expect(page.locator(".theirs")).to_contain_text("收到")


def test_enter_sends_and_shift_enter_makes_a_line(page: Page, served: Served) -> None:
    page.locator("#say").press_sequentially("一")
    page.keyboard.press("Shift+Enter")
    page.locator("#say").press_sequentially("二")
    page.keyboard.press("Enter")
    expect(page.locator(".theirs")).to_contain_text("收到")
    assert served.house.planner.heard == ["一\n二"]


def test_a_message_that_did_not_get_through_is_sent_again_with_the_same_id(page: Page, served: Served) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if "/messages" in request.url else None)
    page.route("**/messages", lambda route: route.abort(), times=1)
    say(page, "你好")
    page.get_by_role("button", name="重试").click()
    expect(page.locator(".theirs").last).to_contain_text("收到")
    ids = {re.search(r'"message_id":"(\w+)"', body).group(1) for body in sent if body}  # type: ignore[union-attr]
    assert len(ids) == 1


def test_a_due_task_shows_up_and_goes_when_seen(page: Page, served: Served) -> None:
    served.house.clock.forward(days=3)
    served.house.runtime.store.write_now(SYSTEM, ORIGIN, remind)
    page.reload()
    toast = page.locator(".toast")
    expect(toast).to_contain_text("寄样品报告")
    with page.expect_response("**/reminders/seen"):
        toast.get_by_role("button", name="知道了").click()
    page.reload()
    page.get_by_text("何青").wait_for()
    expect(page.locator(".toast")).to_have_count(0)


def test_the_page_speaks_english_too(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone(page: Page, served: Served, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 375, "height": 667})
    customer = served.house.record("customer", name="松岭制药有限公司")
    served.house.planner.on("松岭怎么样", call("customer_360", customer=customer.id))
    say(page, "松岭怎么样")
    expect(page.locator(".theirs .card").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.get_by_role("button", name="菜单").click()
    expect(page.get_by_role("button", name="新对话")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="新对话")).to_be_hidden()


def test_the_documentation_page_lists_the_interface(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/docs")
    expect(page.get_by_text("/api/v1/conversations/{conversation_id}/messages").last).to_be_visible()


def test_signing_out_ends_the_session(page: Page, served: Served) -> None:
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(f"{served.url}/signin")
    page.goto(served.url)
    page.wait_for_url(f"{served.url}/signin")
