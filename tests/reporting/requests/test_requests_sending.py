"""One form for several receivers: each with its hour, and a note of what went out when."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from danchu.core.clock import VIET_NAM, now
from danchu.core.errors import BadInput, Conflict, NotAllowed
from danchu.core.ledger.models import Entry
from danchu.core.work.selectors import open_tasks
from danchu.reporting.requests.models import Request, Sending
from danchu.reporting.requests.receivers import receivers_of
from danchu.reporting.requests.sending import ReceiverInput, add_receiver, note_sent
from danchu.reporting.requests.services import answer_request, cancel_request
from tests.cast import TODAY
from tests.core.documents.word_form import word_form
from tests.reporting.requests.test_requests import asked, mapped

pytestmark = pytest.mark.django_db

DUE = dt.datetime(2026, 6, 12, 9, 30, tzinfo=VIET_NAM)


def test_another_receiver_gets_the_same_form_already_mapped(cast):
    first = asked(cast, data=word_form(), name="bieu.docx")
    mapped(cast, first, "1", what="unit", key="")
    given = {
        "actor": cast.reporter_benmau,
        "request_id": first.pk,
        "content": ReceiverInput("Ban Tuyên giáo", DUE, "45/BTG"),
        "client_key": uuid.uuid4(),
    }
    second = add_receiver(**given)
    assert add_receiver(**given).pk == second.pk
    assert (second.layout_id, second.period_id, second.title, second.due_at) == (
        first.layout_id,
        first.period_id,
        first.title,
        DUE,
    )
    assert (second.form.sha256, second.form.name) == (first.form.sha256, "bieu.docx")
    titles = [t.title for t in open_tasks(cast.reporter_benmau, cast.benmau, TODAY)]
    assert any("09:30, gửi Ban Tuyên giáo" in title for title in titles)
    answer_request(actor=cast.reporter_benmau, request_id=second.pk, layer="recorded")
    own, (other,) = receivers_of(cast.reporter_benmau, first)
    assert own.given is None and other.given and other.differing is None
    for actor in (cast.viewer_benmau, cast.reporter_caumau):
        with pytest.raises(NotAllowed):
            add_receiver(**(given | {"actor": actor}))
    with pytest.raises(BadInput):
        add_receiver(**(given | {"content": ReceiverInput(" ", DUE), "client_key": None}))
    cancel_request(actor=cast.reporter_benmau, request_id=second.pk, reason="Nhầm")
    assert receivers_of(cast.reporter_benmau, first)[1] == []
    with pytest.raises(Conflict):
        add_receiver(**(given | {"request_id": second.pk}))
    assert Request.objects.count() == 2


def test_what_was_sent_is_noted_once_with_its_hour(cast):
    request = asked(cast)
    mapped(cast, request, "C2", what="unit", key="")
    with pytest.raises(BadInput):
        note_sent(actor=cast.reporter_benmau, request_id=request.pk, number=1)
    answer_request(actor=cast.reporter_benmau, request_id=request.pk, layer="recorded")
    given = {"actor": cast.reporter_benmau, "request_id": request.pk, "number": 1}
    for wrong in (dt.timedelta(days=-1), dt.timedelta(minutes=5)):
        with pytest.raises(BadInput):
            note_sent(**given, sent_at=now() + wrong)
    for actor in (cast.viewer_benmau, cast.reporter_caumau):
        with pytest.raises(NotAllowed):
            note_sent(**(given | {"actor": actor}))
    assert not Sending.objects.exists()
    noted = note_sent(**given)
    assert note_sent(**given, sent_at=now()) == noted
    assert Entry.objects.filter(code="request.sent").count() == 1
    own, others = receivers_of(cast.viewer_benmau, request)
    assert own.given and own.given.sent_at == noted.sent_at and others == []
    # A later version counts once it is sent, not before.
    mapped(cast, request, "F6", what="text", key="", text="Đã rà soát")
    answer_request(actor=cast.reporter_benmau, request_id=request.pk, layer="recorded")
    own, _ = receivers_of(cast.viewer_benmau, request)
    assert own.given and own.given.number == 1
    note_sent(**(given | {"number": 2}))
    own, _ = receivers_of(cast.viewer_benmau, request)
    assert own.given and own.given.number == 2


def test_late_is_what_had_not_gone_out_by_its_hour(cast):
    request = asked(cast)  # due on 10 June 2026
    mapped(cast, request, "C2", what="unit", key="")
    other = add_receiver(
        actor=cast.reporter_benmau,
        request_id=request.pk,
        content=ReceiverInput("Ban Mẫu", now() + dt.timedelta(days=3)),
    )
    answer_request(actor=cast.reporter_benmau, request_id=other.pk, layer="recorded")
    note_sent(actor=cast.reporter_benmau, request_id=other.pk, number=1)
    _, (seen,) = receivers_of(cast.reporter_benmau, request)
    assert not seen.is_late
    Request.objects.filter(pk=other.pk).update(due_at=now() - dt.timedelta(days=3))
    _, (seen,) = receivers_of(cast.reporter_benmau, request)
    assert seen.is_late
