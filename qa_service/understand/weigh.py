"""What each character of a question weighs, and how much of it a text explains.

Function words weigh nothing, the trade's commonest words little, everything
else one. A text explains the characters that it shares with the question in
pairs, and those whose everyday words mean something that stands in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from operator import add

from index.labels import plain
from qa_service.types import NormalisedQuestion
from qa_service.understand.cue_words import cue_words, pairs_in
from qa_service.understand.departments import short_names
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.meanings import breaks, is_printed, meanings_of
from qa_service.understand.rewording import Patterns
from qa_service.understand.vocabulary import PlainWords, Vocabulary
from qa_service.understand.weighed import (
    GENERIC,
    Meaning,
    Said,
    Span,
    Weighed,
    Weights,
    longest_spans,
    occurrences,
    plain_span,
)
from qa_service.words import WordSort, sort_of, words

SINGLE = 0.35
"""A word of one character says little by itself."""
_BARE = 0.1
"""A pronoun, an adverb, a number of things: hardly ever what is meant."""
_LITTLE_SAID = (SINGLE, _BARE)
_ACTION = 0.2
"""A verb that no label has, where an amount is asked for by its name: 付, 打理."""
_TELLING = 1.0
_CLAUSE = re.compile(r"[^,:;。!?，：；？！]+[,:;。!?，：；？！]")
_MARKS = ",:;。!?，：；？！"
_MARK = re.compile(f"[{_MARKS}]")
_DATE = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|[初底末中]旬?)?")
_PLACE_IN_LIST = re.compile(
    r"第[一二三四五六七八九十]{1,3}(?:项|条|款|个|行)(?=的?[\u4e00-\u9fff]{4})"
)
"""The printed number of a line, said before its name: 第十九项住房保障支出."""
_AGAINST_HEARSAY = re.compile(
    "(?:实际|真实|真正)(?:上|的|情况)?(?:数字?|数目|金额)?(?=到底|究竟|是|安排|预算|有|给|批|列|多少)"
)
"""What is asked for against what others say: 听说涨到10万了，实际到底多少."""
_DENIED = re.compile(
    r"(?<=[,。;!?])[^,。;!?]{1,8}(?:先不管|不用管|不管)|"
    r"(?<=[,。;!?(])(?:不要|可别|别|不用)[^,。;!?()]{1,24}|"
    r"(?<!是)(?:(?:注意|请注意|当心)?不是|并非|而非)(?!零|0)[^,。;?!、()]{1,12}(?=[,。;?!、)]|$)(?![^,。;?!]*吗)"
)
_DENYING = re.compile("[不别非]")
"""One stands in each of these."""
_QUOTED = re.compile('(?<=[“‘「『"])[^“”‘’「」『』"]{3,}(?=[”’」』"])')
"""What is quoted is meant, whatever its words weigh: “最后一公里”."""
_SUM_LINES = re.compile(
    "[,，(（]?(?:不要|别|不用|不)(?:把)?(?:合计|总计|小计)(?:(?:跟|和|与|、)(?:部门|单位|小计|总计))?(?:那|这)?(?:一|两|几|些)?(?:行|数)?(?:也)?(?:数|算|计|加|统计)(?:进去|进来|在内|上|入)[)）]?|"
    "(?:合计|总计|小计)(?:那|这)?(?:一|些)?(?:行|数)?(?:(?:跟|和|与|、)(?:部门|单位)(?:那|这)?(?:一)?行)?(?:都)?(?:不算|除外|不要|别算|不计|不用算)|"
    "(?:不算|不含|除去|去掉|不包括|撇开|除开|抛开|刨掉|刨去|剔除|不看|不管)(?:合计|总计|小计)(?:(?:跟|和|与|、)(?:部门|单位|小计|总计|合计))?(?:那|这)?(?:一|两|些)?(?:行|数)?(?:以外|之外|外)?[,，]?|"
    "除(?:了|开)?(?:合计|总计)(?:(?:跟|和|与|、)(?:总计|合计|小计))?(?:以外|之外|外)?[,，]?"
)
"""That sums are left out of rows goes without saying."""
_WHAT_BESIDE = re.compile("除了?(?=[^,，]{1,8}?(?:以外|之外)?还(?!有)[^,，项科]{1,3}(?:什么|啥))")
"""What a thing does beside another one leaves nothing out: 除了执照还印啥."""
_NOT = ("不", "没")
_SYSTEM = "系统"
"""The department with all that is below it: 某某局系统."""
_EXCLAIMED = re.compile(
    "(?<=[,，。;；])(?:也|真|这也)?(?:太|好|真)[^,，。?？;；]{1,5}(?:了吧|了|吧|啊)(?=[,，。?？;；])"
)
"""What the asker thinks of it: 太吓人了吧."""
CHECKED = (
    "(?:我)?(?:是不是|没)?(?:搞|写|弄|印|看|记|说|听|算|读)[错反混岔]了?(?:吧|吗)?|"
    "(?:这(?:个)?数(?:字|目)?|这)?(?:是不是)?不对(?:吧|吗|劲)|"
    "对吗|是吗|对不对|是不是真的|是真的吗|真的吗|真的假的|没错吧|对吧"
)
"""How people ask whether what they hold up is so."""
_CHECKED = re.compile(CHECKED)
CHECKED_CHARACTER = re.compile("[错反混岔对吗真吧]")
"""One stands in each of these ways; a text without one holds up nothing."""
_CLAIM = re.compile(
    rf"[^,，。?？;；]*\d[^,，。?？;；]*[,，?？]?(?:{CHECKED}|(?<=[元万亿块%])吧)(?=[?？,，。].)|"
    r"[^,，。?？;；]*(?:只有|才|就|居然|竟然|真的?)(?:是|有|给|批|安排|花|要|得)?了?\d[\d.]*(?:万|亿)?元?(?=[吗嘛么]?[?？][^?？])|"
    r"[^,，。?？;；]*\d[\d.]*(?:万|亿)元?[?？](?=没|不会|怎么可能|真的|实际|到底)"
)
_NOW = re.compile("(?:现在|今年|目前|眼下|如今|当前|本年).{0,8}(?:多少|几)")
_CHANGE = re.compile(
    "(?:比|较|跟|同|和)?(?:去年|上年|上一年|前一年)(?:同期|预算)?(?:相比)?(?:涨|降|增|减|多|少|砍|跌|升)[了到加少去掉]{0,2}"
)
"""What is held up of a change: 比去年涨了."""
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:%|个百分点|万元|万|亿元|亿|元|块)?")
"""A figure that is held up for being checked: 降了50%，对吗？到底降了多少."""
_DEMONSTRATIVE = re.compile(
    r"[这那](?:一)?(?:大|小)?(?:项|块|类|笔|条|栏|行|格|档|款|节|章|段|部分|个科目|个项目|个数)(?:上|里)?(?:的数|的钱|的预算|的金额)?"
)
"""What only points at the name beside it: 公务用车购置这一大项的数."""
_SAYING_NOTHING = Patterns(_DATE, _PLACE_IN_LIST, _DEMONSTRATIVE, _SUM_LINES)
_CODE = re.compile(r"(?<!\d)(?:\d{7}|\d{5}|\d{3})(?!\d|年|[.,]\d|个|万|元|亿|项|条)")
_BRACKETED = re.compile(r"[(（\[](?P<code>\d{3,7})[)）\]]")
_EXAMPLES = re.compile(
    r"(?:的|^|[,，。])(?P<list>[^,，。、的]{2,8}(?:、[^,，。、的]{2,8})+?)(?=这些|那些|之类|等等|什么的|啥的|一类|[这那]?一(?:大)?(?:堆|摊|揽子|溜|串)|[这那](?:堆|摊)|"
    r"那笔|这笔|这几样|那几样|这类|那类|那块|这块)|"
    r"(?:的|^|[,，。])(?P<added>[^,，。、的]{2,8}(?:、[^,，。、的]{2,8})+?)(?=[,，]?(?:一年|全年)?(?:总共|一共|合计))|"
    r"[（(](?P<within>[^,，。、（()）]{2,8}(?:、[^,，。、（()）]{2,8})+?)(?:等等?|之类|什么的)?[)）]"
)
_EXAMPLE = re.compile(r"[^、]+")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_COMMON_PAIR = 5
"""A pair of characters that more labels hold says nothing about which one is meant."""
_MOST_TOKENS = 5
_LITTLE = 2.5


def weigh(question: NormalisedQuestion, lexicon: Lexicon, vocabulary: Vocabulary) -> Weighed:
    """The question weighed against one document."""
    text = question.plain
    terms = longest_spans(text, lexicon.known_terms)
    borders = [*terms, *longest_spans(text, lexicon.known_titles)]
    borders += [s for word in vocabulary.ordering.held(text) for s in occurrences(text, word)]
    weights, lenient, full, tokens, telling = _word_weights(question, vocabulary, borders, lexicon)
    beside = [Span(*found.span()) for found in (_WHAT_BESIDE.finditer(text) if telling else ())]
    idle = [t for t in telling if _asks_both_ways(text, t) or any(t.mask & b.mask for b in beside)]
    telling = tuple(t for t in telling if t not in idle)
    meanings = tuple(
        m
        for m in meanings_of(text, vocabulary, breaks(question))
        if not any(m.mask & s.mask and s.mask & ~m.mask and m.mask & ~s.mask for s in terms)
        and not any(m.mask == s.mask and text[s.start : s.end] in m.terms for s in terms)
        and not is_printed(m, text, lexicon)
    )
    clauses = _clauses(question.text)
    hearsay = _hearsay(question, clauses, vocabulary, meanings)
    if hearsay and not terms and _says_little(weights, hearsay):
        hearsay = 0
    silent = list(idle)
    claims = _claims(question.text)
    if hearsay or claims:
        against = [Span(*found.span()) for found in _AGAINST_HEARSAY.finditer(text)]
        against += [
            plain_span(question.text, found)
            for claim in claims
            for found in _CHECKED.finditer(question.text, *claim.span())
        ]
        telling = tuple(t for t in telling if not any(t.mask & a.mask for a in against))
        silent += against
    own_codes = _own_codes(question, lexicon)
    silent += own_codes
    silent += _preambles(question, clauses, vocabulary, lexicon, terms, meanings)
    named = _own_names(text, lexicon)
    silent += [*_of_department(text, named, lexicon), *_pointing(question, claims, lexicon)]
    denied = _denied(question)
    for span in (plain_span(question.text, found) for found in _QUOTED.finditer(question.text)):
        weights[span.start : span.end] = [1.0] * (span.end - span.start)
        full[span.start : span.end] = [1.0] * (span.end - span.start)
    exact = tuple(s for s in terms if not s.mask & denied and not _inside(s, named))
    for span, weight in (*((s, 0.0) for s in silent), *((s, 1.0) for s in exact)):
        weights[span.start : span.end] = [weight] * (span.end - span.start)
        lenient[span.start : span.end] = [weight] * (span.end - span.start)
        full[span.start : span.end] = [weight] * (span.end - span.start)
    _unweigh(hearsay, exact, weights, lenient)
    _weigh_printed(text, weights, lenient, lexicon)
    for meaning in meanings:
        for i in range(_first_of(meaning.mask), meaning.mask.bit_length()):
            if weights[i]:
                weights[i] = lenient[i] = 1.0
    said = Said(
        text,
        question.text,
        exact,
        meanings,
        _codes(question, own_codes, lexicon),
        tokens,
        telling,
        frozenset(_DIGITS.findall(unicodedata.normalize("NFKC", question.original))),
        _examples(question, exact),
        hearsay,
    )
    weighed = Weighed(said, Weights(tuple(weights), tuple(lenient), tuple(full)))
    return weighed.without(denied)


def _weigh_printed(text: str, weights: list[float], lenient: list[float], lexicon: Lexicon) -> None:
    """Weighs words of one character in full that a label prints with the one beside them."""
    if SINGLE not in weights and _BARE not in weights:
        return
    for i, pair in enumerate(pairs_in(text)):
        one, other = weights[i], weights[i + 1]
        little = one in _LITTLE_SAID or other in _LITTLE_SAID
        if little and one and other and pair in lexicon.by_pair:
            for j in (i, i + 1):
                if weights[j] in _LITTLE_SAID:
                    weights[j] = lenient[j] = 1.0


def _first_of(mask: int) -> int:
    """The place of the first character of a mask."""
    return (mask & -mask).bit_length() - 1


def _says_little(weights: list[float], beside: int) -> bool:
    """Whether the characters beside the mask say next to nothing: 听说有个…的项目，投多少钱."""
    return sum(w for i, w in enumerate(weights) if not beside >> i & 1) <= _LITTLE


def _unweigh(
    mask: int, terms: tuple[Span, ...], weights: list[float], lenient: list[float]
) -> None:
    """Takes the characters of the mask, terms aside, from what tells an amount.

    A text may still be looked for by what others tell of it.
    """
    for term in terms:
        mask &= ~term.mask
    for i in range(mask.bit_length()):
        if mask >> i & 1:
            weights[i] = lenient[i] = 0.0


def _asks_both_ways(text: str, said: Span) -> bool:
    """Whether a 不 or 没 denies nothing: 打不打算, 对不对."""
    at = said.start
    alone = text[at : said.end] in _NOT and 0 < at < len(text) - 1
    return alone and text[at - 1] == text[at + 1]


def _claims(text: str) -> list[re.Match[str]]:
    """The figures that a text holds up for being checked."""
    return list(_CLAIM.finditer(text)) if CHECKED_CHARACTER.search(text) else []


def without_claims(text: str) -> str:
    """The question without figures that it holds up for being checked; itself where none is."""
    rest = _CLAIM.sub("", text) if _claims(text) else text
    rest = rest.lstrip("?？,，。;；")
    return rest if plain(rest) else text


def asks_for_now(text: str, start: int) -> bool:
    """Whether the text asks for this year's amount from there on, whatever was said of a change."""
    return _NOW.search(text, start) is not None


def _own_names(text: str, lexicon: Lexicon) -> list[Span]:
    """Where the question names the document's department and its region in full."""
    if not lexicon.own_words.stand_in(text):
        return []
    return [s for name in (*lexicon.names, *lexicon.regions) for s in occurrences(text, name)]


def _of_department(text: str, named: list[Span], lexicon: Lexicon) -> list[Span]:
    """Where the question says whose budget it is: 某某局系统."""
    said = [*named, *short_names(text, lexicon.document.department)]
    if lexicon.own_words.stand_in(text):
        said += [s for name in lexicon.latin_regions for s in occurrences(text, name)]
    said += [Span(s.end, s.end + 2) for s in said if text.startswith(_SYSTEM, s.end)]
    return said


def _pointing(
    question: NormalisedQuestion, claims: list[re.Match[str]], lexicon: Lexicon
) -> list[Span]:
    """What says nothing of what is meant: dates, places in a list, figures held up for checking."""
    text, spoken = question.plain, question.text
    found = [plain_span(spoken, year) for year in lexicon.own_year.finditer(spoken)]
    found += [Span(*one.span()) for one in _SAYING_NOTHING.found_in(text)]
    found += [
        plain_span(spoken, figure)
        for claim in claims
        for figure in _FIGURE.finditer(spoken, *claim.span())
    ]
    found += [
        plain_span(spoken, change)
        for claim in claims
        if asks_for_now(spoken, claim.end())
        for change in _CHANGE.finditer(spoken, *claim.span())
    ]
    if "太" in spoken or "好" in spoken or "真" in spoken:
        found += [plain_span(spoken, one) for one in _EXCLAIMED.finditer(spoken)]
    if text.isalnum():
        return found
    return found + [Span(i, i + 1) for i, char in enumerate(text) if not char.isalnum()]


def _inside(span: Span, names: list[Span]) -> bool:
    """Whether the span is a part of a name of the department: 司法 of 司法局."""
    return any(name.start <= span.start and span.end <= name.end and name != span for name in names)


def _denied(question: NormalisedQuestion) -> int:
    """The characters that say what is not meant: 奖金，不是奖励金."""
    mask = 0
    for found in _DENIED.finditer(question.text) if _DENYING.search(question.text) else ():
        mask |= plain_span(question.text, found).mask
    return mask


def _codes(question: NormalisedQuestion, own: list[Span], lexicon: Lexicon) -> tuple[Span, ...]:
    """Where the question tells rows by their codes, and not only adds its `own` to the names."""
    found = _CODE.finditer(question.text) if _DIGIT.search(question.text) else ()
    spans = (plain_span(question.text, code) for code in found if code.group(0) in lexicon.by_code)
    return tuple(span for span in spans if span not in own)


def _own_codes(question: NormalisedQuestion, lexicon: Lexicon) -> list[Span]:
    """The codes in brackets behind the names of their own rows: 科学技术支出（206）."""
    found: list[Span] = []
    for said in _BRACKETED.finditer(question.text):
        before = plain(question.text[: said.start()])
        rows = (lexicon.rows[row_id] for row_id in lexicon.by_code.get(said["code"], ()))
        if any(before.endswith(row.label.text) for row in rows):
            found.append(plain_span(question.text, said, "code"))
    return found


def _word_weights(
    question: NormalisedQuestion,
    vocabulary: Vocabulary,
    spans: Iterable[Span],
    lexicon: Lexicon,
) -> tuple[list[float], list[float], list[float], tuple[Span, ...], tuple[Span, ...]]:
    """The weight of each character by its word: strictly and leniently.

    Also the words of several characters that say something, and those that change what is
    asked for. Spans are cut out as words.
    """
    borders = {border for span in spans for border in (span.start, span.end)}
    strict: list[float] = []
    lenient: list[float] = []
    full: list[float] = []
    tokens: list[Span] = []
    telling: list[Span] = []
    known = vocabulary.plain_words
    for segment in _in_words(question, borders, lexicon):
        for word in _joined(segment, known):
            size = len(word)
            pair = _weights_of(word, known, lexicon)
            if word in known.telling:
                telling.append(Span(len(strict), len(strict) + size))
            if pair[1] >= 1 and size > 1:
                tokens.append(Span(len(strict), len(strict) + size))
            strict += [pair[0]] * size
            lenient += [pair[1]] * size
            full += [pair[2]] * size
    rest = len(question.plain) - len(strict)
    ones = [1.0] * rest
    return strict + ones, lenient + ones, full + ones, tuple(tokens), tuple(telling)


def _weights_of(word: str, known: PlainWords, lexicon: Lexicon) -> tuple[float, float, float]:
    """What a character of the word weighs: strictly, leniently, and in full."""
    usual = 1.0 if len(word) > 1 else SINGLE
    if word in known.telling:
        return _TELLING, _TELLING, usual
    if word in known.function:
        return 0.0, 0.0, 0.0
    if word in known.generic:
        return GENERIC, GENERIC, GENERIC
    sort = sort_of(word)
    if sort is WordSort.NAME or not lexicon.by_pair.keys().isdisjoint(map(add, word, word[1:])):
        return usual, usual, usual
    return (_BARE, _BARE, usual) if sort is WordSort.BARE else (usual, _ACTION, usual)


def _joined(tokens: Sequence[str], known: PlainWords) -> Iterator[str]:
    """The words, those joined that are listed together."""
    i = 0
    while i < len(tokens):
        longest, next_one = tokens[i], i + 1
        lengths = known.lengths.get(tokens[i][0], ())
        joined = tokens[i] if lengths else ""
        for end in range(i + 2, min(i + _MOST_TOKENS, len(tokens)) + 1 if lengths else 0):
            joined += tokens[end - 1]
            if len(joined) in lengths and joined in known.listed:
                longest, next_one = joined, end
        yield longest
        i = next_one


def _examples(
    question: NormalisedQuestion, terms: tuple[Span, ...]
) -> tuple[tuple[Span, ...], ...]:
    """The lists of mere examples: 油钱、保养、保险这些; of terms that are added up, none is one."""
    found: list[tuple[Span, ...]] = []
    for listed in _EXAMPLES.finditer(question.text) if "、" in question.text else ():
        pieces = [
            plain_span(question.text, piece)
            for piece in _EXAMPLE.finditer(question.text, *listed.span(listed.lastgroup or 0))
        ]
        added = listed.lastgroup == "added"
        if not (added and any(one.mask & term.mask for one in pieces for term in terms)):
            found.append(tuple(pieces))
    return tuple(found)


def _clauses(text: str) -> list[re.Match[str]]:
    """The clauses of the text, each with its mark, where something follows the first of them."""
    return list(_CLAUSE.finditer(text)) if _MARK.search(text.rstrip(_MARKS)) else []


def _hearsay(
    question: NormalisedQuestion,
    clauses: list[re.Match[str]],
    vocabulary: Vocabulary,
    meanings: tuple[Meaning, ...],
) -> int:
    """The clauses that tell what others say of an amount, but for what they name.

    听说机关运行经费被砍掉一半了，实际安排多少 asks for an amount, and for no cut.
    """
    mask = 0
    for clause in clauses:
        if not plain(question.text[clause.end() :]):
            break  # the last clause asks: 金额和用途都说一下。
        if cue_words(vocabulary.hearsay_cues).stand_in(clause.group(0)):
            mask |= plain_span(question.text, clause).mask
    for meaning in meanings:
        mask &= ~meaning.mask
    return mask


def _preambles(
    question: NormalisedQuestion,
    clauses: list[re.Match[str]],
    vocabulary: Vocabulary,
    lexicon: Lexicon,
    terms: tuple[Span, ...],
    meanings: tuple[Meaning, ...],
) -> list[Span]:
    """The clauses that say who asks and why, and name nothing of the document."""
    meant = [m.mask for m in meanings]
    found: list[Span] = []
    for clause in clauses:
        if not cue_words(vocabulary.preamble_cues).stand_in(clause.group(0)):
            continue
        here = plain_span(question.text, clause)
        start, end = here.start, here.end
        named = any(span.start < end and start < span.end for span in terms)
        named = named or any(mask & here.mask for mask in meant)
        told = question.plain[start:end]
        named = named or any(
            0 < len(lexicon.by_pair.get(told[i : i + 2], ())) <= _COMMON_PAIR
            for i in range(len(told) - 1)
        )
        if not named and end < len(question.plain):
            found.append(here)
    return found


def _in_words(
    question: NormalisedQuestion, borders: set[int], lexicon: Lexicon
) -> Iterator[Sequence[str]]:
    """The words of each segment, those of the whole question where these begin and end with it.

    Its likeliest words are then those of the whole, so that it need not be cut anew.
    """
    whole = [word for word in words(question.text) if plain(word)]
    starts: dict[int, int] = {}
    at = 0
    for place, word in enumerate(whole):
        starts[at] = place
        at += len(plain(word))
    starts[at] = len(whole)
    at = 0
    for segment in _segments(question, borders):
        own = whole[starts.get(at, 0) : starts.get(at + len(segment), 0)]
        at += len(segment)
        if "".join(own) == segment:
            yield own
        else:
            yield lexicon.spelling.in_words.get(segment) or words(segment)


def _segments(question: NormalisedQuestion, borders: set[int]) -> list[str]:
    """The plain question cut at its punctuation and at the borders."""
    segments = [""]
    at = 0
    for char in question.text:
        bare = plain(char)
        if not bare or at in borders:
            segments.append("")
        segments[-1] += bare
        at += len(bare)
    return [segment for segment in segments if segment]
