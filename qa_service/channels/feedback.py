"""What people say of an answer, one JSON line each in a file of the service."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from qa_service.channels.api_errors import ApiError, ErrorCode
from qa_service.channels.bodies import FeedbackBody

MOST_BYTES = 100 * 1024 * 1024


class FeedbackFile:
    """The file. It is made with its folder at the first feedback, readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()

    def check(self) -> None:
        """Raises OSError where nothing can be written; leaves no file that was not there."""
        new = not self._path.exists()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        if new:
            self._path.unlink()

    def keep(self, given: FeedbackBody) -> None:
        """Appends the feedback and the minute it came. Raises ApiError (503) where it is full."""
        line = json.dumps(
            {
                "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
                "answer_id": given.answer_id,
                "helpful": given.helpful,
                "comment": given.comment,
                "question": given.question,
            },
            ensure_ascii=False,
        )
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            out = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                if os.fstat(out).st_size > MOST_BYTES:
                    raise ApiError(503, ErrorCode.FEEDBACK_FULL, said=given.question or "")
                os.write(out, f"{line}\n".encode("utf-8", "replace"))
            finally:
                os.close(out)
