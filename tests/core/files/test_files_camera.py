"""What a camera wrote into a picture: read for officers, never an error, never kept in it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image

from danchu.core.files.pictures import clean_picture, read_camera
from tests.civic.disclosure.made import photo
from tests.core.files import samples


def test_time_and_place_are_read_and_the_clean_picture_has_neither() -> None:
    seen = read_camera(photo(), "jpeg")
    assert seen is not None
    assert seen.taken_at == dt.datetime(2026, 5, 20, 7, 31, 5)
    assert seen.place_words == "10,76262; 106,66017"
    south = read_camera(photo(south=True), "jpeg")
    assert south is not None and south.place_words.startswith("-10,76262")
    assert read_camera(clean_picture(photo(), "jpeg"), "jpeg") is None


def test_a_zone_that_the_camera_told_is_kept() -> None:
    exif = Image.Exif()
    inner = exif.get_ifd(0x8769)
    inner[0x9003], inner[0x9011] = "2026:05:20 07:31:05", "+07:00"
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    seen = read_camera(out.getvalue(), "jpeg")
    assert seen is not None and seen.taken_at is not None
    assert seen.taken_at.isoformat() == "2026-05-20T07:31:05+07:00"


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (0x9003, "today"),
        (0x9003, "2026:13:40 99:00:00"),
        (0x9003, ""),
    ],
)
def test_a_time_that_makes_no_sense_is_no_time(tag: int, value: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[tag] = value
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    assert read_camera(out.getvalue(), "jpeg") is None


@pytest.mark.parametrize("latitude", [(91.0, 0.0, 0.0), (10.0, 0.0)])
def test_a_place_that_is_nowhere_is_no_place(latitude: tuple[float, ...]) -> None:
    exif = Image.Exif()
    places = exif.get_ifd(0x8825)
    places[1], places[2] = "N", latitude
    places[3] = "E"  # no longitude beside it
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    assert read_camera(out.getvalue(), "jpeg") is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "jpeg"),
        (b"\xff\xd8\xff", "jpeg"),
        (samples.jpeg()[:60], "jpeg"),
        (samples.png(), "png"),
        (samples.webp(), "webp"),
        (samples.bomb(), "png"),
    ],
)
def test_a_picture_that_says_nothing_or_is_broken_is_no_error(data: bytes, kind: str) -> None:
    assert read_camera(data, kind) is None


@pytest.mark.parametrize("taken", ["0001:01:01 00:00:00", "9999:12:31 23:59:59"])
def test_a_camera_without_a_clock_tells_no_time(taken: str) -> None:
    seen = read_camera(photo(taken=taken), "jpeg")
    assert seen is not None and seen.taken_at is None
