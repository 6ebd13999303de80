"""Documents are opened to see that they are whole, locked by nobody and run nothing.

Names of authors are taken out of Office files; a PDF stays byte for byte, because a signature
in it covers the bytes. Each function returns the bytes to keep and the text of the head, in
which marks of secrecy are looked for.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from lxml import etree

from danchu.core.errors import BadInput
from danchu.core.package_parts import MAX_PARTS, require_quiet_package
from danchu.core.pdf_in import look_into
from danchu.core.text import decode_bytes
from danchu.core.text.secrecy import HEAD_CHARACTERS
from danchu.core.unpacking import DAMAGE, ReadOnce, require_inside, require_sober, swollen

from .for_everybody import MOST_LETTERS, embedded, read_whole, too_long
from .kinds import KINDS
from .metadata import without_author, without_metadata

HEAD_PAGES = 3
MOST_PAGES = 300  # of a PDF that is read whole

_DOCX_TEXT = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_XLSX_TEXT = re.compile(r"xl/(sharedStrings|worksheets/sheet[1-3])\.xml")
_ODT_TEXT = re.compile(r"(content|styles)\.xml")
_TEXT_PARTS = {"docx": _DOCX_TEXT, "xlsx": _XLSX_TEXT, "odt": _ODT_TEXT}
_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|Basic/|Scripts/|macrosheets/)", re.I)
_SIGNED = re.compile(r"^(_xmlsignatures/|META-INF/documentsignatures\.xml$)", re.I)

# Elements of HTML that do not break a line: a mark set in them is still one mark.
_INLINE = ("a", "b", "em", "font", "i", "ins", "mark", "o:p", "s", "small", "span", "strong", "u")


def check_pdf(data: bytes) -> str:
    """The text of the first pages. Raises ``BadInput`` for a damaged, locked or running PDF."""
    seen = look_into(data, most=HEAD_PAGES)
    if seen.locked:
        raise _locked("PDF")
    if seen.scripts:
        raise _runs("PDF")
    return "\n".join(seen.texts)


def check_whole_pdf(data: bytes) -> tuple[bytes, str]:
    """A PDF that everybody may take home, and all that it says.

    An unsigned one loses the name of its author where that stands in plain sight. Raises
    ``BadInput`` as :func:`check_pdf`, and for one that runs or opens something (code "macros"),
    carries another file or is one (code "embedded"), or cannot be read to its end ("too_long").
    """
    seen = look_into(data, most=MOST_PAGES, whole=True)
    if seen.locked:
        raise _locked("PDF")
    if seen.scripts or "runs" in seen.active:
        raise _runs("PDF")
    if seen.active:
        raise embedded()
    text = "\n".join([*seen.texts, *seen.notes])
    if seen.pages > MOST_PAGES or len(text) > MOST_LETTERS:
        raise too_long()
    return data if seen.signatures else without_author(data), text


def clean_office(data: bytes, kind: str, *, whole: bool = False) -> tuple[bytes, str]:
    """An OOXML or ODF file without what it tells of its writer, and the text of its head.

    ``whole``: all of its text, and refused where it holds what everybody must not take home
    (:func:`.for_everybody.read_whole`). A file with a digital signature is kept as it is: taking
    a name out would break it. Raises ``BadInput`` for one that is damaged, swollen, locked or
    carries macros.
    """
    name = KINDS[kind].name
    try:
        with ReadOnce(data) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_PARTS:
                raise swollen()
            require_sober(archive, len(data))
            names = [entry.filename for entry in entries]
            require_inside(names)
            if any(entry.flag_bits & 1 for entry in entries) or _odf_locked(archive, names):
                raise _locked(name)
            if any(_MACROS.search(part) for part in names):
                raise _runs(name)
            if _MAIN_PART[kind] not in names or len({n.lower() for n in names}) != len(names):
                raise _damaged(name)
            for entry in entries:
                archive.read(entry)  # a part that is not whole says so here
            if whole:
                text = read_whole(archive)
            else:
                require_quiet_package(archive)
                _parsed(archive, _MAIN_PART[kind])
                text = _head(archive, names, kind)
            if any(_SIGNED.match(part) for part in names):
                return data, text
            return _without_names(archive, entries, whole), text
    except (*DAMAGE, etree.XMLSyntaxError, KeyError) as error:
        raise _damaged(name) from error


def check_doc(data: bytes) -> str:
    """What can be read of an old Word file; ``BadInput`` for a locked one or one with macros.

    The text of such a file lies in it as UTF-16 or, when it has no Vietnamese letters, as
    single bytes; both are looked through as they are.
    """
    version, order, shift = (int.from_bytes(data[n : n + 2], "little") for n in (26, 28, 30))
    if order != 0xFFFE or (version, shift) not in ((3, 9), (4, 12)) or len(data) < 3 << shift:
        raise _damaged("DOC")
    if any(word.encode("utf-16-le") in data for word in ("_VBA_PROJECT", "Macros")):
        raise _runs("DOC")
    if "EncryptedPackage".encode("utf-16-le") in data or _fib_locked(data):
        raise _locked("DOC")
    texts = [data.decode("utf-16-le", "replace"), data[1:].decode("utf-16-le", "replace")]
    lines = [
        line for text in texts for line in re.split(r"[\r\n\x07\x0b\x0c]+", text) if _readable(line)
    ]
    return "\n".join(lines)


def clean_text(data: bytes, *, is_html: bool = False) -> tuple[bytes, str]:
    """Plain text as UTF-8 with plain line ends, whatever encoding it came in."""
    try:
        text = decode_bytes(data).text
    except BadInput as refusal:
        refusal.field = "file"
        raise
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # In a page of HTML the head of what is read lies behind styles and tags.
    read = _shown(text) if is_html else text
    return text.encode(), "\n".join(line for line in read.split("\n") if line.strip())


def _shown(text: str) -> str:
    """What a page of HTML shows, a line for every piece of text."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return text
    if root is None:
        return text
    etree.strip_elements(root, "style", "script", with_tail=False)
    etree.strip_tags(root, *_INLINE)
    return "\n".join(root.itertext())


def refuse_ole() -> BadInput:
    """The refusal of an old Office container that is no Word document, or a locked new one."""
    return BadInput(
        "Tệp này là tệp Office có mật khẩu hoặc định dạng cũ không nhận được. "
        "Bỏ mật khẩu hoặc lưu lại dạng DOCX, XLSX rồi gửi. Tệp không được giữ lại.",
        "This is an Office file with a password, or of an old format that is not taken in. "
        "Remove the password or save it as DOCX or XLSX. It was not kept.",
        field="file",
    )


def _odf_locked(archive: zipfile.ZipFile, names: list[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in archive.read(manifest)


def _parsed(archive: zipfile.ZipFile, part: str) -> etree._Element:
    data = archive.read(part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _head(archive: zipfile.ZipFile, names: list[str], kind: str) -> str:
    wanted = _TEXT_PARTS[kind]
    # Headers and footers first: that is where a stamp is set on every page.
    parts = sorted((part for part in names if wanted.fullmatch(part)), key=_stamps_first)
    texts = []
    for part in parts[:12]:
        lines: list[str] = []
        length = 0
        for line in _lines(_parsed(archive, part)):
            lines.append(line)
            length += len(line)
            if length > HEAD_CHARACTERS // 4:
                break
        texts.append("\n".join(lines))
    return "\n".join(texts)


def _stamps_first(part: str) -> tuple[bool, str]:
    return ("header" not in part and "footer" not in part, part)


def _lines(root: etree._Element) -> Iterable[str]:
    for element in root.iter("{*}p", "{*}h", "{*}si", "{*}is"):
        text = "".join(
            piece.text or ("\t" if etree.QName(piece).localname == "tab" else "")
            for piece in element.iter("{*}t", "{*}tab", "{*}span", "{*}p", "{*}h")
            if isinstance(piece.tag, str)
        )
        if text.strip():
            yield text


def _without_names(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], for_everybody: bool
) -> bytes:
    changed, out = without_metadata(archive, for_everybody=for_everybody), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as clean:
        for entry in entries:
            content = changed.get(entry.filename, b"")
            if content is None:
                continue
            fresh = zipfile.ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            # ODF wants its first part, "mimetype", stored as it is.
            fresh.compress_type = (
                zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
            )
            clean.writestr(fresh, content or archive.read(entry))
    return out.getvalue()


def _fib_locked(data: bytes) -> bool:
    """The flag of encryption in the header of a Word 97 document (MS-DOC 2.5.1, fEncrypted)."""
    start = data.find(b"\xec\xa5")
    return start >= 0 and len(data) > start + 11 and bool(data[start + 11] & 0x01)


def _readable(line: str) -> bool:
    return (
        2 <= len(line) <= 400 and sum(c.isalpha() or c.isspace() for c in line) >= len(line) * 0.5
    )


def _locked(name: str) -> BadInput:
    return BadInput(
        f"Tệp {name} này có mật khẩu hoặc bị khóa. Gỡ mật khẩu rồi gửi lại; "
        "tệp không được giữ lại.",
        f"This {name} file is locked or has a password. Remove it and send again; "
        "the file was not kept.",
        code="locked",
        field="file",
    )


def _runs(name: str) -> BadInput:
    return BadInput(
        f"Tệp {name} này có macro hoặc mã lệnh nên không nhận được. Lưu lại bản không có macro "
        "rồi gửi; tệp không được giữ lại.",
        f"This {name} file carries macros or scripts. Save it without them and send again; "
        "the file was not kept.",
        code="macros",
        field="file",
    )


def _damaged(name: str) -> BadInput:
    return BadInput(
        f"Không mở được tệp {name} này: tệp hỏng hoặc chưa tải lên hết. Tệp không được giữ lại.",
        f"This {name} file cannot be opened: it is damaged or cut off. It was not kept.",
        code="damaged",
        field="file",
    )
