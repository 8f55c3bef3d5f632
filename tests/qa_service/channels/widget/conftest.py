"""The widget in the system's Chromium, on pages of another origin than the service's."""

from __future__ import annotations

import os
import shutil
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from qa_service.settings import Settings
from tests.qa_service.channels.conftest import Serving
from tests.qa_service.channels.widget.chat import Chat, Visitor
from tests.qa_service.channels.widget.hosts import HostPages, host_pages

ROOT = Path(__file__).parents[4]
SHOTS = ROOT / "build" / "screenshots"
_NAMES = ("chromium", "chromium-browser", "google-chrome")

Visit = Callable[..., Chat]
Shot = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Without it these tests are skipped, but never where CI is set."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        missing = f"no Chromium found ({', '.join(_NAMES)}); install Debian's chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def hosts() -> Iterator[HostPages]:
    """A server of host pages, on an origin of its own."""
    with host_pages() as hosts:
        yield hosts


@pytest.fixture(scope="session")
def service(
    sample_settings: Settings, serving: Serving, hosts: HostPages
) -> Iterator[httpx2.Client]:
    """The service over the sample, which the host pages may ask."""
    allowed = sample_settings.model_copy(update={"allowed_origins": (hosts.origin,)})
    with serving(allowed) as client:
        yield client


@pytest.fixture(scope="session")
def base(service: httpx2.Client) -> str:
    """The service's address, without a slash at the end."""
    return str(service.base_url).rstrip("/")


@pytest.fixture
def visitor(browser: Browser, hosts: HostPages, base: str) -> Iterator[Visitor]:
    """One who comes to host pages. At the end nothing may have run or been refused."""
    visitor = Visitor(browser, hosts, base)
    yield visitor
    visitor.leave()


@pytest.fixture
def visit(visitor: Visitor) -> Visit:
    """Opens a host page with the widget; see `Visitor.visit`."""
    return visitor.visit


@pytest.fixture(scope="session")
def shot() -> Shot:
    """Writes a screenshot to build/screenshots, which is not kept, for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)

    def write(page: Page, name: str) -> None:
        # Playwright's own screenshot shows the wrong part of a page that is written vertically.
        session = page.context.new_cdp_session(page)
        taken = session.send("Page.captureScreenshot", {"captureBeyondViewport": False})
        (SHOTS / f"{name}.png").write_bytes(b64decode(taken["data"]))
        session.detach()

    return write
