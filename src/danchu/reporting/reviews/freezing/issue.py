"""Issuing a frozen report with the number văn thư gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.documents import (
    render_docx,
    render_pdf,
)
from danchu.core.errors import BadInput, Conflict
from danchu.core.files.services import add_made, made_files
from danchu.core.ledger.services import log_action
from danchu.core.outbox.services import enqueue
from danchu.core.records.inputs import clean_line, clean_text
from danchu.core.records.services import FIGURES
from danchu.core.work.services import complete
from danchu.reporting.rounds.models import Closing, Round

from ..export import MEDIA_TYPES
from ..frozen_data import Issue, as_bytes, document_of, with_issue
from ..frozen_files import kept_data
from ..models import FrozenFile, FrozenReport
from ..publishing import publish
from ..signing_words import require_fitting, with_deputy
from .locking import issue_task, locked, not_before, unknown, withdrawn


def issue_report(
    *,
    actor: Actor,
    frozen_id: int,
    number: str,
    issued_on: dt.date,
    signer_name: str,
    authority: str = "",
    post: str = "",
) -> FrozenReport:
    """Issue a frozen report: the number văn thư gave, the day on it, who signs.

    The final DOCX and PDF are made from the frozen data and kept with it; their hashes stand in
    the ledger. ``authority`` and ``post`` replace the issuing body's usual ones; under a
    deputy's post the line "KT." is added where it is missing. Needs ``reports.issue``. Raises
    ``Conflict`` when it is issued or withdrawn or the number is taken that year, ``BadInput`` for
    a day that has not come or lies before the freezing, and for a power of signature that the
    layout does not know.
    """
    frozen = FrozenReport.objects.filter(pk=frozen_id).first()
    if frozen is None:
        raise unknown()
    require(actor, "reports.issue", frozen.unit_id)
    given = _number(number)
    not_before(issued_on, frozen, "issued_on", "ngày ban hành", "day of issue")
    data = kept_data(frozen)
    usual = document_of(data).signatory
    issue = Issue(
        number=given,
        issued_on=issued_on,
        authority=clean_text(authority, "authority", "thẩm quyền ký", "authority", limit=200)
        or (usual.authority if usual else ""),
        post=clean_line(post, "post", "chức vụ", "post", limit=100, required=False)
        or (usual.post if usual else ""),
        name=clean_line(signer_name, "signer_name", "họ tên người ký", "signatory", limit=100),
    )
    issue = replace(issue, authority=with_deputy(frozen.layout, issue.authority, issue.post))
    require_fitting(frozen.layout, issue.authority)
    final = with_issue(data, issue)
    with made_files(_final_files(frozen, final)) as made, acting_as(actor):
        frozen = locked(frozen_id)
        require(actor, "reports.issue", frozen.unit_id)
        if frozen.state == FrozenReport.State.WITHDRAWN:
            raise withdrawn()
        if frozen.state == FrozenReport.State.ISSUED:
            raise Conflict("Báo cáo này đã ban hành.", "This report was issued already.")
        if frozen.closing_id is not None and _opened_again(frozen.closing_id):
            raise Conflict(
                "Đợt báo cáo đã mở lại sau khi chốt. Thu hồi bản chốt này, đóng đợt rồi chốt lại.",
                "The round was opened again after the freezing. Withdraw this, close the round "
                "and freeze again.",
            )
        _require_free_number(frozen, given, issued_on)
        for kind, item in made.items():
            row = add_made(actor=actor, unit_id=frozen.unit_id, record_id=frozen.pk, made=item)
            FrozenFile.objects.create(report=frozen, kind=kind, file=row)
        frozen.state = FrozenReport.State.ISSUED
        frozen.number, frozen.issued_on = given, issued_on
        frozen.issued_year = issued_on.year
        frozen.issued_at, frozen.issued_by_id = now(), actor.actor_id
        try:
            with transaction.atomic():
                frozen.save()
        except IntegrityError:
            raise _taken(given, issued_on) from None  # another was given the number just now
        publish(frozen, final)
        complete(actor=actor, key=issue_task(frozen.pk))
        # What is printed is what the unit says from now on; the fold holds it against the records.
        enqueue(FIGURES, unit_id=frozen.unit_id, period_id=frozen.period_id)
        log_action(
            "report.issued",
            actor=actor,
            record_id=frozen.pk,
            data={
                "number": given,
                "issued_on": issued_on.isoformat(),
                **{kind: item.sha256 for kind, item in made.items()},
            },
        )
    return frozen


def _opened_again(closing_id: int) -> bool:
    """Asked with the round held, so that it is not opened again beside the issue."""
    Round.objects.select_for_update(of=("self",), no_key=True).get(closings=closing_id)
    return Closing.objects.filter(pk=closing_id, reopened_at__isnull=False).exists()


def _final_files(
    frozen: FrozenReport, data: Mapping[str, Any]
) -> dict[str, tuple[bytes, str, str]]:
    document = document_of(data)
    code = data["report"]["unit"]["code"]
    name = f"bao-cao-{code}-{data['issue']['issued_on']}-so-{data['issue']['number']}"
    name = name.replace("/", "-")
    return {
        "data": (as_bytes(data), f"{name}.json", MEDIA_TYPES["json"]),
        "docx": (render_docx(document), f"{name}.docx", MEDIA_TYPES["docx"]),
        "pdf": (render_pdf(document), f"{name}.pdf", MEDIA_TYPES["pdf"]),
    }


_MOST_DIGITS = 6  # of papers numbered anew each year or term; more is a slip, and final


def _number(number: str) -> str:
    text = clean_line(number, "number", "số văn bản", "number", limit=20)
    digits = text.lstrip("0")
    count = len(digits) - len(digits.lstrip("0123456789"))
    if count > _MOST_DIGITS:
        raise BadInput(
            f"Số văn bản có nhiều nhất {_MOST_DIGITS} chữ số.",
            f"The number has at most {_MOST_DIGITS} digits.",
            field="number",
        )
    if not text.isascii() or not count or not text.replace("-", "").isalnum():
        raise BadInput(
            "Số văn bản ghi bằng chữ số, ví dụ 05 hoặc 112.",
            "The number is written in digits, such as 05 or 112.",
            field="number",
        )
    return digits


def _require_free_number(frozen: FrozenReport, number: str, issued_on: dt.date) -> None:
    """State numbers begin anew each year (NĐ 30/2020 Điều 15), Party ones each term: in one year
    no number is given twice by either."""
    taken = FrozenReport.objects.filter(
        unit_id=frozen.unit_id,
        symbol=frozen.symbol,
        number=number,
        issued_year=issued_on.year,
        state=FrozenReport.State.ISSUED,
    )
    if taken.exists():
        raise _taken(number, issued_on)


def _taken(number: str, issued_on: dt.date) -> Conflict:
    return Conflict(
        f"Số {number} đã dùng cho một báo cáo khác của năm {issued_on.year}.",
        f"Number {number} was given to another report of {issued_on.year}.",
        field="number",
    )
