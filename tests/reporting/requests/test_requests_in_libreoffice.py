"""A form as provinces send them, filled from a commune's records, opened in LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from danchu.demo.load import settle
from danchu.reporting.requests.services import answer_request
from tests.core.documents.province_form import province_form
from tests.making import hold
from tests.reporting.requests.test_requests import asked, file_of, mapped

_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_HAS_CALC = _OFFICE is not None and any(Path(_OFFICE).resolve().parent.glob("libsclo.*"))
_MOST = 60  # repeated empty cells are not counted further


def opened(tmp_path: Path, **files: bytes) -> list[etree._Element]:
    """The workbooks as LibreOffice has them once they are open."""
    assert _OFFICE is not None
    for name, data in files.items():
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    subprocess.run(
        [
            _OFFICE,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "fods",
            "--outdir",
            str(tmp_path),
            *(str(tmp_path / f"{name}.xlsx") for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    return [etree.parse(str(tmp_path / f"{name}.fods")).getroot() for name in files]


def said(element: etree._Element, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((v for k, v in element.attrib.items() if k.endswith("}" + name)), "")


def looks(root: etree._Element) -> tuple[list[Any], dict[tuple[str, int, int], str]]:
    """How the sheets are laid out, and what is shown in each cell."""
    layout: list[Any] = []
    texts: dict[tuple[str, int, int], str] = {}
    for table in root.iter("{*}table"):
        name = said(table, "name")
        widths = [
            (said(c, "style-name"), said(c, "visibility"), said(c, "number-columns-repeated"))
            for c in table.iter("{*}table-column")
        ]
        layout.append((name, said(table, "print-ranges"), widths))
        for row, line in enumerate(table.iter("{*}table-row"), 1):
            column = 0
            height = (said(line, "style-name"), said(line, "visibility"))
            layout.append((name, row, height, said(line, "number-rows-repeated")))
            for cell in line:
                kind = etree.QName(cell).localname
                spans = (said(cell, "number-columns-spanned"), said(cell, "number-rows-spanned"))
                for _ in range(min(_MOST, int(said(cell, "number-columns-repeated") or 1))):
                    column += 1
                    about = (kind, *spans, said(cell, "formula"))
                    if about != ("table-cell", "", "", ""):
                        layout.append((name, row, column, about))
                    text = "".join(cell.itertext()).strip()
                    if text:
                        texts[name, row, column] = text
    return layout, texts


@pytest.mark.skipif(not _HAS_CALC, reason="no LibreOffice Calc (apt install libreoffice-calc)")
@pytest.mark.django_db
def test_a_province_form_filled_from_records_opens_unchanged_but_for_the_filled_cells(
    cast, tmp_path: Path
):
    hold(cast.recorder_benmau, cast.benmau, "Một.")
    hold(cast.recorder_benmau, cast.benmau, "Hai.")
    request = asked(cast)
    settle()
    mapped(cast, request, "C2", what="unit", key="")
    mapped(cast, request, "C6", "dialogues_held")
    mapped(cast, request, "D6", "opinions_received")
    mapped(cast, request, "F6", what="date", key="")
    answer = answer_request(actor=cast.reporter_benmau, request_id=request.pk, layer="recorded")
    before, after = opened(tmp_path, truoc=province_form(), sau=file_of(cast, answer))
    (layout, empty), (now, shown) = looks(before), looks(after)
    assert layout == now
    assert any("collapse" in str(line) for line in layout)  # the hidden column is still hidden
    sheet = "Biểu 1"
    assert {place for place in shown if shown[place] != empty.get(place)} == {
        (sheet, 2, 3),
        (sheet, 6, 3),
        (sheet, 6, 4),
        (sheet, 6, 6),
        # the sums, computed again
        (sheet, 8, 3),
        (sheet, 8, 4),
        (sheet, 8, 8),
        ("Biểu 2", 3, 2),
    }
    assert empty.keys() <= shown.keys()
    assert (shown[sheet, 6, 3], shown[sheet, 6, 4], shown[sheet, 8, 8]) == ("2", "2", "4")
    assert (shown[sheet, 6, 6], shown["Biểu 2", 3, 2]) == ("10/06/2026", "4")
