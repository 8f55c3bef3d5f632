"""Scores to figures: counts, shares with their 95% intervals, latency; by whatever groups them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.due import Asking, table_of, wanted_route
from evals.scoring import Score, got_route
from evals.stats import Share, percentile, share
from evals.verdicts import Verdict
from qa_service.types import Retrieval

_RANKS = (1, 3, 5)
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How many cases came to what, and what that is worth in percent of the most."""

    cases: int
    correct: int
    declined: int
    wrong: int
    error: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Shares:
    """Every measure that is a share. What each is a share of stands in `evals/README.md`."""

    correct: Share
    declined: Share
    wrong: Share
    error: Share
    exact: Share
    cited: Share
    citation_precision: Share
    citation_recall: Share
    routed: Share
    declined_when_due: Share
    declined_needlessly: Share
    asked_back: Share
    asked_back_when_needed: Share
    asked_back_needlessly: Share
    unproven: Share


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from question to answer, of the turns that are judged."""

    p50: float | None
    p95: float | None
    p99: float | None


@dataclass(frozen=True, slots=True)
class Ranks:
    """How high the first right place stands."""

    recall_at_1: Share
    recall_at_3: Share
    recall_at_5: Share
    mrr: float | None
    """The mean of 1 ÷ rank; 0 where it is not found."""


@dataclass(frozen=True, slots=True)
class Group:
    """The cases that have something in common."""

    name: str
    verdicts: Verdicts
    correct: Share
    cited: Share
    exact: Share


@dataclass(frozen=True, slots=True)
class RouteCell:
    """How many cases that should go one way went which way."""

    wanted: str
    got: str
    count: int


@dataclass(frozen=True, slots=True)
class RankedKind:
    """Retrieval of one kind of place."""

    kind: str
    ranks: Ranks


@dataclass(frozen=True, slots=True)
class RankedBy:
    """What one retrieval is worth on the cases that passages answer."""

    by: Retrieval
    ranks: Ranks


@dataclass(frozen=True, slots=True)
class SuiteSummary:
    """All figures of one suite."""

    name: str
    verdicts: Verdicts
    shares: Shares
    latency_ms: Latency
    by_category: tuple[Group, ...]
    by_table: tuple[Group, ...]
    by_route: tuple[Group, ...]
    routes: tuple[RouteCell, ...]
    retrieval: tuple[RankedKind, ...]
    retrievals: tuple[RankedBy, ...]
    """Side by side, on the same cases; empty where the asker does not show them."""
    faults: tuple[tuple[str, int], ...]
    """What came instead of answers, and how often."""


def summarise(scores: Sequence[Score]) -> tuple[SuiteSummary, ...]:
    """A summary for each suite, in the order in which they come."""
    suites = dict.fromkeys(found.suite for found in scores)
    return tuple(_suite(name, [s for s in scores if s.suite == name]) for name in suites)


def _suite(name: str, scores: Sequence[Score]) -> SuiteSummary:
    faults = Counter(s.outcome.fault.kind.value for s in scores if s.outcome.fault is not None)
    return SuiteSummary(
        name=name,
        verdicts=_verdicts(scores),
        shares=_shares(scores),
        latency_ms=_latency(scores),
        by_category=_groups(scores, lambda s: s.case.category),
        by_table=_groups(scores, lambda s: table_of(s.case)),
        by_route=_groups(scores, lambda s: wanted_route(s.case) or "any"),
        routes=_routes(scores),
        retrieval=_retrieval(scores),
        retrievals=_retrievals(scores),
        faults=tuple(sorted(faults.items())),
    )


def _verdicts(scores: Sequence[Score]) -> Verdicts:
    count = Counter(s.verdict for s in scores)
    points = sum(s.points for s in scores)
    return Verdicts(
        cases=len(scores),
        correct=count[Verdict.CORRECT],
        declined=count[Verdict.DECLINED],
        wrong=count[Verdict.WRONG],
        error=count[Verdict.ERROR],
        score=round(100 * points / len(scores), _DIGITS) if scores else None,
    )


def _shares(scores: Sequence[Score]) -> Shares:
    verdicts = _verdicts(scores)
    due = [s for s in scores if not s.decline_due]
    return Shares(
        correct=share(verdicts.correct, verdicts.cases),
        declined=share(verdicts.declined, verdicts.cases),
        wrong=share(verdicts.wrong, verdicts.cases),
        error=share(verdicts.error, verdicts.cases),
        exact=_true(s.exact for s in scores),
        cited=_true(s.cited for s in scores),
        citation_precision=share(
            sum(s.right_citations for s in scores), sum(s.citations for s in scores)
        ),
        citation_recall=share(
            sum(s.found_places for s in scores), sum(s.wanted_places for s in scores)
        ),
        routed=_true(s.routed for s in scores),
        declined_when_due=_true(s.verdict is Verdict.CORRECT for s in scores if s.decline_due),
        declined_needlessly=_true(s.declined for s in due),
        asked_back=_true(s.asked_back for s in scores),
        asked_back_when_needed=_true(s.asked_back for s in scores if s.asking is Asking.NEEDED),
        asked_back_needlessly=_true(s.asked_back for s in scores if s.asking is Asking.NEEDLESS),
        unproven=_true(bool(s.unproven) for s in scores),
    )


def _true(marks: Iterable[bool | None]) -> Share:
    """The share of true among those that apply."""
    applying = [mark for mark in marks if mark is not None]
    return share(sum(applying), len(applying))


def _latency(scores: Sequence[Score]) -> Latency:
    ordered = sorted(round(1000 * s.seconds, 3) for s in scores)
    return Latency(*(percentile(ordered, part) for part in (0.5, 0.95, 0.99)))


def _groups(scores: Sequence[Score], key: Callable[[Score], str]) -> tuple[Group, ...]:
    held: dict[str, list[Score]] = {}
    for found in scores:
        held.setdefault(key(found), []).append(found)
    return tuple(_group(name, held[name]) for name in sorted(held))


def _group(name: str, scores: Sequence[Score]) -> Group:
    verdicts = _verdicts(scores)
    return Group(
        name,
        verdicts,
        share(verdicts.correct, verdicts.cases),
        _true(s.cited for s in scores),
        _true(s.exact for s in scores),
    )


def _routes(scores: Sequence[Score]) -> tuple[RouteCell, ...]:
    count: Counter[tuple[str, str]] = Counter()
    for found in scores:
        wanted = wanted_route(found.case)
        if wanted is not None:
            count[wanted, got_route(found)] += 1
    return tuple(RouteCell(*ways, number) for ways, number in sorted(count.items()))


def _retrieval(scores: Sequence[Score]) -> tuple[RankedKind, ...]:
    held: dict[str, list[int]] = {}
    for found in scores:
        if found.retrieval is not None:
            held.setdefault(found.retrieval.kind, []).append(found.retrieval.rank)
    return tuple(RankedKind(kind, _ranks(held[kind])) for kind in sorted(held))


def _retrievals(scores: Sequence[Score]) -> tuple[RankedBy, ...]:
    held: dict[Retrieval, list[int]] = {}
    for one in (one for found in scores for one in found.ranks):
        held.setdefault(one.by, []).append(one.rank)
    return tuple(RankedBy(by, _ranks(held[by])) for by in Retrieval if by in held)


def _ranks(ranks: Sequence[int]) -> Ranks:
    at_1, at_3, at_5 = (share(sum(0 < r <= most for r in ranks), len(ranks)) for most in _RANKS)
    mrr = round(sum(1 / r for r in ranks if r) / len(ranks), _DIGITS) if ranks else None
    return Ranks(at_1, at_3, at_5, mrr)
