"""Open data: what there is, what each column holds, under which terms, and the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from danchu.core.errors import NotFound
from danchu.core.text import fold
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.meanings import dictionary_versions, meanings_at
from danchu.reporting.opendata.edition import (
    FORMATS,
    MANIFEST,
    editions,
    newest_edition,
    path_of,
)
from danchu.reporting.opendata.licence import licence
from danchu.reporting.opendata.tables import TABLES, Table
from danchu.web.design.access import public
from danchu.web.design.parameters import parameters
from danchu.web.design.programs import open_to_programs, require_known

from .caching import whole_page_for

SHOWN_EDITIONS = 10


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the newest edition."""

    format: str
    address: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OfferedTable:
    """A table with its files and how many rows they hold."""

    table: Table
    rows: int
    downloads: tuple[Download, ...]


@public
@whole_page_for(60)
def open_data(request: HttpRequest) -> HttpResponse:
    """The page of the open data."""
    parameters(request, {})
    newest = newest_edition()
    return render(
        request,
        "portal/open_data.html",
        {
            "edition": newest["version"],
            "made_on": newest["created"][:10],
            "release": newest["danchu"]["release"],
            "dictionary": newest["danchu"]["dictionary_version"],
            "tables": [_offered(table, newest) for table in TABLES],
            "manifest": _address(newest["version"], MANIFEST),
            "earlier": [
                (name, _address(name, MANIFEST)) for name in editions()[1 : SHOWN_EDITIONS + 1]
            ],
            "licence": licence(),
        },
    )


@public
@whole_page_for(60)
def open_dictionary(request: HttpRequest) -> HttpResponse:
    """The dictionary of indicators as a table to read."""
    text: str = parameters(request, {"q": str})["q"] or ""
    every = [one for one in meanings_at().values() if not one.retired]
    words = fold(text).split()
    found = [one for one in every if all(word in _read(one.meaning) for word in words)]
    return render(
        request,
        "portal/open_dictionary.html",
        {
            "indicators": found,
            "total": len(every),
            "text": text,
            "versions": dictionary_versions(),
        },
    )


def _read(meaning: Definition) -> str:
    """What a search looks through, without accents: names, definitions and the key."""
    told = (meaning.name_vi, meaning.name_en, meaning.definition_vi, meaning.definition_en)
    return fold(" ".join((*told, meaning.key)))


def _offered(table: Table, package: dict[str, Any]) -> OfferedTable:
    files = [one for one in package["resources"] if one["path"].rpartition(".")[0] == table.name]
    return OfferedTable(
        table,
        files[0]["rows"] if files else 0,
        tuple(
            Download(
                one["format"],
                _address(package["version"], one["path"]),
                one["bytes"],
                one["hash"].removeprefix("sha256:"),
            )
            for one in files
        ),
    )


def _address(edition: str, name: str) -> str:
    return reverse("open_data_file", kwargs={"edition": edition, "name": name})


@open_to_programs
def newest_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the newest edition, whichever that is: leads to its permanent address."""
    require_known(request, frozenset())
    newest = newest_edition()
    path_of(newest["version"], name)
    return redirect(_address(newest["version"], name))


@open_to_programs
def edition_file(request: HttpRequest, edition: str, name: str) -> HttpResponseBase:
    """A file of an edition; it never changes."""
    require_known(request, frozenset())
    path = path_of(edition, name)
    stem, _dot, ending = name.rpartition(".")
    media_type = FORMATS.get(ending)
    if media_type is None:
        raise NotFound("Không có tệp dữ liệu này.", "There is no such data file.")
    answer = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"danchu-{stem}-{edition}.{ending}",
        content_type=media_type,
    )
    answer["ETag"] = f'"{edition}-{name}"'
    answer["Cache-Control"] = "public, max-age=86400, immutable"
    return answer
