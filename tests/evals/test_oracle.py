"""The harness decides as the judge does: on true answers, and on thousands that are damaged."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from evals.askers import InProcess
from evals.cases import Case, case_fields, load_cases
from evals.config import CASES
from evals.generate import generate
from evals.records import Saved, Turn
from evals.run import printed
from evals.sampling import stratified
from evals.scoring import score
from evals.verdicts import Verdict
from qa_service.settings import Settings
from qa_service.wiring import open_service

JUDGE = Path(__file__).parents[2].parent / "shared" / "judge" / "judge.py"
RECORDED = Path(__file__).parent / "judged.jsonl"
MUTANTS = 12
SEED = 20240101

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer to a case with the judge's decision."""

    case: Case
    answer: Json
    verdict: str
    cited: bool | None
    routed: bool | None
    unproven: list[str]


def test_the_harness_decides_as_the_recorded_judge() -> None:
    """What the judge decided when the file was recorded; it needs no judge."""
    judged = [_read(line) for line in RECORDED.read_text("utf-8").splitlines()]
    assert len(judged) >= 240
    assert {j.verdict for j in judged} == {"correct", "declined", "wrong"}
    _agree(judged)


def test_the_harness_decides_as_the_judge(sample_settings: Settings) -> None:
    if not JUDGE.exists():
        pytest.skip("no judge beside this checkout; the recorded decisions are held above")
    judge = _judge()
    with open_service(sample_settings) as service:
        asker = InProcess(service)
        answers = [(case, _ask(case, asker)) for case in _cases()]
    chance = random.Random(SEED)
    judged = [
        _judged(judge, case, mutant)
        for case, answer in answers
        for mutant in (answer, *(_mutant(answer, answers, chance) for _ in range(MUTANTS)))
    ]
    assert len(judged) >= 2400
    _agree(judged)


def _agree(judged: list[Judged]) -> None:
    different = [
        f"{j.case.id}: {mine} and not {theirs}\n{json.dumps(j.answer, ensure_ascii=False)}"
        for j in judged
        if (mine := _mine(j)) != (theirs := (j.verdict, j.cited, j.routed, tuple(j.unproven)))
    ]
    assert not different, f"{len(different)} differ:\n" + "\n".join(different[:5])


def _mine(judged: Judged) -> tuple[str, bool | None, bool | None, tuple[str, ...]]:
    turns = [Turn(asked=asked, seconds=0.0) for asked in judged.case.asked]
    turns[-1] = turns[-1].model_copy(update={"answer": judged.answer})
    got = score("s", judged.case, Saved(suite="s", id=judged.case.id, turns=tuple(turns)))
    routed = got.routed if judged.case.route is not None else None
    if judged.case.category == "ambiguous":
        routed = None
    return got.verdict.value, got.cited, routed, got.unproven


def _cases() -> tuple[Case, ...]:
    exhaustive = tuple(case for path in printed(()) for case in generate(path))
    return (*load_cases([CASES]), *stratified(exhaustive, 250))


def _ask(case: Case, asker: InProcess) -> Json:
    conversation, answer = None, {}
    for asked in case.asked:
        answer = asker.ask(asked, conversation).answer
        conversation = answer["conversation_id"]
    return answer


def _judge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge", JUDGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _judged(judge: ModuleType, case: Case, answer: Json) -> Judged:
    """What the judge decides; as its `run_case` puts it together, without its HTTP."""
    fields = case_fields(case)
    if "expect" in fields:
        verdict = judge.judge_expect(fields["expect"], answer)
    else:
        verdict = judge.judge_narrative(fields, answer)
    routed = None
    if case.route is not None and case.category != "ambiguous":
        routed = (
            answer.get("status") in judge.DECLINED | {"clarify"}
            if case.route == "abstain"
            else answer.get("route") == case.route
        )
    cited = judge.citations_ok(fields, answer) if verdict == Verdict.CORRECT.value else None
    unproven = judge.unproven(" ".join(case.asked), answer)
    return Judged(case, answer, verdict, cited, routed, unproven)


def _read(line: str) -> Judged:
    fields = json.loads(line)
    return Judged(Case.model_validate(fields.pop("case")), **fields)


def _mutant(answer: Json, others: list[tuple[Case, Json]], chance: random.Random) -> Json:
    """The answer with one to three things changed that an answer of the contract may hold."""
    mutant, other = copy.deepcopy(answer), copy.deepcopy(chance.choice(others)[1])
    for _ in range(chance.randint(1, 3)):
        chance.choice(CHANGES)(mutant, other, chance)
    return mutant


def _change_status(answer: Json, _: Json, chance: random.Random) -> None:
    known = ["answered", "clarify", "not_found", "out_of_scope", "refused", "chat", "other", ""]
    answer["status"] = chance.choice(known)


def _change_route(answer: Json, _: Json, chance: random.Random) -> None:
    answer["route"] = chance.choice(["numeric", "narrative", "both", "none"])


def _take_part(answer: Json, other: Json, chance: random.Random) -> None:
    part = chance.choice(["values", "citations", "text", "clarification", "status"])
    answer[part] = other[part]


def _drop_part(answer: Json, _: Json, chance: random.Random) -> None:
    part = chance.choice(["values", "citations", "text", "clarification", "route"])
    if chance.random() < 0.5:
        answer.pop(part, None)
    else:
        answer[part] = None


def _shuffle(answer: Json, _: Json, chance: random.Random) -> None:
    for part in ("values", "citations"):
        chance.shuffle(answer.get(part) or [])


def _scale_values(answer: Json, _: Json, chance: random.Random) -> None:
    for value in _some(answer.get("values"), chance):
        value["unit"] = chance.choice(["元", "万元", "亿元", "%", "个", " 万元 ", None, "万"])


def _print_values(answer: Json, _: Json, chance: random.Random) -> None:
    for value in _some(answer.get("values"), chance):
        text = str(value.get("value"))
        value["value"] = chance.choice(
            [
                f"-{text}",
                text.replace(".", "，"),
                f"{text}%",
                text[::-1],
                None,
                0,
                "若干",
                5.4,
                text,
            ]
        )


def _change_digits(answer: Json, _: Json, chance: random.Random) -> None:
    text = answer.get("text") or ""
    if text:
        at = chance.randrange(len(text))
        answer["text"] = text[:at] + chance.choice("0123456789.,，％“ [1]") + text[at + 1 :]


def _change_citation(answer: Json, other: Json, chance: random.Random) -> None:
    for cited in _some(answer.get("citations"), chance):
        spare = chance.choice(other.get("citations") or [cited])
        part = chance.choice(["table", "row", "column", "section", "item", "quote", "kind"])
        cited[part] = chance.choice([spare.get(part), None, cited.get(part)])
        cited["page"] = chance.choice([None, 3, "3", cited.get("page")])


def _some(parts: list[Json] | None, chance: random.Random) -> Iterator[Json]:
    return (part for part in parts or [] if chance.random() < 0.6)


CHANGES: tuple[Callable[[Json, Json, random.Random], None], ...] = (
    _change_status,
    _change_route,
    _take_part,
    _drop_part,
    _shuffle,
    _scale_values,
    _print_values,
    _change_digits,
    _change_citation,
)
