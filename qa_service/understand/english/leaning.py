"""Short questions about what was spoken of last: And how much is budgeted for it?"""

from __future__ import annotations

import re

_IT = (
    r"(?:it|(?:this|that)(?! (?:year|budget|bureau|department|document))|"
    r"these|those|them|they|this one|that one|"
    r"the (?:project|item|service|system|program(?:me)?))"
)
_LEAD = r"^(?:and|so|then|ok|okay|but|also|,|\s)*"
_SHARE = re.compile(
    rf"{_LEAD}(?:what|how (?:much|big|large))\b.*\b(?:share|percentage|percent|proportion|part)\b.*"
    rf"\b(?:total|overall|whole|entire)\b.*\b(?:is|are|does|do|would) {_IT}\b(?! (?:for|in)\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"{_LEAD}how (?:much|big|large|expensive|costly)\b.*\b{_IT}\b|"
    rf"{_LEAD}what (?:does|do|will|would|is|are|was) {_IT} (?:\w+ )?(?:costs?|costing|worth|get)\b|"
    rf"{_LEAD}(?:what(?: is|'s|’s) )?(?:its|their|the) "
    r"(?:budget|cost|price|amount|figure|allocation)\W*$|"
    rf"{_LEAD}(?:what(?: is|'s|’s)|how much is) the (?:budget|amount|cost|figure|allocation) "
    rf"(?:for|of) {_IT}\W*$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    rf"{_LEAD}what(?: is|'s|’s| are| will| does| do| would)? ?(?:be )?{_IT}(?:'s)? ?(?:be )?"
    r"(?:\w+ )?(?:for|do|about|achieve|cover|aim at|meant to (?:do|achieve)|"
    r"supposed to (?:do|achieve)|used for|intended for)\W*$|"
    rf"{_LEAD}(?:what(?: is|'s|’s| are) )?(?:its|their|the) "
    r"(?:goals?|purposes?|objectives?|aims?|targets?)(?: of (?:it|this|that))?\W*$|"
    rf"{_LEAD}what(?: is|'s|’s) the (?:point|use|goal|purpose|aim|objective) of {_IT}\W*$",
    re.IGNORECASE,
)


def share_of_the_last(text: str) -> str:
    """The Chinese question what share of the whole it is; empty where none is asked for."""
    return "它占总支出的百分之几" if _SHARE.search(text) else ""


def about_the_last(text: str) -> str:
    """The Chinese question about what was spoken of last; empty where it asks for another."""
    if _AMOUNT.search(text):
        return "它的预算是多少钱"
    return "它的绩效目标是什么" if _PURPOSE.search(text) else ""
