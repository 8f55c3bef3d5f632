"""Everyone can use it: with a keyboard alone, large, dark, zoomed, still, and read aloud."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.qa_service.channels.widget.chat import DESKTOP, PHONE, Chat
from tests.qa_service.channels.widget.conftest import Shot, Visit
from tests.qa_service.channels.widget.test_asking import THREE_PUBLIC

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "large": {"attributes": 'open="" text-size="large"'},
    "large-dark": {"color_scheme": "dark", "attributes": 'open="" text-size="large"'},
    "contrast": {"contrast": "more"},
    "forced-colors": {"forced_colors": "active"},
}


@cache
def _axe() -> str:
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds on the page, in the widget's shadow too."""
    page.evaluate(_axe())
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("(o) => axe.run(document, o).then((r) => r.violations)", options)
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
        for one in found
        for node in one["nodes"]
    ]


def _used(chat: Chat) -> None:
    """Leaves the chat with all that it can show."""
    reply = chat.ask("金额最大的5个项目是哪些？")
    reply.locator(".data .mark").first.click()
    expect(reply.locator(".proof tr.hit")).to_be_visible()
    chat.ask("维修费是多少")
    reply = chat.ask("公务接待费占三公经费的比例")
    reply.locator(".operand").first.click()
    expect(reply.locator(".proof tr.hit")).to_be_visible()
    reply.get_by_role("button", name="没有帮助").click()
    expect(reply.get_by_label("补充说明")).to_be_visible()
    for summary in reply.locator("summary").all():
        summary.click()


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing(visit: Visit, shot: Shot, mode: str) -> None:
    chat = visit(**MODES[mode])
    assert violations(chat.page) == []
    _used(chat)
    assert violations(chat.page) == []
    shot(chat.page, f"mode-{mode}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_on_a_phone(visit: Visit, language: str) -> None:
    chat = visit(size=PHONE, attributes=f'lang="{language}"')
    assert violations(chat.page) == []
    chat.page.locator(".launcher").click()
    chat.ask(THREE_PUBLIC).locator(".text .mark").first.click()
    chat.fail((500, {}, ""), times=1)
    chat.ask(THREE_PUBLIC)
    assert violations(chat.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_source_pages(visit: Visit, scheme: str) -> None:
    chat = visit()
    reply = chat.ask(THREE_PUBLIC)
    reply.locator(".text .mark").first.click()
    address = reply.get_by_role("link", name="在原文件中查看").get_attribute("href")
    assert address
    page = chat.visitor.page(color_scheme=scheme)
    page.goto(address)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_box_asks_for_can_be_read(visit: Visit, scheme: str) -> None:
    """axe does not look at placeholders; theirs is the colour of quiet text, which it checks."""
    chat = visit(color_scheme=scheme)
    colour = chat.box.evaluate("(e) => getComputedStyle(e, '::placeholder').color")
    assert chat.page.locator(".privacy").evaluate("(e) => getComputedStyle(e).color") == colour


def test_a_keyboard_is_enough(visit: Visit) -> None:
    chat = visit(attributes="")
    keys = chat.page.keyboard
    expect(chat.page.locator(".launcher")).to_be_visible()
    keys.press("Tab")
    expect(chat.page.locator(".launcher")).to_be_focused()
    keys.press("Enter")
    expect(chat.box).to_be_focused()
    keys.type("维修费是多少")
    keys.press("Enter")
    reply = chat.finished()
    expect(chat.box).to_be_focused()
    _tab_to(chat, reply.locator(".choice").first, back=True)
    keys.press("Enter")
    expect(chat.turns).to_have_count(2)
    reply = chat.finished()
    expect(reply).to_be_focused()
    _tab_to(chat, reply.locator(".text .mark").first)
    keys.press("Space")
    expect(reply.locator(".proof tr.hit")).to_be_visible()
    expect(reply.locator(".proof")).to_be_focused()
    _tab_to(chat, reply.get_by_role("link", name="在原文件中查看"))
    _tab_to(chat, reply.get_by_role("button", name="收起出处"))
    keys.press("Enter")
    expect(reply.locator(".text .mark").first).to_be_focused()
    _tab_to(chat, reply.get_by_role("button", name="有帮助", exact=True))
    keys.press("Enter")
    expect(reply.locator(".said")).to_have_text("感谢您的评价")
    keys.press("Escape")
    expect(chat.page.locator(".launcher")).to_be_focused()
    expect(chat.page.locator(".panel")).to_be_hidden()
    keys.press("Enter")
    expect(chat.box).to_be_focused()


def _tab_to(chat: Chat, wanted: Locator, *, back: bool = False) -> None:
    """Presses Tab, or Shift+Tab, until what is wanted has the keyboard."""
    for _ in range(40):
        if wanted.evaluate("(e) => e.getRootNode().activeElement === e"):
            return
        chat.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{wanted} is not reached by Tab")


def test_on_a_phone_the_keyboard_stays_in_the_panel(visit: Visit) -> None:
    chat = visit(size=PHONE, html="<budget-chat></budget-chat><a href='#'>末尾</a>")
    chat.page.locator(".launcher").click()
    expect(chat.box).to_be_focused()
    for key in ("Tab", "Shift+Tab"):
        for _ in range(12):
            chat.page.keyboard.press(key)
            inside = "!!document.activeElement.shadowRoot?.querySelector('.panel :focus')"
            assert chat.page.evaluate(inside)


def test_only_finished_answers_are_announced(visit: Visit) -> None:
    chat = visit()
    chat.page.locator("[role=status]").evaluate(
        """(live) => { window.said = [];
        new MutationObserver(() => live.textContent && said.push(live.textContent))
          .observe(live, {childList: true, characterData: true, subtree: true}); }"""
    )
    chat.ask("部门的主要职责有哪些？")
    said = chat.page.evaluate("window.said")
    assert len(said) == 1
    assert said[0].startswith("回答：主要职责共12条。")
    assert "[1]" not in said[0]
    live = "[...document.querySelector('budget-chat').shadowRoot.querySelectorAll('[aria-live]')]"
    assert chat.page.evaluate(f"{live}.length") == 1
    assert chat.page.locator(".log [aria-live], .log[role=log]").count() == 0


def test_what_can_be_chosen_is_announced_with_the_question(visit: Visit) -> None:
    chat = visit()
    reply = chat.ask("维修费是多少")
    said = chat.page.locator("[role=status]").inner_text()
    for label in reply.locator(".choice").all_inner_texts():
        assert label in said


@pytest.mark.parametrize(
    ("name", "size"), [("320", (320, 568)), ("200-per-cent", (640, 450)), ("short", (320, 256))]
)
def test_nothing_is_cut_off_when_it_is_narrow_or_zoomed(
    visit: Visit, shot: Shot, name: str, size: tuple[int, int]
) -> None:
    """200 per cent of 1280 by 900 is a page of 640 by 450; 400 per cent one of 320 by 256."""
    chat = visit(size=size)
    reply = chat.ask("公务接待费占三公经费的比例")
    reply.locator(".text .mark").first.click()
    expect(reply.locator(".proof tr.hit")).to_be_visible()
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for place in (".panel", "header", ".log", ".asking"):
        box = chat.page.locator(place).last.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
    log = chat.page.locator(".log").evaluate(
        "(e) => [e.clientHeight, e.scrollWidth - e.clientWidth]"
    )
    assert log[0] > 80
    assert log[1] <= 0
    expect(chat.box).to_be_in_viewport(ratio=0.9)
    shot(chat.page, f"narrow-{name}")


def test_large_text_is_the_readers_choice_and_lasts(visit: Visit, shot: Shot) -> None:
    chat = visit(size=PHONE)
    chat.ask(THREE_PUBLIC)
    large = chat.page.get_by_role("button", name="长者模式")
    expect(large).to_have_attribute("aria-pressed", "false")
    large.click()
    expect(large).to_have_attribute("aria-pressed", "true")
    expect(chat.reply.locator(".text")).to_have_css("font-size", "21px")
    shot(chat.page, "large-phone")
    chat.page.reload()
    expect(chat.reply.locator(".text")).to_have_css("font-size", "21px")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_targets_are_large_enough(visit: Visit, size: tuple[int, int]) -> None:
    chat = visit(size=size)
    _used(chat)
    small = chat.page.locator("button, a, summary, textarea").evaluate_all(
        """(all) => all.filter((e) => e.checkVisibility())
        .map((e) => [e.className, e.getBoundingClientRect()])
        .filter(([name, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    )
    assert small == []
    main = chat.page.locator(".tool, .send, .choice, .asking textarea")
    heights = main.evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().height)")
    assert min(heights) >= 44


def test_nothing_moves_where_that_is_not_wanted(visit: Visit) -> None:
    moves = "(e) => getComputedStyle(e, '::before').animationName"
    for wanted, name in (("reduce", "none"), ("no-preference", "turn")):
        chat = visit(reduced_motion=wanted)
        chat.page.route("**/v1/ask/stream", lambda _route: None)
        chat.box.fill(THREE_PUBLIC)
        chat.box.press("Enter")
        assert chat.page.locator(".status").evaluate(moves) == name
