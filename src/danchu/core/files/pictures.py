"""Pictures are decoded within bounds and written anew: what is shown is never what was sent."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags, Image, ImageOps

from danchu.core.errors import BadInput

from .kinds import KINDS

MAX_PIXELS = 40_000_000  # a phone's picture has 12 million; each pixel costs up to 4 bytes
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


def clean_picture(data: bytes, kind: str) -> bytes:
    """The picture alone, upright: no EXIF, place, time, comment, thumbnail or profile.

    Raises ``BadInput`` for one that is broken or has too many pixels.
    """
    try:
        # Only the decoder of the kind that was sniffed may look at the bytes.
        with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                raise BadInput(
                    f"Ảnh có {width} × {height} điểm, nhiều nhất là {MAX_PIXELS // 1_000_000} "
                    "triệu điểm. Thu nhỏ ảnh rồi gửi lại.",
                    f"The picture has {width} × {height} pixels, at most "
                    f"{MAX_PIXELS // 1_000_000} million are allowed. Make it smaller.",
                    field="file",
                )
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            return _written(upright, kind)
    except BadInput:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, MemoryError) as error:
        raise BadInput(
            f"Không mở được ảnh {KINDS[kind].name} này: tệp hỏng hoặc chưa tải lên hết. "
            "Tệp không được giữ lại.",
            f"This {KINDS[kind].name} picture cannot be opened: it is damaged or cut off. "
            "It was not kept.",
            field="file",
        ) from error


@dataclass(frozen=True, slots=True)
class Camera:
    """What a camera wrote into a picture. Degrees are decimal, south and west negative."""

    taken_at: dt.datetime | None  # naive where the camera told no zone
    latitude: float | None
    longitude: float | None

    @property
    def place_words(self) -> str:
        """The place as printed, "10,76262; 106,66017", to about a metre; "" for none."""
        if self.latitude is None or self.longitude is None:
            return ""
        return f"{self.latitude:.5f}; {self.longitude:.5f}".replace(".", ",")


def read_camera(data: bytes, kind: str) -> Camera | None:
    """When and where a picture was taken, for a room that keeps that apart from the picture.

    Read before :func:`clean_picture`, which leaves nothing of it. None where the picture says
    neither, or nothing that makes sense; whether it can be taken in is not asked here.
    """
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
            exif = picture.getexif()
            inner = exif.get_ifd(ExifTags.IFD.Exif)
            places = exif.get_ifd(ExifTags.IFD.GPSInfo)
            taken = _taken_at(exif, inner)
            latitude = _degrees(places, ExifTags.GPS.GPSLatitude, "S", 90)
            longitude = _degrees(places, ExifTags.GPS.GPSLongitude, "W", 180)
    except (
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        KeyError,
        ArithmeticError,
        Image.DecompressionBombError,
        MemoryError,
    ):
        return None
    if latitude is None or longitude is None:
        latitude = longitude = None
    if taken is None and latitude is None:
        return None
    return Camera(taken, latitude, longitude)


def _taken_at(exif: Mapping[int, Any], inner: Mapping[int, Any]) -> dt.datetime | None:
    said = inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    if not isinstance(said, str):
        return None
    try:
        taken = dt.datetime.strptime(said.strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None
    if not 1990 <= taken.year <= 2199:  # what a camera without a clock writes
        return None
    zone = inner.get(ExifTags.Base.OffsetTimeOriginal)
    if isinstance(zone, str):
        try:
            offset = dt.datetime.strptime(zone.strip("\0 "), "%z").tzinfo
        except ValueError:
            offset = None
        return taken.replace(tzinfo=offset)
    return taken


def _degrees(places: Mapping[int, Any], tag: int, negative: str, most: int) -> float | None:
    parts, side = places.get(tag), places.get(tag - 1)  # the reference stands one tag before
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= most:  # also what is no number
        return None
    return -value if str(side).strip("\0 ").upper() == negative else value


def _written(picture: Image.Image, kind: str) -> bytes:
    alpha = kind != "jpeg" and (
        picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    )
    pixels = picture.convert("RGBA" if alpha else "RGB")
    # A new picture carries nothing over but its pixels.
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    out = io.BytesIO()
    if kind == "png":
        bare.save(out, "PNG", compress_level=6)
    else:
        bare.save(out, _FORMATS[kind], quality=88)
    return out.getvalue()
