"""Builds: what is kept, skipped, replaced and refused, and what readers see meanwhile."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from index import generations
from index.build import BuildReport, build, find_files
from index.chroma_store import PassageVectors, indexed_text, says_something
from index.encoder import SHIPPED, Encoder, load_encoder
from index.errors import (
    BudgetIndexError,
    BuildBusy,
    DocumentError,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
)
from index.generations import Generation
from index.piece_store import LENGTH, read_pieces
from index.records import BudgetDocument
from index.schema import SCHEMA_VERSION
from index.sqlite_store import BudgetStore, open_readonly
from tests.conftest import Silent
from tests.index.written import small_budget

Building = Callable[..., BuildReport]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def building(root: Path, encoder: Encoder) -> Building:
    def run(*paths: Path, fresh: bool = False, reencode: bool = False) -> BuildReport:
        return build(paths, root, encoder, Silent(), fresh=fresh, reencode=reencode)

    return run


@pytest.fixture
def budget(tmp_path: Path) -> Path:
    return written(tmp_path / "甲.txt", small_budget())


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@contextmanager
def reading(generation: Generation) -> Iterator[BudgetStore]:
    store = BudgetStore(open_readonly(generation.sqlite))
    try:
        yield store
    finally:
        store.close()


def indexed(root: Path) -> tuple[BudgetDocument, ...]:
    with reading(generations.current(root)) as store:
        listed = store.documents()
        return tuple(d for one in listed if (d := store.document(one.id)) is not None)


def income(document: BudgetDocument) -> str:
    return document.tables[0].rows[0].cells[0].printed


def generation_names(root: Path) -> list[str]:
    return [path.name for path in root.glob("generation-*")]


def every_byte(root: Path) -> dict[str, str]:
    """Digest of every file of the index but the lock, which says nothing."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and path.name != "build.lock"
    }


def found_near(root: Path, encoder: Encoder, text: str) -> list[str]:
    vectors = PassageVectors(generations.current(root).chroma, encoder)
    hits = vectors.nearest(encoder.embed_query(text), 50)
    return [hit.passage_id for hit in hits if hit.whole]


# --- what goes in ---


def test_a_document_is_read_into_rows_and_vectors(
    building: Building, budget: Path, root: Path, encoder: Encoder
) -> None:
    report = building(budget)
    assert report.published
    assert report.refused == ()
    (document,) = indexed(root)
    assert document == report.indexed[0]
    said = {p.id for p in document.passages if p.text != "注：无。"}
    assert set(found_near(root, encoder, "政务服务规划")) == said


def test_an_unchanged_file_is_skipped_and_nothing_is_published(
    building: Building, budget: Path, root: Path
) -> None:
    building(budget)
    before = every_byte(root)
    report = building(budget)
    assert (report.indexed, report.unchanged, report.published) == ((), (budget,), False)
    assert every_byte(root) == before


def test_a_changed_file_replaces_its_document(
    building: Building, budget: Path, root: Path, encoder: Encoder
) -> None:
    (first,) = building(budget).indexed
    written(budget, small_budget(income="15.00", duty="负责养老服务。"))
    building(budget)
    (document,) = indexed(root)
    assert document.id == first.id
    assert income(document) == "15.00"
    assert document.passages[0].text == "（一）负责养老服务。"
    assert set(found_near(root, encoder, "养老")) <= {p.id for p in document.passages}


def test_a_document_that_lost_its_passages_leaves_no_vectors(
    building: Building, budget: Path, root: Path, encoder: Encoder
) -> None:
    building(budget)
    text = small_budget()
    written(budget, text.replace("2024年本部门收入预算12.00万元，比上年增加1.00万元。", ""))
    building(budget)
    assert len(found_near(root, encoder, "收入预算")) == 1


def test_other_years_and_departments_are_documents_of_their_own(
    building: Building, tmp_path: Path, root: Path
) -> None:
    for year, department in ((2024, "甲区乙局"), (2025, "甲区乙局"), (2024, "甲区丙局")):
        building(written(tmp_path / f"{department}{year}.txt", small_budget(department, year)))
    assert [(d.department, d.year) for d in indexed(root)] == [
        ("甲区丙局", 2024),
        ("甲区乙局", 2024),
        ("甲区乙局", 2025),
    ]


def test_a_folder_gives_all_its_documents(building: Building, tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "文件"
    written(folder / "甲.txt", small_budget("甲区乙局"))
    written(folder / "深" / "丙.TXT", small_budget("甲区丙局"))
    written(folder / "说明.md", "不是预算")
    assert building(folder).refused == ()
    assert len(indexed(root)) == 2


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = written(tmp_path / "甲" / "甲.txt", "甲")
    assert find_files([path, path.parent, path]).files == (path,)


def test_line_ends_and_a_byte_order_mark_do_not_count(
    building: Building, budget: Path, root: Path
) -> None:
    budget.write_bytes(b"\xef\xbb\xbf" + small_budget().replace("\n", "\r\n").encode())
    building(budget)
    assert [(income(d), d.tables[0].place.line) for d in indexed(root)] == [("12.00", 12)]


# --- what is refused ---


def bad_files(folder: Path) -> dict[str, Path]:
    folder.mkdir()
    files = {
        "empty": (folder / "empty.txt", b""),
        "blank": (folder / "blank.txt", b"\n \n\t\n"),
        "binary": (folder / "binary.txt", b"2024\xe5\xb9\xb4\n\x00\x01\x02"),
        "gbk": (folder / "gbk.txt", b"2024\n" + small_budget().encode("gbk")),
        "other text": (folder / "other.txt", "今天天气很好。\n明天也好。\n".encode()),
        "no tables": (folder / "no-tables.txt", "2024年甲区乙局部门预算\n无表。\n".encode()),
        "format": (folder / "budget.rtf", small_budget(year=2023).encode()),
    }
    for path, data in files.values():
        path.write_bytes(data)
    return {name: path for name, (path, _) in files.items()} | {
        "missing": folder / "missing.txt",
        "folder-like": folder / "no-such-folder",
    }


REASONS: dict[str, tuple[int | None, str]] = {
    "empty": (None, "文件是空的"),
    "blank": (None, "文件是空的"),
    "binary": (2, "控制字符"),
    "gbk": (2, "UTF-8"),
    "other text": (1, "不像是部门预算"),
    "no tables": (None, "没有找到任何预算表"),
    "format": (None, ".rtf"),
    "missing": (None, "文件不存在"),
    "folder-like": (None, "文件不存在"),
}


@pytest.mark.parametrize("name", REASONS)
def test_a_bad_file_is_reported_and_the_good_one_kept(
    building: Building, budget: Path, tmp_path: Path, root: Path, name: str
) -> None:
    bad = bad_files(tmp_path / "bad")[name]
    report = building(bad, budget)
    (problem,) = report.refused
    line, reason = REASONS[name]
    assert problem.path == bad
    assert problem.line == line
    assert bad.name in str(problem)
    assert reason in str(problem)
    assert report.published
    assert [d.department for d in indexed(root)] == ["甲区乙局"]


def test_only_bad_files_leave_the_index_byte_for_byte(
    building: Building, budget: Path, tmp_path: Path, root: Path
) -> None:
    building(budget)
    before = every_byte(root)
    report = building(*bad_files(tmp_path / "bad").values())
    assert not report.published
    assert len(report.refused) == len(REASONS)
    assert every_byte(root) == before


def test_only_bad_files_make_no_index_where_there_was_none(
    building: Building, tmp_path: Path, root: Path
) -> None:
    assert not building(tmp_path / "missing.txt").published
    with pytest.raises(IndexMissing, match="budget-qa index"):
        generations.current(root)


def test_the_same_department_and_year_twice_is_reported_with_both_files(
    building: Building, budget: Path, tmp_path: Path, root: Path
) -> None:
    again = written(tmp_path / "乙.txt", small_budget(income="99.00"))
    (problem,) = building(budget, again).refused
    assert problem.path == again
    assert "甲.txt" in str(problem)
    assert [income(document) for document in indexed(root)] == ["12.00"]


def test_the_same_department_and_year_twice_is_reported_when_one_is_unchanged(
    building: Building, budget: Path, tmp_path: Path, root: Path
) -> None:
    building(budget)
    again = written(tmp_path / "乙.txt", small_budget(income="99.00"))
    assert [problem.path for problem in building(budget, again).refused] == [again]
    assert [income(document) for document in indexed(root)] == ["12.00"]


def test_a_folder_without_documents_is_reported(building: Building, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (problem,) = building(tmp_path / "empty").refused
    assert problem.path == tmp_path / "empty"


def test_where_a_file_is_bad_is_said_with_file_line_and_reason() -> None:
    problem = DocumentError(Path("在/某处/甲.txt"), "没有写明金额单位", page=3, line=12)
    assert str(problem) == "甲.txt，第3页，第12行：没有写明金额单位"


# --- one build at a time ---

HOLD = """
import sys
from pathlib import Path
from index.generations import building
with building(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_build_beside_another_is_refused(building: Building, budget: Path, root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)],
        cwd=SHIPPED.parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BuildBusy, match="另一个进程"):
            building(budget)
        other.communicate()
    assert building(budget).published


# --- another schema, another encoder ---


def test_fresh_starts_from_nothing(building: Building, tmp_path: Path, root: Path) -> None:
    building(written(tmp_path / "甲.txt", small_budget("甲区甲局")))
    building(written(tmp_path / "乙.txt", small_budget("甲区乙局")), fresh=True)
    assert [d.department for d in indexed(root)] == ["甲区乙局"]


def test_fresh_reads_even_an_unchanged_file(building: Building, budget: Path) -> None:
    building(budget)
    report = building(budget, fresh=True)
    assert report.published
    assert report.unchanged == ()


def made_by(root: Path, *, schema: int, encoder: str) -> None:
    manifest = generations.current(root).folder / "manifest.json"
    manifest.write_text(json.dumps({"schema": schema, "encoder": encoder}), "utf-8")


def test_an_index_of_another_schema_names_the_command(
    building: Building, budget: Path, root: Path, encoder: Encoder
) -> None:
    building(budget)
    made_by(root, schema=SCHEMA_VERSION + 1, encoder=encoder.identity)
    for reencode in (False, True):
        with pytest.raises(IndexOutdated, match="budget-qa index --fresh"):
            building(budget, reencode=reencode)
    assert building(budget, fresh=True).published


def test_an_index_of_another_encoder_is_encoded_anew_on_demand(
    building: Building, budget: Path, root: Path, encoder: Encoder
) -> None:
    (document,) = building(budget).indexed
    made_by(root, schema=SCHEMA_VERSION, encoder="another")
    with pytest.raises(IndexOutdated, match="budget-qa index --reencode"):
        building(budget)
    assert building(reencode=True).published
    generations.check_readable(generations.current(root), encoder.identity)
    assert indexed(root) == (document,)
    assert len(found_near(root, encoder, "政务服务规划")) == 2


def test_each_passage_has_its_pieces_at_any_time(
    building: Building, budget: Path, root: Path, encoder: Encoder
) -> None:
    building(budget)
    for amount in ("12.00", "13.00"):
        written(budget, small_budget(income=amount, duty=f"负责修路{amount}。"))
        building(budget)
        (document,) = indexed(root)
        told = [one for one in document.passages if says_something(one)]
        held = read_pieces(generations.current(root).pieces, document.id)
        assert held.keys() == {one.id for one in told}
        for one in told:
            read = encoder.pieces(indexed_text(one))
            assert read is not None
            assert np.allclose(held[one.id] / LENGTH, read.vectors, atol=1 / LENGTH)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"PK garbage")])
def test_pieces_that_cannot_be_read_name_the_command(
    building: Building, budget: Path, root: Path, damage: Callable[[Path], object]
) -> None:
    (document,) = building(budget).indexed
    folder = generations.current(root).pieces
    damage(folder / f"{document.id}.npz")
    with pytest.raises(IndexDamaged, match="budget-qa index --fresh"):
        read_pieces(folder, document.id)


def test_a_damaged_manifest_names_the_command(building: Building, budget: Path, root: Path) -> None:
    building(budget)
    (generations.current(root).folder / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(IndexOutdated, match="budget-qa index --fresh"):
        building(budget)


def test_the_shipped_encoder_fits_the_index_that_it_built(
    building: Building, budget: Path, root: Path
) -> None:
    building(budget)
    generations.check_readable(generations.current(root), load_encoder().identity)


# --- readers ---


def test_a_reader_keeps_what_it_reads_through_two_builds(
    building: Building, budget: Path, root: Path, encoder: Encoder
) -> None:
    building(budget)
    old = generations.current(root)
    with generations.held(old), reading(old) as store:
        vectors = PassageVectors(old.chroma, encoder)
        for amount in ("13.00", "14.00"):
            written(budget, small_budget(income=amount, duty=f"负责{amount}。"))
            building(budget)
        (listed,) = store.documents()
        kept = store.document(listed.id)
        assert kept is not None
        assert income(kept) == "12.00"
        nearest = vectors.nearest(encoder.embed_query("政务服务规划"), 1)
        assert nearest[0].passage_id == kept.passages[0].id
        assert sorted(generation_names(root)) == sorted(
            [old.folder.name, generations.current(root).folder.name]
        )
    assert [income(document) for document in indexed(root)] == ["14.00"]


def test_what_nobody_reads_is_removed(building: Building, budget: Path, root: Path) -> None:
    for amount in ("12.00", "13.00", "14.00"):
        written(budget, small_budget(income=amount))
        building(budget)
    assert generation_names(root) == [generations.current(root).folder.name]


def test_what_a_reader_has_given_back_is_removed_by_the_next_build(
    building: Building, budget: Path, root: Path
) -> None:
    building(budget)
    with generations.held(generations.current(root)):
        written(budget, small_budget(income="13.00"))
        building(budget)
        assert len(generation_names(root)) == 2
    building(budget)
    assert len(generation_names(root)) == 1


def test_an_incomplete_index_names_the_command(
    building: Building, budget: Path, root: Path
) -> None:
    building(budget)
    generations.current(root).sqlite.unlink()
    with pytest.raises(IndexDamaged, match="budget-qa index --fresh"):
        generations.current(root)


@pytest.mark.parametrize("name", ["generation-0", "junk", ""])
def test_a_pointer_to_nothing_is_mended_by_the_command_that_it_names(
    building: Building, budget: Path, root: Path, name: str
) -> None:
    building(budget)
    (root / "CURRENT").write_text(name, "utf-8")
    with pytest.raises(IndexDamaged, match="budget-qa index --fresh"):
        generations.current(root)
    assert building(budget, fresh=True).published


def test_damaged_rows_name_the_command(building: Building, budget: Path, root: Path) -> None:
    building(budget)
    generations.current(root).sqlite.write_bytes(b"garbage" * 1000)
    with pytest.raises(BudgetIndexError, match="budget-qa index --fresh"):
        building(budget)


def test_a_reader_that_came_too_late_for_a_generation_is_told_so(
    building: Building, budget: Path, root: Path
) -> None:
    building(budget)
    old = generations.current(root)
    written(budget, small_budget(income="13.00"))
    building(budget)
    with pytest.raises(BudgetIndexError), generations.held(old):
        pass


def test_the_command_that_an_incomplete_index_names_mends_it(
    building: Building, budget: Path, root: Path
) -> None:
    building(budget)
    generations.current(root).sqlite.unlink()
    assert building(budget, fresh=True).published
