"""Builds the service once: encoder, stores, library. The one place that knows all parts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType

from index import generations
from index.build import SAMPLES, BuildReport, Progress, build
from index.chroma_store import PassageVectors
from index.encoder import Encoder, load_encoder
from index.generations import Generation
from index.sqlite_store import BudgetStore, open_readonly
from qa_service.ask import ask
from qa_service.library import Library
from qa_service.replies import load_replies
from qa_service.settings import Settings
from qa_service.types import Answer, Language, Question
from qa_service.understand.vocabulary import Vocabulary, load_vocabulary
from qa_service.words import warm_up


class Service:
    """The open service. A new index that a build publishes is taken up at the next question."""

    def __init__(self, settings: Settings, encoder: Encoder, vocabulary: Vocabulary) -> None:
        self._root = settings.index_dir
        self._encoder = encoder
        self._vocabulary = vocabulary
        self._lock = Lock()
        self._held = ExitStack()
        self._generation, self._library = self._open()

    @property
    def store(self) -> BudgetStore:
        """The store of the current index."""
        return self.library.store

    @property
    def library(self) -> Library:
        """The library of the current index."""
        latest = generations.current(self._root)
        if latest != self._generation:
            with self._lock:
                if latest != self._generation:
                    self._generation, self._library = self._open()
        return self._library

    def ask(self, question: Question) -> Answer:
        """The answer to the question."""
        return ask(question, self.library, self._vocabulary)

    def close(self) -> None:
        """Gives the index back."""
        self._library.store.close()
        self._held.close()

    def __enter__(self) -> Service:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _open(self) -> tuple[Generation, Library]:
        generation = generations.current(self._root)
        generations.check_readable(generation, self._encoder.identity)
        self._held.enter_context(generations.held(generation))
        store = BudgetStore(open_readonly(generation.sqlite))
        vectors = PassageVectors(generation.chroma, self._encoder)
        library = Library(store, vectors, self._encoder, self._vocabulary)
        for document in library.documents[:1]:
            library.ready(document.id)
        return generation, library


def open_service(settings: Settings) -> Service:
    """The service over the index of the settings.

    Raises IndexMissing, IndexOutdated, EncoderError or SettingError, each with
    what to do.
    """
    generations.current(settings.index_dir)
    vocabulary = load_vocabulary()
    for language in Language:
        load_replies(language)
    warming = Thread(target=warm_up, daemon=True)
    warming.start()
    encoder = load_encoder(settings.encoder)
    service = Service(settings, encoder, vocabulary)
    warming.join()
    return service


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
