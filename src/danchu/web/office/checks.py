"""The rules figures are checked by: the list, trying and adding one, retiring one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from danchu.core.clock import today
from danchu.core.errors import Refusal
from danchu.core.units.selectors import unit_names
from danchu.reporting.checks.content import RuleContent
from danchu.reporting.checks.models import CheckRule
from danchu.reporting.checks.selectors import Trial, rules, try_rule
from danchu.reporting.checks.services import add_rule, retire_rule
from danchu.reporting.figures.selectors import definitions
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .check_forms import LAYERS, SEVERITIES, RuleForm
from .periods import period_label
from .rule_words import applied_in_words, rule_in_words, sentence_shown
from .words import name_in

MOST_SHOWN = 3  # sentences of one form


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in the words of the page."""

    row: CheckRule
    severity: str
    sentence: str
    rule: str
    applied: str


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form on which the rule would have fired."""

    unit: str
    period: str
    sentences: tuple[str, ...]
    more: int


@staff("checks.edit")
def checks(request: HttpRequest) -> HttpResponse:
    """Every rule in use, layer by layer, and those put aside."""
    parameters(request, {})
    found = rules(viewer_of(request))
    return _list(request, found)


def _list(
    request: HttpRequest, found: list[CheckRule], refused: int = 0, refusal: str = ""
) -> HttpResponse:
    in_use = [row for row in found if row.retired_at is None]
    return render(
        request,
        "office/checks.html",
        {
            "layers": [
                (words, [_shown(row) for row in in_use if row.layer == layer])
                for layer, words in LAYERS
            ],
            "retired": [_shown(row) for row in found if row.retired_at is not None],
            "total": len(in_use),
            "refused": refused,
            "refusal": refusal,
            "typed": request.POST.get("ly-do", ""),
        },
        status=400 if refusal else 200,
    )


def _shown(row: CheckRule) -> ShownRule:
    english = get_language() == "en"
    return ShownRule(
        row,
        name_in(SEVERITIES, row.severity),
        sentence_shown(row.sentence_en if english else row.sentence_vi),
        rule_in_words(row.rule),
        applied_in_words(row.applies_to),
    )


@staff("checks.edit")
def check_retire(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Stop using a rule."""
    parameters(request, {})
    viewer = viewer_of(request)
    if request.method == "POST":
        try:
            retire_rule(actor=viewer, rule_id=rule_id, reason=request.POST.get("ly-do", ""))
        except Refusal as refusal:
            return _list(request, rules(viewer), rule_id, str(refusal))
        messages.success(request, gettext("Đã thôi dùng quy tắc."))
    return redirect("office:checks")


@staff("checks.edit")
def check_new(request: HttpRequest) -> HttpResponse:
    """A new rule: tried on what was handed in, looked at, then added.

    What is added is what was tried: a rule changed in between is tried again first.
    """
    parameters(request, {})
    viewer = viewer_of(request)
    form = RuleForm(request.POST or None)
    trial: Trial | None = None
    mark = ""
    changed = False
    if request.method == "POST" and form.is_valid():
        content = form.content()
        mark = _mark(content)
        wanted = request.POST.get("viec") == "luu"
        tried = request.POST.get("da-thu") == mark
        try:
            if wanted and tried:
                add_rule(actor=viewer, content=content)
                messages.success(request, gettext("Đã thêm quy tắc. Áp dụng từ lần nộp tới."))
                return redirect("office:checks")
            trial = try_rule(viewer, content)
            changed = wanted
        except Refusal as refusal:
            form.refuse(refusal)
    return render(
        request,
        "office/check_new.html",
        {
            "form": form,
            "trial": trial,
            "told": _told(form) if trial else None,
            "fired": _forms(trial) if trial else [],
            "mark": mark,
            "changed": changed,
            "keys": _keys(),
        },
        status=400 if form.errors else 200,
    )


def _told(form: RuleForm) -> tuple[str, str]:
    """The rule of the form in words, and its sentence as officers will see it."""
    content = form.content()
    english = get_language() == "en"
    return (
        rule_in_words(content.rule),
        sentence_shown(content.sentence_en if english else content.sentence_vi),
    )


def _keys() -> list[tuple[str, str]]:
    english = get_language() == "en"
    return [(key, d.name_en if english else d.name_vi) for key, d in definitions().items()]


def _mark(content: RuleContent) -> str:
    """A short name of exactly this rule."""
    said = json.dumps(asdict(content), default=str, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _forms(trial: Trial) -> list[ShownForm]:
    names = unit_names([form.unit_id for form in trial.fired], today())
    language = get_language() or "vi"
    return [
        ShownForm(
            unit=names[form.unit_id][1] if form.unit_id in names else gettext("đơn vị đã kết thúc"),
            period=period_label(form.period_code),
            sentences=tuple(f.sentence(language) for f in form.fired[:MOST_SHOWN]),
            more=max(0, len(form.fired) - MOST_SHOWN),
        )
        for form in trial.fired
    ]
