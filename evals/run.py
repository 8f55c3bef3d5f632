"""READ FIRST. A run of the harness, stage by stage.

cases      collect        the generator's and our own                     (generate, cases)
choose     stratified     a part that stands for all, where asked for     (sampling)
ask        ask_all        every raw answer saved at once                  (asking, askers, records)
score      score          the judge's rules and more, case by case        (scoring, verdicts)
figures    summarise      counts, shares, intervals, latency              (summary, stats)
write      write_report   summary.json, report.html, junit.xml            (report, plots, junit)
floors     broken         what must hold for a release                    (floors)

Asking and scoring meet only in files: `answers.jsonl`, and the cases in `cases/`, one file
a suite. Scoring can so be repeated without asking, and gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.askers import Asker, InProcess, OverHttp
from evals.asking import Progress, Task, ask_all
from evals.cases import Case, load_cases, write_cases
from evals.config import CASES, EvalConfig, config_json
from evals.errors import CaseError, RunError
from evals.generate import generate
from evals.junit import junit_xml
from evals.records import CaseKey, Saved, read_answers
from evals.report import report_html
from evals.sampling import stratified
from evals.scoring import Score, score
from evals.summary import SuiteSummary, summarise
from evals.summary_json import summary_json
from qa_service.settings import Settings
from qa_service.wiring import build_index, open_service

SAMPLES = Path(str(files("index"))) / "samples"
ANSWERS, CONFIG, SUMMARY = "answers.jsonl", "config.json", "summary.json"
REPORT, JUNIT, CASE_FOLDER = "report.html", "junit.xml", "cases"


@dataclass(frozen=True, slots=True)
class Results:
    """What a run came to."""

    folder: Path
    scores: tuple[Score, ...]
    summary: tuple[SuiteSummary, ...]
    not_asked: int
    """Cases of the run without a saved answer, where it was stopped."""


def run(
    config: EvalConfig, settings: Settings, progress: Progress, *, resume: bool = False
) -> Results:
    """Asks all cases of the configuration and scores them; everything is in its folder.

    Raises what keeps the service from being asked before anything in the folder is touched.
    """
    config = with_index(config, settings)
    tasks = collect(config)
    with opened(config, settings, progress) as asker:
        save_questions(config, tasks)
        ask_all(
            tasks,
            asker,
            config.out / ANSWERS,
            progress,
            workers=config.workers,
            timeout=config.timeout,
            resume=resume,
        )
    return rescore(config.out)


def collect(config: EvalConfig) -> tuple[Task, ...]:
    """All cases that the configuration asks for. Raises CaseError where there are none."""
    tasks = []
    for suite in dict.fromkeys(config.suites):
        cases = generated(config) if suite == "exhaustive" else load_cases(config.cases or [CASES])
        if config.only:
            cases = tuple(c for c in cases if c.id in config.only or c.category in config.only)
        if config.sample is not None:
            cases = stratified(cases, config.sample)
        tasks += [Task(suite, case) for case in cases]
    if not tasks:
        raise CaseError("没有用例：请检查 cases、documents、suites 和 only")
    return tuple(tasks)


def generated(config: EvalConfig) -> tuple[Case, ...]:
    """The cases that the printed documents give. Raises CaseError for one that gives none."""
    cases = []
    for path in printed(config.documents):
        try:
            cases += list(generate(path))
        except (OSError, ValueError) as problem:
            raise CaseError(f"{path}：不能从中生成用例：{problem}") from problem
    return tuple(cases)


def printed(documents: Sequence[Path]) -> tuple[Path, ...]:
    """The documents, those of the folders among them; the shipped sample where none are given."""
    found: list[Path] = []
    for path in documents or [SAMPLES]:
        found += sorted(path.glob("*.txt")) if path.is_dir() else [path]
    return tuple(found)


def save_questions(config: EvalConfig, tasks: Sequence[Task]) -> None:
    """Writes the configuration and the cases into the folder of the results.

    The cases of an earlier run there are replaced. Raises RunError, and touches nothing,
    where the folder holds cases that no run has written.
    """
    folder = config.out / CASE_FOLDER
    if any(folder.glob("*.jsonl")) and not (config.out / CONFIG).is_file():
        raise RunError(f"{folder} 中有不是评测写下的用例，不会覆盖：请另选 --out 目录")
    folder.mkdir(parents=True, exist_ok=True)
    (config.out / CONFIG).write_text(config_json(config), "utf-8")
    for old in folder.glob("*.jsonl"):
        old.unlink()
    for suite in dict.fromkeys(task.suite for task in tasks):
        write_cases(folder / f"{suite}.jsonl", (t.case for t in tasks if t.suite == suite))


def with_index(config: EvalConfig, settings: Settings) -> EvalConfig:
    """The configuration with the index that is set for the service, where it names none."""
    named = config.index_dir or config.url or config.documents
    if named or not settings.is_given("index_dir"):
        return config
    return config.model_copy(update={"index_dir": settings.index_dir})


@contextmanager
def opened(config: EvalConfig, settings: Settings, progress: Progress) -> Iterator[Asker]:
    """The service to ask: at the URL, over the given index, or over a fresh one that then goes."""
    if config.url is not None:
        over_http = OverHttp(config.url, config.timeout)
        over_http.connect()
        yield over_http
        return
    with TemporaryDirectory(prefix="budget-qa-eval-") as folder:
        folder_of_index = config.index_dir or Path(folder, "index")
        settings = settings.model_copy(update={"index_dir": folder_of_index})
        if config.index_dir is None:
            report = build_index(settings, printed(config.documents), progress, fresh=True)
            if not report.published:
                raise RunError(f"没有收录成功，无法提问：{report.refused}")
        with open_service(settings) as service:
            yield InProcess(service)


def rescore(folder: Path, cases: Mapping[str, Sequence[Path]] | None = None) -> Results:
    """The scores of the saved answers, and the report of them written anew.

    `cases` gives other cases for a suite. The same answers give the same files,
    byte for byte. Raises RunError or CaseError.
    """
    scores, not_asked = read_scores(folder, cases or {})
    summary = summarise(scores)
    (folder / SUMMARY).write_text(summary_json(summary), "utf-8")
    (folder / REPORT).write_text(report_html(summary, scores, not_asked), "utf-8")
    (folder / JUNIT).write_text(junit_xml(scores), "utf-8")
    return Results(folder, scores, summary, not_asked)


def read_scores(folder: Path, cases: Mapping[str, Sequence[Path]]) -> tuple[tuple[Score, ...], int]:
    """The scores of a run in the order of its cases, and how many cases were not asked."""
    answers = read_answers(folder / ANSWERS)
    suites = {path.stem: load_cases(cases.get(path.stem, [path])) for path in _case_files(folder)}
    scores = tuple(
        score(suite, case, saved)
        for suite, of_suite in suites.items()
        for case in of_suite
        if (saved := _answered(answers, suite, case)) is not None
    )
    return scores, sum(map(len, suites.values())) - len(scores)


def _answered(answers: Mapping[CaseKey, Saved], suite: str, case: Case) -> Saved | None:
    """The saved answers to the case, if it was asked in these words."""
    saved = answers.get(CaseKey(suite, case.id))
    if saved is None or tuple(turn.asked for turn in saved.turns) != case.asked:
        return None
    return saved


def _case_files(folder: Path) -> list[Path]:
    """The suites of a run, the exhaustive one first."""
    found = sorted((folder / CASE_FOLDER).glob("*.jsonl"), key=lambda path: path.stem, reverse=True)
    if not found:
        raise RunError(f"{folder}：这里没有评测的结果，先运行 budget-qa eval run")
    return found
