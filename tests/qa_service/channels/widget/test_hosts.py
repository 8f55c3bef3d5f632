"""Pages of other sites: one line, strict policies, hostile styles, and nothing left behind."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from qa_service.channels.widget_files import FOLDER, WidgetFiles
from tests.qa_service.channels.widget.chat import PHONE
from tests.qa_service.channels.widget.conftest import Shot, Visit
from tests.qa_service.channels.widget.hosts import HOSTILE, strict_policy
from tests.qa_service.channels.widget.test_asking import THREE_PUBLIC

MOST_BYTES = 30_000


def test_all_of_it_is_small() -> None:
    assert WidgetFiles().packed_bytes <= MOST_BYTES


def test_no_way_leads_from_a_string_to_markup_or_code() -> None:
    ways = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(|DOMParser|srcdoc"
    )
    for file in FOLDER.iterdir():
        text = file.read_text("utf-8")
        assert re.findall(ways, text) == [], file.name
        assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text) == [], file.name


def test_one_line_is_enough(visit: Visit, shot: Shot) -> None:
    chat = visit(html="")
    launcher = chat.page.get_by_role("button", name="预算问答")
    shot(chat.page, "launcher")
    launcher.click()
    expect(chat.box).to_be_focused()
    expect(chat.ask(THREE_PUBLIC).locator(".value strong")).to_have_text("5.40")


def test_the_one_line_takes_settings(visit: Visit) -> None:
    settings = 'data-chat-title="问问预算" data-position="left" data-onclick="alert(1)"'
    chat = visit(html="", script=settings)
    element = chat.page.locator("budget-chat")
    expect(element).to_have_attribute("chat-title", "问问预算")
    expect(element).not_to_have_attribute("onclick", "alert(1)")
    expect(chat.page.locator("budget-chat")).to_have_count(1)
    chat.page.get_by_role("button", name="问问预算").click()
    panel = chat.page.locator(".panel").bounding_box()
    assert panel
    assert panel["x"] < 100


def test_a_page_may_place_it_or_not_have_it(visit: Visit, base: str) -> None:
    chat = visit(attributes='position="inline"')
    expect(chat.box).to_be_visible()
    expect(chat.page.locator(".launcher")).to_be_hidden()
    expect(chat.page.get_by_role("button", name="关闭")).to_have_count(0)
    chat.page.keyboard.press("Escape")
    expect(chat.ask(THREE_PUBLIC).locator(".value strong")).to_have_text("5.40")
    script = f'<script src="{base}/widget.js" data-auto="false" defer></script>'
    page = chat.visitor.page()
    page.goto(chat.visitor.hosts.page(script))
    page.wait_for_load_state("networkidle")
    assert page.locator("budget-chat").count() == 0


def test_the_strict_policy_refuses_nothing(visit: Visit, base: str, shot: Shot) -> None:
    chat = visit(headers={"Content-Security-Policy": strict_policy(base)}, attributes="")
    chat.page.get_by_role("button", name="预算问答").click()
    reply = chat.ask(THREE_PUBLIC)
    reply.locator(".text .mark").first.click()
    expect(reply.locator(".proof tr.hit")).to_be_visible()
    reply = chat.ask("金额最大的5个项目是哪些？")
    expect(reply.get_by_role("img")).to_be_visible()
    reply.get_by_role("button", name="有帮助", exact=True).click()
    expect(reply.locator(".said")).to_have_text("感谢您的评价")
    reply.get_by_role("button", name="复制答案和出处").click()
    expect(reply.locator(".copy")).to_contain_text("已复制")
    chat.ask("维修费是多少").locator(".choice").first.click()
    chat.finished()
    chat.page.get_by_role("button", name="长者模式").click()
    chat.page.get_by_role("button", name="English").click()
    expect(chat.page.get_by_role("heading", name="Budget questions")).to_be_visible()
    shot(chat.page, "strict-policy")
    assert chat.visitor.refused() == []


def test_the_policy_is_at_work(visit: Visit, base: str) -> None:
    """Without this, a mistake in the test's own policy would look like success."""
    chat = visit(headers={"Content-Security-Policy": strict_policy(base)})
    chat.page.locator("#words").evaluate("(e) => { try { e.innerHTML = '<i>x</i>' } catch {} }")
    chat.page.locator("#words").evaluate("(e) => e.setAttribute('style', 'color: red')")
    chat.page.wait_for_timeout(50)
    refused = chat.page.evaluate("window.refused.splice(0)")
    assert any("trusted-types" in one for one in refused)
    assert any("style-src" in one for one in refused)
    chat.visitor.complaints.clear()


@pytest.mark.parametrize("size", [(1280, 900), PHONE], ids=["desktop", "phone"])
def test_hostile_styles_do_not_reach_it(visit: Visit, shot: Shot, size: tuple[int, int]) -> None:
    chat = visit(style=HOSTILE, attributes="", size=size)
    launcher = chat.page.locator(".launcher")
    expect(launcher).to_be_visible()
    launcher.click()
    reply = chat.ask(THREE_PUBLIC)
    look = reply.locator(".value strong").evaluate(
        """(e) => { const s = getComputedStyle(e); return [s.fontSize, s.color, s.textTransform,
        s.letterSpacing, s.direction, s.writingMode]; }"""
    )
    assert look == ["33.6px", "rgb(27, 31, 36)", "none", "normal", "ltr", "horizontal-tb"]
    panel = chat.page.locator(".panel").bounding_box()
    assert panel
    assert panel["x"] >= 0
    assert panel["y"] >= 0
    assert panel["x"] + panel["width"] <= size[0]
    assert panel["width"] >= min(size[0], 430)
    host = chat.page.locator("budget-chat").evaluate(
        """(e) => { const s = getComputedStyle(e);
        return [s.opacity, s.transform, s.visibility, s.filter, s.pointerEvents, s.clipPath]; }"""
    )
    assert host == ["1", "none", "visible", "none", "auto", "none"]
    there = "(e) => { const b = e.getBoundingClientRect(); return document.elementFromPoint("
    there += "b.x + b.width / 2, b.y + b.height / 2)?.localName; }"
    assert chat.page.locator(".panel").evaluate(there) == "budget-chat"
    shot(chat.page, f"hostile-{size[0]}")


def test_its_styles_do_not_reach_the_page(visit: Visit) -> None:
    chat = visit(style="p { color: rgb(1, 2, 3); font: 17px/20px serif; }")
    read = "(e) => { const s = getComputedStyle(e); return [s.color, s.font, s.margin]; }"
    alone = chat.visitor.page()
    alone.goto(
        chat.visitor.hosts.page(
            "<!DOCTYPE html><style>p { color: rgb(1, 2, 3); font: 17px/20px serif; }</style>"
            "<p id='words'>x</p>"
        )
    )
    chat.ask(THREE_PUBLIC)
    assert chat.page.locator("#words").evaluate(read) == alone.locator("#words").evaluate(read)
    added = chat.page.evaluate("Object.keys(window).filter((k) => /budget|chat|qa/i.test(k))")
    assert added == []


def test_it_leaves_no_cookie_and_asks_nobody_else(visit: Visit, base: str) -> None:
    chat = visit()
    reply = chat.ask(THREE_PUBLIC)
    reply.locator(".text .mark").first.click()
    expect(reply.locator(".proof tr.hit")).to_be_visible()
    reply.get_by_role("button", name="有帮助", exact=True).click()
    expect(reply.locator(".said")).to_have_text("感谢您的评价")
    assert chat.page.context.cookies() == []
    assert chat.page.evaluate("[document.cookie, localStorage.length]") == ["", 0]
    keys = chat.page.evaluate("Object.keys(sessionStorage)")
    assert keys == [f"budget-chat {base}/"]
    hosts = {f"{u.scheme}://{u.netloc}" for u in map(urlsplit, chat.visitor.requested)}
    assert hosts == {base, chat.visitor.hosts.origin}


def test_a_page_that_forbids_storage_can_still_ask(visit: Visit) -> None:
    chat = visit(html="")
    chat.page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no'); } })"
    )
    chat.page.reload()
    chat.page.locator(".launcher").click()
    expect(chat.ask(THREE_PUBLIC).locator(".value strong")).to_have_text("5.40")


def test_settings_change_it_while_it_is_open(visit: Visit) -> None:
    chat = visit(style="budget-chat { --budget-chat-accent: rgb(120, 0, 40); }")
    header = chat.page.locator(".panel header")
    expect(header).to_have_css("background-color", "rgb(120, 0, 40)")
    chat.box.fill("写到一半")
    element = chat.page.locator("budget-chat")
    for name, value in {
        "chat-title": "新标题",
        "greeting": "新问候",
        "theme": "dark",
        "text-size": "large",
    }.items():
        element.evaluate("(e, [n, v]) => e.setAttribute(n, v)", [name, value])
    expect(chat.page.get_by_role("heading", name="新标题")).to_be_visible()
    expect(chat.page.locator(".greeting")).to_have_text("新问候")
    expect(chat.page.locator(".root")).to_have_css("color-scheme", "dark")
    expect(chat.page.locator(".root")).to_have_css("font-size", "21px")
    expect(chat.box).to_have_value("写到一半")
