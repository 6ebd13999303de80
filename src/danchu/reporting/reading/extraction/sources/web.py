"""The main text of an HTML page, without its menus and without a network."""

from __future__ import annotations

import re

from lxml import etree, html


def html_text(page: str) -> str:
    """The article of ``page``; the whole visible text where no article can be told."""
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
