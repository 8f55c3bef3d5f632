"""Which Chinese words the names of a phrase stand for: those that the document prints together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.labels import plain
from index.records import PassageKind
from qa_service.understand.english.glossary import Name
from qa_service.understand.lexicon import Lexicon

_IN_GOAL = 0.6
"""What a word counts that stands in the goal of a project and not in its name."""
_SOFT = 0.05
_SHARE = 0.1
"""What it counts that the words are the whole of the printed name."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """A name that the document prints, and the goal that it prints beside it."""

    name: str
    goal: str


_NOTHING = _Printed("", "")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A name of the question, with what it may mean as labels are compared."""

    name: Name
    means: tuple[str, ...]


def choose(names: Sequence[Name], lexicon: Lexicon | None, *, duty: bool = False) -> list[str]:
    """The Chinese words of each name; empty for a soft one that the document does not ask for.

    A general word that the document nowhere prints stays in English. Without a document, each
    name means what stands first in the glossary.
    """
    if lexicon is None:
        return ["" if name.soft else name.means[0] for name in names]
    wanted = [_Wanted(name, tuple(map(plain, name.means))) for name in names]
    fit, best = 0.0, _NOTHING
    if any(len(name.means) > 1 or name.soft for name in names):
        for printed in _duties(lexicon) if duty else _printed(lexicon):
            found = _fit(wanted, printed)
            if found > fit:
                fit, best = found, printed
    return [_meant(one, best if fit >= _IN_GOAL else _NOTHING, lexicon) for one in wanted]


def _printed(lexicon: Lexicon) -> Iterator[_Printed]:
    for entry in lexicon.rows.values():
        yield _Printed(entry.label.text, entry.goal.text if entry.goal else "")
    for fact in lexicon.facts:
        yield _Printed(fact.subject.text, "")


def _duties(lexicon: Lexicon) -> Iterator[_Printed]:
    for passage in lexicon.document.passages:
        if passage.kind is PassageKind.DUTY:
            yield _Printed(plain(passage.text), "")


def _fit(wanted: Sequence[_Wanted], printed: _Printed) -> float:
    """How many of the names the printed one holds, and how much of it they are."""
    count, held = 0.0, 0
    for one in wanted:
        longest = max((len(m) for m in one.means if m in printed.name), default=0)
        held += longest
        if longest:
            count += _SOFT if one.name.soft else 1.0
        elif not one.name.soft and any(m in printed.goal for m in one.means):
            count += _IN_GOAL
    return count + _SHARE * min(held / max(len(printed.name), 1), 1.0) if count else 0.0


def _meant(one: _Wanted, best: _Printed, lexicon: Lexicon) -> str:
    """The Chinese words of a name beside the printed one that fits best."""
    choices = list(zip(one.name.means, one.means, strict=True))
    for text in (best.name, best.goal):
        said = [means for means, bare in choices if bare in text]
        if said:
            return max(said, key=len)
        if one.name.soft:
            return ""
    known = (means for means, bare in choices if _is_printed(bare, lexicon))
    return next(known, one.name.said if one.name.general else one.name.means[0])


def _is_printed(text: str, lexicon: Lexicon) -> bool:
    return all(text[i : i + 2] in lexicon.spoken for i in range(len(text) - 1))
