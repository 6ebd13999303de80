"""The four layouts as data, and which of them a document of a given day follows.

Sources, by the mark at each value's layout:

- ``state``: Nghị định 30/2020/NĐ-CP, Phụ lục I, in force from 05/3/2020.
- ``party_2018``: Hướng dẫn 36-HD/VPTW of 03/4/2018; its table of sizes is public. Recalled, not
  read: the dash heads, the comma after each recipient, the post of the signer in plain letters.
- ``party_2026``: Hướng dẫn 05-HD/VPTW, from 27/5/2026. Its text was not seen; public guides to it
  give the margins, the body (14 pt, 10 mm, exact lines of 18 pt) and the marks. Where they are
  silent the sizes of 36-HD stand.
- ``state_2011``: Thông tư 01/2011/TT-BNV, until 04/3/2020. Recalled: same sizes as today but the
  page number in the right corner at the foot.

Lengths are millimetres, sizes are points.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from .model import Layout

STATE_NOW = dt.date(2020, 3, 5)
PARTY_2018 = dt.date(2018, 4, 3)
PARTY_NOW = dt.date(2026, 5, 27)

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0


@dataclass(frozen=True, slots=True)
class LayoutSpec:
    """What a layout fixes. ``line_exact`` is the distance of lines in points; None means a
    multiple, ``line_multiple``, of single spacing."""

    family: Literal["state", "party"]
    # paper
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    page_number: Literal["top-center", "bottom-right"]
    page_number_size: float
    # head
    head_left: float
    head_gap: float
    head_right: float
    right_title_size: float
    motto_size: float
    parent_size: float
    issuing_size: float
    number_size: float
    place_size: float
    kind_size: float
    subject_size: float
    # text
    body_size: float
    indent: float
    gap: float
    line_exact: float | None
    line_multiple: float
    basis_italic: bool
    section_separator: str
    # foot
    sign_size: float
    post_bold: bool
    recipients_title_size: float
    recipients_title_style: Literal["bold-italic", "underline"]
    recipients_size: float
    recipients_separator: str
    closing: str
    # annexes
    annex_size: float
    annex_numerals: Literal["roman", "arabic"]

    def width_of(self, *, landscape: bool) -> float:
        """Width of the text of a page. On a sheet laid on its side the margins turn with the
        sheet, so that it is bound at its upper edge."""
        if landscape:
            return PAGE_HEIGHT - self.margin_top - self.margin_bottom
        return PAGE_WIDTH - self.margin_left - self.margin_right


_STATE = LayoutSpec(
    family="state",
    margin_top=20,
    margin_bottom=20,
    margin_left=30,
    margin_right=15,
    page_number="top-center",
    page_number_size=13,
    head_left=63,
    head_gap=4,
    head_right=98,
    right_title_size=13,
    motto_size=14,
    parent_size=13,
    issuing_size=13,
    number_size=13,
    place_size=14,
    kind_size=14,
    subject_size=14,
    body_size=14,
    indent=12.7,
    gap=6,
    line_exact=None,
    line_multiple=1.15,
    basis_italic=True,
    section_separator=". ",
    sign_size=14,
    post_bold=True,
    recipients_title_size=12,
    recipients_title_style="bold-italic",
    recipients_size=11,
    recipients_separator=";",
    closing="./.",
    annex_size=14,
    annex_numerals="roman",
)

_PARTY = LayoutSpec(
    family="party",
    margin_top=20,
    margin_bottom=20,
    margin_left=30,
    margin_right=15,
    page_number="top-center",
    page_number_size=14,
    head_left=76,
    head_gap=4,
    head_right=85,
    right_title_size=15,
    motto_size=15,
    parent_size=14,
    issuing_size=14,
    number_size=14,
    place_size=14,
    kind_size=16,
    subject_size=14,
    body_size=14,
    indent=10,
    gap=6,
    line_exact=18,
    line_multiple=1,
    basis_italic=False,
    section_separator="- ",
    sign_size=14,
    post_bold=False,
    recipients_title_size=14,
    recipients_title_style="underline",
    recipients_size=12,
    recipients_separator=",",
    closing=".",
    annex_size=14,
    annex_numerals="arabic",
)


LAYOUTS: dict[Layout, LayoutSpec] = {
    "state": _STATE,
    "state_2011": replace(_STATE, page_number="bottom-right"),
    "party_2026": _PARTY,
    "party_2018": replace(_PARTY, subject_size=15),
}


def layout_for(issuer: Literal["state", "party"], on: dt.date) -> Layout:
    """The layout of a document that ``issuer`` dates ``on`` (framework of Nghị định 30/2020,
    Hướng dẫn 36-HD/VPTW and 05-HD/VPTW). Days before the oldest known rule follow that rule;
    :func:`layout_caveat` then says so."""
    if issuer == "party":
        return "party_2026" if on >= PARTY_NOW else "party_2018"
    return "state" if on >= STATE_NOW else "state_2011"


def layout_caveat(issuer: Literal["state", "party"], on: dt.date) -> tuple[str, str] | None:
    """What to tell the person about an uncertain layout, in Vietnamese and English, or None."""
    if issuer == "party" and on < PARTY_2018:
        return (
            "Trước ngày 03/4/2018 chưa có Hướng dẫn 36-HD/VPTW; văn bản được trình bày theo "
            "hướng dẫn đó.",
            "Hướng dẫn 36-HD/VPTW did not exist before 3 April 2018; the document is set by it "
            "all the same.",
        )
    if issuer == "state" and on < STATE_NOW:
        return (
            "Thể thức trước ngày 05/3/2020 theo Thông tư 01/2011/TT-BNV, trình bày theo hiểu biết "
            "hiện có; cần đối chiếu văn bản gốc.",
            "The layout before 5 March 2020 follows Thông tư 01/2011/TT-BNV as far as it is "
            "known; compare it with the original.",
        )
    return None
