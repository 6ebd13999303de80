"""The tiles of an overview: words that can be read, edges that can be seen, a legend that is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import danchu.web.design

STATIC = Path(danchu.web.design.__file__).parent / "static" / "design"
TOKENS = (STATIC / "tokens.css").read_text("utf-8")
RULES = (STATIC / "pages" / "figures.css").read_text("utf-8")
DARK = TOKENS.index("prefers-color-scheme: dark")
TILES = {"b1": "k1", "b2": "k2", "b3": "k3", "b4": "k4", "s": "k5", "m": "k6"}  # tile: legend


def values(part: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6}|var\(--[\w-]+\))", part))


LIGHT_VALUES = values(TOKENS[:DARK])
DARK_VALUES = LIGHT_VALUES | values(TOKENS[DARK : TOKENS.index("@media print")])


def colour(name: str, known: dict[str, str]) -> str:
    found = known[name]
    inner = re.fullmatch(r"var\(--([\w-]+)\)", found)
    return colour(inner[1], known) if inner else found


def light(value: str) -> float:
    parts = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def rule(selector: str) -> dict[str, list[str]]:
    """What the first rule of the selector says: property -> the tokens it names."""
    found = re.search(rf"(?:^|[}}\s]){re.escape(selector)}\s*{{([^}}]*)}}", RULES)
    assert found, selector
    said = (one.partition(":") for one in found[1].split(";") if ":" in one)
    return {name.strip(): re.findall(r"--([\w-]+)", value) for name, _, value in said}


@pytest.mark.parametrize("known", [LIGHT_VALUES, DARK_VALUES], ids=["light", "dark"])
@pytest.mark.parametrize("tile", TILES)
def test_the_words_of_a_tile_are_read_and_its_edge_is_seen(
    tile: str, known: dict[str, str]
) -> None:
    said = rule(f".tiles .{tile} a")
    fills = [colour(name, known) for name in said["background"]]
    text = colour(said["color"][0], known)
    if known is DARK_VALUES:  # two fills stand otherwise there
        text = colour("on", known) if tile == "b2" else text
        fills = [colour("la-200", known)] if tile == "b3" else fills
    assert all(contrast(text, fill) >= 4.5 for fill in fills)
    edge = colour((said.get("box-shadow") or said["background"])[0], known)
    assert contrast(edge, colour("surface", known)) >= 3


def test_the_legend_shows_the_tiles_as_they_are() -> None:
    for tile, key in TILES.items():
        of_tile, of_key = rule(f".tiles .{tile} a"), rule(f".legend .{key}")
        assert of_tile["background"] == of_key["background"], tile
        assert of_tile.get("box-shadow") == of_key.get("box-shadow"), tile
