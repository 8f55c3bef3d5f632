"""Public codes and names, kinds of department, and phrases; read once."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.variants.records import Trade

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """A way to name a project, with the economic 款 that it is spent on."""

    name: str
    spent_on: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a variant is worded with; see the notes in the file."""

    cities: tuple[str, ...]
    areas: tuple[str, ...]
    titles: tuple[tuple[str, ...], ...]
    offices: tuple[str, ...]
    duties: tuple[str, ...]
    last_duty: str
    shared_duty: str
    shared_points: tuple[str, ...]
    projects: tuple[ProjectKind, ...]
    twins: tuple[tuple[str, str], ...]
    owners: tuple[str, ...]
    purposes: Mapping[str, tuple[str, ...]]
    middles: tuple[str, ...]
    aims: tuple[str, ...]
    reasons: Mapping[str, tuple[str, ...]]
    bought: tuple[str, ...]


@cache
def functional() -> Mapping[str, str]:
    """The names of functional 类, 款 and 项 by code."""
    return _names("functional.csv")


@cache
def economic() -> Mapping[str, str]:
    """The names of economic 类 and 款 by code."""
    return _names("economic.csv")


@cache
def trades() -> tuple[Trade, ...]:
    """The kinds of department."""
    return tuple(
        Trade(**{key: _frozen(value) for key, value in entry.items()})
        for entry in _read("departments.yaml")
    )


@cache
def phrases() -> Phrases:
    """The phrases."""
    found = {key: _frozen(value) for key, value in _read("phrases.yaml").items()}
    kinds = tuple(
        ProjectKind(**{key: _frozen(value) for key, value in entry.items()})
        for entry in found.pop("projects")
    )
    missing = {field.name for field in fields(Phrases)} - {*found, "projects"}
    if missing:
        raise ValueError(f"phrases.yaml: expected also {sorted(missing)}; write them there")
    return Phrases(**found, projects=kinds)


def _names(name: str) -> Mapping[str, str]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def _read(name: str) -> Any:
    return yaml.load((_HERE / name).read_text("utf-8"), Loader=yaml.CSafeLoader)


def _frozen(value: Any) -> Any:
    """Lists as tuples, however deep, in mappings too."""
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return value
