"""A case: a question and what its answer must hold; one JSON object a line in the judge's form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, ValidationError, model_validator

from evals.errors import CaseError


def _number(value: Decimal) -> int | float:
    """A JSON number that reads back as the same decimal."""
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, Field(allow_inf_nan=False), PlainSerializer(_number, when_used="json")]
Text = Annotated[str, Field(min_length=1)]


class _Frozen(BaseModel):
    """Field names are the file's; one that is not known here is refused, not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Frozen):
    """A place of the document that must be cited. What is left out is not compared."""

    table: str | None = None
    row: str | None = None
    column: str | None = None
    column_alt: tuple[str, ...] = ()
    """Columns of the same row that print the same amount."""
    code: str | None = None
    section: str | None = None
    item: str | None = None
    title: str | None = None
    """The title of the document, where more than one is indexed."""
    page: int | None = None


class Wanted(_Frozen):
    """One number of several, with a unit and tolerance of its own."""

    value: Number
    unit: str | None = None
    tolerance: Number | None = None


class _Measured(_Frozen):
    unit: str | None = None
    tolerance: Number = Decimal(0)


class ValueExpected(_Measured):
    """`value` must be the first of the answer's values."""

    kind: Literal["value"] = "value"
    value: Number


class ValuesExpected(_Measured):
    """All of `values` must be among the answer's values."""

    kind: Literal["values"] = "values"
    values: Annotated[tuple[Number | Wanted, ...], Field(min_length=1)]


class ClarifyExpected(_Measured):
    """Either a question back with two options or more, or all of `values`."""

    kind: Literal["clarify_or_values"] = "clarify_or_values"
    values: Annotated[tuple[Number | Wanted, ...], Field(min_length=1)]


class NamesExpected(_Frozen):
    """All of `names` must stand in labels or in the text; in this order where `ordered`."""

    kind: Literal["names"] = "names"
    names: Annotated[tuple[Text, ...], Field(min_length=1)]
    ordered: bool = False


class TextExpected(_Frozen):
    """All of `gold` must stand in the text or in what the citations quote."""

    kind: Literal["text"] = "text"
    gold: Annotated[tuple[Text, ...], Field(min_length=1)]


class AbstainExpected(_Frozen):
    """The documents do not hold it: the answer must say so."""

    kind: Literal["abstain"] = "abstain"


Expect = Annotated[
    ValueExpected
    | ValuesExpected
    | ClarifyExpected
    | NamesExpected
    | TextExpected
    | AbstainExpected,
    Field(discriminator="kind"),
]
CaseRoute = Literal["numeric", "narrative", "both", "abstain"]


class Case(_Frozen):
    """A question, or the turns of one conversation, and what the last answer must hold.

    A case with `expect` is judged by it; one without is a description, judged by
    `route`, `gold`, `min_gold`, `answer_must` and `forbid`.
    """

    id: Text
    category: Text
    question: Text | None = None
    turns: tuple[Text, ...] = ()
    expect: Expect | None = None
    route: CaseRoute | None = None
    gold: tuple[Text, ...] = ()
    min_gold: Annotated[int, Field(ge=0)] = 0
    answer_must: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = ()
    forbid: tuple[Text, ...] = ()
    must_cite: tuple[Place, ...] = ()
    all: bool = False
    """Whether every place must be cited, not one of them. True for every case with a `route`."""
    needs_clarification: bool | None = None
    """Whether the service has to ask back; None where both ways are right."""
    note: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """What is sent, in order; the last is judged."""
        return self.turns or ((self.question,) if self.question else ())

    @model_validator(mode="after")
    def _whole(self) -> Case:
        if bool(self.question) == bool(self.turns):
            raise ValueError("needs either `question` or `turns`")
        if self.expect is None and self.route is None:
            raise ValueError("needs `expect`, or `route` with `gold`")
        if self.expect is None and self.route != "abstain":
            if not self.gold:
                raise ValueError("`gold` is empty: what must the citations quote?")
            if not 1 <= self.min_gold <= len(self.gold):
                raise ValueError(f"`min_gold` must be 1 to {len(self.gold)}, as there is `gold`")
        return self


def load_cases(paths: Sequence[Path]) -> tuple[Case, ...]:
    """The cases of the files, and of every `*.jsonl` of the folders, in their order.

    Raises CaseError naming file, line and field, also for an id that occurs twice.
    """
    seen: dict[str, str] = {}
    cases = []
    for path in _files(paths):
        for place, case in _cases_of(path):
            if case.id in seen:
                raise CaseError(f"{place}: id {case.id!r} already stands at {seen[case.id]}")
            seen[case.id] = place
            cases.append(case)
    return tuple(cases)


def write_cases(path: Path, cases: Iterable[Case]) -> int:
    """Writes the cases one a line, without what is left at its default; how many they were."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for case in cases:
            out.write(json.dumps(case_fields(case), ensure_ascii=False) + "\n")
            count += 1
    return count


def case_fields(case: Case) -> dict[str, Any]:
    """The case as the judge reads it: every field that it looks up is there."""
    fields = case.model_dump(mode="json", exclude_defaults=True)
    if case.expect is not None:
        fields["expect"] = {"kind": case.expect.kind, **fields.get("expect", {})}
    else:
        fields.update(gold=list(case.gold), min_gold=case.min_gold)
    return fields


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.jsonl"))
        else:
            yield path


def _cases_of(path: Path) -> Iterator[tuple[str, Case]]:
    """Each case with its `file:line`."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise CaseError(f"{path}: cannot be read: {problem}") from problem
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{path}:{number}"
            yield place, _case(place, line)


def _case(place: str, line: str) -> Case:
    try:
        return Case.model_validate(json.loads(line, parse_float=Decimal))
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"])) or "case"
        raise CaseError(f"{place}: {field}: {first['msg']}") from problem
    except (ValueError, RecursionError) as problem:
        raise CaseError(f"{place}: not a JSON object: {problem}") from problem
