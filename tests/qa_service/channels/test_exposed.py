"""The service on the open internet: other sites, too many requests, feedback, its settings."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from qa_service.channels import feedback
from qa_service.channels.rate_limit import caller
from qa_service.errors import SettingError
from qa_service.settings import LIMIT, Settings, load_settings
from tests.qa_service.channels.conftest import Serving

SITE = "https://www.example.gov.cn"
QUESTION = {"question": "2024年“三公”经费预算是多少？"}


@pytest.fixture(scope="module")
def exposed(sample_settings: Settings, serving: Serving) -> Iterator[httpx2.Client]:
    """A service that one site may use, five times a minute, behind a proxy on this machine."""
    settings = Settings(
        index_dir=sample_settings.index_dir,
        feedback_file=sample_settings.feedback_file,
        allowed_origins=f"{SITE.upper()}/ ,https://b.example",
        trusted_proxies="127.0.0.0/8",
        rate_limit=5,
    )
    with serving(settings) as client:
        yield client


def _from(address: str, **headers: str) -> dict[str, str]:
    return {"X-Forwarded-For": address, **headers}


class TestOtherSites:
    @pytest.mark.parametrize(("origin", "allowed"), [(SITE, True), ("https://evil.example", False)])
    def test_only_the_allowed_read_replies(
        self, exposed: httpx2.Client, origin: str, allowed: bool
    ) -> None:
        where = _from(f"10.1.{allowed:d}.1", Origin=origin)
        reply = exposed.post("/v1/ask", json=QUESTION, headers=where)
        assert reply.headers.get("access-control-allow-origin") == (origin if allowed else None)
        assert "access-control-allow-credentials" not in reply.headers
        assert "Origin" in reply.headers["vary"]

    @pytest.mark.parametrize(("origin", "allowed"), [(SITE, True), ("https://evil.example", False)])
    def test_a_preflight(self, exposed: httpx2.Client, origin: str, allowed: bool) -> None:
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        reply = exposed.options("/v1/ask/stream", headers=asked)
        assert reply.status_code == 204
        assert ("access-control-allow-methods" in reply.headers) is allowed

    def test_errors_can_be_read_too(self, exposed: httpx2.Client) -> None:
        reply = exposed.post("/v1/ask", content=b"{", headers=_from("10.2.0.1", Origin=SITE))
        assert reply.status_code == 400
        assert reply.headers["access-control-allow-origin"] == SITE

    def test_without_the_setting_no_site_is_allowed(self, client: httpx2.Client) -> None:
        reply = client.post("/v1/ask", json=QUESTION, headers={"Origin": SITE})
        assert "access-control-allow-origin" not in reply.headers

    def test_the_widget_itself_may_be_loaded_everywhere(self, client: httpx2.Client) -> None:
        loader = client.get("/widget.js", headers={"Origin": "https://c.example"})
        name = loader.text.split('URL("')[1].split('"')[0]
        for reply in (loader, client.get(f"/{name}", headers={"Origin": "https://c.example"})):
            assert reply.headers["access-control-allow-origin"] == "*"
            assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
            assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
            assert reply.headers["content-encoding"] == "gzip"

    def test_no_reply_sets_a_cookie(self, client: httpx2.Client) -> None:
        for path in ("/", "/widget.js", "/v1/documents", "/docs", "/nothing"):
            assert "set-cookie" not in client.get(path).headers
        assert "set-cookie" not in client.post("/v1/ask", json=QUESTION).headers


class TestFiles:
    def test_modules_are_kept_and_the_loader_is_asked_for_anew(self, client: httpx2.Client) -> None:
        loader = client.get("/widget.js")
        assert loader.headers["cache-control"] == "no-cache"
        again = client.get("/widget.js", headers={"If-None-Match": loader.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        name = loader.text.split('URL("')[1].split('"')[0]
        assert "immutable" in client.get(f"/{name}").headers["cache-control"]
        old = client.get("/widget/000000000000/element.js")
        assert (old.status_code, old.headers["cache-control"]) == (200, "no-cache")

    def test_what_is_compressed_is_the_same(self, client: httpx2.Client) -> None:
        plain = client.get("/widget/x/panel.js", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert client.get("/widget/x/panel.js").content == plain.content

    @pytest.mark.parametrize("name", ["loader.js", "x.js", "..%2fhttp.py", "%2e%2e/http.py"])
    def test_nothing_else_is_given_out(self, client: httpx2.Client, name: str) -> None:
        assert client.get(f"/widget/x/{name}").status_code == 404


class TestTooManyRequests:
    def test_who_asks_too_often_has_to_wait(self, exposed: httpx2.Client) -> None:
        where = _from("10.3.0.1", Origin=SITE, **{"Accept-Language": "en"})
        replies = [exposed.post("/v1/ask", json=QUESTION, headers=where) for _ in range(6)]
        assert [reply.status_code for reply in replies] == [200] * 5 + [429]
        last = replies[-1]
        assert 1 <= int(last.headers["retry-after"]) <= 12
        assert last.json()["error"]["code"] == "too_many_requests"
        assert last.headers["access-control-expose-headers"] == "Retry-After"
        assert last.headers["access-control-allow-origin"] == SITE
        for path in ("/v1/documents", "/source/x"):
            assert exposed.get(path, headers=where).status_code == 429
        for path in ("/healthz", "/readyz", "/widget.js", "/"):
            assert exposed.get(path, headers=where).status_code == 200

    def test_others_do_not_wait_for_them(self, exposed: httpx2.Client) -> None:
        for _ in range(7):
            exposed.get("/v1/documents", headers=_from("10.4.0.1"))
        assert exposed.get("/v1/documents", headers=_from("10.4.0.2")).status_code == 200

    def test_nobody_becomes_another_by_a_header(
        self, sample_settings: Settings, serving: Serving
    ) -> None:
        settings = sample_settings.model_copy(update={"rate_limit": 3})
        with serving(settings) as client:
            codes = [
                client.get("/v1/documents", headers=_from(f"10.5.0.{n}")).status_code
                for n in range(5)
            ]
        assert codes == [200] * 3 + [429] * 2

    def test_this_machine_does_not_wait_where_no_limit_is_set(
        self, sample_settings: Settings, serving: Serving
    ) -> None:
        settings = sample_settings.model_copy(update={"rate_limit": None})
        asked = range(LIMIT + 5)
        with serving(settings) as client:
            own = [client.get("/v1/documents").status_code for _ in asked]
            passed_on = [
                client.get("/v1/documents", headers=_from("10.6.0.1")).status_code for _ in asked
            ]
        assert set(own) == {200}
        assert passed_on[-1] == 429

    @pytest.mark.parametrize(
        ("peer", "forwarded", "found"),
        [
            ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
            ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("10.0.0.1", "198.51.100.7, nonsense", "10.0.0.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("unix", "198.51.100.7", "unix"),
        ],
    )
    def test_whose_request_it_is(self, peer: str, forwarded: str, found: str) -> None:
        headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
        scope: dict[str, Any] = {"type": "http", "client": (peer, 1), "headers": headers}
        trusted = Settings(trusted_proxies="10.0.0.0/8").trusted_proxies
        assert caller(scope, trusted) == found

    def test_a_network_of_version_six_is_one_caller(self) -> None:
        def whose(address: str) -> str:
            return caller({"type": "http", "client": (address, 1), "headers": []}, ())

        assert whose("2001:db8:1:2::1") == whose("2001:db8:1:2:ffff::9")
        assert whose("2001:db8:1:2::1") != whose("2001:db8:1:3::1")


GIVEN = {"answer_id": "a1", "helpful": False, "comment": "数不对\n“<b>”", "question": "电费？"}


class TestFeedback:
    def test_it_is_kept_as_a_line(self, client: httpx2.Client, sample_settings: Settings) -> None:
        for given in (GIVEN, {"answer_id": "a2", "helpful": True}):
            reply = client.post("/v1/feedback", json=given)
            assert (reply.status_code, reply.content) == (204, b"")
        file = sample_settings.feedback_file
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        first, second = map(json.loads, file.read_text("utf-8").splitlines()[-2:])
        assert {**first, "at": ""} == {**GIVEN, "at": ""}
        assert set(second) == {"at", "answer_id", "helpful", "comment", "question"}

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"answer_id": "a"},
            {"answer_id": "a", "helpful": "yes"},
            {"answer_id": "", "helpful": True},
            {"answer_id": "a", "helpful": True, "comment": "长" * 1001},
            {"answer_id": "a" * 101, "helpful": True},
        ],
    )
    def test_what_is_no_feedback_is_refused(
        self, client: httpx2.Client, given: dict[str, object]
    ) -> None:
        assert client.post("/v1/feedback", json=given).status_code == 422

    def test_a_body_that_is_too_large_is_refused(self, client: httpx2.Client) -> None:
        assert client.post("/v1/feedback", content=b"x" * 70_000).status_code == 413

    def test_a_full_file_takes_no_more(
        self, client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.post("/v1/feedback", json=GIVEN)
        monkeypatch.setattr(feedback, "MOST_BYTES", 1)
        reply = client.post("/v1/feedback", json=GIVEN)
        assert (reply.status_code, reply.json()["error"]["code"]) == (503, "feedback_full")


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("ALLOWED_ORIGINS", "www.example.gov.cn"),
            ("ALLOWED_ORIGINS", "https://a.example/path"),
            ("ALLOWED_ORIGINS", "https://*.example"),
            ("RATE_LIMIT", "-1"),
            ("RATE_LIMIT", "many"),
            ("TRUSTED_PROXIES", "proxy.example"),
            ("TRUSTED_PROXIES", "10.0.0.0/99"),
            ("FEEDBACK_FILE", " "),
        ],
    )
    def test_a_bad_one_names_itself(
        self, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        monkeypatch.setenv(f"BUDGET_QA_{name}", value)
        with pytest.raises(SettingError, match=f"BUDGET_QA_{name}"):
            load_settings()

    def test_good_ones(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("BUDGET_QA_ALLOWED_ORIGINS", "https://A.example/, http://b.example:81")
        monkeypatch.setenv("BUDGET_QA_TRUSTED_PROXIES", "10.0.0.1,fd00::/8")
        monkeypatch.setenv("BUDGET_QA_FEEDBACK_FILE", str(tmp_path / "f.jsonl"))
        settings = load_settings()
        assert settings.allowed_origins == ("https://a.example", "http://b.example:81")
        assert [str(n) for n in settings.trusted_proxies] == ["10.0.0.1/32", "fd00::/8"]
