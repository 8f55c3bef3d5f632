"""The variants: the same each time, whole, consistent, and answered about as the sample is."""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from evals.printed import Document, Table, read_printed
from index.parse import parse
from index.readers import read_file
from index.records import BudgetDocument, CellKind, FindingKind
from tests.variants import Variant, variant, write_variants
from tests.variants.facts import economic, functional, trades

ROOT = Path(__file__).parents[2]
SEEDS = range(0, 200, 8)
MANY = range(200)
AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
TABLES = 13
MILLISECONDS = 50


@pytest.fixture(scope="module")
def sample() -> Document:
    (path,) = (ROOT / "index" / "samples").glob("*.txt")
    return read_printed(path)


@pytest.fixture(scope="module")
def made() -> tuple[Variant, ...]:
    return tuple(map(variant, MANY))


@pytest.fixture(scope="module", params=SEEDS)
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (written,) = write_variants(tmp_path_factory.mktemp("variant"), [request.param])
    return written


@pytest.fixture(scope="module")
def printed(path: Path) -> Document:
    return read_printed(path)


@pytest.fixture(scope="module")
def indexed(path: Path) -> BudgetDocument:
    return parse(read_file(path), "")


def test_a_seed_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    here = write_variants(tmp_path / "here", range(3))
    command = [sys.executable, "-m", "tests.variants", str(tmp_path / "there"), "--count", "3"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "1"}, check=True)
    assert [p.read_bytes() for p in here] == [
        (tmp_path / "there" / p.name).read_bytes() for p in here
    ]
    assert len({p.read_bytes() for p in here}) == 3


def test_two_hundred_seeds_give_two_hundred_departments(made: tuple[Variant, ...]) -> None:
    assert len({v.department for v in made}) == len(made)
    assert len({v.year for v in made}) > 1


def test_a_variant_is_made_in_no_time() -> None:
    start = time.perf_counter()
    for seed in range(1_000, 1_020):
        variant(seed)
    assert (time.perf_counter() - start) / 20 * 1_000 < MILLISECONDS


def test_nothing_of_the_samples_department_remains(
    sample: Document, made: tuple[Variant, ...]
) -> None:
    projects = [r for t in sample.tables for r in t.rows if r.texts]
    own = {"广州", "天河", "政务服务", sample.department}
    own |= {row.label for row in projects} | {row.texts[0].text for row in projects}
    own |= {p.text for s in sample.sections for p in s.paragraphs if sample.department in p.text}
    assert len(own) > 100
    for one in made:
        assert not [words for words in own if words in one.text], one.department


def test_codes_are_well_formed_and_stand_below_their_parents() -> None:
    for names, lengths in ((functional(), (3, 5, 7)), (economic(), (3, 5))):
        assert all(code.isdigit() and len(code) in lengths for code in names)
        assert all(code[:-2] in names for code in names if len(code) > 3)
    assert all(code in functional() for t in trades() for code in (t.family, *t.beside))


def test_every_amount_is_read_by_both_readers(
    path: Path, printed: Document, indexed: BudgetDocument
) -> None:
    """Each cell with two decimals in a line with tabs, and nothing besides."""
    lines = path.read_text("utf-8").split("\n")
    in_file = Counter(
        (number, cell)
        for number, line in enumerate(lines, 1)
        for cell in line.split("\t")
        if "\t" in line and AMOUNT.fullmatch(cell)
    )
    rows = [row for table in printed.tables for row in table.rows]
    assert Counter((row.line, cell.text) for row in rows for cell in row.amounts) == in_file
    assert in_file == Counter(
        (row.place.line, cell.printed)
        for table in indexed.tables
        for row in table.rows
        for cell in row.cells
        if cell.kind is CellKind.AMOUNT
    )


def test_both_readers_see_the_same_tables_rows_and_goals(
    printed: Document, indexed: BudgetDocument
) -> None:
    assert (printed.department, printed.year) == (indexed.department, indexed.year)
    assert [table.number for table in printed.tables] == [*range(1, TABLES), None]
    assert [(t.title, t.number, t.unit) for t in printed.tables] == [
        (t.title, t.number, t.unit) for t in indexed.tables
    ]
    assert len({table.kind for table in indexed.tables}) == TABLES
    for one, other in zip(printed.tables, indexed.tables, strict=True):
        assert [(r.label, r.code) for r in one.rows] == [(r.printed, r.code) for r in other.rows]
        goals = [row.texts[0].text for row in one.rows if row.texts]
        held = [p.text for p in indexed.passages if p.table_id == other.id and p.row_id]
        assert goals == held


def test_both_readers_see_the_same_prose(printed: Document, indexed: BudgetDocument) -> None:
    sections = {p.section for p in indexed.passages}
    assert {s.heading for s in printed.sections} <= sections
    for section in printed.sections:
        texts = [p.text for p in section.paragraphs if not p.text.startswith("注")]
        held = {p.text for p in indexed.passages if p.section == section.heading}
        assert set(texts) <= held
    terms = [p.title for p in indexed.passages if p.item and p.section == printed.glossary]
    assert [term.name for term in printed.terms] == terms


def test_everything_adds_up_but_for_rounding(indexed: BudgetDocument) -> None:
    kinds = Counter(finding.kind for finding in indexed.findings)
    assert not [f for f in indexed.findings if f.kind is FindingKind.CONFLICT]
    assert kinds[FindingKind.ROUNDING] >= 1
    assert kinds[FindingKind.WORDING] <= 4


def test_purchases_and_changes_add_up_in_prose(printed: Document) -> None:
    bought = printed.section("政府采购情况").paragraphs[0].text
    whole, *kinds = [Decimal(n.replace(",", "")) for n in re.findall(r"([\d,.]+)万元", bought)]
    assert sum(kinds) == whole
    text = printed.section("“三公”经费安排情况").paragraphs[0].text
    signed = [
        (1 if verb == "增加" else -1) * Decimal(size.replace(",", ""))
        for verb, size in re.findall(r"比上年(增加|减少)([\d,.]+)万元", text)
    ]
    whole, abroad, bought_cars, run_cars, cars, reception = signed
    assert (bought_cars + run_cars, abroad + cars + reception) == (cars, whole)


def test_a_spent_subject_has_two_amounts(printed: Document) -> None:
    """One economic 款 in basic and in project spending, as 办公费 in the sample."""
    basic, projects = (_amounts_by_code(printed.tables[at]) for at in (5, 6))
    assert any(projects[c] != basic[c] for c in basic.keys() & projects.keys() if len(c) == 5)


def test_a_name_stands_under_two_codes(printed: Document) -> None:
    names = Counter(row.name for row in printed.tables[2].rows if len(row.code or "") == 7)
    assert names["一般行政管理事务"] >= 2


def test_projects_are_hard_to_tell_apart(made: tuple[Variant, ...]) -> None:
    for one in made:
        assert len(set(one.projects)) == len(one.projects)
        assert any(re.search(r"20\d\d年", name) for name in one.projects), one.seed
        assert any(
            difflib.SequenceMatcher(None, a, b).ratio() > 0.8
            for at, a in enumerate(one.projects)
            for b in one.projects[at + 1 :]
        ), one.seed


def test_some_amounts_are_nothing(printed: Document) -> None:
    wholes = [table.whole(row) for table in printed.tables for row in table.rows]
    assert any(cell is not None and not cell.amount for cell in wholes)


def test_variants_differ_in_titles_rows_and_sources(tmp_path: Path) -> None:
    documents = [read_printed(path) for path in write_variants(tmp_path, SEEDS)]
    assert len({tuple(t.title for t in d.tables) for d in documents}) > 10
    assert len({len(d.tables[11].rows) for d in documents}) > 10
    assert len({len(d.tables[2].rows) for d in documents}) > 5
    assert {len(d.tables[8].rows) > 1 for d in documents} == {True, False}, "a government fund"
    assert {d.tables[0].rows[4].amounts[0].amount > 0 for d in documents} == {True, False}


def _amounts_by_code(table: Table) -> dict[str, Decimal]:
    return {row.code: row.amounts[0].amount for row in table.rows if row.code}
