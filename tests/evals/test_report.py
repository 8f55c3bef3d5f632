"""What a run leaves behind: the same bytes for the same answers, whole without a network."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from evals.cases import load_cases, write_cases
from evals.config import CASES, EvalConfig
from evals.errors import RunError
from evals.junit import junit_xml
from evals.records import AnswerFile, Saved, Turn, read_answers
from evals.report import RETRIEVAL_NAMES, report_html
from evals.run import ANSWERS, Results, rescore, run
from evals.sampling import stratified
from evals.scoring import score
from evals.summary import summarise
from qa_service.settings import Settings
from qa_service.types import Retrieval
from tests.conftest import Silent

WRITTEN = ("summary.json", "report.html", "junit.xml")
NASTY = "<script>alert(1)</script> & \"'\x00\x0b\ufffe"


@pytest.fixture(scope="module")
def results(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A run over a few cases of both suites."""
    config = EvalConfig(
        sample=60, index_dir=sample_settings.index_dir, out=tmp_path_factory.mktemp("out")
    )
    return run(config, sample_settings, Silent())


def test_rescoring_gives_the_same_bytes(results: Results) -> None:
    before = {name: (results.folder / name).read_bytes() for name in WRITTEN}
    rescore(results.folder)
    assert {name: (results.folder / name).read_bytes() for name in WRITTEN} == before


def test_the_order_in_which_answers_came_does_not_matter(results: Results, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    for file in (results.folder / "cases").iterdir():
        (tmp_path / "cases" / file.name).write_bytes(file.read_bytes())
    saved = read_answers(results.folder / ANSWERS)
    with AnswerFile(tmp_path / ANSWERS, reversed(saved.values())):
        pass
    rescore(tmp_path)
    for name in WRITTEN:
        assert (tmp_path / name).read_bytes() == (results.folder / name).read_bytes()


def test_summary_counts_each_suite_by_verdict(results: Results) -> None:
    summary = json.loads((results.folder / "summary.json").read_text("utf-8"))
    assert list(summary) == ["exhaustive", "cases"]
    for suite in summary.values():
        counts = [suite[name] for name in ("correct", "declined", "wrong", "error")]
        assert suite["cases"] == sum(counts) == 60
        assert set(suite["shares"]["correct"]) == {"count", "of", "share", "low", "high"}
        assert set(suite["latency_ms"]) == {"p50", "p95", "p99"}
        assert suite["by_category"]
        assert suite["by_table"]
        assert suite["routes"]
        assert suite["retrieval"]


def test_the_retrievals_stand_side_by_side(results: Results) -> None:
    summary = json.loads((results.folder / "summary.json").read_text("utf-8"))
    text = (results.folder / "report.html").read_text("utf-8")
    assert all(name in text for name in RETRIEVAL_NAMES.values())
    for suite in summary.values():
        found = [suite["retrieval"][by.value] for by in Retrieval]
        assert len({ranks["recall_at_1"]["of"] for ranks in found}) == 1
        assert all(0 < ranks["mrr"] <= 1 for ranks in found)


def test_answers_saved_without_the_other_rankings_are_scored_as_ever(
    results: Results, tmp_path: Path
) -> None:
    (tmp_path / "cases").mkdir()
    for file in (results.folder / "cases").iterdir():
        (tmp_path / "cases" / file.name).write_bytes(file.read_bytes())
    saved = read_answers(results.folder / ANSWERS).values()
    with AnswerFile(tmp_path / ANSWERS, (s.model_copy(update={"rankings": None}) for s in saved)):
        pass
    assert all(suite.retrievals == () for suite in rescore(tmp_path).summary)
    assert "检索方式" not in (tmp_path / "report.html").read_text("utf-8")


class _Page(HTMLParser):
    """What a page is made of, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [v or "" for name, v in attrs if name in ("src", "href", "srcset", "data")]
        if tag not in ("meta", "rect", "line"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "line"):
            assert self.open.pop() == tag


def test_the_report_is_whole_in_itself(results: Results) -> None:
    text = (results.folder / "report.html").read_text("utf-8")
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert page.loads == []
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text
    assert page.tags.count("svg") == 3 * len(results.summary)


def test_the_report_shows_every_failed_case_with_all_that_is_known(results: Results) -> None:
    text = (results.folder / "report.html").read_text("utf-8")
    failed = [s for s in results.scores if not s.is_clean]
    assert text.count("<details>") == len(failed) > 0
    for found in failed:
        assert f"{found.case.id} · " in text


def test_what_a_service_says_cannot_break_the_report(tmp_path: Path) -> None:
    (case,) = load_cases([CASES / "lookup.jsonl"])[:1]
    case = case.model_copy(update={"id": NASTY, "category": NASTY, "note": NASTY})
    answer = {"status": NASTY, "route": NASTY, "text": NASTY, "citations": [{"quote": NASTY}]}
    saved = Saved(suite="s", id=NASTY, turns=(Turn(asked="?", seconds=1e9, answer=answer),))
    scores = [score("s", case, saved)]
    page = _Page()
    page.feed(report_html(summarise(scores), scores, 3))
    assert "script" not in page.tags
    assert page.open == []
    ET.fromstring(junit_xml(scores))
    write_cases(tmp_path / "c.jsonl", [case])


def test_junit_counts_what_the_summary_counts(results: Results) -> None:
    root = ET.parse(results.folder / "junit.xml").getroot()
    for suite, found in zip(root, results.summary, strict=True):
        assert suite.get("name") == found.name
        assert int(suite.get("tests", "")) == found.verdicts.cases == len(suite)
        assert int(suite.get("errors", "")) == found.verdicts.error
        wrong = [test for test in suite.iter("failure") if test.get("type") == "wrong"]
        assert len(wrong) == found.verdicts.wrong


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=re.escape(str(tmp_path))):
        rescore(tmp_path)


def test_an_empty_answer_file_gives_a_report(tmp_path: Path) -> None:
    """As a run that is stopped at once leaves it."""
    (tmp_path / "cases").mkdir()
    write_cases(tmp_path / "cases" / "cases.jsonl", load_cases([CASES / "lookup.jsonl"]))
    (tmp_path / ANSWERS).touch()
    results = rescore(tmp_path)
    assert results.not_asked > 0
    assert json.loads((tmp_path / "summary.json").read_text("utf-8")) == {}


def test_a_sample_is_the_same_every_time_and_holds_every_kind() -> None:
    cases = load_cases([CASES])
    chosen = stratified(cases, 100)
    assert chosen == stratified(cases[::-1], 100)[::-1]
    assert len(chosen) == 100
    assert {case.category for case in chosen} == {case.category for case in cases}
    assert stratified(cases, 10_000) == cases
