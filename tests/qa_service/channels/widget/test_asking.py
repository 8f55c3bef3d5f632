"""A citizen asks in the chat window."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from qa_service.channels import stream
from tests.qa_service.channels.widget.chat import DESKTOP, PHONE
from tests.qa_service.channels.widget.conftest import Shot, Visit

THREE_PUBLIC = "2024年“三公”经费预算是多少？"


@pytest.mark.parametrize(("name", "size"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_the_number_stands_large_and_first(
    visit: Visit, shot: Shot, name: str, size: tuple[int, int]
) -> None:
    chat = visit(size=size, attributes="")
    chat.page.get_by_role("button", name="预算问答").click()
    reply = chat.ask(THREE_PUBLIC)
    expect(reply.locator(".value strong")).to_have_text("5.40")
    expect(reply.locator(".value .unit")).to_have_text("万元")
    expect(reply.locator(".text")).to_contain_text("2024年“三公”经费预算为5.40万元[1]")
    assert reply.evaluate("r => r.firstElementChild.className") == "value"
    expect(reply.locator(".notices")).to_contain_text("2024年广州市天河区")
    shot(chat.page, f"answer-{name}")


def test_the_answer_comes_in_pieces(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = stream.pieces

    def slow(text: str) -> Iterator[str]:
        for n, piece in enumerate(whole(text)):
            time.sleep(0.06 if n < 4 else 0)
            yield piece

    monkeypatch.setattr(stream, "pieces", slow)
    chat = visit()
    chat.page.locator(".log").evaluate(
        """(log) => { window.seen = new Set();
        new MutationObserver(() => seen.add(log.querySelector(".reply").textContent))
          .observe(log, {subtree: true, childList: true, characterData: true}); }"""
    )
    chat.ask("部门的主要职责有哪些？")
    seen = chat.page.evaluate("[...window.seen]")
    assert any("正在" in text or "已收到" in text for text in seen)
    growing = [text for text in seen if text.startswith("主要职责共")]
    assert len(growing) > 2
    assert all(b.startswith(a) for a, b in pairwise(growing[:3]))


def test_a_question_is_asked_back_and_answered(visit: Visit, shot: Shot) -> None:
    chat = visit()
    reply = chat.ask("维修费是多少")
    choices = reply.locator(".choice")
    expect(choices).to_have_count(2)
    shot(chat.page, "clarify")
    choices.nth(1).click()
    expect(chat.turns).to_have_count(2)
    assert "reply" in chat.focused()
    expect(chat.finished().locator(".value strong")).to_have_text("28.25")


def test_suggestions_ask(visit: Visit) -> None:
    chat = visit(attributes='open="" suggestions="电费是多少？| 水费是多少？ |"')
    expect(chat.page.locator(".choice")).to_have_text(["电费是多少？", "水费是多少？"])
    chat.page.get_by_role("button", name="水费是多少？").click()
    expect(chat.finished().locator(".value strong")).to_have_text("9.70")
    reply = chat.ask(THREE_PUBLIC)
    reply.locator(".choice").first.click()
    expect(chat.turns).to_have_count(3)
    chat.finished()


def test_a_decline_says_what_can_be_asked(visit: Visit, shot: Shot) -> None:
    chat = visit()
    reply = chat.ask("明天天气怎么样？")
    expect(reply.locator(".text")).to_contain_text("与部门预算无关")
    expect(reply.locator(".actions")).to_have_count(0)
    shot(chat.page, "declined")


def test_follow_ups_lean_on_the_conversation(visit: Visit) -> None:
    chat = visit()
    chat.ask("2024年水费是多少？")
    expect(chat.ask("那电费呢？").locator(".value strong")).to_have_text("169.86")


def test_enter_sends_but_not_while_a_character_is_chosen(visit: Visit) -> None:
    chat = visit()
    chat.box.fill("电费")
    chat.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    chat.box.press("Shift+Enter")
    assert chat.box.input_value() == "电费\n"
    expect(chat.turns).to_have_count(0)
    chat.box.press("Enter")
    expect(chat.turns).to_have_count(1)
    expect(chat.box).to_have_value("")
    chat.finished()


def test_a_long_question_is_counted_and_not_sent(visit: Visit) -> None:
    chat = visit()
    chat.box.fill("预" * 450)
    expect(chat.page.locator(".left")).to_have_text("还可以输入50个字")
    chat.box.fill("𝟗" * 502)
    expect(chat.page.locator(".left")).to_contain_text("请缩短2个字")
    expect(chat.box).to_have_attribute("aria-invalid", "true")
    chat.box.press("Enter")
    expect(chat.turns).to_have_count(0)
    chat.box.fill("   ")
    chat.box.press("Enter")
    expect(chat.turns).to_have_count(0)


def test_the_conversation_lasts_for_the_visit(visit: Visit) -> None:
    chat = visit()
    chat.ask("2024年水费是多少？")
    chat.reply.get_by_role("button", name="没有帮助").click()
    expect(chat.reply.locator(".said")).to_have_text("感谢您的评价")
    chat.page.reload()
    expect(chat.reply.locator(".value strong")).to_have_text("9.70")
    down = chat.reply.get_by_role("button", name="没有帮助")
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(chat.ask("那电费呢？").locator(".value strong")).to_have_text("169.86")
    other = chat.page.context.new_page()
    other.goto(chat.page.url)
    expect(other.locator(".greeting")).to_be_visible()
    expect(other.locator(".turn")).to_have_count(0)


def test_a_closed_chat_stays_closed_and_an_open_one_open(visit: Visit) -> None:
    chat = visit(attributes="")
    expect(chat.page.locator(".launcher")).to_be_visible()
    chat.page.locator(".launcher").click()
    chat.page.reload()
    expect(chat.box).to_be_visible()
    assert chat.focused() in ("BODY", "")
    chat.page.get_by_role("button", name="关闭").click()
    chat.page.reload()
    expect(chat.page.locator(".launcher")).to_be_visible()
    expect(chat.page.locator(".panel")).to_have_count(0)


def test_a_reset_forgets_the_conversation(visit: Visit) -> None:
    chat = visit()
    chat.ask("2024年水费是多少？")
    chat.page.get_by_role("button", name="清空对话").click()
    expect(chat.turns).to_have_count(0)
    expect(chat.page.locator("[role=status]")).to_have_text("对话已清空")
    chat.page.reload()
    expect(chat.page.locator(".greeting")).to_be_visible()
    expect(chat.turns).to_have_count(0)
    assert "169" not in chat.ask("那呢？").inner_text()


def test_english(visit: Visit, shot: Shot) -> None:
    chat = visit(attributes='open="" lang="en"')
    expect(chat.page.get_by_role("heading", name="Budget questions")).to_be_visible()
    reply = chat.ask("How much is spent on electricity in 2024?")
    expect(reply.locator(".value strong")).to_have_text("169.86")
    reply.locator(".mark").first.click()
    expect(reply.get_by_role("link", name="View in the document")).to_be_visible()
    shot(chat.page, "english")
    chat.page.get_by_role("button", name="中文").click()
    expect(chat.page.get_by_role("heading", name="预算问答")).to_be_visible()
    expect(chat.reply.locator(".value strong")).to_have_text("169.86")
    assert chat.focused() == "tool language"


def test_the_answer_is_copied_with_its_source(visit: Visit) -> None:
    chat = visit(permissions=["clipboard-read", "clipboard-write"])
    reply = chat.ask(THREE_PUBLIC)
    reply.get_by_role("button", name="复制答案和出处").click()
    expect(reply.locator(".copy")).to_contain_text("已复制")
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("2024年“三公”经费预算为5.40万元[1][2]。\n\n出处：\n[1] 《2024年")
    assert re.search(r"表8 .*预算表 › “三公”经费 5\.40万元 http://127.*/source/.*#row-", copied)


def test_feedback_reaches_the_service(visit: Visit, shot: Shot) -> None:
    chat = visit()
    reply = chat.ask("2024年水费是多少？")
    with chat.page.expect_request("**/v1/feedback") as sent:
        reply.get_by_role("button", name="没有帮助").click()
    body = json.loads(sent.value.post_data or "")
    assert (body["helpful"], body["question"]) == (False, None)
    expect(reply.locator(".said")).to_have_text("感谢您的评价")
    reply.get_by_label("补充说明").fill("看不懂")
    shot(chat.page, "feedback")
    with chat.page.expect_response("**/v1/feedback") as kept:
        reply.get_by_role("button", name="提交说明").click()
    assert kept.value.status == 204
    assert "2024年水费是多少？" in (kept.value.request.post_data or "")
    expect(reply.locator(".said")).to_have_text("说明已提交，谢谢")


def test_a_preset_department_answers_what_would_be_asked_back(visit: Visit) -> None:
    chat = visit(attributes='open="" department="乙局"')
    options = [
        {"label": f"2024年{name}部门预算", "question": f"2024年{name}部门预算：电费是多少？"}
        for name in ("甲局", "乙局")
    ]
    asked: list[str] = []
    chat.page.on(
        "request", lambda r: asked.append(r.post_data or "") if "stream" in r.url else None
    )
    which = {"question": "您问的是哪一个？", "options": options}
    chat.stub(answer("您问的是哪一个？", status="clarify", clarification=which), answer("答。"))
    expect(chat.ask("电费是多少？").locator(".text")).to_have_text("答。")
    expect(chat.turns.last.locator(".asked")).to_contain_text("电费是多少？")
    assert "2024年乙局部门预算：电费是多少？" in asked[-1]


def answer(text: str, **more: object) -> dict[str, object]:
    """An answer as the service would give it."""
    plain: dict[str, object] = {
        "id": "a1",
        "conversation_id": "c1",
        "question": "",
        "status": "answered",
        "route": "numeric",
        "text": text,
        "values": [],
        "citations": [],
        "clarification": None,
        "notices": [],
        "suggestions": [],
        "plan": None,
    }
    return {**plain, **more}
