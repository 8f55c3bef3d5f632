"""Questions to better vectors: each finds its passage, and the passage's best clause.

The other passages of a batch, and those of the same document that come nearest to the question,
are what it must not find. Pairs of `tuning` are mixed in, so that what they taught is kept.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from index.clauses import clauses
from index.train_encoder.questions import Asked
from index.train_encoder.reading import Pair
from index.train_encoder.tuning import Composed, embed_bags, fallen_apart, spelled_out, usable_pairs
from index.train_encoder.units import Ids, token_ids

log = logging.getLogger(__name__)

EPOCHS = 10
BATCH = 256
SCALE = 20.0
PAIR_SCALE = 10.0
LEARNING_RATE = 3e-3
NEGATIVES = 4
"""So many passages of the same document are held against each question."""
NEAREST = 6
"""They are drawn from so many that come nearest."""
DROPPED = 0.2
"""Share of the words of a question that it must be understood without."""
SHORTEST = 4
"""A question of fewer words keeps them all."""
OF_CLAUSES, OF_PAIRS = 0.5, 0.3
"""What finding the clause, and the pairs of `tuning`, count beside finding the passage."""
NEVER = -1e4


@dataclass(frozen=True)
class _Bags:
    """Questions, passages and clauses as the ids of their pieces."""

    questions: list[Ids]
    answers: Ids
    """The number of each question's passage."""
    passages: list[Ids]
    clauses: list[Ids]
    clauses_of: dict[int, list[int]]
    beside: dict[int, list[int]]
    """The other passages of each passage's document."""


def tune_on_questions(
    model: Composed, tokenizer: Tokenizer, asked: Sequence[Asked], pairs: Sequence[Pair], seed: int
) -> None:
    """Multiple-negatives ranking of passages and clauses for each question, in place.

    Raises ValueError for fewer questions or pairs, of those with pieces, than one step takes.
    """
    rng = np.random.default_rng(seed)
    bags = _bags(tokenizer, asked)
    spelled = spelled_out(tokenizer)
    lefts, rights, usable = usable_pairs(tokenizer, pairs)
    for kind, count in (("questions", len(bags.questions)), ("pairs", len(usable))):
        if count < BATCH:
            raise ValueError(f"one step of tuning takes {BATCH} {kind}, and there are {count}")
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    steps = EPOCHS * (len(bags.questions) // BATCH)
    scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, total_iters=steps)
    for epoch in range(EPOCHS):
        best, nearest = _as_now(model, bags)
        order = rng.permutation(len(bags.questions))
        losses = []
        for at in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[at : at + BATCH]
            table = model.rows()

            def embed(texts: Sequence[Ids], table: torch.Tensor = table) -> torch.Tensor:
                return embed_bags(table, [fallen_apart(one, spelled, rng) for one in texts])

            asking = embed([_without_some(bags.questions[k], rng) for k in chosen])
            loss = _finding_passages(asking, chosen, bags, nearest, embed, rng)
            loss = loss + OF_CLAUSES * _finding_clauses(asking, chosen, bags, best, embed)
            some = rng.choice(usable, size=BATCH, replace=False)
            scores = (
                PAIR_SCALE * embed([lefts[k] for k in some]) @ embed([rights[k] for k in some]).T
            )
            loss = loss + OF_PAIRS * functional.cross_entropy(scores, torch.arange(BATCH))
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            scheduler.step()
            losses.append(loss.item())
        log.info("questions, epoch %d: loss %.3f", epoch + 1, np.mean(losses))


def _bags(tokenizer: Tokenizer, asked: Sequence[Asked]) -> _Bags:
    numbers = {
        key: n for n, key in enumerate(dict.fromkeys((a.document, a.passage) for a in asked))
    }
    title = {(a.document, a.passage): (a.about, a.text) for a in asked}
    texts: list[str] = []
    clauses_of: dict[int, list[int]] = defaultdict(list)
    for key, number in numbers.items():
        about, text = title[key]
        for clause in clauses(text) or (text,):
            clauses_of[number].append(len(texts))
            texts.append(about + clause)
    of_document: dict[str, list[int]] = defaultdict(list)
    for (document, _), number in numbers.items():
        of_document[document].append(number)
    questions = token_ids(tokenizer, [one.question.lower() for one in asked])
    kept = [k for k in range(len(asked)) if len(questions[k])]
    return _Bags(
        [questions[k] for k in kept],
        np.asarray([numbers[asked[k].document, asked[k].passage] for k in kept]),
        token_ids(tokenizer, [passage.lower() for _, passage in numbers]),
        token_ids(tokenizer, [text.lower() for text in texts]),
        dict(clauses_of),
        {n: [o for o in of_document[d] if o != n] for (d, _), n in numbers.items()},
    )


def _as_now(model: Composed, bags: _Bags) -> tuple[Ids, list[Ids]]:
    """Each question's best clause, and the passages of its document that come nearest to it."""
    with torch.no_grad():
        table = model.rows()
        questions = embed_bags(table, bags.questions).numpy()
        passages = embed_bags(table, bags.passages).numpy()
        pieces = embed_bags(table, bags.clauses).numpy()
    best: list[int] = []
    nearest: list[Ids] = []
    for vector, answer in zip(questions, bags.answers, strict=True):
        own = bags.clauses_of[int(answer)]
        best.append(own[int(np.argmax(pieces[own] @ vector))])
        others = np.asarray(bags.beside[int(answer)], dtype=np.int64)
        order = np.argsort(-(passages[others] @ vector), kind="stable")[:NEAREST]
        nearest.append(others[order])
    return np.asarray(best), nearest


def _without_some(ids: Ids, rng: np.random.Generator) -> Ids:
    if len(ids) < SHORTEST:
        return ids
    kept = rng.random(len(ids)) >= DROPPED
    return ids[kept] if kept.any() else ids


def _finding_passages(
    asking: torch.Tensor,
    chosen: Ids,
    bags: _Bags,
    nearest: Sequence[Ids],
    embed: Callable[[Sequence[Ids]], torch.Tensor],
    rng: np.random.Generator,
) -> torch.Tensor:
    answers = bags.answers[chosen]
    against = [
        rng.choice(nearest[k], size=min(NEGATIVES, len(nearest[k])), replace=False)
        for k in chosen
        if len(nearest[k])
    ]
    held, place = np.unique(np.concatenate([answers, *against]), return_inverse=True)
    scores = SCALE * asking @ embed([bags.passages[n] for n in held]).T
    return functional.cross_entropy(scores, torch.from_numpy(place[: len(chosen)]))


def _finding_clauses(
    asking: torch.Tensor,
    chosen: Ids,
    bags: _Bags,
    best: Ids,
    embed: Callable[[Sequence[Ids]], torch.Tensor],
) -> torch.Tensor:
    answers = bags.answers[chosen]
    same = answers[:, None] == answers[None, :]
    np.fill_diagonal(same, val=False)
    scores = SCALE * asking @ embed([bags.clauses[best[k]] for k in chosen]).T
    scores = scores.masked_fill(torch.from_numpy(same), NEVER)
    return functional.cross_entropy(scores, torch.arange(len(chosen)))
