"""Reads one question about one document: alone, after the last turn, without what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.labels import plain
from index.records import BudgetDocument, FactMeasure, PassageKind
from qa_service.route import is_sure
from qa_service.types import NormalisedQuestion, Operation, QueryPlan, Route
from qa_service.understand.against import beside_a_number
from qa_service.understand.amounts import WITH_A_REST
from qa_service.understand.both_years import asks_both_years, of_both_years
from qa_service.understand.counted_share import shares_of_numbers
from qa_service.understand.cues import Cues, read_cues
from qa_service.understand.departments import (
    asked_of,
    is_corrected_department,
    without_departments,
)
from qa_service.understand.each_of import is_of_each, part_of_year
from qa_service.understand.exclusions import (
    THAT_ONE_NOT,
    excluding,
    leaves_a_kind,
    leaves_a_part_out,
    leaves_a_place,
    means_left_out,
    of_projects,
    read_exclusion,
)
from qa_service.understand.first_plan import first_plan
from qa_service.understand.followup import LEAST_OWN, complete, of_another
from qa_service.understand.followup_alike import without_likeness
from qa_service.understand.followup_kin import is_whole_again, of_its_kin
from qa_service.understand.followup_told import SAME_CLAUSE
from qa_service.understand.lexicon import Lexicon
from qa_service.understand.next_to import NEXT_TO
from qa_service.understand.numbered import numbered_sections
from qa_service.understand.one_of_several import (
    leaves_one_out,
    means_many,
    means_several,
    names_another,
    selected,
)
from qa_service.understand.operand_ways import SELECTED, set_apart
from qa_service.understand.operands import (
    ALL_SAID,
    OF_OPERANDS,
    ProjectOf,
    are_joined,
    asks_each,
    each_amount,
    names_several,
    operands,
)
from qa_service.understand.pairs import means_a_pair, of_a_pair
from qa_service.understand.part_of_it import is_of_a_part
from qa_service.understand.readings import read
from qa_service.understand.relations import between_ends, from_smallest, of_ends, with_relation
from qa_service.understand.scope import Scoped, check_scope, year_mask
from qa_service.understand.selections import names_asked, select
from qa_service.understand.settled import answers, is_open, unread
from qa_service.understand.side_by_side import (
    of_names_in_both_kinds,
    of_rows_and_total,
    of_two_tables,
)
from qa_service.understand.single_amounts import (
    ONE_THING,
    is_single,
    named_amount,
    of_all_funds,
    told_together,
)
from qa_service.understand.stories import without_story
from qa_service.understand.told_parts import told_parts
from qa_service.understand.turn import Turn
from qa_service.understand.vocabulary import Vocabulary
from qa_service.understand.weigh import weigh
from qa_service.understand.weighed import Weighed

_WORKED_OUT = re.compile("反推|倒推|推算|推一下|推一推|推回去|推出|倒算|算出|算回")
_TAKEN_OFF = re.compile("减去|减掉|扣除|扣掉|刨去|刨掉")
_LETTERS = re.compile("[几两二三四五六七八]个字|字样|字眼|关键词")
_EXTREME = re.compile("最[大多高贵小少低]|前[两二三四五六七八九十]|排名")
_GOES_ON = re.compile("(?<!没)[还再又](?:打算|准备|计划|要|想|得)|再[添买购置]")
"""More of what was spoken of last: 今年还打算再购置多少."""
_AND_THAT = re.compile("^(?:那么|那|还有)?(?P<about>[^,，。?？]{2,}?)的?(?:呢|如何)[?？。]*$")
_OF_PROJECTS = re.compile(
    "(?<![个些类])项目(?!支出|库|化)的?(?:预算)?(?:一共|总共|合计|共计?|加起来|总)"
)
"""Projects of a sort are added up: 租赁项目一共 is no 租赁费."""
_SEVERAL_SAID = re.compile("项目|一共|总共|合计|共计|总计|之和|相加")
"""Several amounts are asked for, and none that one thing alone explains."""
_SHARE_ASKED = re.compile(
    "占(?![用地])[^,，。?？]{0,12}?(?:多少(?![钱万元亿])|百分之几|百分之多少|几成|多大比|几分之)|"
    "(?:占比|比重)(?:是|有|为)?(?:多少|多大|几)"
)
_WHICH_CHANGED = re.compile(
    "哪(?:些|几[个项类笔])[^,，。?？是]{0,8}?(?:比(?:上年|去年))?(?:增加|减少|增长|下降|上涨|涨|降|多|少|上升)了"
)
"""Which lines have changed, of which a budget prints no last year's amounts."""
_APART_ASKED = re.compile("差额|相差|差多少|差几|对得上|对不上|吻合")
"""Of a difference that is asked for, no sum is told in its place."""
_WHOLE_NAME = 0.9
"""So much of a name is said by a question of which something is left aside."""
_NO_SHARES = (Operation.LOOKUP, Operation.SUM, Operation.AVERAGE)
"""Of a share that is asked for, none of these is told in its place."""
_THAT_ONE = re.compile("的?(?:(?:那|这)(?:一)?(?:笔|个|项|块|部分)?)?$")
"""What only points at a name: 宣传那笔, 内容运营的."""
_PURPOSES = re.compile(
    "(?:各自|分别|各|都)[^,，。?？]{0,6}(?:做|干|用|管|租|买)[^,，。?？]{0,3}(?:什么|啥|哪)"
)
"""What each of several is for, which no amounts tell."""
_WHICH_PARTS = re.compile(
    "(?:包括|包含|含|有|分为|分成|细分|下设)(?:了|成|为)?(?:的)?(?:是)?哪(?:些|几)(?:个|项|类|样|块|种|笔|部分)?"
    "(?:支出|费用|开支|科目|钱)?[呢啊呀]?[?？。]*$"
)
"""The parts of an amount are asked for: 对个人和家庭的补助里头包括哪几项."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A plan, and the question as it was weighed against the plan's document."""

    plan: QueryPlan
    weighed: Weighed | None
    """None where the plan is about no single document."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads complete questions about one document."""

    scoped: Scoped
    lexicon: Lexicon
    vocabulary: Vocabulary
    project_of: ProjectOf

    def understood(
        self, question: NormalisedQuestion, last: Turn | None, documents: Sequence[BudgetDocument]
    ) -> Understood:
        """What the question asks of the document, with what it leaves out from the last turn."""
        weighed, cues = self._weighed(question)
        told_by_others = weighed.fully().weight(weighed.hearsay) if weighed.hearsay else 0
        own = max(_own_weight(weighed, cues), told_by_others)
        if own and self.scoped.named and cues.counts and cues.counted:
            own = max(own, LEAST_OWN)  # 某某局有几辆车 is complete
        told = last is not None and last.route is Route.NARRATIVE
        only = own == 0 or is_corrected_department(question, documents)
        only = only or self._has_it_too(question)
        if last and only and self.scoped.named and (told or not cues.passage_kinds):
            completed = asked_of(question, last.question, documents)
        else:
            completed = complete(question, last, own)
        asked, question = question, completed
        if asked is not question:
            weighed, cues = self._weighed(question)
        plan = self.plan(question, weighed, cues)
        if WITH_A_REST.search(question.text) or NEXT_TO.search(question.text):
            return Understood(unread(plan), weighed)
        if asked is not question and last is not None:
            plan = of_its_kin(plan, asked, last, self.lexicon, self.plan_of) or plan
        otherwise = self.without_story(question, plan)
        if otherwise is None and last is not None:
            otherwise = self._from_last(question, asked, plan, last)
        if otherwise is not None:
            return otherwise
        plan = self.beside(plan, question) or self.without_exclusion(plan, question, weighed)
        shared = plan.operation in _NO_SHARES and _SHARE_ASKED.search(question.text)
        apart = plan.operation is Operation.SUM and _APART_ASKED.search(question.text)
        again = last is not None and is_whole_again(plan, asked, last, self.lexicon)
        again = again or is_of_a_part(plan, question.text, self.lexicon)
        if shared or apart or again or _WHICH_CHANGED.search(question.text):
            plan = unread(plan)
        plan = with_relation(between_ends(plan, weighed.own), weighed.own)
        if last is not None and last.passages:
            other = last.told == 1 and of_another(asked.text, question.text, last)
            plan = replace(
                plan,
                focus=last.passages[:1] if other else last.passages,
                told_before=last.passages[:1] if other else (),
                told_again=SAME_CLAUSE.match(asked.text) is not None and not plan.amount_asked,
            )
        return Understood(plan, weighed)

    def _has_it_too(self, question: NormalisedQuestion) -> bool:
        """Whether the question asks nothing but the same of another department."""
        text = without_likeness(question.text)
        if text == question.text:
            return False
        return _own_weight(*self._weighed(replace(question, text=text, plain=plain(text)))) == 0

    def _from_last(
        self, question: NormalisedQuestion, asked: NormalisedQuestion, plan: QueryPlan, last: Turn
    ) -> Understood | None:
        """A follow-up read by itself, or asked of the last subject, where it is better read so."""
        told = is_sure(plan) or plan.selections or plan.parts or plan.counts
        if asked is not question and not told:
            return self.alone(asked, plan)
        if asked is question and last.subject:
            goes_on = _GOES_ON.search(question.text) is not None and not plan.missing
            unsaid = is_open(plan, self.lexicon)
            if unsaid or (goes_on and plan.operation is Operation.LOOKUP):
                leaning = self.leaning(question, last.subject)
                of_that = leaning is not None and bool(leaning.plan.facts)
                return leaning if of_that or not goes_on or unsaid else None
        return None

    def _weighed(self, question: NormalisedQuestion) -> tuple[Weighed, Cues]:
        weighed = weigh(question, self.lexicon, self.vocabulary)
        return weighed, read_cues(weighed, self.vocabulary)

    def plan(self, question: NormalisedQuestion, weighed: Weighed, cues: Cues) -> QueryPlan:
        """The plan of the question, what it leaves out not considered."""
        scope, missing, measure = check_scope(
            question,
            weighed,
            self.lexicon,
            self.vocabulary,
            self.scoped.year,
            asks_amount=cues.numeric >= 1,
        )
        worked_out = cues.measure is FactMeasure.CHANGE and _WORKED_OUT.search(question.text)
        if measure is FactMeasure.PRIOR and (cues.measure is FactMeasure.AMOUNT or worked_out):
            cues = replace(cues, measure=measure)
        if cues.measure is FactMeasure.PRIOR:
            mask = cues.measure_mask | year_mask(weighed, self.lexicon)
            cues = replace(cues, measure_mask=mask)
        readings = read(weighed, cues, self.lexicon)
        plan = first_plan(
            self.scoped, scope, cues, readings, missing, weighed, question.text, self.lexicon
        )
        if plan.counts or _LETTERS.search(weighed.spoken):
            plan = replace(plan, name_holds=names_asked(weighed, self.vocabulary))
        sections = numbered_sections(weighed.spoken, self.lexicon)
        if sections:
            kinds = (PassageKind.ORGANISATION,)
            plan = replace(plan, name_holds=sections, passage_kinds=kinds, descriptive=1.0)
        if plan.operation in (Operation.SHARE, Operation.COUNT) and "占" in question.text:
            numbers = shares_of_numbers(question, plan, self.lexicon, self.vocabulary)
            if numbers:
                return replace(plan, operation=Operation.SHARE, parts=numbers)
        if plan.numeric >= 1 and is_of_each(weighed.own):
            return unread(plan)
        if plan.descriptive < 1 and part_of_year(weighed.own):
            return replace(unread(plan), needs=(*plan.needs, part_of_year(weighed.own)))
        return self._parts_of(plan, weighed, cues) or self._computed(plan, question, weighed, cues)

    def _parts_of(self, plan: QueryPlan, weighed: Weighed, cues: Cues) -> QueryPlan | None:
        """The plan of a list of a row's parts, where they are asked for and nothing explains it.

        “三公”经费包括哪几项 asks what the term means; 对个人和家庭的补助包括哪几项, of which no
        term is explained, asks for the rows below it.
        """
        lexicon, terms = self.lexicon, weighed.exact
        if plan.missing or len(terms) != 1 or not _WHICH_PARTS.search(weighed.spoken):
            return None
        name = weighed.text[terms[0].start : terms[0].end]
        if any(name in term for term in lexicon.explained):
            return None
        listed = replace(cues, operation=Operation.LIST)
        rows = select(weighed, listed, lexicon, self.vocabulary)
        if not rows or not all(selection.parent_ids for selection in rows):
            return None
        asked = replace(plan, operation=Operation.LIST, selections=rows, numeric=1.0)
        return replace(asked, descriptive=0.0, passage_kinds=())

    def without_story(self, question: NormalisedQuestion, plan: QueryPlan) -> Understood | None:
        """The question without what is told beside it; None where it is no better read so."""
        asked = without_story(question, self.lexicon, self.vocabulary, apart_only=answers(plan))
        if asked is None:
            return None
        weighed, cues = self._weighed(asked)
        if cues.numeric < 1:
            return None
        rest = self.plan(asked, weighed, cues)
        rest = self.beside(rest, asked) or self.without_exclusion(rest, asked, weighed)
        of_rows = rest.facts or rest.selections or rest.parts
        if not of_rows and {t.row_id for t in rest.cells} <= self.lexicon.sums:
            return None
        in_part = rest.operation is Operation.LOOKUP and rest.fit.asked < _WHOLE_NAME
        if in_part and not (weighed.exact or weighed.meanings):
            return None  # what is left aside may say the rest of the name
        return Understood(rest, weighed) if answers(rest) else None

    def without_exclusion(
        self, plan: QueryPlan, question: NormalisedQuestion, weighed: Weighed
    ) -> QueryPlan:
        """The plan without what the question leaves out: 除了工资福利支出，其余三大类加起来."""
        exclusion = read_exclusion(question, weighed)
        if exclusion is None:
            denied = plan.operation is Operation.LOOKUP and THAT_ONE_NOT.search(question.text)
            return unread(plan) if denied else plan
        read_rest, cues = self._weighed(exclusion.rest)
        rest = self.plan(exclusion.rest, read_rest, cues)
        if plan.parts and not plan.missing:
            left = exclusion.left_out
            if not any(means_left_out(part, left, self.lexicon) for part in plan.parts):
                return plan
            if rest.parts:
                return replace(rest, read_as=question.text)
            plan = unread(plan)
        if leaves_a_place(exclusion) and not rest.selections:
            cues = replace(cues, operation=Operation.SUM)
            rows = select(read_rest, cues, self.lexicon, self.vocabulary)
            rest = replace(rest, operation=Operation.SUM, selections=rows)
        not_that_one = of_projects(rest, self.lexicon) and is_sure(rest)
        not_that_one = not_that_one and is_single(rest, self.lexicon)
        if leaves_a_kind(exclusion) or not_that_one:
            return replace(rest, read_as=question.text)

        def named(name: str) -> QueryPlan | None:
            return named_amount(_THAT_ONE.sub("", name), rest.scope, self.lexicon, self.vocabulary)

        found = excluding(exclusion, rest, named, self.lexicon)
        if found is not None:
            return replace(found, read_as=question.text)
        if means_left_out(plan, exclusion.left_out, self.lexicon):
            return unread(plan)
        untold = leaves_a_part_out(exclusion, plan, self.lexicon, self.vocabulary)
        return unread(plan) if untold else plan

    def alone(self, question: NormalisedQuestion, completed: QueryPlan) -> Understood | None:
        """The subject of a follow-up asked for its amount: 那第三方测评的呢; None for no amount.

        Where it was completed to a question that is not understood.
        """
        named = _AND_THAT.match(question.text)
        if named is None or completed.numeric < 1 or completed.missing:
            return None
        text = f"{named['about']}是多少"
        asked = replace(question, text=text, plain=plain(text))
        weighed, cues = self._weighed(asked)
        if _own_weight(weighed, cues) == 0:  # 科技局呢 names no amount
            return None
        plan = self.plan(asked, weighed, cues)
        return Understood(plan, weighed) if is_sure(plan) and not plan.missing else None

    def leaning(self, question: NormalisedQuestion, subject: str) -> Understood | None:
        """The question asked of the last subject; None where it then names no one amount.

        Said after 固定资产, 今年还准备新买多少 means its purchases and no other.
        """
        text = f"{subject}{question.text}"
        asked = replace(question, text=text, plain=plain(text))
        weighed, cues = self._weighed(asked)
        plan = self.plan(asked, weighed, cues)
        one = is_sure(plan) and not plan.missing and is_single(plan, self.lexicon)
        return Understood(plan, weighed) if one and plan.operation is Operation.LOOKUP else None

    def plan_of(self, question: NormalisedQuestion) -> QueryPlan:
        """The plan of a question that stands by itself."""
        return self.plan(question, *self._weighed(question))

    def beside(self, plan: QueryPlan, question: NormalisedQuestion) -> QueryPlan | None:
        """The plan of one amount spread over a number, or held against one; None for neither."""

        plan_of = self.plan_of
        if asks_both_years(question, self.lexicon.document.year):
            return of_both_years(question, self.lexicon, plan_of) or unread(plan)
        ends = of_ends(question, plan_of)
        if ends is not None:
            return ends
        both = of_a_pair(question, self.lexicon, plan_of)
        if both is None and means_a_pair(question) and plan.operation in _NO_SHARES:
            return unread(plan)
        return both or beside_a_number(plan, question, self.lexicon, plan_of)

    def _computed(
        self, plan: QueryPlan, question: NormalisedQuestion, weighed: Weighed, cues: Cues
    ) -> QueryPlan:
        """The plan with the rows or the operands that its operation needs."""
        lexicon, vocabulary = self.lexicon, self.vocabulary
        if plan.operation is Operation.LIST and _PURPOSES.search(question.text):
            return plan
        if plan.together and {target.row_id for target in plan.cells} <= lexicon.sums:
            plan = of_all_funds(plan, lexicon)
        added = plan.operation is Operation.SUM
        if added or (plan.operation is Operation.LOOKUP and told_together(weighed)):
            each = each_amount(plan, weighed, lexicon)
            joined = are_joined(weighed, lexicon)
            if each and not joined:
                return replace(plan, operation=Operation.SUM, parts=each)
            single = is_sure(plan) and is_single(plan, lexicon) and not names_several(weighed)
            single = single and not (_of_names(weighed, vocabulary) or joined)
            single = single and not self._of_sort(plan, weighed)
            single = single and not means_many(plan, weighed, lexicon)
            single = single and not leaves_one_out(plan, question, weighed)
            single = single and not names_another(plan, question, lexicon, vocabulary)
            if single and not _ranks(weighed) and (not added or plan.fit.asked >= ALL_SAID):
                return replace(plan, operation=Operation.LOOKUP) if added else plan
            summed = replace(cues, operation=Operation.SUM)
            found = selected(weighed, summed, lexicon, vocabulary)
            narrowed = tuple(selection for selection in found if selection.narrowed)
            if narrowed or (added and found):
                return replace(plan, operation=Operation.SUM, selections=narrowed or found)
        elif plan.operation in SELECTED:
            found = selected(weighed, cues, lexicon, vocabulary)
            if found:
                return replace(plan, selections=found)
            told = told_parts(plan, lexicon) if plan.operation is Operation.RANK else ()
            if told:
                return replace(plan, parts=told)
        if plan.operation is Operation.LOOKUP and asks_each(weighed):
            listed = replace(plan, operation=Operation.LIST, limited=True)
            return self._each(listed, question, weighed, cues)
        several = plan.operation is Operation.LOOKUP and names_several(weighed)
        together = told_together(weighed) and plan.operation is not Operation.LIST
        together = together or (several and plan.amount_asked)
        if plan.operation in OF_OPERANDS or together:
            return self._of_operands(plan, question, weighed)
        return plan

    def _of_sort(self, plan: QueryPlan, weighed: Weighed) -> bool:
        """Whether projects of a sort are added up, and the plan means a subject: 租赁项目一共."""
        rows = {target.row_id for target in plan.cells} - self.lexicon.sums
        of_subject = bool(rows) and not of_projects(plan, self.lexicon)
        return of_subject and _OF_PROJECTS.search(weighed.spoken) is not None

    def _of_operands(
        self, plan: QueryPlan, question: NormalisedQuestion, weighed: Weighed
    ) -> QueryPlan:
        """The plan with the plans of its operands; one amount where a project alone is added."""
        lexicon = self.lexicon
        parts = self._operands(question, weighed, plan)
        operation = plan.operation
        added = operation is Operation.SUM or told_together(weighed)
        two = are_joined(weighed, lexicon)
        two = two or names_another(plan, question, lexicon, self.vocabulary)
        two = two or means_many(plan, weighed, lexicon)
        if not parts and added and two:
            return replace(plan, limited=True)  # one of two amounts is no sum of them
        if len(parts) == 1 and added:
            return replace(parts[0], scope=plan.scope, read_as=plan.read_as)
        if operation is Operation.LOOKUP and parts:
            operation = Operation.SUM
        if not parts and operation is Operation.SUM:
            if ONE_THING.search(question.text):
                operation = Operation.LOOKUP
            elif not (weighed.exact or _SEVERAL_SAID.search(question.text)):
                if means_several(question, self.project_of):
                    return replace(plan, limited=True)
                plan = replace(plan, cells=(), facts=(), together=False)
                operation = Operation.LOOKUP  # 墨粉加上复印纸 may be what one project is for
        if operation is Operation.COMPARE and _TAKEN_OFF.search(question.text):
            operation = Operation.DIFFERENCE
        ascending = from_smallest(weighed.text, self.vocabulary)
        return replace(plan, operation=operation, parts=parts, ascending=ascending)

    def _each(
        self, plan: QueryPlan, question: NormalisedQuestion, weighed: Weighed, cues: Cues
    ) -> QueryPlan:
        """The plan of a list of the amounts of several units, or of several names."""
        listed = replace(cues, operation=Operation.LIST)
        found = select(weighed, listed, self.lexicon, self.vocabulary)
        units = tuple(selection for selection in found if selection.row_ids)
        if units:
            return replace(plan, selections=units)
        return replace(plan, parts=self._operands(question, weighed, plan))

    def _operands(
        self, question: NormalisedQuestion, weighed: Weighed, plan: QueryPlan
    ) -> tuple[QueryPlan, ...]:
        """The operands of the plan; a department's name is no part of any."""
        lexicon, vocabulary = self.lexicon, self.vocabulary
        bare = without_departments(set_apart(question, weighed, lexicon), (lexicon.document,))
        read = weighed if bare is question else weigh(bare, lexicon, vocabulary)
        if plan.operation in (Operation.COMPARE, Operation.DIFFERENCE):
            against = of_rows_and_total(bare, plan.scope, lexicon, vocabulary)
            if against:
                return against
        added = Operation.SUM if plan.operation is Operation.LOOKUP else plan.operation
        both = of_names_in_both_kinds(bare, added, plan.scope, lexicon, vocabulary)
        if both:
            return both
        beside = of_two_tables(read, added, plan.scope, lexicon, vocabulary)
        return beside or operands(bare, read, plan, lexicon, vocabulary, self.project_of)


def _of_names(weighed: Weighed, vocabulary: Vocabulary) -> bool:
    """Whether the question is about what names hold: 名称里有“租赁”两个字的."""
    return _LETTERS.search(weighed.spoken) is not None or bool(names_asked(weighed, vocabulary))


def _ranks(weighed: Weighed) -> bool:
    """Whether the question asks for the largest or the smallest of something."""
    return _EXTREME.search(weighed.own) is not None


def _own_weight(weighed: Weighed, cues: Cues) -> float:
    """What the question weighs beside the words that only say what is asked."""
    return weighed.total - weighed.weight(cues.wording_mask | cues.measure_mask)
