"""The tree of errors. Every error of this project is a `BudgetQaError`.

    BudgetQaError
    ├── BudgetIndexError
    │   ├── DocumentError      a file that is no readable budget: which file, where, why
    │   ├── EncoderError       a sentence model that cannot be loaded
    │   ├── IndexMissing       nothing has been indexed yet
    │   ├── IndexDamaged       an index of which a part is missing or unreadable
    │   ├── IndexOutdated      an index of another schema version or encoder
    │   ├── QueryTooSlow       a query that was broken off at its time limit
    │   └── BuildBusy          another build holds the index
    └── ServiceError           see `qa_service/errors.py`

A message says what was expected, what came, where, and what to do.
"""

from __future__ import annotations

import errno
from pathlib import Path


class BudgetQaError(Exception):
    """Base of all errors that this project raises on purpose."""


class BudgetIndexError(BudgetQaError):
    """Something is wrong with a document, an encoder or the index."""


class DocumentError(BudgetIndexError):
    """A file that cannot become a budget document.

    Carries the file, the page or line where reading failed (None when it is
    the whole file) and the reason, in words for the person who gave the file.
    """

    def __init__(
        self, path: Path, reason: str, *, page: int | None = None, line: int | None = None
    ) -> None:
        self.path, self.reason, self.page, self.line = path, reason, page, line
        where = "".join(
            [
                f"，第{page}页" if page is not None else "",
                f"，第{line}行" if line is not None else "",
            ]
        )
        super().__init__(f"{path.name}{where}：{reason}")


def why_unreadable(problem: OSError) -> str:
    """The reason why a file could not be read, in words for the person who gave it."""
    known = {
        errno.ENOENT: "文件不存在",
        errno.EACCES: "没有读取的权限",
        errno.EPERM: "没有读取的权限",
        errno.EISDIR: "这是一个文件夹",
        errno.EIO: "磁盘读取出错",
    }
    return known.get(problem.errno or 0, f"无法读取（{problem.strerror or problem}）")


class EncoderError(BudgetIndexError):
    """The sentence model could not be loaded or does not fit the index."""


class IndexMissing(BudgetIndexError):
    """There is no index at the given place."""


class IndexDamaged(BudgetIndexError):
    """There is an index, but a part of it is missing, unreadable or cannot be written."""


class IndexOutdated(BudgetIndexError):
    """The index was built by another schema version or with another encoder."""


class QueryTooSlow(BudgetIndexError):
    """A query was broken off at its time limit."""


class BuildBusy(BudgetIndexError):
    """Another process is building this index."""
