"""Documents, tables, rows, CSV and the page of a document, as the HTTP channel shows them."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from typing import Any

import httpx2
import pytest

from index.build import SAMPLES

SAMPLE = next(SAMPLES.glob("*.txt"))
_AMOUNT = re.compile(r"\d\.\d\d")


@pytest.fixture(scope="module")
def document(client: httpx2.Client) -> dict[str, Any]:
    """The sample as `/v1/documents/{id}` shows it."""
    head = client.get("/v1/documents").json()["documents"][0]
    shown: dict[str, Any] = client.get(head["url"]).json()
    assert shown["document"] == head
    return shown


def _table(document: dict[str, Any], number: int) -> dict[str, Any]:
    return next(table for table in document["tables"] if table["number"] == number)


def test_a_document_lists_what_it_holds(document: dict[str, Any]) -> None:
    assert document["document"]["year"] == 2024
    assert [table["number"] for table in document["tables"]] == [*range(1, 13), None]
    sections = {section["title"]: section["passages"] for section in document["sections"]}
    assert len(sections["名词解释"]) == 10
    assert sections["主要职责"][0]["item"] == "（一）"
    assert {finding["kind"] for finding in document["findings"]} == {"rounding", "wording"}
    off = [finding["difference_yuan"] for finding in document["findings"]]
    assert "400.00" in off


def test_a_table_shows_its_rows_cells_and_notes(
    client: httpx2.Client, document: dict[str, Any]
) -> None:
    shown = client.get(_table(document, 8)["url"]).json()
    assert shown["table"] == _table(document, 8)
    row = next(row for row in shown["rows"] if row["printed"] == "“三公”经费")
    assert row["cells"][0] == {
        "column": 1,
        "name": "合计",
        "printed": "5.40",
        "kind": "amount",
        "amount_yuan": "54000.00",
    }
    alone = client.get(row["url"]).json()
    assert (alone["row"], alone["table"], alone["document"]) == (
        row,
        shown["table"],
        document["document"],
    )
    first = client.get(_table(document, 1)["url"]).json()
    assert [note["text"] for note in first["notes"]][
        -1
    ] == "本套报表金额单位转换时可能存在尾数误差。"


@pytest.mark.parametrize("number", range(1, 12))
def test_a_csv_has_the_lines_of_the_document(
    client: httpx2.Client, document: dict[str, Any], number: int
) -> None:
    table = _table(document, number)
    reply = client.get(table["csv_url"])
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.content.startswith(b"\xef\xbb\xbf")
    assert reply.content.count(b"\n") == reply.content.count(b"\r\n")
    head, *lines = csv.reader(io.StringIO(reply.content.decode("utf-8-sig"), newline=""))
    assert head == [column["name"] for column in table["columns"]]
    assert lines == _printed(document, table, len(head))


def _printed(document: dict[str, Any], table: dict[str, Any], width: int) -> list[list[str]]:
    """The lines with amounts between the table's title and the next one's, read from the file."""
    tables = document["tables"]
    after = tables[tables.index(table) + 1]["line"]
    lines = SAMPLE.read_text("utf-8").split("\n")[table["line"] - 1 : after - 1]
    cells = [[cell.strip() for cell in line.split("\t")] for line in lines if _AMOUNT.search(line)]
    return [[*line, *[""] * (width - len(line))] for line in cells if len(line) > 1]


def test_a_csv_is_saved_under_the_tables_name(
    client: httpx2.Client, document: dict[str, Any]
) -> None:
    where = client.get(_table(document, 1)["csv_url"]).headers["content-disposition"]
    assert "filename*=UTF-8''%E8%A1%A81%20" in where
    assert where.isascii()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.addresses.append(value or "")


def test_the_page_has_an_anchor_for_every_row_and_passage(
    client: httpx2.Client, document: dict[str, Any]
) -> None:
    page = _Page()
    page.feed(client.get(document["document"]["source_url"]).text)
    assert len(page.ids) == len(set(page.ids))
    for table in document["tables"]:
        rows = client.get(table["url"]).json()["rows"]
        assert {f"row-{row['id']}" for row in rows} <= set(page.ids)
        assert table["csv_url"] in page.addresses
    passages = [passage for section in document["sections"] for passage in section["passages"]]
    assert {f"passage-{passage['id']}" for passage in passages} <= set(page.ids)


def test_the_page_runs_nothing_and_loads_only_its_style(
    client: httpx2.Client, document: dict[str, Any]
) -> None:
    page = _Page()
    page.feed(client.get(document["document"]["source_url"]).text)
    assert "script" not in page.tags
    assert not [address for address in page.addresses if "//" in address]
    style = client.get("/static/source.css")
    assert style.headers["content-type"].startswith("text/css")
    assert ":target" in style.text
