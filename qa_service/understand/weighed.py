"""A question with its weights, compared with texts: which of its characters each explains."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from index.labels import plain
from qa_service.understand.cue_words import KnownWords, pairs_in
from qa_service.understand.entries import Form

_OF_A_COST, _NAMED_COST = "费", 0.75
"""差旅 is nearly all of 差旅费: so much of its name is said at least."""
_PLACES = ("的", "那边", "这边", "下面", "里面", "里的", "那块", "这块", "方面", "口的", "类的")
GENERIC = 0.3
"""What a character of the trade's commonest words weighs."""


_Names = Mapping[str, tuple[tuple[str, int], ...]]
"""What names hold to these names, each with its places of it."""


class Span(NamedTuple):
    """Characters `start` to `end` (excluded) of the plain question.

    Very many are made for each question, hence no dataclass.
    """

    start: int
    end: int

    @property
    def mask(self) -> int:
        return ((1 << (self.end - self.start)) - 1) << self.start


@dataclass(frozen=True, slots=True)
class Meaning:
    """Everyday words at a place of the question, and the terms they may mean."""

    mask: int
    terms: tuple[str, ...]


class _Compared:
    """What a question was compared with so far; its weights change none of it."""

    def __init__(self, said: Said) -> None:
        text = said.text
        self.pairs = pairs_in(text)
        self.places: dict[str, int] = {}
        for i, pair in enumerate(self.pairs):
            self.places[pair] = self.places.get(pair, 0) | 3 << i
        self.pair_set = frozenset(self.places)
        self.exact = [(text[span.start : span.end], ~span.mask) for span in said.exact]
        """The terms that it names, and the characters beside them."""
        self.meant: dict[str, int] = {}
        """The terms that it may mean, and the characters that mean them."""
        for meaning in said.meanings:
            for term in meaning.terms:
                self.meant[term] = self.meant.get(term, 0) | meaning.mask
        own = list(text)
        for span in said.exact:
            own[span.start : span.end] = "#" * (span.end - span.start)
        self.own = "".join(own)
        self.with_all_names = False
        self.masks: dict[str, int] = {}
        self.shares: dict[str, float] = {}
        self.said: dict[tuple[str, ...], int] = {}

    def mask(self, form: Form) -> int:
        """The characters of the question that the form explains, as bits; kept."""
        found, text, places = 0, form.text, self.places
        for pair in self.pair_set & form.pairs:
            found |= places[pair]
        if found:
            for term, beside in self.exact:
                if term not in text:
                    found &= beside
        for term, mask in self.meant.items():
            if term in text:
                found |= mask
        self.masks[text] = found
        return found


@dataclass(frozen=True, slots=True)
class Weights:
    """What each character of a question weighs, by what is looked for."""

    strict: tuple[float, ...]
    lenient: tuple[float, ...]
    """Where an amount is asked for by its name, so that verbs say little."""
    full: tuple[float, ...]
    """Where a text is looked for, to which pronouns and numbers count as well."""

    def without(self, mask: int) -> Weights:
        """The same, nothing for the characters of the mask."""
        return Weights(*(_without(w, mask) for w in (self.strict, self.lenient, self.full)))


def _without(weights: tuple[float, ...], mask: int) -> tuple[float, ...]:
    return tuple(0.0 if mask >> i & 1 else w for i, w in enumerate(weights))


@dataclass(frozen=True, slots=True)
class Said:
    """What a question says, before it is weighed."""

    text: str
    """The plain question."""
    spoken: str
    """The question with its punctuation and decimal points."""
    exact: tuple[Span, ...]
    """Where it names terms of the document."""
    meanings: tuple[Meaning, ...]
    codes: tuple[Span, ...]
    """Where it gives a code of the document's subjects."""
    tokens: tuple[Span, ...]
    """Its words of several characters that say something."""
    telling: tuple[Span, ...]
    """Its words that change what is asked for: 单价, 实际."""
    digits: frozenset[str]
    """The numbers that the asker wrote in digits."""
    examples: tuple[tuple[Span, ...], ...] = ()
    """Its lists of mere examples, each with its pieces: 油钱、保养、保险这些."""
    hearsay: int = 0
    """The characters that tell what others say of the amount."""

    def without(self, mask: int) -> Said:
        """The same, the characters of the mask taken out of consideration."""
        text = "".join("#" if mask >> i & 1 else char for i, char in enumerate(self.text))
        exact, codes, tokens, telling = (
            tuple(span for span in spans if not span.mask & mask)
            for spans in (self.exact, self.codes, self.tokens, self.telling)
        )
        return replace(self, text=text, exact=exact, codes=codes, tokens=tokens, telling=telling)


class Weighed:
    """A question with its weights; compares texts with it, each text once."""

    def __init__(
        self,
        said: Said,
        every: Weights,
        weights: tuple[float, ...] | None = None,
        compared: _Compared | None = None,
    ) -> None:
        self._said_of = said
        self.text = said.text
        self.spoken = said.spoken
        self.exact = said.exact
        self.meanings = said.meanings
        self.codes = said.codes
        self.tokens = said.tokens
        self.telling = said.telling
        self.digits = said.digits
        self._examples = said.examples
        self._every = every
        self.weights = every.strict if weights is None else weights
        self._compared = compared or _Compared(said)
        self.pairs = self._compared.pairs
        self.pair_set = self._compared.pair_set
        self.total = sum(self.weights)
        self._weighing = [(1 << i, w) for i, w in enumerate(self.weights) if w]
        """The characters that weigh anything, as bits."""
        self._weighty = sum([bit for bit, w in self._weighing if w > GENERIC])
        self._sums: dict[int, float] = {}

    def without(self, mask: int) -> Weighed:
        """The same question with the characters of the mask taken out of consideration."""
        if not mask:
            return self
        weights = _without(self.weights, mask)
        return Weighed(self._said_of.without(mask), self._every.without(mask), weights)

    @property
    def asked(self) -> str:
        """The same without what others say of the amount."""
        hearsay = self._said_of.hearsay
        if not hearsay:
            return self.own
        return "".join("#" if hearsay >> i & 1 else char for i, char in enumerate(self.own))

    @property
    def hearsay(self) -> int:
        """The characters that tell what others say of the amount."""
        return self._said_of.hearsay

    def leniently(self) -> Weighed:
        """The same question, weighed as one that asks for an amount by its name."""
        return Weighed(self._said_of, self._every, self._every.lenient, self._compared)

    def fully(self) -> Weighed:
        """The same question, weighed as one that looks for a text."""
        return Weighed(self._said_of, self._every, self._every.full, self._compared)

    @property
    def own(self) -> str:
        """The question with its terms blanked, so that nothing is read inside a name."""
        return self._compared.own

    def with_examples(self, mask: int) -> int:
        """The mask, with all of a list of examples where it holds most of them."""
        for pieces in self._examples:
            held = sum(1 for piece in pieces if self._mostly_held(piece, mask))
            if 2 * held > len(pieces):
                for piece in pieces:
                    mask |= piece.mask
        return mask

    def _mostly_held(self, piece: Span, mask: int) -> bool:
        """Whether the mask holds what a piece of a list says, or half of it."""
        return 2 * self.weight(piece.mask & mask) >= self.weight(piece.mask) > 0

    def broken(self, mask: int) -> int:
        """How many words the mask holds in part only, as 商务 of which 业务 explains 务.

        A number is held as a whole or not at all.
        """
        return sum(
            1
            for span in self.tokens
            if self.weights[span.start] >= 1
            and (
                span.mask & ~mask
                if self.text[span.start].isdigit()
                else (span.mask & mask).bit_count() == 1
            )
        )

    def terms_outside(self, mask: int) -> int:
        """How many terms of the document the question names and the mask does not hold."""
        return sum(1 for span in self.exact if span.mask & ~mask)

    def mask(self, form: Form) -> int:
        """The characters of the question that the form explains, as bits.

        A term of the document is explained as a whole or not at all.
        """
        found = self._compared.masks.get(form.text)
        return self._compared.mask(form) if found is None else found

    def shares_with(self, form: Form) -> bool:
        """Whether the question says a pair of the form, or means a term that stands in it."""
        if not self.pair_set.isdisjoint(form.pairs):
            return True
        return any(term in form.text for term in self._compared.meant)

    def mask_of_all(self, forms: tuple[Form, ...]) -> int:
        """The characters of the question that any of the forms explains."""
        known = self._compared.masks
        mask = 0
        for form in forms:
            found = known.get(form.text)
            mask |= self._compared.mask(form) if found is None else found
        return mask

    def most_explained(self, pairs: frozenset[str]) -> int:
        """The characters that texts made of these pairs explain at most, as bits.

        They hold whatever weighs little, which is also explained without its pair.
        """
        mask = sum([bit for bit, w in self._weighing if w <= GENERIC])
        for term, said in self._compared.meant.items():
            if all(term[i : i + 2] in pairs for i in range(len(term) - 1)):
                mask |= said
        for pair in self.pair_set & pairs:
            mask |= self._compared.places[pair]
        return mask

    def weight(self, mask: int) -> float:
        """What the characters weigh together."""
        found = self._sums.get(mask)
        if found is None:
            found = self._sums[mask] = sum([w for bit, w in self._weighing if mask & bit])
        return found

    def says_whole(self, form: Form) -> bool:
        """Whether the question says the name itself, and not only as a part of a longer term."""
        return form.text in self.text and any(
            not any(span.mask & ~term.mask == 0 and span != term for term in self.exact)
            for span in occurrences(self.text, form.text)
        )

    def places_in(self, term: str) -> bool:
        """Whether everyday words for the term are a place: 科技那边的, of 科学技术."""
        mask = self._compared.meant.get(term, 0)
        return mask != 0 and self.text[mask.bit_length() :].startswith(_PLACES)

    def words_mask(self, words: tuple[str, ...]) -> int:
        """Where the question says any of the words."""
        found = self._compared.said.get(words)
        if found is None:
            found = 0
            for word in words:
                for span in occurrences(self.text, word):
                    found |= span.mask
            self._compared.said[words] = found
        return found

    def weight_beside(self, mask: int) -> float:
        """What the characters weigh that the mask leaves out and that say more than common ones."""
        return sum([w for bit, w in self._weighing if w > GENERIC and not mask & bit])

    def compare(self, by_pair: _Names, by_term: _Names) -> None:
        """Compares with all names at once that share a pair or a term with the question.

        `by_pair` are pairs of characters, and `by_term` the terms that everyday words mean, to the
        names that hold them, each with its places of them.
        """
        covered: dict[str, int] = {}
        known = covered.get
        for said, names in ((self.pair_set, by_pair), (self._compared.meant, by_term)):
            for one in said:
                for text, places in names.get(one, ()):
                    covered[text] = known(text, 0) | places
        share = self._share
        self._compared.with_all_names = True
        self._compared.shares |= {text: share(text, places) for text, places in covered.items()}

    def share_said(self, form: Form) -> float:
        """The share of a name's characters that the question says, in its words or others."""
        text = form.text
        found = self._compared.shares.get(text)
        if found is None:
            covered = 0
            for pair in self.pair_set & form.pairs:
                covered |= form.places.get(pair, 0)
            for term in self._compared.meant:
                if term in text:
                    for span in occurrences(text, term):
                        covered |= span.mask
            found = self._compared.shares[text] = self._share(text, covered)
        return found

    def most_said(self, names: tuple[Form, ...]) -> float:
        """The largest of the shares of several names that the question says."""
        known, every = self._compared.shares, self._compared.with_all_names
        most = 0.0
        for name in names:
            share = known.get(name.text)
            if share is None:
                if every and len(name.text) > 1:
                    continue  # it shares nothing
                share = self.share_said(name)
            if share > most:
                most = share
        return most

    def _share(self, text: str, covered: int) -> float:
        """The share of a name of which the question says the characters of these places."""
        size = len(text)
        if size <= 1 and text in self.text:  # has no pair by which it could be covered
            return 1.0
        said = covered.bit_count()
        if said == size - 1 and not covered >> said and text.endswith(_OF_A_COST):
            return max(_NAMED_COST, said / size)
        return said / size

    def says_something(self, mask: int) -> bool:
        """Whether the mask holds a character that weighs more than the trade's commonest words."""
        return mask & self._weighty != 0

    def unread(self, mask: int, pairs: Container[str]) -> int:
        """How many words that hold one of the pairs the mask leaves out, wholly or in part."""
        return sum(
            1
            for span in self.tokens
            if span.mask & ~mask
            and self.weights[span.start] >= 1
            and any(self.text[i : i + 2] in pairs for i in range(span.start, span.end - 1))
        )

    def foreign(self, mask: int, printed: Container[str]) -> int:
        """How many words that are nowhere printed the mask leaves out."""
        return sum(
            1
            for span in self.tokens
            if not span.mask & mask
            and self.weights[span.start] >= 1
            and not any(self.text[i : i + 2] in printed for i in range(span.start, span.end - 1))
        )

    def told_otherwise(self, mask: int) -> int:
        """How many words that change what is asked for the mask leaves out."""
        return sum(1 for span in self.telling if span.mask & ~mask)

    def left_over(self, mask: int) -> tuple[str, ...]:
        """The runs of weighty characters that the mask leaves out."""
        if not self._weighty & ~mask:
            return ()
        runs: list[str] = []
        current = ""
        for i, char in enumerate(self.text):
            if self.weights[i] > GENERIC and not mask >> i & 1:
                current += char
            elif current:
                runs.append(current)
                current = ""
        return tuple([*runs, current] if current else runs)


def plain_span(text: str, found: re.Match[str], group: str | int = 0) -> Span:
    """Where the plain question has what was found in its text, or a group of it."""
    start = _plain_length(text[: found.start(group)])
    return Span(start, start + _plain_length(found[group]))


def _plain_length(text: str) -> int:
    """The length of the plain text; its characters are known, the text itself is new."""
    return sum(map(len, map(plain, text)))


def longest_spans(text: str, known: KnownWords) -> tuple[Span, ...]:
    """The longest runs of the question that are known, each beginning where the last ended."""
    spans: list[Span] = []
    reached = 0
    for start in known.begin_in(text):
        size = len(known.longest_at(text, start)) if start >= reached else 0
        if size:
            reached = start + size
            spans.append(Span(start, reached))
    return tuple(spans)


def occurrences(text: str, part: str) -> list[Span]:
    """Where the part stands in the text."""
    found: list[Span] = []
    at = text.find(part) if part else -1
    while at >= 0:
        found.append(Span(at, at + len(part)))
        at = text.find(part, at + 1)
    return found


def longest_run(name: str, text: str, least: int) -> str:
    """The longest run of the name's characters that the text holds, so many at least; or empty."""
    longest = ""
    for start in range(len(name)):
        size = max(len(longest) + 1, least)
        while start + size <= len(name) and name[start : start + size] in text:
            longest = name[start : start + size]
            size += 1
    return longest
