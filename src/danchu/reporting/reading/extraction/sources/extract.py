"""The door of reading: size, type and stamps are looked at before anything is parsed."""

from __future__ import annotations

import re
from pathlib import Path

from danchu.core.errors import BadInput, current_language
from danchu.core.text.decoding import Decoded, decode_bytes
from danchu.core.text.legacy import detect_legacy, from_tcvn3, from_vni
from danchu.core.text.normal import nfc
from danchu.core.text.secrecy import refuse_secret

from ..model import SourceText
from . import sniffing
from .refusals import locked
from .sniffing import Kind, sniff

# Bytes of one document. The longest real report with pictures stays far below.
SINGLE_LIMIT = 20 * 2**20
# Characters of one text: some four hundred pages. Reading takes seconds up to here.
TEXT_LIMIT = 1_200_000
# What a folder is searched for; a file named singly is sniffed whatever it is called.
SUFFIXES = (".docx", ".pdf", ".doc", ".html", ".htm", ".txt", ".odt")

_SUFFIX_KINDS = {
    ".docx": "docx",
    ".pdf": "pdf",
    ".doc": "doc",
    ".html": "html",
    ".htm": "html",
    ".txt": "txt",
    ".odt": "odt",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".png": "png",
}
# A text, a page or a new file saved under the name of an old Word file is common and harmless.
_HARMLESS = {
    ("doc", "docx"),
    ("doc", "html"),
    ("txt", "html"),
    ("html", "txt"),
    ("jpeg", "png"),
    ("png", "jpeg"),
}
# Marks of direction, and what has no width; they part digits and words without being seen.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]")
_HEADER = re.compile(r"\A\ufeff?# source:[^\n]*(?:\n|\Z)")


def extract_text(source: Path | str | bytes, name: str = "") -> SourceText:
    """The text of one document, given as a path or as its bytes.

    ``name`` is what refusals and warnings call it (default: the file's own name). The type comes
    from the content. Raises :class:`BadInput` with ``code`` too_large, empty, wrong_type, damaged,
    encrypted, secret, unreadable, and :class:`~danchu.core.errors.Refusal` with ``code``
    missing_tool when a program of the system is needed.
    """
    if isinstance(source, bytes):
        called = name or "tệp"
        _check_size(len(source), called)
        data = source
    else:
        path = Path(source)
        called = name or path.name
        data = _read(path, called)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise BadInput(
            f"{called}: tệp trống, không có gì để đọc. Kiểm tra lại tệp gốc.",
            f"{called}: the file is empty. Check the original.",
            code="empty",
        )
    kind = sniff(data)
    warnings = _compare_with_name(kind, called)
    text, header, pages, more = _text_of(kind, data, called)
    _check_length(text, called)
    text, hidden = _without_hidden(text)
    text, legacy = _from_legacy(text)
    warnings.extend([*more, *hidden])
    warnings.extend(legacy)
    refuse_secret(header, called)
    refuse_secret(text, called)
    if not text.strip():
        raise BadInput(
            f"{called}: không tìm thấy chữ nào trong tệp. Kiểm tra lại tệp gốc.",
            f"{called}: no text was found in the file. Check the original.",
            code="empty",
        )
    return SourceText(text=text, media_type=kind.media_type, pages=pages, warnings=tuple(warnings))


def documents_below(folder: Path) -> list[Path]:
    """The documents in ``folder`` and below it, in a stable order; hidden files are left out."""
    found = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not path.is_dir()
    ]
    return sorted(found)


def _megabytes(size: int) -> str:
    tenths = (size * 10 + 2**19) // 2**20
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}"


def _check_size(size: int, name: str) -> None:
    if size > SINGLE_LIMIT:
        stated, limit = _megabytes(size), _megabytes(SINGLE_LIMIT)
        raise BadInput(
            f"{name}: tệp {stated} MB, quá giới hạn {limit} MB cho một văn bản nên không đọc. "
            "Bỏ bớt ảnh hoặc tách nhỏ tệp rồi đọc lại.",
            f"{name}: the file has {stated.replace(',', '.')} MB, more than the limit of {limit} "
            "MB for one document, and was not read. Drop pictures or split it.",
            code="too_large",
        )


def _check_length(text: str, name: str) -> None:
    if len(text) > TEXT_LIMIT:
        raise BadInput(
            f"{name}: văn bản dài {_grouped(len(text), '.')} ký tự, quá giới hạn "
            f"{_grouped(TEXT_LIMIT, '.')} ký tự nên không đọc. Tách thành nhiều tệp rồi đọc lại.",
            f"{name}: the text has {_grouped(len(text), ',')} characters, more than the limit of "
            f"{_grouped(TEXT_LIMIT, ',')}, and was not read. Split it into several files.",
            code="too_large",
        )


def _grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def _without_hidden(text: str) -> tuple[str, list[str]]:
    """The text without marks that show nothing, or turn what is shown around."""
    plain, marks = _HIDDEN.subn("", text)
    if not _TURNING.search(text):
        return plain if marks else text, []
    return plain, [
        said(
            "Văn bản có ký hiệu ẩn đảo chiều chữ, đã bỏ: số hiện trên màn hình có thể khác số đọc "
            "được, đối chiếu với bản gốc.",
            "The text held hidden marks that turn its direction; they were removed. Numbers on a "
            "screen may look different from those read: compare with the original.",
        )
    ]


def _read(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise BadInput(
                f"{name}: đây là thư mục, không phải tệp. Chọn từng tệp để đọc.",
                f"{name}: this is a folder, not a file. Choose single files.",
                code="wrong_type",
            )
        size = path.stat().st_size
        if not path.is_file():
            raise OSError
        _check_size(size, name)
        with path.open("rb") as stream:
            data = stream.read(SINGLE_LIMIT + 1)
    except FileNotFoundError:
        raise BadInput(
            f"{name}: không có tệp này. Kiểm tra lại đường dẫn.",
            f"{name}: there is no such file. Check the path.",
            code="unreadable",
        ) from None
    except PermissionError:
        raise BadInput(
            f"{name}: không có quyền đọc tệp này. Cấp quyền đọc rồi thử lại.",
            f"{name}: no permission to read this file. Grant it and try again.",
            code="unreadable",
        ) from None
    except OSError:
        raise BadInput(
            f"{name}: không đọc được tệp này từ ổ đĩa. Sao chép lại tệp rồi thử lại.",
            f"{name}: this file cannot be read from the disk. Copy it again and retry.",
            code="unreadable",
        ) from None
    _check_size(len(data), name)
    return data


def _compare_with_name(kind: Kind, name: str) -> list[str]:
    claimed = _SUFFIX_KINDS.get(Path(name).suffix.lower())
    if kind is sniffing.LOCKED_OFFICE:
        raise locked(name)
    if claimed is None or claimed == kind.code:
        if kind.code not in sniffing.READABLE and kind is not sniffing.BROKEN_ZIP:
            raise _unsupported(kind, name)
        return []
    if kind is sniffing.BROKEN_ZIP and claimed in ("docx", "odt"):
        return []
    if kind.code in sniffing.READABLE and (
        (claimed, kind.code) in _HARMLESS or kind.code in ("docx", "odt", "pdf", "doc")
    ):
        return [
            said(
                f"Tên tệp ghi {claimed.upper()} nhưng nội dung là {kind.vi}; đã đọc theo nội dung.",
                f"The name says {claimed.upper()} but the content is a {kind.en}; it was read as "
                "what it is.",
            )
        ]
    raise BadInput(
        f"{name}: không phải là tệp {claimed.upper()} như tên gọi (nội dung là {kind.vi}). "
        "Chọn đúng tệp rồi đọc lại.",
        f"{name}: not a {claimed.upper()} file as its name says (the content is a {kind.en}). "
        "Choose the right file.",
        code="wrong_type",
    )


def _unsupported(kind: Kind, name: str) -> BadInput:
    return BadInput(
        f"{name}: {kind.vi} không đọc được. Các loại đọc được: DOCX, PDF, DOC, HTML, TXT, ODT và "
        "ảnh JPEG, PNG.",
        f"{name}: a {kind.en} cannot be read. Readable are DOCX, PDF, DOC, HTML, TXT, ODT and "
        "pictures in JPEG or PNG.",
        code="wrong_type",
    )


def _text_of(kind: Kind, data: bytes, name: str) -> tuple[str, str, int | None, tuple[str, ...]]:
    """Text, text of the page headers, number of pages, warnings."""
    if kind is sniffing.PDF:
        from .pages import pdf_text

        text, count, warnings = pdf_text(data, name)
        return text, "", count, warnings
    if kind in (sniffing.JPEG, sniffing.PNG):
        from .scans import picture_text

        return picture_text(data, name), "", 1, (_recognised(),)
    if kind is sniffing.ODT or (
        kind is sniffing.BROKEN_ZIP and Path(name).suffix.lower() == ".odt"
    ):
        from .archives import odt_text

        text, header = odt_text(data, name)
        return text, header, None, ()
    if kind in (sniffing.DOCX, sniffing.BROKEN_ZIP):
        from .archives import docx_text

        text, header = docx_text(data, name)
        return text, header, None, ()
    if kind is sniffing.DOC:
        from .tools import doc_text

        return _lines(doc_text(data, name)), "", None, ()
    decoded = decode_bytes(data)
    if kind is sniffing.HTML:
        from .web import html_text

        return html_text(decoded.text, name), "", None, _remarks(decoded)
    text = _lines(decoded.text)
    return _HEADER.sub("", text), "", None, _remarks(decoded)


def _recognised() -> str:
    return said(
        "Chữ trong ảnh do máy nhận dạng: đối chiếu từng số với bản gốc.",
        "The text of the picture was recognised by machine: compare each figure with the original.",
    )


def _remarks(decoded: Decoded) -> tuple[str, ...]:
    return tuple(said(warned.vi, warned.en) for warned in decoded.warnings)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")


def _from_legacy(text: str) -> tuple[str, list[str]]:
    """Unicode for what was typed in a font of before Unicode (TCVN3, VNI)."""
    legacy = detect_legacy(text)
    if legacy is None:
        return nfc(text), []
    convert = from_tcvn3 if legacy == "tcvn3" else from_vni
    name = legacy.upper()
    warning = said(
        f"Văn bản gõ bằng phông chữ cũ ({name}), đã chuyển sang Unicode: đối chiếu với bản gốc.",
        f"The text was typed in an old font ({name}) and converted to Unicode: compare it with "
        "the original.",
    )
    return nfc(convert(text)), [warning]


def said(vi: str, en: str) -> str:
    """The remark in the language of the person."""
    return en if current_language().startswith("en") else vi
