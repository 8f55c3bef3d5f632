"""Builds the service once: encoder, stores, library. The one place that knows all parts."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType

from index import generations
from index.build import SAMPLES, BuildReport, Progress, build
from index.chroma_store import PassageVectors
from index.encoder import Encoder, load_encoder
from index.errors import BudgetIndexError
from index.generations import Generation, Stamp
from index.sqlite_store import BudgetStore, open_readonly
from qa_service.ask import Entering, ask, ranking, unwatched
from qa_service.conversations import Conversations
from qa_service.library import Library
from qa_service.replies import load_replies
from qa_service.settings import Settings
from qa_service.turns import turn_of
from qa_service.types import Answer, Citation, Language, Question, Retrieval
from qa_service.understand.english.glossary import load_english
from qa_service.understand.idle_words import idle_words
from qa_service.understand.vocabulary import Vocabulary, load_vocabulary
from qa_service.words import warm_up

_KEPT_OPEN = 2
_CHECKED = 8
"""So many documents are made ready at once and held against the vocabulary."""

log = logging.getLogger(__name__)


class _Opened:
    """One generation of the index, open and held until it is closed."""

    def __init__(self, root: Path, encoder: Encoder, vocabulary: Vocabulary) -> None:
        with ExitStack() as stack:
            self.generation = stack.enter_context(generations.held_current(root))
            generations.check_readable(self.generation, encoder.identity)
            store = BudgetStore(open_readonly(self.generation.sqlite))
            stack.callback(store.close)
            vectors = PassageVectors(self.generation.chroma, encoder)
            stack.callback(vectors.close)
            self.library = Library(store, vectors, self.generation.pieces, encoder, vocabulary)
            ready = [self.library.ready(d.id).lexicon for d in self.library.documents[:_CHECKED]]
            idle = idle_words(vocabulary, ready)
            if idle:
                log.info(
                    "%d of %d entries of prompts/synonyms.yaml mean nothing that is indexed",
                    len(idle),
                    len(vocabulary.synonyms),
                )
                words = "、".join("/".join(synonym.mean) for synonym in idle)
                log.debug("entries that mean nothing that is indexed: %s", words)
            self._held = stack.pop_all()

    def close(self) -> None:
        """Gives the generation back."""
        self._held.close()


class Service:
    """The open service. A new index that a build publishes is taken up at the next question."""

    def __init__(self, settings: Settings, encoder: Encoder, vocabulary: Vocabulary) -> None:
        self._root = settings.index_dir
        self._encoder = encoder
        self._vocabulary = vocabulary
        self._lock = Lock()
        self._turns = Conversations()
        self._refused: Generation | None = None
        self._stamp: Stamp | None = None
        """Of the pointer to the generation that was last looked at; None where it is to be read."""
        self._opened = [_Opened(self._root, encoder, vocabulary)]

    @property
    def store(self) -> BudgetStore:
        """The store of the current index."""
        return self.library.store

    @property
    def library(self) -> Library:
        """The library of the current index.

        The one before stays open for questions that are still being answered.
        """
        stamp = generations.stamp(self._root)
        if stamp is not None and stamp == self._stamp:
            return self._opened[-1].library
        try:
            latest = generations.current(self._root)
            if latest not in (self._opened[-1].generation, self._refused):
                with self._lock:
                    self._take_up(latest)
            self._stamp = stamp
        except BudgetIndexError as problem:
            log.warning("the index in use stays in use: %s", type(problem).__name__)
        return self._opened[-1].library

    def _take_up(self, latest: Generation) -> None:
        """Opens the generation, once; one that cannot be opened is not tried again."""
        if latest == self._opened[-1].generation:
            return
        self._refused = latest
        self._opened.append(_Opened(self._root, self._encoder, self._vocabulary))
        self._refused = None
        while len(self._opened) > _KEPT_OPEN:
            self._opened.pop(0).close()

    def ask(self, question: Question, entering: Entering = unwatched) -> Answer:
        """The answer to the question, which may lean on the last one of its conversation.

        What `entering` raises ends the work, and the conversation stays as it was.
        """
        library = self.library
        last = self._turns.get(question.conversation_id)
        answer = ask(question, library, self._vocabulary, last, entering)
        self._turns.put(answer.conversation_id, turn_of(answer, library, last) or last)
        return answer

    def ranking(self, question: Question, by: Retrieval = Retrieval.HYBRID) -> tuple[Citation, ...]:
        """The passages that retrieval ranks first, whether or not one of them answers."""
        return ranking(question, self.library, self._vocabulary, by)

    def close(self) -> None:
        """Gives the index back."""
        while self._opened:
            self._opened.pop().close()

    def __enter__(self) -> Service:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_service(settings: Settings) -> Service:
    """The service over the index of the settings.

    Raises IndexMissing, IndexOutdated, EncoderError or SettingError, each with
    what to do.
    """
    generations.current(settings.index_dir)
    vocabulary = load_vocabulary()
    load_english()
    for language in Language:
        load_replies(language)
    warming = Thread(target=warm_up, daemon=True)
    warming.start()
    encoder = load_encoder(settings.encoder)
    service = Service(settings, encoder, vocabulary)
    warming.join()
    return service


@contextmanager
def open_store(settings: Settings) -> Iterator[BudgetStore]:
    """The tables and texts of the index alone, without an encoder.

    Raises IndexMissing or IndexOutdated.
    """
    with generations.held_current(settings.index_dir) as generation:
        generations.check_readable(generation, generation.manifest().encoder)
        store = BudgetStore(open_readonly(generation.sqlite))
        try:
            yield store
        finally:
            store.close()


def sample_names() -> tuple[str, ...]:
    """The names of the shipped documents."""
    return tuple(sorted(path.stem for path in SAMPLES.glob("*.txt")))


def build_index(
    settings: Settings,
    paths: Sequence[Path],
    progress: Progress,
    *,
    fresh: bool = False,
    reencode: bool = False,
) -> BuildReport:
    """Builds the index of the settings from the files; from the shipped samples without any."""
    encoder = load_encoder(settings.encoder)
    sources = paths or ([] if reencode else [SAMPLES])
    return build(sources, settings.index_dir, encoder, progress, fresh=fresh, reencode=reencode)
