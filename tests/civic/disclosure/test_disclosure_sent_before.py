"""What comes again under a known key with another content is never silently taken for the first."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from danchu.civic.disclosure.models import CouncilSession, Dispatch, Notice, RegisterEntry
from danchu.civic.disclosure.quarters import Quarter
from danchu.civic.disclosure.services import (
    EvidenceInput,
    HandedIn,
    PostingInput,
    SentInput,
    add_document,
    add_evidence,
    add_posting,
    cancel_notice,
    cancel_posting,
    correct_notice,
    correct_posting,
    forget_names,
    hand_in_document,
    hand_in_evidence,
    note_sent,
    record_notice,
    record_session,
    remove_document,
)
from danchu.civic.otherwork.services import (
    correct_other_work,
    record_other_work,
)
from danchu.civic.reception.services import correct_reception, record_reception
from danchu.core.clock import on_day
from danchu.core.errors import Conflict
from tests.cast import TODAY, Cast
from tests.civic.disclosure.made import (
    DAY,
    HALL,
    HEADQUARTERS,
    NAMED,
    document,
    named_input,
    notice_input,
    photo,
    publish,
    publish_register_now,
)
from tests.making import reception_input, refused, work_input


def test_a_dispatch_of_the_same_key_is_one_and_another_is_refused(cast: Cast) -> None:
    publish(cast.recorder_benmau, cast.benmau)
    who = cast.recorder_benmau
    register = publish_register_now(actor=who, unit_id=cast.benmau, quarter=Quarter(2026, 2))
    given: dict[str, Any] = {
        "actor": who,
        "about_id": register.pk,
        "content": SentInput("front", TODAY, "paper"),
        "client_key": uuid.uuid4(),
    }
    assert note_sent(**given) == note_sent(**given)
    for other in (SentInput("front", TODAY, "email"), SentInput("council", TODAY, "paper")):
        fault = refused(Conflict, note_sent, **{**given, "content": other})
        assert fault.code == "sent_before"
    assert Dispatch.objects.count() == 1


def test_a_reception_and_other_work_of_a_known_key_are_held_against_what_was_sent(
    cast: Cast,
) -> None:
    """Also where it was corrected since: compared is what was written first."""
    cases: tuple[tuple[Any, Any, Any, str], ...] = (
        (record_reception, correct_reception, reception_input(), "visits"),
        (record_other_work, correct_other_work, work_input(), "number"),
    )
    for write, correct, first, column in cases:
        given: dict[str, Any] = {
            "actor": cast.recorder_benmau,
            "unit_id": cast.benmau,
            "occurred_on": TODAY,
            "content": first,
            "client_key": uuid.uuid4(),
        }
        row = write(**given)
        assert write(**given) == row
        other = replace(first, **{column: 7})
        assert refused(Conflict, write, **{**given, "content": other}).code == "sent_before"
        earlier = {**given, "occurred_on": TODAY - dt.timedelta(days=1)}
        assert refused(Conflict, write, **earlier).code == "sent_before"
        correct(
            actor=cast.recorder_benmau,
            record_id=row.pk,
            version=1,
            occurred_on=TODAY,
            content=other,
            reason="Ghi nhầm",
        )
        assert write(**given) == row


def test_a_session_of_the_same_key_is_one_and_another_is_refused(cast: Cast) -> None:
    given: dict[str, Any] = {
        "actor": cast.recorder_benmau,
        "unit_id": cast.benmau,
        "on": TODAY,
        "client_key": uuid.uuid4(),
    }
    assert record_session(**given) == record_session(**given)
    other = {**given, "on": TODAY + dt.timedelta(days=1)}
    assert refused(Conflict, record_session, **other).code == "sent_before"
    assert CouncilSession.objects.count() == 1


def test_a_register_under_the_key_of_another_or_of_a_cancelled_one_is_refused(cast: Cast) -> None:
    """It neither goes wrong in the database nor adds its lines to what stands under that key."""
    who, key, taken = cast.recorder_benmau, uuid.uuid4(), uuid.uuid4()
    notice: dict[str, Any] = {"occurred_on": DAY, "content": notice_input()}
    record_notice(actor=who, unit_id=cast.benmau, **notice, client_key=taken)
    given: dict[str, Any] = {"actor": who, "unit_id": cast.benmau, "quarter": Quarter(2026, 2)}
    assert refused(Conflict, publish_register_now, **given, client_key=taken).code == "sent_before"
    assert not RegisterEntry.objects.exists()
    first = publish_register_now(**given, client_key=key)
    assert publish_register_now(**given, client_key=key) == first
    cancel_notice(actor=cast.leader_benmau, record_id=first.pk, reason="Thiếu nội dung")
    assert refused(Conflict, publish_register_now, **given, client_key=key).code == "sent_before"
    publish(who, cast.benmau, title="Ghi sau khi hủy")
    assert RegisterEntry.objects.count() == 1
    again = publish_register_now(**given, client_key=uuid.uuid4())
    assert again != first and RegisterEntry.objects.filter(register=again).count() == 2


_ONE = dt.timedelta(days=1)
_PORTAL = PostingInput(kind="portal", place="Trang xã", link="https://benmau.example.vn/ck")


def _paper(cast: Cast, data: bytes, name: str = "du-toan.docx") -> HandedIn:
    who = cast.recorder_benmau
    return hand_in_document(actor=who, unit_id=cast.benmau, data=data, name=name)


def _shown(cast: Cast, at: PostingInput, data: bytes) -> PostingInput:
    who = cast.recorder_benmau
    file = hand_in_evidence(actor=who, unit_id=cast.benmau, data=data, name="anh.jpg")
    return replace(at, evidence=EvidenceInput(file=file))


def _sending(cast: Cast) -> dict[str, Any]:
    return {
        "actor": cast.recorder_benmau,
        "unit_id": cast.benmau,
        "occurred_on": DAY,
        "client_key": uuid.uuid4(),
    }


def _refused_each(given: dict[str, Any], others: dict[str, Any]) -> None:
    count = Notice.objects.count()
    for what, other in others.items():
        fault = refused(Conflict, record_notice, **given, content=other)
        assert (fault.code, "khác" in fault.vi) == ("sent_before", True), what
    assert Notice.objects.count() == count


def test_a_notice_sent_again_with_other_files_is_refused_and_with_the_same_is_the_first(
    cast: Cast,
) -> None:
    """A browser sends its files again, and each is taken in anew: the content tells."""
    given, paper, other = _sending(cast), document("Dự toán."), document("Phụ lục.")
    picture, later = photo(), photo(taken="2026:05:21 08:00:00")

    def form(*papers: bytes, at: PostingInput) -> Any:
        return notice_input(at, HALL, documents=tuple(_paper(cast, one) for one in papers))

    made = record_notice(**given, content=form(paper, at=_shown(cast, HEADQUARTERS, picture)))
    same = form(paper, at=_shown(cast, HEADQUARTERS, picture))
    assert record_notice(**given, content=same) == made
    shown = same.postings[0]
    _refused_each(
        given,
        {
            "a document more": form(paper, other, at=shown),
            "a document less": form(at=shown),
            "another document": form(other, at=shown),
            "the same document twice": form(paper, paper, at=shown),
            "another picture": form(paper, at=_shown(cast, HEADQUARTERS, later)),
            "no picture": form(paper, at=HEADQUARTERS),
            "a picture of the other place": replace(
                same, postings=(shown, _shown(cast, HALL, later))
            ),
            "somebody else's file": replace(
                same,
                documents=(
                    hand_in_document(
                        actor=cast.recorder_caumau, unit_id=cast.caumau, data=paper, name="a.docx"
                    ),
                ),
            ),
        },
    )
    assert (made.documents.count(), made.postings.count()) == (1, 2)


def test_a_notice_sent_again_with_other_places_days_or_links_is_refused(cast: Cast) -> None:
    given = _sending(cast)
    at = replace(HEADQUARTERS, starts_on=DAY)
    made = record_notice(**given, content=notice_input(at, HALL, _PORTAL))
    assert record_notice(**given, content=notice_input(_PORTAL, HEADQUARTERS, HALL)) == made
    _refused_each(
        given,
        {
            "fewer places": notice_input(at, HALL),
            "no place": notice_input(),
            "another day": notice_input(replace(at, starts_on=DAY + _ONE), HALL, _PORTAL),
            "another link": notice_input(at, HALL, replace(_PORTAL, link="https://khac.vn/ck")),
            "another place": notice_input(at, replace(HALL, place="Nhà văn hóa"), _PORTAL),
        },
    )


def test_a_notice_sent_again_with_another_end_of_names_period_or_reader_is_refused(
    cast: Cast,
) -> None:
    """The earlier end of a list of names is never dropped in silence."""
    given, end = _sending(cast), DAY + dt.timedelta(days=20)
    made = record_notice(**given, content=named_input(names_not_after=end))
    assert record_notice(**given, content=named_input(names_not_after=end)) == made
    _refused_each(
        given,
        {
            "an earlier end": named_input(names_not_after=end - _ONE),
            "no end": named_input(),
            "another list": named_input(names_not_after=end, named=NAMED[:1]),
        },
    )
    of = _sending(cast)
    made = record_notice(**of, content=notice_input(budget_period="q1"))
    assert record_notice(**of, content=notice_input(budget_period="q1")) == made
    _refused_each(
        of,
        {
            "another period": notice_input(budget_period="q2"),
            "no period": notice_input(),
            "read inside only": notice_input(budget_period="q1", public=False),
            "a correction of another": notice_input(budget_period="q1", corrects_id=made.pk),
        },
    )


def test_what_was_corrected_or_added_since_does_not_make_the_same_form_another(
    cast: Cast,
) -> None:
    given, who = _sending(cast), cast.recorder_benmau
    paper, end = _paper(cast, document("Dự toán.")), DAY + dt.timedelta(days=20)
    content = named_input(
        _shown(cast, HEADQUARTERS, photo()), HALL, names_not_after=end, documents=(paper,)
    )
    made = record_notice(**given, content=content)
    first, second = made.postings.order_by("pk")
    added = _paper(cast, document("Phụ lục."), "phu-luc.docx")
    add_document(actor=who, notice_id=made.pk, file=added)
    remove_document(actor=who, notice_id=made.pk, order=1, reason="Nhầm tệp")
    proof = _shown(cast, HALL, photo(taken="2026:05:22 08:00:00")).evidence
    assert proof is not None
    add_evidence(actor=who, posting_id=second.pk, content=proof)
    elsewhere = PostingInput("culture_house", "Nhà văn hóa thôn Mẫu Đình", DAY)
    add_posting(actor=who, notice_id=made.pk, content=elsewhere)
    moved = replace(HEADQUARTERS, place="Trụ sở mới", starts_on=DAY + _ONE)
    why: dict[str, Any] = {"actor": who, "version": 1, "reason": "Ghi nhầm"}
    correct_posting(**why, posting_id=first.pk, content=moved)
    cancel_posting(actor=cast.admin, posting_id=second.pk, reason="Ghi nhầm")
    changed = named_input(names_not_after=end - _ONE, title="Danh sách hộ")
    with on_day(DAY + _ONE):  # while the names are shown
        correct_notice(**why, record_id=made.pk, occurred_on=DAY, content=changed)
    assert record_notice(**given, content=content) == made
    _refused_each(
        given,
        {
            "as it is now": replace(changed, documents=(added,), postings=(moved, elsewhere)),
            "the end set since": replace(content, names_not_after=end - _ONE),
            "the place moved since": replace(content, postings=(moved, HALL)),
            "the document added since": replace(content, documents=(paper, added)),
        },
    )


def test_of_documents_deleted_with_the_names_only_the_number_is_held_against(cast: Cast) -> None:
    given = _sending(cast)
    papers = tuple(_paper(cast, document(line)) for line in ("Dự toán.", "Phụ lục."))
    content = named_input(documents=papers)
    made = record_notice(**given, content=content)
    with on_day(DAY + dt.timedelta(days=60)):
        assert forget_names() == 1
        assert record_notice(**given, content=content) == made
        _refused_each(given, {"one less": replace(content, documents=papers[:1])})


def test_a_notice_sent_again_after_it_was_cancelled_is_told_so(cast: Cast) -> None:
    """Nothing differs then, and nobody is told it did; sent under a new key it is written."""
    given, content = _sending(cast), notice_input(HALL)
    made = record_notice(**given, content=content)
    cancel_notice(actor=cast.admin, record_id=made.pk, reason="Nhầm")
    for again in (content, notice_input(title="Khác")):
        fault = refused(Conflict, record_notice, **given, content=again)
        assert fault.code == "sent_before"
        assert "đã bị hủy" in fault.vi and "khác" not in fault.vi
        assert "cancelled" in fault.en
    assert record_notice(**{**given, "client_key": uuid.uuid4()}, content=content) != made
