"""The main text of an HTML page, without its menus and without a network."""

from __future__ import annotations

import re

from lxml import etree, html

from danchu.core.errors import BadInput

MOST_CELLS = 30_000  # of all tables of a page; the longest annex of a report has some thousands
MOST_NESTED = 40  # tables within tables; a page laid out by them has five or six


def html_text(page: str, name: str = "") -> str:
    """The article of ``page``; the whole visible text where no article can be told.

    Raises ``BadInput`` for more tables within tables, or cells, than a page for people has.
    """
    _refuse_endless(page, name)
    import trafilatura

    # A declared encoding contradicts text that is decoded already.
    page = re.sub(r"\A\s*<\?xml[^>]*\?>", "", page)
    article = trafilatura.extract(
        page,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        favor_recall=True,
        deduplicate=False,
    )
    visible = _visible(page)
    # A bare export of a report has no article around it; then nothing may be lost.
    if article and (len(article) * 2 >= len(visible) or len(visible) > _SHORT_PAGE):
        return _ROW_BORDERS.sub("", str(article))
    return visible


def _refuse_endless(page: str, name: str) -> None:
    depth = cells = 0
    for tag in _TABLE_TAG.finditer(page):
        closes, kind = tag.groups()
        if kind.lower() != "table":
            cells += not closes
        else:
            depth = max(0, depth - 1) if closes else depth + 1
        if cells > MOST_CELLS or depth > MOST_NESTED:
            raise BadInput(
                f"{name}: trang có bảng lồng nhau quá {MOST_NESTED} lớp hoặc quá {MOST_CELLS} ô "
                "nên không đọc. Lưu phần báo cáo thành DOCX rồi đọc lại.",
                f"{name}: the page has tables within tables more than {MOST_NESTED} deep, or more "
                f"than {MOST_CELLS} cells, and was not read. Save the report as DOCX.",
                code="too_large",
            )


_TABLE_TAG = re.compile(r"<(/?)(table|td|th)\b", re.IGNORECASE)
# A page with no more text than this is a document, not an article among other things.
_SHORT_PAGE = 1500
_ROW_BORDERS = re.compile(r"(?m)^\| | \| *$")
_BLOCKS = {
    *("p", "div", "li", "tr", "table", "ul", "ol", "br", "section", "article", "header", "footer"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "title", "dt", "dd"),
}
_UNSEEN = {"script", "style", "noscript", "template", "iframe", "object", "svg", "nav", "head"}


def _visible(page: str) -> str:
    try:
        root = html.fromstring(page)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    pieces: list[str] = []
    _walk(root, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(element: html.HtmlElement, pieces: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    block = element.tag in _BLOCKS
    if block:
        pieces.append("\n")
    pieces.append(" ".join((element.text or "").split("\n")))
    cells = 0
    for child in element:
        if child.tag in ("td", "th"):
            if cells:
                pieces.append(" | ")
            cells += 1
        _walk(child, pieces)
        pieces.append(" ".join((child.tail or "").split("\n")))
    if block:
        pieces.append("\n")
