"""The rules of the law one by one: a legal officer compares each with the text in force (L1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.accounts.selectors import account_names
from danchu.core.clock import today
from danchu.core.contracts import require
from danchu.core.errors import Refusal
from danchu.core.files.kinds import EVIDENCE
from danchu.core.files.services import read_within_limit, store_upload
from danchu.core.law.catalog import UNIT_KINDS, Instrument, Rule
from danchu.core.law.selectors import confirmations_of, current_catalogue
from danchu.core.law.services import confirm_rule, withdraw_confirmation
from danchu.web.design.access import staff, viewer_of
from danchu.web.design.parameters import parameters

from .law_forms import ConfirmRuleForm, WithdrawConfirmationForm
from .law_words import (
    basis_words,
    mode_name,
    rhythm_words,
    rule_cited,
    rule_title,
    source_name,
    unit_kind_name,
)
from .scope import own_unit

STATUSES = (
    ("cho", _("Chưa đối chiếu, chỉ nhắc")),
    ("da", _("Đã đối chiếu tại đây")),
    ("doc", _("Đã đọc lời văn, chưa đối chiếu")),
)


def status_of_rule(rule: Rule) -> str:
    """Where a rule stands: confirmed here ("da"), read in full ("doc"), or only advising."""
    if rule.confirmation is not None:
        return "da"
    return "doc" if rule.can_fail else "cho"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in the list."""

    rule: Rule
    title: str
    status: str
    basis: str
    rhythm: str
    mode: str
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An instrument with how many of its rules stand how."""

    instrument: Instrument
    rules: int
    waiting: int
    confirmed: int


@staff("law.confirm")
def law_rules(request: HttpRequest) -> HttpResponse:
    """The instruments, or the rules of one of them by article, each with its text basis."""
    query = parameters(
        request,
        {
            "van-ban": str,
            "loai": UNIT_KINDS,
            "tinh-trang": tuple(key for key, _words in STATUSES),
            "het": bool,
        },
    )
    require(viewer_of(request), "law.confirm")
    catalogue = current_catalogue()
    day = today()
    fitting = [
        rule
        for rule in catalogue
        if query["loai"] in (None, rule.unit_kind)
        and query["tinh-trang"] in (None, status_of_rule(rule))
        and (query["het"] or rule.applies_on(day))
    ]
    chosen = catalogue.instruments.get(query["van-ban"] or "")
    shown = [rule for rule in fitting if chosen is not None and rule.instrument == chosen]
    kept = request.GET.copy()
    kept.pop("van-ban", None)
    return render(
        request,
        "office/law_rules.html",
        {
            "chosen": chosen,
            "instruments": _instruments(fitting),
            "groups": _by_kind(
                shown, day_rules={rule.key for rule in shown if rule.applies_on(day)}
            ),
            "n_rules": len(fitting),
            "n_confirmed": sum(rule.confirmation is not None for rule in fitting),
            "n_waiting": sum(not rule.can_fail for rule in fitting),
            "statuses": STATUSES,
            "kinds": [(kind, unit_kind_name(kind)) for kind in UNIT_KINDS],
            "query": query,
            "status_chosen": query["tinh-trang"],
            "rest": kept.urlencode(),
            "as_of": catalogue.as_of,
            "version": catalogue.version,
        },
    )


def _instruments(rules: Iterable[Rule]) -> list[InstrumentLine]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.instrument.key, []).append(rule)
    lines = [
        InstrumentLine(
            of[0].instrument,
            len(of),
            sum(not rule.can_fail for rule in of),
            sum(rule.confirmation is not None for rule in of),
        )
        for of in found.values()
    ]
    # Where most waits comes first: that is where an hour of a legal officer changes most.
    return sorted(lines, key=lambda line: (-line.waiting, line.instrument.key))


def _by_kind(rules: Iterable[Rule], day_rules: set[str]) -> list[tuple[str, list[RuleLine]]]:
    found: dict[str, list[RuleLine]] = {}
    for rule in rules:
        found.setdefault(rule.unit_kind, []).append(
            RuleLine(
                rule,
                rule_title(rule),
                status_of_rule(rule),
                basis_words(rule),
                rhythm_words(rule),
                mode_name(rule.mode),
                rule.key in day_rules,
            )
        )
    return [(unit_kind_name(kind), lines) for kind, lines in found.items()]


@staff("law.confirm")
def law_rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule: what it says, what its text rests on, confirming it, withdrawing, its history."""
    parameters(request, {})
    viewer = viewer_of(request)
    rule = current_catalogue().rule(key)
    account = request.user
    confirm = ConfirmRuleForm(
        initial={
            "on": today(),
            "officer": ", ".join(
                part
                for part in (getattr(account, "name", ""), getattr(account, "post", ""))
                if part
            ),
        }
    )
    withdraw = WithdrawConfirmationForm()
    status = 200
    if request.method == "POST":
        status = 400
        if "rut" in request.POST:
            withdraw = WithdrawConfirmationForm(request.POST)
            if withdraw.is_valid() and _withdrawn(request, key, withdraw):
                return redirect("office:law_rule", key)
        else:
            confirm = ConfirmRuleForm(request.POST, request.FILES)
            if confirm.is_valid() and _confirmed(request, key, confirm):
                return redirect("office:law_rule", key)
        rule = current_catalogue().rule(key)
    history = confirmations_of(viewer, key)
    people = {one for line in history for one in (line.by, line.withdrawn_by) if one is not None}
    names = account_names(viewer, people) if people else {}
    return render(
        request,
        "office/law_rule.html",
        {
            "rule": rule,
            "title": rule_title(rule),
            "basis": basis_words(replace(rule, confirmation=None)),
            "cited": rule_cited(rule),
            "source": source_name(rule),
            "rhythm": rhythm_words(rule),
            "mode": mode_name(rule.mode),
            "unit_kind": unit_kind_name(rule.unit_kind),
            "status": status_of_rule(rule),
            "form": withdraw if withdraw.is_bound else confirm,
            "confirm": confirm,
            "withdraw": withdraw,
            "history": [
                (line, names.get(line.by or 0, ""), names.get(line.withdrawn_by or 0, ""))
                for line in history
            ],
        },
        status=status,
    )


def _confirmed(request: HttpRequest, key: str, form: ConfirmRuleForm) -> bool:
    """Whether the comparison was written down; a refusal stands in the form."""
    data = form.cleaned_data
    try:
        confirm_rule(
            actor=viewer_of(request),
            key=key,
            on=data["on"],
            officer=data["officer"],
            text_compared=data["text_compared"],
            file_id=_kept(request, data["file"]),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, gettext("Đã ghi việc đối chiếu. Quy tắc có hiệu lực kết luận."))
    return True


def _kept(request: HttpRequest, given: File[bytes] | None) -> int | None:
    """The copy of the text that came with the comparison, kept for the officer's own unit."""
    if given is None:
        return None
    return store_upload(
        actor=viewer_of(request),
        unit_id=own_unit(request).id,
        data=read_within_limit(given),
        name=given.name or "",
        allowed=EVIDENCE,
        rights=("law.confirm",),
    ).pk


def _withdrawn(request: HttpRequest, key: str, form: WithdrawConfirmationForm) -> bool:
    """Whether the comparison was taken back; a refusal stands in the form."""
    try:
        withdraw_confirmation(actor=viewer_of(request), key=key, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, gettext("Đã rút việc đối chiếu. Quy tắc trở lại chỉ nhắc."))
    return True
