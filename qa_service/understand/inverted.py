"""Which rows and names of a document hold a pair of characters or a term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from qa_service.understand.entries import Form, RowEntry
from qa_service.understand.vocabulary import Vocabulary


def rows_meant(rows: dict[str, RowEntry], vocabulary: Vocabulary) -> dict[str, frozenset[int]]:
    """The terms that everyday words mean to the places of the rows whose label holds them."""
    by_label: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(rows.values()):
        by_label[entry.label.text].append(place)
    found: dict[str, frozenset[int]] = {}
    for term in (term for term in vocabulary.meant if len(term) > 1):
        holding = [places for label, places in by_label.items() if term in label]
        if holding:
            found[term] = frozenset(place for places in holding for place in places)
    return found


def names_meant(
    by_pair: dict[str, tuple[tuple[str, int], ...]],
    rows: dict[str, RowEntry],
    vocabulary: Vocabulary,
) -> dict[str, tuple[tuple[str, int], ...]]:
    """The terms that everyday words mean to the names that hold them, each with its places."""
    every = dict.fromkeys(name.text for entry in rows.values() for name in entry.names)
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for term in vocabulary.meant:
        begun = [name for name, _ in by_pair.get(term[:2], ())] if len(term) > 1 else every
        held = [(name, _places(name, term)) for name in begun if term in name]
        if held:
            found[term] = tuple(held)
    return found


def _places(name: str, term: str) -> int:
    """Where the name holds the term, as bits of its characters."""
    mask, at = 0, name.find(term)
    while at >= 0:
        mask |= ((1 << len(term)) - 1) << at
        at = name.find(term, at + 1)
    return mask


def places_by_pair(names: Iterable[Form]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Pairs of characters to the names that hold them, each with its places of the pair."""
    lists: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for text, places in {name.text: name.places for name in names}.items():
        for pair, mask in places.items():
            lists[pair].append((text, mask))
    return {pair: tuple(held) for pair, held in lists.items()}


def inverted(forms: Iterable[Form | None]) -> dict[str, frozenset[int]]:
    """Pairs of characters to the places of the forms that hold them."""
    lists: dict[str, set[int]] = defaultdict(set)
    for place, form in enumerate(forms):
        for pair in form.pairs if form else ():
            lists[pair].add(place)
    return {pair: frozenset(places) for pair, places in lists.items()}
