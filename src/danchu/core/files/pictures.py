"""Pictures are decoded within bounds and written anew: what is shown is never what was sent."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

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
