"""What passes between the stages of an answer: frozen values, no behaviour.

`Answer` and what it holds are the contract with every channel; their field
names are those of the JSON that `POST /v1/ask` gives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from index.records import DocumentKind, FactMeasure, NamePart, PassageKind, RowKind


class Language(StrEnum):
    """The language that the asker is answered in."""

    ZH = "zh"
    EN = "en"


class Operation(StrEnum):
    """What is asked of the rows, facts or passages that a question selects."""

    LOOKUP = "lookup"
    LIST = "list"
    SUM = "sum"
    COUNT = "count"
    AVERAGE = "average"
    RANK = "rank"
    SHARE = "share"
    COMPARE = "compare"
    DIFFERENCE = "difference"
    """What is left of the first amount without the others."""
    RATIO = "ratio"
    GROWTH = "growth"
    DESCRIBE = "describe"
    DEFINE = "define"
    REASON = "reason"


class Route(StrEnum):
    """Which way through the house an answer came."""

    NUMERIC = "numeric"
    NARRATIVE = "narrative"
    BOTH = "both"
    NONE = "none"


class Retrieval(StrEnum):
    """What orders the passages for a question."""

    ENCODER = "encoder"
    """Nearness in meaning alone."""
    BM25 = "bm25"
    """Shared words and characters alone."""
    HYBRID = "hybrid"
    """Both, with the kind of passage and what the question names: what answers rest on."""


class Stage(StrEnum):
    """How far a question has come; a channel may tell the asker."""

    UNDERSTAND = "understand"
    LOOK_UP = "look_up"
    PROVE = "prove"


class AnswerStatus(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    CHAT = "chat"


class MissingKind(StrEnum):
    """What a question speaks of that the index does not hold."""

    DEPARTMENT = "department"
    YEAR = "year"
    FINAL_ACCOUNT = "final_account"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a channel hands it in."""

    text: str
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class NormalisedQuestion:
    """A question without mark-up, invisible characters, width and script variants."""

    original: str
    text: str
    """For reading: simplified characters, half-width, one space at most."""
    plain: str
    """For matching: `text` as labels are compared."""
    language: Language
    unknown: tuple[str, ...] = ()
    """Words of an English question that were not understood: it is not answered."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something asked for that is not indexed, in the asker's words."""

    kind: MissingKind
    said: str


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that a question is about."""

    document_ids: tuple[str, ...]
    year: int | None
    """The year that the question names; None where it names none."""
    assumed: bool
    """Whether department and year were taken from what is indexed, not from the question."""


@dataclass(frozen=True, slots=True)
class CellTarget:
    """One cell that a reading of the question means."""

    row_id: str
    table_id: str
    document_id: str
    column: int
    score: float
    """Share of the question's content that this reading explains, 0 to 1, less what it adds."""


@dataclass(frozen=True, slots=True)
class FactTarget:
    """One fact of the prose that a reading of the question means."""

    fact_id: str
    document_id: str
    measure: FactMeasure
    score: float
    counts: bool
    """Whether it counts things instead of money."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of one table, chosen by what they are and by their amount in one column."""

    document_id: str
    table_id: str
    column: int
    row_ids: tuple[str, ...] = ()
    """The rows themselves, where the question names them."""
    kinds: tuple[RowKind, ...] = ()
    level: int | None = None
    side: str | None = None
    """收入 or 支出 in a two-sided table."""
    parent_ids: tuple[str, ...] = ()
    """The rows that it takes the direct parts of."""
    contains: tuple[str, ...] = ()
    """What a row's plain name must hold one of."""
    name_part: NamePart = NamePart.ANYWHERE
    """Where in the name it must stand."""
    excluded_ids: tuple[str, ...] = ()
    """The rows that the question leaves out."""
    least_fen: int | None = None
    most_fen: int | None = None
    multiple_fen: int | None = None
    """What an amount must be a multiple of."""
    limits_said: str = ""
    """The limits in the asker's words."""
    descending: bool | None = None
    """Order by amount; None for the order of the print."""
    offset: int = 0
    limit: int | None = None
    total_id: str | None = None
    """The row that prints the sum of these rows; None where none does."""

    @property
    def chosen(self) -> bool:
        """Whether anything tells these rows from all the rows of their table."""
        return self.narrowed or bool(self.parent_ids) or self.limit is not None

    @property
    def narrowed(self) -> bool:
        """Whether a condition leaves rows out."""
        limits = (self.least_fen, self.most_fen, self.multiple_fen)
        names = self.row_ids or self.contains or self.excluded_ids
        return bool(names) or any(x is not None for x in limits)


@dataclass(frozen=True, slots=True)
class Fit:
    """How the best reading fits a question: what it explains, and what it leaves out."""

    explained: float = 0.0
    """The share of the question's content that it explains, 0 to 1."""
    asked: float = 0.0
    """The share of its name that the question says, 0 to 1."""
    left: float = 0.0
    """What the words weigh that it leaves out."""
    unexplained: tuple[str, ...] = ()
    """The content words that it leaves out."""
    terms_left: int = 0
    """How many terms of the document the question names and it lacks."""
    broken: int = 0
    """How many words of the question it explains in part only."""
    foreign: int = 0
    """How many words that the document nowhere prints it leaves out."""
    unread: int = 0
    """How many words of the tables' columns it leaves out."""
    telling: int = 0
    """How many words that change what is asked for it leaves out: 单价, 实际."""
    lead: float = 0.0
    """How much more it explains than any reading of another name."""

    @property
    def is_whole(self) -> bool:
        """Whether it leaves out no word that would make it another amount."""
        left = (self.terms_left, self.broken, self.foreign, self.unread, self.telling)
        return not any(left)


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """What a question asks, linked to what the index holds."""

    operation: Operation
    scope: Scope
    cells: tuple[CellTarget, ...] = ()
    """The best readings, equally good ones side by side, best first."""
    facts: tuple[FactTarget, ...] = ()
    measure: FactMeasure = FactMeasure.AMOUNT
    """What is asked about the figure: itself, its change, its rate, last year's."""
    passage_kinds: tuple[PassageKind, ...] = ()
    """The kinds of passage that the question's words ask for, if any."""
    entity_row_ids: tuple[str, ...] = ()
    """Rows that the question names, for descriptions of them."""
    unit: str | None = None
    """The unit that the asker wants the amount in."""
    numeric: float = 0.0
    """How much the wording asks for an amount, 0 to 1."""
    descriptive: float = 0.0
    """How much the wording asks for a description, 0 to 1."""
    existence: bool = False
    """Whether it asks if there is something at all."""
    amount_asked: bool = False
    """Whether a question word asks for an amount: 多少, 几何."""
    counts: bool = False
    """Whether it asks how many, not how much."""
    several: bool = False
    """Whether it asks for several things: 哪些, 分别."""
    told_as_well: bool = False
    """Whether one clause asks for an amount and another for a description."""
    which: str = ""
    """The sort of thing of which one is asked for, as 律所 in 哪家律所; empty for none."""
    name_holds: tuple[str, ...] = ()
    """What the names of the things that are counted or listed must hold one of."""
    counted: str = ""
    """The characters that begin with what is counted, as 工作人员."""
    counted_by: tuple[str, ...] = ()
    """The rows of the projects whose goals alone can tell the number; empty for any."""
    content: float = 0.0
    """What the question weighs without the words that only say what is asked of it."""
    item: str | None = None
    """The number of the clause that it asks for, as （四）."""
    needs: tuple[str, ...] = ()
    """Patterns that a passage must match to hold the sort of thing that is asked for."""
    fit: Fit = field(default_factory=Fit)
    """How the best reading fits the question."""
    together: bool = False
    """Whether one amount of several rows is asked for: 一共, 合计."""
    empty: bool = False
    """Whether it names nothing at all: neither an amount nor a department."""
    limited: bool = False
    """Whether it sets limits on amounts, which no passage can answer."""
    missing: tuple[Missing, ...] = ()
    read_as: str = ""
    """The question as it was read: typing errors mended, completed from the last one."""
    selections: tuple[Selection, ...] = ()
    """The rows that a sum, a count, a ranking or a list is made of: equally good ways to
    choose them side by side."""
    parts: tuple[QueryPlan, ...] = ()
    """The plans of the single amounts that a share, a comparison or a sum is made of."""
    ends: bool = False
    """Whether the largest of the parts is held against the smallest of them."""
    ascending: bool = False
    """Whether the parts are to be told from the smallest on."""
    divisor: int | None = None
    """What the one amount is spread over evenly, as 12 months; None where it is not."""
    over_count: bool = False
    """Whether the first part is spread evenly over the things that the second one counts."""
    against: int | None = None
    """An amount in 分 that the question says, and that the one part is held against."""
    told_before: tuple[str, ...] = ()
    """Those of them that are not meant again: the asker names another thing, or took it back."""
    focus: tuple[str, ...] = ()
    """The ids of the passages that were spoken of last, for a question that names none surely."""
    told_again: bool = False
    """Whether the first of them is asked about again, and no other: 这一条里还管什么."""
    beside: int = 0
    """How far beside that the passage stands that is asked for: 1 for the next one."""


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """The document that a citation points into."""

    id: str
    title: str
    department: str
    year: int
    kind: str


@dataclass(frozen=True, slots=True)
class TableRef:
    """The table that a cited row stands in."""

    id: str
    number: int | None
    title: str


@dataclass(frozen=True, slots=True)
class RowRef:
    """A cited row."""

    id: str
    label: str
    code: str | None


class CitationKind(StrEnum):
    """What a citation points at."""

    ROW = "row"
    ROWS = "rows"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of a part of an answer: a printed row, or a passage with its words."""

    n: int
    kind: CitationKind
    document: DocumentRef
    quote: str
    url: str
    table: TableRef | None = None
    row: RowRef | None = None
    column: str | None = None
    value: str | None = None
    unit: str | None = None
    section: str | None = None
    item: str | None = None
    page: int | None = None
    line: int | None = None
    rows_count: int | None = None
    filter: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an answer. `value` is printed for people, `amount_yuan` is exact."""

    label: str
    value: str
    unit: str
    amount_yuan: str | None
    formula: str | None
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to make a question clear, and the question that asks it."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Clarification:
    """What is asked back."""

    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class AmountEvidence:
    """An amount with all the places that print it, the most telling first."""

    label: str
    fen: int | None
    value: Decimal | None
    """The number itself where the unit is none of money."""
    unit: str
    printed: str
    formula: str | None
    citations: tuple[Citation, ...]
    heading: str
    """What tells this amount from another of the same name, as the table's title."""
    prose: bool = False
    year: int | None = None
    account: DocumentKind = DocumentKind.BUDGET
    """Whether the document plans the money or tells what was spent."""


@dataclass(frozen=True, slots=True)
class PassageEvidence:
    """A passage that answers, with how sure the retrieval is of it (0 to 1)."""

    kind: PassageKind
    title: str | None
    text: str
    told: str
    """The part of the text that answers, or all of it."""
    citation: Citation
    score: float


class Verdict(StrEnum):
    """The short answer to a question that asks whether, before what proves it."""

    YES = "yes"
    NO = "no"
    HAS = "has"
    HAS_NOT = "has_not"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are of what is listed."""

    number: int
    unit: str
    label: str
    complete: bool
    """Whether the document lists them all; else so many were found."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the index holds for a plan. Citations are numbered over all of it."""

    amounts: tuple[AmountEvidence, ...] = ()
    passages: tuple[PassageEvidence, ...] = ()
    related: tuple[PassageEvidence, ...] = ()
    """Passages that may be meant as well, where those that answer are not quite sure."""
    verdict: Verdict | None = None
    """Yes or no, where the passages settle it."""
    tally: Tally | None = None
    """How many the passages list, where a list or a number of things is asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer, as every channel gives it out."""

    id: str
    conversation_id: str
    question: str
    status: AnswerStatus
    route: Route
    text: str
    values: tuple[Value, ...] = ()
    citations: tuple[Citation, ...] = ()
    clarification: Clarification | None = None
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    plan: QueryPlan | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
