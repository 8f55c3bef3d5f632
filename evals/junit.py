"""Scores as JUnit XML, which CI servers show: a suite a suite, a case a test."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from evals.expected import expected
from evals.scoring import Score
from evals.verdicts import Verdict

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(scores: Sequence[Score]) -> str:
    """The text of the file. A wrong answer, a needless decline and a lack of proof are failures."""
    root = ET.Element("testsuites")
    for name in dict.fromkeys(score.suite for score in scores):
        here = [score for score in scores if score.suite == name]
        failed = sum(bool(_problem(s)) and s.verdict is not Verdict.ERROR for s in here)
        suite = ET.SubElement(
            root,
            "testsuite",
            name=name,
            tests=str(len(here)),
            failures=str(failed),
            errors=str(sum(s.verdict is Verdict.ERROR for s in here)),
            time=f"{sum(s.seconds for s in here):.3f}",
        )
        for score in here:
            suite.append(_test(score))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _test(score: Score) -> ET.Element:
    test = ET.Element(
        "testcase",
        classname=_clean(f"{score.suite}.{score.case.category}"),
        name=_clean(score.case.id),
        time=f"{score.seconds:.3f}",
    )
    problem = _problem(score)
    if problem:
        kind = "error" if score.verdict is Verdict.ERROR else "failure"
        told = ET.SubElement(test, kind, type=problem, message=_clean(_message(score)))
        told.text = _clean(_details(score))
    return test


def _problem(score: Score) -> str:
    """What is wrong in a word; empty where nothing is."""
    if score.verdict is not Verdict.CORRECT:
        return score.verdict.value
    if score.cited is False or score.exact is False:
        return "uncited"
    return "unproven" if score.unproven else ""


def _message(score: Score) -> str:
    fault = score.outcome.fault
    return f"{fault.kind.value}: {fault.message}" if fault else score.outcome.text[:200]


def _details(score: Score) -> str:
    lines = [
        "问：" + " / ".join(score.case.asked),
        "应：" + expected(score.case),
        "答：" + score.outcome.text,
        *(f"值：{value}" for value in score.outcome.values),
        *(f"据：{cited}" for cited in score.outcome.citations),
    ]
    return "\n".join(lines)


def _clean(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
