"""The map of the country: 34 provinces, both archipelagos, whatever is drawn of it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from xml.etree import ElementTree

from django.template.loader import render_to_string

import danchu.core.units
from danchu.web.design.country import DATA, Marked, country_map, province_codes

UNITS = Path(danchu.core.units.__file__).parent / "data" / "units.csv"
PART = "design/parts/country_map.html"
HOANG_SA, TRUONG_SA = ("Quần đảo Hoàng Sa", "(Đà Nẵng)"), ("Quần đảo Trường Sa", "(Khánh Hòa)")
ISLETS = {"quan-dao-hoang-sa": 19, "quan-dao-truong-sa": 54}


def whole(drawing: str) -> None:
    """The drawing is the whole country, with the names of its islands and its sea."""
    for words in (*HOANG_SA, *TRUONG_SA, "Biển Đông"):
        assert f">{words}</text>" in drawing, words
    for name, islets in ISLETS.items():
        (path,) = re.findall(rf'id="{name}"><path d="([^"]+)"', drawing)
        assert path.count("z") == islets
    assert len(re.findall(r'class="p[^"]*" d="m', drawing)) == 34


def test_the_data_stay_small_and_hold_the_provinces_of_today():
    assert DATA.stat().st_size <= 60_000
    with UNITS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "province"]
    today = {row["code"] for row in rows if row["valid_from"] and not row["valid_to"]}
    assert set(province_codes()) == today and len(today) == 34


def test_every_shape_lies_inside_the_drawing():
    drawn = country_map()
    left, top, width, height = (int(number) for number in drawn.view_box.split())
    for shape in (*drawn.provinces, drawn.hoang_sa, drawn.truong_sa):
        for x, y in points(shape.path):
            assert left < x < left + width and top < y < top + height, shape.code


def points(path: str) -> list[tuple[int, int]]:
    found, x, y = [], 0, 0
    for piece in re.findall(r"m([^z]+)z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", piece)]
        start = None
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            start = start or (x, y)
            found.append((x, y))
        assert start is not None
        x, y = start
    return found


def test_the_archipelagos_stand_in_the_east_sea_east_of_the_coast():
    drawn = country_map()
    coast = max(x for shape in drawn.provinces for x, _y in points(shape.path))
    assert min(x for x, _y in points(drawn.hoang_sa.path)) > coast
    assert drawn.hoang_sa.code == "48" and drawn.truong_sa.code == "56"


def test_both_archipelagos_are_in_the_large_form_and_in_the_small_one():
    for small in (False, True):
        for marked in ({}, {"01": Marked("Thành phố Hà Nội", "/x/", "low", "1/2")}):
            drawn = country_map(marked, small=small)
            whole(render_to_string(PART, {"map": drawn, "sentence": "Bản đồ"}))


def test_a_shape_carries_only_what_was_given_for_its_own_province():
    page = render_to_string(PART, {"map": country_map(), "sentence": "Bản đồ"})
    assert "t-" not in page.replace("text-", "") and "<a " not in page and "<title>" not in page
    marked = {"01": Marked("Thành phố Hà Nội", "/x/", "low", "1/2"), "9A": Marked("tỉnh Minh Họa")}
    page = render_to_string(PART, {"map": country_map(marked), "sentence": "Bản đồ"})
    assert page.count("t-low") == 1 and page.count("<title>") == 1
    assert "<title>Thành phố Hà Nội: 1/2</title>" in page and "Minh Họa" not in page


def test_what_is_taken_away_is_a_whole_drawing_by_itself():
    file = render_to_string("office/country_map.svg", {"map": country_map()})
    root = ElementTree.fromstring(file.encode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    whole(file)
    assert "CC BY 4.0" in file


def test_the_print_hides_no_part_of_the_map():
    styles = Path(danchu.web.design.country.__file__).parent / "static" / "design"
    for sheet in styles.rglob("*.css"):
        for rule in re.findall(r"([^{}]+)\{[^{}]*display:\s*none", sheet.read_text("utf-8")):
            assert not re.search(r"\.(vn|isl|land)\b", rule), (sheet.name, rule)


def test_the_special_zones_of_both_archipelagos_are_units_of_their_provinces():
    """So the tiles of Đà Nẵng and of Khánh Hòa hold them of themselves."""
    with UNITS.open(encoding="utf-8", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file) if not row["valid_to"]}
    assert rows["đặc khu Hoàng Sa"]["parent"].startswith("48@")
    assert rows["đặc khu Trường Sa"]["parent"].startswith("56@")
