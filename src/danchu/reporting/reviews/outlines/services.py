"""Changing the outlines of reports: a draft, then a version that holds from a day on."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import BadInput, Conflict, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.records.inputs import EARLIEST, clean_choice, clean_line
from danchu.reporting.figures.selectors import definitions

from ..models import OutlineDraft, OutlineVersion
from .checking import faults
from .content import LAYOUTS, LEVELS, Content, digest_of, shipped_content, tidy
from .editing import Edit

RIGHT = "outlines.edit"
CHANGED = "outline_changed"  # code of the refusal of a draft somebody else changed
MOST_TOLD = 5  # faults in one sentence


def start_draft(
    *, actor: Actor, layout: str, level: str, number: int = 0, content: Content | None = None
) -> OutlineDraft:
    """Begin a draft from a version (0: as shipped), or from what somebody sends.

    One draft at a time for a layout and level. Needs "outlines.edit". Raises ``Conflict``,
    ``NotFound`` for no such version, ``BadInput`` for an unfit content.
    """
    require(actor, RIGHT)
    _which(layout, level)
    begun = tidy(content) if content is not None else content_of(layout, level, number)
    with acting_as(actor):
        try:
            with transaction.atomic():
                draft = OutlineDraft.objects.create(
                    layout=layout,
                    level=level,
                    content=begun,
                    started_from=number,
                    started_at=now(),
                    started_by_id=actor.actor_id,
                    changed_at=now(),
                )
        except IntegrityError:
            raise Conflict(
                "Đang có một bản soạn của đề cương này. Dùng tiếp hoặc bỏ bản đó trước.",
                "There is a draft of this outline already. Go on with it or discard it first.",
            ) from None
        log_action(
            "outline.draft_started",
            actor=actor,
            data={"layout": layout, "level": level, "from": number, "sha256": digest_of(begun)},
        )
    return draft


def edit_draft(
    *, actor: Actor, layout: str, level: str, row_version: int, edit: Edit
) -> OutlineDraft:
    """Make one change of the draft. ``row_version``: of the draft the person saw.

    What is unfit by itself is refused with its place; what only the whole can tell (a missing
    section, a figure printed twice) is told by :func:`.selectors.draft_of` and refused when the
    draft is to take effect. Needs "outlines.edit". Raises ``Conflict``, ``BadInput``.
    """
    with acting_as(actor):
        require(actor, RIGHT)
        draft = _locked(layout, level, row_version)
        draft.content = tidy(edit.apply(draft.content))
        draft.row_version += 1
        draft.changed_at = now()
        draft.save(update_fields=["content", "row_version", "changed_at"])
    return draft


def discard_draft(*, actor: Actor, layout: str, level: str, row_version: int) -> None:
    """Give the draft up; nothing that was in effect changes. Needs "outlines.edit"."""
    with acting_as(actor):
        require(actor, RIGHT)
        draft = _locked(layout, level, row_version)
        digest = digest_of(draft.content)
        draft.delete()
        log_action(
            "outline.draft_discarded",
            actor=actor,
            data={"layout": layout, "level": level, "sha256": digest},
        )


def bring_in_force(
    *,
    actor: Actor,
    layout: str,
    level: str,
    row_version: int,
    basis: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
) -> OutlineVersion:
    """Make the draft the outline of periods that end from ``valid_from`` to ``valid_to``.

    ``basis``: the letter or decision that asks for it. Of several versions that hold on a day
    the one with the highest number is used; those before it stay readable, and frozen reports
    keep what they were made from. Needs "outlines.edit". Raises ``BadInput`` with the place of
    each fault, ``Conflict`` for a draft somebody else changed.
    """
    why = _why(basis)
    _require_days(valid_from, valid_to)
    with acting_as(actor):
        require(actor, RIGHT)
        draft = _locked(layout, level, row_version)
        wrong = faults(draft.content, definitions(), valid_from)
        if wrong:
            raise BadInput(
                "Đề cương chưa dùng được. " + " ".join(fault.vi for fault in wrong[:MOST_TOLD]),
                "The outline cannot be used. " + " ".join(f.en for f in wrong[:MOST_TOLD]),
                code="unfit_outline",
            )
        made = _version(actor, layout, level, draft.content, why, valid_from, valid_to)
        draft.delete()
        _log(actor, made)
    return made


def restore_shipped(
    *, actor: Actor, layout: str, level: str, basis: str, valid_from: dt.date
) -> OutlineVersion:
    """Use the outline that comes with the release again, for periods ending from a day on.

    Later releases then bring theirs. Needs "outlines.edit". Raises ``Conflict`` when it is in
    use already, ``BadInput``.
    """
    why = _why(basis)
    _require_days(valid_from, None)
    _which(layout, level)
    with acting_as(actor):
        require(actor, RIGHT)
        latest = OutlineVersion.objects.filter(layout=layout, level=level).order_by("-number")
        newest = latest.first()
        if newest is None or (newest.content is None and newest.valid_from <= valid_from):
            raise Conflict(
                "Đề cương của hệ thống đang được dùng.",
                "The outline of the release is in use already.",
            )
        made = _version(actor, layout, level, None, why, valid_from, None)
        _log(actor, made)
    return made


def content_of(layout: str, level: str, number: int) -> Content:
    """The content of a version; 0 is the shipped one. Raises ``NotFound``."""
    if number == 0:
        return shipped_content(layout, level)
    row = OutlineVersion.objects.filter(layout=layout, level=level, number=number).first()
    if row is None:
        raise NotFound("Không tìm thấy bản đề cương này.", "There is no such version.")
    kept: Content | None = row.content
    return shipped_content(layout, level) if kept is None else kept


def _version(
    actor: Actor,
    layout: str,
    level: str,
    content: Content | None,
    basis: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
) -> OutlineVersion:
    rows = OutlineVersion.objects.filter(layout=layout, level=level)
    last = rows.aggregate(n=Max("number"))["n"] or 0
    try:
        with transaction.atomic():
            return OutlineVersion.objects.create(
                layout=layout,
                level=level,
                number=last + 1,
                content=content,
                sha256="" if content is None else digest_of(content),
                basis=basis,
                valid_from=valid_from,
                valid_to=valid_to,
                made_at=now(),
                made_by_id=actor.actor_id,
            )
    except IntegrityError:
        raise _changed() from None  # two at once


def _log(actor: Actor, made: OutlineVersion) -> None:
    log_action(
        "outline.in_force",
        actor=actor,
        data={
            "layout": made.layout,
            "level": made.level,
            "number": made.number,
            "sha256": made.sha256,
            "basis": made.basis,
            "valid_from": made.valid_from.isoformat(),
            "valid_to": made.valid_to.isoformat() if made.valid_to else None,
        },
    )


def _why(basis: str) -> str:
    return clean_line(basis, "basis", "căn cứ thay đổi đề cương", "ground for it", limit=300)


def _require_days(first: dt.date, last: dt.date | None) -> None:
    if first < EARLIEST:
        raise BadInput(
            f"Không áp dụng cho kỳ trước năm {EARLIEST.year}.",
            f"It does not apply to periods before {EARLIEST.year}.",
            field="valid_from",
        )
    if last is not None and last < first:
        raise BadInput("Ngày cuối trước ngày đầu.", "It ends before it begins.", field="valid_to")


def _which(layout: str, level: str) -> None:
    clean_choice(layout, LAYOUTS, "layout", "thể thức", "layout")
    clean_choice(level, LEVELS, "level", "cấp", "level")


def _locked(layout: str, level: str, row_version: int) -> OutlineDraft:
    rows = OutlineDraft.objects.select_for_update(of=("self",))
    draft = rows.filter(layout=layout, level=level).first()
    if draft is None:
        raise NotFound("Không có bản soạn nào.", "There is no draft.")
    if draft.row_version != row_version:
        raise _changed()
    return draft


def _changed() -> Conflict:
    return Conflict(
        "Đề cương vừa được người khác thay đổi; thay đổi của bạn chưa được lưu. Xem bản hiện nay, "
        "rồi lưu lại.",
        "Somebody else changed the outline just now; your change was not saved. Look at it as it "
        "is now, then save again.",
        code=CHANGED,
    )
