"""Amounts to a reply: one sentence that a citizen understands, the values, the citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.labels import is_total
from index.records import BudgetDocument, DocumentKind, FactMeasure
from index.units import format_decimal, from_fen, is_money
from qa_service.replies import say
from qa_service.types import (
    AmountEvidence,
    AnswerStatus,
    Citation,
    Clarification,
    Evidence,
    Language,
    Option,
    QueryPlan,
    Route,
    Value,
    Verdict,
)

_MOST_PARTS = 6
_YEAR = re.compile(r"20\d\d年")
_LEAST_OPTIONS, _MOST_OPTIONS = 2, 4
_MOST_PASSAGES = 20
_FUNDS = re.compile("财政拨款|一般公共预算")
"""Tables whose titles say so print a line of these funds alone."""
_OTHER_FUNDS = ("基本支出", "项目支出", "三公", "政府性基金", "国有资本")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer without its ids: what is said, with its values and its proof."""

    status: AnswerStatus
    route: Route
    text: str
    values: tuple[Value, ...] = ()
    citations: tuple[Citation, ...] = ()
    clarification: Clarification | None = None
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    verdict: Verdict | None = None
    """Whether what is asked about is so, where the text says that first."""
    near: bool = False
    """Whether the text tells what comes nearest, and nothing that surely answers."""
    unrelated: str = ""
    """The text without what may be related to it, where it tells such."""


def decline(
    language: Language,
    status: AnswerStatus,
    reply: str,
    documents: Sequence[BudgetDocument] = (),
    **fields: object,
) -> Reply:
    """A reply without evidence: a decline, a greeting; says which documents there are."""
    indexed = (say(language, "indexed", documents=_titles(documents)),) if documents else ()
    return Reply(status, Route.NONE, say(language, reply, **fields), notices=indexed)


def word_amounts(plan: QueryPlan, route: Route, evidence: Evidence, language: Language) -> Reply:
    """The reply that the amounts of the evidence give, its citations numbered before."""
    if len(evidence.amounts) > 1 and _of_all_funds(evidence.amounts):
        return _whole_and_parts(plan, evidence.amounts, route, language)
    if len(evidence.amounts) > 1:
        return _several(plan, evidence, language)
    return _amount(plan, evidence.amounts[0], route, language)


def ask_back(evidence: Evidence, language: Language) -> Reply | None:
    """A question back that offers the nearest amounts; None where there is no choice to offer."""
    options: dict[str, Option] = {}
    for amount in evidence.amounts:
        label = say(language, "did_you_mean_option", label=amount.label, heading=amount.heading)
        question = _option_question(amount, amount.citations[0], language)
        options.setdefault(label, Option(label, question))
    if len(options) < _LEAST_OPTIONS:
        return None
    text = say(language, "did_you_mean")
    chosen = tuple(options.values())[:_MOST_OPTIONS]
    return Reply(AnswerStatus.CLARIFY, Route.NONE, text, clarification=Clarification(text, chosen))


def choose_department(
    documents: Sequence[BudgetDocument], question: str, language: Language
) -> Reply:
    """A question back that lists the departments which are indexed."""
    text = say(language, "which_department")
    options = tuple(
        Option(d.title, say(language, "which_department_option", title=d.title, question=question))
        for d in documents[:8]
    )
    return Reply(AnswerStatus.CLARIFY, Route.NONE, text, clarification=Clarification(text, options))


def _titles(documents: Sequence[BudgetDocument]) -> str:
    named = [f"《{d.title}》" for d in documents[:3]]
    return "、".join(named) + ("……" if len(documents) > 3 else "")


def numbered_evidence(evidence: Evidence) -> Evidence:
    """The evidence with its citations numbered from 1, places cited twice given one number."""
    numbers: dict[tuple[str, str | None, str], int] = {}

    def number(citation: Citation) -> Citation:
        key = (citation.url, citation.column, citation.quote)
        return replace(citation, n=numbers.setdefault(key, len(numbers) + 1))

    return replace(
        evidence,
        amounts=tuple(
            replace(a, citations=_once([number(c) for c in a.citations]))
            for a in evidence.amounts[:_MOST_PARTS]
        ),
        passages=tuple(
            replace(p, citation=number(p.citation)) for p in evidence.passages[:_MOST_PASSAGES]
        ),
        related=tuple(replace(p, citation=number(p.citation)) for p in evidence.related),
    )


def _once(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations without those said before; one alone is compared with none."""
    return tuple(dict.fromkeys(citations) if len(citations) > 1 else citations)


def _amount(plan: QueryPlan, amount: AmountEvidence, route: Route, language: Language) -> Reply:
    marks = marks_of(amount.citations)
    blank = amount.fen is None and amount.value is None
    if blank and plan.measure is FactMeasure.RATE:
        text = say(language, "incomparable", label=amount.label, marks=marks)
        return Reply(AnswerStatus.ANSWERED, route, text, citations=amount.citations)
    if blank:
        text = say(
            language, "amount_blank", heading=amount.heading, label=amount.label, marks=marks
        )
        return Reply(AnswerStatus.NOT_FOUND, route, text, citations=amount.citations)
    value = value_of(plan, amount)
    said = f"{value.value}{value.unit}"
    fields = {"label": _quoted(amount.label), "amount": said, "marks": marks}
    dated = {**fields, "year": amount.year}
    match plan.measure:
        case FactMeasure.PRIOR:
            text = say(language, "prior", formula=amount.formula, **fields)
        case FactMeasure.CHANGE if amount.fen == 0:
            subject = amount.label.removesuffix("比上年增加")
            text = say(language, "no_change", subject=subject, amount=said, marks=marks)
        case FactMeasure.CHANGE | FactMeasure.RATE:
            text = say(language, "change", **fields)
        case _ if amount.fen == 0 and not _names_other_account(amount):
            text = say(language, _in_account("amount_zero", amount), **dated)
        case _ if amount.prose:
            text = say(language, "amount_in_prose", **dated)
        case _:
            said_so = any(kind.value in amount.label for kind in DocumentKind)
            word = "amount_in_prose" if said_so else _in_account("amount", amount)
            text = say(language, word, **dated)
    return Reply(AnswerStatus.ANSWERED, route, text, (value,), amount.citations)


def _names_other_account(amount: AmountEvidence) -> bool:
    """Whether the label says 预算数 of a final account, which prints both."""
    final = amount.account is DocumentKind.FINAL_ACCOUNT
    return final and DocumentKind.BUDGET.value in amount.label


def _in_account(reply: str, amount: AmountEvidence) -> str:
    """The reply in the words of the document's kind: what was spent is no 预算."""
    return reply if amount.account is DocumentKind.BUDGET else f"{reply}_final"


def _of_all_funds(amounts: Sequence[AmountEvidence]) -> bool:
    """Whether the first amount is of all funds, and the others of one line's narrower funds."""
    first, *others = amounts
    lines = {a.label for a in amounts}
    totals = all(c.row is None or is_total(c.row.label) for a in amounts for c in a.citations)
    if first.fen is None or (len(lines) > 1 and not totals):
        return False
    titles = [[c.table.title if c.table else "" for c in a.citations] for a in amounts]
    if any(word in title for group in titles for title in group for word in _OTHER_FUNDS):
        return False
    wide, *narrow = [not all(_FUNDS.search(t) for t in group) for group in titles]
    return wide and not any(narrow) and all((a.fen or 0) <= first.fen for a in others)


def _whole_and_parts(
    plan: QueryPlan, amounts: Sequence[AmountEvidence], route: Route, language: Language
) -> Reply:
    """The amount of all funds, with what the tables of narrower funds print of it."""
    first, *others = amounts
    reply = _amount(plan, first, route, language)
    values = tuple(value_of(plan, amount) for amount in others)
    told = "".join(
        say(
            language,
            "of_funds",
            heading=amount.heading,
            amount=f"{value.value}{value.unit}",
            marks=marks_of(amount.citations),
        )
        for amount, value in zip(others, values, strict=True)
    )
    return replace(
        reply,
        text=reply.text + told,
        values=(*reply.values, *values),
        citations=tuple(dict.fromkeys(c for a in amounts for c in a.citations)),
    )


def _quoted(label: str) -> str:
    """A name that holds a year, in quotation marks, apart from the budget's year."""
    return f"“{label}”" if _YEAR.search(label) else label


def _several(plan: QueryPlan, evidence: Evidence, language: Language) -> Reply:
    """Different amounts under one question: all of them, labelled, and which one is meant."""
    parts: list[str] = []
    options: list[Option] = []
    for amount in evidence.amounts:
        value = value_of(plan, amount)
        parts.append(
            say(
                language,
                "several_part",
                heading=amount.heading,
                label=amount.label,
                amount=f"{value.value}{value.unit}",
                marks=marks_of(amount.citations),
            )
        )
        label = f"{amount.heading}{amount.label}"
        options.append(Option(label, _option_question(amount, amount.citations[0], language)))
    labels = list(dict.fromkeys(a.label for a in evidence.amounts))
    text = say(language, "several", label="”“".join(labels[:2]), parts="；".join(parts))
    return Reply(
        AnswerStatus.CLARIFY,
        Route.NUMERIC,
        text,
        tuple(value_of(plan, amount) for amount in evidence.amounts),
        tuple(dict.fromkeys(c for amount in evidence.amounts for c in amount.citations)),
        Clarification(say(language, "which_amount"), tuple(options)),
    )


def _option_question(amount: AmountEvidence, citation: Citation, language: Language) -> str:
    title = f"《{citation.table.title}》" if citation.table else (citation.section or "")
    code = citation.row.code if citation.row else None
    label = f"科目{code}{amount.label}" if code else amount.label
    return say(language, "option_question", title=title, label=label)


def value_of(plan: QueryPlan, amount: AmountEvidence) -> Value:
    """The value of an amount, in the unit that the plan asks for."""
    unit, number = amount.unit, amount.value
    if amount.fen is not None:
        unit = plan.unit or amount.unit
        number = from_fen(amount.fen, unit)
        if plan.measure in (FactMeasure.CHANGE, FactMeasure.RATE):
            number = abs(number)
    elif number is not None and plan.measure is FactMeasure.RATE:
        number = abs(number)
    places = 2 if unit == amount.unit and is_money(unit) else None
    return Value(
        label=amount.label,
        value=format_decimal(number, places=places) if number is not None else amount.printed,
        unit=unit,
        amount_yuan=f"{from_fen(amount.fen, '元'):.2f}" if amount.fen is not None else None,
        formula=amount.formula,
        citations=tuple(c.n for c in amount.citations),
    )


def marks_of(citations: Iterable[Citation]) -> str:
    """The marks of the citations, as [1][2]."""
    return "".join(f"[{n}]" for n in dict.fromkeys(c.n for c in citations))
