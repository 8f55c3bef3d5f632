"""The folder of an index: whole generations, of which one is current.

    <folder>/CURRENT            the name of the current generation
    <folder>/<generation>/      manifest.json, budget.sqlite, chroma/, pieces/

A build writes a new generation beside the old one and then replaces CURRENT in
one step, so that a reader sees the old index or the new one. A reader holds a
shared lock on what it reads; a build removes only what nobody holds.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from index.errors import BuildBusy, IndexDamaged, IndexMissing, IndexOutdated
from index.schema import SCHEMA_VERSION

_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"
_PREFIX = "generation-"
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Manifest:
    """What built a generation; a reader must match it."""

    schema: int
    encoder: str


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index on disk."""

    folder: Path

    @property
    def sqlite(self) -> Path:
        return self.folder / "budget.sqlite"

    @property
    def chroma(self) -> Path:
        return self.folder / "chroma"

    @property
    def pieces(self) -> Path:
        return self.folder / "pieces"

    def manifest(self) -> Manifest:
        """What built it. Raises IndexOutdated where that cannot be read."""
        try:
            return Manifest(**json.loads((self.folder / _MANIFEST).read_text("utf-8")))
        except (OSError, ValueError, TypeError) as problem:
            raise IndexOutdated(f"索引 {self.folder} 的清单无法读取。{_mend()}") from problem


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of the pointer to the current generation from the next."""

    modified_ns: int
    inode: int
    size: int


def stamp(root: Path) -> Stamp | None:
    """The stamp of the pointer, which costs no reading; None where there is none.

    Take it before `current`, so that a pointer that is replaced in between is seen the next time.
    """
    try:
        found = _pointer(root).stat()
    except OSError:
        return None
    return Stamp(found.st_mtime_ns, found.st_ino, found.st_size)


@lru_cache(maxsize=8)
def _pointer(root: Path) -> Path:
    return root / _CURRENT


def current(root: Path) -> Generation:
    """The generation to read.

    Raises IndexMissing where nothing has been indexed, IndexDamaged where what
    was indexed is not whole.
    """
    try:
        name = (root / _CURRENT).read_text("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise IndexMissing(
            f"在 {root} 没有索引。先运行：budget-qa index（自带样例）或 budget-qa index 文件…"
        ) from problem
    generation = Generation(root / name)
    whole = generation.sqlite.is_file() and generation.chroma.is_dir()
    if not name.startswith(_PREFIX) or not whole:
        raise IndexDamaged(f"索引 {generation.folder} 不完整。{_mend()}")
    return generation


def check_readable(generation: Generation, encoder: str) -> None:
    """Raises IndexOutdated where another schema or encoder built the generation."""
    manifest = generation.manifest()
    if manifest.schema != SCHEMA_VERSION:
        raise IndexOutdated(
            f"索引是第 {manifest.schema} 版格式，本程序读第 {SCHEMA_VERSION} 版。{_mend()}"
        )
    if manifest.encoder != encoder:
        raise IndexOutdated(
            f"索引由句向量模型 {manifest.encoder} 建立，现在设置的是 {encoder}。"
            "运行：budget-qa index --reencode"
        )


@contextmanager
def held(generation: Generation) -> Iterator[None]:
    """Keeps the generation from being removed while it is read.

    Raises IndexDamaged where a build has removed it already.
    """
    try:
        file = (generation.folder / _MANIFEST).open("rb")
    except FileNotFoundError as problem:
        raise IndexDamaged(f"索引 {generation.folder} 已被新的索引取代。{_mend()}") from problem
    with file:
        fcntl.flock(file, fcntl.LOCK_SH)
        if not generation.sqlite.is_file():
            raise IndexDamaged(f"索引 {generation.folder} 已被新的索引取代。{_mend()}")
        yield


@contextmanager
def held_current(root: Path) -> Iterator[Generation]:
    """The current generation, held; one that a build replaces meanwhile is let go for the new."""
    with ExitStack() as stack:
        generation = current(root)
        for _ in range(_TRIES):
            try:
                stack.enter_context(held(generation))
                break
            except IndexDamaged:
                generation = current(root)
        else:
            stack.enter_context(held(generation))
        yield generation


@contextmanager
def building(root: Path) -> Iterator[None]:
    """Keeps other builds out.

    Raises BuildBusy where one is under way, IndexDamaged where the folder
    cannot be written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        file = (root / "build.lock").open("w")
    except OSError as problem:
        raise IndexDamaged(f"索引文件夹 {root} 不能写入（{problem.strerror}）") from problem
    with file:
        if not _locked(file):
            raise BuildBusy(f"另一个进程正在更新 {root} 的索引，请等它结束后再试")
        yield


def new_generation(root: Path) -> Generation:
    """An empty folder for a generation that is not current yet."""
    generation = Generation(root / f"{_PREFIX}{secrets.token_hex(6)}")
    generation.folder.mkdir()
    return generation


def copy_of(old: Generation, root: Path) -> Generation:
    """A new generation that starts as a copy of the old one."""
    generation = new_generation(root)
    shutil.copytree(old.folder, generation.folder, dirs_exist_ok=True)
    (generation.folder / _MANIFEST).unlink(missing_ok=True)
    return generation


def publish(root: Path, generation: Generation, manifest: Manifest) -> None:
    """Makes the generation current in one step, once all of it is on disk."""
    (generation.folder / _MANIFEST).write_text(json.dumps(asdict(manifest)), "utf-8")
    for path in [*generation.folder.rglob("*"), generation.folder]:
        _sync(path)
    pointer = root / f"{_CURRENT}.new"
    pointer.write_text(generation.folder.name, "utf-8")
    _sync(pointer)
    pointer.replace(root / _CURRENT)
    _sync(root)


def remove_unused(root: Path) -> None:
    """Removes generations that are neither current nor read by anyone.

    Where it is not clear which one is current, all are kept.
    """
    try:
        keep = current(root).folder
    except IndexMissing:
        keep = None
    except IndexDamaged:
        return
    for folder in root.glob(f"{_PREFIX}*"):
        if folder != keep and not _is_held(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_held(folder: Path) -> bool:
    try:
        with (folder / _MANIFEST).open("rb") as file:
            return not _locked(file)
    except OSError:
        return False


def _locked(file: IO[bytes] | IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mend() -> str:
    return "重新建立：budget-qa index --fresh 文件…"
