"""What a person gives for a paper's foot: who receives it, by what power it is signed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danchu.core.errors import BadInput, Refusal
from danchu.core.records.inputs import clean_line

from .compose import Report
from .frozen_files import kept_data
from .issuers import MOST_RECIPIENTS
from .models import FrozenReport

_FOR_A_CHIEF = re.compile(r"\bK\s*[/.]?\s*T\b\s*[./]?", re.IGNORECASE)
_STATE_MARK = re.compile(r"\b(?:TM|TL|KT|TUQ)\.", re.IGNORECASE)
_DEPUTY = re.compile(r"phó (?P<post>.+?)(?: thường trực)?$", re.IGNORECASE)
_BY_ORDER = re.compile(r"\b(?:TUQ|Q)\.", re.IGNORECASE)
_PARTY_MARK = re.compile(r"\b[TK]/[MLT]\b", re.IGNORECASE)


def usual_recipients(report: Report) -> tuple[str, ...]:
    """Whom the unit's last paper of this layout went to; at first, whom its issuer names."""
    last = (
        FrozenReport.objects.filter(unit_id=report.unit.id, layout=report.layout)
        .exclude(state=FrozenReport.State.WITHDRAWN)
        .order_by("-frozen_at")
        .first()
    )
    if last is not None:
        try:
            found = tuple(kept_data(last)["document"].get("recipients", ()))
        except Refusal:
            found = ()  # a file that is not whole is told where it is read
        if found:
            return found
    return report.issuer.recipients


def recipients_given(lines: Sequence[str]) -> tuple[str, ...]:
    """The recipients a person wrote, one a line. Raises ``BadInput`` (field "recipients")."""
    given = [line.strip().lstrip("-").strip(" ;,.") for line in lines]
    found = [
        clean_line(line, "recipients", "nơi nhận", "recipient", limit=200) for line in given if line
    ]
    if not 0 < len(found) <= MOST_RECIPIENTS:
        raise BadInput(
            f"Ghi từ 1 đến {MOST_RECIPIENTS} nơi nhận, mỗi dòng một nơi nhận.",
            f"Name 1 to {MOST_RECIPIENTS} recipients, one a line.",
            field="recipients",
        )
    return tuple(found)


def addressees_given(lines: Sequence[str]) -> tuple[str, ...]:
    """To whom the paper goes, as a person wrote it, one a line; nothing where it says nobody.

    Raises ``BadInput`` (field "addressee")."""
    given = [line.strip().lstrip("-").strip(" ;,.") for line in lines]
    found = [
        clean_line(line, "addressee", "kính gửi", "addressee", limit=300) for line in given if line
    ]
    if len(found) > MOST_RECIPIENTS:
        raise BadInput(
            f"Ghi nhiều nhất {MOST_RECIPIENTS} nơi ở phần Kính gửi, mỗi dòng một nơi.",
            f"Name at most {MOST_RECIPIENTS} addressees, one a line.",
            field="addressee",
        )
    return tuple(found)


def with_deputy(layout: str, authority: str, post: str) -> str:
    """The power of signature with "KT." and the chief's post, where a deputy of the State signs.

    Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 7: "KT." stands before the post of
    the head for whom a deputy signs. A paper of the Party has no such line, and who signs by
    "TUQ." or "Q." signs for nobody else.
    """
    chief = _DEPUTY.match(" ".join(post.split()))
    if layout != "state" or chief is None or _FOR_A_CHIEF.search(authority):
        return authority
    if _BY_ORDER.search(authority):
        return authority
    return "\n".join(filter(None, (authority.rstrip(), f"KT. {chief['post'].upper()}")))


def require_fitting(layout: str, authority: str) -> None:
    """Refuse a power of signature the layout does not know (field "authority").

    A collective body of the Party signs T/M and the signer's own post, a deputy's too, without
    K/T (Hướng dẫn 36-HD/VPTW, 05-HD/VPTW); the State writes TM., KT. (NĐ 30/2020, Phụ lục I).
    """
    if layout == "party" and _FOR_A_CHIEF.search(authority):
        raise BadInput(
            "Văn bản của Ban Chỉ đạo không ghi K/T. Cấp phó ký thì giữ T/M BAN CHỈ ĐẠO và ghi chức "
            "vụ PHÓ TRƯỞNG BAN.",
            "A paper of a steering committee bears no K/T. When a deputy signs, keep T/M BAN CHỈ "
            "ĐẠO and give the post PHÓ TRƯỞNG BAN.",
            field="authority",
        )
    if layout == "party" and _STATE_MARK.search(authority):
        raise BadInput(
            "Văn bản của Đảng ghi T/M, T/L (gạch chéo), không ghi TM., TL.",
            "A paper of the Party writes T/M, T/L with a slash, not TM., TL.",
            field="authority",
        )
    if layout == "state" and _PARTY_MARK.search(authority):
        raise BadInput(
            "Văn bản của cơ quan nhà nước ghi TM., KT. (có dấu chấm), không ghi T/M, K/T.",
            "A paper of the State writes TM., KT. with a full stop, not T/M, K/T.",
            field="authority",
        )
