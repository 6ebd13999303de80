"""The report to the People's Council on disclosure, as a paper (Law 10/2022 article 14.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from danchu.core.calendar.periods import PeriodSpan
from danchu.core.calendar.words import printed
from danchu.core.documents import (
    Annex,
    Block,
    BulletList,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Run,
    Table,
)
from danchu.core.errors import BadInput
from danchu.core.law.citing import clause_of, clauses_of
from danchu.core.text import format_number

from . import rules
from .paper_head import numbered
from .quarters import span_name
from .selectors.summaries import Summary, Told

_TOLD_AT_MOST = 20  # lines of one kind in the text; the rest is counted


@dataclass(frozen=True, slots=True)
class ClaimsTold:
    """What citizens said of what was disclosed, in the period, as it stands.

    ``wrong``: claims that something is wrong, of which ``corrected`` led to a correction;
    ``opinions``: opinions on it. ``answered`` of both, ``late`` of those after their day;
    ``overdue``: not answered and past it.
    """

    wrong: int
    opinions: int
    answered: int
    late: int
    overdue: int
    corrected: int

    @property
    def came(self) -> int:
        """All that came."""
        return self.wrong + self.opinions


def require_council(level: str) -> None:
    """Raise ``BadInput`` for a unit that has no People's Council of its own to report to: the duty
    of article 14.3 is that of the commune."""
    if level != "commune":
        raise BadInput(
            "Chỉ Ủy ban nhân dân cấp xã báo cáo Hội đồng nhân dân về công khai (khoản 3 Điều 14 "
            "Luật Thực hiện dân chủ ở cơ sở).",
            "Only the People's Committee of a commune reports on disclosure to its People's "
            "Council (article 14, clause 3 of the law on grassroots democracy).",
            code="no_council",
            field="unit",
        )


def council_document(
    paper: OfficialDocument,
    summary: Summary,
    span: PeriodSpan,
    claims: ClaimsTold | None,
    *,
    number: str = "",
) -> OfficialDocument:
    """The report, ready for any renderer. ``paper``: head and foot, kind and symbol.

    ``claims`` None: not followed in this installation; the paper then says nothing of them.
    """
    name = span_name(span).vi
    return numbered(
        replace(
            paper,
            title=f"Kết quả công khai thông tin {name}",
            basis=("Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022.",),
            blocks=tuple(_blocks(paper, summary, name, claims)),
            annexes=(_annex(summary),) if summary.clauses else (),
            metadata_title=f"Báo cáo kết quả công khai thông tin {name}",
        ),
        number,
    )


def _blocks(
    paper: OfficialDocument, summary: Summary, name: str, claims: ClaimsTold | None
) -> Iterator[Block]:
    day = min(summary.on, summary.last)
    yield _says(
        f"Thực hiện khoản 3 Điều 14 Luật Thực hiện dân chủ ở cơ sở, {paper.issuer_name} báo cáo "
        f"kết quả công khai thông tin {name} (số liệu từ ngày {printed(summary.first)} đến hết "
        f"ngày {printed(day)}) như sau:"
    )
    yield Heading(1, "I", "Kết quả công khai")
    yield Heading(2, "1", "Nội dung và thời hạn")
    yield from _contents(summary)
    yield Heading(2, "2", "Hình thức và thời gian niêm yết")
    yield from _ways(summary)
    yield Heading(2, "3", "Kế hoạch và danh mục công khai")
    yield from _plan_and_registers(summary)
    yield Heading(1, "II", "Đính chính và phản ánh của Nhân dân")
    yield from _corrections(summary)
    if claims is not None:
        yield from _claims(claims)
    lacks = list(_lacks(summary, claims))
    if lacks:
        yield Heading(1, "III", "Hạn chế")
        yield BulletList(tuple((Run(one),) for one in lacks))
    if summary.clauses:
        yield _says("(Có phụ lục kết quả công khai theo từng khoản kèm theo)")


def _contents(summary: Summary) -> Iterator[Block]:
    if not summary.clauses:
        yield _says("Trong kỳ chưa có nội dung nào được công khai.")
        if summary.lasting:
            yield _says(f"Đang công khai thường xuyên từ kỳ trước: {clauses_of(summary.lasting)}.")
        return
    said = (
        f"Đã công khai {_n(summary.total('contents'))} nội dung thuộc {len(summary.clauses)} khoản."
    )
    due = summary.total("with_due")
    if due:
        said += (
            f" Trong {_n(due)} nội dung có thời hạn công khai kể từ ngày ban hành, "
            f"{_n(summary.total('on_time'))} nội dung công khai đúng hạn"
        )
        late = summary.total("late")
        said += f", {_n(late)} nội dung công khai sau hạn" if late else ""
        nowhere = due - summary.total("on_time") - late
        said += f", {_n(nowhere)} nội dung chưa niêm yết ở nơi nào." if nowhere else "."
    yield _says(said)
    if summary.late:
        yield _says("Nội dung công khai sau hạn:")
        yield _list(summary.late, "công khai ngày {}")
    if summary.lasting:
        yield _says(f"Đang công khai thường xuyên từ kỳ trước: {clauses_of(summary.lasting)}.")
    if summary.without:
        yield _says(f"Trong kỳ chưa có nội dung công khai theo {clauses_of(summary.without)}.")


def _ways(summary: Summary) -> Iterator[Block]:
    said = f"Niêm yết {_n(summary.postings)} lần, tính theo từng nơi"
    counted = [
        f"{_n(summary.total(name))} lần {words}"
        for name, words in (
            ("complete", "đủ số ngày liên tục"),
            ("running", "đang niêm yết, chưa đến ngày đủ"),
            ("broken", "đang bị gián đoạn"),
            ("short", "gỡ trước khi đủ ngày"),
        )
        if summary.total(name)
    ]
    yield _says(said + (f", trong đó {'; '.join(counted)}." if counted else "."))
    others = []
    if summary.broadcasts:
        others.append(
            f"phát truyền thanh {_n(summary.broadcasts)} lần, tính theo từng nội dung, trong "
            f"{_n(summary.broadcast_days)} ngày"
        )
    others += [f"{rules.FORM_NAMES[form].vi} {_n(n)} lần" for form, n in summary.forms]
    if others:
        said = "; ".join(others)
        yield _says(f"{said[:1].upper()}{said[1:]}.")
    if summary.interrupted:
        yield _says(
            f"Có {_n(len(summary.interrupted))} lần niêm yết bị gián đoạn; số ngày được tính lại "
            "từ khi niêm yết lại:"
        )
        yield _list(summary.interrupted, "{}")


def _plan_and_registers(summary: Summary) -> Iterator[Block]:
    plan = summary.plan
    if plan is None:
        yield _says(f"Chưa có số liệu về kế hoạch công khai năm {summary.last.year}.")
    else:
        number = f" số {plan.number}" if plan.number else ""
        yield _says(
            f"Kế hoạch công khai năm {plan.year}{number}: đã công khai {_n(plan.fulfilled)} trên "
            f"{_n(plan.items)} nội dung của kế hoạch."
        )
    if not summary.registers:
        yield _says("Trong kỳ chưa công khai danh mục nội dung đã công khai.")
        return
    yield BulletList(
        tuple(
            (
                Run(
                    f"Danh mục {one.quarter.name.vi}: công khai ngày {printed(one.published_on)}"
                    + (
                        f", gửi Ủy ban Mặt trận Tổ quốc ngày {printed(one.sent_on)}."
                        if one.sent_on
                        else "."
                    )
                ),
            )
            for one in summary.registers
        )
    )


def _corrections(summary: Summary) -> Iterator[Block]:
    if not summary.corrections:
        yield _says("Trong kỳ không có nội dung phải đính chính.")
        return
    yield _says(f"Đã đính chính {_n(len(summary.corrections))} nội dung:")
    yield _list(summary.corrections, "công khai ngày {}")


def _claims(claims: ClaimsTold) -> Iterator[Block]:
    if not claims.came:
        yield _says("Không nhận được phản ánh, góp ý nào về nội dung đã công khai.")
        return
    said = (
        f"Nhận {_n(claims.came)} ý kiến về nội dung đã công khai, gồm {_n(claims.wrong)} phản ánh "
        f"thông tin chưa đúng và {_n(claims.opinions)} góp ý; đã trả lời {_n(claims.answered)}"
    )
    if claims.late:
        said += f", trong đó {_n(claims.late)} trả lời sau hạn"
    if claims.corrected:
        said += f". {_n(claims.corrected)} phản ánh dẫn đến đính chính"
    yield _says(f"{said}.")


def _lacks(summary: Summary, claims: ClaimsTold | None) -> Iterator[str]:
    late, short = summary.total("late"), summary.total("short")
    if late:
        yield f"{_n(late)} nội dung công khai sau hạn."
    if summary.unposted:
        yield (
            f"{_n(len(summary.unposted))} nội dung chưa niêm yết ở nơi nào: "
            + "; ".join(one.title for one in summary.unposted[:_TOLD_AT_MOST])
            + _rest(summary.unposted, "nội dung")
            + "."
        )
    if short:
        yield (
            f"{_n(short)} lần niêm yết gỡ trước khi đủ số ngày liên tục: "
            + "; ".join(f"{one.title} ({one.words})" for one in summary.short[:_TOLD_AT_MOST])
            + _rest(summary.short)
            + "."
        )
    if summary.dark:
        yield (
            f"{_n(len(summary.dark))} lần niêm yết bị gián đoạn, chưa niêm yết lại: "
            + "; ".join(f"{one.title} ({one.words})" for one in summary.dark[:_TOLD_AT_MOST])
            + _rest(summary.dark)
            + "."
        )
    again = len(summary.interrupted) - len(summary.dark)
    if again:
        yield f"{_n(again)} lần niêm yết bị gián đoạn, đã niêm yết lại hoặc đã gỡ."
    if claims is not None and claims.overdue:
        yield f"{_n(claims.overdue)} ý kiến của Nhân dân quá hạn chưa trả lời."


def _annex(summary: Summary) -> Annex:
    names = (
        "contents", "with_due", "on_time", "late", "unposted", "complete", "short", "running",
        "broken",
    )  # fmt: skip
    return Annex(
        "Kết quả công khai theo từng khoản",
        (
            Table(
                columns=(
                    Column("center", 0.5),
                    Column("left", 3.6),
                    Column("left", 1.5),
                    *(Column("right", 0.9) for _ in names),
                ),
                header=(
                    (
                        "TT",
                        "Nội dung theo luật",
                        "Căn cứ",
                        "Số nội dung",
                        "Có thời hạn",
                        "Đúng hạn",
                        "Sau hạn",
                        "Chưa niêm yết",
                        "Niêm yết đủ ngày",
                        "Gỡ sớm",
                        "Đang niêm yết",
                        "Đang gián đoạn",
                    ),
                ),
                rows=tuple(
                    (
                        str(n),
                        one.rule.title_vi,
                        _headed(clause_of(one.rule).vi),
                        *(_n(getattr(one, name)) for name in names),
                    )
                    for n, one in enumerate(summary.clauses, start=1)
                ),
                total=("", "Cộng", "", *(_n(summary.total(name)) for name in names)),
            ),
        ),
        landscape=True,
    )


def _list(told: Sequence[Told], words: str) -> BulletList:
    lines = [(Run(f"{one.title} ({words.format(one.words)})."),) for one in told[:_TOLD_AT_MOST]]
    if len(told) > _TOLD_AT_MOST:
        lines.append((Run(f"và {_n(len(told) - _TOLD_AT_MOST)} trường hợp khác."),))
    return BulletList(tuple(lines))


def _rest(told: Sequence[Told], what: str = "lần") -> str:
    more = len(told) - _TOLD_AT_MOST
    return f"; và {_n(more)} {what} khác" if more > 0 else ""


def _says(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _headed(text: str) -> str:
    return text[:1].upper() + text[1:]


def _n(number: int) -> str:
    return format_number(number)
