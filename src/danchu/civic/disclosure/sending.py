"""To whom and how registers and reports on disclosure are sent, in words."""

from __future__ import annotations

from uuid import UUID

from danchu.core.calendar.words import Phrase

from .models import Dispatch

RECIPIENT_NAMES: dict[str, Phrase] = {
    Dispatch.Recipient.FRONT: Phrase("Ủy ban Mặt trận Tổ quốc", "the Fatherland Front"),
    Dispatch.Recipient.COUNCIL: Phrase("Hội đồng nhân dân", "the People's Council"),
}
WAY_NAMES: dict[str, Phrase] = {
    Dispatch.Way.SYSTEM: Phrase(
        "qua hệ thống quản lý văn bản", "through the offices' document system"
    ),
    Dispatch.Way.PAPER: Phrase("giao trực tiếp bản giấy", "handed over on paper"),
    Dispatch.Way.POST: Phrase("qua bưu điện", "by post"),
    Dispatch.Way.EMAIL: Phrase("qua thư điện tử công vụ", "by official e-mail"),
}


# The office page of the report, for the person's own unit.
COUNCIL_PATH = "/office/cong-khai/bao-cao/"


def paper_path(public_id: UUID) -> str:
    """The office page of a published register or of a settled report."""
    return f"/office/cong-khai/van-ban/{public_id}/"
