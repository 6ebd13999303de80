"""Numbers in running text: which are amounts, which date or name something, and where."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.core.text import Found, PartialDate, find_numbers


def amounts(text: str) -> list[tuple[str, int | Fraction]]:
    return [(f.surface, f.value) for f in find_numbers(text) if f.kind == "quantity"]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(f.surface, f.kind) for f in find_numbers(text)]


def only(text: str) -> Found:
    (found,) = find_numbers(text)
    return found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("tiếp nhận 4.984 hồ sơ, đạt 90,49%.", [("4.984", 4984), ("90,49%", Fraction(9049, 100))]),
        ("Kinh phí 2,5 tỷ đồng; thêm 2 tỷ 350 triệu đồng",
         [("2,5 tỷ đồng", 2_500_000_000), ("2 tỷ 350 triệu đồng", 2_350_000_000)]),
        ("đã thu 1 234 567 đồng", [("1 234 567 đồng", 1_234_567)]),
        ("đường trục là8,4 km, dài 250 m", [("8,4 km", Fraction(42, 5)), ("250 m", 250)]),
        ("hiến 4.200m2 đất và 7m² vườn", [("4.200m2", 4200), ("7m²", 7)]),
        ("có 12người, 3%hộ", [("12", 12), ("3%", 3)]),
        ("Cộng;;9149;8913;không có;28", [("9149", 9149), ("8913", 8913), ("không có", 0), ("28", 28)]),
        ("Khiếu nại   | 408\nTố cáo   | 14\n", [("408", 408), ("14", 14)]),
        ("giảm 11,3% (-11,3%)", [("11,3%", Fraction(113, 10)), ("-11,3%", Fraction(-113, 10))]),
        ("- 100% xã; -95% thôn", [("100%", 100), ("-95%", -95)]),
        ("\n-95% thôn", [("95%", 95)]),
        ("tỉ lệ đạt 98%, 100% tỷ lệ, 41 tỉ sau thanh tra", [("98%", 98), ("100%", 100), ("41 tỉ", 41 * 10**9)]),
        ("15 triệu tập trung cho 3 xã", [("15", 15), ("3", 3)]),
        ("3 đồng chí, 5 đồng bào, 5 đồng", [("3", 3), ("5", 5), ("5 đồng", 5)]),
        ("sau 5 năm, trong 6 tháng, 3 tháng 5 ngày",
         [("5 năm", 5), ("6 tháng", 6), ("3 tháng", 3), ("5 ngày", 5)]),
        ("tăng từ 90% đến 97%", [("90%", 90), ("97%", 97)]),
        ("nâng mức từ 400.000 lên 600.000 đồng", [("400.000", 400_000), ("600.000 đồng", 600_000)]),
        ("mức 5 tỷ lệ chung, thu một tỷ năm 2020", [("5", 5), ("một tỷ", 10**9)]),
        ("giảm 25-13 hộ; đạt 45 trên 34 buổi", [("25", 25), ("13", 13), ("45", 45), ("34", 34)]),
        ("danh sách 3,5,7", [("3", 3), ("5", 5), ("7", 7)]),
    ],
)  # fmt: skip
def test_amounts_are_found_with_their_words(
    text: str, want: list[tuple[str, int | Fraction]]
) -> None:
    assert amounts(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("mở hai lớp và ba hội nghị", [("hai", 2), ("ba", 3)]),
        ("Hai cuộc định kỳ, NĂM XÃ tham gia", [("Hai", 2), ("NĂM", 5)]),
        ("ra năm quyết định trong năm 2019", [("năm", 5)]),
        ("gần năm tỷ đồng", [("năm tỷ đồng", 5 * 10**9)]),
        ("năm mươi hộ, hai mươi lăm người, sau hai mươi năm",
         [("năm mươi", 50), ("hai mươi lăm", 25), ("hai mươi năm", 20)]),
        ("bốn năm qua; sáu tháng đầu năm; hai tuần rưỡi",
         [("bốn năm", 4), ("sáu tháng", 6), ("hai tuần rưỡi", Fraction(5, 2))]),
        ("một nghìn không trăm linh hai phiếu", [("một nghìn không trăm linh hai", 1002)]),
        ("Bằng chữ: Hai mươi lăm triệu ba trăm nghìn đồng chẵn",
         [("Hai mươi lăm triệu ba trăm nghìn đồng", 25_300_000)]),
        ("nửa triệu đồng, quá nửa số hộ, một nửa", [("nửa triệu đồng", 500_000)]),
        ("thu năm triệu một hộ", [("năm triệu", 5_000_000), ("một", 1)]),
        ("một số nơi, một trong các việc, một phần, một cửa, hai bên, ba mẹ", []),
        ("trong năm xã họp; cuối năm phường họp; hằng năm có đợt; mấy năm gần đây", []),
        ("ông Ba gặp chị Hai, bà Năm ở Ba Đình", []),
        ("cô Năm xã Mẫu, chú Bảy người thôn Thượng", []),
        ("hai khu vực, một việc làm, ba xã hội", []),
        ("hàng trăm hộ, vài trăm người, nhiều nghìn lượt", []),
        ("Một là dân biết, hai là dân bàn", []),
    ],
)  # fmt: skip
def test_words_are_numbers_only_where_they_count(
    text: str, want: list[tuple[str, int | Fraction]]
) -> None:
    assert amounts(text) == want
    assert all(f.number.spelled for f in find_numbers(text) if f.surface in dict(want))


@pytest.mark.parametrize(
    "text",
    [
        "không có đơn tố cáo",
        "không có trường hợp nào trễ hẹn",
        "không còn vụ việc tồn đọng",
        "không để xảy ra điểm nóng",
        "thu hồi tiền: không có; thu đất",
    ],
)
def test_an_absence_that_is_reported_is_a_zero(text: str) -> None:
    assert [f.value for f in find_numbers(text)] == [0]
    assert only(text).surface.startswith("không")


@pytest.mark.parametrize(
    "text", ["không có điều kiện", "không để người dân nào khó khăn", "không thể", "không có gì lạ"]
)
def test_an_ordinary_no_is_not_a_zero(text: str) -> None:
    assert find_numbers(text) == []


def test_ratios_and_ranges_are_one_number() -> None:
    share = only("giải quyết 183/191 ý kiến").number
    assert (share.value, share.denominator) == (183, 191)
    millions = only("đã thu 6.159/6.509 triệu đồng").number
    assert (millions.value, millions.denominator) == (6_159_000_000, 6_509_000_000)
    spoken = only("tiếp dân 34 trên 45 buổi").number
    assert (spoken.value, spoken.denominator) == (34, 45)
    for text in ("từ 10 đến 15 xã", "10-15 xã", "10 – 15 xã", "từ 10 tới 15 xã"):
        band = only(text).number
        assert (band.value, band.low, band.high) == (10, 10, 15), text
    assert only("85-90% chị em").number.percent
    few = only("hai, ba cuộc họp").number
    assert (few.low, few.high, few.approx) == (2, 3, True)


def test_a_visit_count_beside_a_person_count_is_not_a_ratio() -> None:
    assert amounts("tiếp 20 lượt/25 người") == [("20", 20), ("25", 25)]
    assert amounts("mức 50.000 đồng/hộ/năm") == [("50.000 đồng", 50_000)]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("hơn 40 hộ", "hơn "),
        ("trên 610 ngày công", "trên "),
        ("gần năm tỷ đồng", "gần "),
        ("khoảng 20.000 lượt", "khoảng "),
        ("ước đạt 95%", "ước đạt "),
        ("xấp xỉ 80%", "xấp xỉ "),
        ("trên dưới 50 người", "trên dưới "),
        ("~70%", "~"),
    ],
)
def test_approximation_is_noted_and_the_value_kept(text: str, lead: str) -> None:
    found = only("đạt " + text)
    assert found.number.approx
    assert ("đạt " + text)[found.lead : found.start] == lead


def test_over_a_total_is_not_an_approximation() -> None:
    first, second = find_numbers("tiếp dân 34 buổi trên 45 buổi")
    assert not first.number.approx and not second.number.approx
    assert not only("giải quyết 30 vụ").number.approx


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Chiều 21/9/2022, đoàn đến", PartialDate(2022, 9, 21)),
        ("Sáng 30.5 khai mạc", PartialDate(None, 5, 30)),
        ("chiều 19-2, hội nghị", PartialDate(None, 2, 19)),
        ("Sáng ngày 17/7, xã họp", PartialDate(None, 7, 17)),
        ("ngày 25 tháng 6 năm 2024", PartialDate(2024, 6, 25)),
        ("ngày 2024-06-25", PartialDate(2024, 6, 25)),
        ("đăng 28/05/13", PartialDate(2013, 5, 28)),
        ("từ tháng 10-2012 đến nay", PartialDate(2012, 10)),
        ("tháng 02 năm 2010", PartialDate(2010, 2)),
        ("hết tháng 6,", PartialDate(None, 6)),
        ("trong tháng mười hai,", PartialDate(None, 12)),
        ("trước 15/8; sau đó", PartialDate(None, 8, 15)),
        ("(23 tháng Chạp)", PartialDate(day=23)),
        ("ngày 5 họp", PartialDate(day=5)),
    ],
)
def test_a_date_is_a_date_and_gives_its_parts(text: str, date: PartialDate) -> None:
    found = only(text)
    assert (found.kind, found.date) == ("date", date)


def test_a_share_that_could_be_a_date_is_read_by_what_it_counts() -> None:
    assert kinds("giải quyết 5/6 đơn, 9/9 thôn, 2/3 số hộ") == [
        ("5/6", "quantity"),
        ("9/9", "quantity"),
        ("2/3", "quantity"),
    ]
    assert kinds("(22/3), hội toàn dân 18-11; 8-11 điểm") == [
        ("22/3", "date"),
        ("18-11", "date"),
        ("8-11", "quantity"),
    ]
    assert kinds("xếp 8-11; (3/8)") == [("8-11", "quantity"), ("3/8", "quantity")]
    assert kinds("dịp 30/4 và 1/5") == [("30/4", "date"), ("1/5", "date")]
    assert kinds("ngày 12, 13 và 14/6/2024 họp 3 lần") == [
        ("12", "date"),
        ("13", "date"),
        ("14/6/2024", "date"),
        ("3", "quantity"),
    ]
    assert kinds("kéo dài 10 đến 15/6") == [("10", "quantity"), ("15/6", "date")]
    assert kinds("từ ngày 10 đến 15/6 có 4 vụ") == [
        ("10", "date"),
        ("15/6", "date"),
        ("4", "quantity"),
    ]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("theo Nghị định 04 của", "04"),
        ("Pháp lệnh số 34/2007/PL-UBTVQH11 về", "34/2007/PL-UBTVQH11"),
        ("Nghị định số 04/2015/NĐ-CP,", "04/2015/NĐ-CP"),
        ("Pháp lệnh số 34/2007, có", "34/2007"),
        ("Quyết định số 217-QĐ/TW", "217-QĐ/TW"),
        ("công văn số 4734/LĐTBXH-BTXH gửi", "4734/LĐTBXH-BTXH"),
        ("Số: 58/BC-TTPVHCC", "58/BC-TTPVHCC"),
        ("Nghị quyết T.Ư 4 (khóa XI)", "4"),
        ("Chỉ thị 30 đã nêu", "30"),
    ],
)
def test_papers_keep_their_whole_symbol(text: str, surface: str) -> None:
    assert kinds(text) == [(surface, "document")]


def test_a_noun_that_names_papers_does_not_hide_what_is_counted() -> None:
    assert kinds("ban hành kết luận 4 cuộc, báo cáo 15 vụ, nghị quyết 7 nội dung") == [
        ("4", "quantity"),
        ("15", "quantity"),
        ("7", "quantity"),
    ]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Năm 2018, giai đoạn 2010-2015, nhiệm kỳ 2020 – 2025",
         [("2018", "year"), ("2010-2015", "year"), ("2020 – 2025", "year")]),
        ("Hiến pháp 2013 và “Dân vận khéo”2022", [("2013", "year"), ("2022", "year")]),
        ("quý I/2025", [("2025", "year")]),
        ("9 THÁNG NĂM 2021", [("9 THÁNG", "quantity"), ("2021", "year")]),
        ("2018 hồ sơ, 2.018 đơn, 2019 m2, hơn 2000 lượt",
         [("2018", "quantity"), ("2.018", "quantity"), ("2019 m2", "quantity"), ("2000", "quantity")]),
        ("lúc 8 giờ 30, 13h30, 08:15, hồi 9 giờ, 24/24 giờ",
         [("8 giờ 30", "time"), ("13h30", "time"), ("08:15", "time"), ("9 giờ", "time"),
          ("24/24 giờ", "time")]),
        ("họp gần 3 giờ, 3 giờ 30 phút", [("3 giờ", "quantity"), ("3 giờ", "quantity"), ("30 phút", "quantity")]),
        ("Điều 15, khoản 2, lần thứ 12, thứ hai, hạng 5, quận 9, tổ 3, 5 và 7",
         [(n, "ordinal") for n in ("15", "2", "12", "hai", "5", "9", "3", "5", "7")]),
        ("lần thứ 3 hội nghị bàn, Điều 5 việc dân làm", [("3", "ordinal"), ("5", "ordinal")]),
        ("thôn 15 hộ, tổ 9 người, tổng số 39 buổi", [("15", "quantity"), ("9", "quantity"), ("39", "quantity")]),
        ("họp hai lần 4", [("hai", "quantity"), ("4", "quantity")]),
        ("1. Tổ chức\n2.3. Kết quả\n(4) Tăng ca\n5) Khác",
         [("1", "ordinal"), ("2.3", "ordinal"), ("4", "ordinal"), ("5", "ordinal")]),
        ("điện thoại 0912 345 678, 02033.825.123 hoặc 1900 1234",
         [("0912 345 678", "ordinal"), ("02033.825.123", "ordinal"), ("1900 1234", "ordinal")]),
        ("Covid-19, RE2, Km0+300, đá 1x2, phòng A2, m2", []),
        ("thư a12@xa.vn, https://xa.vn/2019/12 và www.xa.vn/3", []),
    ],
)  # fmt: skip
def test_numbers_that_count_are_told_from_numbers_that_name(
    text: str, want: list[tuple[str, str]]
) -> None:
    assert kinds(text) == want


@pytest.mark.parametrize(
    ("text", "value"),
    [("đạt 12.34%", Fraction(1234, 100)), ("thu 1.6430 đồng", 16430), ("1,234,567 lượt", 1234567)],
)
def test_a_number_against_the_rules_is_found_and_marked(text: str, value: Fraction | int) -> None:
    found = only(text)
    assert found.number.doubtful and found.value == value
    assert not only("đạt 12,34%").number.doubtful


def test_offsets_count_code_points_whatever_stands_before() -> None:
    text = "İ 😀 5\u00a0000 lượt, 3 vụ"
    found = find_numbers(text)
    assert [(f.start, f.end, f.surface) for f in found] == [(4, 9, "5\u00a0000"), (16, 17, "3")]
    assert found[0].value == 5000


_PIECES = st.sampled_from(
    [
        "một",
        "hai",
        "ba",
        "năm",
        "mười",
        "mươi",
        "lăm",
        "trăm",
        "nghìn",
        "triệu",
        "tỷ",
        "linh",
        "phẩy",
        "rưỡi",
        "nửa",
        "không",
        "có",
        "tháng",
        "ngày",
        "thứ",
        "lần",
        "hộ",
        "vụ",
        "%",
        "/",
        "-",
        "1",
        "12",
        "2019",
        "0,5",
        "1.234",
        "1.2.3",
        "12/3",
        "4-5",
        "04/2015/NĐ-CP",
        "đồng",
        "m2",
        "(",
        ")",
        ",",
        ".",
        ";",
        "từ",
        "đến",
        "trên",
        "hơn",
        "giờ",
        "08:30",
        "0912",
        "Số",
        "Ba",
    ]
)


@settings(max_examples=300)
@given(
    st.lists(st.one_of(_PIECES, st.text(max_size=3)), max_size=14), st.sampled_from([" ", "", "\n"])
)
def test_spans_are_exact_ordered_and_never_overlap(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    end = 0
    for found in find_numbers(text):
        assert end <= found.lead <= found.start < found.end <= len(text)
        assert found.surface == text[found.start : found.end]
        end = found.end


@pytest.mark.parametrize("unit", ["1.", "1-", "năm ", "a@", "9"])
def test_a_hostile_text_takes_time_in_proportion_to_its_length(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (4_000, 16_000))
    base = max(min(_timed(short) for _ in range(2)), 0.002)
    # Four times the text: four times as long, sixteen times were it quadratic.
    assert min(_timed(long) for _ in range(2)) < 10 * base


def test_a_report_page_is_read_in_a_few_milliseconds() -> None:
    sentence = (
        "Trong 6 tháng đầu năm 2019, xã tiếp 20 lượt công dân, giải quyết 183/191 ý kiến (đạt 95,8%), "
        "thu hồi hơn 2,5 tỷ đồng theo Kết luận số 54-KL/TW; hai thôn hiến 4.200 m2 đất. "
    )
    text = sentence * (5000 // len(sentence))
    best = min(_timed(text) for _ in range(5))
    # The budget is five milliseconds on an idle core; the room above it is for a busy machine.
    assert best < 0.05
    assert len(find_numbers(text)) == 9 * (5000 // len(sentence))


def _timed(text: str) -> float:
    started = time.process_time()
    find_numbers(text)
    return time.process_time() - started
