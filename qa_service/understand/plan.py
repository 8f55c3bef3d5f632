"""A normalised question to a `QueryPlan`: whose budget is meant, then the question in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from index.labels import plain
from index.records import PROJECT_TABLES, BudgetDocument
from qa_service.types import (
    CellTarget,
    Language,
    Missing,
    MissingKind,
    NormalisedQuestion,
    Operation,
    QueryPlan,
    Scope,
)
from qa_service.understand.all_departments import of_all_departments
from qa_service.understand.asked_things import with_measure_word
from qa_service.understand.department_told import by_its_work, joined_right, typed_right
from qa_service.understand.departments import (
    by_present_name,
    in_full,
    named_departments,
    of_other_places,
    other_organs,
    spelt_right,
)
from qa_service.understand.followup import complete
from qa_service.understand.followup_beside import beside_told, without_place
from qa_service.understand.followup_corrected import corrects
from qa_service.understand.followup_kin import added_to_last
from qa_service.understand.followup_offered import of_offered
from qa_service.understand.followup_several import asks_which_of_two
from qa_service.understand.followup_told import of_what_was_told, without_reaction
from qa_service.understand.goal_numbers import amount_and_goal, read_two
from qa_service.understand.held_up import of_its_amount
from qa_service.understand.key_project import key_project_named
from qa_service.understand.kinds_named import in_both_kinds, kinds_in_full, names_apart
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.next_to import next_in_order
from qa_service.understand.one_of_several import so_many_projects
from qa_service.understand.own_subject import (
    answers_alone,
    may_be_alone,
    of_whole_spending,
    stands_alone,
)
from qa_service.understand.plain.asked import plainly
from qa_service.understand.reader import Reader, Understood
from qa_service.understand.rephrased import rephrased
from qa_service.understand.rewording import Rewording
from qa_service.understand.scope import Scoped, choose_documents
from qa_service.understand.several_departments import side_by_side
from qa_service.understand.shared_names import of_one_short_name, without_qualifier
from qa_service.understand.side_by_side import OF_BOTH_KINDS
from qa_service.understand.spelling import mend
from qa_service.understand.stories import without_afterthought
from qa_service.understand.turn import Turn
from qa_service.understand.units import OWN
from qa_service.understand.variants import (
    is_told_apart,
    name_meant,
    read_variant,
    without_variant,
)
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import CHECKED, weigh
from qa_service.words import words

_WITH_ALL_BELOW = re.compile(
    "[(（](?:含|包含|包括|连同|算上)?(?:所有|全部)?(?:的)?下属(?:事业)?(?:单位|中心)(?:在内|的|(?:一并|一起|都|也)算(?:上|在内|进来|进去)?)?[)）]|"
    "[,，]?(?<![不没别])(?:连同?|算上|包括)(?:所有|全部)?(?:的)?下属(?:事业)?单位(?:在内|一起|都算|(?=的))[,，]?"
)
"""That the units below are counted goes without saying."""
_APPOSED = re.compile(
    "(?:的)?[两二三四](?:个|家)(?:下属|直属|所属)?(?:的)?(?:事业)?单位[,，:：](?=[^,，]{2,}(?:和|跟|与|同|比|、))|"
    "^(?P<sort>[^,，。]{0,8}的)[两二三四](?:个|项|笔|样|块)(?:钱|支出|费用|项目|大头)?[,，:：](?:也?就是|即|分别是|是|指)?(?=[^,，]{2,}(?:和|跟|与|同|、|加(?!总|起来|在一|到一)))"
)
"""What the units are that are then named: 两个下属单位，战略研究院跟评审中心."""
_WITHOUT_BELOW = re.compile(
    "(?:不算|不含|不包括|不计|不连|除去|除开|撇开|抛开)(?:所有|全部)?(?:的)?下属(?:的)?(?:事业)?单位(?:的)?[,，]?"
)
"""Beside 本级 that the units below are not counted goes without saying as well."""
_BELOW = re.compile("(?:下属|直属|所属|下面|底下|手下|下头)(?:的)?(?:[那这](?:一)?[个家])?")
"""Said before the name of a unit: 下属的, 底下那个."""
_SAYS_SOMETHING = 4.0
"""What a question is taken to weigh that is not yet held against one document."""
_FEW = 6
_LONG_NAME = 8
"""The units of so many departments are looked through for a name."""
_LAST_YEAR_END = re.compile(
    "(?:去年|上年|上一年|前一年)(?:年)?(?:底|末)(?:的时候|时)?[,，]?(?:的)?"
)
"""The day that what a department owns is counted on: 截至去年底."""
_PRINTED_SO = re.compile(
    r"(?:表上|表里|那行|那一行|那栏|那格|那一格|预算)?(?:只)?(?:写|印|标|列)(?:的|着|了)?(?:是)?\d[\d,]*(?:\.\d+)?[,，][^,，。?？]{0,8}?(?:难道|该?不会是|是不是|就是|不就是|岂不是|也就是|是|就|才|只有)"
    r"[^,，。?？]{1,12}[?？](?:那)?(?:实际上?|到底|究竟)?"
)
"""A number held up without its unit: 表上写0.18，是一毛八吗？实际多少钱."""
_ALIKE_NAMED = re.compile(
    "(?<=[个项笔])(?:同名|重名|名字相同|名称相同|名字一样|叫法一样)的(?=.{2})"
)
"""What is then named says it by itself: 两个同名的“一般行政管理事务”."""
_FOR_EXAMPLE = re.compile(
    "(?<=[类项种块目])[（(][^（）()]{2,30}?(?:这种|这类|那种|之类的?|等等?|什么的|这些|这样的?)[)）]|"
    "(?<=大[类项块])[（(][^（）()]{2,40}、[^（）()]{2,40}[)）]|"
    "(?:^|(?<=[,，局委的里]))[^,，。?？、多少几哪局委]{2,10}(?:、[^,，。?？、多少几哪]{2,10}){1,4}(?:这种|这类|这样的?|之类的?|等等?)的?"
    "(?=(?:支出|收入|功能|经济)?(?:的)?大类(?=[^?？]*(?:几|哪|多少|最)[^?？]{0,3}类|[^?？]*最))"
)
"""Some of what is asked for, told to say what it is like: 几大类（工资福利、商品服务这种）."""
_ALL_YEAR = re.compile("(?:全年度?|整年|一整年)(?:的)?(?=总?(?:收入|支出|预算|经费|拨款))")
_PART_USED = re.compile(
    "^[^,，]+[,，](?:这)?(?:里面|其中|当中|里头)(?:有|又有)?多少(?:钱)?是?(?:拿去|拿来|用来|用于|用在|花在|用去)"
    "(?P<what>[^,，。?？]{2,12}?)(?:的|上)?[?？。]*$"
)
"""A part of an amount by what it is used for: 维护费共4.4万，里面有多少是拿去买车的."""
_CHECKED_AT_LAST = re.compile(rf"(?<=[元万亿%])[,，](?:{CHECKED})[?？。]*$")
"""An amount held up at the end is asked for: 公务接待费是5.4万元，我没记错吧."""
_IF_NOT = re.compile(
    r"^[^?？]*\d[^?？]*[?？](?:如果|要是|假如)?(?:不是|不对|不等|错了)(?:的话)?[,，](?=.*(?:多少|几))"
)
"""What is held up first: 是不是等于3598.18万？不是的话，行政经费是多少."""
_HOW_BIG = re.compile("(?:有|是)?多[大高贵][,，](?=(?:一共|总共|共)?(?:是|有)?(?:多少|几))")
"""Asked for in two ways: 盘子有多大，多少万元."""
_THIS_YEAR = re.compile(
    "本年度?(?:的)?(?=(?:部门)?预算(?:安排|数|是|为|有|给|批|列|里|中|上|多少))"
)
"""The year of the budget itself."""
_PARTED_VERB = re.compile("(?P<verb>[\u4e00-\u9fff])了(?P<object>[\u4e00-\u9fff])")
_LONGEST = 4
"""No longer word begins with the object of a verb."""
_SPENT_ON = re.compile(
    "(?:花|用|投|投入)(?:在|到)(?P<what>[^,，。?？在到]{2,14}?)(?:上面?|方面|身上)的?"
    "(?:(?:钱|经费|资金|费用|支出|开支)?[,，]?(?=占)|(?=(?:份额|比例|比重|占比)))"
)
"""花在科学技术上的钱占几成 is asked of 科学技术."""
_SET_ASIDE = re.compile(
    "^(?:我)?(?:先|暂且|暂时|且)(?:不|别)(?:说|提|谈|管|论|问)[^,，。;；]+[,，。;；]|"
    "^(?:你|请)?(?:别|甭|不用|无需|不要)(?:去)?(?:管|理|理会|在意|在乎)(?![^,，]*(?:还是|或|和|都))[^,，。;；]+[,，。;；]"
)
"""What is not asked for now: 先不说12345热线中心."""
_CALLED = re.compile(
    "^(?!.{0,3}(?:男|女|老(?!师|板)|退|离|在职))[\u4e00-\u9fff]{1,4}(?:们|哥|姐|叔|婶|老师|学长|学姐|同学|师傅|老板|同志|先生|女士)(?:们?[你您]?好)?[,，!！]"
)
"""Who is spoken to: 老师们，…."""
_NOT_WANTED = re.compile(
    "[,，。;；?？!！](?:可|千万|你)?(?:别|不要|不用)(?:拿|给我)[^,，。;；?？!！]{2,30}(?=[,，。;；?？!！]|$)|"
    "[,，。;；?？!！][^,，。;；?？!！多几哪]{2,20}?的?(?:别给我|别报给我|不用给我)[了啊哈]?[。!！]*$|"
    "[。;；?？!！](?:我)?(?:不是|没)(?:要|想|在)?(?:问|指|说)[^,，。;；?？!！多几哪]{2,20}[。!！]*$"
)
"""What is not to be told: 别拿类级的总数来糊弄我."""
_BEFORE_THAT = re.compile(
    "(?:降|砍|减|压减|缩|涨|增)(?:掉|低|少|加)?了[^,，]{0,12}[,，](?:那么?)?(?:在)?没有?(?:降|砍|减|压减?|涨|增|调|缩)"
    r"(?:的时候|之前|以前|前|那会儿)[,，]?(?:上一年|上年|去年|(?P<year>20\d\d年))?"
)
"""What was budgeted before a change that the asker tells: 砍了三成，没砍之前安排了多少."""
_BOTH_LAST = re.compile("^(?:那么|那)?(?:这|它们|他们)?(?:两|俩)(?:家|个局|个部门|边|者|个)")
_THAN_IT = re.compile("比(?:它|他们|她|前者|前面|上面|刚才|那个局?|这个局?)")
_TABLE_OF = re.compile("^《[^》]*》的")
_EACH_ASKED = re.compile(
    "(?:分别|各自|各)?(?:都)?(?:是|有|安排|花|列)?(?:了)?多少[^,，。]{0,3}[?？。]*$"
)
_TWO = 2
_IN_EITHER_KIND = re.compile(
    "(?:把|将)?基本支出(?:和|跟|与|、)项目支出(?:里面|里|中)的(?P<name>[^,，。?？的]{2,12}?)"
    "(?:都|全|全都)(?:算上|加上|算进去|加进去|算在内)"
)
"""The same, the name said between: 基本支出和项目支出里的印刷费都算上."""
_EITHER_KIND = re.compile(
    "(?:不管|不论|无论|不分)(?:是)?基本(?:支出)?(?:还是|和|或|、)项目(?:支出)?(?:的)?|"
    "[,，]?(?:把|连)?基本(?:支出)?(?:里|中)?的?(?:和|跟|与|、)项目(?:支出)?(?:里|中)?(?:的|两边的?|两块的?)?"
    "(?:(?:都|全都?|一起)(?:算上|算进去|算进来|加上|加进去|计入|算在内)|(?:加|合)在?一(?:起|块)儿?|[加合]起来)[,，]?"
)
"""Of both kinds of spending together: 办公费不管基本还是项目，全部算上."""
_IN_TRUTH = re.compile(
    "(?<=[年度比])实际上?(?=[多少](?:安排|列|给|批|拨|花|用|编)?了(?:多少|几))|"
    "实际上?(?=(?:是|又|究竟|到底)?(?:比|较|跟|和|与|同)(?:去年|上年|上一年|前一年)|(?:增加|减少|增长|下降|涨|降|变动|变化|增|减)(?:了|过)?(?:多少|几))"
)
"""A change of the budget is no actual spending: 听说涨了不少，实际比去年增加多少."""
_TIMES = re.compile(
    "(?:(?<=几)(?<!够几)(?<!够.几)|(?<=多少)(?<!够多少)(?<!够.多少))(?:趟|遍|回(?![合款报收购扣执]))"
)
"""How often something is done is counted in 次: 最少得搞多少趟."""
_NOWHERE = "(?!)"
"""What no passage holds: none is told of a question whose rows are all denied."""
_BEFORE_VERBS = Rewording(
    (_CALLED, ""),
    (_NOT_WANTED, ""),
    (_SET_ASIDE, ""),
    (_SPENT_ON, r"\g<what>"),
    (_APPOSED, lambda found: found["sort"] or ""),
)
"""What goes without saying; the verbs are put together after it."""
_IDLE = Rewording(
    (_CHECKED_AT_LAST, "吗？"),
    (_IF_NOT, ""),
    (_PART_USED, r"\g<what>多少钱"),
    (_FOR_EXAMPLE, ""),
    (_THIS_YEAR, ""),
    (_HOW_BIG, ""),
    (_PRINTED_SO, ""),
    (_ALIKE_NAMED, ""),
    (_ALL_YEAR, ""),
    (_IN_TRUTH, ""),
    (_BEFORE_THAT, lambda found: found["year"] or "上年"),
    (_TIMES, "次"),
    (_IN_EITHER_KIND, rf"\g<name>{OF_BOTH_KINDS}"),
    (_WITH_ALL_BELOW, ""),
    (_EITHER_KIND, OF_BOTH_KINDS),
)


def make_plan(
    question: NormalisedQuestion,
    documents: Sequence[BudgetDocument],
    lexicon_of: Callable[[str], Lexicon],
    vocabulary: Vocabulary,
    last: Turn | None = None,
    project_of: Callable[[str, str], CellTarget | None] = lambda _document, _text: None,
) -> Understood:
    """What the question asks, linked to what is indexed.

    A question that names no department, where several are indexed, gets a plan
    whose scope is all of them and no readings: the asker must choose. One that names several
    gets an operand of each. `project_of` finds the project of a document (its id) that a text
    describes without naming it.
    """
    chosen = of_offered(question, last)
    question, last = chosen, last if chosen is question else None
    question = typed_right(spelt_right(question, documents), documents)
    question = joined_right(question, documents)
    question = by_present_name(question, documents, vocabulary)
    question = by_its_work(question, documents, vocabulary)
    question = in_full(without_qualifier(question, documents), documents)
    question = _of_both_last(of_all_departments(question, documents, last), documents, last)
    scoped = choose_documents(question, documents, last.document_ids if last else ())
    if not scoped.named and len(documents) > 1:
        scoped = _of_named_project(question, documents, lexicon_of) or scoped
    several = scoped.named and len({d.department for d in scoped.documents}) > 1
    alike = several and of_one_short_name(
        question.text, named_departments(question.plain, documents)
    )
    if several and not alike:
        beside = side_by_side(question, scoped, lexicon_of, vocabulary)
        if beside is None and last is not None and last.subject:
            leaning = f"{last.subject}，{question.text}"
            asked = replace(question, text=leaning, plain=plain(leaning))
            beside = side_by_side(asked, scoped, lexicon_of, vocabulary)
        if beside is not None:
            return Understood(*beside)
    if len(scoped.documents) != 1:
        ids = tuple(d.id for d in scoped.documents)
        unknown = () if scoped.named and not alike else _unknown(question, documents, lexicon_of)
        missing = tuple(Missing(MissingKind.DEPARTMENT, name) for name in unknown[:1])
        scope = Scope(ids, scoped.year, assumed=True)
        read_as = complete(question, last, _SAYS_SOMETHING).text
        return Understood(
            QueryPlan(Operation.LOOKUP, scope, missing=missing, read_as=read_as), None
        )
    reader = Reader(
        scoped,
        lexicon_of(scoped.documents[0].id),
        vocabulary,
        partial(project_of, scoped.documents[0].id),
    )
    lexicon = reader.lexicon
    question = mend(_of_unit(_without_idle(question, lexicon), lexicon), lexicon.spelling)
    question = names_apart(kinds_in_full(question, lexicon), lexicon)
    return _alone_or_leaning(question, last, documents, reader)


def _alone_or_leaning(
    question: NormalisedQuestion,
    last: Turn | None,
    documents: Sequence[BudgetDocument],
    reader: Reader,
) -> Understood:
    """What the question asks of the reader's document: by itself where it has its own subject."""
    lexicon, whole = reader.lexicon, of_whole_spending(question)
    alone = partial(_in_document, whole, None, documents, reader)
    if last is None:
        return alone()
    if stands_alone(question, last, lexicon, lambda: alone().plan):
        return alone()
    leaning = _in_document(question, last, documents, reader)
    if may_be_alone(question, leaning.plan):
        by_itself = alone()
        return by_itself if answers_alone(by_itself.plan, lexicon) else leaning
    return leaning


def _in_document(
    question: NormalisedQuestion,
    last: Turn | None,
    documents: Sequence[BudgetDocument],
    reader: Reader,
) -> Understood:
    """What the question asks of the reader's document, after the last turn if there is one."""
    lexicon, vocabulary = reader.lexicon, reader.vocabulary
    if last is not None:
        added = added_to_last(question, last, lexicon, reader.plan_of)
        question, last = added, last if added is question else None
    two = read_two(question)
    if two is not None:
        both = amount_and_goal(two, reader.plan_of, lexicon)
        if both is not None:
            weighed = weigh(two.amount, lexicon, vocabulary)
            return Understood(replace(both, read_as=question.text), weighed)
    variant = read_variant(question, lexicon, last)
    if variant is not None and not (last is not None and corrects(question.text)):
        rest = _read(variant.rest, last, documents, reader)
        told = _not_that_variant(variant.denied, rest, reader)
        if told is not None:
            return told
    understood = _read(question, last, documents, reader)
    together = in_both_kinds(question.text, understood.plan, lexicon)
    if not together:
        return understood
    asked = replace(question, text=together, plain=plain(together))
    summed = _read(asked, None, documents, reader)
    return summed if summed.plan.parts or summed.plan.selections else understood


def _read(
    question: NormalisedQuestion,
    last: Turn | None,
    documents: Sequence[BudgetDocument],
    reader: Reader,
) -> Understood:
    """What the question asks of the reader's document, in its plainest words."""
    lexicon, vocabulary = reader.lexicon, reader.vocabulary
    question = with_measure_word(_of_last_year_end(question, lexicon), lexicon)
    question = so_many_projects(question, lexicon)
    if last is None or not corrects(question.text):
        question = without_afterthought(question, lexicon, vocabulary)
    question = key_project_named(question, lexicon)
    question = next_in_order(of_its_amount(question, lexicon), lexicon)
    question = question if last is None else without_place(without_reaction(question), last)
    beside = last and beside_told(question, last, lexicon.document.id)
    if beside:
        return Understood(beside, weigh(question, lexicon, vocabulary))
    told = of_what_was_told(question, last)
    if told is not question:
        question, last = told, None
    asked = plainly(question, lexicon, vocabulary, last)
    if asked is not question and of_other_places(question.text, (lexicon.document,)):
        asked = question
    return reader.understood(asked, last if asked is question else None, documents)


def _not_that_variant(denied: str, rest: Understood, reader: Reader) -> Understood | None:
    """What is understood, without rows whose names hold what is denied: 不是补充的那笔.

    `rest` is the question without those words. None where it means none of these rows.
    """
    plan = rest.plan
    if plan.selections or plan.parts or plan.missing:
        return None
    told = without_variant(plan, denied, reader.lexicon)
    if told is plan:
        return rest if is_told_apart(plan, denied, reader.lexicon) else None
    if not told.cells:
        return replace(rest, plan=replace(told, limited=True, needs=(_NOWHERE,)))
    name = name_meant(told, reader.lexicon)
    if told.numeric >= 1 or not name:
        return replace(rest, plan=told)
    text = f"{name}，{plan.read_as}"
    return reader.understood(NormalisedQuestion(text, text, plain(text), Language.ZH), None, ())


def _of_named_project(
    question: NormalisedQuestion,
    documents: Sequence[BudgetDocument],
    lexicon_of: Callable[[str], Lexicon],
) -> Scoped | None:
    """The one document whose project the question names in full; None for none or several."""
    if len(documents) > _FEW:
        return None
    labels = {d.id: _names_of_projects(lexicon_of(d.id)) for d in documents}
    said = {name for names in labels.values() for name in names if name in question.plain}
    name = max(said, key=len, default="")
    found = [d for d in documents if any(name in one for one in labels[d.id])]
    return Scoped((found[0],), None, named=True) if name and len(found) == 1 else None


def _names_of_projects(lexicon: Lexicon) -> list[str]:
    """The whole names of a document's projects that are long enough to be no other's."""
    return [
        label
        for label, rows in lexicon.by_label.items()
        if len(label) >= _LONG_NAME
        and any(
            lexicon.tables[lexicon.rows[row_id].table_id].table.kind in PROJECT_TABLES
            for row_id in rows
        )
    ]


def _of_last_year_end(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question with the end of last year as a day of its year: 截至去年底."""
    text = _LAST_YEAR_END.sub(f"{lexicon.document.year - 1}年底", question.text)
    return replace(question, text=text, plain=plain(text)) if text != question.text else question


def _of_both_last(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument], last: Turn | None
) -> NormalisedQuestion:
    """The question about the departments of the last two turns: 两家差多少."""
    two = last is not None and len(last.document_ids) == _TWO
    if last is None or not (last.subject or two):
        return question
    if _THAN_IT.search(question.text):
        return _than_the_last(question, documents, last)
    if not (_BOTH_LAST.search(question.text) or _is_of_one_name(question, last)):
        return question
    spoken_of = dict.fromkeys((*last.documents_before, *last.document_ids))
    names = dict.fromkeys(d.department for i in spoken_of for d in documents if d.id == i)
    if len(names) != _TWO or named_departments(question.plain, documents):
        return question
    about = f"{'和'.join(names)}的{_TABLE_OF.sub('', last.subject or '')}"
    if two:
        about = _EACH_ASKED.sub("", last.question)
    text = f"{about}，{question.text}"
    return replace(question, text=text, plain=plain(text))


def _is_of_one_name(question: NormalisedQuestion, last: Turn) -> bool:
    """Whether amounts of one name in two departments are held against each other: 哪个贵."""
    two = len(last.documents_before) == len(last.document_ids) == 1
    two = two and last.documents_before != last.document_ids and not last.listed
    same = last.before[:1] == (last.subject,)
    return two and same and asks_which_of_two(question.text)


def _than_the_last(
    question: NormalisedQuestion, documents: Sequence[BudgetDocument], last: Turn
) -> NormalisedQuestion:
    """The amount of another department held against the last one's: 商务局比它多几辆."""
    named = list(named_departments(question.plain, documents))
    before = [d.department for d in documents if d.id in last.document_ids]
    if len(named) != 1 or len(before) != 1 or named == before:
        return question
    text = f"{named[0]}和{before[0]}的{_TABLE_OF.sub('', last.subject or '')}，相差多少"
    return replace(question, text=text, plain=plain(text))


def _without_idle(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question without words that go without saying."""
    text = _verbs_whole(_BEFORE_VERBS.of(rephrased(question.text)), lexicon)
    text = _IDLE.of(text)
    if OWN in text:
        text = _WITHOUT_BELOW.sub("", text)
    return question if text == question.text else replace(question, text=text, plain=plain(text))


def _verbs_whole(text: str, lexicon: Lexicon) -> str:
    """The text with verbs of the document that a 了 parts put together: 退了休的人."""
    for found in reversed(list(_PARTED_VERB.finditer(text))):
        verb = found["verb"] + found["object"]
        behind = words(text[found.start("object") : found.end() + _LONGEST])
        if verb in lexicon.by_pair and words(verb) == [verb] and behind[0] == found["object"]:
            text = text[: found.start()] + verb + text[found.end() :]
    return text


def _of_unit(question: NormalisedQuestion, lexicon: Lexicon) -> NormalisedQuestion:
    """The question without what says of a unit that it is one: 下属的评审中心."""
    text = question.text
    for found in reversed(list(_BELOW.finditer(text))):
        behind = plain(text[found.end() :])
        begins = plain(text[: found.start()]).removeprefix("那") == ""
        if not begins and any(behind.startswith(name) for name in lexicon.units):
            text = text[: found.start()] + text[found.end() :]
    return question if text == question.text else replace(question, text=text, plain=plain(text))


def _unknown(
    question: NormalisedQuestion,
    documents: Sequence[BudgetDocument],
    lexicon_of: Callable[[str], Lexicon],
) -> list[str]:
    """Organs that the question names, none of them a department or a unit of those indexed."""
    named = other_organs(question, documents)
    if not named or len(documents) > _FEW:
        return named
    printed = {label for d in documents for label in lexicon_of(d.id).by_label}
    bare = {name: name.lstrip("省市区县") for name in named}
    return [name for name in named if not any(label.endswith(bare[name]) for label in printed)]
