"""Letting a paper that came back signed out to everybody."""

from __future__ import annotations

import uuid

from danchu.core.acting import acting_as
from danchu.core.clock import now
from danchu.core.contracts import Actor, require
from danchu.core.errors import Conflict, NotAllowed, NotFound
from danchu.core.ledger.services import log_action
from danchu.core.units.services import raise_public_version

from ..models import FrozenFile, FrozenReport
from .locking import locked


def release_signed(*, actor: Actor, frozen_id: int, file: uuid.UUID) -> FrozenFile:
    """Let out a signed file that is more than the issued PDF with signatures: a scan, or one with
    something added. Who lets it out has looked at it and answers for it.

    ``file``: the public id of the kept file. Needs ``reports.issue``, and another person than who
    handed the file in: raises ``NotAllowed``. Raises ``NotFound``; ``Conflict`` for a file that is
    out already.
    """
    with acting_as(actor):
        frozen = locked(frozen_id)
        require(actor, "reports.issue", frozen.unit_id)
        kept = (
            FrozenFile.objects.select_related("file")
            .filter(report=frozen, kind=FrozenFile.Kind.SIGNED, file__public_id=file)
            .first()
        )
        if kept is None or frozen.state != FrozenReport.State.ISSUED:
            raise NotFound("Không tìm thấy tệp này.", "There is no such file.")
        if kept.only_signed or kept.released_at is not None:
            raise Conflict("Tệp này đã được công bố.", "This file is out already.")
        if actor.actor_id is None or actor.actor_id == kept.file.uploaded_by_id:
            raise NotAllowed(
                "Người gửi tệp không tự cho công bố. Người khác có quyền ban hành báo cáo xem "
                "tệp rồi cho công bố.",
                "Who sent the file does not let it out. Somebody else who may issue the report "
                "looks at it and lets it out.",
            )
        kept.released_at, kept.released_by_id = now(), actor.actor_id
        kept.save(update_fields=["released_at", "released_by"])
        raise_public_version(frozen.unit_id)
        log_action(
            "report.signed_released",
            actor=actor,
            record_id=frozen.pk,
            data={"sha256": kept.file.sha256, "verdict": kept.verdict},
        )
    return kept
