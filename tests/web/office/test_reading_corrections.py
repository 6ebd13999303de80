"""The corrections as a file."""

from __future__ import annotations

import json

from danchu.reporting.reading.services import decide_figure


def test_corrections_are_downloaded_by_who_decides(cast, as_person, a_reading):
    address = "/office/ra-soat/cho-da-sua/"
    client = as_person(cast.reporter_benmau)
    assert client.get(address).content == b""
    figure = a_reading.figures.first()
    decide_figure(
        actor=cast.reporter_benmau, figure_id=figure.pk, row_version=0, decision="rejected"
    )
    answer = client.get(address)
    (line,) = answer.content.decode().splitlines()
    assert json.loads(line)["read"]["key"] == figure.key
    assert answer["Content-Type"].startswith("application/x-ndjson")
    assert as_person(cast.reporter_caumau).get(address).content == b""
    assert as_person(cast.viewer_benmau).get(address).status_code == 403
    assert client.get(address, {"x": "1"}).status_code == 400
