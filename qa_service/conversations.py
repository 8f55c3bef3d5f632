"""The last turn of each conversation, kept in memory alone and for a while."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from qa_service.understand.turn import Turn

_MOST = 2000


class Conversations:
    """Conversation id to its last turn; the ones not used for longest are forgotten."""

    def __init__(self) -> None:
        self._turns: OrderedDict[str, Turn] = OrderedDict()
        self._lock = Lock()

    def get(self, conversation_id: str | None) -> Turn | None:
        """The last turn of the conversation, or None."""
        with self._lock:
            return self._turns.get(conversation_id) if conversation_id else None

    def put(self, conversation_id: str, turn: Turn | None) -> None:
        """Remembers the turn as the last one."""
        with self._lock:
            if turn is not None:
                self._turns[conversation_id] = turn
                self._turns.move_to_end(conversation_id)
            if len(self._turns) > _MOST:
                self._turns.popitem(last=False)
