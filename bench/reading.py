"""Reading the text of a report into figures."""

from __future__ import annotations

import time
from pathlib import Path

from .child import Stage
from .results import Result, at_least

SECONDS = 4.0  # of processor time for each kind of text


def measure(stage: Stage) -> list[Result]:
    """Reports a second on one core: the published ones, and a long one made of sentences."""
    import danchu.demo_data
    from danchu.reporting.reading.extraction import read_text

    folder = Path(danchu.demo_data.__file__).parent / "published"
    short = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    long = [long_report(number) for number in range(8)]
    found = []
    for name, texts in (("published reports", short), ("long report", long)):
        figures = sum(len(read_text(text).indicators) for text in texts)  # compiles the patterns
        rounds, began = 0, time.process_time()
        while time.process_time() - began < SECONDS:
            for text in texts:
                read_text(text)
            rounds += 1
        rate = rounds * len(texts) / (time.process_time() - began)
        size = sum(map(len, texts)) // len(texts)
        found.append(
            at_least(
                f"reading, {name}",
                rate,
                50,
                "reports/s per core",
                f"read_text over {len(texts)} texts of {size} characters on average, "
                f"{figures} figures in all, processor time",
            )
        )
    return found


def long_report(number: int) -> str:
    """A report of some five pages with about sixty figures; the numbers differ by ``number``."""
    head = (
        "BÁO CÁO\nKết quả thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2024\n\nI. KẾT QUẢ ĐẠT ĐƯỢC\n"
    )
    body = []
    for part in range(1, 13):
        n = 10 * part + number
        body.append(
            f"{part}. Trong kỳ đã tổ chức {n} hội nghị đối thoại với {n * 37} lượt người tham dự, "
            f"tiếp nhận {n * 4} ý kiến, trong đó đã giải quyết {n * 3} ý kiến, đạt 75%. "
            f"Ban hành {n + 2} văn bản chỉ đạo, triển khai thực hiện ở các loại hình cơ sở. "
            f"Tiếp {n * 5} lượt công dân, giảm {part} lượt so với cùng kỳ năm trước; tiếp nhận "
            f"{n} đơn, đã giải quyết {n - 1} đơn. Nhân dân hiến {n * 100} m2 đất, đóng góp "
            f"{n * 3} triệu đồng và {n * 8} ngày công làm đường giao thông. Việc công khai các "
            "nội dung theo quy định được thực hiện đầy đủ, đúng hình thức, đúng thời hạn.\n"
        )
    tail = (
        "\nII. HẠN CHẾ\n1. Một số nơi đối thoại còn chậm, nội dung công khai chưa rõ.\n"
        "\nIII. NHIỆM VỤ\n1. Tiếp tục nâng cao chất lượng đối thoại với nhân dân.\n"
    )
    return head + "".join(body) + tail
