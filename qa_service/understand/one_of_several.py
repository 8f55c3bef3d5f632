"""Whether one amount is but one of several that a question adds up: 水费和电费一共多少."""

from __future__ import annotations

from index.labels import plain
from qa_service.route import is_sure
from qa_service.types import NormalisedQuestion, QueryPlan
from qa_service.understand.departments import without_departments
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.operands import ProjectOf
from qa_service.understand.parts import ADDED_TO, listed
from qa_service.understand.single_amounts import named_amount
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import Weighed


def leaves_one_out(plan: QueryPlan, question: NormalisedQuestion, weighed: Weighed) -> bool:
    """Whether one of several things that are added up is none of what the plan tells."""
    pieces = [plain(first) for first, *_ in listed(question.text, weighed.exact)]
    return any(left and left in piece for left in plan.fit.unexplained for piece in pieces)


def names_another(
    plan: QueryPlan, question: NormalisedQuestion, lexicon: Lexicon, vocabulary: Vocabulary
) -> bool:
    """Whether one of several things that are added up names another row than the plan's."""
    bare = without_departments(question, (lexicon.document,)).text
    pieces = [piece for piece in ADDED_TO.split(bare) if len(plain(piece)) > 1]
    if len(pieces) == 1 or not is_sure(plan):
        return False
    rows = {target.row_id for target in plan.cells}
    named = [named_amount(piece, plan.scope, lexicon, vocabulary) for piece in pieces]
    return any(one and not rows.issuperset(t.row_id for t in one.cells) for one in named)


def means_several(question: NormalisedQuestion, project_of: ProjectOf) -> bool:
    """Whether what is added up describes projects of which each is another."""
    pieces = [piece for piece in ADDED_TO.split(question.text) if len(plain(piece)) > 1]
    meant = (project_of(piece) for piece in pieces)
    return len({target.row_id for target in meant if target is not None}) > 1
