"""How long the widget keeps the page busy, and how soon an answer shows, measured in the browser.

Work is counted, not the clock's time, so that a busy machine makes no test fail.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.qa_service.channels.widget.chat import Visitor
from tests.qa_service.channels.widget.conftest import Visit
from tests.qa_service.channels.widget.test_asking import THREE_PUBLIC

LAUNCHER_MS = 100
FIRST_BYTE_MS = 100
_WATCH_FETCH = """
() => {
  const real = window.fetch;
  window.times = {};
  window.fetch = async (...asked) => {
    const reply = await real(...asked);
    if (!String(asked[0]).includes("stream")) return reply;
    const reader = reply.body.getReader();
    const noted = new ReadableStream({
      async pull(controller) {
        const { done, value } = await reader.read();
        times.event ??= performance.now();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    });
    return new Response(noted, { status: reply.status, headers: reply.headers });
  };
  const log = document.querySelector("budget-chat").shadowRoot.querySelector(".log");
  new MutationObserver(() => {
    if (times.shown || !log.querySelector(".reply .text")) return;
    times.shown = 0;
    requestAnimationFrame(() => setTimeout(() => (times.shown = performance.now())));
  }).observe(log, { subtree: true, childList: true });
}
"""


def test_the_launcher_costs_the_page_little_work(
    visitor: Visitor, record_property: Callable[[str, object], None]
) -> None:
    loads = f'<script src="{visitor.base}/widget.js" defer></script>'
    costs = min(_work_ms(visitor, loads) for _ in range(3)) - _work_ms(visitor, "")
    record_property("launcher_ms", round(costs, 1))
    print(f"main-thread work until the launcher can be used: {costs:.1f} ms")  # noqa: T201
    assert costs < LAUNCHER_MS


def _work_ms(visitor: Visitor, head: str) -> float:
    """What the main thread works for the page, until its launcher can be used if it has one."""
    page = visitor.page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    address = visitor.hosts.page(f"<!DOCTYPE html><title>x</title>{head}<h1>某某区</h1>")
    page.goto(address, wait_until="networkidle")  # to look whether it is there would be work too
    metrics = session.send("Performance.getMetrics")["metrics"]
    found: float = next(m["value"] for m in metrics if m["name"] == "TaskDuration")
    assert page.locator(".launcher").count() == bool(head)
    return found * 1000


def test_the_answer_shows_as_soon_as_it_comes(
    visit: Visit, record_property: Callable[[str, object], None]
) -> None:
    waits = []
    chat = visit()
    expect(chat.box).to_be_visible()
    for _ in range(3):
        chat.page.evaluate(_WATCH_FETCH)
        chat.ask(THREE_PUBLIC)
        chat.page.wait_for_timeout(50)
        times = chat.page.evaluate("window.times")
        waits.append(times["shown"] - times["event"])
        chat.page.reload()
        chat.page.get_by_role("button", name="清空对话").click()
    record_property("first_byte_ms", round(min(waits), 1))
    print(f"from the first event to the answer on screen: {min(waits):.1f} ms")  # noqa: T201
    assert min(waits) < FIRST_BYTE_MS
