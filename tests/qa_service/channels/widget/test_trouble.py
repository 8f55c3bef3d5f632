"""What goes wrong between a citizen and the service is said plainly and can be tried again."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect

from qa_service import wiring
from qa_service.ask import Entering
from qa_service.types import Answer, Question
from tests.qa_service.channels.widget.conftest import Shot, Visit
from tests.qa_service.channels.widget.test_asking import THREE_PUBLIC

_ERROR = json.dumps({"error": {"code": "x", "message": "服务正在启动，请稍后再试。"}})


def test_a_lost_connection_is_tried_again_by_itself(visit: Visit) -> None:
    chat = visit()
    chat.fail("abort", times=2)
    expect(chat.ask(THREE_PUBLIC).locator(".value strong")).to_have_text("5.40")
    chat.visitor.complaints.clear()


def test_a_lost_connection_does_not_ask_twice(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service answered, the reply was lost on the way, and the visitor tries again."""
    real = wiring.Service.ask
    asked: list[str] = []

    def counted(service: wiring.Service, question: Question, entering: Entering) -> Answer:
        asked.append(question.text)
        return real(service, question, entering)

    monkeypatch.setattr(wiring.Service, "ask", counted)
    chat = visit()

    def lost(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    chat.page.route("**/v1/ask/stream", lost, times=3)
    expect(chat.ask(THREE_PUBLIC).locator(".value strong")).to_have_text("5.40", timeout=15000)
    assert asked == [THREE_PUBLIC]
    chat.visitor.complaints.clear()


def test_without_a_network_the_visitor_tries_again(visit: Visit, shot: Shot) -> None:
    chat = visit()
    chat.ask("2024年水费是多少？")
    chat.page.context.set_offline(True)
    reply = chat.ask(THREE_PUBLIC)
    expect(reply).to_contain_text("网络已断开")
    shot(chat.page, "offline")
    chat.page.context.set_offline(False)
    reply.get_by_role("button", name="重试").click()
    expect(chat.finished().locator(".value strong")).to_have_text("5.40")
    expect(chat.turns).to_have_count(2)
    chat.visitor.complaints.clear()


def test_a_reload_in_the_middle_brings_the_answer(visit: Visit) -> None:
    chat = visit()
    chat.page.route("**/v1/ask/stream", lambda _route: None)
    chat.box.fill(THREE_PUBLIC)
    chat.box.press("Enter")
    expect(chat.page.locator(".status")).to_be_visible()
    chat.page.unroute_all(behavior="ignoreErrors")
    chat.page.reload()
    expect(chat.finished().locator(".value strong")).to_have_text("5.40")
    expect(chat.turns).to_have_count(1)


def test_a_setting_that_changes_in_the_middle_loses_no_answer(visit: Visit) -> None:
    chat = visit()
    waiting: list[Route] = []
    chat.page.route("**/v1/ask/stream", lambda route: waiting.append(route))
    chat.box.fill(THREE_PUBLIC)
    chat.box.press("Enter")
    expect(chat.page.locator(".status")).to_be_visible()
    chat.page.locator("budget-chat").evaluate("(e) => e.setAttribute('chat-title', '新')")
    expect(chat.page.get_by_role("heading", name="新")).to_be_visible()
    waiting[0].continue_()
    expect(chat.finished().locator(".value strong")).to_have_text("5.40")
    expect(chat.turns).to_have_count(1)


def test_too_many_requests_says_when_to_try_again(visit: Visit, shot: Shot) -> None:
    chat = visit()
    chat.fail((429, {"Retry-After": "7"}, _ERROR), times=1)
    reply = chat.ask(THREE_PUBLIC)
    expect(reply).to_contain_text("提问太频繁了，请在7秒后重试。")
    expect(chat.page.locator("[role=status]")).to_contain_text("7秒后")
    shot(chat.page, "too-many-requests")
    reply.get_by_role("button", name="重试").click()
    expect(chat.finished().locator(".value strong")).to_have_text("5.40")


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ((503, {}, _ERROR), "服务正在启动，请稍后再试。"),
        ((500, {}, "<html>proxy</html>"), "服务暂时无法回答，请稍后再试。"),
        ((413, {}, "{}"), "服务暂时无法回答，请稍后再试。"),
        ((200, {}, f"event: error\ndata: {_ERROR}\n\n"), "服务正在启动，请稍后再试。"),
    ],
)
def test_each_error_has_a_plain_sentence(
    visit: Visit, reply: tuple[int, dict[str, str], str], said: str
) -> None:
    chat = visit()
    chat.fail(reply, times=1)
    expect(chat.ask(THREE_PUBLIC)).to_contain_text(said)
    chat.reply.get_by_role("button", name="重试").click()
    expect(chat.finished().locator(".value strong")).to_have_text("5.40")


def test_nonsense_instead_of_events_is_no_answer(visit: Visit) -> None:
    chat = visit()
    chat.fail((200, {}, "event: answer\ndata: {\n\n"), times=1)
    expect(chat.ask(THREE_PUBLIC).locator(".value strong")).to_have_text("5.40")


def test_the_visitor_can_stop(visit: Visit) -> None:
    chat = visit()
    chat.page.route("**/v1/ask/stream", lambda _route: None)
    chat.box.fill(THREE_PUBLIC)
    chat.box.press("Enter")
    chat.page.get_by_role("button", name="停止").click()
    expect(chat.reply).to_contain_text("已停止回答")
    chat.page.unroute_all(behavior="ignoreErrors")
    chat.page.reload()
    expect(chat.reply).to_contain_text("还没有得到回答")
    chat.reply.get_by_role("button", name="重试").click()
    expect(chat.finished().locator(".value strong")).to_have_text("5.40")


def test_feedback_that_is_not_stored_is_said(visit: Visit) -> None:
    chat = visit()
    reply = chat.ask(THREE_PUBLIC)
    chat.page.route("**/v1/feedback", lambda route: route.abort(), times=1)
    up = reply.get_by_role("button", name="有帮助", exact=True)
    up.click()
    expect(reply.locator(".said")).to_have_text("评价没有提交成功，请稍后再试。")
    expect(up).to_have_attribute("aria-pressed", "false")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")


def test_a_site_that_is_not_allowed_is_told(visit: Visit) -> None:
    chat = visit()
    other = chat.page.url.replace("127.0.0.1", "localhost")
    chat.page.goto(other)
    reply = chat.ask(THREE_PUBLIC)
    expect(reply).to_contain_text("连接中断", timeout=15000)
    assert any("CORS" in one for one in chat.visitor.complaints)
    chat.visitor.complaints.clear()
