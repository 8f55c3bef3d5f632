"""The vocabulary of everyday words, from `prompts/vocabulary.yaml` and `prompts/synonyms.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.labels import plain
from index.records import FactMeasure, PassageKind, TableKind
from qa_service.errors import SettingError
from qa_service.prompt_files import read_prompt
from qa_service.types import Operation
from qa_service.understand.cue_words import CueLists, CueWords, KnownWords


class Synonym(BaseModel):
    """Everyday words, and the field's terms that any of them may mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    say: tuple[str, ...]
    mean: tuple[str, ...]


class AskedThing(BaseModel):
    """Words that ask for a sort of thing, and the pattern of a text that holds one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    ask: tuple[str, ...]
    need: re.Pattern[str]


class Translation(BaseModel):
    """Regional words and the standard words that they stand for."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    say: tuple[str, ...]
    mean: str


class RowSets(BaseModel):
    """Words for sets of rows: projects, the parts of a row, lines, levels and sorts of subjects."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    projects: tuple[str, ...]
    children: tuple[str, ...]
    units: tuple[str, ...]
    lines: tuple[str, ...]
    listed: tuple[str, ...]
    one_by_one: tuple[str, ...]
    functional: tuple[str, ...]
    economic: tuple[str, ...]
    class_: tuple[str, ...] = Field(alias="class")
    section: tuple[str, ...]
    item: tuple[str, ...]


class Ranking(BaseModel):
    """Words that order amounts downwards and upwards, and words for the order itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    down: tuple[str, ...]
    up: tuple[str, ...]
    order: tuple[str, ...]


class OtherYears(BaseModel):
    """Words for years other than the budget's."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    last: tuple[str, ...]
    earlier: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Words by what they weigh, as questions are compared."""

    function: frozenset[str]
    generic: frozenset[str]
    telling: frozenset[str]
    listed: frozenset[str]
    """All of them."""
    lengths: dict[str, frozenset[int]]
    """Of each character, the lengths of those that begin with it."""


class Vocabulary(BaseModel):
    """The lists of the vocabulary file, one field each."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    telling_words: tuple[str, ...]
    function_words: tuple[str, ...]
    asking_words: tuple[str, ...]
    sorts_of_money: tuple[str, ...]
    generic_words: tuple[str, ...]
    amount_cues: tuple[str, ...]
    existence_cues: tuple[str, ...]
    money_words: tuple[str, ...]
    counted_things: tuple[str, ...]
    called_anything: tuple[str, ...]
    description_cues: dict[PassageKind, tuple[str, ...]]
    open_cues: tuple[str, ...]
    asked_things: tuple[AskedThing, ...]
    instruction_cues: tuple[str, ...]
    operation_cues: dict[Operation, tuple[str, ...]]
    row_sets: RowSets
    contains_cues: tuple[str, ...]
    ranking: Ranking
    threshold_cues: tuple[str, ...]
    measures: dict[FactMeasure, tuple[str, ...]]
    final_account_cues: tuple[str, ...]
    other_years: OtherYears
    table_names: dict[TableKind, tuple[str, ...]]
    synonyms: tuple[Synonym, ...]
    preamble_cues: tuple[str, ...]
    hearsay_cues: tuple[str, ...]
    told_cues: tuple[str, ...]
    dialect: tuple[Translation, ...]
    look_alikes: tuple[str, ...]
    former_organs: tuple[Translation, ...]
    greetings: tuple[str, ...]
    thanks: tuple[str, ...]
    farewells: tuple[str, ...]
    about_service: tuple[str, ...]
    out_of_scope_cues: tuple[str, ...]

    @cached_property
    def plain_words(self) -> PlainWords:
        """The words that are listed by what they weigh."""
        function = frozenset(map(plain, self.function_words))
        generic = frozenset(map(plain, self.generic_words))
        telling = frozenset(map(plain, self.telling_words))
        listed = function | generic | telling
        lengths: dict[str, set[int]] = {}
        for word in filter(None, listed):
            lengths.setdefault(word[0], set()).add(len(word))
        by_first = {first: frozenset(those) for first, those in lengths.items()}
        return PlainWords(function, generic, telling, listed, by_first)

    @cached_property
    def computed(self) -> frozenset[str]:
        """Words that say what is done with amounts."""
        return frozenset(map(plain, self.done_with_rows))

    @cached_property
    def asked_with(self) -> frozenset[str]:
        """All words that people ask with, and that name nothing."""
        listed = (*self.function_words, *self.generic_words, *self.asking_words)
        return frozenset(map(plain, listed)) | self.computed

    @cached_property
    def meanings(self) -> dict[str, tuple[str, ...]]:
        """Each everyday word to the terms that it may mean, as questions are compared."""
        found: dict[str, tuple[str, ...]] = {}
        for synonym in self.synonyms:
            for said in map(plain, synonym.say):
                found[said] = (*found.get(said, ()), *map(plain, synonym.mean))
        return found

    @cached_property
    def meant(self) -> frozenset[str]:
        """All terms that everyday words may mean."""
        return frozenset(term for terms in self.meanings.values() for term in terms)

    @cached_property
    def said(self) -> KnownWords:
        """The everyday words, to be looked for in questions."""
        return KnownWords(self.meanings)

    @cached_property
    def contains(self) -> KnownWords:
        """Words for what a name must hold, to be looked for in questions."""
        return KnownWords(self.contains_cues)

    @cached_property
    def contains_said(self) -> tuple[str, ...]:
        """The same, as questions are compared."""
        return tuple(map(plain, self.contains_cues))

    @cached_property
    def operations_said(self) -> CueLists[Operation]:
        """The cues of all operations."""
        return CueLists(self.operation_cues)

    @cached_property
    def kinds_said(self) -> CueLists[PassageKind]:
        """The cues of all kinds of passage."""
        return CueLists(self.description_cues)

    @cached_property
    def things_said(self) -> CueLists[int]:
        """The words that ask for a sort of thing, by their place in the list."""
        return CueLists({i: thing.ask for i, thing in enumerate(self.asked_things)})

    @cached_property
    def done_with_rows(self) -> tuple[str, ...]:
        """Words that say what is done with rows: they are added up, ordered, gone through."""
        computed = (cue for cues in self.operation_cues.values() for cue in cues)
        ranking = self.ranking
        ordered = (*ranking.down, *ranking.up, *ranking.order)
        return tuple(dict.fromkeys((*computed, *ordered, *self.row_sets.one_by_one)))

    @cached_property
    def asking(self) -> tuple[str, ...]:
        """Words with which a clause asks for an amount, for an order, a share or a sum of some."""
        cues = self.operation_cues
        computed = (*cues[Operation.RANK], *cues[Operation.SHARE], *cues[Operation.SUM])
        return (*self.amount_cues, *computed)

    @cached_property
    def parting(self) -> tuple[str, ...]:
        """Words of thanks and of farewell."""
        return (*self.thanks, *self.farewells)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """Words that ask for a text: an opener, a purpose, a reason."""
        cues = self.description_cues
        goal = (*cues.get(PassageKind.GOAL, ()), *cues.get(PassageKind.EXPLANATION, ()))
        return (*self.open_cues, *goal)

    @cached_property
    def wording(self) -> CueWords:
        """Words that say what is asked for, and not about what."""
        goal = self.description_cues.get(PassageKind.GOAL, ())
        return CueWords((*self.amount_cues, *self.existence_cues, *self.open_cues, *goal))

    @cached_property
    def former_names(self) -> CueWords:
        """What organs were called before."""
        return CueWords(said for organ in self.former_organs for said in organ.say)

    @cached_property
    def of_people(self) -> tuple[str, ...]:
        """Words with which people speak of themselves and of others."""
        return (*self.told_cues, *self.preamble_cues, *self.hearsay_cues)

    @cached_property
    def ordering(self) -> KnownWords:
        """Words for the year before and words that order amounts: each is cut out as a word."""
        return KnownWords((*self.other_years.last, *self.ranking.down, *self.ranking.up))


_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
"""Words of which an entry of a list may hold any: (从|由)高(到|往)低."""
_FILES = ("vocabulary.yaml", "synonyms.yaml")


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary. Raises SettingError that names the entry that cannot be used."""
    found: dict[str, object] = {}
    for name in _FILES:
        found |= _spelt_out(read_prompt(name))
    try:
        return Vocabulary.model_validate(found)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingError(
            f"prompts/{' 或 '.join(_FILES)} 的 {where} 不能用：{first['msg']}"
        ) from problem


def _spelt_out(entries: Any) -> Any:
    """The file's contents with each entry of a list that offers choices in all its wordings."""
    if isinstance(entries, dict):
        return {key: _spelt_out(value) for key, value in entries.items()}
    if isinstance(entries, list):
        return [one for entry in entries for one in _wordings(entry)]
    return entries


def _wordings(entry: Any) -> list[Any]:
    choice = _CHOICE.search(entry) if isinstance(entry, str) else None
    if choice is None:
        return [_spelt_out(entry)]
    start, end = choice.span()
    wordings = (f"{entry[:start]}{word}{entry[end:]}" for word in choice[1].split("|"))
    return [one for wording in wordings for one in _wordings(wording)]
