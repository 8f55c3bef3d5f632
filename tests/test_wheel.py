"""The wheel, installed where no checkout is, answers a question about the shipped sample."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = (
    "index/samples/*.txt",
    "index/encoder/*",
    "prompts/*.yaml",
    "evals/cases/*",
    "qa_service/channels/static/**/*",
    "qa_service/channels/widget/*",
)
QUESTION = "2024年“三公”经费预算是多少？"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of the source; a build in the checkout would leave files there."""
    source = tmp_path_factory.mktemp("source")
    for folder in ("index", "qa_service", "evals", "prompts"):
        if (ROOT / folder).is_dir():
            shutil.copytree(
                ROOT / folder,
                source / folder,
                ignore=shutil.ignore_patterns("__pycache__", "results"),
            )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    results = source / "evals" / "results" / "latest"
    results.mkdir(parents=True)
    (results / "answers.jsonl").write_text("{}\n", "utf-8")
    built = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", built, source)
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it.

    It sees the vendors of the environment that runs the tests through a .pth file, so that the
    test downloads nothing. Python does not follow .pth files of a folder that a .pth file names,
    so the editable install of the checkout stays out of sight. The file comes after the install,
    for pip would take the checkout's project for installed already.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    pip = (sys.executable, "-m", "pip", "--python", folder / "bin" / "python")
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel)
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    vendors = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    Path(paths["purelib"], "vendors.pth").write_text("\n".join(sorted(vendors)), "utf-8")
    return folder


def test_wheel_holds_every_data_file(wheel: Path) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for pattern in DATA
        for path in ROOT.glob(pattern)
        if path.is_file()
    }
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_wheel_holds_no_results(wheel: Path) -> None:
    assert not [n for n in zipfile.ZipFile(wheel).namelist() if n.startswith("evals/results")]


def test_wheel_evaluates_on_the_sample(environment: Path, tmp_path: Path) -> None:
    command = environment / "bin" / "budget-qa"
    _run(command, "index", cwd=tmp_path)
    _run(command, "eval", "run", "--sample", "5", "--out", tmp_path / "out", cwd=tmp_path)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    assert {name: suite["cases"] for name, suite in summary.items()} == {
        "exhaustive": 5,
        "cases": 5,
    }


def test_wheel_answers_about_the_sample(environment: Path, tmp_path: Path) -> None:
    command = environment / "bin" / "budget-qa"
    _run(command, "index", cwd=tmp_path)
    answer = json.loads(_run(command, "ask", "--json", QUESTION, cwd=tmp_path))
    assert answer["status"] == "answered"
    assert (answer["values"][0]["value"], answer["values"][0]["unit"]) == ("5.40", "万元")
    assert answer["citations"]


def test_wheel_runs_its_own_code(environment: Path, tmp_path: Path) -> None:
    code = (
        "import index, prompts, qa_service as q; print(*(m.__file__ for m in (index, prompts, q)))"
    )
    files = _run(environment / "bin" / "python", "-c", code, cwd=tmp_path).split()
    assert all(Path(file).is_relative_to(environment) for file in files), files


def _run(*command: str | Path, cwd: Path | None = None) -> str:
    """What the command prints. It sees no PYTHONPATH, and no setting but an index in `cwd`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "VIRTUAL_ENV") and not name.startswith("BUDGET_QA_")
    }
    if cwd:
        kept["BUDGET_QA_INDEX_DIR"] = str(cwd / "index")
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=kept, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (
        f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    )
    return done.stdout
