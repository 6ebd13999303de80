"""Rules of the checks in the words of officers: names of indicators instead of their codes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.text import format_number
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definitions

RELATIONS: dict[str, str | Promise] = {
    "<=": _("không lớn hơn"),
    ">=": _("không nhỏ hơn"),
    "=": _("bằng"),
    "<": _("nhỏ hơn"),
    ">": _("lớn hơn"),
}
_OWN: dict[str, str | Promise] = {
    "value": _("số của chỉ tiêu"),
    "whole": _("số của chỉ tiêu tổng"),
    "recorded": _("số tính từ hồ sơ"),
    "below": _("tổng số các đơn vị trực thuộc đã nộp"),
    "earlier_median": _("trung vị các kỳ trước"),
    "earlier_spread": _("độ lệch các kỳ trước"),
    "peer_median": _("trung vị các đơn vị cùng loại"),
    "peer_spread": _("độ lệch giữa các đơn vị cùng loại"),
    "of": _("của"),
    "is": _("là"),
    "integer": _("số nguyên"),
}
_CLASSES: dict[str, str | Promise] = {
    "quantities": _("mọi số lượng"),
    "counts": _("các số đếm"),
    "money": _("các số tiền"),
    "rates": _("các tỷ lệ"),
    "flows": _("các số phát sinh trong kỳ"),
    "stocks": _("các số có đến cuối kỳ"),
    "parts": _("các chỉ tiêu thành phần"),
}
_PLACES: dict[str, str | Promise] = {
    "name": _("tên chỉ tiêu"),
    "value": _("số đã ghi"),
    "whole_name": _("tên chỉ tiêu tổng"),
    "whole": _("số của chỉ tiêu tổng"),
    "recorded": _("số tính từ hồ sơ"),
    "below": _("số các đơn vị trực thuộc"),
    "median": _("trung vị"),
    "n": _("số lần, số đơn vị"),
    "source": _("nguồn"),
}
_TOKEN = re.compile(r"<=|>=|[<>=]|[a-z][a-z0-9_]*|[0-9]+")
_PLACE = re.compile(r"\{([^{}]*)\}")


def name_of(meaning: Definition) -> str:
    """The indicator's name in the language of the page."""
    return meaning.name_en if get_language() == "en" else meaning.name_vi


def _named(key: str, meanings: Mapping[str, Definition]) -> str:
    return f"“{name_of(meanings[key])}”" if key in meanings else key


def rule_in_words(rule: str) -> str:
    """A rule as a sentence: "“Ý kiến đã giải quyết” không lớn hơn “Ý kiến nhận được”"."""
    meanings = definitions()

    def word(found: re.Match[str]) -> str:
        token = found.group()
        if token.isdigit():
            return format_number(int(token))
        said = RELATIONS.get(token) or _OWN.get(token)
        return str(said) if said else _named(token, meanings)

    return _TOKEN.sub(word, rule)


def applied_in_words(applies_to: str) -> str:
    """The indicators a rule is asked for: "các số đếm, trừ “Lượt người”"."""
    meanings = definitions()
    words = applies_to.split()

    def said(word: str) -> str:
        return str(_CLASSES[word]) if word in _CLASSES else _named(word, meanings)

    taken = ", ".join(said(word) for word in words if not word.startswith("-"))
    without = ", ".join(said(word[1:]) for word in words if word.startswith("-"))
    return (
        gettext("%(taken)s, trừ %(without)s") % {"taken": taken, "without": without}
        if (without)
        else taken
    )


def sentence_shown(sentence: str) -> str:
    """The sentence of a rule as officers see it, with words in the places of numbers."""
    meanings = definitions()

    def place(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in _PLACES:
            return f"[{_PLACES[name]}]"
        if name in meanings:
            return f"[{gettext('số')} {_named(name, meanings)}]"
        return f"[{name}]"

    # The name of an indicator stands in its own quotes already.
    return _PLACE.sub(place, sentence)


def comparison(left: str, relation: str, right: str) -> tuple[str, str, str]:
    """The rule that one indicator stands so to another, and its sentence in both languages."""
    meanings = definitions()
    one, other = meanings[left], meanings[right]
    said = {"<=": "không được lớn hơn", ">=": "không được nhỏ hơn", "=": "phải bằng"}
    said |= {"<": "phải nhỏ hơn", ">": "phải lớn hơn"}
    english = {"<=": "at most", ">=": "at least", "=": "equal to"}
    english |= {"<": "less than", ">": "more than"}
    return (
        f"{left} {relation} {right}",
        f"“{one.name_vi}” là {{{left}}}, {said[relation]} “{other.name_vi}” là {{{right}}}. "
        "Sửa hoặc giải trình.",
        f"“{one.name_en}” is {{{left}}} and must be {english[relation]} “{other.name_en}”, "
        f"{{{right}}}. Correct it or give a reason.",
    )
