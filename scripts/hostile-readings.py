"""Inputs that try to make reading slow or large: how long each takes, how much, what it says.

    .venv/bin/python scripts/hostile-readings.py [NAME…]

Every input runs in a process of its own; seconds are processor time, children included.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

SENTENCE = "Trong kỳ, xã ghi nhận 191 ý kiến, đã giải quyết 183 ý kiến, đạt 96%. "
NESTED = 20_000
PAGES = 500


def numbers_in_a_row() -> bytes:
    """A million characters of "12; 12; …"."""
    return b"12; " * 250_000


def one_long_line() -> bytes:
    """A line of just under 20 MB."""
    return (SENTENCE.encode() * 300_000)[: 20 * 2**20 - 8].rsplit(b" ", 1)[0]


def one_long_line_read() -> bytes:
    """A line of 1,190,000 characters, the longest that is read."""
    return (SENTENCE * 20_000)[:1_190_000].encode()


def one_word() -> bytes:
    """A word of 1,190,000 letters."""
    return ("a" * 1_190_000).encode()


def many_numbers() -> bytes:
    """1,200,000 characters with 19,999 numbers in sentences."""
    one = "Xã có {} hộ tham gia bàn việc chung của thôn. "
    text = "".join(one.format(n % 90 + 10) for n in range(19_999))
    return (text + "xã " * 400_000)[:1_200_000].encode()


def nested_tables() -> bytes:
    """HTML with tables in tables, 20,000 deep."""
    opened = "<table><tr><td>" * NESTED
    closed = "</td></tr></table>" * NESTED
    return f"<html><body>{opened}{SENTENCE}{closed}</body></html>".encode()


def many_cells() -> bytes:
    """HTML with a table of 3,000 rows and 60 columns."""
    return wide_table(3_000)


def wide_table(rows: int = 490) -> bytes:
    """HTML with a table of 29,400 cells, as many as are read."""
    row = "<tr>" + "".join(f"<td>{n}</td>" for n in range(60)) + "</tr>"
    return f"<html><body><p>BÁO CÁO</p><table>{row * rows}</table></body></html>".encode()


def addresses() -> bytes:
    """A text of 150,000 addresses of mail, each with a number."""
    return b"a@b 1. " * 150_000


def turned_around() -> bytes:
    """A text in which hidden marks turn the direction of its digits."""
    return "Xã ghi nhận \u202e191\u202c ý kiến, \u2067183\u2069 đã giải quyết.\n".encode() * 5_000


def pdf_of_500_pages() -> bytes:
    """A PDF of 500 pages of text."""
    return _pdf(PAGES, 38)


def pdf_of_501_pages() -> bytes:
    """A PDF of one page more than is read."""
    return _pdf(PAGES + 1, 1)


def packed_bomb() -> bytes:
    """A DOCX whose text unpacks to 400 MB."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as out:
            for _ in range(400):
                out.write(b"0" * 2**20)
    return held.getvalue()


def nested_xml() -> bytes:
    """A DOCX whose XML is 200,000 elements deep."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<a>" * 200_000 + "</a>" * 200_000)
    return held.getvalue()


def texts_of_3000_characters() -> bytes:
    """300 texts of 3,000 characters, read one after the other: fifty a second are asked for."""
    return b""


def _pdf(pages: int, lines: int) -> bytes:
    line = "Trong ky xa ghi nhan 191 y kien va da giai quyet 183 y kien."
    shown = "\n".join(f"({line}) Tj T*" for _ in range(lines))
    page = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}\nET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (pages, b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
    ]
    sheet = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 3 0 R>>>>>>"
    )
    objects += [sheet] * pages
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, one)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(out)


INPUTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "numbers in a row": (numbers_in_a_row, "txt"),
    "one line of 20 MB": (one_long_line, "txt"),
    "one line of 1.19 million": (one_long_line_read, "txt"),
    "one word of 1.19 million": (one_word, "txt"),
    "19,999 numbers": (many_numbers, "txt"),
    "tables in tables": (nested_tables, "html"),
    "29,400 cells": (wide_table, "html"),
    "180,000 cells": (many_cells, "html"),
    "right to left": (turned_around, "txt"),
    "PDF of 500 pages": (pdf_of_500_pages, "pdf"),
    "PDF of 501 pages": (pdf_of_501_pages, "pdf"),
    "packed bomb": (packed_bomb, "docx"),
    "nested XML": (nested_xml, "docx"),
    "addresses": (addresses, "txt"),
    "300 texts": (texts_of_3000_characters, "txt"),
}


def run(name: str, path: Path) -> str:
    """Read and check one input; what it says."""
    from danchu.core.errors import Refusal
    from danchu.reporting.reading.extraction import check_reading, extract_text, read_text

    if name == "300 texts":
        sample = "src/danchu/demo_data/published/2019h1-huyen-dam-ha.txt"
        text = (Path(__file__).parents[1] / sample).read_text("utf-8")
        text = f"{text}\n{text}"[:3_000]
        read_text(text)
        before = seconds()
        for _ in range(300):
            read_text(text)
        return f"{300 / (seconds() - before):.0f} texts a second"
    try:
        source = extract_text(path)
        reading = read_text(source.text, path.name)
        checks = check_reading(reading)
    except Refusal as refusal:
        return f"refused ({refusal.code}): {refusal.in_language('en')}"
    warned = " ".join((*source.warnings, *reading.warnings))
    return f"{len(reading.indicators)} figures, {len(checks)} checks. {warned}".strip()


def seconds() -> float:
    """Processor time of this process and those that ended below it."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def one(name: str, path: Path) -> None:
    """Run one input in this process and print its row of the table."""
    said = run(name, path)
    size = path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {name} | {size:.1f} MB | {seconds():.1f} s | {peak:.0f} MB | {said} |", flush=True)


def main(chosen: list[str]) -> None:
    """Make every input, or those named, and run each in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        for name in chosen or INPUTS:
            make, suffix = INPUTS[name]
            path = Path(place) / f"hostile.{suffix}"
            path.write_bytes(make())
            subprocess.run([sys.executable, __file__, "--one", name, str(path)], check=False)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main(sys.argv[1:])
