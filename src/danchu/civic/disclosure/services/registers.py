"""The quarterly register of disclosures, published as a notice of its own (article 13.2)."""

from __future__ import annotations

import uuid

from danchu.core.clock import today
from danchu.core.contracts import NOBODY, Actor, require
from danchu.core.errors import BadInput

from .. import rules
from ..models import Notice
from ..selectors import Quarter, register_of
from .inputs import NoticeInput
from .notices import record_notice


def publish_register(
    *, actor: Actor, unit_id: int, quarter: Quarter, client_key: uuid.UUID | None = None
) -> Notice:
    """Publish the register of a quarter as it stands now; its lines are frozen in the notice.

    Published again it is the update the law asks for, and says which one it takes the place of.
    Needs ``records.write``. Raises ``BadInput`` for a quarter that has not begun or that holds
    nothing, or for a unit that keeps no register in law.
    """
    require(actor, "records.write", unit_id)
    # As everybody may see it: what is published holds nothing that is read inside only.
    register = register_of(NOBODY, unit_id, quarter)
    if not register.lines:
        raise BadInput(
            f"Chưa có nội dung nào công khai trong {quarter.name.vi}, nên chưa có danh mục để "
            "công khai.",
            f"Nothing was disclosed in {quarter.name.en}, so there is no register to publish.",
            field="quarter",
        )
    before = (
        Notice.objects.filter(
            record__unit_id=unit_id, record__state="recorded", register_of=quarter.key
        )
        .order_by("-record_id")
        .first()
    )
    return record_notice(
        actor=actor,
        unit_id=unit_id,
        occurred_on=today(),
        content=NoticeInput(
            rule_key=rules.REGISTER_RULE,
            title=f"Danh mục nội dung đã công khai {quarter.name.vi}",
            decided_on=today(),
            table=register.as_table(),
            corrects_id=before.pk if before else None,
        ),
        client_key=client_key,
        register_of=quarter.key,
    )
