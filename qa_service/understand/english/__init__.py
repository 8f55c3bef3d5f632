"""English questions to the Chinese ones that they ask. READ FIRST.

sentences  the question without its year, one sentence after the other   (here)
names      mark      each name of prompts/english.yaml as one character   (marked, glossary, stems)
patterns   compared, added, changed, of_projects, described, …            (comparing, changing, …)
phrases    say       a part of a sentence in the Chinese order            (phrase)
words      choose    what the document prints, of several meanings        (choice)

Words that are neither names nor common ones are kept as they are, so that they
weigh: what was not understood is not answered.
"""

from __future__ import annotations

import re

from qa_service.understand.english.amounts import take_unit
from qa_service.understand.english.changing import changed, reasons
from qa_service.understand.english.comparing import added, compared
from qa_service.understand.english.describing import (
    NAMES_MONEY,
    asks_amount,
    described,
    leant,
    otherwise,
    told_apart,
)
from qa_service.understand.english.duties import of_duties, of_units
from qa_service.understand.english.glossary import English
from qa_service.understand.english.leaning import about_the_last, share_of_the_last
from qa_service.understand.english.marked import NAME, mark
from qa_service.understand.english.phrase import MARKS, TOTALS, Phrase, Sentence
from qa_service.understand.english.ranking import counted, of_lines, of_projects
from qa_service.understand.lexicon import Lexicon

_YEAR = re.compile(
    r"\b(?:(?:in|for|of|during)\s+)?(?:the\s+)?(?:fiscal year\s|financial year\s|fy\s?|year\s)?"
    r"(?P<year>(?:19|20)\d\d)(?:'s|’s)?(?!\d|[.,]\d)\b",
    re.IGNORECASE,
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DATE = re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b")
_SENTENCE = re.compile(r"(?<=[?!;])\s+|(?<=[a-z\u4e00-\u9fff)\"”]\.)\s+")
_SORT = re.compile(
    r"(?<!procurement of )(?<!procuring )(?<!and )\b(goods|works|services)\b"
    r"(?! (?:and|category|procure|purchas|project|class))",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\b(?:money|costs?|spend(?:ing)?|spent|pay|paid|funds?|funding)\b")
_BUDGET = re.compile(r"\b(?:budget|budgeted|spend|spending|spent)\b")
_IT = re.compile(r"\bIT\b(?!设备)")
_LATIN = re.compile(r"[a-z]{2,}")
_WHOLE = "总预算"
"""What is meant where an amount is asked for and nothing is named."""
_NARROWED = re.compile(
    r"\b(?:than|shares?|percentages?|percent|proportion|fraction|ratio|average|more|less|most|"
    r"least|over|"
    r"per|each|every|part|rest|projects?|compared?|rank|top|large|small|high|low|not)\b|%"
)
_HOW_TO = re.compile(
    r"\b(?:how|where|whom) (?:do|can|could|should|would|to|may|must)(?: (?:i|we|one|you|"
    r"people|citizens|"
    r"companies|businesses|residents|someone|a|an|the)\b|(?= [a-z]+ for\b))",
    re.IGNORECASE,
)
"""What somebody wants to get done, which no budget tells."""
_ORGAN_AGAIN = re.compile(r"(?<=[A-Za-z])\s*[(（][\u4e00-\u9fff]{2,14}(?:局|委|厅|署|办|中心)[)）]")
"""A department's name said again in Chinese: the Petition Bureau (信访局)."""
_NOT_MEANT = re.compile(
    r"\s*(?:(?:and |but )?not (?:the|that|this|about|for|in)\b|i (?:do not|don't|don’t) mean\b)",
    re.IGNORECASE,
)
"""A sentence that says what is not meant: Not the cloud resource one."""
_REGARDING = re.compile(
    r"\b(?:in relation to|with regard to|with respect to|in respect of|as regards|"
    r"when it comes to|in terms of|in connection with|as far as)\b",
    re.IGNORECASE,
)
_WHICH_ONE = re.compile(
    r"(?<=[?.]) *(?:and )?(?:which ones?|what are they(?: called)?|who are they)\?* *$",
    re.IGNORECASE,
)
"""Goes without saying behind a question whether there are any."""
_EACH_ALONE = re.compile(
    r"\b(?P<before>which|what|the|a|any|each|every) (?:single|individual|one single)(?= [a-z])",
    re.IGNORECASE,
)
"""Says of one thing that it is one: which single project."""
_PATTERNS = (
    *(leant, told_apart, reasons, of_projects, compared, added, changed, counted, of_lines),
    *(of_units, of_duties, described),
)
_CARRIED = (
    (
        re.compile(r"\b(?:percent\w*|per cent|shares?|proportions?|fractions?|portion)\b|%"),
        re.compile("占|比|率|百分|幅|份额"),
    ),
    (re.compile(r"\b(?:ratio|how many times|twice|double)\b"), re.compile("倍|比|率")),
    (re.compile(r"\b(?:average|per capita|median)\b"), re.compile("平均|均")),
    (
        re.compile(r"\b(?:minus|subtract\w*|deduct\w*|differences?|left|remain\w*|excluding)\b"),
        re.compile("减|差|除|剩|不含|不算|以外|多少少|多多少|少多少"),
    ),
    (
        re.compile(r"^\W*(?:and |so )?which (?!project)"),
        re.compile("哪|谁|什么|最|第|有没有|是不是|是否"),
    ),
    (re.compile(r"\b(?:plus|combined|added)\b"), re.compile("加|和|、|合计|共|之")),
    (
        re.compile(
            r"\b(?:than|versus|vs|against|compared (?:with|to)) (?:the )?(?:last|previous) year"
        ),
        re.compile("比上年|比去年"),
    ),
)
"""What is done with amounts and which of them is asked for, and how the Chinese must say so."""
_TOTAL_OF = re.compile(rf"(?P<total>{NAME}) (?:for|of|on)(?= .*{NAME})")


_QUOTES = re.compile('["“”]')
_BEFORE_A_NAME = r"of|for|in|by|from|at|does|did|do|is|are|has|have|will|can|about"
_GLOSSED = re.compile(
    rf"(?P<before>\b(?:{_BEFORE_A_NAME})\s)(?:(?!(?:{_BEFORE_A_NAME})\s)[A-Za-z'’&-]+\s+){{1,8}}"
    r"[(（](?P<name>[\u4e00-\u9fff]{2,20}(?:局|委|办|厅|署|中心|委员会|政府|街道))[)）]"
)
"""An organ's name in English with its own in brackets: the urban management bureau (城管局)."""


def read_english(text: str, english: English, lexicon: Lexicon | None = None) -> str:
    """The Chinese question that an English one asks; the text itself where it names nothing.

    With a document's lexicon, words of several meanings are read as the document has them.
    """
    text = _WHICH_ONE.sub("", _GLOSSED.sub(r"\g<before>\g<name>", text))
    text = _EACH_ALONE.sub(r"\g<before>", _ORGAN_AGAIN.sub("", text))
    spoken = _procured(_dated(_IT.sub("information technology", _QUOTES.sub(" ", text))))
    if lexicon is not None:
        spoken = re.sub(rf"\b{lexicon.document.year - 1}\b", "last year", spoken)
    years = "".join(dict.fromkeys(f"{m['year']}年" for m in _YEAR.finditer(spoken)))
    spoken = _YEAR.sub(" ", spoken)
    if _HOW_TO.search(spoken) and not re.search(r"\bknow\b|\bfind\b", spoken):
        return text
    share = share_of_the_last(spoken.strip())
    if share:
        return f"{years}{share}"
    sentences = [s for s in _SENTENCE.split(spoken) if s.strip()]
    sentences = [s for s in sentences if not _NOT_MEANT.match(s)] or sentences
    full = [s for s in sentences if _says_something(s, english, lexicon)]
    if not full:
        leaning = about_the_last(spoken.strip())
        if leaning:
            return f"{years}{leaning}"
        whole = _of_the_whole(spoken, english, lexicon)
        return f"{years}{whole}" if whole else text
    asked = full if len(full) > 1 else [" ".join(sentences)]
    return "？".join(_of_organ(one, years, english, lexicon) for one in asked)


def _of_organ(text: str, years: str, english: English, lexicon: Lexicon | None) -> str:
    """One sentence in Chinese, which says whose budget it is about wherever English does.

    The document's own department is read as “the bureau”, so that it narrows nothing.
    """
    organs = {n.said: n.means for n in mark(text, english).names if n.means[0] in english.organs}
    said, means = next(iter(organs.items())) if len(organs) == 1 else ("", ("",))
    organ = means[0]
    if said and lexicon is not None:
        own = [m for m in means if any(m in name for name in lexicon.names)]
        if own:
            organ = own[0]
            text = _own_department(said, lexicon).sub("the bureau", text)
    read = _carrying(_read(text, english, lexicon, year=bool(years)), text)
    return f"{years}{'' if organ in read else organ}{read}"


def _carrying(read: str, text: str) -> str:
    """What was read of a sentence, with the word for what is done with amounts where it lost it.

    So what was not understood weighs: of a share, no plain amount is told.
    """
    lost = (
        found[0]
        for said, carried in _CARRIED
        if (found := said.search(text.lower())) and not carried.search(read)
    )
    return " ".join((read, *(word for word in lost if word not in read.lower())))


def _own_department(said: str, lexicon: Lexicon) -> re.Pattern[str]:
    """The department's name as it is said, with its region."""
    words = r"\W+".join(re.escape(word) for word in said.split())
    region = "|".join(map(re.escape, lexicon.latin_regions)) or "(?!)"
    before = rf"(?:(?:the|this)\s+)?(?:(?:{region}|municipal|district|city)(?:'s|’s)?\s+)*"
    return re.compile(rf"{before}{words}(?:\s+of\s+(?:{region}))?", re.IGNORECASE)


def not_understood(read: str, english: English, lexicon: Lexicon) -> tuple[str, ...]:
    """What of a question that was read is not in the document: other departments, and the
    English words that are left, printed ones aside: IT, 5G."""
    own = "".join(lexicon.names)
    organs = tuple(organ for organ in english.organs if organ in read and organ not in own)
    return organs + tuple(
        word
        for word in dict.fromkeys(_LATIN.findall(read.lower()))
        if not all(word[i : i + 2] in lexicon.spoken for i in range(len(word) - 1))
        and word not in lexicon.latin_regions
    )


def _read(text: str, english: English, lexicon: Lexicon | None, *, year: bool) -> str:
    """One sentence in Chinese."""
    marked = mark(text, english)
    unit = take_unit(marked.text)
    sentence = Sentence(MARKS.sub("", unit.rest.replace("?", " ")), marked, english, lexicon)
    for pattern in _PATTERNS:
        said = pattern(sentence)
        if said is not None:
            return said + (f"，合{unit.said}" if unit.said else "")
    if unit.said or asks_amount(sentence, year=year):
        about = sentence.say(_TOTAL_OF.sub(lambda m: _of_part(m, sentence), sentence.text))
        if _means_the_whole(sentence):
            about = Phrase(_WHOLE)
        asked = {"元": "合多少元", "万元": "是多少万元", "亿元": "是多少亿元"}.get(
            unit.said, "是多少"
        )
        of_money = _MONEY.search(sentence.marked.spoken.lower()) is not None
        if asked == "是多少" and of_money and not NAMES_MONEY.search(f"{about}"):
            asked = "是多少钱"
        return f"{about}{asked}"
    return otherwise(sentence)


def _of_part(found: re.Match[str], sentence: Sentence) -> str:
    """Nothing for a total of something that is named behind it: the total budget for training."""
    return " " if TOTALS & set(sentence.marked.name(found["total"]).means) else found[0]


def _of_the_whole(text: str, english: English, lexicon: Lexicon | None) -> str:
    """The Chinese question of a sentence of common words alone: how much will they spend?"""
    marked = mark(text, english)
    sentence = Sentence(MARKS.sub("", marked.text), marked, english, lexicon)
    if not _BUDGET.search(sentence.text):
        return ""
    patterns = (pattern(sentence) for pattern in (reasons, changed))
    said = next((said for said in patterns if said), "")
    return said or (f"{_WHOLE}是多少" if _means_the_whole(sentence) else "")


def _means_the_whole(sentence: Sentence) -> bool:
    """Whether an amount is asked for, and nothing that narrows it is said."""
    return not sentence.say(sentence.text) and not _NARROWED.search(sentence.text)


def _says_something(text: str, english: English, lexicon: Lexicon | None) -> bool:
    """Whether a sentence names anything."""
    marked = mark(text, english)
    sentence = Sentence(marked.text, marked, english, lexicon)
    named = re.search(rf"{NAME}|\bprojects?\b", marked.text)
    return named is not None and bool(named[0].isascii() or sentence.say(marked.text).words)


def _procured(text: str) -> str:
    """The text with the sorts of procurement named in full: how much of it is for services."""
    if not re.search(r"\bprocure|\bpurchas", text, re.IGNORECASE):
        return text
    return _SORT.sub(r"\1 procurement", text)


def _dated(text: str) -> str:
    """The text with days in the Chinese form, which say nothing of an amount: 1月6日."""
    return _DATE.sub(
        lambda m: f"{_MONTHS.index(m['month'].lower()) + 1}月{m['day']}日",
        _REGARDING.sub("regarding", re.sub(r"\s+", " ", text)),
    )
