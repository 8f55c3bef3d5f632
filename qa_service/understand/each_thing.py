"""One thing asked of each of several: 物业、水电分别由什么项目管, 职责里和项目里各说了什么."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.labels import plain
from qa_service.types import NormalisedQuestion

_EACH = (
    "(?:各自|分别|各(?=[是有由管说讲写提做干要归叫靠指包怎租起承负用拿花接在给对什拥属放挂算想为把]))"
    "(?:都|又)?"
)
_AND = "、|以及|还有|和|与|跟|及"
_SORT = (
    "(?:[,，]?[这那](?:[一两二三四五六七八几]|些|\\d)?(?:[个项样类种块者边道摊笔处头条]|方面)"
    "[^,，。?？、]{0,8}?)?"
)
_ASKED = re.compile(
    f"^(?P<head>(?:[^?？。]*[,，:：])?)(?P<things>[^,，。?？:：]{{4,60}}?){_SORT}[,，]?"
    f"{_EACH}(?P<asked>[^。?？]{{2,}})[?？。]*$"
)
_ONE_OF = re.compile("哪[两二三四五六几](?=[个项笔家条])")
_OWN = re.compile("^.*的")
_MOST = 5


@dataclass(frozen=True, slots=True)
class EachAsked:
    """Several things, and the question that is asked of each."""

    things: tuple[str, ...]
    questions: tuple[NormalisedQuestion, ...]


def each_thing(question: NormalisedQuestion) -> tuple[EachAsked, ...]:
    """The ways to ask of each thing by itself, the likeliest first; empty where one is meant."""
    found = _ASKED.match(question.text)
    if found is None:
        return ()
    asked = _ONE_OF.sub("哪一", found["asked"])
    return tuple(
        EachAsked(things, tuple(_asked_of(one, found["head"], asked, question) for one in full))
        for things in _ways_apart(found["things"])
        for full in [_with_what_is_shared(things)]
    )


def _asked_of(
    thing: str, head: str, asked: str, question: NormalisedQuestion
) -> NormalisedQuestion:
    text = f"{head}{thing}{asked}"
    return replace(question, text=text, plain=plain(text))


def _ways_apart(listed: str) -> list[tuple[str, ...]]:
    """The things of a list; 和 may stand between two or within one."""
    at_marks = tuple(listed.split("、"))
    ways = [at_marks] if len(at_marks) > 1 else []
    last = at_marks[-1]
    for joint in re.finditer(_AND, last):
        one, other = last[: joint.start()], last[joint.end() :]
        ways.insert(len(ways) - bool(at_marks[:-1]), (*at_marks[:-1], one, other))
    return [way for way in ways if len(way) <= _MOST and all(len(one) > 1 for one in way)]


def _with_what_is_shared(things: tuple[str, ...]) -> tuple[str, ...]:
    """Each thing with what the first one says before 的, where the others say nothing so."""
    shared = _OWN.match(things[0])
    if shared is None or any("的" in one for one in things[1:]):
        return things
    return (things[0], *(f"{shared.group(0)}{one}" for one in things[1:]))
