"""A composed report as an official document: pages without chips, evidence in the annex."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from danchu.core.documents import (
    DEMONSTRATION_MARK,
    REFERENCE_MARK,
    Annex,
    Block,
    BulletList,
    Column,
    Heading,
    Layout,
    Note,
    OfficialDocument,
    Paragraph,
    Run,
    Signatory,
    Table,
    layout_for,
    short_date,
)
from danchu.core.documents.wording import annex_label
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.services import wholes_of

from .compose import AnnexOfUnits, ComposedParagraph, Report
from .figures import ReportFigure
from .ground import annex_words
from .issuers import issuer_name
from .prose import name_inside
from .wording import Words, words


def official_document(report: Report) -> OfficialDocument:
    """The report in its layout, ready for any renderer.

    The day and the number are left open for văn thư, who gives them; a paper in another
    layout than the issuer's is marked as a reference and has neither number nor signature.
    """
    say = words(report.language)
    issuer = report.issuer
    layout = layout_for(report.layout, report.written_on)
    annexes = tuple(_annexes(report, say))
    return OfficialDocument(
        layout=layout,
        parent_body=issuer.parent_body,
        issuing_body=issuer.issuing_body,
        symbol=issuer.symbol,
        issuer_name=issuer_name(report.layout, report.unit.name, report.period),
        place=issuer.place,
        date=report.written_on,
        day_open=True,
        title=report.title,
        addressee=issuer.addressee if report.layout == "state" else (),
        basis=report.basis,
        blocks=tuple(_blocks(report, _with_this(annexes, layout, report, say))),
        signatory=Signatory(issuer.authority, issuer.post),
        recipients=issuer.recipients,
        annexes=annexes,
        draft_mark=REFERENCE_MARK if report.is_reference else None,
        demo_mark=DEMONSTRATION_MARK if report.is_demonstration else None,
        language=report.language,
        metadata_title=f"{say.report}: {report.title}, {report.unit.name}",
    )


def _runs(paragraph: ComposedParagraph) -> tuple[Run, ...]:
    return tuple(
        Run(piece.text, figure_ref=str(piece.figure.ref) if piece.figure else None)
        for piece in paragraph.pieces
    )


def _with_this(
    annexes: tuple[Annex, ...], layout: Layout, report: Report, say: Words
) -> tuple[Block, ...]:
    """The sentence that names the annexes; one alone has no number to be named by."""
    if not annexes:
        return ()
    labels = [""]
    if len(annexes) > 1:
        labels = [f" ({annex_label(layout, n, len(annexes))})" for n in range(1, len(annexes) + 1)]
    if report.language == "en":
        labels = [label.replace("Phụ lục", "Annex") for label in labels]
    parts = "; ".join(
        f"{annex.title[:1].lower()}{annex.title[1:]}{label}"
        for annex, label in zip(annexes, labels, strict=True)
    )
    return (Paragraph((Run(say.with_this.format(parts=parts)),)),)


def _blocks(report: Report, with_this: tuple[Block, ...]) -> Iterator[Block]:
    for paragraph in report.opening:
        yield Paragraph(_runs(paragraph))
    for section in report.sections:
        if section.is_empty:
            continue  # the page asks for what is missing; a paper says what there is
        yield Heading(section.depth, section.number, section.title)
        for paragraph in section.paragraphs:
            yield Paragraph(_runs(paragraph))
        if section.items:
            yield BulletList(tuple(_runs(item) for item in section.items))
    yield from with_this
    for paragraph in report.closing:
        yield Paragraph(_runs(paragraph))


def _annexes(report: Report, say: Words) -> Iterator[Annex]:
    if report.round is not None:  # the first one: the opening names it
        yield Annex(say.missing_title, tuple(_missing(report, say)))
    comparison = [row for row in report.comparison if row.before]
    if comparison:
        yield Annex(
            say.comparison,
            (
                Table(
                    columns=(
                        Column("center", 0.6),
                        Column("left", 3.6),
                        Column("right", 1.2),
                        Column("right", 1.2),
                        Column("right", 1.8),
                    ),
                    header=(
                        (
                            say.number,
                            say.indicator,
                            report.period_label,
                            report.compared_with,
                            say.change,
                        ),
                    ),
                    rows=tuple(
                        (str(n), _name(row.figure, report), row.figure.text, row.before, row.change)
                        for n, row in enumerate(comparison, start=1)
                    ),
                ),
            ),
        )
    if report.annexes:
        yield Annex(
            say.units_title,
            tuple(_of_units(annex, say) for annex in report.annexes),
            landscape=any(len(annex.columns) > 5 for annex in report.annexes),
        )
    if report.own:
        yield Annex(say.own_title, tuple(_own(report, say)))
    if report.figures:
        yield Annex(say.evidence_title, tuple(_evidence(report, say)))


def _of_units(annex: AnnexOfUnits, say: Words) -> Table:
    return Table(
        caption=annex.title,
        columns=(
            Column("center", 0.6),
            Column("left", 3),
            *(Column("right", 1.4) for _ in annex.columns),
        ),
        header=((say.number, say.unit, *annex.columns),),
        rows=tuple(
            (str(n), *(cell or say.no_figure for cell in row))
            for n, row in enumerate(annex.rows, start=1)
        ),
        total=("", *(cell or say.no_figure for cell in annex.total)),
    )


def _missing(report: Report, say: Words) -> Iterator[Block]:
    found = report.round
    assert found is not None
    yield Paragraph((Run(annex_words(report.ground, report.language)),))
    if found.missing:
        yield Table(
            columns=(Column("center", 0.6), Column("left", 4), Column("left", 3)),
            header=((say.number, say.unit, say.state),),
            rows=tuple(
                (str(n), line.name, say.states[line.state])
                for n, line in enumerate(found.missing, start=1)
            ),
        )
    excused = [line for line in found.reporters if line.state == "excused"]
    for line in excused:
        yield Note(f"{line.name}: {line.reason}")


def _own(report: Report, say: Words) -> Iterator[Block]:
    yield Paragraph((Run(say.own_note),))
    yield Table(
        columns=(
            Column("center", 0.6),
            Column("left", 3),
            Column("left", 4),
            Column("right", 1.4),
        ),
        header=((say.number, say.unit, say.indicator, say.value),),
        rows=tuple(
            (str(n), line.unit, _meaning_name(line.meaning, report.language), line.text)
            for n, line in enumerate(report.own, start=1)
        ),
    )


def _evidence(report: Report, say: Words) -> Iterator[Block]:
    shown = [figure for figure in report.figures if figure.has_value]
    yield Paragraph((Run(_where_to_look(report, say)),))
    yield Table(
        columns=(
            Column("center", 0.6),
            Column("left", 4.4),
            Column("right", 1.4),
            Column("left", 3.8),
        ),
        header=((say.number, say.indicator, say.value, say.basis_of_value),),
        rows=tuple(
            (
                str(n),
                _name(figure, report),
                figure.text,
                "; ".join(filter(None, (rests_on(figure, report, say), _remark(figure, report)))),
            )
            for n, figure in enumerate(shown, start=1)
        ),
    )
    without = _without_figures(report)
    if without:
        yield Paragraph((Run(f"{say.without} {'; '.join(without)}."),))
    for title, note in report.sources:
        yield Note(f"{say.source}: {title}" + (f". {note}" if note else ""))
    for warning in report.warnings:
        yield Note(warning)


def _where_to_look(report: Report, say: Words) -> str:
    """The whole address where the installation has one; a bare path helps nobody on paper."""
    if not settings.CSRF_TRUSTED_ORIGINS:
        return say.not_on_line.format(code=report.unit.code, period=report.period_label)
    origin = settings.CSRF_TRUSTED_ORIGINS[0].rstrip("/")
    path = f"/office/so-lieu/{report.unit.code}/{report.period.code}/"
    return say.look_up.format(address=origin + path)


def _without_figures(report: Report) -> list[str]:
    """Core indicators of which nothing is known: who signs sees what the paper does not say."""
    if report.ground.rests_on == "published":
        return []  # an old text is not reproached with what it was never asked
    known = {figure.key for figure in report.figures if figure.state != CellState.MISSING}
    known |= wholes_of(key for key in known)
    return [
        name_inside(meaning, report.language)
        for key, meaning in definitions().items()
        if meaning.tier == "core"
        and not meaning.is_rate
        and meaning.time_operator == "sum"
        and key not in known
    ]


def _name(figure: ReportFigure, report: Report) -> str:
    return _meaning_name(figure.meaning, report.language)


def _meaning_name(meaning: Definition, language: str) -> str:
    name, unit = (
        (meaning.name_en, meaning.unit_en)
        if language == "en"
        else (meaning.name_vi, meaning.unit_vi)
    )
    return name if meaning.is_rate else f"{name} ({unit})"


def rests_on(figure: ReportFigure, report: Report, say: Words) -> str:
    """What a figure rests on: a share on its two numbers, another on records, an officer's word,
    versions or a published report."""
    by_key = {other.key: other for other in report.figures}
    top, base = (by_key.get(key) for key in (figure.meaning.numerator, figure.meaning.denominator))
    if figure.numerator is not None and top and base and top.has_value and base.has_value:
        return say.made_of.format(top=top.text, base=base.text)
    if figure.is_word:
        return _confirmed(figure, say)
    if figure.layer == Layer.RECORDED and figure.n_expected == 1:
        return say.own_records
    told = say.layers[figure.layer].format(n=figure.n_reported, of=figure.n_expected)
    return told + (say.others.format(n=figure.n_others) if figure.n_others else "")


def _confirmed(figure: ReportFigure, say: Words) -> str:
    """A nought rests on a word of the unit, or of those below it; no record speaks of it."""
    if figure.n_expected != 1:
        return say.confirmed_below.format(n=figure.n_reported, of=figure.n_expected)
    if figure.said_on is None:
        return say.confirmed
    return say.confirmed_on.format(day=short_date(figure.said_on))


def _remark(figure: ReportFigure, report: Report) -> str:
    return figure.remark_en if report.language == "en" else figure.remark_vi
