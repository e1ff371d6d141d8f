"""Takes the README's picture of the chat page: python -m channels.web.screenshot OUT.png SIGN-IN-LINK SENTENCE…"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTH, HEIGHT = 1180, 1240


def take(out: Path, link: str, sentences: list[str]) -> None:
    """Sign in, say the sentences one after the other, and keep what the page then shows."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN", color_scheme="light")
        page.goto(link)
        page.locator("#say").wait_for()
        _put_away_reminders(page)
        for number, sentence in enumerate(sentences, 1):
            page.locator("#say").fill(sentence)
            page.locator("#say").press("Enter")
            page.locator(f".theirs:not(.busy) >> nth={number - 1}").wait_for()
        page.screenshot(path=str(out))
        browser.close()


def _put_away_reminders(page: Page) -> None:
    """What fell due before the picture is not its subject."""
    page.wait_for_load_state("networkidle")
    for toast in page.locator(".toast button.main").all():
        toast.click()


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
