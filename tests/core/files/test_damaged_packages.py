"""A package with flipped bytes is refused with a sentence, whatever way it was packed."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from danchu.core.documents.forms.opening import open_form
from danchu.core.errors import BadInput
from danchu.core.files.kinds import sniff
from danchu.core.files.office import clean_office
from danchu.reporting.reading.extraction import extract_text
from danchu.reporting.reading.packed import unpacked

BODY = (
    '<?xml version="1.0"?><w:document xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    + "".join(
        f"<w:p><w:r><w:t>Dòng {n} của báo cáo {n * 7919}</w:t></w:r></w:p>" for n in range(400)
    )
    + "</w:body></w:document>"
)


def _package(main: str, way: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        archive.writestr(main, BODY)
        archive.writestr("hai.txt", "Có 5 cuộc họp.\n" * 500)
    return out.getvalue()


def _flipped(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    broken = bytearray(data)
    # Within the packed parts; the directory at the end is left whole.
    for _ in range(6):
        broken[chance.randrange(60, len(data) - 400)] ^= chance.randrange(1, 256)
    return bytes(broken)


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_document_with_flipped_bytes_is_refused_wherever_it_is_opened(way: int) -> None:
    whole = _package("word/document.xml", way)
    assert "Dòng 7" in clean_office(whole, "docx")[1]
    for seed in range(40):
        broken = _flipped(whole, seed)
        sniff(broken)
        for opened in (
            lambda data: clean_office(data, "docx"),
            lambda data: extract_text(data, "bao-cao.docx"),
            open_form,
        ):
            with pytest.raises(BadInput) as refusal:
                opened(broken)
            assert refusal.value.vi.endswith(".") and refusal.value.en


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_batch_in_a_zip_with_flipped_bytes_is_refused(way: int) -> None:
    whole = _package("mot.txt", way)
    assert [one.name for one in unpacked([("lo.zip", whole)])] == ["mot.txt", "hai.txt"]
    for seed in range(40):
        with pytest.raises(BadInput, match="hỏng"):
            unpacked([("lo.zip", _flipped(whole, seed))])
