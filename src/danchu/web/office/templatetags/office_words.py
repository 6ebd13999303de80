"""Filters that turn codes of records into words: {% load office_words %}."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from danchu.civic.disclosure.rules import FORM_NAMES, PLACE_NAMES
from danchu.civic.otherwork.selectors import OtherWorkView
from danchu.core.calendar.words import Phrase
from danchu.core.text import format_number
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.reviews import prose
from danchu.reporting.reviews.figures import ReportFigure
from danchu.web.design.templatetags.danchu import tag_state, written
from danchu.web.office import words

register = template.Library()


@register.filter
def is_of_few(figure: ReportFigure) -> bool:
    """Whether the figure is a share of fewer than ten, told by its two counts."""
    return prose.is_of_few(figure)


@register.filter
def said(phrase: Phrase) -> str:
    """A phrase of the floors below in the language of the page."""
    return phrase.said(get_language() or "vi")


@register.filter
def place_kind(code: str) -> str:
    """A kind of place of posting."""
    return said(PLACE_NAMES[code]) if code in PLACE_NAMES else code


@register.filter
def disclosure_form(code: str) -> str:
    """A form of disclosure of article 12.1, by its letter."""
    return said(FORM_NAMES[code]) if code in FORM_NAMES else code


@register.filter
def moment_name(code: str) -> str:
    """At which moment of a posting its evidence was taken."""
    return str(dict(words.MOMENTS).get(code, code))


@register.filter
def is_number(cell: object) -> bool:
    """Whether a cell of a table is an amount and no text."""
    return isinstance(cell, int)


@register.filter
def get_field(form: BaseForm, name: str) -> BoundField:
    """A field of a form by its name."""
    return form[name]


@register.simple_tag
def posting_state(state: str, cancelled: bool = False) -> SafeString:
    """How a posting or a notice as a whole stands."""
    if cancelled:
        return tag_state("draft", gettext("đã hủy"))
    tone, told = words.POSTING_STATES[state]
    return tag_state(tone, told)


@register.filter
def dimension_name(code: str) -> str:
    """A part of a figure: a field, a kind of unit, a form of reception."""
    return words.dimension_name(code)


@register.filter
def dialogue_kind(code: str) -> str:
    """The form of a dialogue or meeting."""
    return words.name_in(words.DIALOGUE_KINDS, code)


@register.filter
def opinion_field(code: str) -> str:
    """The field of an opinion."""
    return words.name_in(words.FIELDS, code)


@register.filter
def outcome_name(code: str) -> str:
    """What came of an opinion."""
    return words.name_in(words.OUTCOMES, code)


@register.filter
def reception_form(code: str) -> str:
    """The form of a reception."""
    return words.name_in(words.RECEPTION_FORMS, code)


@register.filter
def receiver_name(code: str) -> str:
    """Who received."""
    return words.name_in(words.RECEIVERS, code)


@register.filter
def base_kind(code: str) -> str:
    """The kind of grassroots unit."""
    return words.name_in(words.BASE_KINDS, code)


@register.filter
def task_title(title: str) -> str:
    """The title of a task in the language of the page, as far as it is the house's own."""
    return words.task_title(title)


@register.filter
def here(path: str) -> str:
    """A path kept by the rooms below ("/office/…") in the language of this page."""
    return f"/en{path}" if get_language() == "en" and path.startswith("/") else path


@register.filter
def amount_of(record: OtherWorkView) -> str:
    """The number of a row of other work with its unit: "9.300,5 m²", "3 lớp"."""
    if record.kind is None:
        return written(format_number(record.number))
    number = format_number(Fraction(record.number, record.kind.scale))
    unit = record.kind.unit_en if get_language() == "en" else record.kind.unit_vi
    return f"{written(number)} {unit}"


@register.filter
def get(found: dict[Any, Any], key: Any) -> Any:
    """A value of a dictionary, "" when it is not there."""
    return found.get(key, "")


@register.filter
def unit_of(meaning: Definition) -> str:
    """What an indicator is counted in, in the language of the page."""
    return meaning.unit_en if get_language() == "en" else meaning.unit_vi


@register.filter
def agreeing(checks: Sequence[Any]) -> int:
    """How many of the checks of a text agree."""
    return sum(one.verdict == "ok" for one in checks)


@register.filter
def percent_of_thousand(thousandths: int) -> str:
    """A confidence kept in thousandths: "92%"."""
    return f"{thousandths // 10}%"
