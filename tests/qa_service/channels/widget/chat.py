"""What a visitor does with the widget, in the words of one who uses it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.qa_service.channels.widget.hosts import HostPages

DESKTOP = (1280, 900)
PHONE = (390, 844)
_WATCH = (Path(__file__).parent / "watch.js").read_text("utf-8")


@dataclass
class Visitor:
    """Somebody with a browser; each visit is a new page in a new context."""

    browser: Browser
    hosts: HostPages
    base: str
    complaints: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def visit(
        self,
        *,
        attributes: str = 'open=""',
        html: str | None = None,
        headers: dict[str, str] | None = None,
        style: str = "",
        script: str = "",
        size: tuple[int, int] = DESKTOP,
        **options: Any,
    ) -> Chat:
        """The chat of a host page that places the element, or has `html` in its stead."""
        page = self.page(size=size, **options)
        placed = f"<budget-chat {attributes}></budget-chat>" if html is None else html
        title = '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>某某区政府</title>'
        viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
        script = f'<script src="{self.base}/widget.js" {script} defer></script>'
        words = "<main><h1>某某区人民政府</h1><p id='words'>政务公开</p></main>"
        style = f"<style>{style}</style>" if style else ""
        page.goto(self.hosts.page(f"{title}{viewport}{style}{script}{words}{placed}", headers))
        return Chat(page, self)

    def page(self, *, size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
        """A new page that notes what is refused, what goes wrong and what is requested."""
        options.setdefault("locale", "zh-CN")
        options.setdefault("reduced_motion", "reduce")
        width, height = size
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(8000)
        self._contexts.append(context)
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.on("pageerror", lambda error: self.complaints.append(f"error {error}"))
        page.on("console", self._console)
        page.on("request", lambda request: self.requested.append(request.url))
        return page

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"{message.type} {message.text}")

    def refused(self) -> list[str]:
        """What the policies of the open pages refused, and what ran that must not."""
        found: list[str] = []
        for context in self._contexts:
            for page in context.pages:
                found += page.evaluate("[...(window.refused || []), ...(window.ran || [])]")
        return found

    def leave(self) -> None:
        """Closes all pages; nothing may have been refused, run or gone wrong on them."""
        refused = self.refused()
        for context in self._contexts:
            context.close()
        assert not refused + self.complaints, "\n".join(refused + self.complaints)


@dataclass
class Chat:
    """The widget on one page."""

    page: Page
    visitor: Visitor

    @property
    def box(self) -> Locator:
        """Where one writes a question."""
        return self.page.locator(".asking textarea")

    @property
    def turns(self) -> Locator:
        """The questions with their replies."""
        return self.page.locator(".turn")

    @property
    def reply(self) -> Locator:
        """The last reply."""
        return self.turns.last.locator(".reply")

    def ask(self, question: str) -> Locator:
        """The finished reply to the question."""
        before = self.turns.count()
        self.box.fill(question)
        self.box.press("Enter")
        expect(self.turns).to_have_count(before + 1)
        return self.finished()

    def finished(self) -> Locator:
        """The last reply, once it is finished."""
        expect(self.page.locator("[aria-busy]")).to_have_count(0, timeout=12_000)
        return self.reply

    def focused(self) -> str:
        """The class of what has the keyboard."""
        found: str = self.page.evaluate(
            """() => { let e = document.activeElement;
                       while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
                       return e?.className || e?.tagName || ""; }"""
        )
        return found

    def stub(self, *answers: dict[str, Any]) -> None:
        """Lets the service's place be taken by these answers, one a question."""
        waiting = list(answers)

        def fulfil(route: Route) -> None:
            route.fulfill(
                headers={
                    "Content-Type": "text/event-stream",
                    "Access-Control-Allow-Origin": "*",
                },
                body=events(waiting.pop(0)),
            )

        self.page.route("**/v1/ask/stream", fulfil)

    def fail(
        self,
        how: Literal["abort"] | tuple[int, dict[str, str], str],
        *,
        times: int | None = None,
    ) -> None:
        """Lets questions fail: no connection, or a status with headers and a body."""

        def refuse(route: Route) -> None:
            if isinstance(how, str):
                route.abort("connectionreset")
            else:
                status, headers, body = how
                cors = {
                    "Access-Control-Allow-Origin": "*",
                    "Access-Control-Expose-Headers": "Retry-After",
                }
                route.fulfill(status=status, headers={**cors, **headers}, body=body)

        self.page.route("**/v1/ask/stream", refuse, times=times)


def events(answer: dict[str, Any], pieces: Sequence[str] | None = None) -> str:
    """The stream that gives the answer."""
    told = [("status", {"stage": "received"})]
    told += [("delta", {"text": piece}) for piece in pieces or [answer["text"]]]
    told.append(("answer", answer))
    return "".join(
        f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n" for kind, data in told
    )
