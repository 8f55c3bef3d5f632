"""The HTTP channel, asked over real connections."""

from __future__ import annotations

import json
import logging
import re
import shutil
from pathlib import Path
from typing import Any

import httpx2
import pytest

from qa_service import wiring
from qa_service.channels.api_errors import ErrorCode, error_messages
from qa_service.settings import Settings
from qa_service.types import Language, Question
from tests.qa_service.channels.conftest import Serving

THREE_PUBLIC = "2024年“三公”经费预算是多少？"
CONTRACT = {
    *("id", "conversation_id", "question", "status", "route", "text", "values", "citations"),
    *("clarification", "notices", "suggestions", "plan", "timings_ms"),
}
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _ask(client: httpx2.Client, body: bytes, **headers: str) -> httpx2.Response:
    return client.post(
        "/v1/ask", content=body, headers={"Content-Type": "application/json", **headers}
    )


def _question(text: str) -> bytes:
    return json.dumps({"question": text}).encode()


def _error(reply: httpx2.Response) -> dict[str, str]:
    body: dict[str, dict[str, str]] = reply.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["message"]
    return body["error"]


def _sample(client: httpx2.Client) -> str:
    found: str = client.get("/v1/documents").json()["documents"][0]["id"]
    return found


class TestAsking:
    def test_an_answer_has_the_form_of_the_contract(self, client: httpx2.Client) -> None:
        reply = client.post("/v1/ask", json={"question": THREE_PUBLIC, "conversation_id": None})
        assert reply.status_code == 200
        answer = reply.json()
        assert set(answer) == CONTRACT
        assert answer["question"] == THREE_PUBLIC
        assert answer["status"] == "answered"
        assert answer["values"][0] == {
            "label": "“三公”经费",
            "value": "5.40",
            "unit": "万元",
            "amount_yuan": "54000.00",
            "formula": None,
            "citations": answer["values"][0]["citations"],
        }

    def test_chinese_is_not_escaped(self, client: httpx2.Client) -> None:
        reply = client.post("/v1/ask", json={"question": THREE_PUBLIC})
        assert "三公".encode() in reply.content
        assert reply.headers["content-type"] == "application/json"

    def test_what_an_answer_cites_can_be_opened(self, client: httpx2.Client) -> None:
        answer = client.post("/v1/ask", json={"question": THREE_PUBLIC}).json()
        for citation in answer["citations"]:
            address, _, anchor = citation["url"].partition("#")
            assert f'id="{anchor}"' in client.get(address).text
            if citation["row"]:
                row = client.get(f"/v1/rows/{citation['row']['id']}").json()
                assert citation["value"] in [cell["printed"] for cell in row["row"]["cells"]]

    def test_a_conversation_keeps_its_id(self, client: httpx2.Client) -> None:
        body = {"question": THREE_PUBLIC, "conversation_id": "c-7"}
        assert client.post("/v1/ask", json=body).json()["conversation_id"] == "c-7"

    def test_unknown_fields_do_no_harm(self, client: httpx2.Client) -> None:
        body = {"question": THREE_PUBLIC, "channel": "widget"}
        assert client.post("/v1/ask", json=body).status_code == 200

    def test_a_byte_order_mark_does_no_harm(self, client: httpx2.Client) -> None:
        assert _ask(client, b"\xef\xbb\xbf" + _question(THREE_PUBLIC)).status_code == 200

    def test_five_hundred_characters_are_allowed(self, client: httpx2.Client) -> None:
        assert _ask(client, _question(" " + "预算" * 250 + "\n")).status_code == 200


BAD_BODIES: dict[str, tuple[bytes, int, ErrorCode]] = {
    "nothing": (b"", 400, ErrorCode.NOT_JSON),
    "no JSON": ('{"question": "三公'.encode(), 400, ErrorCode.NOT_JSON),
    "a form": ("question=三公".encode(), 400, ErrorCode.NOT_JSON),
    "deep": (b"[" * 50_000, 400, ErrorCode.NOT_JSON),
    "half a character": (b'{"question": "\\ud800"}', 400, ErrorCode.NOT_JSON),
    "GBK": ('{"question": "三公经费"}'.encode("gbk"), 400, ErrorCode.NOT_UTF8),
    "UTF-16": ('{"question": "三公经费"}'.encode("utf-16"), 400, ErrorCode.NOT_UTF8),
    "null": (b"null", 422, ErrorCode.INVALID_REQUEST),
    "a list": (b"[]", 422, ErrorCode.INVALID_REQUEST),
    "no question": (b"{}", 422, ErrorCode.INVALID_REQUEST),
    "question null": (b'{"question": null}', 422, ErrorCode.INVALID_REQUEST),
    "question number": (b'{"question": 5}', 422, ErrorCode.INVALID_REQUEST),
    "question object": (b'{"question": {}}', 422, ErrorCode.INVALID_REQUEST),
    "conversation number": (
        b'{"question": "x", "conversation_id": 5}',
        422,
        ErrorCode.INVALID_REQUEST,
    ),
    "empty": (_question(""), 422, ErrorCode.EMPTY_QUESTION),
    "blanks": (_question(" \t\n\u3000"), 422, ErrorCode.EMPTY_QUESTION),
    "501": (_question("预" * 501), 422, ErrorCode.QUESTION_TOO_LONG),
    "65 KiB": (_question("预算" * 11_000), 413, ErrorCode.BODY_TOO_LARGE),
    "900 KiB": (b"x" * 900_000, 413, ErrorCode.BODY_TOO_LARGE),
}


class TestBadRequests:
    @pytest.mark.parametrize("case", BAD_BODIES.values(), ids=BAD_BODIES)
    def test_a_bad_body_gets_an_error_in_chinese(
        self, client: httpx2.Client, case: tuple[bytes, int, ErrorCode]
    ) -> None:
        body, status, code = case
        reply = _ask(client, body)
        assert reply.status_code == status
        error = _error(reply)
        assert error["code"] == code
        assert _HAN.search(error["message"])

    def test_a_body_in_pieces_is_limited_too(self, client: httpx2.Client) -> None:
        reply = client.post("/v1/ask", content=(b"x" * 10_000 for _ in range(20)))
        assert (reply.status_code, _error(reply)["code"]) == (413, ErrorCode.BODY_TOO_LARGE)

    @pytest.mark.parametrize(
        ("question", "accepted", "english"),
        [
            ("how much " * 100, "", True),
            ("how much " * 100, "zh-CN", True),
            ("多少" * 300, "en-US,en;q=0.9", False),
            (" ", "en-US,en;q=0.9", True),
            (" ", "zh-CN,zh;q=0.9,en;q=0.8", False),
            (" ", "fr,en;q=0.5", True),
            (" ", "*", False),
            (" ", "en;q=0", False),
        ],
    )
    def test_errors_speak_the_askers_language(
        self, client: httpx2.Client, question: str, accepted: str, english: bool
    ) -> None:
        reply = _ask(client, _question(question), **{"Accept-Language": accepted})
        assert bool(_HAN.search(_error(reply)["message"])) != english

    @pytest.mark.parametrize(
        "path",
        [
            "/nothing-here",
            "/v1/documents/x",
            "/v1/documents/",
            "/v1/tables/x",
            "/v1/tables/x.csv",
            "/v1/rows/x",
            "/v1/rows/%00%ff",
            "/v1/rows/x' or 1=1 --",
            "/source/x",
            "/static/x",
            "/static/../http.py",
        ],
    )
    def test_what_is_not_there_is_404(self, client: httpx2.Client, path: str) -> None:
        reply = client.get(path)
        assert (reply.status_code, _error(reply)["code"]) == (404, ErrorCode.NOT_FOUND)

    @pytest.mark.parametrize(
        ("method", "path", "allowed"),
        [
            ("GET", "/v1/ask", "POST"),
            ("DELETE", "/v1/documents", "GET"),
            ("POST", "/readyz", "GET"),
        ],
    )
    def test_a_wrong_method_is_405(
        self, client: httpx2.Client, method: str, path: str, allowed: str
    ) -> None:
        reply = client.request(method, path)
        assert (reply.status_code, _error(reply)["code"]) == (405, ErrorCode.METHOD_NOT_ALLOWED)
        assert reply.headers["allow"] == allowed

    def test_head_is_get_without_the_body(self, client: httpx2.Client) -> None:
        got, head = client.get("/v1/documents"), client.head("/v1/documents")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == got.headers["content-length"]
        assert client.head("/v1/ask").status_code == 405

    def test_every_error_has_words_in_both_languages(self) -> None:
        assert set(error_messages()) == set(ErrorCode)
        assert all(set(words) == set(Language) for words in error_messages().values())


class TestFaults:
    def test_a_fault_shows_nothing_of_the_inside(
        self,
        client: httpx2.Client,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        def broken(_service: wiring.Service, question: Question, _entering: object) -> None:
            raise RuntimeError(f"no such column: {question.text}")

        monkeypatch.setattr(wiring.Service, "ask", broken)
        reply = client.post("/v1/ask", json={"question": "某某人的低保金额"})
        assert reply.status_code == 500
        assert _error(reply)["code"] == ErrorCode.INTERNAL_ERROR
        assert "column" not in reply.text
        assert reply.headers["x-fault-id"] in caplog.text
        assert "RuntimeError" in caplog.text
        assert "低保" not in caplog.text + "".join(capfd.readouterr())

    def test_what_is_asked_is_not_logged(
        self,
        client: httpx2.Client,
        caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            client.post("/v1/ask", json={"question": "张三丰的工资是多少"})
            client.post("/v1/ask", content="张三丰".encode())
            client.get("/v1/rows/张三丰?q=张三丰")
        assert "张三丰" not in caplog.text + "".join(capfd.readouterr())


class TestWithoutIndex:
    def test_a_missing_index_names_the_command(self, serving: Serving, tmp_path: Path) -> None:
        with serving(Settings(index_dir=tmp_path)) as client:
            assert client.get("/healthz").json() == {"status": "alive"}
            for reply in (client.get("/readyz"), _ask(client, _question("三公经费？"))):
                assert reply.status_code == 503
                assert _error(reply)["code"] == ErrorCode.INDEX_MISSING
                assert "budget-qa index" in _error(reply)["message"]
            assert _ask(client, b"{").status_code == 400

    def test_an_outdated_index_names_the_command(
        self, serving: Serving, sample_settings: Settings, tmp_path: Path
    ) -> None:
        root = shutil.copytree(sample_settings.index_dir, tmp_path / "index")
        manifest = root / (root / "CURRENT").read_text("utf-8") / "manifest.json"
        manifest.write_text(json.dumps({"schema": 0, "encoder": "x"}), "utf-8")
        with serving(Settings(index_dir=root)) as client:
            reply = client.get("/readyz", headers={"Accept-Language": "en"})
            assert (reply.status_code, _error(reply)["code"]) == (503, ErrorCode.INDEX_OUTDATED)
            assert "budget-qa index --fresh" in _error(reply)["message"]

    def test_an_index_that_is_taken_away_stays_in_use(
        self, serving: Serving, sample_settings: Settings, tmp_path: Path
    ) -> None:
        root = shutil.copytree(sample_settings.index_dir, tmp_path / "index")
        with serving(Settings(index_dir=root)) as client:
            (root / "CURRENT").rename(root / "away")
            assert client.get("/readyz").json() == {"status": "ready"}
            assert _ask(client, _question("三公经费？")).json()["status"] == "answered"


class TestDocumentation:
    def test_the_docs_page_loads_nothing_from_elsewhere(self, client: httpx2.Client) -> None:
        page = client.get("/docs")
        used = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert len(used) == 4
        assert not [address for address in used if "//" in address]
        assert "'self'" in page.headers["content-security-policy"]
        for address in used:
            if not address.startswith("data:"):
                asset = client.get(f"/{address}")
                assert asset.status_code == 200
                assert asset.headers["content-type"].startswith(("text/css", "text/javascript"))
        start = client.get("/static/swagger/start.js").text
        assert "validatorUrl: null" in start
        assert "http" not in start

    def test_the_way_in_shows_the_widget_and_leads_to_the_docs(self, client: httpx2.Client) -> None:
        page = client.get("/")
        assert 'src="widget.js"' in page.text
        assert 'href="docs"' in page.text

    def test_every_operation_documents_its_errors(self, client: httpx2.Client) -> None:
        api: dict[str, Any] = client.get("/openapi.json").json()
        operations = [op for path in api["paths"].values() for op in path.values()]
        assert len(operations) == 10
        for operation in operations:
            assert operation["summary"]
            assert {"4XX", "5XX"} <= set(operation["responses"])
            assert "422" not in operation["responses"]
        ask = api["paths"]["/v1/ask"]["post"]["requestBody"]["content"]["application/json"]
        assert set(ask["schema"]["properties"]) == {"question", "conversation_id", "request_id"}

    def test_every_reply_is_safe_for_browsers(self, client: httpx2.Client) -> None:
        for path in ("/v1/documents", "/docs", f"/source/{_sample(client)}", "/nothing-here"):
            headers = client.get(path).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
