"""Hostile questions over real connections: an answer or a plain error, always JSON."""

from __future__ import annotations

import json

import httpx2

from tests.hostile.payloads import TELLTALES
from tests.hostile.questions import hostile_question

COUNT = 380
SEED = 7
_JSON = {"Content-Type": "application/json"}


def test_hostile_questions_get_an_answer_or_a_plain_error(client: httpx2.Client) -> None:
    wrong = []
    for number in range(COUNT):
        conversation = None
        for turn in hostile_question(number, SEED).turns:
            body = json.dumps({"question": turn, "conversation_id": conversation}).encode()
            reply = client.post("/v1/ask", content=body, headers=_JSON)
            conversation = reply.json().get("conversation_id")
            wrong += [f"{number} {turn!a}: {fault}" for fault in _faults(reply)]
    assert not wrong, "\n".join(wrong)


def _faults(reply: httpx2.Response) -> list[str]:
    """What is wrong with a reply, whose question alone may repeat what was asked."""
    found = json.loads(reply.content.decode())
    if reply.status_code != 200:
        known = {"code", "message"}
        plain = 400 <= reply.status_code < 500 and set(found["error"]) == known
        return [] if plain else [f"{reply.status_code} {reply.text}"]
    said = json.dumps({k: found[k] for k in ("text", "values", "notices")}, ensure_ascii=False)
    echoes = [f"an echo of {t!a}" for t in TELLTALES if t in said and t not in "{"]
    proved = found["citations"] or found["status"] != "answered"
    return echoes if proved else [*echoes, "answered without a citation"]
