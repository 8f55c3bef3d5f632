"""A case and what was answered to a score. Pure: no clock, no file, no service, no model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from evals.cases import Case
from evals.due import Asking, asking_due, decline_due, place_kind, wanted_route
from evals.records import Fault, FaultKind, Saved, Turn
from evals.replies import CitationSaid, NoReply, Reply, plain, read_reply
from evals.verdicts import (
    CLARIFY,
    DECLINED,
    YUAN_PER,
    Verdict,
    citations_right,
    is_cited,
    same_value,
    unproven,
    verdict,
    wanted_values,
    wants_all,
)
from qa_service.types import Retrieval

POINTS = {Verdict.CORRECT: 1, Verdict.DECLINED: 0, Verdict.WRONG: -10, Verdict.ERROR: -10}
_REFUSALS = (400, 413, 422)
"""HTTP statuses that refuse the input clearly: a decline, not an error."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the question, in the answer's own words and places."""

    status: str
    route: str
    text: str
    values: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class PlaceRank:
    """At which rank the first right place stands; 0 where it is not found."""

    kind: str
    rank: int


@dataclass(frozen=True, slots=True)
class RetrievalRank:
    """The same in what one retrieval found."""

    by: Retrieval
    rank: int


@dataclass(frozen=True, slots=True)
class Score:
    """All that is measured about one case. None where a measure does not apply."""

    suite: str
    case: Case
    outcome: Outcome
    verdict: Verdict
    seconds: float
    cited: bool | None
    """Whether a correct answer cites what it must."""
    exact: bool | None
    """Whether the value is right with its unit, and rests itself on a right place."""
    right_citations: int
    citations: int
    found_places: int
    wanted_places: int
    routed: bool | None
    decline_due: bool
    declined: bool
    asked_back: bool
    asking: Asking
    unproven: tuple[str, ...]
    retrieval: PlaceRank | None
    ranks: tuple[RetrievalRank, ...]
    """Of every retrieval, side by side; empty where not all of them were seen."""

    @property
    def points(self) -> int:
        """+1, 0 or -10."""
        return POINTS[self.verdict]

    @property
    def is_clean(self) -> bool:
        """Whether nothing at all is to be said against the answer."""
        return (
            self.verdict is Verdict.CORRECT
            and self.cited is not False
            and self.exact is not False
            and self.routed is not False
            and not self.unproven
        )


def score(suite: str, case: Case, saved: Saved) -> Score:
    """The score of the last turn."""
    turn = saved.turns[-1]
    reply, fault = _reply(turn)
    if reply is None:
        return _no_answer(suite, case, saved, fault)
    found = verdict(case, reply)
    answered = found is not Verdict.ERROR
    right, cited = _precision(case, reply) if answered else (0, 0)
    places, wanted = _recall(case, reply) if answered else (0, 0)
    return Score(
        suite=suite,
        case=case,
        outcome=_outcome(reply, fault),
        verdict=found,
        seconds=turn.seconds,
        cited=citations_right(case, reply) if found is Verdict.CORRECT else None,
        exact=_exact(case, reply) if answered else None,
        right_citations=right,
        citations=cited,
        found_places=places,
        wanted_places=wanted,
        routed=_routed(case, reply) if answered else None,
        decline_due=decline_due(case),
        declined=reply.status in DECLINED,
        asked_back=reply.status == CLARIFY,
        asking=asking_due(case),
        unproven=unproven(case, reply) if answered else (),
        retrieval=_retrieval(case, reply, saved),
        ranks=_ranks(case, saved),
    )


def got_route(found: Score) -> str:
    """The route that the answer came by; what it is instead of an answer otherwise."""
    if found.verdict is Verdict.ERROR:
        return "error"
    if found.declined or found.asked_back:
        return "abstain"
    return found.outcome.route or "none"


def _reply(turn: Turn) -> tuple[Reply | None, Fault | None]:
    if turn.fault is not None:
        if turn.fault.status in _REFUSALS:
            return Reply(status="refused", text=turn.fault.message), turn.fault
        return None, turn.fault
    try:
        return read_reply(turn.answer), None
    except (NoReply, RecursionError) as problem:
        return None, Fault(kind=FaultKind.CONTRACT, message=str(problem))


def _no_answer(suite: str, case: Case, saved: Saved, fault: Fault | None) -> Score:
    return Score(
        suite=suite,
        case=case,
        outcome=Outcome(status="error", route="", text="", fault=fault),
        verdict=Verdict.ERROR,
        seconds=saved.turns[-1].seconds,
        cited=None,
        exact=None,
        right_citations=0,
        citations=0,
        found_places=0,
        wanted_places=0,
        routed=None,
        decline_due=decline_due(case),
        declined=False,
        asked_back=False,
        asking=asking_due(case),
        unproven=(),
        retrieval=PlaceRank(place_kind(case), 0) if _is_looked_up(case) else None,
        ranks=_ranks(case, saved),
    )


def _outcome(reply: Reply, fault: Fault | None) -> Outcome:
    values = tuple(f"{v.label} {v.value} {v.unit}".strip() for v in reply.values)
    return Outcome(
        reply.status, reply.route, reply.text, values, tuple(map(_shown, reply.citations)), fault
    )


def _shown(c: CitationSaid) -> str:
    """A citation in a line: where it points, and what stands there."""
    row = " ".join(part for part in (c.row.code, c.row.label) if part)
    where = " / ".join(part for part in (c.table.title, row, c.column, c.section, c.item) if part)
    return f"[{c.n}] {where}：{' '.join(part for part in (c.value, c.unit) if part) or c.quote}"


def _exact(case: Case, reply: Reply) -> bool | None:
    """For numbers that were given: value and unit are right, and so is what they rest on."""
    wanted = wanted_values(case.expect) if case.expect is not None else ()
    if not wanted or reply.status in DECLINED or reply.status == CLARIFY:
        return None
    if case.expect is not None and case.expect.kind == "value" and not reply.values:
        return verdict(case, reply) is Verdict.CORRECT and citations_right(case, reply)
    entries = reply.values[:1] if len(wanted) == 1 else reply.values
    held = [
        entry
        for entry, value in product(entries, wanted)
        if same_value(entry, value) and _same_unit(value.unit, entry.unit)
    ]
    if any(all(not same_value(e, value) for e in held) for value in wanted):
        return False
    numbers = {n for entry in held for n in entry.citations}
    proofs = [c for c in reply.citations if c.n in numbers]
    hits = [any(is_cited(place, c) for c in proofs) for place in case.must_cite]
    if not hits or reply.status != "answered":
        return True
    return all(hits) if case.all else any(hits)


def _same_unit(wanted: str | None, got: str) -> bool:
    """Money for money, a share for a share; how things are counted may be said in other words."""
    if wanted is None:
        return True
    kinds = [
        "money" if unit in YUAN_PER else "share" if "%" in unit else "count"
        for unit in (plain(wanted), plain(got))
    ]
    return kinds[0] == kinds[1]


def _precision(case: Case, reply: Reply) -> tuple[int, int]:
    """How many citations point at a wanted place, of how many."""
    if not case.must_cite or reply.status != "answered":
        return 0, 0
    right = sum(any(is_cited(place, c) for place in case.must_cite) for c in reply.citations)
    return right, len(reply.citations)


def _recall(case: Case, reply: Reply) -> tuple[int, int]:
    """How many wanted places are cited, of how many; where one is enough, that is one place."""
    if not case.must_cite or reply.status != "answered":
        return 0, 0
    hits = [any(is_cited(place, c) for c in reply.citations) for place in case.must_cite]
    return (sum(hits), len(hits)) if wants_all(case) else (int(any(hits)), 1)


def _routed(case: Case, reply: Reply) -> bool | None:
    wanted = wanted_route(case)
    if wanted is None:
        return None
    if wanted == "abstain":
        return reply.status in DECLINED or reply.status == CLARIFY
    return reply.route == wanted


def _retrieval(case: Case, reply: Reply, saved: Saved) -> PlaceRank | None:
    """The rank of the first right place in the ranking, where there is one, or in the citations."""
    if not _is_looked_up(case):
        return None
    if (
        saved.ranking is None
        and reply.status == CLARIFY
        and asking_due(case) is not Asking.NEEDLESS
    ):
        return None
    ranked = reply.citations if saved.ranking is None else tuple(_ranked(saved.ranking))
    return PlaceRank(place_kind(case), _first_gold(case, ranked))


def _ranks(case: Case, saved: Saved) -> tuple[RetrievalRank, ...]:
    """The rank of the first right place in what each retrieval found."""
    if saved.ranking is None or saved.rankings is None or not case.gold or len(case.asked) != 1:
        return ()
    found = {**saved.rankings, Retrieval.HYBRID: saved.ranking}
    if len(found) < len(Retrieval):
        return ()
    return tuple(
        RetrievalRank(by, _first_gold(case, tuple(_ranked(found[by])))) for by in Retrieval
    )


def _first_gold(case: Case, ranked: Sequence[CitationSaid]) -> int:
    """The rank of the first right place, from 1; 0 where there is none."""
    return next((at for at, c in enumerate(ranked, 1) if _is_gold(case, c)), 0)


def _ranked(ranking: Sequence[object]) -> Iterator[CitationSaid]:
    for entry in ranking:
        try:
            yield CitationSaid.model_validate(entry)
        except ValueError:
            yield CitationSaid()


def _is_looked_up(case: Case) -> bool:
    return bool(case.must_cite) and not decline_due(case)


def _is_gold(case: Case, citation: CitationSaid) -> bool:
    if any(is_cited(place, citation) for place in case.must_cite):
        return True
    return any(plain(gold) in plain(citation.quote) for gold in case.gold)
