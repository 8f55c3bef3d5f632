"""The shipped sample, read once, and its index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import generations
from index.build import SAMPLES
from index.encoder import Encoder, load_encoder
from index.records import BudgetDocument
from index.sqlite_store import BudgetStore, open_readonly
from qa_service.settings import Settings


@pytest.fixture(scope="session")
def sample_file() -> Path:
    """The document that a fresh clone answers about."""
    (path,) = SAMPLES.glob("*.txt")
    return path


@pytest.fixture(scope="session")
def store(sample_settings: Settings) -> Iterator[BudgetStore]:
    """The built index of the sample, read-only."""
    opened = BudgetStore(open_readonly(generations.current(sample_settings.index_dir).sqlite))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample(store: BudgetStore) -> BudgetDocument:
    """The sample as the index gives it back."""
    (listed,) = store.documents()
    document = store.document(listed.id)
    assert document is not None
    return document


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The shipped encoder."""
    return load_encoder()
