"""A PDF that everybody may take home is read to its last page, runs nothing and is nothing else."""

from __future__ import annotations

import io
import zipfile

import pypdfium2 as pdfium
import pytest

from danchu.core.errors import BadInput
from danchu.core.files import office
from danchu.core.files.services import check_upload
from danchu.core.pdf_in import look_into
from tests.core.documents.signing import signed
from tests.core.files import samples

NUMBER = "079123456789"


def pdf(*pages: str, catalog: str = "", page: str = "", info: str = "", more: str = "") -> bytes:
    """A PDF with these lines, one a page; further keys of its objects and a further object 4."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: f"<</Producer(Mau){info}>>",
        4: more or "<<>>",
    }
    for n, line in enumerate(pages):
        shown = f"BT /F1 12 Tf 20 700 Td ({line}) Tj ET"
        objects[10 + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {11 + 2 * n} 0 R{page}"
            "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        )
        objects[11 + 2 * n] = f"<</Length {len(shown)}>>stream\n{shown}\nendstream"
    body, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(body)
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start, last = len(body), max(objects) + 1
    body += f"xref\n0 {last}\n0000000000 65535 f \n".encode()
    for number in range(1, last):
        state = f"{places[number]:010d} 00000 n" if number in places else "0000000000 00000 f"
        body += f"{state} \n".encode()
    body += f"trailer\n<</Size {last}/Root 1 0 R/Info 3 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(body)


def refused(data: bytes) -> str:
    with pytest.raises(BadInput) as found:
        check_upload(data, "qd.pdf", whole=True)
    assert found.value.field == "file" and found.value.vi != found.value.en
    return found.value.code


def test_all_pages_and_notes_are_read_and_one_too_long_is_refused(monkeypatch) -> None:
    given = pdf(*[f"Trang {n}" for n in range(1, 10)], f"So {NUMBER}")
    checked = check_upload(given, "qd.pdf", whole=True)
    assert NUMBER in checked.text and "Trang 1" in checked.head
    assert NUMBER not in check_upload(given, "qd.pdf").head  # elsewhere the head is enough
    note = f"/Annots[<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(Ghi {NUMBER})>>]"
    assert NUMBER in check_upload(pdf("a", page=note), "qd.pdf", whole=True).text
    monkeypatch.setattr(office, "MOST_PAGES", 9)
    assert refused(given) == "too_long"
    monkeypatch.undo()
    monkeypatch.setattr(office, "MOST_LETTERS", 20)
    assert refused(given) == "too_long"


def link(action: str) -> str:
    return f"/Annots[<</Type/Annot/Subtype/Link/Rect[9 9 20 20]/A<<{action}>>>>]"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"catalog": "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"}, "macros"),
        ({"catalog": "/OpenAction<</S/J#61vaScript/JS(a)>>"}, "macros"),
        ({"catalog": "/OpenAction<</S/Launch/F(cmd.exe)>>"}, "macros"),
        ({"catalog": "/OpenAction 4 0 R", "more": "<</S/Launch/F(cmd.exe)>>"}, "macros"),
        ({"page": "/AA<</O<</S/JavaScript/JS(a)>>>>"}, "macros"),
        ({"page": link("/S/JavaScript/JS(a)")}, "macros"),
        ({"page": link("/S/URI/URI(javascript:alert\\(1\\))")}, "macros"),
        ({"page": link("/S/URI/URI<66696C653A2F2F2F63>")}, "macros"),
        ({"page": link("/S/GoToR/F(\\\\\\\\may\\\\a.pdf)/D[0/Fit]")}, "macros"),
        (
            {
                "catalog": "/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>",
                "more": "<</Type/Filespec/F(a.exe)>>",
            },
            "embedded",
        ),
    ],
)
def test_a_pdf_that_runs_or_carries_something_is_refused(more: dict[str, str], code: str) -> None:
    assert refused(pdf("a", **more)) == code


def test_ordinary_links_and_the_page_to_open_at_stay() -> None:
    for more in (
        {"catalog": "/OpenAction[10 0 R/FitH 800]"},
        {"page": link("/S/URI/URI(https://example.org/)")},
        {"page": link("/S/GoTo/D[10 0 R/Fit]")},
        {"page": link("/S/Named/N/NextPage")},
    ):
        given = pdf("Xem /JavaScript (a)".replace("(a)", ""), **more)
        given = given.replace(b"/JavaScript ", b" JavaScript ")
        assert check_upload(given, "qd.pdf", whole=True).data == given


def test_a_packed_list_of_objects_hides_nothing() -> None:
    import zlib

    inner = b"4 0 <</S/JavaScript/JS(a)>>"
    packed = zlib.compress(inner)
    head = b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>endobj\n"
    head = head.replace(b"%%", b"%")
    body = bytearray(head)
    places = {1: 9}
    for number, content in (
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"),
        (
            5,
            b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
            % (len(packed), packed),
        ),
    ):
        places[number] = len(body)
        body += b"%d 0 obj%s endobj\n" % (number, content)
    start = places[6] = len(body)
    rows = [(0, 0, 0), *((1, places[n], 0) for n in (1, 2, 3)), (2, 5, 0)]
    rows += [(1, places[5], 0), (1, start, 0)]
    table = b"".join(bytes([a]) + b.to_bytes(4, "big") + bytes([c]) for a, b, c in rows)
    body += (
        b"6 0 obj<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream endobj\n"
        b"startxref\n%d\n%%%%EOF" % (len(table), table, start)
    )
    assert b"/JavaScript" not in body
    assert look_into(bytes(body)).pages == 1
    assert refused(bytes(body)) == "macros"


def test_what_is_also_another_file_is_refused_and_one_that_grew_is_not() -> None:
    plain = pdf("a")
    archive = io.BytesIO(plain)
    with zipfile.ZipFile(archive, "a") as package:
        package.writestr("a.exe", b"x")
    assert refused(archive.getvalue()) == "embedded"
    for behind in (
        b"<html><script>alert(1)</script></html>",
        b"<html>a</html>\n%%EOF\n",
        b"x" * 100,
    ):
        assert refused(plain + behind) == "embedded", behind
    page = b"%PDF-1.7\n%<html><script>alert(1)</script></html>\n"
    assert refused(plain.replace(b"%PDF-1.7\n", page, 1)) in ("embedded", "damaged")
    for end in (b"", b"\n\n", b"\x00" * 500, b"\x1b%-12345X"):
        assert check_upload(plain + end, "qd.pdf", whole=True).kind == "pdf"
    grown = signed(plain)
    assert look_into(grown).signatures == 1
    assert check_upload(grown, "qd.pdf", whole=True).data == grown
    twice = signed(grown)
    assert check_upload(twice, "qd.pdf", whole=True).data == twice


def test_the_author_of_an_unsigned_pdf_goes_and_each_byte_else_stays_in_its_place() -> None:
    meta = "<dc:creator><rdf:Seq><rdf:li>Nguyen Van Rieng</rdf:li></rdf:Seq></dc:creator>"
    given = pdf(
        "Quyet dinh",
        info="/Title(Quyet dinh)/Author(Nguyen \\(Van\\) Rieng)/Company<4E677579656E>",
        catalog="/Metadata 4 0 R",
        more=f"<</Type/Metadata/Subtype/XML/Length {len(meta)}>>stream\n{meta}\nendstream",
    )
    kept = check_upload(given, "qd.pdf", whole=True).data
    assert len(kept) == len(given) and b"Rieng" not in kept and b"4E67" not in kept
    document = pdfium.PdfDocument(kept)
    assert document.get_metadata_value("Author").strip() == ""
    assert document.get_metadata_value("Title") == "Quyet dinh"
    assert check_upload(given, "qd.pdf").data == given  # inside it stays byte for byte
    grown = signed(given)
    assert check_upload(grown, "qd.pdf", whole=True).data == grown


def test_our_own_papers_pass() -> None:
    assert check_upload(samples.pdf(), "qd.pdf", whole=True).kind == "pdf"
    assert refused(samples.pdf(script=True)) == "macros"
    assert refused(samples.pdf(locked="")) == "locked"
