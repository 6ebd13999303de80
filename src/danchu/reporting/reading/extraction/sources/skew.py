"""How far the lines of a scanned page are tilted, and the page with its lines level.

Where lines of text are level, rows of pixels are by turns full of ink and empty: the angle that
makes this contrast greatest is the tilt (projection profile). A page on its side has its lines
down the sheet, so both axes are tried.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter

# Degrees. What is laid on the glass by hand or photographed with care lies within.
MOST = 15.0
# Less moves the end of a line by less than half its height, and recognition bears it.
LEAST = 0.3
_COARSE, _FINE = 1.0, 0.1
# Dots per inch at which lines of letters can still be told: for the search, then for its result.
_COARSE_DPI, _FINE_DPI = 40, 80
# Inches around a point with which its darkness is compared: a shadow is wider, a stroke narrower.
_AROUND = 0.08
_INK = 16  # darker than its surroundings by so much of 255
# How much greater the contrast must be than that of the page as it is; a page without text has
# no angle that is much better than another.
_BETTER = 1.15
_WHITE = 255


def skew_of(picture: Image.Image, dpi: float) -> float:
    """Degrees by which a page in grey (mode "L") must be turned anticlockwise to level its lines.

    Between -15 and 15, of whichever axis its lines run along; 0.0 where it is straight within 0.3
    degrees, or where no angle is clearly better.
    """
    coarse, fine = _ink(picture, dpi, _COARSE_DPI), _ink(picture, dpi, _FINE_DPI)
    steps = int(MOST / _COARSE)
    axis, near, _ = _best(
        coarse, (False, True), (step * _COARSE for step in range(-steps, steps + 1))
    )
    around = int(_COARSE / _FINE)
    about = (near + step * _FINE for step in range(-around, around + 1))
    _, angle, contrast = _best(fine, (axis,), about)
    if abs(angle) < LEAST or abs(angle) > MOST:
        return 0.0
    return round(angle, 1) if contrast > _contrast(fine, axis, 0.0) * _BETTER else 0.0


def straightened(picture: Image.Image, dpi: float) -> Image.Image:
    """The page with its lines level, in white beyond its corners; a straight page as it is."""
    angle = skew_of(picture, dpi)
    if not angle:
        return picture
    return picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE)


def _ink(picture: Image.Image, dpi: float, wanted: int) -> Image.Image:
    """What is written, white on black and small; shadows of a photograph are no ink."""
    factor = max(round(dpi / wanted), 1)
    small = picture.reduce(factor)
    around = small.filter(ImageFilter.BoxBlur(max(_AROUND * dpi / factor, 2)))
    return ImageChops.subtract(around, small).point(lambda value: _WHITE if value > _INK else 0)


def _best(
    ink: Image.Image, axes: Iterable[bool], angles: Iterable[float]
) -> tuple[bool, float, float]:
    """The axis and angle of the greatest contrast, and that contrast."""
    tried = list(angles)
    contrast, axis, angle = max(
        (_contrast(ink, axis, angle), axis, angle) for axis in axes for angle in tried
    )
    return axis, angle, contrast


def _contrast(ink: Image.Image, on_its_side: bool, angle: float) -> float:
    """The sum of squared differences of the ink in neighbouring rows (columns: on its side)."""
    turned = ink.rotate(angle, Image.Resampling.BILINEAR) if angle else ink
    width, height = turned.size
    shape = (width, 1) if on_its_side else (1, height)
    profile = turned.resize(shape, Image.Resampling.BOX).tobytes()
    across = height if on_its_side else width
    return sum((a - b) ** 2 for a, b in pairwise(profile)) * float(across) ** 2
