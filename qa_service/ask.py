"""READ FIRST. A question to a cited answer, stage by stage.

text       normalise      mark-up, width, script, invisible characters   (understand/normalise)
chat       small_talk     greetings and other topics end here            (understand/chat)
plan       make_plan      what is asked, linked to the index             (understand/plan)
           tried          whose budget, where none is named              (whose)
several    separate       several questions in one, each by itself       (several)
computed   compute        sums, shares, rankings over cited cells        (compute, row_outcomes)
route      choose         numbers, narrative or both                     (route)
evidence   look_up        amounts from SQLite                            (numbers)
           described_amount   a project's, by its goal                   (described)
           find           passages by words and from Chroma              (narrative)
           told_part      of a passage, the sentence that answers        (excerpt)
reply      word           one sentence, values, citations, notices       (wording, passage_wording,
                                                                          cite, replies)
proof      unproven       every numeral and mark is proved, or not sent  (verify)
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from index.labels import plain
from index.records import BudgetDocument, FactMeasure, PassageKind
from qa_service.certainty import MOST_TOLD
from qa_service.compute import compute
from qa_service.computed_wording import word_computed
from qa_service.described import (
    asks_whether,
    described_amount,
    described_project,
    each_described,
    goals_of,
    one_of_several,
    ranked_goals,
)
from qa_service.disclose import notices
from qa_service.each_told import told_of_departments, told_of_each
from qa_service.errors import InvalidQuestion
from qa_service.library import Library
from qa_service.narrative import find, nearest, rank
from qa_service.numbers import look_up
from qa_service.passage_wording import (
    nearest_told,
    numbered,
    which_passage,
    with_departments,
    word,
)
from qa_service.related import related_projects
from qa_service.replies import say
from qa_service.route import WORTH_ASKING, RouteChoice, choose, is_sure
from qa_service.several import (
    counted_and_more,
    counted_together,
    joined_up,
    leans,
    separate,
    together,
)
from qa_service.suggest import suggestions
from qa_service.types import (
    Answer,
    AnswerStatus,
    Citation,
    Evidence,
    Language,
    NormalisedQuestion,
    Operation,
    QueryPlan,
    Question,
    Retrieval,
    Route,
    Stage,
)
from qa_service.understand.chat import SmallTalk, small_talk
from qa_service.understand.departments import named_departments
from qa_service.understand.normalise import in_words_of, language_of, normalise
from qa_service.understand.plain.marks import THEN
from qa_service.understand.plan import make_plan
from qa_service.understand.reader import Understood
from qa_service.understand.scope import choose_documents
from qa_service.understand.shared_names import of_one_short_name
from qa_service.understand.turn import Turn
from qa_service.understand.vocabulary import Vocabulary
from qa_service.verify import unproven
from qa_service.whose import tried
from qa_service.wording import Reply, ask_back, choose_department, decline

MOST_CHARACTERS = 500
_RANKED = 10

log = logging.getLogger(__name__)

Entering = Callable[[Stage], None]
"""Told of each stage as it begins. What it raises ends the work and reaches the caller of `ask`."""


def unwatched(_stage: Stage) -> None:
    """Takes note of no stage."""


def ask(
    question: Question,
    library: Library,
    vocabulary: Vocabulary,
    last: Turn | None = None,
    entering: Entering = unwatched,
) -> Answer:
    """The answer to the question, which may lean on the last turn of its conversation.

    Raises InvalidQuestion for one that is empty or too long.
    """
    started = time.perf_counter()
    entering(Stage.UNDERSTAND)
    text = check_question(question.text)
    read = normalise(text)
    if not read.plain:
        return _finish(question, None, _refusal(read), started, started)
    read = _as_printed(read, library)
    talk = small_talk(read, vocabulary)
    if talk not in (None, SmallTalk.OUT_OF_SCOPE):
        return _finish(question, None, _talk(talk, read, library), started, started)
    project_of = partial(described_project, library, vocabulary)
    understood = make_plan(read, library.documents, library.lexicon, vocabulary, last, project_of)
    if understood.weighed is None and not understood.plan.missing:
        understood = _of_one(understood, read, library, vocabulary)
    plan = understood.plan
    if talk is not None and not _is_of_budget(understood):
        return _finish(question, None, _talk(talk, read, library), started, started)
    planned = time.perf_counter()
    entering(Stage.LOOK_UP)
    asked = f"{read.text} {understood.plan.read_as}"
    worded = _each(understood, read, library, vocabulary) or _reply(understood, read, library)
    if len({document.department for document in library.documents}) > 1:
        worded = with_departments(worded, plan.read_as, read.language)
    worded = told_of_each(worded, plan, read, partial(_alone, library, vocabulary))
    worded = told_of_departments(
        worded, read, library.documents, partial(_of_document, library, vocabulary)
    )
    entering(Stage.PROVE)
    reply = _proved(worded, plan, asked, read, library)
    noticed = notices(plan, reply, library, read.language)
    reply = replace(reply, notices=noticed) if noticed else reply
    operation = _operation(plan, reply)
    told = plan if operation is plan.operation else replace(plan, operation=operation)
    return _finish(question, told, reply, started, planned)


def _is_of_budget(understood: Understood) -> bool:
    """Whether a question that speaks of something else asks the documents after all.

    新闻老讲的“三公”经费是什么意思 asks for a term that they explain.
    """
    plan, weighed = understood.plan, understood.weighed
    if is_sure(plan) or plan.selections or plan.parts:
        return True
    named = weighed is not None and bool(weighed.exact)
    return named and PassageKind.GLOSSARY in plan.passage_kinds


def _as_printed(read: NormalisedQuestion, library: Library) -> NormalisedQuestion:
    """An English question in the words of the one document that it is about."""
    if read.language is not Language.EN:
        return read
    documents = choose_documents(read, library.documents).documents
    return in_words_of(read, library.lexicon(documents[0].id)) if len(documents) == 1 else read


def _of_one(
    understood: Understood, read: NormalisedQuestion, library: Library, vocabulary: Vocabulary
) -> Understood:
    """The question read in the one document that it can be about; else about those it can."""
    plan = understood.plan
    read = replace(read, text=plan.read_as, plain=plain(plan.read_as))
    meant = tried(read, _in_scope(plan, library), library, vocabulary, _reply)
    if meant is None:
        return understood
    if meant.only is not None and not _of_several(meant.only, read, library):
        return meant.only
    ids = tuple(document.id for document in meant.documents)
    if len(ids) == 1:
        return understood  # one alone is no choice
    return replace(understood, plan=replace(plan, scope=replace(plan.scope, document_ids=ids)))


def _of_several(understood: Understood, read: NormalisedQuestion, library: Library) -> bool:
    """Whether an amount is asked of several departments by name, which one cannot tell.

    Nor can one of those that share the name that is said.
    """
    named = named_departments(read.plain, library.documents)
    asked = understood.plan.numeric >= 1 or of_one_short_name(read.text, named)
    return asked and len(named) > 1


def _each(
    understood: Understood, read: NormalisedQuestion, library: Library, vocabulary: Vocabulary
) -> Reply | None:
    """The reply to several questions in one, each answered by itself; None where there is one."""
    if understood.weighed is None or understood.plan.missing:
        return None
    lexicon = library.lexicon(understood.plan.scope.document_ids[0])

    def told(questions: tuple[NormalisedQuestion, ...]) -> list[Reply]:
        plans = [make_plan(q, library.documents, library.lexicon, vocabulary) for q in questions]
        return [_reply(p, q, library) for p, q in zip(plans, questions, strict=True)]

    twice = counted_and_more(read)
    both = counted_together(told(twice), read.language) if twice else None
    if both is not None and both.status is AnswerStatus.ANSWERED:
        return both
    questions = separate(read, lexicon, vocabulary)
    if not questions:
        plainer = understood.plan.read_as
        if THEN not in plainer:
            return None
        read = replace(read, text=plainer, plain=plain(plainer))
        questions = separate(read, lexicon, vocabulary)
    if not questions:
        return None
    if leans(questions, lexicon, vocabulary):
        return decline(read.language, AnswerStatus.NOT_FOUND, "one_at_a_time")
    return together(told(questions), read.language)


def _alone(library: Library, vocabulary: Vocabulary, question: NormalisedQuestion) -> Reply:
    """The reply to a question that leans on no other."""
    understood = make_plan(question, library.documents, library.lexicon, vocabulary)
    if understood.weighed is None and not understood.plan.missing:
        understood = _of_one(understood, question, library, vocabulary)
    return _reply(understood, question, library)


def _of_document(
    library: Library, vocabulary: Vocabulary, question: NormalisedQuestion, document: BudgetDocument
) -> Reply:
    """The reply to a question that leans on no other, in one document."""
    understood = make_plan(question, (document,), library.lexicon, vocabulary)
    return _reply(understood, question, library)


def ranking(
    question: Question, library: Library, vocabulary: Vocabulary, by: Retrieval
) -> tuple[Citation, ...]:
    """The passages that retrieval ranks first for a question, for measuring retrieval alone."""
    read = _as_printed(normalise(check_question(question.text)), library)
    understood = make_plan(read, library.documents, library.lexicon, vocabulary)
    if understood.weighed is None:
        return ()
    found = rank(understood.plan, understood.weighed, library, _RANKED, by)
    return tuple(evidence.citation for evidence in found)


def check_question(text: str) -> str:
    """The question trimmed. Raises InvalidQuestion for an empty or too long one."""
    trimmed = text.strip()
    if not trimmed:
        raise InvalidQuestion("empty_question", say(language_of(trimmed), "empty_question"))
    if len(trimmed) > MOST_CHARACTERS:
        raise InvalidQuestion("question_too_long", say(language_of(trimmed), "long_question"))
    return trimmed


def _reply(understood: Understood, read: NormalisedQuestion, library: Library) -> Reply:
    plan, language = understood.plan, read.language
    documents = _in_scope(plan, library)
    if understood.weighed is None and not plan.missing:
        if documents:
            return choose_department(documents, read.text, language)
        held = library.documents
        return decline(language, AnswerStatus.NOT_FOUND, "not_found", documents=held)
    if plan.missing or understood.weighed is None:
        missing = plan.missing[0]
        return decline(
            language,
            AnswerStatus.NOT_FOUND,
            f"missing_{missing.kind.value}",
            said=missing.said,
            documents=library.documents,
        )
    if read.unknown:
        return decline(language, AnswerStatus.NOT_FOUND, "not_found", documents=documents)
    each = each_described(plan, understood.weighed, library)
    each = each or related_projects(plan, understood.weighed, library)
    if each is not None:
        route = Route.NUMERIC if each.amounts else Route.NARRATIVE
        return word(replace(plan, several=True), route, each, language)
    computed = compute(plan, library)
    if computed:
        reply = word_computed(computed, plan, language)
        rows = [citation.row.id for citation in reply.citations if citation.row]
        goals = ranked_goals(plan, read.text, rows, library)
        if goals is None:
            return reply
        return joined_up((reply, word(plan, Route.NARRATIVE, goals, language)))
    choice = choose(plan)
    weighed = understood.weighed if choice.route is Route.NUMERIC else None
    project = described_amount(plan, weighed, library) if weighed is not None else None
    if project is not None:
        reply = word(plan, Route.BOTH if project.passages else Route.NUMERIC, project, language)
        whole = one_of_several(project, weighed, library) if weighed is not None else ""
        if whole:
            told = say(language, "whole_project", project=whole)
            reply = replace(reply, text=f"{reply.text}{told}")
        return _suggesting(reply, plan, library, language)
    for route in dict.fromkeys((choice.route, choice.other)):
        evidence = _evidence(route, understood, library)
        if evidence is not None:
            both = route is Route.NUMERIC and bool(evidence.passages)
            reply = word(plan, Route.BOTH if both else route, evidence, language)
            return _suggesting(reply, plan, library, language)
    return _decline(choice, understood, read, library)


def _evidence(route: Route, understood: Understood, library: Library) -> Evidence | None:
    """What the route finds, or None where it finds nothing sure."""
    plan, weighed = understood.plan, understood.weighed
    if route is Route.NONE or weighed is None:
        return None
    amounts = (
        look_up(plan, library) if route is not Route.NARRATIVE and is_sure(plan) else Evidence()
    )
    if route is Route.NUMERIC and not amounts.amounts:
        return None
    if route is Route.NUMERIC:
        goals = goals_of(replace(plan, facts=()), library) if asks_whether(plan) else ()
        return replace(amounts, passages=goals) if len(goals) == 1 else amounts
    if route is Route.BOTH:
        goals = goals_of(plan, library)
        return replace(amounts, passages=goals[:1]) if amounts.amounts and goals else None
    passages = find(plan, weighed, library)
    counts = plan.counts and not plan.name_holds
    counted = look_up(plan, library).amounts if counts else ()
    return replace(passages, amounts=counted) if passages.passages else None


def _decline(
    choice: RouteChoice, understood: Understood, read: NormalisedQuestion, library: Library
) -> Reply:
    plan = understood.plan
    near = plan.fit.explained >= WORTH_ASKING and plan.operation is Operation.LOOKUP
    known = not plan.fit.broken and not plan.fit.unexplained
    if choice.route is Route.NUMERIC and near and known and plan.cells:
        evidence = look_up(plan, library)
        back = ask_back(evidence, read.language)
        if back is not None:
            return back
    if understood.weighed is not None and choice.route is Route.NARRATIVE:
        passages, near = nearest(plan, understood.weighed, library)
        if near:
            return nearest_told(numbered(passages[:MOST_TOLD]), read.language)
        if len(passages) > 1:
            return which_passage(numbered(passages), Route.NARRATIVE, read.language)
    computed = plan.operation is not Operation.LOOKUP and plan.numeric >= 1 and not plan.counts
    status, words = AnswerStatus.NOT_FOUND, "not_computed" if computed else "not_found"
    if _names_a_budget_alone(plan):
        status, words = AnswerStatus.CHAT, "which_question"
    reply = decline(read.language, status, words, documents=_in_scope(plan, library))
    if status is AnswerStatus.NOT_FOUND:
        reply = replace(reply, route=choice.route)  # where it was looked for in vain
    return _suggesting(reply, plan, library, read.language)


def _names_a_budget_alone(plan: QueryPlan) -> bool:
    """Whether a department or a year is named, and nothing asked of it: 某某局的."""
    asks = plan.numeric or plan.descriptive or plan.passage_kinds or plan.needs
    return not (asks or plan.content or plan.empty) and plan.operation is Operation.LOOKUP


def _suggesting(reply: Reply, plan: QueryPlan, library: Library, language: Language) -> Reply:
    """The reply with the questions that may be asked next."""
    found = suggestions(plan, reply, library, language)
    return replace(reply, suggestions=found) if found else reply


def _proved(
    reply: Reply, plan: QueryPlan, asked: str, read: NormalisedQuestion, library: Library
) -> Reply:
    """The reply, or a decline in its place where something in it is not proved."""
    loose = unproven(reply, asked)
    if not loose or reply.status is AnswerStatus.NOT_FOUND:
        return reply
    log.error("an answer was withheld: %d numerals or marks without proof", len(loose))
    return decline(
        read.language, AnswerStatus.NOT_FOUND, "not_found", documents=_in_scope(plan, library)
    )


def _refusal(read: NormalisedQuestion) -> Reply:
    """What a text gets that holds no question: orders, mark-up, pictures alone."""
    return decline(read.language, AnswerStatus.REFUSED, "refused")


def _operation(plan: QueryPlan, reply: Reply) -> Operation:
    """What was done for the asker: a plain look-up by what it told."""
    if plan.operation is not Operation.LOOKUP:
        return plan.operation
    if reply.route is Route.NARRATIVE:
        kinds = set(plan.passage_kinds)
        if PassageKind.EXPLANATION in kinds:
            return Operation.REASON
        return Operation.DEFINE if PassageKind.GLOSSARY in kinds else Operation.DESCRIBE
    return Operation.LOOKUP if plan.measure is FactMeasure.AMOUNT else Operation.GROWTH


def _talk(talk: SmallTalk, read: NormalisedQuestion, library: Library) -> Reply:
    status = AnswerStatus.OUT_OF_SCOPE if talk is SmallTalk.OUT_OF_SCOPE else AnswerStatus.CHAT
    shown = library.documents if talk in (SmallTalk.GREETING, SmallTalk.ABOUT) else ()
    return decline(read.language, status, talk.value, documents=shown)


def _in_scope(plan: QueryPlan, library: Library) -> Sequence[BudgetDocument]:
    return [d for d in library.documents if d.id in plan.scope.document_ids]


def _finish(
    question: Question, plan: QueryPlan | None, reply: Reply, started: float, planned: float
) -> Answer:
    now = time.perf_counter()
    return Answer(
        id=f"a{secrets.token_hex(8)}",
        conversation_id=question.conversation_id or f"c{secrets.token_hex(8)}",
        question=question.text.strip(),
        status=reply.status,
        route=reply.route,
        text=reply.text,
        values=reply.values,
        citations=reply.citations,
        clarification=reply.clarification,
        notices=reply.notices,
        suggestions=reply.suggestions,
        plan=plan,
        timings_ms={
            "understand": round((planned - started) * 1000, 2),
            "answer": round((now - planned) * 1000, 2),
            "total": round((now - started) * 1000, 2),
        },
    )
