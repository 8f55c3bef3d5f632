"""The texts of replies, from `prompts/replies.<language>.yaml`."""

from __future__ import annotations

import string
from functools import cache

from qa_service.errors import SettingError
from qa_service.prompt_files import read_prompt
from qa_service.types import Language

FIELDS: dict[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "amount": "year label amount marks",
        "amount_final": "year label amount marks",
        "amount_in_prose": "year label amount marks",
        "amount_zero": "year label amount marks",
        "amount_zero_final": "year label amount marks",
        "amount_blank": "heading label marks",
        "prior": "label amount formula marks",
        "change": "label amount marks",
        "no_change": "subject amount marks",
        "incomparable": "label marks",
        "several": "label parts",
        "of_funds": "heading amount marks",
        "whole_project": "project",
        "several_part": "heading label amount marks",
        "which_amount": "",
        "did_you_mean": "",
        "did_you_mean_option": "label heading",
        "option_question": "title label",
        "which_passage": "",
        "which_passage_option": "title",
        "which_term_option": "title",
        "which_item_option": "section item",
        "which_section_option": "section",
        "nearest": "",
        "of_each": "thing text",
        "of_department": "department section text",
        "related": "marks",
        "passage_titled": "title",
        "passage_in": "section item",
        "passage": "text marks",
        "tally": "label number unit",
        "tally_found": "label number unit",
        "verdict_yes": "",
        "verdict_no": "",
        "verdict_has": "",
        "verdict_has_not": "",
        "goal": "title text marks",
        "which_department": "",
        "which_question": "",
        "one_at_a_time": "",
        "which_department_option": "title question",
        "not_found": "",
        "not_computed": "",
        "computed_count": "what value marks",
        "computed_list": "what rows",
        "named_rows": "",
        "computed_rank": "what order rows",
        "computed_first": "what row",
        "order_down": "",
        "order_up": "",
        "computed_row": "label amount marks",
        "computed_sum": "year what amount formula marks",
        "computed_average": "year what amount formula marks",
        "computed_spread": "year what amount formula marks",
        "computed_share": "one other value formula marks",
        "computed_rest": "year one other what amount formula marks",
        "computed_ratio": "one other value formula marks",
        "computed_several": "parts",
        "computed_more": "more more_amount less less_amount amount formula marks",
        "computed_same": "one other amount marks",
        "amount_named": "",
        "computed_over": "year one own amount formula marks",
        "computed_under": "year one own amount formula marks",
        "computed_none": "what marks",
        "missing_year": "said",
        "missing_department": "said",
        "missing_final_account": "said",
        "missing_budget": "said",
        "out_of_scope": "",
        "refused": "",
        "greeting": "",
        "thanks": "",
        "about": "",
        "indexed": "documents",
        "rounding": "message",
        "conflict": "message",
        "assumed": "documents",
        "suggest_child": "label",
        "suggest_goal": "label",
        "suggest_amount": "label",
        "suggest_amount_final": "label",
        "suggest_total": "",
        "suggest_total_final": "",
        "suggest_duty": "",
        "suggest_three_public": "",
        "suggest_three_public_final": "",
        "empty_question": "",
        "long_question": "",
    }.items()
}
"""Each reply and the names that its text may hold."""


@cache
def load_replies(language: Language) -> dict[str, str]:
    """The replies in a language. Raises SettingError that names a text that cannot be used."""
    name = f"replies.{language.value}.yaml"
    replies = read_prompt(name)
    missing, unknown = FIELDS.keys() - replies.keys(), replies.keys() - FIELDS.keys()
    if missing or unknown:
        raise SettingError(f"prompts/{name}：缺少 {sorted(missing)}，多出 {sorted(unknown)}")
    for key, text in replies.items():
        used = {field for _, field, _, _ in string.Formatter().parse(text) if field}
        if not used <= FIELDS[key]:
            raise SettingError(f"prompts/{name} 的 {key} 用了没有的 {sorted(used - FIELDS[key])}")
    return dict(replies)


def say(language: Language, reply: str, **fields: object) -> str:
    """One reply with its fields filled in."""
    return load_replies(language)[reply].format(**fields)
