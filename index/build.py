"""READ FIRST. Documents to an index, stage by stage.

    files      find_files     which files are meant
    blocks     read_file      a file's lines and grids       (readers/)
    document   parse          tables, passages, facts        (parse, headings, tables, facts …)
    findings   check          what does not add up           (checks, called by parse)
    rows       write_document into SQLite                    (sqlite_write, schema)
    vectors    replace        into Chroma, encoded           (chroma_store, encoder)
    pieces     write_pieces   beside them, encoded           (piece_store, encoder)
    publish    publish        the new index becomes current  (generations)

A file that cannot be read is reported and the rest is kept. Unchanged files
are skipped by their digest. Killed at any moment, a build leaves the index
that was there.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index import generations
from index.chroma_store import PassageVectors, says_something
from index.encoder import Encoder
from index.errors import (
    DocumentError,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    why_unreadable,
)
from index.generations import Generation, Manifest
from index.parse import parse
from index.piece_store import write_pieces
from index.readers import READERS, read_file
from index.records import BudgetDocument
from index.schema import SCHEMA_VERSION
from index.sqlite_store import BudgetStore, open_readonly
from index.sqlite_write import DatabaseFault, create_writable, write_document

SAMPLES = Path(__file__).parent / "samples"


class Progress(Protocol):
    """Told of each stage as it starts and of each step in it."""

    def stage(self, name: str, steps: int) -> None: ...

    def step(self, count: int = 1) -> None: ...


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: documents put in, files skipped as unchanged, files refused."""

    indexed: tuple[BudgetDocument, ...]
    unchanged: tuple[Path, ...]
    refused: tuple[DocumentError, ...]
    published: bool


def build(
    paths: Sequence[Path],
    root: Path,
    encoder: Encoder,
    progress: Progress,
    *,
    fresh: bool = False,
    reencode: bool = False,
) -> BuildReport:
    """Adds the documents of the files to the index under `root`, or replaces them there.

    `fresh` starts from nothing; `reencode` encodes again what is indexed
    already. Raises BuildBusy, and IndexOutdated where the old index is of
    another schema or encoder and neither was asked for.
    """
    with generations.building(root):
        generations.remove_unused(root)
        old = None if fresh else _old_generation(root, encoder, reencode)
        found = find_files(paths)
        documents, unchanged, refused = _read(found.files, _digests(old), progress)
        refused = (*found.empty, *refused)
        if not documents and not (old and reencode):
            return BuildReport((), unchanged, refused, published=False)
        with _whole_or_nothing(root):
            new = generations.copy_of(old, root) if old else generations.new_generation(root)
            _write_rows(new, documents, progress)
            _write_vectors(new, documents, encoder, progress, everything=reencode)
            progress.stage("发布", 1)
            generations.publish(root, new, Manifest(SCHEMA_VERSION, encoder.identity))
        generations.remove_unused(root)
        progress.step()
    return BuildReport(documents, unchanged, refused, published=True)


@contextmanager
def _whole_or_nothing(root: Path) -> Iterator[None]:
    """What a build that fails has written is removed; a full disk is said to be full."""
    try:
        yield
    except (OSError, DatabaseFault, IndexDamaged) as problem:
        generations.remove_unused(root)
        reason = problem.strerror if isinstance(problem, OSError) else problem
        raise IndexDamaged(f"索引没有写成，原有索引没有改动：{reason}") from problem


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files that are meant, and an error for each folder that holds none."""

    files: tuple[Path, ...]
    empty: tuple[DocumentError, ...]


def find_files(paths: Iterable[Path]) -> FoundFiles:
    """The files that are meant: folders are searched for readable formats, files taken as given."""
    found: dict[Path, None] = {}
    empty: list[DocumentError] = []
    for path in paths:
        if path.is_dir():
            inside = [p for p in path.rglob("*") if p.suffix.lower() in READERS and p.is_file()]
            found.update(dict.fromkeys(sorted(inside)))
            if not inside:
                known = "、".join(sorted(READERS))
                empty.append(DocumentError(path, f"文件夹里没有可读的文件（{known}）"))
        else:
            found[path] = None
    return FoundFiles(tuple(found), tuple(empty))


def _old_generation(root: Path, encoder: Encoder, reencode: bool) -> Generation | None:
    try:
        old = generations.current(root)
    except IndexMissing:
        return None
    try:
        generations.check_readable(old, encoder.identity)
    except IndexOutdated:
        if not reencode or old.manifest().schema != SCHEMA_VERSION:
            raise
    return old


def _digests(old: Generation | None) -> dict[str, str]:
    if old is None:
        return {}
    store = BudgetStore(open_readonly(old.sqlite))
    try:
        return store.digests()
    finally:
        store.close()


def _read(
    files: tuple[Path, ...], known: dict[str, str], progress: Progress
) -> tuple[tuple[BudgetDocument, ...], tuple[Path, ...], tuple[DocumentError, ...]]:
    documents: dict[str, BudgetDocument] = {}
    sources: dict[str, str] = {}
    unchanged: list[Path] = []
    refused: list[DocumentError] = []
    progress.stage("读取", len(files))
    for path in files:
        try:
            digest = _digest(path)
            if digest in known:
                unchanged.append(path)
                sources[known[digest]] = path.name
            else:
                document = parse(read_file(path), digest)
                first = sources.setdefault(document.id, path.name)
                if first != path.name or document.id in documents:
                    raise DocumentError(path, f"与 {first} 同为“{document.title}”，只收录先读到的")
                documents[document.id] = document
        except DocumentError as problem:
            refused.append(problem)
        progress.step()
    return tuple(documents.values()), tuple(unchanged), tuple(refused)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as problem:
        raise DocumentError(path, why_unreadable(problem)) from problem


def _write_rows(new: Generation, documents: tuple[BudgetDocument, ...], progress: Progress) -> None:
    progress.stage("写入表格", len(documents))
    engine = create_writable(new.sqlite)
    try:
        with engine.begin() as connection:
            for document in documents:
                write_document(connection, document)
                progress.step()
    finally:
        engine.dispose()


def _write_vectors(
    new: Generation,
    documents: tuple[BudgetDocument, ...],
    encoder: Encoder,
    progress: Progress,
    *,
    everything: bool,
) -> None:
    """Encodes the passages of the new documents, or of all where the encoder is another one."""
    if everything:
        store = BudgetStore(open_readonly(new.sqlite))
        replaced = [document.id for document in store.documents()]
        whole = [d for i in replaced if (d := store.document(i)) is not None]
        passages = [(d.id, p) for d in whole for p in d.passages]
        store.close()
    else:
        passages = [(d.id, p) for d in documents for p in d.passages]
        replaced = [document.id for document in documents]
    passages = [(d, p) for d, p in passages if says_something(p)]
    progress.stage("编码段落", len(passages))
    if everything and new.chroma.exists():
        shutil.rmtree(new.chroma)
    PassageVectors(new.chroma, encoder).replace(replaced, passages, progress.step)
    write_pieces(new.pieces, replaced, passages, encoder)
