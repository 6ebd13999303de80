"""The rows of claims in the table of rights (``tests/test_rights.py``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any


def claimed(unit: int, day: dt.date, about: int) -> Any:
    """A claim about the record ``about`` of the unit; written directly, for nobody asks for it."""
    from danchu.civic.claims.models import Claim
    from danchu.core.records.models import Record

    record = Record.objects.create(kind="claim", unit_id=unit, occurred_on=day)
    return Claim.objects.create(
        record=record, about_id=about, kind="wrong", text="Số tiền chưa đúng."
    )


Rows = dict[str, tuple[str, Callable[[Any, Any], Any]]]


def _answered(claim: Any) -> Any:
    """The claim with an answer; written directly, for nobody asks for it."""
    from danchu.civic.claims.models import Claim

    Claim.objects.filter(pk=claim.pk).update(
        outcome="stands", answer="Đúng.", answered_on=claim.record.occurred_on
    )
    return claim


def services() -> Rows:
    """Answering asks for the right to write; sending is open to everybody and stands in no table."""
    from danchu.civic.claims import services as s

    return {
        "answer_claim": (
            "records.write",
            lambda a, p: s.answer_claim(
                actor=a,
                record_id=p.claimed.pk,
                version=1,
                outcome="stands",
                answer="Đã kiểm tra, đúng.",
            ),
        ),
        "amend_claim_answer": (
            "records.write",
            lambda a, p: s.amend_claim_answer(
                actor=a,
                record_id=_answered(p.claimed).pk,
                version=1,
                outcome="stands",
                answer="Đã kiểm tra lại, đúng.",
                reason="Trả lời thiếu căn cứ.",
            ),
        ),
        "cancel_claim": (
            "records.cancel",
            lambda a, p: s.cancel_claim(actor=a, record_id=p.claimed.pk, version=1, why="mistake"),
        ),
    }


def selectors() -> Rows:
    """What citizens said is read inside."""
    from danchu.civic.claims import selectors as s

    return {
        "claim": ("records.read", lambda v, p: s.claim(v, p.claimed.record.public_id)),
        "claims": ("records.read", lambda v, p: s.claims(v, p.unit)),
    }
