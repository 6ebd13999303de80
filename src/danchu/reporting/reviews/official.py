"""A composed report as an official document: pages without chips, evidence in the annex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from danchu.core.addresses import absolute, address_of_installation
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
from danchu.core.documents.wording import Composed, annex_label
from danchu.core.documents.wording import compose as compose_lines
from danchu.core.errors import BadInput
from danchu.reporting.figures.dictionary import Definition
from danchu.reporting.figures.models import CellState, Layer
from danchu.reporting.figures.selectors import definitions
from danchu.reporting.figures.services import wholes_of
from danchu.reporting.rounds.selectors import RoundView

from .compose import AnnexOfUnits, ComposedParagraph, Report
from .compose.report import ComparisonRow, said_once
from .figures import ReportFigure
from .ground import annex_words
from .letterheads import AUTHORITIES, for_reference, issuer_name
from .prose import counts_or_text, name_inside
from .wording import Words, words


def official_document(report: Report) -> OfficialDocument:
    """The report in its layout, ready for any renderer.

    The day and the number are left open for văn thư, who gives them; a paper in another
    layout than the issuer's is marked as a reference and has neither number nor signature.
    Raises ``BadInput`` for a unit to whose kind the rules give no form.
    """
    if report.issuer.no_paper is not None:
        raise BadInput(*report.issuer.no_paper)
    say = words(report.language)
    annexes = tuple(_annexes(report, say))
    frame = _frame(report)
    with_this = naming(annexes, frame.layout, report.language)
    return replace(frame, blocks=tuple(_blocks(report, with_this)), annexes=annexes)


def _frame(report: Report) -> OfficialDocument:
    """The document without its text: head, name, bases and foot."""
    say = words(report.language)
    issuer = report.issuer
    if report.layout != issuer.layout and report.unit.level in AUTHORITIES:
        issuer = for_reference(report.unit, report.layout)
    return OfficialDocument(
        layout=layout_for(report.layout, report.written_on),
        parent_body=issuer.parent_body,
        issuing_body=issuer.issuing_body,
        symbol=issuer.symbol,
        issuer_name=issuer_name(report.layout, report.unit, report.period),
        place=issuer.place,
        date=report.written_on,
        day_open=True,
        title=report.title,
        addressee=report.addressee if report.layout == "state" else (),
        basis=report.basis,
        blocks=(),
        signatory=Signatory(issuer.authority, issuer.post),
        recipients=issuer.recipients,
        draft_mark=REFERENCE_MARK if report.is_reference else None,
        demo_mark=DEMONSTRATION_MARK if report.is_demonstration else None,
        language=report.language,
        metadata_title=f"{say.report}: {report.title}, {report.unit.name}",
    )


def head_and_foot(report: Report) -> Composed | None:
    """The lines around the text of the paper, for a page that is printed; None where none is."""
    if report.issuer.no_paper is not None:
        return None
    return compose_lines(_frame(report))


def _runs(paragraph: ComposedParagraph) -> tuple[Run, ...]:
    return tuple(
        Run(piece.text, figure_ref=str(piece.figure.ref) if piece.figure else None)
        for piece in paragraph.pieces
    )


def naming(annexes: Sequence[Annex], layout: Layout, language: str) -> tuple[Paragraph, ...]:
    """The sentence that names the annexes; one alone has no number to be named by."""
    if not annexes:
        return ()
    labels = [""]
    if len(annexes) > 1:
        labels = [f" ({annex_label(layout, n, len(annexes))})" for n in range(1, len(annexes) + 1)]
    if language == "en":
        labels = [label.replace("Phụ lục", "Annex") for label in labels]
    parts = "; ".join(
        f"{annex.title[:1].lower()}{annex.title[1:]}{label}"
        for annex, label in zip(annexes, labels, strict=True)
    )
    return (Paragraph((Run(words(language).with_this.format(parts=parts)),)),)


def _blocks(report: Report, with_this: tuple[Block, ...]) -> Iterator[Block]:
    for paragraph in report.opening:
        yield Paragraph(_runs(paragraph))
    for section in report.sections:
        if section.is_empty:
            continue  # the page asks for what is missing; a paper says what there is
        if not section.is_lone:
            yield Heading(section.depth, section.number, section.title)
        for paragraph in section.paragraphs:
            yield Paragraph(_runs(paragraph))
        if section.items:
            yield BulletList(tuple(_runs(item) for item in section.items))
    yield from with_this
    for paragraph in report.closing:
        yield Paragraph(_runs(paragraph))


def _annexes(report: Report, say: Words) -> Iterator[Annex]:
    if report.round is not None and _tells_missing(report.round):  # the opening names it
        yield Annex(say.missing_title, tuple(_missing(report, say)))
    comparison = [row for row in report.comparison if row.before]
    if comparison:
        yield Annex(say.comparison, tuple(_comparison(report, comparison, say)))
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


def _comparison(report: Report, comparison: Sequence[ComparisonRow], say: Words) -> Iterator[Block]:
    """The two periods side by side; why nothing is compared is said once and not in every row."""
    once = said_once(comparison)
    if once:
        yield Paragraph((Run(f"{once[:1].upper()}{once[1:]}."),))
    yield Table(
        columns=(
            Column("center", 0.6),
            Column("left", 3.6),
            Column("right", 1.2),
            Column("right", 1.2),
            *(() if once else (Column("right", 1.8),)),
        ),
        header=(
            (
                say.number,
                say.indicator,
                report.period_label,
                report.compared_with,
                *(() if once else (say.change,)),
            ),
        ),
        rows=tuple(
            (
                str(n),
                _name(row.figure, report),
                row.now,
                row.then,
                *(() if once else (row.change,)),
            )
            for n, row in enumerate(comparison, start=1)
        ),
    )


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
            (str(n), row[0], absent, *("" for _ in row[2:]))
            if absent
            else (str(n), *(cell or say.no_figure for cell in row))
            for n, (row, absent) in enumerate(annex.told, start=1)
        ),
        total=("", *(cell or say.no_figure for cell in annex.total)),
    )


def _tells_missing(found: RoundView) -> bool:
    """Whether the annex would hold more than its one sentence."""
    return bool(found.missing) or any(line.state == "excused" for line in found.reporters)


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
    if where := _where_to_look(report, say):
        yield Paragraph((Run(where),))
    bases = [
        "; ".join(filter(None, (rests_on(figure, report, say), _remark(figure, report))))
        for figure in shown
    ]
    usual, n_usual = max(Counter(bases).items(), key=lambda found: found[1], default=("", 0))
    is_one = n_usual == len(bases)
    if n_usual * 2 > len(bases) > 1:  # said once; beside a figure only what is otherwise
        said = say.rests_all if is_one else say.rests_most
        yield Paragraph((Run(said.format(basis=usual)),))
        bases = ["" if basis == usual else basis for basis in bases]
    has_column = any(bases)
    yield Table(
        columns=(
            Column("center", 0.6),
            Column("left", 4.4),
            Column("right", 1.4),
            *((Column("left", 3.8),) if has_column else ()),
        ),
        header=(
            (
                say.number,
                say.indicator,
                say.value,
                *((say.basis_of_value,) if has_column else ()),
            ),
        ),
        rows=tuple(
            (
                str(n),
                _name(figure, report),
                counts_or_text(figure),
                *((basis,) if has_column else ()),
            )
            for n, (figure, basis) in enumerate(zip(shown, bases, strict=True), start=1)
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
    if not address_of_installation():
        return ""
    path = f"/office/so-lieu/{report.unit.code}/{report.period.code}/"
    return say.look_up.format(address=absolute(path))


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
    if figure.is_own:
        return _handed_in(figure, say)
    if figure.layer == Layer.STATED and figure.stated is not None and not figure.stated.public:
        return say.reviewed
    told = say.layers[figure.layer].format(n=figure.n_reported, of=figure.n_expected)
    return told + (say.others.format(n=figure.n_others) if figure.n_others else "")


def _handed_in(figure: ReportFigure, say: Words) -> str:
    """The unit's own version: taken from its records, or typed, with the reason that was given."""
    if figure.typed is None:
        return say.own_version
    if not figure.typed:
        return say.own_recorded
    return say.own_typed + (say.why.format(reason=figure.why.rstrip(".")) if figure.why else "")


def _confirmed(figure: ReportFigure, say: Words) -> str:
    """A nought rests on a word of the unit, or of those below it; no record speaks of it."""
    if figure.n_expected != 1:
        return say.confirmed_below.format(n=figure.n_reported, of=figure.n_expected)
    if figure.said_on is None:
        return say.confirmed
    return say.confirmed_on.format(day=short_date(figure.said_on))


def _remark(figure: ReportFigure, report: Report) -> str:
    return figure.remark_en if report.language == "en" else figure.remark_vi
