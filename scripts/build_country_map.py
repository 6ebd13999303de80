"""Build the shapes of the map of the country that ship with danchu.

The package is used here only, never at run time; nor is shapely. Get both anywhere, for
instance into a folder DIR outside the project::

    npm pack @svg-maps/vietnam@2.0.0 && tar -xzf svg-maps-vietnam-2.0.0.tgz -C DIR
    python -m pip install --target DIR/libs shapely==2.1.2
    PYTHONPATH=DIR/libs python scripts/build_country_map.py DIR/package/index.js

The same package always gives the same bytes. What is written, ``country.json`` in
``src/danchu/web/design/data`` (the NOTICE there says where it comes from), holds

- ``width``, ``height``: of the drawing, in tenths of the package's units;
- ``provinces``: code of today -> one path, the former provinces that became it joined;
- ``islands``: "hoang_sa" and "truong_sa" -> one path each, every islet of the package.

Which former province became which is read from the map of units that ships with danchu.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

from shapely.geometry import Polygon
from shapely.ops import unary_union

ROOT = Path(__file__).resolve().parent.parent
UNITS = ROOT / "src" / "danchu" / "core" / "units" / "data"
OUT = ROOT / "src" / "danchu" / "web" / "design" / "data" / "country.json"

LAST_OLD_DAY, FIRST_NEW_DAY = "2025-06-30", "2025-07-01"
ISLANDS = {"hoangsa": "hoang_sa", "truongsa": "truong_sa"}
# Ids of the package that are not the name of the province without its marks.
OTHER_IDS = {"tthue": "hue", "hcm": "hochiminh", "baria": "bariavungtau"}

# In units of the package, some two kilometres each.
GAP = 0.8  # neighbours of the package do not share their points; smaller gaps are closed
TOLERANCE = 0.5  # how far a simplified border may stand from the package's own
SMALLEST = 0.5  # area of an islet off the coast that is still drawn
TENTHS = 10

_TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:e-?\d+)?")
Point = tuple[float, float]


def rings(path: str) -> list[list[Point]]:
    """The closed lines of an SVG path; of a curve only its end, for islets are small."""
    tokens = _TOKEN.findall(path)
    found: list[list[Point]] = []
    ring: list[Point] = []
    at, x, y, command = 0, 0.0, 0.0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        if command in "zZ":
            found.append(ring)
            (x, y), ring = ring[0], []
            continue
        length = 6 if command in "cC" else 2
        if command not in "mMlLcC":
            raise ValueError(f"the package draws with {command!r}, which is not known here")
        *_, a, b = (float(token) for token in tokens[at : at + length])
        at += length
        x, y = (x + a, y + b) if command.islower() else (a, b)
        ring.append((x, y))
        command = {"m": "l", "M": "L"}.get(command, command)
    return found


def plain(name: str) -> str:
    """A name as the package writes its ids: "Bắc Kạn" is "backan"."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def provinces_of_today() -> dict[str, str]:
    """Name of a former province, as the ids are written -> the code of what it became."""
    with (UNITS / "units.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "province"]
    former = {row["key"]: row for row in rows if row["valid_to"] == LAST_OLD_DAY}
    now = {row["key"]: row["code"] for row in rows if row["valid_from"] and not row["valid_to"]}
    became: dict[str, list[str]] = defaultdict(list)
    with (UNITS / "lineage.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["predecessor"] in former and line["on"] == FIRST_NEW_DAY:
                became[line["predecessor"]].append(line["successor"])
                if line["part"] != "whole":
                    raise ValueError(f"{line['predecessor']} did not pass whole")
    found = {}
    for key, row in former.items():
        (successor,) = became[key]
        found[plain(row["name"].removeprefix(row["kind"]))] = now[successor]
    return found


def written(outlines: list[list[Point]]) -> str:
    """Closed lines as one path of whole tenths, each point relative to the one before."""
    path = []
    x = y = 0
    for outline in outlines:
        points = [(round(a * TENTHS), round(b * TENTHS)) for a, b in outline]
        if points[0] == points[-1]:
            points.pop()
        steps = []
        for number, (a, b) in enumerate(points):
            if number and (a, b) == (x, y):
                continue
            steps.append(f"{a - x} {b - y}".replace(" -", "-"))
            x, y = a, b
        path.append("m" + " ".join(steps).replace(" -", "-") + "z")
        x, y = points[0]
    return "".join(path)


def joined(outlines: list[list[Point]]) -> str:
    """One shape of those of several former provinces, simplified; gaps inside are closed."""
    parts = [Polygon(ring).buffer(0).buffer(GAP, join_style="mitre") for ring in outlines]
    whole = unary_union([part for part in parts if not part.is_empty])
    whole = whole.buffer(-GAP, join_style="mitre")
    pieces = sorted(getattr(whole, "geoms", [whole]), key=lambda piece: -piece.area)
    kept = [piece.simplify(TOLERANCE) for piece in pieces if piece.area >= SMALLEST]
    return written([list(piece.exterior.coords) for piece in kept])


def islets(outlines: list[list[Point]]) -> str:
    """Every islet, however small: of each at least its three outermost points."""
    found = []
    for ring in outlines:
        simple = list(Polygon(ring).simplify(0.1).exterior.coords)
        x, y = ring[0]
        wide = len({(round(a * TENTHS), round(b * TENTHS)) for a, b in simple}) >= 3
        found.append(simple if wide else [(x, y), (x + 0.2, y), (x + 0.1, y + 0.2)])
    return written(found)


def main() -> None:
    """Read the package, write the data."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("package", type=Path, help="index.js of @svg-maps/vietnam")
    source = arguments.parse_args().package.read_text("utf-8")
    package = json.loads(source[source.index("{") : source.rindex("}") + 1])
    _x, _y, width, height = (int(number) for number in package["viewBox"].split())
    became = provinces_of_today()
    of_province: dict[str, list[list[Point]]] = defaultdict(list)
    islands: dict[str, str] = {}
    for location in package["locations"]:
        key, outlines = location["id"], rings(location["path"])
        if key in ISLANDS:
            islands[ISLANDS[key]] = islets(outlines)
        else:
            of_province[became[OTHER_IDS.get(key, key)]] += outlines
    country = {
        "width": width * TENTHS,
        "height": height * TENTHS,
        "provinces": {code: joined(of_province[code]) for code in sorted(of_province)},
        "islands": islands,
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(country, separators=(",", ":")) + "\n", "utf-8")
    print(f"{OUT.name}: {len(of_province)} provinces, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
