"""What this installation is: live or a demonstration, and for whom it works; written once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from danchu.core import clock
from danchu.core.acting import acting_as
from danchu.core.contracts import OPERATOR
from danchu.core.errors import BadInput, Conflict
from danchu.core.ledger.services import log_action
from danchu.core.units.selectors import unit_on

from .models import Installation

LIVE, DEMO = "live", "demo"
_NAMES = {LIVE: ("bản chính thức", "live"), DEMO: ("bản minh họa", "a demonstration")}


def installation() -> Installation | None:
    """The installation, or None before it was set up."""
    return Installation.objects.first()


def is_demonstration() -> bool:
    """Whether everything this installation prints has to say that it is a demonstration."""
    known = installation()
    return known is not None and known.mode == DEMO


def require_mode(mode: str) -> None:
    """Raise ``Conflict`` when the installation was set up as something other than ``mode``."""
    known = installation()
    if known is not None and known.mode != mode:
        is_vi, is_en = _NAMES[known.mode]
        raise Conflict(
            f"Hệ thống này đã được thiết lập là {is_vi}, không đổi được. Dùng thư mục dữ liệu "
            "(DANCHU_DATA) hoặc cơ sở dữ liệu khác.",
            f"This installation was set up as {is_en} and stays so. Use another DANCHU_DATA or "
            "another database.",
        )


def set_up(
    *, mode: str, serves: Sequence[str] = (), loading: bool = False
) -> tuple[Installation, bool]:
    """Write down what the installation is, for good; whether that was done now.

    ``serves``: codes of today's units it works for, none for the whole map. ``loading``: data
    of a demonstration follow; :func:`loaded` is called when they are all there. Called again
    with the same it changes nothing. Raises ``Conflict`` for another mode or other units,
    ``NotFound`` for a code nobody holds today, ``BadInput`` for an unknown mode.
    """
    if mode not in _NAMES:
        raise BadInput(f"Không có kiểu “{mode}”.", f"There is no mode “{mode}”.")
    require_mode(mode)
    codes = list(dict.fromkeys(unit_on(code, clock.today()).code for code in serves))
    known = installation()
    if known is None:
        try:
            with acting_as(OPERATOR):
                with transaction.atomic():
                    known = Installation.objects.create(
                        mode=mode, serves=codes, demo_state="loading" if loading else ""
                    )
                log_action(
                    "installation.set_up", actor=OPERATOR, data={"mode": mode, "serves": codes}
                )
            return known, True
        except IntegrityError:
            known = Installation.objects.get()  # two at once: the other was first
            require_mode(mode)
    if codes and codes != list(known.serves):
        held = ", ".join(known.serves) or "cả nước"
        raise Conflict(
            f"Hệ thống này đã được thiết lập để phục vụ: {held}.",
            f"This installation was set up to serve: {', '.join(known.serves) or 'everybody'}.",
        )
    return known, False


def loading() -> None:
    """Note that data of the demonstration follow; cut off before :func:`loaded`, it is half made.

    Raises ``Conflict`` for a live installation.
    """
    require_mode(DEMO)
    Installation.objects.filter(mode=DEMO).update(demo_state="loading")


def loaded() -> None:
    """Note that the data of the demonstration are all there."""
    Installation.objects.filter(mode=DEMO).update(demo_state="loaded")
