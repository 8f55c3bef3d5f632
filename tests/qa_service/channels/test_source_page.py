"""The page of a document whose published file has pages, and of one that attacks its readers."""

from __future__ import annotations

from dataclasses import replace

import httpx2

from index.records import BudgetDocument, Place
from qa_service.channels.source_page import source_page
from qa_service.settings import Settings
from qa_service.wiring import open_store
from tests.hostile.payloads import PAYLOADS


def _sample(settings: Settings) -> BudgetDocument:
    with open_store(settings) as store:
        document = store.document(store.documents()[0].id)
    assert document
    return document


def test_a_published_page_is_named_where_it_begins(sample_settings: Settings) -> None:
    document = _sample(sample_settings)
    table = next(t for t in document.tables if t.number == 6)
    half = len(table.rows) // 2
    rows = tuple(
        replace(row, place=Place(7 if at < half else 8, row.place.line))
        for at, row in enumerate(table.rows)
    )
    first, second, *_ = document.passages
    passages = (
        replace(first, place=Place(2, 1)),
        replace(second, place=Place(3, 1)),
    )
    paged = replace(table, place=Place(7, 1), rows=rows)
    page = source_page(replace(document, tables=(paged,), passages=passages))
    assert "单位：万元，第7页" in page
    before, after = page.split('<tr class="page">')
    assert f"row-{rows[half - 1].id}" in before
    assert "第8页" in after.partition("</tr>")[0]
    assert page.index("第2页</p>") < page.index(f"passage-{first.id}") < page.index("第3页</p>")
    assert "<small>第7页</small>" in page


def test_a_document_without_pages_names_none(sample_settings: Settings) -> None:
    assert 'class="page"' not in source_page(_sample(sample_settings))


def test_each_table_has_an_anchor_a_header_and_its_csv(client: httpx2.Client) -> None:
    document = client.get("/v1/documents").json()["documents"][0]
    page = client.get(document["source_url"]).text
    for table in client.get(document["url"]).json()["tables"]:
        own = page.split(f'<table id="table-{table["id"]}">')[1].split("</table>")[0]
        assert own.count("<thead>") == own.count("<tbody>") == 1
        assert f'href="{table["csv_url"]}"' in own


def test_texts_that_attack_stay_texts(sample_settings: Settings) -> None:
    document = _sample(sample_settings)
    plain = source_page(document)
    texts = [p.text for group in PAYLOADS.values() for p in group if p.text.isprintable()]
    passages = tuple(
        replace(passage, text=text, section=text)
        for passage, text in zip(document.passages, texts, strict=False)
    )
    hostile = replace(document, title=texts[0], department=texts[1], passages=passages)
    page = source_page(hostile)
    assert page.count("<script") == plain.count("<script") == 0
    assert "<img" not in page
    assert "onload=alert" not in page.replace("&lt;svg/onload=alert", "").replace(
        "&lt;body onload=alert", ""
    )
