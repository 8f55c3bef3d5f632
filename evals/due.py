"""What a case calls for: a decline, a question back, a route, a place of some table or section."""

from __future__ import annotations

from enum import StrEnum

from evals.cases import AbstainExpected, Case, ClarifyExpected, NamesExpected, TextExpected
from evals.replies import plain

_GOAL = "绩效目标"
_NOTE = "注"
_NOWHERE = "无"


class Asking(StrEnum):
    """Whether a case calls for a question back."""

    NEEDED = "needed"
    EITHER = "either"
    NEEDLESS = "needless"


def decline_due(case: Case) -> bool:
    """Whether the documents do not hold what the case asks for."""
    return isinstance(case.expect, AbstainExpected) or (
        case.expect is None and case.route == "abstain"
    )


def asking_due(case: Case) -> Asking:
    """Whether the case calls for a question back: as it says, else as its kind implies."""
    if case.needs_clarification is not None:
        return Asking.NEEDED if case.needs_clarification else Asking.NEEDLESS
    either = isinstance(case.expect, ClarifyExpected) or (
        case.expect is None and (case.category == "ambiguous" or case.route == "abstain")
    )
    return Asking.EITHER if either else Asking.NEEDLESS


def wanted_route(case: Case) -> str | None:
    """The route that the case names, or that the kind of what is expected implies."""
    if case.category == "ambiguous":
        return None
    if case.route is not None:
        return case.route
    if isinstance(case.expect, AbstainExpected):
        return "abstain"
    either = isinstance(case.expect, NamesExpected | TextExpected | ClarifyExpected)
    return None if either else "numeric"


def table_of(case: Case) -> str:
    """The table, or else the section, that holds the answer; 无 where none does."""
    if not case.must_cite:
        return _NOWHERE
    place = case.must_cite[0]
    return place.table or place.section or _NOWHERE


def place_kind(case: Case) -> str:
    """What sort of place holds the answer: passage, goal, note or row."""
    place = case.must_cite[0]
    if place.section is not None:
        return "passage"
    if place.column is not None and _GOAL in place.column:
        return "goal"
    return "note" if place.row is not None and plain(place.row) == _NOTE else "row"
