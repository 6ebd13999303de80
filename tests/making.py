"""Lawful things to write down; a test changes what it is about and leaves the rest."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from danchu.civic.dialogue.services import DialogueInput, OpinionInput
from danchu.civic.otherwork.services import OtherWorkInput
from danchu.civic.reception.services import ReceptionInput

DAY = dt.date(2026, 5, 20)  # in nd09:2026H1, before the day of the cast

DIALOGUE = DialogueInput(
    kind="people",
    topic="Đối thoại về vệ sinh môi trường",
    place="Nhà văn hóa thôn Mẫu Lai",
    chair_post="Chủ tịch UBND xã",
    participants=86,
)
OPINION = OpinionInput(text="Mương thoát nước đầu thôn bị lấp.", field="environment")
RECEPTION = ReceptionInput(
    form="regular",
    receiver="officer",
    receiver_post="Công chức tiếp công dân",
    visits=12,
    people=15,
    matters=9,
    mass_groups=1,
)
WORK = OtherWorkInput(kind="trainings_held", number=2, people=70)


def dialogue_input(*opinions: Any, **changes: Any) -> DialogueInput:
    """Minutes with these opinions: texts, or :class:`OpinionInput`."""
    said = tuple(replace(OPINION, text=o) if isinstance(o, str) else o for o in opinions)
    return replace(DIALOGUE, opinions=said, **changes)


def opinion_input(**changes: Any) -> OpinionInput:
    """An opinion within competence, not yet taken up."""
    return replace(OPINION, **changes)


def reception_input(**changes: Any) -> ReceptionInput:
    """A day of regular reception."""
    return replace(RECEPTION, **changes)


def work_input(**changes: Any) -> OtherWorkInput:
    """Two training classes with seventy people."""
    return replace(WORK, **changes)


def hold(actor: Any, unit_id: int, *opinions: Any, on: dt.date = DAY, **changes: Any) -> Any:
    """A dialogue written down through its service."""
    from danchu.civic.dialogue.services import record_dialogue

    return record_dialogue(
        actor=actor, unit_id=unit_id, occurred_on=on, content=dialogue_input(*opinions, **changes)
    )


def receive(actor: Any, unit_id: int, *, on: dt.date = DAY, **changes: Any) -> Any:
    """A reception written down through its service."""
    from danchu.civic.reception.services import record_reception

    return record_reception(
        actor=actor, unit_id=unit_id, occurred_on=on, content=reception_input(**changes)
    )


def work(actor: Any, unit_id: int, *, on: dt.date = DAY, **changes: Any) -> Any:
    """Other work written down through its service."""
    from danchu.civic.otherwork.services import record_other_work

    return record_other_work(
        actor=actor, unit_id=unit_id, occurred_on=on, content=work_input(**changes)
    )


def counted() -> dict[str, int]:
    """How many rows every table of the product has: what is written shows as a difference."""
    from django.apps import apps
    from django.db import connection

    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("danchu.")
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables)
        )
        return dict(cursor.fetchall())


def refused(error: type[Exception], call: Any, **given: Any) -> Any:
    """The refusal of a call that writes nothing at all."""
    import pytest

    before = counted()
    with pytest.raises(error) as caught:
        call(**given)
    assert counted() == before
    return caught.value


def cut_off(monkeypatch: Any, call: Any, **given: Any) -> None:
    """The call whose ledger entry cannot be written leaves nothing behind, and works after."""
    import pytest

    from danchu.core.ledger import chain

    def fail(*_: Any) -> str:
        raise OSError("cut off in the middle")

    before = counted()
    with monkeypatch.context() as broken:
        broken.setattr(chain, "entry_hash", fail)
        with pytest.raises(OSError, match="cut off"):
            call(**given)
    assert counted() == before


def entries(code: str = "") -> list[Any]:
    """The entries of the ledger with this code, oldest first; the whole chain is verified."""
    from danchu.core.ledger.models import Entry
    from danchu.core.ledger.selectors import verify

    found = verify()
    assert found.ok, found
    rows = Entry.objects.order_by("number")
    return list(rows.filter(code=code) if code else rows)
