"""The arithmetic of stated figures: what agrees, what does not, and what cannot be told."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import Check, check_reading, read_text

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở\n\n"


def _checks(sentence: str) -> list[Check]:
    return check_reading(read_text(HEAD + sentence))


def _verdicts(sentence: str) -> list[tuple[str, str]]:
    return [(check.rule, check.verdict) for check in _checks(sentence)]


def test_a_share_agrees_at_the_precision_it_is_printed_with() -> None:
    whole = "Ghi nhận 191 ý kiến, đã giải quyết 183 ý kiến, đạt {}."
    assert _verdicts(whole.format("96%")) == [("share", "ok")]
    assert _verdicts(whole.format("95,8%")) == [("share", "ok")]
    assert _verdicts(whole.format("95,81%")) == [("share", "ok")]
    assert _verdicts(whole.format("95,9%")) == [("share", "fail")]
    assert _verdicts(whole.format("95%")) == [("share", "fail")]
    (check,) = _checks(whole.format("97%"))
    assert check.message_vi == "Tỷ lệ nêu 97% không khớp: 183/191 = 95,81%."
    assert (check.as_json()["stated"], check.as_json()["computed"]) == (97, 95.81)


def test_a_share_that_lies_halfway_is_rounded_up() -> None:
    assert _verdicts("Đã giải quyết 1/8 vụ việc khiếu nại, đạt 12,5%.") == [("share", "ok")]
    assert _verdicts("Đã giải quyết 1/8 vụ việc khiếu nại, đạt 13%.") == [("share", "ok")]
    assert _verdicts("Đã giải quyết 1/8 vụ việc khiếu nại, đạt 12%.") == [("share", "fail")]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Khảo sát cho thấy 90,49% phiếu đánh giá rất hài lòng.", "số phiếu"),
        ("Tỷ lệ hộ dân tán thành đạt 97,5%.", "tử số và mẫu số"),
    ],
)
def test_a_share_without_its_two_numbers_cannot_be_checked(sentence: str, words: str) -> None:
    (check,) = _checks(sentence)
    assert (check.rule, check.verdict, check.computed) == ("share", "not_checkable", None)
    assert words in check.message_vi


def test_a_share_beside_approximate_numbers_is_not_called_wrong() -> None:
    sentence = "Ghi nhận hơn 190 ý kiến, đã giải quyết 183 ý kiến, đạt {}."
    assert _verdicts(sentence.format("90%")) == [("share", "not_checkable")]


def test_a_share_is_held_against_the_count_it_stands_beside() -> None:
    sentence = (
        "Kiến nghị thu hồi 100 triệu đồng, đã thu hồi 50 triệu đồng; thu hồi 300 m2 đất, đạt 100%."
    )
    assert ("share", "fail") not in _verdicts(sentence)


def test_a_rise_or_fall_is_held_against_the_earlier_figure() -> None:
    sentence = "Tiếp {} lượt công dân (cùng kỳ 3.402 lượt, giảm {}%)."
    assert ("change", "ok") in _verdicts(sentence.format("3.016", "11,3"))
    assert ("change", "fail") in _verdicts(sentence.format("3.016", "12,3"))
    assert ("change", "fail") in _verdicts(
        "Tiếp 3.016 lượt công dân (cùng kỳ 3.402 lượt, tăng 11,3%)."
    )
    (check,) = _checks("Tiếp 62 lượt công dân, giảm 40% so với tháng trước.")
    assert (check.rule, check.verdict) == ("change", "not_checkable")
    assert "kỳ trước" in check.message_vi


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Đăng ký 964 mô hình Dân vận khéo (611 tập thể, 353 cá nhân).", "ok"),
        ("Đăng ký 964 mô hình Dân vận khéo (611 tập thể, 350 cá nhân).", "fail"),
        (
            "Nhận 312 đơn, gồm 45 đơn khiếu nại, 12 đơn tố cáo và 255 đơn kiến nghị, phản ánh.",
            "ok",
        ),
        (
            "Nhận 313 đơn, gồm 45 đơn khiếu nại, 12 đơn tố cáo và 255 đơn kiến nghị, phản ánh.",
            "fail",
        ),
        ("Có 20 đoàn đông người, gồm 7 đoàn đến tỉnh, 13 đoàn đến huyện.", "ok"),
        ("Có 20 đoàn đông người, gồm 7 đoàn đến tỉnh, 12 đoàn đến huyện.", "fail"),
        (
            "Tiếp 1.647 lượt công dân, trong đó tiếp thường xuyên 1.147 lượt, định kỳ 500 lượt.",
            "ok",
        ),
        (
            "Tiếp 1.647 lượt công dân, trong đó tiếp thường xuyên 1.147 lượt, định kỳ 400 lượt.",
            "fail",
        ),
    ],
)
def test_parts_are_added_up_and_held_against_the_whole(sentence: str, verdict: str) -> None:
    assert [check.verdict for check in _checks(sentence) if check.rule == "parts"] == [verdict]


def test_a_remainder_is_what_the_settled_leave_of_the_whole() -> None:
    sentence = "Tổng số 35 vụ việc khiếu nại phải giải quyết, đã giải quyết 30 vụ, còn {} vụ."
    assert ("remainder", "ok") in _verdicts(sentence.format(5))
    (check,) = [c for c in _checks(sentence.format(7)) if c.rule == "remainder"]
    assert (check.verdict, check.stated, check.computed) == ("fail", 7, 5)


def test_what_was_carried_over_makes_no_remainder_wrong() -> None:
    sentence = (
        "Kỳ trước chuyển sang 05 ý kiến, ghi nhận mới 39 ý kiến; đã trả lời, xử lý 38 ý kiến, có "
        "02 ý kiến chuyển cơ quan có thẩm quyền; còn {} ý kiến chưa được trả lời."
    )
    assert "fail" not in [verdict for _, verdict in _verdicts(sentence.format("06"))]


def test_the_row_without_a_number_sums_up_a_table_whatever_it_is_called() -> None:
    table = (
        "Hồ sơ thủ tục hành chính của các đơn vị\n"
        "STT | Đơn vị | Hồ sơ tiếp nhận | Hồ sơ đã giải quyết\n"
        "1 | xã Bến Mẫu | 120 | 118\n2 | phường Cầu Mẫu | 80 | 60\n"
        " | tỉnh Minh Họa (kể cả cơ quan trực thuộc) | {} | 178\n"
    )
    assert ("parts", "ok") in _verdicts(table.format(200))
    assert "fail" not in [verdict for _, verdict in _verdicts(table.format(200))]
    assert ("parts", "fail") in _verdicts(table.format(210))


def test_a_few_parts_named_out_of_many_need_not_make_the_whole() -> None:
    sentence = "Ghi nhận 126 câu hỏi, trong đó nhà ở 47 câu, trường học 31 câu."
    assert _verdicts(sentence) == []


def test_a_table_is_added_up_by_its_columns() -> None:
    table = (
        "Hồ sơ thủ tục hành chính\n"
        "STT | Lĩnh vực | Tiếp nhận | Đã giải quyết\n"
        "1 | Hộ tịch | 120 | 118\n2 | Đất đai | 80 | 60\n | Tổng cộng | {} | 178\n"
    )
    assert [v for _, v in _verdicts(table.format(200))] == ["ok", "ok"]
    assert sorted(v for _, v in _verdicts(table.format(210))) == ["fail", "ok"]


def test_a_part_larger_than_its_whole_fails_but_a_plan_may_be_exceeded() -> None:
    assert _verdicts("Kết quả có 12/10 hộ đồng ý.") == [("parts", "fail")]
    assert _verdicts("Đã tiến hành 361/338 cuộc thanh tra.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Tiếp 20 lượt công dân liên quan đến 16 vụ việc.",
        "Tiếp 16 lượt công dân liên quan đến 20 vụ việc.",
        "Đã tiếp 45 lượt/52 người với 60 vụ việc.",
        "Đã tiếp 52 lượt/45 người, có 3 đoàn đông người.",
    ],
)
def test_visits_persons_and_matters_are_never_ordered(sentence: str) -> None:
    assert _checks(sentence) == []


def test_failed_checks_become_the_inconsistencies_of_a_reading() -> None:
    read = read_text(HEAD + "Ghi nhận 191 ý kiến, đã giải quyết 183 ý kiến, đạt 99%.")
    (found,) = read.inconsistencies
    assert found.indicators == ("opinions_resolved_pct", "opinions_resolved")
    assert found.as_json()["stated"] == 99
    assert (found.severity, found.message_en) == (
        "warning",
        "The stated share 99% does not agree: 183/191 = 95,81%.",
    )
    sound = read_text(HEAD + "Ghi nhận 191 ý kiến, đã giải quyết 183 ý kiến, đạt 96%.")
    assert sound.inconsistencies == ()


def test_checks_point_at_the_words_they_are_about() -> None:
    text = HEAD + "Ghi nhận 191 ý kiến, đã giải quyết 183 ý kiến, đạt 96%."
    (check,) = check_reading(read_text(text))
    assert [text[start:end] for start, end in check.spans] == ["96%", "giải quyết 183 ý kiến"]
