"""How a run is made: one type for the TOML file, the command line and the saved `config.json`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import ConfigError
from evals.floors import check_floors

CASES = Path(__file__).parent / "cases"
"""The folder of our own cases."""
RESULTS = Path("evals/results")
SuiteName = Literal["exhaustive", "cases"]


class EvalConfig(BaseModel):
    """A run. What a file leaves out is as given here; the command line goes before the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    suites: Annotated[
        tuple[SuiteName, ...], Field(min_length=1, description="exhaustive、cases 中的一个或两个")
    ] = ("exhaustive", "cases")
    cases: Annotated[tuple[Path, ...], Field(description="用例文件或文件夹的列表")] = ()
    """Case files and folders; our own where there are none."""
    documents: Annotated[tuple[Path, ...], Field(description="预算文件的列表")] = ()
    """The printed documents that the generator reads; the shipped sample where there are none."""
    url: Annotated[str | None, Field(description="http(s):// 开头的网址")] = None
    """The service to ask; one in this process, over the documents, where there is none."""
    index_dir: Annotated[Path | None, Field(description="索引的文件夹")] = None
    """The index that the service in this process answers from; a fresh one where there is none."""
    out: Annotated[Path, Field(description="放结果的文件夹")] = RESULTS / "latest"
    workers: Annotated[int, Field(ge=1, le=64, description="1 到 64 的整数")] = 2
    timeout: Annotated[float, Field(gt=0, le=3600, description="大于 0 的秒数")] = 60.0
    """Seconds that one question may take."""
    sample: Annotated[int | None, Field(ge=1, description="1 以上的整数")] = None
    """Ask only so many cases of each suite, spread over categories and tables."""
    only: Annotated[tuple[str, ...], Field(description="用例编号或类别的列表")] = ()
    floors: Annotated[
        dict[str, float], Field(description="“套件.指标”到数的表，如 exhaustive.correct = 0.995")
    ] = {}


def load_config(
    path: Path | None, given: Mapping[str, Any], *, before: EvalConfig | None = None
) -> EvalConfig:
    """The configuration of the TOML file with what is given on the command line over it.

    Both go over that of the run `before`, where one is taken up again. Floors of all
    are put together. Raises ConfigError naming the field.
    """
    begun = before.model_dump() if before is not None else {}
    fields = _read(path) if path is not None else {}
    floors = {**begun.get("floors", {}), **_table(fields, "floors"), **given.get("floors", {})}
    made = _checked({**begun, **fields, **given, "floors": floors}, str(path or "命令行"))
    check_floors(made.floors)
    return made


def read_saved_config(path: Path) -> EvalConfig:
    """The configuration that a run has left beside its results. Raises ConfigError."""
    try:
        return _checked(json.loads(path.read_text("utf-8")), str(path))
    except (OSError, ValueError) as problem:
        raise ConfigError(f"{path}：读不出保存的配置：{problem}") from problem


def config_json(config: EvalConfig) -> str:
    """The text of `config.json`."""
    return json.dumps(config.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ConfigError(f"{path}：不能读作 TOML：{problem}") from problem


def _table(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A table with its nested tables flattened: `exhaustive.correct = 1` reads either way."""
    table = fields.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{name}：应为一张表")
    flat: dict[str, Any] = {}
    for key, value in table.items():
        inner = _table(table, key) if isinstance(value, dict) else {}
        flat |= {f"{key}.{k}": v for k, v in inner.items()} or {key: value}
    return flat


def _checked(fields: Mapping[str, Any], source: str) -> EvalConfig:
    try:
        return EvalConfig.model_validate(fields)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"]))
        field = EvalConfig.model_fields.get(str(first["loc"][0]))
        expected = f"应为：{field.description}" if field else "没有这一项"
        raise ConfigError(f"{source}：{name} 的值不能用，{expected}") from problem
