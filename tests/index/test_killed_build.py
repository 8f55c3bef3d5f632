"""A build that is killed, at any point, leaves the index that was there.

A process of its own builds and stops at a named point, where it is killed with
SIGKILL. Points between the stages come from Python's audit events, which tell
of each file that is about to be copied, renamed or removed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index import generations
from index.build import build
from index.chroma_store import PassageVectors
from index.encoder import SHIPPED, Encoder
from index.errors import IndexMissing
from index.generations import Generation
from index.sqlite_store import BudgetStore, open_readonly
from tests.conftest import Silent
from tests.index.written import small_budget

BUILD = """
import sys, time
from pathlib import Path
from index.build import build
from index.encoder import load_encoder

path, root, stop_at = sys.argv[1:]

def reached(point):
    if point == stop_at:
        print("at", point, flush=True)
        time.sleep(60)

class Progress:
    def stage(self, name, steps):
        self.name = name
        reached(name)
    def step(self, count=1):
        reached(self.name + " step")

def audit(event, args):
    if event in ("shutil.copyfile", "os.rename", "shutil.rmtree") and root in str(args[:2]):
        reached(event)

encoder = load_encoder()
sys.addaudithook(audit)
build([Path(path)], Path(root), encoder, Progress())
print("done", flush=True)
"""

AT_STAGES = ["读取", "写入表格", "编码段落", "发布"]
WITHIN_STAGES = ["写入表格 step", "编码段落 step"]
BEFORE_PUBLISHED = [*AT_STAGES, *WITHIN_STAGES, "os.rename"]
COPYING_THE_OLD_INDEX = "shutil.copyfile"
REMOVING_THE_OLD_INDEX = "shutil.rmtree"


def kill_a_build(path: Path, root: Path, stop_at: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BUILD, str(path), str(root), stop_at],
        cwd=SHIPPED.parents[1],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        reached = process.stdout.readline()
        process.kill()
        process.wait()
    assert reached == f"at {stop_at}\n"
    assert process.returncode == -9


def budget(folder: Path, income: str) -> Path:
    path = folder / "甲.txt"
    path.write_text(small_budget(income=income), "utf-8")
    return path


def answers(generation: Generation, encoder: Encoder) -> tuple[str, bool]:
    """The income by SQL, and whether retrieval finds the duty by its words."""
    store = BudgetStore(open_readonly(generation.sqlite))
    (listed,) = store.documents()
    document = store.document(listed.id)
    store.close()
    assert document is not None
    nearest = PassageVectors(generation.chroma, encoder).nearest(
        encoder.embed_query("政务服务规划"), 1
    )
    income = document.tables[0].rows[0].cells[0].printed
    return income, nearest[0].passage_id == document.passages[0].id


def generation_names(root: Path) -> list[str]:
    return [path.name for path in root.glob("generation-*")]


@pytest.fixture(scope="module")
def old_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index that holds the income 12.00."""
    folder = tmp_path_factory.mktemp("old")
    build([budget(folder, "12.00")], folder / "index", encoder, Silent())
    return folder / "index"


@pytest.mark.parametrize("point", [*BEFORE_PUBLISHED, COPYING_THE_OLD_INDEX])
def test_the_old_index_answers_and_the_next_build_succeeds(
    old_index: Path, tmp_path: Path, encoder: Encoder, point: str
) -> None:
    root = shutil.copytree(old_index, tmp_path / "index")
    old = generations.current(root)
    kill_a_build(budget(tmp_path, "13.00"), root, point)
    assert generations.current(root) == old
    generations.check_readable(old, encoder.identity)
    assert answers(old, encoder) == ("12.00", True)

    report = build([budget(tmp_path, "14.00")], root, encoder, Silent())
    assert report.published
    assert generation_names(root) == [generations.current(root).folder.name]
    assert answers(generations.current(root), encoder) == ("14.00", True)


def test_a_build_killed_after_publishing_has_published(
    old_index: Path, tmp_path: Path, encoder: Encoder
) -> None:
    root = shutil.copytree(old_index, tmp_path / "index")
    kill_a_build(budget(tmp_path, "13.00"), root, REMOVING_THE_OLD_INDEX)
    assert answers(generations.current(root), encoder) == ("13.00", True)
    assert len(generation_names(root)) == 2

    assert not build([tmp_path / "甲.txt"], root, encoder, Silent()).published
    assert generation_names(root) == [generations.current(root).folder.name]


@pytest.mark.parametrize("point", ["编码段落 step", "os.rename"])
def test_the_first_build_of_all_killed_leaves_no_index_and_no_harm(
    tmp_path: Path, encoder: Encoder, point: str
) -> None:
    root = tmp_path / "index"
    kill_a_build(budget(tmp_path, "13.00"), root, point)
    with pytest.raises(IndexMissing, match="先运行：budget-qa index"):
        generations.current(root)

    assert build([tmp_path / "甲.txt"], root, encoder, Silent()).published
    assert generation_names(root) == [generations.current(root).folder.name]
    assert answers(generations.current(root), encoder) == ("13.00", True)
