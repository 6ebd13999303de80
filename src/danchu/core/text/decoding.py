"""The text of an uploaded file whose encoding nobody wrote down."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from danchu.core.errors import BadInput
from danchu.core.text.legacy import detect_legacy, from_tcvn3, from_vni, vietnamese_share
from danchu.core.text.normal import nfc


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person should know about a file that was read all the same."""

    code: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file in NFC, what it was taken for, and what to be careful about.

    ``encoding`` is one of utf-8, utf-16, utf-32, windows-1258, tcvn3, vni, windows-1252.
    """

    text: str
    encoding: str
    warnings: tuple[Warned, ...] = ()


# utf-32 before utf-16: its mark begins with the other's.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_KNOWN_FILES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "DOCX, XLSX, ODT, ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC, XLS"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"\x1f\x8b", "GZIP"),
)
# Tab, newlines, form feed, and the end-of-file mark of DOS. The full TCVN set puts twelve
# capitals on control codes, so a few of them do not yet make a file binary.
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26})
_FEW_CONTROLS = 0.02
_ENOUGH_VIETNAMESE = 0.7
_FEW_BROKEN = 0.005
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\xa1-\xbf\xd7\xf7][^\W\d_]")
_UNDEFINED_1252 = "".join(chr(c) for c in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _legacy_warning(name: str) -> Warned:
    return Warned(
        "legacy_encoding",
        f"Tệp dùng bảng mã cũ {name}, đã chuyển sang Unicode. Hãy đối chiếu với bản gốc, nhất là "
        "chữ in hoa có dấu.",
        f"The file is in the old encoding {name} and was converted to Unicode. Compare it with "
        "the original, above all accented capitals.",
    )


def decode_bytes(data: bytes) -> Decoded:
    """The text of an uploaded text file.

    Tried in this order: byte order marks, UTF-8, then by what makes Vietnamese of it
    windows-1258, TCVN3 and VNI, last Western windows-1252. A UTF-8 file whose characters are
    TCVN3 or VNI is converted as well. Line ends and blanks stay as they are: pass the text
    through :func:`danchu.core.text.at_the_door`. Raises BadInput for a file that is no text,
    names its kind where it is known, and for bytes no encoding explains.
    """
    if not data:
        return Decoded("", "utf-8")
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _by_mark(data, codec, name)
    _refuse_binary(data)
    text, warnings = _utf8(data)
    if text is not None:
        return _unicode(text, "utf-8", warnings)
    return _single_byte(data)


def _refuse_binary(data: bytes) -> None:
    for start, kind in _KNOWN_FILES:
        if data.startswith(start):
            raise BadInput(
                f"Tệp này là {kind}, không phải tệp văn bản thuần. Hãy tải lên đúng loại tệp hoặc "
                "lưu lại dạng .txt mã UTF-8.",
                f"This file is {kind}, not plain text. Upload it as what it is, or save it as "
                ".txt in UTF-8.",
                code="file_not_text",
            )
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in data or controls > _FEW_CONTROLS * len(sample):
        raise _unreadable()


def _unreadable() -> BadInput:
    return BadInput(
        "Tệp không phải là văn bản hoặc dùng bảng mã không nhận ra được. Hãy mở bằng phần mềm "
        "soạn thảo và lưu lại dạng .txt mã UTF-8.",
        "The file is not text, or its encoding is not known. Open it in an editor and save it as "
        ".txt in UTF-8.",
        code="file_unreadable",
    )


def _by_mark(data: bytes, codec: str, name: str) -> Decoded:
    try:
        return _unicode(data.decode(codec), name, ())
    except UnicodeDecodeError:
        if name == "utf-8":
            text, warnings = _utf8(data[len(codecs.BOM_UTF8) :])
            if text is not None:
                return _unicode(text, name, warnings)
        raise _unreadable() from None


def _utf8(data: bytes) -> tuple[str | None, tuple[Warned, ...]]:
    """The text when the bytes are UTF-8 but for a few broken ones, else None."""
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(1 for c in text if not c.isascii()) - broken
    if sound < 20 * broken or broken > max(1, _FEW_BROKEN * len(text)):
        return None, ()
    return text, (
        Warned(
            "broken_characters",
            f"Có {broken} ký tự bị hỏng trong tệp, hiển thị là “\ufffd”. Hãy kiểm tra các chỗ đó.",
            f"{broken} characters of the file are broken and shown as “\ufffd”. Check them.",
        ),
    )


def _unicode(text: str, name: str, warnings: tuple[Warned, ...]) -> Decoded:
    legacy = detect_legacy(text)
    if legacy:
        return _converted(text, legacy, warnings)
    return Decoded(nfc(text), name, warnings)


def _converted(text: str, legacy: str, warnings: tuple[Warned, ...] = ()) -> Decoded:
    convert, name = (from_tcvn3, "TCVN3") if legacy == "tcvn3" else (from_vni, "VNI")
    done = nfc(convert(text))
    return Decoded(done, legacy, (*warnings, _legacy_warning(name)))


def _single_byte(data: bytes) -> Decoded:
    western = "".join(
        chr(byte) if chr(byte) in _UNDEFINED_1252 else bytes([byte]).decode("cp1252")
        for byte in range(256)
    )
    text = codecs.charmap_decode(data, "strict", western)[0]
    legacy = detect_legacy(text)
    if legacy:
        return _converted(text, legacy)
    try:
        vietnamese = nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        vietnamese = ""
    if vietnamese_share(vietnamese) >= _ENOUGH_VIETNAMESE:
        return Decoded(vietnamese, "windows-1258")
    if any(c in text for c in _UNDEFINED_1252) or _SIGN_IN_WORD.search(text):
        raise _unreadable()
    return Decoded(
        nfc(text),
        "windows-1252",
        (
            Warned(
                "encoding_guessed",
                "Không chắc chắn về bảng mã của tệp; đã đọc như chữ Tây Âu. Hãy kiểm tra các chữ "
                "có dấu.",
                "The encoding of the file is uncertain; it was read as Western. Check the "
                "accented letters.",
            ),
        ),
    )
