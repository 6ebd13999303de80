"""Opening, correcting and cancelling records, and the private drafts before them."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.calendar.models import Period
from danchu.core.contracts import Actor, declared_measures, require
from danchu.core.errors import BadInput, Conflict, NotAllowed, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.outbox.services import enqueue
from danchu.core.prepared import PreparedInsert
from danchu.core.units.selectors import require_unit
from danchu.core.units.services import hold_units, raise_public_version

from .models import Draft, Record, RecordVersion

FIGURES = "figures.source"
MAX_REASON = 500  # characters
MAX_DRAFT = 200_000  # bytes of JSON


def open_record(
    *,
    actor: Actor,
    kind: str,
    unit_id: int,
    occurred_on: dt.date,
    author_id: int | None,
    visibility: str = Record.Visibility.INTERNAL,
    client_key: uuid.UUID | None = None,
    in_figures: bool = True,
    happened_there: bool = False,
) -> tuple[Record, bool]:
    """The row of the spine for an act, and whether it was made now.

    Called inside the transaction of a package's service, which has checked the right and
    writes the ledger entry. ``client_key`` comes from the browser or the importer: the same
    key of the same author returns the record made before and False, whatever happened in
    between, so that sending twice never doubles. ``in_figures``: whether to have the figures of
    its day recomputed; not where the service says itself what changed. ``happened_there``: it
    tells of something in the unit, which must have stood that day; the map is held still for
    it. Raises ``Conflict`` when that key was used for another kind of work or another unit,
    ``BadInput`` (field "occurred_on") for a unit that did not exist that day.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("open_record must run inside the transaction of the service")
    record = Record(
        kind=kind,
        unit_id=unit_id,
        occurred_on=occurred_on,
        visibility=visibility,
        author_id=author_id,
        client_key=client_key or uuid.uuid4(),
        created_at=clock.now(),
    )
    if happened_there:
        hold_units([unit_id])
    if _written(record):
        if happened_there:
            require_unit(unit_id, occurred_on, field="occurred_on")
        if in_figures:
            touch_figures(record)
        return record, True
    existing = Record.objects.get(author_id=author_id, client_key=record.client_key)
    if existing.kind != kind or existing.unit_id != unit_id:
        raise Conflict(
            "Phiếu này đã được gửi cho một việc khác. Nội dung vừa nhập chưa được ghi; "
            "hãy mở một phiếu mới rồi nhập lại.",
            "This form was already sent for other work. What you typed was not recorded; "
            "open a new form and enter it again.",
        )
    return existing, False


_COLUMNS = (
    "kind unit_id occurred_on visibility author_id client_key created_at public_id state version"
)
# Sent twice at once, the second waits for the first and is passed over.
_ROW = PreparedInsert(Record, _COLUMNS, unless_there=True)


def _written(record: Record) -> bool:
    """Write the row unless its author sent one with the same key; whether it was written."""
    record.pk = _ROW.write(*(getattr(record, name) for name in _COLUMNS.split()))
    record._state.adding = record.pk is None
    record._state.db = connection.alias
    return record.pk is not None


def touch_figures(record: Record, *, day: dt.date | None = None) -> None:
    """Have the figures that rest on this record recomputed.

    ``day`` names another legal day than the record's own, as when an opinion given on one day
    is answered on another: a settlement counts on the day of settlement (decision 17). A
    correction that moves ``occurred_on`` or the unit calls this once before and once after.
    Where what is still open counts in later periods, those that are known are named too.
    """
    on = day or record.occurred_on
    enqueue(FIGURES, unit_id=record.unit_id, day=on, form=record.kind)
    if record.kind in {m.record_kind for m in declared_measures() if m.lasting}:
        later = Period.objects.filter(start__gt=on).order_by("pk")
        for period_id in later.values_list("pk", flat=True):
            enqueue(FIGURES, unit_id=record.unit_id, period_id=period_id, form=record.kind)


def touch_figures_later(record: Record, *, day: dt.date) -> None:
    """The same once ``day`` has begun: a promised day that passes changes what is overdue."""
    # Counted from today, so that where the day is set the wait is as long as it would be.
    real_day = clock.day_of(clock.now()) + (day - clock.today())
    begins = dt.datetime.combine(real_day, dt.time(), clock.VIET_NAM)
    enqueue(FIGURES, unit_id=record.unit_id, day=day, form=record.kind, due_at=begins)


def require_same(record: Record, same: bool) -> None:
    """Raise ``Conflict`` (code "sent_before") unless what came with a known key is what it was.

    ``record``: what that key made, which has to stand; ``same``: whether it said the same.
    Going back in the browser and writing the next thing into the same form sends its key again:
    nothing of that may be taken for written down, and nothing cancelled for standing.
    """
    if record.state != Record.State.RECORDED or not same:
        raise Conflict(
            "Phiếu này đã được gửi trước đó với nội dung khác. Nội dung vừa nhập chưa được ghi. "
            "Nếu là việc mới, bấm gửi lần nữa; nếu là sửa, mở nội dung đã ghi để sửa.",
            "This form was sent before with another content. What was typed now was not recorded. "
            "If it is new, send it once more; to correct the other, open it.",
            code="sent_before",
        )


def require_same_content(
    record: Record, now: Mapping[str, object], typed: Mapping[str, object]
) -> None:
    """The same by the columns of a record. ``now``: what it says, as ``keep_version`` keeps it;
    ``typed``: what came. Compared is what was written first, also where it was corrected since."""
    first = before_corrections(record) or now
    said = {name: value for name, value in typed.items() if name in first}
    require_same(record, all(first[name] == value for name, value in said.items()))


def before_corrections(record: Record) -> Mapping[str, Any] | None:
    """What a record said first, as ``keep_version`` kept it; None where it was never corrected,
    so that it still says that."""
    kept = record.versions.order_by("number").first()
    return kept.content if kept is not None else None


def unchanged_since(record: Record, version: int) -> None:
    """Raise ``Conflict`` unless the record is still at the version the person saw."""
    if record.version != version:
        raise Conflict(
            "Có người vừa sửa nội dung này. Mở lại trang để xem bản mới; "
            "phần đang nhập chưa được lưu.",
            "Somebody has just changed this. Open the page again to see it; "
            "what was typed was not saved.",
        )


def cancel_record(*, actor: Actor, record_id: int, reason: str, right: str) -> Record:
    """Cancel a record with a reason; it stays, and counts in no figure from now on.

    ``right`` is the right the kind of work asks for, held over the record's unit. Raises
    ``NotFound``, ``NotAllowed``, ``BadInput`` for an empty or overlong reason, ``Conflict`` when
    it was cancelled before. Logs "record.cancelled", so a package that has more to write does
    so before calling this.
    """
    with acting_as(actor):
        record = Record.objects.select_for_update().filter(id=record_id).first()
        if record is None:
            raise NotFound("Không tìm thấy nội dung này.", "There is no such record.")
        require(actor, right, record.unit_id)
        reason = " ".join(reason.split())
        if not reason:
            raise BadInput(
                "Nêu lý do hủy. Nội dung chưa bị hủy.",
                "Give the reason for cancelling. Nothing was cancelled.",
                field="reason",
            )
        if len(reason) > MAX_REASON:
            raise BadInput(
                f"Lý do hủy dài {len(reason)} ký tự, nhiều nhất là {MAX_REASON}. "
                "Nội dung chưa bị hủy.",
                f"The reason has {len(reason)} characters, at most {MAX_REASON} are allowed. "
                "Nothing was cancelled.",
                field="reason",
            )
        if record.state == Record.State.CANCELLED:
            raise Conflict(
                "Nội dung này đã được hủy trước đó; lý do hủy trước được giữ nguyên.",
                "This record was cancelled before; the earlier reason stands.",
            )
        record.state = Record.State.CANCELLED
        record.cancelled_at = clock.now()
        record.cancel_reason = reason
        record.save(update_fields=["state", "cancelled_at", "cancel_reason"])
        touch_figures(record)
        if record.visibility == Record.Visibility.PUBLIC:
            raise_public_version(record.unit_id)
        log_action(
            "record.cancelled",
            actor=actor,
            record_id=record.id,
            data={"kind": record.kind, "reason": reason},
        )
        return record


def keep_version(
    record: Record, *, content: Mapping[str, object], actor: Actor, reason: str = ""
) -> int:
    """Keep what a record said before a correction; returns the number of the new version.

    ``content`` is the package's own row as JSON, before the change. The caller holds the lock
    on the record or on its own row, checks the right and logs.
    """
    RecordVersion.objects.create(
        record=record,
        number=record.version,
        content=dict(content),
        changed_by_id=actor.actor_id,
        reason=reason[:MAX_REASON],
    )
    Record.objects.filter(id=record.id).update(version=F("version") + 1)
    record.version += 1
    return record.version


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A private draft as it is stored. ``row_version`` goes back with the next save."""

    form: str
    content: dict[str, Any]
    row_version: int
    saved_at: dt.datetime


class DraftConflict(Conflict):
    """The draft was changed from another window; ``stored`` is what is kept there now.

    None means that it was sent or discarded there.
    """

    def __init__(self, stored: StoredDraft | None) -> None:
        if stored is None:
            super().__init__(
                "Bản nháp này đã được gửi hoặc xóa ở cửa sổ khác. Nội dung ở đây chưa được lưu.",
                "This draft was sent or discarded in another window. What is here was not saved.",
            )
        else:
            super().__init__(
                "Bản nháp này vừa được sửa ở cửa sổ khác. Nội dung ở đây chưa được lưu; "
                "hãy so sánh rồi chọn bản giữ lại.",
                "This draft was just changed in another window. What is here was not saved; "
                "compare the two and choose which to keep.",
            )
        self.stored = stored


def save_draft(
    *, actor: Actor, form: str, content: Mapping[str, object], row_version: int
) -> StoredDraft:
    """Keep a private draft: one row for each form and person, overwritten (decision 19).

    ``row_version`` is that of the draft the person started from, 0 for none. Raises
    ``DraftConflict`` when another window saved in between, ``BadInput`` when it is too large,
    ``NotAllowed`` without an account. Never logged, never searched.
    """
    account_id = _with_account(actor)
    size = len(json.dumps(dict(content), ensure_ascii=False).encode())
    if size > MAX_DRAFT:
        raise BadInput(
            f"Bản nháp quá lớn ({size // 1000} kB, nhiều nhất {MAX_DRAFT // 1000} kB). "
            "Bản lưu trước được giữ nguyên.",
            f"The draft is too large ({size // 1000} kB, at most {MAX_DRAFT // 1000} kB). "
            "What was saved before is kept.",
        )
    with acting_as(actor):
        if row_version == 0:
            try:
                with transaction.atomic():
                    return _stored(
                        Draft.objects.create(
                            account_id=account_id, form=form, content=dict(content), row_version=1
                        )
                    )
            except IntegrityError:
                raise DraftConflict(load_draft(actor=actor, form=form)) from None
        draft = Draft.objects.select_for_update().filter(account_id=account_id, form=form).first()
        if draft is None or draft.row_version != row_version:
            raise DraftConflict(_stored(draft) if draft else None)
        draft.content = dict(content)
        draft.row_version += 1
        draft.save(update_fields=["content", "row_version", "saved_at"])
        return _stored(draft)


def load_draft(*, actor: Actor, form: str) -> StoredDraft | None:
    """The person's own draft of a form, or None."""
    if actor.actor_id is None:
        return None
    draft = Draft.objects.filter(account_id=actor.actor_id, form=form).first()
    return _stored(draft) if draft else None


def drop_draft(*, actor: Actor, form: str) -> None:
    """Forget the person's own draft of a form; called when the form was sent."""
    if actor.actor_id is not None:
        Draft.objects.filter(account_id=actor.actor_id, form=form).delete()


def _with_account(actor: Actor) -> int:
    if actor.actor_id is None:
        raise NotAllowed("Đăng nhập để lưu bản nháp.", "Sign in to save a draft.")
    return actor.actor_id


def _stored(draft: Draft) -> StoredDraft:
    return StoredDraft(draft.form, draft.content, draft.row_version, draft.saved_at)
