"""The spine: opening once, correcting in versions, cancelling with a reason, private drafts."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from danchu.core import clock
from danchu.core.contracts import NOBODY, OPERATOR
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.models import Entry
from danchu.core.outbox.models import Message
from danchu.core.records import selectors, services
from danchu.core.records.models import Draft, Record
from danchu.core.units.models import PublicVersion
from tests.core.small_map import Map, holder, person

DAY = dt.date(2026, 2, 3)


@pytest.fixture(autouse=True)
def _day():
    with clock.on_day(dt.date(2026, 3, 1)):
        yield


def opened(actor, unit, key=None, kind="dialogue", **more):
    with transaction.atomic():
        return services.open_record(
            actor=actor,
            kind=kind,
            unit_id=unit.pk,
            occurred_on=DAY,
            author_id=actor.actor_id,
            client_key=key,
            **more,
        )


def test_the_same_key_of_the_same_author_gives_the_record_made_before(land: Map) -> None:
    unit, key = land["Bến Mẫu"], uuid.uuid4()
    author, other = holder("recorder", unit), holder("recorder", unit)
    first, made = opened(author, unit, key)
    again, made_again = opened(author, unit, key)
    assert (made, made_again) == (True, False)
    assert again.pk == first.pk
    elsewhere, made_elsewhere = opened(other, unit, key)
    assert made_elsewhere
    assert elsewhere.pk != first.pk
    with pytest.raises(Conflict):
        opened(author, unit, key, kind="reception")
    with pytest.raises(Conflict):
        opened(author, land["Cầu Mẫu"], key)
    assert Record.objects.count() == 2
    assert Message.objects.count() == 2  # figures are recomputed once for each record


def test_without_an_author_the_key_alone_makes_a_record_once(land: Map) -> None:
    unit, key = land["Bến Mẫu"], uuid.uuid4()
    first, _ = opened(OPERATOR, unit, key)
    again, made = opened(OPERATOR, unit, key)
    assert not made
    assert again.pk == first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.create(kind="dialogue", unit=unit, occurred_on=DAY, client_key=key)


def test_opening_tells_the_figures_what_changed(land: Map) -> None:
    record, _ = opened(OPERATOR, land["Bến Mẫu"])
    row = Message.objects.get()
    assert (row.topic, row.unit_id, row.day, row.form) == (
        "figures.source",
        record.unit_id,
        DAY,
        "dialogue",
    )


def test_cancelling_takes_the_right_and_a_reason_and_happens_once(land: Map) -> None:
    unit = land["Bến Mẫu"]
    author, neighbour = holder("recorder", unit), holder("recorder", land["Cầu Mẫu"])
    record, _ = opened(author, unit)
    Message.objects.all().delete()

    def cancel(actor, reason="Nhập trùng buổi", record_id=record.pk):
        return services.cancel_record(
            actor=actor, record_id=record_id, reason=reason, right="records.cancel"
        )

    for actor in (neighbour, holder("viewer", unit), NOBODY):
        with pytest.raises(NotAllowed):
            cancel(actor)
    for reason in ("", " \n ", "x" * 501):
        with pytest.raises(BadInput) as refused:
            cancel(author, reason)
        assert refused.value.field == "reason"
    with pytest.raises(NotFound):
        cancel(author, record_id=record.pk + 1000)
    record.refresh_from_db()
    assert record.state == "recorded"
    assert not Entry.objects.exists()
    assert not Message.objects.exists()

    cancel(author)
    record.refresh_from_db()
    assert (record.state, record.cancel_reason) == ("cancelled", "Nhập trùng buổi")
    assert record.cancelled_at is not None
    entry = Entry.objects.get()
    assert (entry.code, entry.record_id, entry.account_id) == (
        "record.cancelled",
        record.pk,
        author.pk,
    )
    assert Message.objects.get().day == DAY
    with pytest.raises(Conflict):
        cancel(author, "Lý do khác")
    record.refresh_from_db()
    assert record.cancel_reason == "Nhập trùng buổi"


def test_cancelling_what_is_public_renews_the_public_pages(land: Map) -> None:
    inside, _ = opened(OPERATOR, land["Bến Mẫu"])
    public, _ = opened(OPERATOR, land["Bến Mẫu"], visibility="public")
    numbers = []
    for record in (inside, public):
        services.cancel_record(
            actor=OPERATOR, record_id=record.pk, reason="Nhập trùng", right="records.cancel"
        )
        numbers += PublicVersion.objects.values_list("unit_id", "number")
    assert numbers == [(land["Bến Mẫu"].pk, 1)]


def test_a_correction_is_a_new_version(land: Map) -> None:
    author = holder("recorder", land["Bến Mẫu"])
    record, _ = opened(author, land["Bến Mẫu"], visibility="public")
    assert (
        services.keep_version(record, content={"title": "cũ"}, actor=author, reason="Sai tên") == 2
    )
    assert services.keep_version(record, content={"title": "mới"}, actor=author) == 3
    record.refresh_from_db()
    assert record.version == 3
    seen = selectors.versions_of(author, record.pk)
    assert [(v.number, v.content["title"]) for v in seen] == [(2, "mới"), (1, "cũ")]
    # The public sees the record, never what was taken out of it.
    assert selectors.visible_record(NOBODY, record.public_id) == record
    assert selectors.versions_of(NOBODY, record.pk) == []
    assert selectors.versions_of(holder("viewer", land["Cầu Mẫu"]), record.pk) == []


def test_a_known_key_stands_for_what_was_written_first_while_the_record_stands(land: Map) -> None:
    author = holder("recorder", land["Bến Mẫu"])
    record, _ = opened(author, land["Bến Mẫu"])
    assert services.before_corrections(record) is None
    services.require_same_content(record, {"title": "cũ"}, {"title": "cũ", "told_by": "key"})
    for said in ("mới", "sau nữa"):
        services.keep_version(record, content={"title": "cũ", "next": said}, actor=author)
    assert services.before_corrections(record) == {"title": "cũ", "next": "mới"}
    services.require_same(record, True)
    services.require_same_content(record, {"title": "sau nữa"}, {"title": "cũ"})
    different = [
        lambda: services.require_same(record, False),
        lambda: services.require_same_content(record, {"title": "mới"}, {"title": "mới"}),
    ]
    cancelled = [
        lambda: services.require_same(record, True),
        lambda: services.require_same_content(record, {"title": "cũ"}, {"title": "cũ"}),
    ]
    for state, calls in ((Record.State.RECORDED, different), (Record.State.CANCELLED, cancelled)):
        record.state = state
        for call in calls:
            with pytest.raises(Conflict) as refused:
                call()
            assert refused.value.code == "sent_before"


def test_who_sees_which_records(land: Map, django_assert_max_num_queries) -> None:
    inside, _ = opened(OPERATOR, land["Bến Mẫu"])
    public, _ = opened(OPERATOR, land["Cầu Mẫu"], visibility="public")
    before, _ = opened(OPERATOR, land["Bến Mẫu cũ"])
    village, _ = opened(OPERATOR, land["thôn Một"], kind="reception")
    far, _ = opened(OPERATOR, land["Chợ Mẫu"])
    names = {
        r.pk: n
        for r, n in zip(
            (inside, public, before, village, far),
            ("in", "public", "old", "village", "far"),
            strict=True,
        )
    }

    def seen(viewer, **chosen):
        with django_assert_max_num_queries(6):
            found = {names[r.pk] for r in selectors.visible_records(viewer, **chosen)}
        # Rows at hand are judged alike.
        every = Record.objects.values_list("pk", "visibility", "unit_id")
        if not chosen:
            assert {names[pk] for pk in selectors.seen_among(viewer, every)} == found
        return found

    assert seen(NOBODY) == {"public"}
    assert seen(OPERATOR) == set(names.values())
    assert seen(holder("viewer", land["Bến Mẫu"])) == {"in", "public", "old", "village"}
    assert seen(holder("viewer", land["thôn Một"])) == {"public", "village"}
    assert seen(holder("viewer", land["Minh Họa"])) == {"in", "public", "old", "village"}
    assert seen(holder("viewer", land["Ví Dụ"])) == {"public", "far"}
    assert seen(person("ai đó")) == {"public"}
    province = holder("viewer", land["Minh Họa"])
    assert seen(province, kinds=["reception"]) == {"village"}
    assert seen(province, unit_id=land["Bến Mẫu"].pk) == {"in"}
    assert seen(province, start=DAY, end=DAY) == {"in", "public", "old", "village"}
    assert seen(province, start=DAY + dt.timedelta(1)) == set()
    assert seen(province, end=DAY - dt.timedelta(1)) == set()
    for viewer in (NOBODY, holder("viewer", land["Cầu Mẫu"])):
        with pytest.raises(NotFound) as hidden:
            selectors.visible_record(viewer, inside.public_id)
        with pytest.raises(NotFound) as none:
            selectors.visible_record(viewer, uuid.uuid4())
        assert str(hidden.value) == str(none.value)


def test_a_draft_is_one_row_and_never_overwritten_silently(land: Map) -> None:
    someone, other = holder("recorder", land["Bến Mẫu"]), holder("recorder", land["Bến Mẫu"])
    first = services.save_draft(actor=someone, form="dialogue", content={"a": 1}, row_version=0)
    second = services.save_draft(
        actor=someone, form="dialogue", content={"a": 2}, row_version=first.row_version
    )
    assert (first.row_version, second.row_version) == (1, 2)
    assert Draft.objects.count() == 1
    for stale in (0, 1, 3):
        with pytest.raises(services.DraftConflict) as conflict:
            services.save_draft(
                actor=someone, form="dialogue", content={"a": 99}, row_version=stale
            )
        assert conflict.value.stored is not None
        assert conflict.value.stored.content == {"a": 2}
        assert conflict.value.stored.row_version == 2
    assert services.load_draft(actor=someone, form="dialogue") == second
    assert services.load_draft(actor=other, form="dialogue") is None
    assert services.load_draft(actor=NOBODY, form="dialogue") is None
    services.drop_draft(actor=other, form="dialogue")
    assert Draft.objects.count() == 1
    services.drop_draft(actor=someone, form="dialogue")
    assert not Draft.objects.exists()
    # A late autosave from another window must not bring a sent draft back.
    with pytest.raises(services.DraftConflict) as gone:
        services.save_draft(actor=someone, form="dialogue", content={"a": 2}, row_version=2)
    assert gone.value.stored is None
    assert not Entry.objects.exists()
    assert not Message.objects.exists()


def test_a_draft_needs_an_account_and_has_a_limit(land: Map) -> None:
    with pytest.raises(NotAllowed):
        services.save_draft(actor=NOBODY, form="dialogue", content={}, row_version=0)
    with pytest.raises(BadInput):
        services.save_draft(
            actor=holder("recorder", land["Bến Mẫu"]),
            form="dialogue",
            content={"text": "ă" * services.MAX_DRAFT},
            row_version=0,
        )
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_opening_outside_a_transaction_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(RuntimeError):
        services.open_record(
            actor=OPERATOR, kind="dialogue", unit_id=1, occurred_on=DAY, author_id=None
        )
