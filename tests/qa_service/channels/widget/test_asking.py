"""A citizen asks in the chat window."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.qa_service.channels.widget.conftest import Shot, Visit

THREE_PUBLIC = "2024年“三公”经费预算是多少？"


def test_the_number_stands_large_and_first(visit: Visit, shot: Shot) -> None:
    chat = visit()
    reply = chat.ask(THREE_PUBLIC)
    expect(reply.locator(".value strong")).to_have_text("5.40")
    expect(reply.locator(".value .unit")).to_have_text("万元")
    expect(reply.locator(".text")).to_contain_text("2024年“三公”经费预算为5.40万元[1]")
    assert reply.evaluate("r => r.firstElementChild.className") == "value"
    shot(chat.page, "answer-desktop")
