"""Texts that attack, through the question, the labels of a document and its passages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from playwright.sync_api import Route, expect

from qa_service.channels.source_page import source_page
from qa_service.settings import Settings
from qa_service.wiring import open_store
from tests.hostile.payloads import PAYLOADS
from tests.qa_service.channels.widget.chat import PHONE, Chat, Visitor, events
from tests.qa_service.channels.widget.conftest import Shot, Visit
from tests.qa_service.channels.widget.test_asking import answer

LONG_WORDS = ("W" * 490, "http://" + "a" * 400, "预" * 500, "ﷺ" * 200, "\u0e49" * 300)
TEXTS = [
    text
    for text in (*(p.text for group in PAYLOADS.values() for p in group), *LONG_WORDS)
    if text.strip("\u200b\u200c\u200d\u2060\ufeff")
]
_TURNS_TEXT = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ASK_ALL = """
async (texts) => {
  const panel = document.querySelector("budget-chat").panel;
  for (const text of texts) {
    panel.send(text, false);
    const latest = Date.now() + 5000;
    while (panel.asking && Date.now() < latest) await new Promise((done) => setTimeout(done, 1));
  }
}
"""
_OPEN_ALL = """
(nth) => {
  const root = document.querySelector("budget-chat").shadowRoot;
  for (const reply of root.querySelectorAll(".reply")) {
    for (const one of reply.querySelectorAll("details")) one.open = true;
    [...reply.querySelectorAll(".text .mark")].at(nth).click();
  }
}
"""
_LOADED = "script, img, iframe, object, embed, style, form[action], link:not([rel=stylesheet])"


def _cited(text: str, n: int = 1, kind: str = "row") -> dict[str, Any]:
    return {
        "n": n,
        "kind": kind,
        "quote": text,
        "url": f"/source/{text[:40]}#row-1",
        "document": {"id": "d", "title": text, "department": text, "year": 2024, "kind": "预算"},
        "table": {"id": "t", "number": 1, "title": text},
        "row": {"id": text[:40], "label": text, "code": None},
        "column": text,
        "value": text,
        "unit": text,
        "section": text,
        "item": text,
        "page": 3,
        "line": 4,
        "rows_count": None,
        "filter": text,
    }


def _hostile(text: str) -> dict[str, Any]:
    """An answer that holds the text wherever an answer can hold one."""
    value = {"label": text, "value": text, "unit": text, "amount_yuan": None, "citations": [1]}
    option = {"label": text, "question": text}
    return answer(
        f"{text}[1][2]",
        id=text[:40],
        question=text,
        values=[{**value, "formula": text}, {**value, "formula": None}],
        citations=[_cited(text), _cited(text, 2, "passage")],
        clarification={"question": text, "options": [option]},
        notices=[text],
        suggestions=[text],
        plan={"operation": "sum"},
    )


def _row(text: str) -> dict[str, Any]:
    cell = {"column": 1, "name": text, "printed": text, "kind": "text"}
    row = {"id": "r", "printed": text, "code": text, "level": 1, "kind": "leaf", "cells": [cell]}
    columns = [
        {"name": text, "path": [text], "index": 0, "role": "label"},
        {"name": text, "path": [text, text], "index": 1, "role": "amount"},
    ]
    table = {"title": text, "number": 1, "unit": text, "columns": columns}
    return {"table": table, "row": row, "above": [], "around": [row, {**row, "id": "s"}]}


def _plain(text: str) -> str:
    """The text as a page can hold it: readable in one direction, and without halves of pairs."""
    turned = _TURNS_TEXT.sub("", text).replace("\r\n", "\n")
    return turned.encode("utf-8", "replace").decode().replace("?", "")


def _open(visit: Visit) -> Chat:
    """A chat whose service answers every question with the question, everywhere."""
    chat = visit(size=PHONE)
    expect(chat.box).to_be_visible()
    cors = {"Access-Control-Allow-Origin": "*"}

    def echo(route: Route) -> None:
        body = json.loads(route.request.post_data or "")
        headers = {**cors, "Content-Type": "text/event-stream"}
        route.fulfill(
            headers=headers, body=events(_hostile(body["question"])).encode("utf-8", "replace")
        )

    waiting = iter(TEXTS)
    chat.page.route("**/v1/ask/stream", echo)
    chat.page.route(
        "**/v1/rows/**",
        lambda route: route.fulfill(headers=cors, body=json.dumps(_row(next(waiting)))),
    )
    return chat


def test_payloads_are_text_wherever_they_stand(visit: Visit, shot: Shot) -> None:
    assert len(TEXTS) >= 60
    chat = _open(visit)
    chat.page.evaluate(_ASK_ALL, TEXTS)
    expect(chat.turns).to_have_count(len(TEXTS))
    chat.page.evaluate(_OPEN_ALL, -1)
    _all_say(chat, ".proof blockquote")
    chat.page.evaluate(_OPEN_ALL, -2)
    expect(chat.page.locator(".proof tr.hit")).to_have_count(len(TEXTS))
    for place in (
        ".asked",
        ".text",
        ".value",
        ".choice",
        ".notices",
        ".source",
        ".where",
        "tr.hit",
    ):
        _all_say(chat, place)
    assert chat.page.locator(".log").locator(_LOADED).count() == 0
    assert (
        chat.page.locator(".log [onload], .log [onerror], .log a:not([href^='http'])").count() == 0
    )
    assert chat.page.locator(".log").evaluate("(e) => e.scrollWidth <= e.clientWidth")
    boxes = ".turn, .asked, .text, .value, .choice, .notices, .source, .proof, .scroll"
    rights = chat.page.locator(boxes).evaluate_all(
        "(all) => all.filter((e) => e.getBoundingClientRect().right > innerWidth)"
        ".map((e) => [e.className, e.textContent.slice(0, 40)])"
    )
    assert rights == []
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert chat.visitor.refused() == []
    shot(chat.page, "payloads")


def test_questions_that_attack_get_a_harmless_reply(visit: Visit) -> None:
    """The service itself replies: its answer, or its sentence about a question that is too long."""
    chat = visit(size=PHONE)
    expect(chat.box).to_be_visible()
    chat.page.evaluate(_ASK_ALL, TEXTS)
    replies = chat.page.locator(".reply").all_inner_texts()
    assert len(replies) == len(TEXTS)
    assert all(replies)
    assert chat.page.locator(".log").locator(_LOADED).count() == 0
    assert chat.page.locator(".log").evaluate("(e) => e.scrollWidth <= e.clientWidth")


def test_a_document_that_attacks_is_text_on_its_page(
    visitor: Visitor, base: str, sample_settings: Settings
) -> None:
    """Its page is shown without the policy that would stop what the page let through."""
    with open_store(sample_settings) as store:
        document = store.document(store.documents()[0].id)
    assert document
    texts = [text for text in TEXTS if text == _plain(text) and "\0" not in text]
    table = next(t for t in document.tables if len(t.rows) > 5)
    rows = tuple(replace(table.rows[1], id=f"r{n}", printed=t) for n, t in enumerate(texts))
    passages = tuple(
        replace(document.passages[0], id=f"p{n}", section=t, text=t, table_id=None)
        for n, t in enumerate(texts)
    )
    title, department = texts[:2]
    hostile = replace(
        document,
        title=title,
        department=department,
        tables=(replace(table, title=texts[2], rows=rows),),
        passages=passages,
    )
    html = source_page(hostile)
    page = visitor.page(size=PHONE)
    page.route(
        "**/source/hostile", lambda route: route.fulfill(content_type="text/html", body=html)
    )
    page.goto(f"{base}/source/hostile#row-r3")
    assert page.locator("h1").text_content() == title
    assert page.locator("tbody th").all_text_contents() == texts
    assert page.locator(".passage").all_text_contents() == texts
    assert page.locator("script, img, svg, iframe, form, [onload], [onerror]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visitor.refused() == []


def _all_say(chat: Chat, place: str) -> None:
    """In each turn, the first element of the place holds the text of its question."""
    shown = chat.page.locator(".turn").evaluate_all(
        "(all, p) => all.map((turn) => turn.querySelector(p).textContent)", place
    )
    wrong = [t for t, s in zip(TEXTS, shown, strict=True) if _plain(t) not in _plain(s)]
    assert (place, wrong) == (place, [])


def test_payloads_in_a_reloaded_conversation_are_text(visit: Visit) -> None:
    chat = _open(visit)
    chat.page.evaluate(_ASK_ALL, TEXTS[:20])
    chat.page.reload()
    expect(chat.turns).to_have_count(20)
    shown = chat.page.locator(".turn .text").all_text_contents()
    assert all(_plain(t) in _plain(s) for t, s in zip(TEXTS[:20], shown, strict=True))
    assert chat.page.locator(".log").locator(_LOADED).count() == 0


def test_an_answer_of_ten_thousand_characters_holds_the_layout(visit: Visit, shot: Shot) -> None:
    chat = visit(size=PHONE)
    text = "本部门负责政务服务。[1]<b>不是标签</b>" * 400 + "尾" * 500
    assert len(text) > 10_000
    chat.stub(answer(text, citations=[_cited(text)]))
    reply = chat.ask("主要职责？")
    assert reply.locator(".text").text_content() == text
    expect(reply.locator(".text .mark")).to_have_count(400)
    panel = chat.page.locator(".panel").bounding_box()
    assert panel
    assert [panel["width"], panel["height"]] == list(PHONE)
    expect(chat.box).to_be_in_viewport()
    expect(chat.turns.last.locator(".asked")).to_be_in_viewport()
    shot(chat.page, "ten-thousand")
