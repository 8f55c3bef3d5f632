"""How a question is held against a passage piece by piece.

    python -m index.train_encoder.piece_tuning --texts DIR --model index/encoder [--seed 0]

adds what it learns to a model of both halves, whose vectors stay what they were. What the half of
order says of a piece is cut down to 96 numbers, and each piece of a question finds the one of a
passage that comes nearest; the mean of these, by what each piece counts in questions, is how far
the passage meets the question. Each question finds its passage among those of its document: those
that come nearest to it by their vectors, and others at random.
"""

from __future__ import annotations

import argparse
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from index.reading_model import COUNTS, MATCHING, MATCHING_BIAS, ReadingModel, save_weights
from index.train_encoder.questions import QUESTIONS, Asked, read_questions, sort_of
from index.train_encoder.reading import Document
from index.train_encoder.units import Ids, Matrix

log = logging.getLogger(__name__)

SIZE = 96
EPOCHS, AT_ONCE = 3, 16
MOST_PASSAGES, SHORTEST = 160, 12
"""So many passages of a document are read, and those of so many characters."""
NEAREST, HELD_AGAINST, OTHERS = 8, 3, 12
"""Of so many passages that come nearest, so many are held against each question, with others."""
MOST_HELD = 28
RATE_OF_MATCHING, RATE_OF_COUNTS, RATE_OF_SCALE = 1e-3, 1e-2, 0.05
LAST_RATE = 0.03
SCALE = 20.0
LEAST_COUNT = 0.05
ALIKE = 0.97
"""Passages with vectors so near to each other say the same; none of them is held against it."""
NEVER = -1e4


@dataclass(frozen=True)
class _Text:
    ids: Ids
    states: Matrix
    """What the last layer says of each piece, in 16 bits."""


@dataclass(frozen=True)
class _Read:
    """One document as the model reads it."""

    passages: list[_Text]
    questions: list[_Text]
    answers: Ids
    """The number of each question's passage."""
    whole: Matrix
    """The vectors of the passages."""
    asking: Matrix
    """The vectors of the questions."""


def main() -> None:
    """Learns from the documents that are not held out, and adds what it learned to the model."""
    from index.train_encoder.__main__ import SAMPLES, split  # it calls what is here
    from index.train_encoder.reading import departments_of, read_documents

    parser = argparse.ArgumentParser(prog="python -m index.train_encoder.piece_tuning")
    parser.add_argument("--texts", type=Path, required=True, help="folder of *.txt.gz")
    parser.add_argument("--model", type=Path, required=True, help="folder of the model")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    training, _ = split(read_documents(options.texts, departments_of(SAMPLES)), options.seed)
    add_pieces(options.model, training, read_questions(QUESTIONS, training), options.seed)


def add_pieces(
    folder: Path, documents: Sequence[Document], asked: Sequence[Asked], seed: int
) -> None:
    """Learns how the pieces of the folder's model are matched, and writes it beside the rest."""
    torch.manual_seed(seed)
    model = ReadingModel(folder)
    rng = np.random.default_rng(seed)
    read = list(_read_all(model, documents, asked, rng))
    log.info(
        "%d passages, %d questions",
        *(
            sum(map(len, c))
            for c in zip(*((one.passages, one.questions) for one in read), strict=True)
        ),
    )
    matching = _Matching(*_start(read, model.known))
    _tune(matching, read, rng)
    save_weights(matching.weights(), folder, added=True)


class _Matching(torch.nn.Module):
    def __init__(self, weight: Matrix, bias: Matrix, counts: Matrix) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.from_numpy(weight))
        self.bias = torch.nn.Parameter(torch.from_numpy(bias))
        self.raw_counts = torch.nn.Parameter(torch.from_numpy(np.log(np.expm1(counts))))
        self.scale = torch.nn.Parameter(torch.tensor(SCALE))

    def forward(self, questions: Sequence[_Text], passages: Sequence[_Text]) -> torch.Tensor:
        """How far each passage meets each question, -1 to 1."""
        asking, asked = self._padded(questions)
        telling, told = self._padded(passages)
        near = torch.einsum("qid,pjd->qpij", asking, telling)
        best = near.masked_fill(~told[None, :, None, :], -1).max(-1).values
        ids = torch.zeros(asked.shape, dtype=torch.long)
        for row, text in zip(ids, questions, strict=True):
            row[: len(text.ids)] = torch.from_numpy(text.ids)
        counts = functional.softplus(self.raw_counts)[ids] * asked
        found: torch.Tensor = (best * counts[:, None, :]).sum(-1) / counts.sum(-1, keepdim=True)
        return found

    def _padded(self, texts: Sequence[_Text]) -> tuple[torch.Tensor, torch.Tensor]:
        longest = max(len(text.ids) for text in texts)
        states = torch.zeros(len(texts), longest, self.weight.shape[1])
        held = torch.zeros(len(texts), longest, dtype=torch.bool)
        for number, text in enumerate(texts):
            states[number, : len(text.ids)] = torch.from_numpy(text.states.astype(np.float32))
            held[number, : len(text.ids)] = True
        return functional.normalize(states @ self.weight.T + self.bias, dim=-1), held

    def weights(self) -> dict[str, Matrix]:
        """By the names that `ReadingModel` reads."""
        counts = functional.softplus(self.raw_counts)
        return {
            MATCHING: self.weight.detach().numpy(),
            MATCHING_BIAS: self.bias.detach().numpy(),
            COUNTS: counts.detach().numpy(),
        }


def _read_all(
    model: ReadingModel,
    documents: Sequence[Document],
    asked: Sequence[Asked],
    rng: np.random.Generator,
) -> Sequence[_Read]:
    own: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        own[one.document].append(one)
    return [_read(model, d, own[d.name], rng) for d in documents if own[d.name]]


def _read(
    model: ReadingModel, document: Document, asked: Sequence[Asked], rng: np.random.Generator
) -> _Read:
    answers = dict.fromkeys(one.passage for one in asked)
    known = {one.text for one in asked}
    others = [p for p in document.paragraphs if len(p) >= SHORTEST and p not in known]
    room = max(0, MOST_PASSAGES - len(answers))
    chosen = [others[i] for i in rng.permutation(len(others))[:room]]
    texts = [*answers, *(f"{sort_of(text)}:{text}" for text in chosen)]
    numbers = {text: number for number, text in enumerate(texts)}
    return _Read(
        [_text(model, text) for text in texts],
        [_text(model, one.question) for one in asked],
        np.asarray([numbers[one.passage] for one in asked]),
        model.run(texts),
        model.run([one.question for one in asked]),
    )


def _text(model: ReadingModel, text: str) -> _Text:
    ids, states = model.states(text)
    kept = states[1:-1] if ids else states
    return _Text(np.asarray(ids or [model.shape.end]), kept.astype(np.float16))


def _start(read: Sequence[_Read], known: int) -> tuple[Matrix, Matrix, Matrix]:
    """The directions in which states differ most; rare pieces of questions count most."""
    some = np.concatenate(
        [text.states[::3].astype(np.float32) for one in read for text in one.passages[::9]]
    )
    middle = some.mean(axis=0)
    _, _, directions = np.linalg.svd(some - middle, full_matrices=False)
    weight = np.ascontiguousarray(directions[:SIZE])
    held = np.zeros(known)
    asked = 0
    for one in read:
        for text in one.questions:
            held[np.unique(text.ids)] += 1
            asked += 1
    rarity = np.log((asked + 1) / (held + 1))
    counts = np.clip(rarity / rarity.max(), LEAST_COUNT, 1).astype(np.float32)
    return weight, -(weight @ middle), counts


def _tune(matching: _Matching, read: Sequence[_Read], rng: np.random.Generator) -> None:
    rates = (RATE_OF_MATCHING, RATE_OF_COUNTS, RATE_OF_SCALE)
    parts = ([matching.weight, matching.bias], [matching.raw_counts], [matching.scale])
    optimizer = torch.optim.Adam(
        [{"params": part, "lr": rate} for part, rate in zip(parts, rates, strict=True)]
    )
    jobs = [(one, start) for one in read for start in range(0, len(one.questions), AT_ONCE)]
    steps = EPOCHS * len(jobs)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: max(LAST_RATE, 1 - step / steps)
    )
    for epoch in range(EPOCHS):
        mixed = {id(one): rng.permutation(len(one.questions)) for one in read}
        losses: list[float] = []
        for number in rng.permutation(len(jobs)):
            one, start = jobs[number]
            loss = _loss(matching, one, mixed[id(one)][start : start + AT_ONCE], rng)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            rate.step()
            losses.append(loss.item())
        log.info("pieces of questions, epoch %d: loss %.3f", epoch + 1, np.mean(losses))


def _loss(matching: _Matching, one: _Read, chosen: Ids, rng: np.random.Generator) -> torch.Tensor:
    answers = one.answers[chosen]
    order = np.argsort(-(one.asking[chosen] @ one.whole.T), axis=1)[:, :NEAREST]
    near = [int(n) for row in order for n in rng.permutation(row)[:HELD_AGAINST]]
    others = rng.permutation(len(one.passages))[:OTHERS]
    kept = list(dict.fromkeys([*answers, *rng.permutation(near)[:MOST_HELD], *others]))
    place = np.asarray([kept.index(answer) for answer in answers])
    found = matching([one.questions[k] for k in chosen], [one.passages[k] for k in kept])
    same = one.whole[answers] @ one.whole[kept].T > ALIKE
    same[np.arange(len(place)), place] = False
    scores = (matching.scale * found).masked_fill(torch.from_numpy(same), NEVER)
    return functional.cross_entropy(scores, torch.from_numpy(place))


if __name__ == "__main__":
    main()
