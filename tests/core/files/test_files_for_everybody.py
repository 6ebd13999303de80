"""A document that everybody may take home is read to its end and holds nothing but its text."""

from __future__ import annotations

import io
import time
import zipfile

import docx
import pytest
from PIL import Image

from danchu.core.documents.sheets_in import read_xlsx
from danchu.core.errors import BadInput
from danchu.core.files import for_everybody
from danchu.core.files.services import Checked, check_upload
from tests.core.files import samples

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBER = "079123456789"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def open_to_all(data: bytes, name: str = "tep.docx") -> Checked:
    return check_upload(data, name, whole=True)


def refused(data: bytes, name: str = "tep.docx") -> BadInput:
    with pytest.raises(BadInput) as found:
        open_to_all(data, name)
    assert found.value.field == "file" and found.value.vi != found.value.en
    return found.value


def with_part(name: str, content: str, kind: str, data: bytes | None = None) -> bytes:
    """A document with one more part of Word beside its text."""
    data = data or samples.docx_of("Quyết định")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml").decode()
        rels = package.read("word/_rels/document.xml.rels").decode()
    target = name.removeprefix("word/")
    return samples.repacked(
        data,
        **{
            name.replace("/", "__").replace(".", "_dot_"): content.encode(),
            "[Content_Types]_dot_xml": types.replace(
                "</Types>",
                f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-'
                f'officedocument.wordprocessingml.{kind}+xml"/></Types>',
            ).encode(),
            "word___rels__document_dot_xml_dot_rels": rels.replace(
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{TYPES}/{kind}" Target="{target}"/>'
                "</Relationships>",
            ).encode(),
        },
    )


def with_body(inside: str) -> bytes:
    """A document whose body is this."""
    body = f"<w:document {W}><w:body>{inside}<w:sectPr/></w:body></w:document>"
    return samples.repacked(samples.docx_of("a"), word__document_dot_xml=body.encode())


def linked(kind: str, target: str, mode: str = "External", owner: str = "document") -> bytes:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{TYPES}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        "</Relationships>"
    )
    part = f"word___rels__{owner}_dot_xml_dot_rels"
    return samples.repacked(samples.docx_of("Quyết định"), **{part: rels.encode()})


@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "header", "footer", "glossaryDocument"])
def test_every_part_with_words_is_read(kind: str) -> None:
    said = f"<w:x {W}><w:p><w:r><w:t>Số {NUMBER[:6]}</w:t></w:r><w:r><w:t>{NUMBER[6:]}</w:t>"
    given = with_part(f"word/{kind}7.xml", said + "</w:r></w:p></w:x>", kind)
    checked = open_to_all(given)
    assert NUMBER in checked.text and "Quyết định" in checked.text
    assert NUMBER not in check_upload(samples.docx_of("Quyết định"), "a.docx").head


def test_a_document_is_read_to_its_end_and_its_boxes_pictures_and_hidden_words_too() -> None:
    lines = [f"Khoản {n} của quyết định" for n in range(3000)]
    text = open_to_all(samples.docx_of(*lines, NUMBER)).text
    assert NUMBER in text and "NguoiSoanRieng" not in text  # who wrote it is not kept at all
    for said in (
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{NUMBER}</w:t></w:r></w:p>",
        f"<w:p><w:r><w:txbxContent><w:p><w:r><w:t>{NUMBER}</w:t></w:r></w:p></w:txbxContent>"
        "</w:r></w:p>",
        f'<w:p><w:r><w:docPr descr="{NUMBER}"/></w:r></w:p>',
        f"<w:p><w:r><w:instrText>QUOTE {NUMBER}</w:instrText></w:r></w:p>",
    ):
        assert NUMBER in open_to_all(with_body(said)).text, said
    box = "<{0}><w:txbxContent><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:txbxContent></{0}>"
    both = box.format("w:Choice", "Trong khung") + box.format("w:Fallback", "Trong khung")
    other = box.format("w:Fallback", NUMBER)
    text = open_to_all(with_body(f"<w:p><w:r>{both}{other}</w:r></w:p>")).text
    assert text.count("Trong khung") == 1 and NUMBER in text
    toc = "<w:p><w:r><w:instrText>PAGEREF _Toc198765432 \\h</w:instrText></w:r></w:p>"
    assert "198765432" not in open_to_all(with_body(toc)).text  # Word's own mark


def test_a_document_too_long_to_be_read_whole_is_refused(monkeypatch) -> None:
    given = samples.docx_of("một hai ba bốn")
    assert open_to_all(given).kind == "docx"
    monkeypatch.setattr(for_everybody, "MOST_LETTERS", 10)
    assert refused(given).code == "too_long"


@pytest.mark.parametrize(
    "inside",
    [
        '<w:p><w:del w:id="1" w:author="Người Sửa"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>',
        '<w:p><w:ins w:id="1" w:author="Người Sửa"><w:r><w:t>x</w:t></w:r></w:ins></w:p>',
        '<w:p><w:r><w:rPr><w:rPrChange w:id="1" w:author="Người Sửa"/></w:rPr></w:r></w:p>',
        "<w:p><w:r><w:delText>x</w:delText></w:r></w:p>",
    ],
)  # fmt: skip
def test_tracked_changes_and_comments_are_refused_where_everybody_reads(inside: str) -> None:
    given = with_body(inside)
    assert refused(given).code == "changes"
    assert check_upload(given, "a.docx").kind == "docx"  # inside they are wanted
    renamed = f"<k:x {W.replace(':w', ':k')}>{inside.replace('w:', 'k:')}</k:x>"
    assert refused(with_body(renamed)).code == "changes"  # by the language, not by its prefix
    comment = f'<w:comments {W}><w:comment w:id="0" w:author="Người Sửa"/></w:comments>'
    assert refused(with_part("word/comments.xml", comment, "comments")).code == "changes"
    none = with_part("word/comments.xml", f"<w:comments {W}/>", "comments")
    assert open_to_all(none).kind == "docx"


@pytest.mark.parametrize(
    "given",
    [
        linked("image", "http://example.org/anh.png"),
        linked("hyperlink", "file:///C:/Users/a/qd.docx"),
        linked("hyperlink", "javascript:alert(1)"),
        linked("hyperlink", "\\\\may-chu\\qd.docx"),
        linked("oleObject", "http://example.org/a.bin"),
        linked("oleObject", "media/a.bin", "Internal"),
        linked("aFChunk", "a.html", "Internal"),
        linked("frame", "http://example.org/"),
        samples.repacked(samples.docx_of("a"), word__embeddings__a_dot_xlsx=b"PK"),
    ],
)
def test_links_into_files_and_embedded_files_are_refused(given: bytes) -> None:
    assert refused(given).code == "embedded"


def test_links_to_pages_and_addresses_stay() -> None:
    for target in ("https://example.org/a?b=c", "mailto:xa@example.org", "#muc1"):
        checked = open_to_all(linked("hyperlink", target))
        with zipfile.ZipFile(io.BytesIO(checked.data)) as kept:
            assert target.encode() in kept.read("word/_rels/document.xml.rels")


def test_what_tells_of_the_writer_goes_and_the_text_stays() -> None:
    document, out, photo = docx.Document(), io.BytesIO(), samples.jpeg((60, 30))
    document.add_paragraph("Quyết định số 12")
    document.add_picture(io.BytesIO(photo))
    document.add_picture(io.BytesIO(samples.png()))
    document.save(out)
    given = with_part(
        "word/people.xml", f'<w:people {W}><w:person w:author="Người Sửa"/></w:people>', "people",
        out.getvalue(),
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(given)) as package:
        rels = package.read("_rels/.rels").decode()
        settings = package.read("word/settings.xml").decode()
        assert b"MaySanXuat" in b"".join(package.read(name) for name in package.namelist())
    given = samples.repacked(
        given,
        docProps__custom_dot_xml=b"<Properties>BiMatRieng</Properties>",
        _rels___dot_rels=rels.replace(
            "</Relationships>",
            f'<Relationship Id="rId98" Type="{TYPES}/custom-properties" '
            'Target="docProps/custom.xml"/></Relationships>',
        ).encode(),
        word__settings_dot_xml=settings.replace(
            "<w:view ", f'<w:attachedTemplate r:id="rId1" xmlns:r="{TYPES}"/><w:view '
        ).encode(),
        word___rels__settings_dot_xml_dot_rels=(
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{TYPES}/attachedTemplate" '
            'Target="file:///C:/Users/NguoiRieng/mau.dotm" TargetMode="External"/>'
            "</Relationships>"
        ).encode(),
    )
    for whole in (True, False):
        data = check_upload(given, "a.docx", whole=whole).data
        again = docx.Document(io.BytesIO(data))
        assert again.paragraphs[0].text == "Quyết định số 12"
        assert len(again.inline_shapes) == 2
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            everything = b"".join(package.read(name) for name in names)
            picture = next(name for name in names if name.endswith((".jpg", ".jpeg")))
            shown = Image.open(io.BytesIO(package.read(picture)))
        template = (b"attachedTemplate", b"NguoiRieng") if whole else ()
        for told in (
            b"MaySanXuat", b"2026:02:03", b"GhiChuRieng", b"TacGiaRieng", *template,
            b"BiMatRieng", "Người Sửa".encode(), b"people.xml", b"thumbnail",
        ):  # fmt: skip
            assert told not in everything, told
        assert shown.getexif()[0x0112] == 6  # as it lay in the page before
        assert shown.tobytes() == Image.open(io.BytesIO(photo)).tobytes()


def small_but_wide(part: str, base: bytes) -> bytes:
    """Some two hundred kilobytes that unpack to 190 million blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == part:
                at = content.index(b">", content.index(b"<", 60)) + 1
                content = content[:at] + b" " * 190_000_000 + content[at:]
            new.writestr(entry.filename, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def test_a_small_file_that_swells_is_refused_before_it_does() -> None:
    word = small_but_wide("word/document.xml", samples.docx_of("a"))
    book = small_but_wide("xl/worksheets/sheet1.xml", samples.xlsx_of("a"))
    assert len(word) < 300_000 and len(book) < 300_000
    begun = time.process_time()
    assert refused(word).code == refused(book, "a.xlsx").code == "too_large"
    with pytest.raises(BadInput) as found:
        read_xlsx(book, all_shown=True)
    assert found.value.code == "too_large"
    assert time.process_time() - begun < 1


def test_entries_that_lie_over_each_other_are_held_against_the_file() -> None:
    parts = {f"word__media__{n}_dot_bin": b"\0" * 9_000_000 for n in range(12)}
    assert refused(samples.repacked(samples.docx_of("a"), **parts)).code == "too_large"
    twice = io.BytesIO(samples.docx_of("a"))
    with zipfile.ZipFile(twice, "a") as package:
        package.writestr("word/Document.xml", b"<a/>")
    assert refused(twice.getvalue()).code == "damaged"
