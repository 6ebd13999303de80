"""Within which days a claim is answered, and what may be answered to what, as data."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from danchu.core.calendar.words import Phrase
from danchu.core.errors import Refusal
from danchu.core.law.clock import Derivation
from danchu.core.law.events import ClockEvent
from danchu.core.law.selectors import deadline

from .models import Claim

RULE = "tctt_saisot"  # Law 01/2026 article 22.4: ten days
LEAST, MOST = 10, 2000  # letters of a claim
# So many on one day, about one content or for one unit, and each sender is asked to go slower.
# Nobody is refused for what others sent: the unit owes an answer within ten days (article 22.4).
MANY_ABOUT, MANY_OF_DAY = 50, 200
MOST_NOTE = 300  # letters of a note to a cancellation

# Headings of lists: what the sender chose, in the same words.
KIND_NAMES: dict[str, Phrase] = {
    Claim.Kind.WRONG: Phrase("Thông tin chưa đúng", "Information said to be wrong"),
    Claim.Kind.OPINION: Phrase("Góp ý", "Opinion"),
}
OUTCOME_NAMES: dict[str, Phrase] = {
    Claim.Outcome.CORRECTED: Phrase(
        "Thông tin chưa đúng và đã được đính chính", "It was wrong and has been corrected"
    ),
    Claim.Outcome.STANDS: Phrase(
        "Đã kiểm tra, thông tin đúng", "It was checked and the information is right"
    ),
    Claim.Outcome.WITHDRAWN: Phrase(
        "Thông tin chưa đúng và không còn công khai", "It was wrong and is no longer made known"
    ),
    Claim.Outcome.NOTED: Phrase("Đã ghi nhận góp ý", "The opinion was taken note of"),
}
# What may be answered to each kind.
ANSWERS: dict[str, tuple[str, ...]] = {
    Claim.Kind.WRONG: (Claim.Outcome.CORRECTED, Claim.Outcome.STANDS, Claim.Outcome.WITHDRAWN),
    Claim.Kind.OPINION: (Claim.Outcome.NOTED, Claim.Outcome.CORRECTED, Claim.Outcome.WITHDRAWN),
}
# Why a claim may be cancelled: a short list, so that nobody cancels what is merely unwelcome.
CANCEL_NAMES: dict[str, Phrase] = {
    Claim.Cancelled.TWICE: Phrase(
        "Gửi trùng với phản ánh đã có", "Sent twice: the same stands here already"
    ),
    Claim.Cancelled.MISTAKE: Phrase("Gửi nhầm", "Sent by mistake"),
    Claim.Cancelled.SPAM: Phrase(
        "Không nói về nội dung công khai: quảng cáo, chữ vô nghĩa, gửi hàng loạt",
        "Not about the content: advertising, meaningless, sent in bulk",
    ),
    Claim.Cancelled.ELSEWHERE: Phrase(
        "Là khiếu nại, tố cáo hoặc việc khác, gửi ở nơi khác",
        "A complaint, a denunciation or another matter, to be sent elsewhere",
    ),
    Claim.Cancelled.HARMFUL: Phrase(
        "Xúc phạm hoặc làm lộ thông tin riêng của người khác",
        "Insults somebody or gives away what is theirs alone",
    ),
}
# Of these the sender is told more than the reason: where to send it instead.
NOTE_NEEDED = (Claim.Cancelled.ELSEWHERE,)


def due_by(kind: str, received_on: dt.date) -> Derivation | None:
    """The day by which it is to be answered; None for an opinion, for which the law sets no day,
    and before the law of 2026 was in force."""
    if kind != Claim.Kind.WRONG:
        return None
    try:
        return deadline(RULE, [ClockEvent("start", received_on)], "public")
    except Refusal as refusal:
        if refusal.code in ("no_days", "not_in_force"):
            return None
        raise


def office_path(public_id: UUID) -> str:
    """The office page of a claim."""
    return f"/office/phan-anh/{public_id}/"
