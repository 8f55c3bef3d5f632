"""Which module may import which, and a few more rules that hold for every source file.

The rules are the tables below; to change the architecture is to change them.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("index", "qa_service", "evals", "prompts")
MOST_LINES = 500

# What is imported (the longest name that fits counts) | where that may be done.
# A place that ends in "/" is a folder with all below it; any other is a pattern of files.

OURS: dict[str, tuple[str, ...]] = {
    # index imports nothing of ours but index, and shows the service its records, stores and encoder
    "index": ("index/",),
    "index.records": ("index/", "qa_service/", "evals/"),
    "index.errors": ("index/", "qa_service/", "evals/"),
    "index.labels": ("index/", "qa_service/", "evals/"),
    "index.clauses": ("index/", "qa_service/"),
    "index.units": ("index/", "qa_service/", "evals/"),
    "index.sqlite_store": ("index/", "qa_service/"),
    "index.chroma_store": ("index/", "qa_service/"),
    "index.encoder": ("index/", "qa_service/"),
    "index.piece_store": ("index/", "qa_service/"),
    "index.generations": ("index/", "qa_service/"),
    "index.build": (
        "index/",
        "qa_service/wiring.py",
        "qa_service/channels/cli.py",
        "qa_service/channels/http.py",
    ),
    # channels, evals -> ask -> stages -> types
    "qa_service": ("qa_service/*.py", "qa_service/understand/"),
    "qa_service.types": ("qa_service/", "evals/"),
    "qa_service.errors": ("qa_service/", "evals/"),
    "qa_service.settings": ("qa_service/", "evals/"),
    "qa_service.prompt_files": ("qa_service/",),
    "qa_service.ask": ("qa_service/wiring.py", "qa_service/channels/", "evals/"),
    "qa_service.wiring": ("qa_service/channels/", "evals/"),
    "qa_service.channels": ("qa_service/channels/",),
    "evals": (
        "evals/",
        "qa_service/channels/evaluating.py",
        "qa_service/channels/eval_text.py",
    ),
    "prompts": ("qa_service/", "evals/"),
}

VENDORS: dict[str, tuple[str, ...]] = {
    "chromadb": ("index/chroma_store.py",),
    "langchain_chroma": ("index/chroma_store.py",),
    "sqlalchemy": (
        *("index/connections.py", "index/schema.py", "index/sqlite_store.py"),
        "index/sqlite_write.py",
    ),
    "sentence_transformers": (
        *("index/encoder.py", "index/reading_module.py", "index/train_encoder/"),
    ),
    "safetensors": ("index/encoder.py", "index/reading_model.py", "index/train_encoder/"),
    "tokenizers": ("index/encoder.py", "index/reading_model.py", "index/train_encoder/"),
    "torch": ("index/reading_module.py", "index/train_encoder/"),
    "scipy": ("index/train_encoder/",),
    "sklearn": ("index/train_encoder/",),
    "langchain_core": ("index/", "qa_service/library.py", "qa_service/retrievers.py"),
    "langchain": ("qa_service/llm.py",),
    "pydantic_settings": ("qa_service/settings.py",),
    "fastapi": ("qa_service/channels/",),
    "starlette": ("qa_service/channels/",),
    "uvicorn": ("qa_service/channels/",),
    "rich": ("qa_service/channels/",),
    "typer": ("qa_service/channels/",),
}

# Imported in one file of the service, whichever it is; the encoder's training, a tool, is apart.
IN_ONE_FILE = ("bm25s", "cn2an", "jieba", "opencc", "pypinyin", "rapidfuzz", "yaml")
APART = "index/train_encoder/"

READS_ENVIRONMENT = ("qa_service/settings.py", "index/encoder.py")

_MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:home|root|work|tmp|Users)\b")


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module and where that is written."""

    file: str
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"


@pytest.mark.parametrize("table", [OURS, VENDORS], ids=["ours", "vendors"])
def test_modules_are_imported_only_where_they_may_be(table: dict[str, tuple[str, ...]]) -> None:
    wrong = [
        f"{found}; only {', '.join(places)} may"
        for found in _imports(*PACKAGES)
        if (places := _places(found.module, table)) is not None and not _is_in(found.file, places)
    ]
    assert not wrong, _listed(wrong)


@pytest.mark.parametrize("vendor", IN_ONE_FILE)
def test_a_vendor_is_imported_in_one_file(vendor: str) -> None:
    found = [
        i for i in _imports(*PACKAGES) if _top(i.module) == vendor and not i.file.startswith(APART)
    ]
    assert len({i.file for i in found}) <= 1, _listed(found)


def test_every_imported_vendor_is_declared() -> None:
    """A package that is there only because another one needs it may go any day."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    runtime = _names(project["dependencies"])
    training = runtime | _names(extras["train"])
    anything = training | _names(extras["dev"])
    wrong = []
    for found in _imports(*PACKAGES, "tests"):
        is_tool = found.file.startswith(APART)
        declared = anything if found.file.startswith("tests/") else training if is_tool else runtime
        vendors = _distributions().get(_top(found.module))
        if vendors and not vendors & declared:
            wrong.append(f"{found} of {' or '.join(vendors)}, which pyproject.toml does not name")
    assert not wrong, _listed(wrong)


def test_the_environment_is_read_only_where_settings_are() -> None:
    wrong = [
        f"{file}:{node.lineno} reads the environment; only {', '.join(READS_ENVIRONMENT)} may"
        for file in _files(*PACKAGES)
        if not _is_in(file, READS_ENVIRONMENT)
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.Attribute | ast.ImportFrom) and _reads_environment(node)
    ]
    assert not wrong, _listed(wrong)


def test_no_source_names_a_path_of_one_machine() -> None:
    wrong = [
        f"{file}:{number} {line.strip()}"
        for file in [*_files(*PACKAGES, "tests"), *_texts()]
        for number, line in enumerate((ROOT / file).read_text("utf-8").splitlines(), 1)
        if _MACHINE_PATH.search(line)
    ]
    assert not wrong, _listed(wrong)


def test_no_module_is_too_long() -> None:
    wrong = [
        f"{file}:{length} lines, more than {MOST_LINES}"
        for file in _files(*PACKAGES, "tests")
        if (length := len((ROOT / file).read_text("utf-8").splitlines())) > MOST_LINES
    ]
    assert not wrong, _listed(wrong)


def test_the_tables_name_what_is_there() -> None:
    """A rule about a module that is gone guards nothing."""
    gone = [
        f"{name} is in the table but not in the source"
        for name in OURS
        if _top(name) in PACKAGES and not _is_ours(name)
    ]
    assert not gone, _listed(gone)


def _files(*folders: str) -> Iterator[str]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix()


def _texts() -> Iterator[str]:
    """The project's other texts that people write."""
    for pattern in ("*.toml", "*.md", "Makefile", ".ci/*", "prompts/*.yaml"):
        for path in sorted(ROOT.glob(pattern)):
            yield path.relative_to(ROOT).as_posix()


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text("utf-8"), filename=file)


def _imports(*folders: str) -> Iterator[Import]:
    for file in _files(*folders):
        yield from dict.fromkeys(_imports_of(file))


def _imports_of(file: str) -> Iterator[Import]:
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(file, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield Import(file, node.lineno, inner if _is_ours(inner) else node.module)


def _is_ours(module: str) -> bool:
    """Whether the name is a module or package of ours, not something that a module holds."""
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _places(module: str, table: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    parts = module.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((table[name] for name in names if name in table), None)


def _is_in(file: str, places: tuple[str, ...]) -> bool:
    return any(
        file.startswith(place) if place.endswith("/") else PurePath(file).match(place)
        for place in places
    )


def _reads_environment(node: ast.Attribute | ast.ImportFrom) -> bool:
    names = {"environ", "environb", "getenv", "getenvb"}
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id == "os" and node.attr in names
    return node.module == "os" and any(alias.name in names for alias in node.names)


def _top(module: str) -> str:
    return module.partition(".")[0]


def _names(requirements: list[str]) -> set[str]:
    """The normalised names of distributions that requirements ask for."""
    return {_normalised(re.split(r"[\s\[<>=!~;]", requirement)[0]) for requirement in requirements}


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _distributions() -> dict[str, set[str]]:
    """For each importable name, the distributions that bring it, less our own."""
    return {
        name: {_normalised(distribution) for distribution in distributions}
        for name, distributions in packages_distributions().items()
        if "budget-qa" not in map(_normalised, distributions)
    }


def _listed(problems: list[str] | list[Import]) -> str:
    return "\n" + "\n".join(map(str, problems))
