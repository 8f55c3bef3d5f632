"""Random plans over the sample's own index: what is computed, and what SQL that takes.

Every result is compared with `plainly.py`, which reads the records without SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DatabaseError

from index import generations
from index.labels import plain
from index.records import BudgetDocument, FactMeasure, NamePart, RowKind, Table
from index.sqlite_store import BudgetStore, open_readonly
from index.units import FEN_PER, from_fen
from qa_service.compute import compute
from qa_service.library import Library
from qa_service.numbers import look_up
from qa_service.row_outcomes import Computed
from qa_service.settings import Settings
from qa_service.types import (
    AmountEvidence,
    CellTarget,
    Citation,
    CitationKind,
    FactTarget,
    Operation,
    QueryPlan,
    Scope,
    Selection,
)
from qa_service.understand.vocabulary import load_vocabulary
from qa_service.wiring import open_service
from tests.qa_service import formulas, plainly

OVER_ROWS = (Operation.SUM, Operation.COUNT, Operation.AVERAGE, Operation.RANK, Operation.LIST)
OF_OPERANDS = (
    *(Operation.SHARE, Operation.RATIO, Operation.COMPARE, Operation.DIFFERENCE),
    *(Operation.SUM, Operation.AVERAGE, Operation.RANK),
)
AWKWARD = ("%", "_", "\\", "'", '"', "/", "''", "%%", "\\%", "/_", "--", ";", "?", ":x", "*", "[a]")
SQL_WORDS = ("' OR '1'='1", "%'; DROP TABLE rows; --", "\\' ESCAPE '", "x%' UNION SELECT 1 --")
_CONSTANTS = re.compile(
    r"'%' \|\| (?=\?)|(?<=\?)(?: \|\| '%')? ESCAPE '/'|SELECT 1 FROM \(SELECT 1\) WHERE 1!=1"
)
"""What SQLAlchemy itself writes: around a part of a name, and for an empty list."""
_FROM_ROWS = re.compile(r"\bFROM rows\b")
_CHANCE = 3
_LITERAL = re.compile(r"['`;]|--|/\*|(?<![\w.])\d")
PLENTY = settings(
    max_examples=1200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SOME = settings(PLENTY, max_examples=500)


@dataclass(slots=True)
class Listened:
    """The statements that an engine was given."""

    statements: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opened:
    """The library over a read-only engine that is listened to."""

    path: Path
    engine: Engine
    library: Library
    document: BudgetDocument
    heard: Listened


@pytest.fixture(scope="module")
def opened(sample_settings: Settings) -> Iterator[Opened]:
    """The sample's index; its file is afterwards what it was before, byte for byte."""
    before = (path := generations.current(sample_settings.index_dir).sqlite).read_bytes()
    with open_service(sample_settings) as service, _reading(path) as engine:
        there = service.library
        stores = (BudgetStore(engine), there.vectors, there.pieces, there.encoder)
        library = Library(*stores, load_vocabulary())
        document = library.ready(library.documents[0].id).document
        heard = Listened()

        @event.listens_for(engine, "before_cursor_execute")
        def hear(*said: Any) -> None:
            heard.statements.append((said[2], tuple(said[3])))

        yield Opened(path, engine, library, document, heard)
    assert path.read_bytes() == before


@contextmanager
def _reading(path: Path) -> Iterator[Engine]:
    engine = open_readonly(path)
    yield engine
    engine.dispose()


# --- what is drawn ---


def tables(document: BudgetDocument) -> st.SearchStrategy[Table]:
    return st.sampled_from(document.tables)


@st.composite
def selections(draw: st.DrawFn, document: BudgetDocument, operation: Operation) -> Selection:
    """A selection as the planner may make one, and many that it would not."""
    table = draw(tables(document))
    column = draw(st.sampled_from(table.columns)).index
    ranked = operation is Operation.RANK
    parents = sorted({row.parent_id for row in table.rows if row.parent_id})
    sides = sorted({row.side for row in table.rows if row.side})
    sums = [row.id for row in table.rows if row.kind is not RowKind.LEAF]
    chosen = Selection(
        document.id,
        table.id,
        column,
        row_ids=tuple(draw(sometimes(row_ids(table), ()))),
        kinds=tuple(draw(sometimes(st.sets(st.sampled_from(RowKind)), ()))),
        level=draw(sometimes(st.integers(1, 3), None)),
        side=draw(st.sampled_from(sides)) if sides else None,
        parent_ids=tuple(draw(sometimes(some_of(parents), ()))),
        contains=tuple(draw(sometimes(st.lists(names(table), min_size=1, max_size=2), ()))),
        name_part=draw(st.sampled_from(NamePart)),
        excluded_ids=tuple(draw(sometimes(row_ids(table), ()))),
        least_fen=draw(sometimes(borders(table, column), None)),
        most_fen=draw(sometimes(borders(table, column), None)),
        multiple_fen=draw(sometimes(st.sampled_from((100, 10**6, 10**7)), None)),
        descending=draw(st.booleans() if ranked else st.sampled_from((None, None, True, False))),
        total_id=draw(st.none() | st.sampled_from(sums)) if sums else None,
    )
    return draw(cut(chosen)) if ranked or operation is Operation.LIST else chosen


def sometimes(drawn: st.SearchStrategy[Any], otherwise: object) -> st.SearchStrategy[Any]:
    """The drawn thing, rarely enough that a few conditions leave some rows."""
    return st.integers(0, 5).flatmap(lambda n: drawn if n == 3 else st.just(otherwise))


def some_of(ids: list[str]) -> st.SearchStrategy[list[str]]:
    """One or several, or none where there is none."""
    if not ids:
        return st.just([])
    return st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)


def row_ids(table: Table) -> st.SearchStrategy[list[str]]:
    ids = [row.id for row in table.rows]
    return st.lists(st.sampled_from(ids), min_size=1, max_size=30, unique=True)


@st.composite
def names(draw: st.DrawFn, table: Table) -> str:
    """A part of a real name, with or without something that means much to SQL; or any text."""
    label = plain(draw(st.sampled_from(table.rows)).label)
    start = draw(st.integers(0, max(0, len(label) - 1)))
    part = label[start : start + draw(st.integers(0, 3))]
    odd = draw(st.sampled_from(AWKWARD + SQL_WORDS))
    # Neither a NUL nor half a character comes through `normalise`, and SQLite takes neither.
    anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    # A name is compared as labels are, in lower case.
    return draw(st.sampled_from((part, part, part + odd, odd + part, odd)) | anything).lower()


def borders(table: Table, column: int) -> st.SearchStrategy[int]:
    """Amounts that are printed in the column, and their neighbours."""
    printed = [c.fen for r in table.rows for c in r.cells if c.column == column and c.fen]
    real = st.builds(int.__add__, st.sampled_from(printed or [0]), st.integers(-1, 1))
    return real | st.integers(-(10**12), 10**12) | st.sampled_from((0, 1, 2**62))


@st.composite
def cut(draw: st.DrawFn, chosen: Selection) -> Selection:
    """The selection with the places that are asked for; 第0名 is the place before the first."""
    limit = draw(st.none() | st.integers(0, 12) | st.just(60))
    offset = draw(st.integers(0, 6)) if chosen.descending is not None else 0
    if limit == 1:
        offset = draw(st.integers(-1, 6))
    return replace(chosen, limit=limit, offset=offset)


@st.composite
def row_plans(draw: st.DrawFn, document: BudgetDocument) -> QueryPlan:
    """An operation over one selection, or over two where both may be meant."""
    operation = draw(st.sampled_from(OVER_ROWS))
    most = 1 if operation in (Operation.RANK, Operation.LIST) else 2
    chosen = draw(st.lists(selections(document, operation), min_size=1, max_size=most))
    return QueryPlan(operation, _scope(document), selections=tuple(chosen))


@st.composite
def readings(draw: st.DrawFn, document: BudgetDocument) -> QueryPlan:
    """A look-up of a few cells and facts, often of the same row's or of the same amount."""
    found: list[CellTarget] = []
    for _ in range(draw(st.sampled_from((0, 1, 1, 1, 2, 3, 9)))):
        table = draw(tables(document))
        row = draw(st.sampled_from(table.rows))
        column = draw(st.sampled_from(table.columns)).index
        score = draw(st.sampled_from((1.0, 0.9, 0.9, 0.5)))
        found.append(CellTarget(row.id, table.id, document.id, column, score))
    facts = draw(st.lists(st.sampled_from(document.facts), max_size=2, unique=True))
    return QueryPlan(
        Operation.LOOKUP,
        _scope(document),
        # A row is a reading once, as in `understand.readings`.
        cells=tuple({target.row_id: target for target in found}.values()),
        facts=tuple(
            FactTarget(fact.id, document.id, FactMeasure.AMOUNT, 0.9, counts=False)
            for fact in (facts if draw(st.integers(0, 3)) == 0 else ())
        ),
    )


@st.composite
def operand_plans(draw: st.DrawFn, document: BudgetDocument) -> QueryPlan:
    """An operation over single amounts, of which some are sums of rows."""
    operation = draw(st.sampled_from(OF_OPERANDS))
    least = 1 if operation is Operation.SHARE else 2
    most = 4 if operation in OVER_ROWS else 2
    sums = st.builds(
        lambda chosen: QueryPlan(Operation.SUM, _scope(document), selections=(chosen,)),
        selections(document, Operation.SUM),
    )
    part = st.integers(0, 3).flatmap(lambda n: sums if n == 0 else readings(document))
    parts = draw(st.lists(part, min_size=least, max_size=most))
    return QueryPlan(operation, _scope(document), parts=tuple(parts))


def _scope(document: BudgetDocument) -> Scope:
    return Scope((document.id,), None, assumed=True)


# --- what is computed ---


def test_operations_over_rows_are_what_plain_python_makes_of_them(opened: Opened) -> None:
    @PLENTY
    @given(plan=row_plans(opened.document))
    def check(plan: QueryPlan) -> None:
        computed = _computed(plan, opened)
        found = [plainly.over_rows(plan.operation, s, opened.document) for s in plan.selections]
        ways = list(zip(found, plan.selections, strict=True))
        sets = [
            (rows, s)
            for rows, s in ways
            if isinstance(rows, plainly.Rows) and (rows.spots or rows.missed)
        ]
        some = [(rows, s) for rows, s in sets if rows.spots or rows.value]
        expected = {rows.value: (rows, s) for rows, s in (some or sets)[::-1]}
        whys = [one.why for one in found if isinstance(one, plainly.Nothing)]
        told = list(expected.values())[::-1]
        assert len(computed) == len(told), whys
        for one, (rows, chosen) in zip(computed, told, strict=True):
            _check_over_rows(one, rows, chosen, plan.operation)

    check()


def test_operations_over_amounts_are_what_plain_python_makes_of_them(opened: Opened) -> None:
    @SOME
    @given(plan=operand_plans(opened.document))
    def check(plan: QueryPlan) -> None:
        computed = _computed(plan, opened)
        expected = plainly.of_operands(plan, opened.document)
        if isinstance(expected, plainly.Nothing):
            assert not computed, expected.why
        else:
            _check_operands(computed, expected, plan.operation)

    check()


def test_readings_are_looked_up_as_printed(opened: Opened) -> None:
    @SOME
    @given(plan=readings(opened.document))
    def check(plan: QueryPlan) -> None:
        assert not _computed(plan, opened)
        found = look_up(plan, opened.library).amounts
        _check_statements(opened.heard.statements, plan)
        expected = plainly.amounts(plan, opened.document)
        assert [amount.fen for amount in found] == [amount.fen for amount in expected]
        for amount, wanted in zip(found, expected, strict=True):
            assert [_cited(c) for c in amount.citations] == _places(wanted)

    check()


def _computed(plan: QueryPlan, opened: Opened) -> tuple[Computed, ...]:
    """What is computed, once what SQL it took has been looked at."""
    opened.heard.statements.clear()
    computed = compute(plan, opened.library)
    _check_statements(opened.heard.statements, plan)
    return computed


def _check_over_rows(
    computed: Computed, expected: plainly.Rows, chosen: Selection, operation: Operation
) -> None:
    assert [_place(row) for row in computed.rows] == [
        (f"#row-{spot.row.id}", spot.cell.fen, spot.cell.printed, spot.table.unit)
        for spot in expected.spots
    ]
    _check_row_citations(computed, expected, chosen)
    _check_row_value(computed, expected, operation)


def _check_operands(
    computed: tuple[Computed, ...], expected: plainly.Operands, operation: Operation
) -> None:
    firsts = [amount.places[0] for amount in expected.amounts]
    if not computed:
        # What begins with one row and goes by one name is not told apart, as two of its 合计.
        assert len(set(firsts)) < len(firsts)
        return
    (one,) = computed
    assert [row.fen for row in one.rows] == [amount.fen for amount in expected.amounts]
    cited = [_cited(c) for c in one.citations]
    assert sorted(cited, key=str) == sorted(_places(*expected.amounts), key=str)
    if expected.value is None:
        assert (one.value, one.formula) == (None, None)
    elif operation in (Operation.SHARE, Operation.RATIO):
        assert (one.unit, one.fen) == ("%" if operation is Operation.SHARE else "倍", None)
        assert one.value == plainly.rounded(expected.value)
        _check_formula(one, expected.value)
    else:
        assert one.fen == _half_up(expected.value)
        assert one.value == _in_unit(expected.value, one.unit, operation)
        _check_formula(one, expected.value)


def _in_unit(fen: Fraction, unit: str, operation: Operation) -> Decimal:
    """The exact amount, or an average rounded."""
    if operation is Operation.AVERAGE:
        return plainly.rounded(fen / Fraction(FEN_PER[unit]))
    return from_fen(int(fen), unit)


def _place(row: AmountEvidence) -> tuple[str, int | None, str, str]:
    (citation,) = row.citations
    return (f"#{citation.url.partition('#')[2]}", row.fen, row.printed, row.unit)


def _check_row_citations(computed: Computed, expected: plainly.Rows, selection: Selection) -> None:
    """Each row in order, the printed sum before them; one citation for very many."""
    cited = list(computed.citations)
    if expected.total is not None:
        _check_citation(cited.pop(0), expected.total)
    spots = expected.spots or expected.missed
    if not expected.missed and len(spots) <= plainly.CITED_SINGLY:
        for citation, spot in zip(cited, spots, strict=True):
            _check_citation(citation, spot)
        return
    (all_of_them,) = cited
    assert all_of_them.kind is CitationKind.ROWS
    assert all_of_them.url.endswith(f"#table-{selection.table_id}")
    assert all_of_them.rows_count == len(spots)
    quoted = [f"{spot.row.printed} {spot.cell.printed}" for spot in spots]
    assert all_of_them.quote == "；".join(quoted)


def _check_citation(citation: Citation, spot: plainly.Spot) -> None:
    assert citation.kind is CitationKind.ROW
    assert citation.url.endswith(f"#row-{spot.row.id}")
    assert citation.row is not None
    assert citation.row.label == spot.row.printed
    assert citation.table is not None
    assert citation.table.id == spot.table.id
    assert citation.column == spot.table.columns[spot.cell.column].name
    assert (citation.value, citation.unit) == (spot.cell.printed, spot.table.unit)
    assert citation.line == spot.row.place.line


def _check_row_value(computed: Computed, expected: plainly.Rows, operation: Operation) -> None:
    match operation:
        case Operation.COUNT:
            assert (computed.value, computed.unit) == (Decimal(len(expected.spots)), "个")
        case Operation.SUM | Operation.AVERAGE:
            assert expected.value is not None
            assert computed.fen == _half_up(expected.value)
            assert computed.value == _in_unit(expected.value, computed.unit, operation)
            _check_formula(computed, expected.value)
        case _:
            assert (computed.value, computed.formula) == (None, None)


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))


def _check_formula(computed: Computed, value: Fraction) -> None:
    """The formula over printed numbers comes to the very value, rounded nowhere."""
    if computed.formula == f"{len(computed.rows)}项相加":
        assert len(computed.rows) > plainly.CITED_SINGLY
        return
    assert computed.formula is not None
    total = formulas.result(computed.formula)
    per = {"%": Fraction(100), "倍": Fraction(1)}
    assert total * (per.get(computed.unit) or Fraction(FEN_PER[computed.unit])) == value


def _cited(citation: Citation) -> tuple[str, str | None]:
    _, _, place = citation.url.partition("#")
    return place.partition("-")[2], citation.column


def _places(*found: plainly.Amount) -> list[tuple[str, str | None]]:
    return [place for a in found for place in zip(a.places, a.columns, strict=True)]


# --- what SQL that takes ---


_NAMING = re.compile("[A-Za-z_.]+")
"""What stands in the names of tables and columns, whatever the plan says: ows. in rows.id."""


def _texts_of(plan: QueryPlan) -> list[str]:
    """All ids and texts of the plan and its parts but those that any statement may hold."""
    said = [text for part in plan.parts for text in _texts_of(part)]
    said += [text for cell in plan.cells for text in (cell.row_id, cell.table_id)]
    for chosen in plan.selections:
        said += [*chosen.row_ids, chosen.table_id, *chosen.parent_ids, *chosen.contains]
    return [text for text in said if len(text) > _CHANCE and not _NAMING.fullmatch(text)]


def _check_statements(heard: list[tuple[str, tuple[Any, ...]]], plan: QueryPlan) -> None:
    """Each only reads, binds whatever the plan says, and takes no more rows than allowed."""
    said = _texts_of(plan)
    for statement, bound in heard:
        bare = _CONSTANTS.sub("", statement)
        assert bare.startswith("SELECT ")
        assert not _LITERAL.search(bare), statement
        assert not [one for one in said if one in bare], statement
        assert bare.count("?") == len(bound)
        if _FROM_ROWS.search(bare):
            assert re.search(r"LIMIT \? OFFSET \?$", bare), statement


WRITES = [
    "INSERT INTO documents SELECT * FROM documents",
    "UPDATE cells SET fen = fen + 1",
    "DELETE FROM rows",
    "DROP TABLE rows",
    "CREATE TABLE mine (id INTEGER)",
    "CREATE INDEX mine ON rows (label)",
    "ALTER TABLE rows ADD COLUMN mine",
    "REINDEX",
    "VACUUM",
    "PRAGMA user_version = 7",
]
SWITCHES = [
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA locking_mode = EXCLUSIVE",
]


@pytest.mark.parametrize("write", WRITES)
def test_the_connection_that_computes_refuses_to_write(opened: Opened, write: str) -> None:
    with opened.engine.connect() as connection, pytest.raises(DatabaseError):
        connection.execute(text(write))


@pytest.mark.parametrize("switch", SWITCHES)
def test_no_switch_makes_it_write(opened: Opened, switch: str) -> None:
    """On an engine of its own, whose connections no other test gets to use."""
    with _reading(opened.path) as engine, engine.connect() as connection:
        connection.execute(text(switch))
        for write in ("UPDATE cells SET fen = 0", "DELETE FROM sqlite_master"):
            with pytest.raises(DatabaseError):
                connection.execute(text(write))


def test_no_other_database_is_written_beside_it(opened: Opened, tmp_path: Path) -> None:
    """A database may be attached, so that what is attached must be refused its writes too."""
    attach, create = text("ATTACH DATABASE :path AS other"), "CREATE TABLE other.mine (id INTEGER)"
    with _reading(opened.path) as engine, engine.connect() as connection:
        with suppress(DatabaseError):
            connection.execute(attach, {"path": f"{tmp_path}/x"})
        with pytest.raises(DatabaseError):
            connection.execute(text(create))
    assert not [path for path in tmp_path.iterdir() if path.stat().st_size]
