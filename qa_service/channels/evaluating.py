"""`budget-qa eval`: options in, the harness called, its figures and exit code out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evals.floors import BrokenFloor
    from evals.run import Results

app = typer.Typer(
    help="评测回答的质量：提问、评分、比较两次结果、生成用例。\n\n"
    "例：budget-qa eval run --sample 300",
    no_args_is_help=True,
)

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="TOML 配置文件；命令行上给的优先。")
]
FloorOption = Annotated[
    list[str] | None,
    typer.Option(
        "--floor",
        metavar="套件.指标=数",
        help="底线，可以给多个；达不到时退出码为 1。如 exhaustive.correct=0.995、cases.wrong=0。",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="结果以 JSON 输出到标准输出，供程序读取。")
]


@app.command()
def run(
    config: ConfigOption = None,
    suite: Annotated[
        list[str] | None,
        typer.Option(help="exhaustive（逐格生成）或 cases（人写）；不给就两套都问。"),
    ] = None,
    cases: Annotated[
        list[Path] | None, typer.Option(help="人写用例的文件或文件夹；不给就用自带的。")
    ] = None,
    doc: Annotated[
        list[Path] | None, typer.Option(help="从中生成用例的预算文件；不给就用自带的样例。")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="要评测的服务的网址；不给就在本进程里问。")
    ] = None,
    index: Annotated[
        Path | None,
        typer.Option(
            help="在本进程里问时用的索引；不给就用 BUDGET_QA_INDEX_DIR 的，也没有设就临时建一个。"
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="放结果的文件夹；不给就是 evals/results/latest。")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="同时提问的个数，默认 2。")
    ] = None,
    timeout: Annotated[float | None, typer.Option(help="一个问题最多等几秒，默认 60。")] = None,
    sample: Annotated[
        int | None, typer.Option(min=1, help="每套只问这么多个，各类各表按比例抽取。")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="只问这些编号或类别的用例。")] = None,
    floor: FloorOption = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="照上次的配置接着问，已保存的回答不再问。")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """提问并评分，写出 summary.json、report.html 和 junit.xml。

    每个回答立即存入 answers.jsonl；按 Ctrl-C 中断后用 --resume 继续，或用 eval score 先看结果。

    例：budget-qa eval run --url http://127.0.0.1:8000 --workers 4 --floor cases.wrong=0
    """
    from evals.config import load_config, read_saved_config
    from evals.run import CONFIG
    from evals.run import run as run_all
    from qa_service.channels.progress import Seldom, shown_progress
    from qa_service.settings import load_settings

    settings = load_settings()
    given = {
        "suites": suite,
        "cases": cases,
        "documents": doc,
        "url": url,
        "index_dir": index,
        "out": out,
        "workers": workers,
        "timeout": timeout,
        "sample": sample,
        "only": only,
        "floors": _floors(floor),
    }
    given = {name: value for name, value in given.items() if value is not None}
    made = load_config(config, given)
    if resume:
        made = load_config(config, given, before=read_saved_config(made.out / CONFIG))
    try:
        with shown_progress() as progress:
            results = run_all(made, settings, Seldom(progress), resume=resume)
    except KeyboardInterrupt:
        typer.echo(
            f"\n已中断，问过的都存在 {made.out}。加 --resume 继续，"
            f"或用 budget-qa eval score {made.out} 先看结果。",
            err=True,
        )
        raise typer.Exit(130) from None
    _show(results, made.floors, as_json)


@app.command()
def score(
    folder: Annotated[
        Path | None, typer.Argument(help="eval run 的结果文件夹；不给就是 evals/results/latest。")
    ] = None,
    cases: Annotated[
        list[Path] | None, typer.Option(help="换用这些人写的用例来评分；不给就用当时的。")
    ] = None,
    floor: FloorOption = None,
    as_json: JsonOption = False,
) -> None:
    """不再提问，只用保存的回答重新评分。

    同样的回答得到逐字节相同的报告；当时配置里的底线仍然有效。

    例：budget-qa eval score evals/results/latest --floor cases.correct=0.95
    """
    from evals.config import RESULTS, read_saved_config
    from evals.run import CONFIG, rescore

    where = folder or RESULTS / "latest"
    results = rescore(where, {"cases": cases} if cases else {})
    saved = read_saved_config(where / CONFIG).floors if (where / CONFIG).is_file() else {}
    _show(results, {**saved, **_floors(floor)}, as_json)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="较早一次的结果文件夹。")],
    after: Annotated[Path, typer.Argument(help="较晚一次的结果文件夹。")],
    config: ConfigOption = None,
    floor: FloorOption = None,
    as_json: JsonOption = False,
) -> None:
    """逐个用例比较两次结果：哪些变好，哪些变差，是否可能只是偶然。

    底线用于较晚的一次；got_better、got_worse 是变好和变差的用例数。

    例：budget-qa eval compare 旧结果 evals/results/latest --floor cases.got_worse=0
    """
    from evals.compare import change_figures
    from evals.compare import compare as compare_runs
    from evals.config import load_config
    from evals.floors import broken, figures
    from evals.run import read_scores
    from evals.summary import summarise
    from qa_service.channels.eval_text import show_comparison

    floors = load_config(config, {"floors": _floors(floor)}).floors
    (old, _), (new, _) = read_scores(before, {}), read_scores(after, {})
    comparison = compare_runs(old, new)
    failed = broken(floors, {**figures(summarise(new)), **change_figures(comparison)})
    if as_json:
        _print_json(comparison)
    else:
        show_comparison(comparison)
    _end(failed)


@app.command()
def generate(
    documents: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="预算文件或文件夹；不给就用自带的样例。"),
    ] = None,
    out: Annotated[Path, typer.Option(help="写入的用例文件。")] = Path("exhaustive.jsonl"),
) -> None:
    """从印好的预算文件逐格逐段生成用例，不经过服务的索引。

    例：budget-qa eval generate 预算.txt --out 用例.jsonl
    """
    from evals.cases import write_cases
    from evals.config import load_config
    from evals.run import generated

    made = load_config(None, {"documents": documents or ()})
    count = write_cases(out, generated(made))
    typer.echo(f"已写入 {count} 个用例：{out}")


def _floors(given: list[str] | None) -> dict[str, float]:
    from evals.floors import check_floors, parse_floor

    floors = dict(map(parse_floor, given or ()))
    check_floors(floors)
    return floors


def _show(results: Results, floors: Mapping[str, float], as_json: bool) -> None:
    from evals.floors import broken, figures
    from evals.run import SUMMARY
    from qa_service.channels.eval_text import show_results

    if as_json:
        typer.echo((results.folder / SUMMARY).read_text("utf-8"), nl=False)
    else:
        show_results(results)
    if floors and results.not_asked:
        _fail(f"还有 {results.not_asked} 个用例没有问到，底线不能算达到")
    for suite in results.summary:
        if suite.verdicts.error == suite.verdicts.cases:
            _fail(f"{suite.name} 没有得到任何可用的回答")
    _end(broken(floors, figures(results.summary)))


def _end(failed: tuple[BrokenFloor, ...]) -> None:
    """Names each broken floor and ends with 1; returns where all hold."""
    for floor in failed:
        typer.secho(f"没有达到底线：{floor}", err=True, fg="red")
    if failed:
        raise typer.Exit(1)


def _fail(why: str) -> NoReturn:
    typer.secho(f"错误：{why}", err=True, fg="red")
    raise typer.Exit(1)


def _print_json(thing: Any) -> None:
    from pydantic import TypeAdapter

    typer.echo(TypeAdapter(type(thing)).dump_json(thing, indent=2))
