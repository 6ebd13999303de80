"""What the demonstration's legal officer has compared: it shows what a comparison changes."""

from __future__ import annotations

from danchu.core.law.services import confirm_rule

from .cast import Cast
from .records import workday

# Law 10/2022 article 11, clauses 1 to 13: what a commune makes public. Clause 14 ("nội dung khác
# theo pháp luật") is left as it is, so that the two kinds of rules stand beside each other.
CONFIRMED = tuple(f"xa_ck_{clause:02d}" for clause in range(1, 14))
LEFT = "xa_ck_14"
TEXT = (
    "Văn bản hợp nhất minh họa của Luật 10/2022/QH15 (dữ liệu minh họa, không phải đối chiếu thật)"
)


def load_confirmations(cast: Cast) -> None:
    """The clauses of article 11 confirmed, said to be a demonstration in the text itself."""
    officer = cast.people["phapche@minhhoa.example"]
    for key in CONFIRMED:
        confirm_rule(
            actor=officer,
            key=key,
            on=workday(40),
            officer=f"{officer.name}, {officer.post}",
            text_compared=TEXT,
        )
