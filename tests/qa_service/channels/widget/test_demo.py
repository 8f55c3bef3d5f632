"""The page at / shows the widget at work and lets one try its options."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.qa_service.channels.widget.chat import DESKTOP, PHONE, Chat, Visitor
from tests.qa_service.channels.widget.conftest import Shot
from tests.qa_service.channels.widget.test_accessible import violations
from tests.qa_service.channels.widget.test_asking import THREE_PUBLIC


def _demo(visitor: Visitor, **options: object) -> Chat:
    page = visitor.page(**options)  # type: ignore[arg-type]
    page.goto(visitor.base + "/")
    return Chat(page, visitor)


@pytest.mark.parametrize(("name", "size"), [("desktop", DESKTOP), ("phone", PHONE)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_widget_is_at_work_on_the_sample(
    visitor: Visitor, shot: Shot, name: str, size: tuple[int, int], scheme: str
) -> None:
    chat = _demo(visitor, size=size, color_scheme=scheme)
    chat.page.locator(".choice").first.click()
    expect(chat.finished().locator(".value strong")).to_have_text("5.40")
    assert violations(chat.page) == []
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(chat.page, f"demo-{name}-{scheme}")


def test_options_change_the_widget_and_its_code(visitor: Visitor) -> None:
    chat = _demo(visitor)
    page, code = chat.page, chat.page.locator("#code")
    expect(code).to_contain_text(f'<script src="{visitor.base}/widget.js" defer></script>')
    page.get_by_label("标题").fill('问"问"')
    expect(page.get_by_role("heading", name='问"问"')).to_be_visible()
    expect(code).to_contain_text('chat-title="问&quot;问&quot;"')
    page.get_by_label("语言").select_option("en")
    expect(page.locator(".greeting")).to_contain_text("Hello")
    page.get_by_label("主题").select_option("dark")
    expect(page.locator(".root")).to_have_css("color-scheme", "dark")
    page.get_by_label("字号").select_option("large")
    expect(page.locator(".root")).to_have_css("font-size", "21px")
    page.get_by_label("主色").fill("#7a0030")
    expect(code).to_contain_text("--budget-chat-accent: #7a0030")
    page.get_by_label("位置").select_option("left")
    expect(chat.box).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".launcher")).to_be_focused()
    page.locator(".launcher").click()
    expect(chat.ask(THREE_PUBLIC).locator(".value strong")).to_have_text("5.40")
    page.get_by_label("位置").select_option("inline")
    expect(page.locator(".launcher")).to_be_hidden()
