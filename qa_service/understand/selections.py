"""Which rows a sum, a count, an average, a ranking or a list is made of.

A set of rows, a column, limits on the amount and letters of the name are put
together, and whatever of the question they do not explain is weighed, so that
a word that was not understood keeps it from being answered. Selections that
explain it alike stay side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import PROJECT_TABLES, NamePart
from index.units import read_numeral, write_numeral
from qa_service.types import Operation, Selection
from qa_service.understand.amounts import Limits, read_limits
from qa_service.understand.asked_rows import RowSet, said_mask
from qa_service.understand.cue_words import known_words
from qa_service.understand.cues import Cues
from qa_service.understand.entries import TableEntry
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.named import tables_named
from qa_service.understand.readings import is_asked
from qa_service.understand.row_sets import row_sets
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weighed import GENERIC, Span, Weighed, occurrences, plain_span

MOST_LEFT = 0.75
"""The most that may be left unexplained: two words of one character."""
_ALIKE = 0.01
_OF_GENERIC = 0.5
"""What the trade's commonest words count among what is left."""
_QUOTE = r"[“\"'‘「『]?"
_UNQUOTE = r"[”\"'’」』]?"
_NAME = _QUOTE + r"([^“”\"'‘’「」『』的,。?、或和及]{1,12}?)" + _UNQUOTE
_OR = "(?:或者|或|和|及|、)"
_NAMES_AFTER = re.compile(
    rf"(?:有|了|着)?{_NAME}(?:{_OR}{_NAME})?(?:{_OR}{_NAME})?(?:{_OR}{_NAME})?"
    r"(?:[两二三四五六七八]个?字|字样|(?<![数文])字(?:的)?|这两个字|这几个字|这些字|两个字|二字|字眼|一词|关键词|的|,|。|\?|!|;|$)"
)
_AFFIX = (
    rf"(?:以|用){_QUOTE}(?P<name>[^“”\"'‘’「」『』,。?]{{1,12}}?){_UNQUOTE}"
    r"(?:这)?(?:[几两二三四五六七八]?个?字|字样)?(?:来)?"
)
_ENDS_WITH = re.compile(rf"{_AFFIX}(?:收尾|结尾|结束|作结|做结尾|作结尾|煞尾)(?:的)?")
_BEGINS_WITH = re.compile(rf"{_AFFIX}(?:开头|打头|起头|起首|做开头|作开头)(?:的)?")
_NAME_OF = re.compile(r"(?:项目|科目)?(?:的)?(?:名称|名字|标题|名)(?:里面|里|中|上)?(?:都|有)?$")
_TOP = re.compile(
    r"(?:排头|打头|居前|靠前|前|头|top|倒数前|倒数|后|末)的?(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})"
    r"(?:名|位|个|项|大|笔|的)?(?!多|低|高|少|大|小)"
)
_HOW_MANY_OF = re.compile(
    r"(?<![哪这那每第])(?P<count>\d{1,2}|[一二两三四五六七八九十])(?:个|项|笔|大|样|种|块)(?!项目支出|以上|月|字)"
)
_WHICH_OF = re.compile(
    r"哪(?P<count>\d{1,2}|[两二三四五六七八九十])(?:个|项|笔|大|样|种|块)(?!项目支出)"
)
_NTH = re.compile(
    r"(?:排|倒数)?第(?P<nth>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:名|位|多|大|高|少|小|低|贵)?"
)
_PLACE = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_FROM_TO = re.compile(
    rf"(?=第{_PLACE}|{_PLACE}[名位]?(?:到|至|-|—|~)第?{_PLACE}[名位])第?(?P<first>{_PLACE})[名位]?"
    rf"(?:到|至|-|—|~)第?(?P<last>{_PLACE})[名位]?"
)
"""All places from one to another: 第四到第六位."""
_ALL_IN_ORDER = re.compile(
    "怎么排|排序|排个[序队名次]|排个顺序|排出来|排名|排一下|排一排|排排|排列|从.{1,2}到|由.{1,2}到|依次"
)
_YEAR_WORDS = ("年份", "年度", "年号", "哪一年", "年头")
_YEAR_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")
_YEAR = re.compile(r"20\d\d年?(?:度)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MOST_DIGITS, _BEYOND = 16, "一切预算之数"
_SPOKEN = re.compile(r"\d{1,12}")
"""A number that people say in words."""
_AMOUNT = re.compile(r"\d+(?:\.\d+)?个?(?:亿|万|元|块)")
"""An amount that is no limit and stands in no name keeps rows from being chosen."""
_MENTIONED = re.compile(
    "(?<![名称字]里)(?<!名字中)(?<!名称中)(?<!名称)(?<!名字)(?<!项目名)(?:提到|提及|说到|讲到|写到|涉及)"
)
"""What is spoken of is looked for in texts, not in names."""
_MOST_SELECTIONS = 4
_HAVING = re.compile(
    r"(?:真正|实际|确实)?(?:安排|编列|列支|列|编|给|分|拿|拿到|分到|发生|产生|配|带|拥|含|涉及|动用|用)?(?:了|着|过)?有?$"
)
_WITHOUT = re.compile(r"(?:没有?|未|无)(?:安排|编列|列支|列|给|发生)?(?:任何|过)?$")
_ONLY = r"(?:只有|全部是|全是|光有|仅有|都是|只安排|只列)了?"
_NOT_A_CENT = re.compile("(?:一分钱|一分|一点|半点|丝毫|任何)?的?$")
_NONE_AT_ALL = re.compile(
    "(?:预算|资金|金额|安排|钱)?(?:都|也)(?:是)?(?:没有|没|未)(?:安排|编列|列支|列|给|有)?过?的?"
)
"""Said behind a column that holds no amount: 一分钱项目支出都没有的."""
_FROM_FUND = re.compile(
    "(?:的?(?:钱|资金|经费|预算|开支|花销)(?:来源)?(?:都|全)?(?:是)?)?"
    "(?:由|靠|用的?|走的?|花的?|拿|从|动用|使用|来自于?|来源于|出自|取自|源自|属于|归|挤占|吃)?(?:的)?(?:是|了)?(?P<column>#+)(?:里|中|上)?(?:的|来)?"
    "(?:出|安排|列支|支付|掏|拨|负担|承担|保障|给)?(?:的)?(?:钱|资金|来源)?(?:的)?"
)
"""The fund that rows are paid from: 用的是政府性基金, 政府性基金出钱的."""
_NOT_FROM_FUND = re.compile(
    "(?:不是|并非|不由|不用|不靠|不走|不来自|不属于|不出自)(?:用|由|靠|走|来自|拿)?的?"
    "(?:政府性基金|国有资本经营|一般公共预算|财政专户|财政拨款|其他资金)"
)
"""The projects that a fund does not pay for are not told apart by what is left of the question."""
_WHICH_UNIT = re.compile("哪(?:一)?家|哪[几两三四五]家")
"""A unit is asked for, and no part of a row: 哪家预算最少."""
_SORT_OF = "类"
_ASKING = re.compile("[几哪]|多少|什么")
"""What asks is no part of a name: 下面带了几家单位."""
_DOING = "做搞弄"
"""Said before what a project is for: 做升级改造的项目."""
_OF_FUND = "预算"
_FUNDS = ("政府性基金", "国有资本经营")
_THOSE = re.compile("(?:这笔|这项)?(?:收入|支出|预算|资金|拨款|经费|钱|金额|安排)?的")
"""What is said before a column of which only rows with an amount, or without one, are meant."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    selection: Selection
    left: float
    tier: int


def select(
    question: Weighed, cues: Cues, lexicon: Lexicon, vocabulary: Vocabulary
) -> tuple[Selection, ...]:
    """The selections that the question may mean, equally good ones side by side.

    Empty where it means none or is not understood.
    """
    if _MENTIONED.search(question.own) or _NOT_FROM_FUND.search(question.spoken):
        return ()
    tables, table_mask = tables_named(question, lexicon)
    question = question.without(table_mask)
    limits = read_limits(question.spoken)
    said = _said(question, cues, vocabulary)
    within = limits.mask if limits else 0
    terms = [span.mask for span in question.exact]
    for amount in _AMOUNT.finditer(question.text):
        mask = Span(*amount.span()).mask
        if question.weight(mask) and mask & ~within and not any(mask & one for one in terms):
            return ()
    said |= within
    chosen = [
        one
        for rows in row_sets(question, cues.operation, lexicon, vocabulary, tables)
        if not _is_of_no_unit(rows, question)
        for one in _narrowed(rows, question, said, limits, cues, lexicon, vocabulary)
    ]
    least = min((one.left for one in chosen), default=MOST_LEFT + 1)
    if least > MOST_LEFT:
        return ()
    best = [one for one in chosen if one.left <= least + _ALIKE]
    named = len(tables or ()) > 1  # by a name that several tables share: each is meant
    firsts: dict[str, int] = {}
    for one in best:
        table = one.selection.table_id if named else ""
        firsts[table] = min(firsts.get(table, one.tier), one.tier)
    kept = dict.fromkeys(
        one.selection for one in best if one.tier == firsts[one.selection.table_id if named else ""]
    )
    ordered = (_ordered(selection, question, cues, vocabulary) for selection in kept)
    found = tuple(selection for selection in ordered if selection is not None)
    return found if len(found) <= _MOST_SELECTIONS else ()


def _narrowed(
    rows: RowSet,
    question: Weighed,
    said: int,
    limits: Limits | None,
    cues: Cues,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> Iterator[_Chosen]:
    """The set in each column that the question may mean, narrowed by amount and name."""
    by_hand = said_mask(question, vocabulary.row_sets.one_by_one)
    for column, column_mask in _columns(rows, question, lexicon):
        mask = said | rows.mask | column_mask
        names, names_mask, part = _affix(question) or _contains(question, vocabulary)
        if limits is not None and names and all(name in plain(limits.said) for name in names):
            names, names_mask = (), 0  # 含150万 is a border
        if not names and rows.by_words:
            names, names_mask = _left_name(question, mask, rows.selection.table_id, lexicon)
            part = NamePart.ANYWHERE
            if any(_is_of_name(name, rows.selection, lexicon) for name in names):
                continue
        names = _years_named(names, rows.selection.table_id, lexicon)
        if any(name in lexicon.terms and f"“{name}”" not in question.spoken for name in names):
            continue
        mask |= names_mask | (question.words_mask(names) if names_mask else 0)
        mask |= _related_mask(question, names)
        entry = lexicon.tables[rows.selection.table_id]
        filled = None
        if limits is None:
            filled = _paid_from(question, column_mask, cues, entry)
            filled = filled or _filled(question, column_mask, entry)
        mask |= filled.mask if filled else 0
        left = question.weight_beside(mask)
        left += _OF_GENERIC * (question.total - question.weight(mask) - left)
        if left > MOST_LEFT or question.terms_outside(mask):
            continue
        selection = replace(rows.selection, column=column)
        if names:
            selection = replace(selection, contains=names, name_part=part)
        within = limits or filled
        untold = cues.operation is not Operation.LIST or cues.amount_asked
        if rows.told_elsewhere and within is None and not untold:
            continue
        if within is not None:
            selection = replace(
                selection,
                least_fen=within.least_fen,
                most_fen=within.most_fen,
                multiple_fen=within.multiple_fen(entry.table.unit),
                limits_said=_in_words(within.said, question.digits),
            )
        if selection.narrowed or by_hand:
            selection = replace(selection, total_id=None)
        yield _Chosen(selection, left, rows.tier)


def _is_of_no_unit(rows: RowSet, question: Weighed) -> bool:
    """Whether a unit is asked for, and the rows are parts of one: 哪家预算最少."""
    parts = bool(rows.selection.parent_ids) and not rows.by_words
    return parts and _WHICH_UNIT.search(question.own) is not None


def _is_of_name(name: str, selection: Selection, lexicon: Lexicon) -> bool:
    """Whether a word is a part of the unit's own name: 科技 of 科学技术发展战略研究院."""
    units = (iter(lexicon.rows[row_id].label.text) for row_id in selection.parent_ids)
    return any(all(char in unit for char in name) for unit in units)


def _years_named(names: tuple[str, ...], table_id: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The years that names of the table hold, where years are what a name must hold."""
    if not names or any(name not in _YEAR_WORDS for name in names):
        return names
    labels = (e.row.label for e in lexicon.rows.values() if e.table_id == table_id)
    return tuple(sorted({year for label in labels for year in _YEAR_IN_NAME.findall(label)}))


def _paid_from(question: Weighed, column_mask: int, cues: Cues, entry: TableEntry) -> Limits | None:
    """That a fund pays for the projects that are listed or counted: they have an amount of it."""
    listed = cues.operation in (Operation.LIST, Operation.COUNT)
    if not column_mask or not listed or entry.table.kind not in PROJECT_TABLES:
        return None
    start = (column_mask & -column_mask).bit_length() - 1
    end = column_mask.bit_length()
    text = question.text[:start] + "#" * (end - start) + question.text[end:]
    found = next((f for f in _FROM_FUND.finditer(text) if f.start("column") == start), None)
    return None if found is None else Limits(1, None, Span(*found.span()).mask, (0, 0), "不为零")


def _filled(question: Weighed, column_mask: int, entry: TableEntry) -> Limits | None:
    """That the column holds an amount, or none: 安排了基本支出的科目, 没有项目支出的科目.

    全是基本支出、没有项目支出的 says of the other column what goes without saying.
    """
    if not column_mask:
        return None
    start = (column_mask & -column_mask).bit_length() - 1
    end = column_mask.bit_length()
    before, behind = question.text[:start], question.text[end:]
    none = _NONE_AT_ALL.match(behind)
    if none is not None:
        cent = _NOT_A_CENT.search(before)
        begun = _only_others(before[: cent.start() if cent else start], "", entry)[0]
        ended = none.end() + _only_others("", behind[none.end() :], entry)[1]
        return Limits(0, 0, Span(begun, end + ended).mask, (0, 0), "为零")
    only_behind = _only_others("", behind, entry)[1]
    behind = behind[only_behind:]
    if not _THOSE.match(behind) and not re.search("哪|几", before):
        return None
    without, having = _WITHOUT.search(before), _HAVING.search(before)
    if without is not None:
        begun = _only_others(before[: without.start()], "", entry)[0]
        mask = Span(begun, start).mask | Span(end, end + only_behind).mask
        return Limits(0, 0, mask, (0, 0), "为零")
    if having is None or not having.group(0):
        return None
    return Limits(1, None, Span(having.start(), start).mask, (0, 0), "不为零")


def _only_others(before: str, behind: str, entry: TableEntry) -> tuple[int, int]:
    """Where the text before begins to say, and where that behind ends saying, 全是基本支出."""
    begun, ended = len(before), 0
    for column, _ in entry.columns:
        only = f"{_ONLY}{re.escape(plain(column.path[-1]))}"
        said, then = re.search(f"{only}[而但也]?$", before), re.match(f"[而但也且]?{only}", behind)
        begun = said.start() if said else begun
        ended = then.end() if then else ended
    return begun, ended


def _columns(rows: RowSet, question: Weighed, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The column that the question names best, with its characters; else the whole column."""
    entry = lexicon.tables[rows.selection.table_id]
    side = rows.selection.side
    best: list[tuple[int, int]] = [(rows.selection.column, 0)]
    size = 0
    for column, parts in entry.columns:
        if column.is_whole or (side is not None and column.path[0] != side):
            continue
        names = tuple(part.text for part in parts)
        if not is_asked(question, parts):
            if names[-1].removesuffix(_OF_FUND) not in question.text or not _is_fund(names[-1]):
                continue
            names = (*names[:-1], names[-1].removesuffix(_OF_FUND))
        mask = 0
        for name in names:
            for span in occurrences(question.text, name):
                mask |= span.mask
        if mask.bit_count() > size:
            best, size = [(column.index, mask)], mask.bit_count()
        elif mask.bit_count() == size and size:
            best.append((column.index, mask))
    return best


def _is_fund(column: str) -> bool:
    """Whether a column tells a fund by a name that is cut short: 政府性基金预算."""
    return column.endswith(_OF_FUND) and column.removesuffix(_OF_FUND) in _FUNDS


def _said(question: Weighed, cues: Cues, vocabulary: Vocabulary) -> int:
    """The characters that say what is done with the rows."""
    mask = cues.wording_mask | said_mask(question, vocabulary.done_with_rows)
    for pattern in (_TOP, _NTH, _HOW_MANY_OF, _WHICH_OF):
        for found in pattern.finditer(question.text):
            mask |= Span(*found.span()).mask
    return mask


def names_asked(question: Weighed, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What names must hold one of, where the question says so: 名字里带“登记注册”的."""
    return (_affix(question) or _contains(question, vocabulary))[0]


def _affix(question: Weighed) -> tuple[tuple[str, ...], int, NamePart] | None:
    """What a name must begin or end with: 以“建设项目”结尾; None where that is not said."""
    for pattern, part in ((_ENDS_WITH, NamePart.END), (_BEGINS_WITH, NamePart.BEGINNING)):
        found = pattern.search(question.spoken)
        if found:
            begun = _NAME_OF.search(question.spoken[: found.start()])
            first = begun.start() if begun else found.start()
            start, end = (len(plain(question.spoken[:i])) for i in (first, found.end()))
            return (plain(found["name"]),), Span(start, end).mask, part
    return None


_DENYING = {"不", "没", "未"}
_CALLED_SO = re.compile(
    '(?:叫|叫作|叫做|标为|(?<=名称)都?[是为]|(?<=名字)都?[是为])[“"‘「『]([^”"’」』]{2,12})[”"’」』](?:的|字样的)?(?=项目)'
)
"""叫“测评”的项目 are those whose names hold the word."""
_OF_A_NAME = re.compile("[名题“‘「『\"']")
_OPEN_BEFORE = re.compile("^(?:某某|xx|××|[xX×某]{2,3}|什么什么|啥啥)(?=.{2})")
"""Names that begin in any way: “某某经费”."""
_RELATED = re.compile(_QUOTE + r"(?:跟|和|与)" + _NAME + r"(?:有关|相关|沾边|有关系)(?:的|、|，|,)")
"""跟网站有关的项目: a name holds the word."""


def _contains(question: Weighed, vocabulary: Vocabulary) -> tuple[tuple[str, ...], int, NamePart]:
    """What a name must hold one of, after a word for it: 名字里带“运维”."""
    called = _CALLED_SO.search(question.spoken)
    if called is not None:
        name, mask = plain(called[1]), plain_span(question.spoken, called).mask
        part = NamePart.END if _OPEN_BEFORE.match(name) else NamePart.ANYWHERE
        return (_OPEN_BEFORE.sub("", name),), mask, part
    for cue in vocabulary.contains.held(question.spoken):
        at = question.spoken.find(cue)
        while at >= 0:
            denied = question.spoken[max(at - 1, 0) : at] in _DENYING  # 不含本级 holds nothing
            found = None if denied else _NAMES_AFTER.match(question.spoken, at + len(cue))
            names = tuple(plain(n) for n in found.groups() if n) if found else ()
            if found and all(names) and not _ASKING.search("".join(names)):
                part = NamePart.ANYWHERE
                if all(_OPEN_BEFORE.match(name) for name in names):
                    names, part = tuple(_OPEN_BEFORE.sub("", n) for n in names), NamePart.END
                begun = _NAME_OF.search(question.spoken[:at])
                bare = not begun and not _OF_A_NAME.search(cue + found.group(0))
                if bare and any(len(name) == 1 for name in names):
                    return (), 0, NamePart.ANYWHERE  # 写明要做到区、街 speaks of no names
                at = begun.start() if begun else at
                start, end = (len(plain(question.spoken[:i])) for i in (at, found.end()))
                return names, Span(start, end).mask, part
            at = question.spoken.find(cue, at + 1)
    return (), 0, NamePart.ANYWHERE


def _related_mask(question: Weighed, names: tuple[str, ...]) -> int:
    """Where the question says beside it that the rows are about the same word."""
    mask = 0
    for found in _RELATED.finditer(question.spoken):
        if plain(found[1]) in names:
            start, end = (len(plain(question.spoken[:i])) for i in found.span())
            mask |= Span(start, end).mask
    return mask


def _left_name(
    question: Weighed, said: int, table_id: str, lexicon: Lexicon
) -> tuple[tuple[str, ...], int]:
    """The one run of words that is left, where a name of the table holds it: 运维项目."""
    rest = [
        i
        for i, weight in enumerate(question.weights)
        if weight not in (0, GENERIC) and not said >> i & 1
    ]
    if len(rest) > 1 and rest == list(range(rest[0], rest[-1] + 1)):
        first = rest[0] + (question.text[rest[0]] in _DOING)
        name = question.text[first : rest[-1] + 1].removesuffix(_SORT_OF)
        if _YEAR.fullmatch(name):  # 2023年的项目 asks for another year
            return (), 0
        rows = (e for e in lexicon.rows.values() if e.table_id == table_id)
        if name not in plain(question.spoken).lower() or not any(
            name in e.label.text for e in rows
        ):
            return (), 0
        return (name,), Span(rest[0], rest[-1] + 1).mask
    return (), 0


def _in_words(limits: str, digits: frozenset[str]) -> str:
    """The limits with their numbers as the asker wrote them: in digits or in words.

    A number beyond any budget is not said over.
    """

    def said(number: re.Match[str]) -> str:
        if len(number[0]) > _MOST_DIGITS:
            return _BEYOND
        spoken = number[0] not in digits and _SPOKEN.fullmatch(number[0])
        return write_numeral(int(number[0])) if spoken else number[0]

    return _NUMBER.sub(said, limits)


def _ordered(
    selection: Selection, question: Weighed, cues: Cues, vocabulary: Vocabulary
) -> Selection | None:
    """The selection with its order and how many of it are asked for."""
    text = question.text
    up = bool(known_words(vocabulary.ranking.up).held(text))
    down = bool(known_words(vocabulary.ranking.down).held(text))
    top, nth = _TOP.search(text), _NTH.search(text)
    up = up or (nth is not None and nth.group(0)[-1] in "少小低")
    ranked = up or down or top is not None or nth is not None
    match cues.operation:
        case Operation.RANK:
            pass
        case Operation.SUM | Operation.AVERAGE if ranked and not selection.row_ids:
            pass
        case _:
            return selection
    if up and down and not _ALL_IN_ORDER.search(text):
        return None
    units = bool(selection.row_ids) and _ALL_IN_ORDER.search(text) is not None
    if (nth is None or top is not None) and not units:
        top = top or _HOW_MANY_OF.search(text) or _WHICH_OF.search(text)
    places = [read_numeral(found["nth"]) for found in _NTH.finditer(text)]
    limit: int | None = read_numeral(top["count"]) if top else None
    offset = 0
    if limit is None and nth:
        run = _FROM_TO.search(text)
        if run is not None:
            places = list(range(read_numeral(run["first"]), read_numeral(run["last"]) + 1))
        if not places or sorted(places) != list(range(min(places), max(places) + 1)):
            return None
        limit, offset = len(places), min(places) - 1
    if limit is None and not (
        _ALL_IN_ORDER.search(text) or known_words(vocabulary.ranking.order).held(text)
    ):
        limit = 1
    return replace(selection, descending=not up, limit=limit, offset=offset, total_id=None)
