"""The form of a request as it came: a place in it is chosen, then what goes into it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from danchu.core.documents.forms.word_blocks import RUNNING_TEXT
from danchu.core.errors import BadInput, Conflict, NotFound, Refusal
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.requests.documents import (
    WINDOW_LINES,
    DocumentPage,
    document_page,
    is_document,
)
from danchu.reporting.requests.layouts import (
    MONEY,
    Headers,
    found_indicators,
    said_factor,
    said_period,
)
from danchu.reporting.requests.models import CellMapping, OfPeriod, Request
from danchu.reporting.requests.selectors import (
    WINDOW_COLUMNS,
    WINDOW_ROWS,
    SheetPage,
    request_at,
    sheet_page,
)
from danchu.reporting.requests.services import MappingInput, map_cell, unmap_cell
from danchu.web.design.access import signed_in, viewer_of
from danchu.web.design.parameters import parameters
from danchu.web.design.refusals import status_of

from .sent import whole_number

FACTORS = {
    1: _("như chỉ tiêu"),
    1_000: _("nghìn"),
    1_000_000: _("triệu"),
    1_000_000_000: _("tỷ"),
    10_000: _("ha (1 ha = 10.000 m²)"),
    100: _("phần trăm ghi dạng 0,95"),
}
PERIOD_NAMES = {
    "this": _("kỳ của yêu cầu"),
    "last_year": _("cùng kỳ năm trước"),
    "before": _("kỳ trước"),
}
WHAT_NAMES = {
    "unit": _("Tên đơn vị"),
    "date": _("Ngày điền biểu"),
    "text": _("Nội dung cố định"),
}


def indicator_name(meaning: Definition | None, key: str) -> str:
    """The name of an indicator in the language of the page; its key when it is no more."""
    if meaning is None:
        return key
    return meaning.name_en if get_language() == "en" else meaning.name_vi


def place_name(sheet: int, cell: str) -> str:
    """What a place of a document is called: "Chỗ trống 3", "Bảng 2, ô C5"."""
    if sheet == RUNNING_TEXT:
        return gettext("Chỗ trống %(n)s") % {"n": cell}
    return gettext("Bảng %(n)s, ô %(cell)s") % {"n": sheet - 1, "cell": cell}


@signed_in
def request_form(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The form as it came; a cell or a blank is chosen, then what goes into it."""
    query = parameters(request, {"trang-tinh": int, "dong": int, "cot": int, "o": str, "tim": str})
    viewer = viewer_of(request)
    found = request_at(viewer, public_id)
    in_word = is_document(found)
    place: dict[str, Any] = {
        "number": query["trang-tinh"] or 1,
        "top": query["dong"] or 1,
        "left": 1 if in_word else query["cot"] or 1,
        "cell": query["o"] or "",
    }
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            _map(request, found, place, in_word=in_word)
        except (BadInput, Conflict, NotFound) as refusal:
            refused = refusal
        else:
            return redirect(_address(found, place) + "#bieu")
    asked = query["tim"] or ""
    meanings = definitions()
    shown = _document(request, found, place) if in_word else _sheet(request, found, place)
    page = shown["page"]
    return render(
        request,
        "office/request_document.html" if in_word else "office/request_form.html",
        shown
        | {
            "found": found,
            "asked": asked,
            "results": [
                (d, indicator_name(d, d.key), _said(page.headers, d))
                for d in found_indicators(meanings, asked)
            ],
            "suggested": [
                (
                    meanings[key],
                    indicator_name(meanings[key], key),
                    _said(page.headers, meanings[key]),
                )
                for key in page.suggested
            ],
            "mapped_name": _mapped_name(page.mapping),
            "factors": FACTORS.items(),
            "periods": PERIOD_NAMES.items(),
            "said_period": _said_period(page.headers),
            "mapped_period": PERIOD_NAMES[page.mapping.of_period]
            if page.mapping and page.mapping.of_period != OfPeriod.THIS
            else "",
            "may_write": found.state != Request.State.CANCELLED
            and viewer.may("reports.write", found.unit_id),
            "refused": str(refused) if refused else "",
        },
        status=status_of(refused) if refused else 200,
    )


def _sheet(request: HttpRequest, found: Request, place: dict[str, Any]) -> dict[str, Any]:
    """What the page of a workbook shows."""
    page = sheet_page(viewer_of(request), found, **place)
    return {
        "page": page,
        "here": _address(found, place | {"cell": ""}),
        "windows": _windows(found, page),
        "kept": {"trang-tinh": page.number, "dong": page.top, "cot": page.left},
    }


def _document(request: HttpRequest, found: Request, place: dict[str, Any]) -> dict[str, Any]:
    """What the page of a document shows."""
    asked = {name: place[name] for name in ("number", "top", "cell")}
    page = document_page(viewer_of(request), found, **asked)
    return {
        "page": page,
        "here": _address(found, {"top": page.top}),
        "windows": _lines(found, page),
        "kept": {"trang-tinh": page.number, "dong": page.top},
        "chosen_name": place_name(page.number, page.chosen.address) if page.chosen else "",
    }


def _mapped_name(mapping: CellMapping | None) -> str:
    if mapping is None:
        return ""
    if mapping.indicator is not None:
        key = mapping.indicator.key
        return indicator_name(definitions().get(key), key)
    return mapping.text or str(WHAT_NAMES[mapping.what])


def _map(request: HttpRequest, found: Request, place: dict[str, Any], *, in_word: bool) -> None:
    """Map the chosen cell, or take its mapping away."""
    sent, where = request.POST, {"sheet": place["number"], "cell": place["cell"]}
    said = {"cell": place_name(**where) if in_word else where["cell"]}
    actor = viewer_of(request)
    if "bo" in sent:
        unmap_cell(actor=actor, request_id=found.pk, **where)
        emptied = gettext("Ô %(cell)s để trống từ nay.")
        if in_word:
            emptied = gettext("%(cell)s: để trống từ nay.")
        messages.success(request, emptied % said)
        return
    key = sent.get("chi-tieu", "")
    meaning = definitions().get(key)
    factor = _factor(request, found, place, meaning, in_word=in_word)
    map_cell(
        actor=actor,
        request_id=found.pk,
        content=MappingInput(
            what="value" if key else sent.get("noi-dung", ""),
            key=key,
            scale=meaning.scale * factor if meaning is not None and factor > 1 else None,
            text=sent.get("chu", ""),
            of_period=_of_period(request, found, place, in_word=in_word) if key else OfPeriod.THIS,
        ),
        **where,
    )
    done = gettext("Đã gắn: %(cell)s.") if in_word else gettext("Đã gắn ô %(cell)s.")
    messages.success(request, done % said)


def _factor(
    request: HttpRequest,
    found: Request,
    place: dict[str, Any],
    meaning: Definition | None,
    *,
    in_word: bool,
) -> int:
    """The unit that was chosen; where none was, the one that the form says.

    Money of which the form says nothing is not guessed: it would be wrong by a million.
    """
    chosen = request.POST.get("don-vi-tinh", "")
    if chosen:
        factor = whole_number(chosen)
        if factor not in FACTORS:
            raise BadInput("Chọn đơn vị tính.", "Choose the unit.", field="scale")
        return factor
    if meaning is None:
        return 1
    page = (_document if in_word else _sheet)(request, found, place)["page"]
    said = said_factor(page.headers, meaning.unit) if page.headers else None
    if said is None and meaning.unit == MONEY:
        raise BadInput(
            "Biểu không ghi đơn vị tính của ô này. Chọn đồng, nghìn, triệu hay tỷ rồi gắn lại.",
            "The form does not say the unit of this cell. Choose dong, thousand, million or "
            "billion and map it again.",
            field="scale",
        )
    return said or 1


def _of_period(
    request: HttpRequest, found: Request, place: dict[str, Any], *, in_word: bool
) -> str:
    """The period that was chosen; where none was, the one that the form says.

    A column of comparisons holds no figure of the unit: its formula belongs to the form.
    """
    chosen = request.POST.get("ky", "")
    if chosen:
        return chosen
    page = (_document if in_word else _sheet)(request, found, place)["page"]
    said = said_period(page.headers) if page.headers else None
    if said == "":
        raise BadInput(
            "Biểu ghi đây là cột so sánh, không phải số liệu của một kỳ. Để trống, hoặc chọn kỳ "
            "rồi gắn lại.",
            "The form says that this compares two periods. Leave it empty, or choose a period and "
            "map it again.",
            field="of_period",
        )
    return said or OfPeriod.THIS


def _said_period(headers: Headers | None) -> str:
    """The period that the form says for the chosen cell, in words; "" where it says none."""
    said = said_period(headers) if headers else None
    if said is None:
        return ""
    return str(PERIOD_NAMES[said]) if said else gettext("so sánh hai kỳ")


def _said(headers: Headers | None, meaning: Definition) -> str:
    """The unit that the form says for an indicator, in words; "" where it says none."""
    factor = said_factor(headers, meaning.unit) if headers else None
    if factor is None:
        return gettext("chọn đơn vị tính") if meaning.unit == MONEY else ""
    if factor == 1:
        return meaning.unit_en if get_language() == "en" else meaning.unit_vi
    if factor == 10_000:
        return "ha"
    return f"{FACTORS[factor]} {meaning.unit_en if get_language() == 'en' else meaning.unit_vi}"


def _address(found: Request, place: dict[str, Any]) -> str:
    names = {"number": "trang-tinh", "top": "dong", "left": "cot", "cell": "o"}
    query = {names[key]: value for key, value in place.items() if value not in ("", 1)}
    address = reverse("office:request_form", args=[found.record.public_id])
    return f"{address}?{urlencode(query)}" if query else f"{address}?dong=1"


def _lines(found: Request, page: DocumentPage) -> list[tuple[str, str]]:
    """The ways to the parts of the document before and after the one that is shown."""
    ways = (
        (gettext("Phần trước"), max(1, page.top - WINDOW_LINES), page.top > 1),
        (gettext("Phần sau"), page.top + WINDOW_LINES, page.top + WINDOW_LINES <= page.lines),
    )
    return [
        (words, _address(found, {"top": to_line}) + "#bieu")
        for words, to_line, there in ways
        if there
    ]


def _windows(found: Request, page: SheetPage) -> list[tuple[str, str]]:
    """The ways to the parts of the sheet beside the one that is shown."""
    top, left = page.top, page.left
    ways = (
        (gettext("Các dòng trước"), max(1, top - WINDOW_ROWS), left, top > 1),
        (
            gettext("Các dòng sau"),
            top + WINDOW_ROWS,
            left,
            top + WINDOW_ROWS <= page.sheet.open_rows,
        ),
        (gettext("Các cột trước"), top, max(1, left - WINDOW_COLUMNS), left > 1),
        (
            gettext("Các cột sau"),
            top,
            left + WINDOW_COLUMNS,
            left + WINDOW_COLUMNS <= page.sheet.open_columns,
        ),
    )
    return [
        (
            words,
            _address(found, {"number": page.number, "top": to_row, "left": to_column}) + "#bieu",
        )
        for words, to_row, to_column, there in ways
        if there
    ]
