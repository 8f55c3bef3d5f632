"""Figures of an evaluation as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.compare import CaseChange, Change, Comparison
from evals.report import RANK_HEADS, RETRIEVAL_NAMES, SHARE_NAMES, SUITE_NAMES, percent
from evals.run import REPORT, Results
from evals.scoring import Score
from evals.summary import SuiteSummary
from evals.verdicts import Verdict

_MOST_SHOWN = 20
_SHORT = 120
_CHANGES = {Change.BETTER: ("变好", "green"), Change.WORSE: ("变差", "red")}


def show_results(results: Results) -> None:
    """Prints the counts, the shares, the first wrong answers, and where the report is."""
    console = Console()
    _show_counts(console, results.summary)
    for suite in results.summary:
        _show_shares(console, suite)
        _show_retrievals(console, suite)
    _show_bad(console, results.scores)
    if results.not_asked:
        console.print(f"还有 {results.not_asked} 个用例没有问到。", style="yellow")
    console.print(Text(f"报告：{results.folder / REPORT}"), soft_wrap=True)


def show_comparison(comparison: Comparison) -> None:
    """Prints how many cases changed in each suite, and each that did."""
    console = Console()
    table = _table("用例", "比较", "变好", "变差", "不变", "转对", "转错", "p", "不能比")
    for suite in comparison.suites:
        apart = suite.only_before + suite.only_after + suite.rewritten
        counts = (suite.compared, suite.better, suite.worse, suite.same, suite.gained, suite.lost)
        name = SUITE_NAMES.get(suite.name, suite.name)
        table.add_row(name, *map(str, counts), f"{suite.p_value:.4g}", str(apart))
    console.print(table)
    for change in comparison.changes:
        _show_change(console, change)


def _show_counts(console: Console, suites: Iterable[SuiteSummary]) -> None:
    table = _table("用例", "总数", "答对", "拒答", "答错", "出错", "得分", "p50", "p95", "p99")
    for suite in suites:
        found, times = suite.verdicts, suite.latency_ms
        counts = (found.cases, found.correct, found.declined, found.wrong, found.error)
        figures = (found.score, times.p50, times.p95, times.p99)
        shown = ("—" if figure is None else f"{figure:.1f}" for figure in figures)
        table.add_row(SUITE_NAMES.get(suite.name, suite.name), *map(str, counts), *shown)
    console.print(table)


def _show_shares(console: Console, suite: SuiteSummary) -> None:
    table = _table(SUITE_NAMES.get(suite.name, suite.name), "数目", "比例（95% 区间）")
    for key, name in SHARE_NAMES.items():
        share = getattr(suite.shares, key)
        table.add_row(name, f"{share.count} / {share.of}", percent(share))
    console.print(table)


def _show_retrievals(console: Console, suite: SuiteSummary) -> None:
    """The retrievals side by side; nothing where the asker does not show them."""
    if not suite.retrievals:
        return
    table = _table("检索方式", *RANK_HEADS)
    for found in suite.retrievals:
        ranks = found.ranks
        parts = (ranks.recall_at_1, ranks.recall_at_3, ranks.recall_at_5)
        shown = ("—" if part.share is None else f"{part.share:.1%}" for part in parts)
        mrr = "—" if ranks.mrr is None else f"{ranks.mrr:.3f}"
        table.add_row(RETRIEVAL_NAMES[found.by], str(ranks.recall_at_1.of), *shown, mrr)
    console.print(table)


def _show_bad(console: Console, scores: Iterable[Score]) -> None:
    """The first of the wrong answers and errors; the report has them all."""
    bad = [s for s in scores if s.verdict in (Verdict.WRONG, Verdict.ERROR) or s.unproven]
    for score in bad[:_MOST_SHOWN]:
        asked = " / ".join(score.case.asked)
        console.print(
            Text(f"{score.case.id} {score.verdict.value} ", "red").append(asked, ""), soft_wrap=True
        )
        fault = score.outcome.fault
        console.print(Text(f"    {_short(fault.message if fault else score.outcome.text)}"))
    if len(bad) > _MOST_SHOWN:
        console.print(f"……共 {len(bad)} 个，都在报告里。")


def _show_change(console: Console, change: CaseChange) -> None:
    name, style = _CHANGES[change.change]
    head = Text(f"{name} ", style).append(f"{change.id}：{' / '.join(change.asked)}", "")
    console.print(head, soft_wrap=True)
    for verdict, text in (
        (change.before, change.text_before),
        (change.after, change.text_after),
    ):
        console.print(Text(f"    {verdict}：{_short(text)}"))


def _table(first: str, *others: str) -> Table:
    table = Table()
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _short(text: str) -> str:
    """The text on one line, no longer than helps to recognise it."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[:_SHORT] + "…"
