"""The command line. Commands import what they need when they run, so that help is quick."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from index.errors import BudgetQaError
from qa_service.channels import evaluating

if TYPE_CHECKING:
    from index.build import BuildReport
    from qa_service.channels.index_report import IndexReport
    from qa_service.settings import Settings

JsonOption = Annotated[
    bool, typer.Option("--json", help="结果以 JSON 输出到标准输出，供程序读取。")
]


class Commands(TyperGroup):
    """Commands whose known errors become one message on stderr and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BudgetQaError as problem:
            typer.secho(f"错误：{problem}", err=True, fg="red")
            raise typer.Exit(1) from problem
        except KeyboardInterrupt:
            typer.echo("\n已中断", err=True)
            raise typer.Exit(130) from None


app = typer.Typer(
    cls=Commands,
    help="回答关于政府部门预算的问题，每个答案都注明出处。\n\n"
    '例：budget-qa index，然后 budget-qa ask "2024年“三公”经费是多少？"',
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(evaluating.app, name="eval")


@app.command()
def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="文件或文件夹；不给就收录自带的样例。"),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="从头建立，原来收录的文件不再保留。")
    ] = False,
    reencode: Annotated[
        bool, typer.Option("--reencode", help="换了句向量模型后，把已收录的段落重新编码。")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """收录预算文件，建立或更新索引。

    读不了的文件会逐个说明原因，原有索引不受影响。

    例：budget-qa index 预算/ --fresh
    """
    settings = _settings()
    from qa_service.channels.index_report import show_report
    from qa_service.channels.progress import shown_progress
    from qa_service.wiring import build_index

    with shown_progress() as progress:
        built = build_index(settings, paths or [], progress, fresh=fresh, reencode=reencode)
    report = _index_report(built)
    if as_json:
        _print_json(report)
    else:
        show_report(report)
    if report.refused:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="问题，1 至 500 个字。")],
    as_json: JsonOption = False,
) -> None:
    """回答一个问题，列出数值和出处。

    例：budget-qa ask "2024年“三公”经费预算是多少？"
    """
    settings = _settings()
    from rich.console import Console

    from qa_service.channels.answer_text import show_answer
    from qa_service.channels.asking import ask_once

    answer = ask_once(settings, question)
    if as_json:
        _print_json(answer)
    else:
        show_answer(Console(), answer)


@app.command()
def chat() -> None:
    """连续提问；列出选项时输入编号就是选它。

    例：budget-qa chat，然后输入：三公经费是多少？
    """
    settings = _settings()
    from rich.console import Console

    from qa_service.channels import asking

    asking.chat(settings, Console())


@app.command()
def check(as_json: JsonOption = False) -> None:
    """列出核对发现的尾差、矛盾和不一致的文字。

    按文件和表格列出；只读索引，很快。

    例：budget-qa check --json
    """
    settings = _settings()
    from rich.console import Console

    from qa_service.channels.checking import check_report, show_report

    report = check_report(settings)
    if as_json:
        _print_json(report)
    else:
        show_report(Console(), report)


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="监听的地址；不给就用 BUDGET_QA_HOST，默认 127.0.0.1。")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="监听的端口；不给就用 BUDGET_QA_PORT，默认 8000。"),
    ] = None,
) -> None:
    """启动 HTTP 服务。

    没有设 BUDGET_QA_INDEX_DIR、也还没有索引时，先收录自带的样例；接口说明在 /docs。

    例：budget-qa serve --host 0.0.0.0 --port 9000
    """
    settings = _settings()
    from qa_service.channels import serving

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    serving.serve(settings.model_copy(update=given))


def main() -> None:
    """What `budget-qa` runs."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="surrogateescape" if stream is sys.stdin else "replace")
    app()


def _settings() -> Settings:
    """The settings. Raises SettingError before anything slow is imported."""
    from qa_service.settings import load_settings

    return load_settings()


def _index_report(built: BuildReport) -> IndexReport:
    from qa_service.channels.index_report import index_report

    return index_report(built.indexed, built.unchanged, built.refused, built.published)


def _print_json(thing: object) -> None:
    """Prints a contract's object as JSON in UTF-8, whatever the terminal's encoding."""
    from pydantic import TypeAdapter

    typer.echo(TypeAdapter(type(thing)).dump_json(thing, indent=2))


if __name__ == "__main__":
    main()
