"""Questions to a better student: each finds its passage, and the passage's best clause.

What a question must not find are the other passages of the batch, and those of its document that
come nearest to it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertModel

from index.clauses import clauses
from index.train_encoder.questions import Asked
from index.train_encoder.student import LEARNED_FROM, ids_of, read
from index.train_encoder.units import Ids, Matrix

log = logging.getLogger(__name__)

EPOCHS = 5
BATCH = 64
LEARNING_RATE = 1.5e-4
SCALE = 20.0
NEAREST, HELD_AGAINST = 8, 1
"""Of so many passages that come nearest, so many are held against each question."""
OF_CLAUSES = 0.5
"""What finding the clause counts beside finding the passage."""
WARM_UP = 100
READ_AT_ONCE = 256
NEVER = -1e4


@dataclass(frozen=True)
class _Known:
    """Questions, passages and clauses as the student reads them, and what belongs to what."""

    questions: list[Ids]
    passages: list[Ids]
    clauses: list[Ids]
    answers: Ids
    """The number of each question's passage."""
    clauses_of: dict[int, list[int]]
    beside: dict[int, Ids]
    """The other passages of each passage's document."""


def tune_student(model: BertModel, tokenizer: Tokenizer, asked: Sequence[Asked], seed: int) -> None:
    """Multiple-negatives ranking of passages and clauses for each question, in place."""
    rng = np.random.default_rng(seed)
    known = _known(tokenizer, asked)
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=0.01)
    steps = EPOCHS * (len(known.questions) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    for epoch in range(EPOCHS):
        best, nearest = _as_now(model, known)
        order = rng.permutation(len(known.questions))
        losses: list[float] = []
        model.train()
        for at in range(0, len(order) - BATCH + 1, BATCH):
            loss = _loss(model, known, order[at : at + BATCH], best, nearest, rng)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            rate.step()
            losses.append(loss.item())
        model.train(mode=False)
        log.info("student on questions, epoch %d: loss %.3f", epoch + 1, np.mean(losses))


def _known(tokenizer: Tokenizer, asked: Sequence[Asked]) -> _Known:
    held = {(one.document, one.passage): one for one in asked}
    numbers = {key: number for number, key in enumerate(held)}
    pieces: list[str] = []
    clauses_of: dict[int, list[int]] = defaultdict(list)
    of_document: dict[str, list[int]] = defaultdict(list)
    for key, number in numbers.items():
        of_document[key[0]].append(number)
        for clause in clauses(held[key].text) or (held[key].text,):
            clauses_of[number].append(len(pieces))
            pieces.append(held[key].about + clause)
    return _Known(
        ids_of(tokenizer, [one.question for one in asked], LEARNED_FROM),
        ids_of(tokenizer, [passage for _, passage in numbers], LEARNED_FROM),
        ids_of(tokenizer, pieces, LEARNED_FROM),
        np.asarray([numbers[one.document, one.passage] for one in asked]),
        dict(clauses_of),
        {
            number: np.asarray([other for other in of_document[document] if other != number])
            for (document, _), number in numbers.items()
        },
    )


def _loss(
    model: BertModel,
    known: _Known,
    chosen: Ids,
    best: Ids,
    nearest: Sequence[Ids],
    rng: np.random.Generator,
) -> torch.Tensor:
    answers = known.answers[chosen]
    against = [
        rng.choice(nearest[k], size=min(HELD_AGAINST, len(nearest[k])), replace=False)
        for k in chosen
        if len(nearest[k])
    ]
    held, place = np.unique(np.concatenate([answers, *against]), return_inverse=True)
    asking = _vectors(model, [known.questions[k] for k in chosen])
    found = SCALE * asking @ _vectors(model, [known.passages[n] for n in held]).T
    loss = functional.cross_entropy(found, torch.from_numpy(place[: len(chosen)]))
    same = answers[:, None] == answers[None, :]
    np.fill_diagonal(same, val=False)
    scores = SCALE * asking @ _vectors(model, [known.clauses[n] for n in best[chosen]]).T
    scores = scores.masked_fill(torch.from_numpy(same), NEVER)
    return loss + OF_CLAUSES * functional.cross_entropy(scores, torch.arange(len(chosen)))


def _vectors(model: BertModel, rows: Sequence[Ids]) -> torch.Tensor:
    """The student's vectors of some texts; those about equally long are read together."""
    order = np.argsort([len(row) for row in rows], kind="stable")
    half = (len(order) + 1) // 2
    parts = [read(model, [rows[k] for k in part]) for part in (order[:half], order[half:])]
    back = torch.from_numpy(np.argsort(order, kind="stable"))
    return functional.normalize(torch.cat(parts)[back])


def _as_now(model: BertModel, known: _Known) -> tuple[Ids, list[Ids]]:
    """Each question's best clause, and the passages of its document that come nearest to it."""
    questions, passages, pieces = (
        _all(model, rows) for rows in (known.questions, known.passages, known.clauses)
    )
    best: list[int] = []
    nearest: list[Ids] = []
    for vector, answer in zip(questions, known.answers, strict=True):
        own = known.clauses_of[int(answer)]
        best.append(own[int(np.argmax(pieces[own] @ vector))])
        others = known.beside[int(answer)]
        order = np.argsort(-(passages[others] @ vector), kind="stable")[:NEAREST]
        nearest.append(others[order])
    return np.asarray(best), nearest


def _all(model: BertModel, rows: Sequence[Ids]) -> Matrix:
    order = np.argsort([len(row) for row in rows], kind="stable")
    found = np.zeros((len(rows), model.config.hidden_size), dtype=np.float32)
    with torch.inference_mode():
        for at in range(0, len(order), READ_AT_ONCE):
            some = order[at : at + READ_AT_ONCE]
            found[some] = functional.normalize(read(model, [rows[k] for k in some])).numpy()
    return found
