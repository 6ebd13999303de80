"""Figures are read whatever words they are printed in, and only results are figures."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import read_text

HEAD = "UBND XÃ BẾN MẪU\nBáo cáo kết quả thực hiện dân chủ ở cơ sở\n\n"

# The facts of one published report, said in other words.
SAME_FACTS = [
    (
        "Các loại hình cơ sở đã mở 43 hội nghị, qua đó thu nhận 191 ý kiến, kiến nghị về đất đai; "
        "183/191 ý kiến đã được giải quyết theo thẩm quyền, đạt 96%.",
        "conferences_held 43; opinions_received 191; opinions_resolved 183/191; "
        "opinions_resolved_pct 96",
    ),
    (
        "Toàn huyện tổ chức được 43 cuộc hội nghị với 191 lượt ý kiến tham gia, trong đó 183 ý kiến "
        "được xem xét, giải quyết (tỷ lệ 96%).",
        "conferences_held 43; opinions_received 191; opinions_resolved 183/191; "
        "opinions_resolved_pct 96",
    ),
    (
        "Đã có 191 ý kiến, kiến nghị được ghi nhận tại 43 hội nghị; cấp có thẩm quyền đã tiếp thu, "
        "giải quyết 183 ý kiến, bằng 96%.",
        "conferences_held 43; opinions_received 191; opinions_resolved 183/191; "
        "opinions_resolved_pct 96",
    ),
    ("Huyện đã tiếp 20 lượt người với 16 vụ việc.", "citizens_received 20; reception_cases 16"),
    (
        "Trong kỳ đã đón tiếp 20 lượt công dân đến kiến nghị, phản ánh về 16 vụ việc.",
        "citizens_received 20; reception_cases 16",
    ),
    (
        "Số lượt công dân được tiếp là 20 lượt, liên quan 16 vụ việc.",
        "citizens_received 20; reception_cases 16",
    ),
    (
        "Trung tâm Hành chính công nhận 4.984 hồ sơ và trả kết quả 3.840 hồ sơ.",
        "dossiers_received 4984; dossiers_resolved 3840/4984",
    ),
    (
        "Tổng số hồ sơ thủ tục hành chính tiếp nhận trong kỳ là 4.984, đã giải quyết xong 3.840.",
        "dossiers_received 4984; dossiers_resolved 3840/4984",
    ),
    (
        "Kết quả khảo sát cho thấy 90,49% phiếu đánh giá rất hài lòng.",
        "satisfaction_very_satisfied_pct 90.49",
    ),
    (
        "Mức độ rất hài lòng của tổ chức, cá nhân khi làm thủ tục hành chính đạt 90,49%.",
        "satisfaction_very_satisfied_pct 90.49",
    ),
    ("Tỷ lệ người dân rất hài lòng: 90,49%.", "satisfaction_very_satisfied_pct 90.49"),
]

DIALOGUE = [
    (
        "Bí thư Đảng ủy, Chủ tịch UBND xã đã tổ chức 02 hội nghị đối thoại với nhân dân, có 215 lượt "
        "người tham dự, 47 ý kiến được trả lời trực tiếp.",
        "dialogues_held 2; participants 215; opinions_resolved 47",
    ),
    (
        "Toàn tỉnh tổ chức 187 cuộc đối thoại giữa người đứng đầu với Nhân dân, 12.350 người tham gia.",
        "dialogues_held 187; participants 12350",
    ),
    (
        "Có 1.204 lượt ý kiến phát biểu, đã giải quyết 1.150 ý kiến, còn 54 ý kiến đang xem xét.",
        "opinions_received 1204; opinions_resolved 1150/1204; opinions_pending 54/1204",
    ),
    (
        "Số cuộc đối thoại: 12; số ý kiến tiếp nhận: 88; số ý kiến đã giải quyết: 80.",
        "dialogues_held 12; opinions_received 88; opinions_resolved 80/88",
    ),
    (
        "Tại buổi đối thoại, người dân đặt 26 câu hỏi, trong đó 20 câu được giải đáp ngay.",
        "opinions_received 26; opinions_resolved 20/26",
    ),
    (
        "Đường dây nóng tiếp nhận 1.250 cuộc gọi và 830 tin nhắn.",
        "hotline_calls 1250; hotline_messages 830",
    ),
    (
        "Nhân dân các thôn đã bàn và quyết định 42 nội dung về đường làng, ngõ xóm.",
        "community_matters_decided 42",
    ),
    (
        "Kết quả biểu quyết: 126/140 hộ đồng ý, đạt tỷ lệ 90%.",
        "households_agreeing 126/140; approval_pct 90",
    ),
]

RECEPTION = [
    (
        "Lãnh đạo tỉnh tiếp công dân định kỳ 12 buổi, tiếp 156 lượt công dân, có 9 đoàn đông người.",
        "reception_sessions_held 12; citizens_received 156; mass_groups_received 9",
    ),
    (
        "Các cấp đã tiếp 2.456 lượt người (giảm 12% so với cùng kỳ), có 31 đoàn đông người.",
        "citizens_received 2456; citizens_received_change_pct -12; mass_groups_received 31",
    ),
    (
        "Đã tiếp 45 lượt/52 người với 40 vụ việc.",
        "citizens_received 45; citizens_received_persons 52; reception_cases 40",
    ),
    (
        "Toàn huyện tiếp nhận 312 đơn các loại, gồm 45 đơn khiếu nại, 12 đơn tố cáo và 255 đơn kiến "
        "nghị, phản ánh.",
        "petitions_received 312; complaints_received 45/312; denunciations_received 12/312; "
        "proposal_letters_received 255/312",
    ),
    (
        "Đã giải quyết 18/20 vụ việc khiếu nại, tố cáo thuộc thẩm quyền, đạt tỷ lệ 90%.",
        "cases_resolved 18/20; resolution_rate_pct 90",
    ),
    (
        "Trong tổng số 35 vụ việc thuộc thẩm quyền, đã giải quyết xong 30 vụ việc, còn 5 vụ việc đang "
        "xem xét, giải quyết.",
        "cases_total 35; cases_resolved 30/35; cases_pending 5/35",
    ),
    (
        "Qua giải quyết đơn đã khôi phục quyền lợi cho 15 công dân, trả lại cho dân 450 triệu đồng và "
        "1.200 m2 đất.",
        "rights_restored_persons 15; rights_restored_vnd 450000000; rights_restored_land_m2 1200",
    ),
    ("Không phát sinh đơn tố cáo.", "denunciations_received 0"),
    (
        "Tổ hòa giải hòa giải 64 vụ, hòa giải thành 58 vụ, đạt 90,6%.",
        "mediation_cases 64; mediation_successful 58/64; mediation_success_pct 90.6",
    ),
    (
        "Chủ tịch UBND huyện tiếp dân 18 kỳ, đạt 75% so với quy định; ủy quyền tiếp 6 kỳ.",
        "reception_sessions_held 18; reception_compliance_pct 75; reception_sessions_delegated 6",
    ),
]

OVERSIGHT = [
    (
        "Ban Thanh tra nhân dân xã thực hiện 8 cuộc giám sát, kiến nghị 11 nội dung, đã được giải "
        "quyết 10 nội dung.",
        "supervisions_conducted 8; supervision_findings 11; supervision_findings_resolved 10/11",
    ),
    (
        "Ban Giám sát đầu tư của cộng đồng giám sát 14 công trình, phát hiện 03 vi phạm, kiến nghị "
        "thu hồi 25,6 triệu đồng.",
        "projects_supervised 14; violations_found 3; recovery_proposed_vnd 25600000",
    ),
    (
        "Mặt trận các cấp chủ trì giám sát 156 cuộc, tổ chức 24 hội nghị phản biện xã hội.",
        "supervisions_conducted 156; social_criticism_held 24",
    ),
    (
        "Ngành thanh tra triển khai 45 cuộc thanh tra, ban hành 38 kết luận thanh tra, phát hiện sai "
        "phạm 12,5 tỷ đồng, kiến nghị thu hồi 8,2 tỷ đồng, đã thu hồi 6,1 tỷ đồng.",
        "inspections_conducted 45; inspection_conclusions_issued 38; violations_amount_vnd "
        "12500000000; recovery_proposed_vnd 8200000000; funds_recovered_vnd 6100000000/8200000000",
    ),
    (
        "Ban hành 1.250 quyết định xử phạt với tổng số tiền 4,7 tỷ đồng; chuyển cơ quan điều tra 3 vụ.",
        "sanction_decisions 1250; fines_vnd 4700000000; cases_transferred 3",
    ),
    (
        "Đã xử lý kỷ luật 04 tập thể và 17 cá nhân vi phạm.",
        "collectives_disciplined 4; individuals_disciplined 17",
    ),
    (
        "Toàn tỉnh có 124 Ban Thanh tra nhân dân với 986 thành viên.",
        "community_supervision_boards 124; board_members 986",
    ),
    ("Có 72/72 cơ quan, đơn vị kê khai tài sản, thu nhập.", "asset_declaration_units 72/72"),
]

ADMINISTRATION = [
    (
        "Tiếp nhận 15.230 hồ sơ, giải quyết 14.980 hồ sơ, trong đó trước hạn 9.120 hồ sơ, đúng hạn "
        "5.810 hồ sơ, quá hạn 50 hồ sơ.",
        "dossiers_received 15230; dossiers_resolved 14980/15230; dossiers_early 9120/14980; "
        "dossiers_on_time 14930/14980; dossiers_overdue 50/14980",
    ),
    (
        "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 99,3%; tỷ lệ hồ sơ trực tuyến đạt 82,4%.",
        "dossiers_on_time_pct 99.3; dossiers_online_pct 82.4",
    ),
    (
        "Đã phát 500 phiếu khảo sát, có 96,4% ý kiến hài lòng.",
        "survey_forms 500; satisfaction_pct 96.4",
    ),
    ("UBND xã niêm yết công khai 215 thủ tục hành chính.", "public_postings 215"),
    (
        "Đã rà soát 120 thủ tục, kiến nghị bãi bỏ 8 thủ tục, sửa đổi 15 thủ tục.",
        "procedures_reviewed 120; procedures_abolished 8/120; procedures_amended 15/120",
    ),
    ("Huyện ủy ban hành 05 văn bản lãnh đạo, chỉ đạo.", "documents_issued 5"),
    ("100% xã, phường xây dựng và thực hiện quy chế dân chủ.", "units_implementing_pct 100"),
    ("Kiện toàn 12 ban chỉ đạo cấp xã.", "steering_committees 12"),
    ("Không có hồ sơ trễ hạn.", "dossiers_overdue 0"),
]

MOVEMENT = [
    (
        "Đăng ký 156 mô hình “Dân vận khéo”, trong đó có 98 mô hình tập thể, 58 mô hình cá nhân.",
        "models_registered 156; models_registered_collective 98/156; "
        "models_registered_individual 58/156",
    ),
    (
        "Qua triển khai có 14 tập thể và 104 cá nhân đăng ký mô hình.",
        "models_registered_collective 14; models_registered_individual 104",
    ),
    ("Công nhận 38 mô hình “Dân vận khéo” cấp huyện.", "models_recognised 38"),
    (
        "Khen thưởng 12 tập thể, 25 cá nhân có thành tích xuất sắc.",
        "collectives_commended 12; individuals_commended 25",
    ),
    (
        "Nhân dân đóng góp 3,2 tỷ đồng, hiến 15.600 m2 đất, 4.500 ngày công làm đường.",
        "contributions_vnd 3200000000; land_donated_m2 15600; labour_days 4500",
    ),
    (
        "Vận động nhân dân hiến 2,5 ha đất, bê tông hóa 12,6 km đường ngõ xóm.",
        "land_donated_m2 25000; roads_built_m 12600",
    ),
    ("Đến nay có 18/22 xã đạt chuẩn nông thôn mới.", "communes_new_rural 18/22"),
    (
        "Tổng vốn đầu tư là 2,4 tỷ đồng, trong đó ngân sách nhà nước 1,5 tỷ đồng, nhân dân đóng góp "
        "900 triệu đồng.",
        "investment_vnd 2400000000; state_funding_vnd 1500000000/2400000000; "
        "contributions_vnd 900000000/2400000000",
    ),
    ("Trao 150 suất quà trị giá 75 triệu đồng cho hộ nghèo.", "social_support_vnd 75000000"),
    (
        "Tổ chức 46 buổi tuyên truyền cho 5.230 lượt người.",
        "outreach_sessions 46; training_participants 5230",
    ),
]

WORKPLACE = [
    (
        "Có 125/130 cơ quan, đơn vị tổ chức hội nghị cán bộ, công chức, đạt 96,2%.",
        "workplace_conferences_held 125/130; workplace_conferences_pct 96.2",
    ),
    ("Các doanh nghiệp tổ chức 60 cuộc đối thoại tại nơi làm việc.", "workplace_dialogues 60"),
    (
        "Mở 5 lớp tập huấn nghiệp vụ cho 320 cán bộ Mặt trận cơ sở.",
        "trainings_held 5; training_participants 320",
    ),
    ("Ký mới 45 bản thỏa ước lao động tập thể.", "collective_agreements_signed 45"),
    (
        "Kết nạp mới 1.540 đoàn viên, thành lập 12 công đoàn cơ sở.",
        "union_members_new 1540; union_units_new 12",
    ),
    ("82% công đoàn cơ sở được xếp loại vững mạnh.", "union_units_strong_pct 82"),
]

# Targets, plans, norms and background figures.
NOTHING = [
    "Phấn đấu đến năm 2025 có 95% ý kiến được giải quyết và 100% xã đạt chuẩn nông thôn mới.",
    "Trong thời gian tới sẽ tổ chức 10 cuộc đối thoại và mở 5 lớp tập huấn.",
    "Thủ trưởng cơ quan tiếp công dân ít nhất 01 ngày trong một tháng.",
    "Xã có 1.245 hộ với 5.230 nhân khẩu, thu nhập bình quân 52 triệu đồng/người/năm.",
    "Định kỳ mỗi quý tổ chức 01 hội nghị đối thoại với nhân dân.",
    "Yêu cầu các đơn vị giải quyết trên 90% đơn thư thuộc thẩm quyền.",
    "GDP tăng 8,2%, thu ngân sách đạt 1.250 tỷ đồng, giải ngân vốn đầu tư công đạt 45%.",
    "Theo quy định, Ban Thanh tra nhân dân có từ 5 đến 9 thành viên.",
    "Quyết định có giá trị khi có từ 2/3 tổng số hộ gia đình tán thành.",
    "Căn cứ Nghị định số 59/2023/NĐ-CP ngày 14/8/2023 của Chính phủ.",
]


def _expected(written: str) -> set[tuple[str, str]]:
    out = set()
    for part in written.split(";"):
        key, value = part.split()
        out.add((key, value))
    return out


def _read(sentence: str) -> set[tuple[str, str]]:
    out = set()
    for indicator in read_text(HEAD + sentence).indicators:
        value = str(indicator.as_json()["value"])
        if indicator.denominator is not None and indicator.unit != "percent":
            value += f"/{indicator.as_json()['denominator']}"
        out.add((indicator.key, value))
    return out


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [*SAME_FACTS, *DIALOGUE, *RECEPTION, *OVERSIGHT, *ADMINISTRATION, *MOVEMENT, *WORKPLACE],
)
def test_a_sentence_gives_its_figures_and_no_others(sentence: str, figures: str) -> None:
    assert _read(sentence) == _expected(figures)


@pytest.mark.parametrize("sentence", NOTHING)
def test_targets_norms_and_background_figures_are_no_results(sentence: str) -> None:
    assert _read(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "key", "value"),
    [
        ("Đã tiếp hơn 1.200 lượt công dân.", "citizens_received", 1200),
        ("Nhân dân hiến gần 2,5 ha đất làm đường.", "land_donated_m2", 25000),
        ("Đã tổ chức hai cuộc đối thoại với nhân dân.", "dialogues_held", 2),
        ("Đã tổ chức mười hai cuộc giám sát.", "supervisions_conducted", 12),
        ("Nhân dân đóng góp 1,25 tỷ đồng.", "contributions_vnd", 1_250_000_000),
    ],
)
def test_values_are_exact_in_the_unit_of_the_indicator(sentence: str, key: str, value: int) -> None:
    (indicator,) = read_text(HEAD + sentence).indicators
    assert (indicator.key, indicator.value) == (key, value)
    assert not isinstance(indicator.value, float)
    assert indicator.approx is ("hơn" in sentence or "gần" in sentence)


def test_the_earlier_value_of_a_rise_is_kept_beside_the_new_one() -> None:
    (satisfied,) = read_text(HEAD + "Tỷ lệ hài lòng tăng từ 90% lên 97%.").indicators
    assert (satisfied.value, satisfied.previous) == (97, 90)
    (received,) = read_text(HEAD + "Tiếp 52 lượt công dân (cùng kỳ 60 lượt).").indicators
    assert (received.value, received.previous) == (52, 60)


def test_old_and_new_tone_placement_read_alike() -> None:
    old = _read("Hoà giải thành 10 vụ trong 12 vụ; uỷ ban trả lời 9 ý kiến.")
    new = _read("Hòa giải thành 10 vụ trong 12 vụ; ủy ban trả lời 9 ý kiến.")
    assert old == new
    assert ("mediation_successful", "10") in {(key, value.split("/")[0]) for key, value in new}
