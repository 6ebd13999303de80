"""The document as one HTML file: the same words, nothing that runs, nothing fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from danchu.core.documents import Run, plain_text, render_html
from tests.core.documents.papers import paragraph, party, state


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.said.append(data)


def read(data: bytes) -> _Words:
    found = _Words()
    found.feed(data.decode())
    return found


def letters(text: str) -> str:
    return re.sub(r"[\s|-]+", "", text)


def test_it_says_what_the_other_formats_say() -> None:
    for document in (state(), party()):
        said = letters("".join(read(render_html(document)).said))
        for line in plain_text(document).splitlines():
            for cell in line.split(" | "):
                assert letters(cell) in said, cell


def test_a_paper_of_the_party_has_the_head_of_the_party_and_no_national_motto() -> None:
    said = [text.strip() for text in read(render_html(party())).said if text.strip()]
    title = said.index("ĐẢNG CỘNG SẢN VIỆT NAM")
    star = said.index("*")
    assert star < title and said[star + 1].startswith("Số ")
    assert ", ngày" in said[title + 1]  # place and date stand right under the title
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        assert not any(words in text for text in said)
        assert any(words in text for text in read(render_html(state())).said)


def test_nothing_a_person_wrote_is_markup_and_nothing_is_fetched() -> None:
    wrong = "<script>alert(1)</script><img src=x onerror=y> & \"'"
    document = state(title=wrong, blocks=(paragraph(wrong, Run(wrong, bold=True, italic=True)),))
    data = render_html(document)
    found = read(data)
    assert not {"script", "img", "link", "iframe", "a"} & set(found.tags)
    assert "".join(found.said).count("alert(1)") >= 3
    assert b"http" not in data and b"@import" not in data and b"url(" not in data


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_html(state()) == render_html(state())
    assert render_html(state(draft_mark="BẢN THAM KHẢO")).count("Nơi nhận".encode()) == 0
