"""Damaged and read-only indexes: named for what they are, never replaced unasked."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from index import build as building
from index import chroma_store, generations
from index.build import build
from index.chroma_store import PassageVectors
from index.encoder import Encoder
from index.errors import IndexDamaged
from index.sqlite_store import BudgetStore, open_readonly
from tests.conftest import Silent
from tests.index.written import small_budget


@pytest.fixture
def root(tmp_path: Path, encoder: Encoder) -> Path:
    """An index of one small budget."""
    (tmp_path / "a.txt").write_text(small_budget(), "utf-8")
    folder = tmp_path / "index"
    assert build([tmp_path / "a.txt"], folder, encoder, Silent()).published
    return folder


def test_an_index_without_its_vectors_is_damaged_and_kept(
    root: Path, encoder: Encoder, tmp_path: Path
) -> None:
    generation = generations.current(root)
    shutil.rmtree(generation.chroma)
    with pytest.raises(IndexDamaged, match="--fresh"):
        generations.current(root)
    with pytest.raises(IndexDamaged, match="--fresh"):
        build([tmp_path / "a.txt"], root, encoder, Silent())
    assert generation.sqlite.is_file()


def test_vectors_that_cannot_be_read_are_named(root: Path, encoder: Encoder) -> None:
    chroma = generations.current(root).chroma
    (chroma / "chroma.sqlite3").write_bytes(b"garbage" * 500)
    with pytest.raises(IndexDamaged, match="--fresh"):
        PassageVectors(chroma, encoder).nearest([0.0] * encoder.dimensions, 3)


def test_an_index_that_may_not_be_written_is_read_from_a_copy(
    root: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    chroma = generations.current(root).chroma
    before = {p: p.stat().st_mtime_ns for p in chroma.rglob("*")}
    monkeypatch.setattr(chroma_store, "_writable", lambda _: False)
    vectors = PassageVectors(chroma, encoder)
    assert vectors.nearest(encoder.embed_query("职责"), 2)
    vectors.close()
    assert {p: p.stat().st_mtime_ns for p in chroma.rglob("*")} == before


def test_a_full_disk_leaves_the_old_index_and_nothing_else(
    root: Path, encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    old = generations.current(root)
    monkeypatch.setattr(building, "write_document", full)
    changed = tmp_path / "a.txt"
    changed.write_text(small_budget(income="13.00"), "utf-8")
    with pytest.raises(IndexDamaged, match="原有索引没有改动"):
        build([changed], root, encoder, Silent())
    assert list(root.glob("generation-*")) == [old.folder]
    assert len(BudgetStore(open_readonly(old.sqlite)).documents()) == 1
