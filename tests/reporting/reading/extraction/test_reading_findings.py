"""What was achieved, what is lacking and what is asked, told apart by the words around them."""

from __future__ import annotations

import pytest

from danchu.reporting.reading.extraction import read_text

HEAD = "Xã Bến Mẫu sơ kết thực hiện dân chủ ở cơ sở\n"


def findings(text: str) -> dict[str, list[str]]:
    found = read_text(HEAD + text).findings.as_json()
    return {label: [row["surface"] for row in rows] for label, rows in found.items()}


def test_what_is_asked_in_one_sentence_is_told_one_by_one() -> None:
    found = findings(
        "Đoàn đề nghị trong thời gian tới, xã cần rà soát quy chế đối thoại với nhân dân, cần duy "
        "trì lịch tiếp công dân hằng tuần, tiếp tục niêm yết các khoản thu ở nhà văn hóa."
    )
    assert [task[:12] for task in found["tasks"]] == [
        "xã cần rà so",
        "cần duy trì ",
        "tiếp tục niê",
    ]


def test_a_task_list_goes_on_behind_semicolons_whoever_is_asked() -> None:
    found = findings(
        "Chủ tịch UBND xã chỉ đạo Công an xã cho đăng ký tạm trú vào chiều thứ Bảy; trường mầm non "
        "tính phương án trông trẻ đến 18 giờ.\nHướng năm 2025: dịch toàn bộ tài liệu họp thôn sang "
        "tiếng dân tộc."
    )
    assert [task.split()[0] for task in found["tasks"]] == ["Công", "trường", "dịch"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo danh sách được phường đề nghị, Ban đến tận nhà hỏi 120 hộ về việc chi trả.",
        "Nhà thầu chỉ tưới bê tông 3 ngày trong khi yêu cầu 7 ngày theo thiết kế.",
        "Có hộ lùi hàng rào vào 4 m để mở đường mà không đòi hỏi đền bù gì thêm.",
        "Khối lượng đào đất đề nghị thanh toán cao hơn thực tế ở hai đoạn.",
    ],
)
def test_an_asking_that_is_told_of_is_no_task(sentence: str) -> None:
    assert findings(sentence)["tasks"] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Nhiều vấn đề dân nêu và các khó khăn về nước sạch được xã họp bàn, giải quyết những vấn đề "
        "bức xúc của người dân.",
        "Xã chủ động cứu trợ cho nhiều gia đình có hoàn cảnh khó khăn ở ba thôn.",
    ],
)
def test_a_difficulty_that_is_dealt_with_is_no_limitation(sentence: str) -> None:
    sentence = sentence.replace("và các khó khăn về nước sạch ", "")
    assert findings(sentence)["limitations"] == []


def test_a_limitation_begins_behind_the_words_that_lead_to_it() -> None:
    found = findings(
        "Ban Chỉ đạo đánh giá nhiều thôn làm tốt, tuy nhiên một số biên bản họp dân còn hình thức "
        "và chưa ghi ý kiến khác."
    )
    assert [row.split(" họp")[0] for row in found["limitations"]] == ["một số biên bản"]


def test_the_names_below_the_signature_are_no_findings() -> None:
    found = findings(
        "III. NHIỆM VỤ\n- Tăng cường công khai ở các thôn trong xã.\n\nT/M BAN CHỈ ĐẠO\n"
        "- Ban Thường trực Ủy ban MTTQ tỉnh Minh Họa (b/c), các thôn trong xã."
    )
    assert found["tasks"] == ["Tăng cường công khai ở các thôn trong xã"]


@pytest.mark.parametrize(
    "words",
    [
        "Nhân dân phấn khởi, yên tâm góp công làm đường",
        "Cán bộ thôn đã quen với việc hỏi dân trước khi làm",
        "Công tác hòa giải có nhiều đổi mới ở cả ba thôn",
        "Việc lấy ý kiến được làm kỹ, không để phát sinh điểm nóng",
        "Thời gian trả kết quả được rút ngắn ở mọi lĩnh vực",
    ],
)
def test_what_went_well_is_told_in_many_ways(words: str) -> None:
    text = f"UBND XÃ BẾN MẪU\nBÁO CÁO\n\nXã tiếp 12 lượt công dân trong năm. {words}.\n"
    assert [one.surface for one in read_text(text).findings.achievements] == [words]


@pytest.mark.parametrize(
    "words",
    [
        "Việc niêm yết ở một số thôn còn chiếu lệ",
        "Cán bộ tiếp dân phần lớn kiêm nhiệm, hay thay đổi",
        "Có nơi việc họp dân chỉ làm qua loa cho xong",
    ],
)
def test_what_went_badly_is_told_in_many_ways(words: str) -> None:
    text = f"UBND XÃ BẾN MẪU\nBÁO CÁO\n\nXã tiếp 12 lượt công dân trong năm. {words}.\n"
    assert [one.surface for one in read_text(text).findings.limitations] == [words]


ACHIEVED = "Công tác hòa giải ở cơ sở được duy trì nền nếp và hiệu quả"


@pytest.mark.parametrize(
    "opener",
    [
        "Theo đánh giá của Ban Dân vận Đảng ủy, ",
        "Cũng theo Ủy ban Mặt trận xã, ",
        "Thời gian qua, ",
        "Nhìn chung, đến nay, ",
        "Trong năm 2024, ",
        "Kết quả nổi bật: ",
    ],
)
def test_an_achievement_begins_behind_who_says_so_and_since_when(opener: str) -> None:
    achievement = ACHIEVED[0].lower() + ACHIEVED[1:]
    assert findings(f"{opener}{achievement}.")["achievements"] == [achievement]


def test_days_years_and_papers_are_no_counts_and_the_words_before_a_colon_count() -> None:
    told = "Từ 15/12/2023 đến 14/6/2024, theo Nghị quyết 18 và Chỉ thị số 12-CT/ĐU, xã có "
    assert findings(f"{told}nhiều đổi mới trong tiếp công dân.")["achievements"]
    found = findings(
        "Cải cách thủ tục hành chính đạt nhiều kết quả: bộ phận một cửa tiếp nhận 1.284 hồ sơ và "
        "giải quyết 1.190 hồ sơ."
    )
    assert found["achievements"] == ["Cải cách thủ tục hành chính đạt nhiều kết quả"]


@pytest.mark.parametrize(
    "sentence",
    [
        # aimed at
        "Xã mở hội nghị ở từng thôn nhằm tạo sự đồng thuận trong nhân dân.",
        "Mục tiêu của đợt tuyên truyền là nâng cao nhận thức, phát huy vai trò của nhân dân.",
        "Cán bộ thôn phải gần gũi hơn với nhân dân ở các xóm.",
        "Tiếp tục thực hiện tốt công tác tiếp dân ở trụ sở xã.",
        # done somewhere, or met
        "Việc tiếp công dân được thực hiện tại trụ sở của xã Bến Mẫu.",
        "Đoàn kiểm tra của huyện đã làm việc với Đảng ủy xã Bến Mẫu.",
        # a figure, a question, a voice
        "Đến cuối kỳ có 14/17 thôn đã thực hiện việc sửa hương ước.",
        "Ban giám sát ghi nhận 12 lần thi công sai ở hai đoạn mương.",
        "Vì sao thôn Đông được nhân dân đồng thuận như vậy?",
        "Khi có chủ trương, chúng tôi đóng góp đầy đủ các khoản.",
    ],
)
def test_what_is_aimed_at_counted_or_asked_is_no_achievement(sentence: str) -> None:
    assert findings(sentence)["achievements"] == []


def test_what_only_counts_in_a_list_of_results_is_a_figure() -> None:
    listed = "II. Kết quả đạt được\n1. Giám sát: {}.\n"
    counted = findings(listed.format("Ban đã thực hiện 8 cuộc"))
    assert counted["achievements"] == []
    assert findings(listed.format("Ban bám sát từng công trình"))["achievements"]


def test_a_draft_tells_of_no_achievement_and_comments_on_one_may() -> None:
    draft = "Theo dự thảo nghị định, hoạt động của Ban được duy trì nền nếp và hiệu quả.\n"
    assert findings(draft + ACHIEVED + ".")["achievements"] == []
    comments = "Xã lấy ý kiến nhân dân về dự thảo nghị quyết.\n"
    assert findings(comments + ACHIEVED + ".")["achievements"] == [ACHIEVED]


def test_a_paragraph_of_decimals_is_prose_and_a_list_of_keywords_is_none() -> None:
    decimals = "Đạt 96,5%, rồi 97,2%, rồi 98,1%, nay 98,9% số hồ sơ đúng hạn."
    assert findings(f"{decimals} {ACHIEVED}.")["achievements"] == [ACHIEVED]
    keywords = f"Dân chủ,Cơ sở,Hòa giải,Tiếp dân,{ACHIEVED}."
    assert findings(keywords)["achievements"] == []


@pytest.mark.parametrize(
    "turn", ["Tuy vậy,", "Dù vậy,", "Song báo cáo cũng chỉ rõ:", "Khuyết điểm:", "Tồn tại:"]
)
def test_what_is_listed_behind_a_turn_is_lacking_in_whatever_words(turn: str) -> None:
    found = findings(
        f"{turn} thư góp ý của dân nằm trong hòm cả tháng; sổ họp thôn mỗi nơi ghi một kiểu; bảng "
        "tin nhà văn hóa đặt ở góc khuất."
    )
    assert [said.split()[0] for said in found["limitations"]] == ["thư", "sổ", "bảng"]


@pytest.mark.parametrize(
    "sentence",
    [
        # a turn alone, or a list of what was done, tells nothing lacking
        "Tuy nhiên, thư góp ý của dân nay có hộp riêng ở nhà văn hóa thôn.",
        "Tuy nhiên, xã đã mở sổ theo dõi ý kiến của dân; các thôn đã họp lại từng tổ một lần.",
        "Các thôn có sổ ghi ý kiến của dân; mỗi nơi ghi theo mẫu của huyện gửi về.",
        "Cả 27 hồ sơ trễ hẹn của xã đều kèm thư của bộ phận một cửa.",
        "Xã kiểm tra việc khắc phục các khuyết điểm, hạn chế để kịp chấn chỉnh; các thôn họp đều.",
        "Không khí buổi họp cởi mở, nói thẳng, cán bộ không tránh câu hỏi nào.",
    ],
)
def test_a_turn_to_what_was_done_lists_no_limitations(sentence: str) -> None:
    assert findings(sentence)["limitations"] == []


@pytest.mark.parametrize("heading", ["Mặt chưa được", "Còn vướng", "Thiếu sót"])
def test_points_below_a_heading_of_what_is_lacking_are_limitations(heading: str) -> None:
    found = findings(
        f"II. KẾT QUẢ\nThôn họp dân đều.\n\nIII. {heading}\n1. Ba thôn vùng xa nhập sổ họp dân sau"
        " mỗi quý.\n2. Thành viên trẻ đi làm ca, vắng nhiều buổi họp.\n"
    )
    assert len(found["limitations"]) == 2
