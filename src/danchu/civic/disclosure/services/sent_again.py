"""What a notice says as its versions keep it, and whether a form sent again says the same."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from danchu.core import clock
from danchu.core.contracts import Actor
from danchu.core.errors import BadInput, Conflict
from danchu.core.files.models import StoredFile
from danchu.core.ledger.selectors import first_done_at
from danchu.core.records.models import Record
from danchu.core.records.services import before_corrections
from danchu.core.text import format_date

from ..models import Notice, Posting
from .documents import live_documents
from .inputs import EvidenceInput, HandedIn, NoticeInput
from .judging import Judged
from .named import NamedRow
from .names import names_of
from .place_inputs import clean_link
from .postings import told

# A place as it was sent: kind, name, first day, link, and what shows that it hung there.
_Place = tuple[object, ...]


def snapshot(notice: Notice) -> dict[str, object]:
    """What the notice says, without the names of its list."""
    of = {"budget_period": notice.budget_period} if notice.budget_period else {}
    return {
        **of,
        "occurred_on": notice.record.occurred_on.isoformat(),
        **_snapshot_of_columns(notice),
        "named": notice.named.count() if notice.has_names else None,
        "names_not_after": _iso(notice.names_not_after),
        "documents": [row.file.sha256 for row in live_documents(notice) if row.file],
        "planned_item": notice.planned_item_id,
        "corrects": notice.corrects_id,
        "visibility": notice.record.visibility,
    }


def _snapshot_of_columns(notice: Notice) -> dict[str, object]:
    return {
        "rule_key": notice.rule_key,
        "rule_version": notice.rule_version,
        "title": notice.title,
        "text": notice.text,
        "document_number": notice.document_number,
        "decided_on": notice.decided_on.isoformat(),
        "due_on": _iso(notice.due_on),
        "permanent": notice.permanent,
        "table": notice.table,
    }


def require_standing(sent: Notice) -> None:
    """Raise ``Conflict`` (code "sent_before") where what a form wrote before was cancelled since.

    Its names are overwritten then: whether the same was sent again cannot be told.
    """
    if sent.record.state != Record.State.RECORDED:
        raise Conflict(
            f"Phiếu này đã được gửi trước đó cho nội dung “{sent.title}”, và nội dung đó đã bị "
            "hủy. Lần gửi này chưa được lưu và chưa công khai. Nếu vẫn cần công khai, bấm gửi "
            "lần nữa.",
            f"This form was sent before for “{sent.title}”, which was cancelled since. What was "
            "sent now was not saved or published. If it is still to be published, send it once "
            "more.",
            code="sent_before",
        )


class AlikeStands(BadInput):
    """A notice that says the same stands in the unit: ``public_id``."""

    def __init__(self, public_id: uuid.UUID, vi: str, en: str, *, code: str, field: str) -> None:
        super().__init__(vi, en, code=code, field=field)
        self.public_id = public_id


def refuse_alike(
    unit_id: int,
    columns: Mapping[str, object],
    named: Sequence[NamedRow] | None,
    corrects: Notice | None,
) -> None:
    """Raise ``AlikeStands`` (code "alike") where a notice that stands in the unit says the same.

    It came by another form, so that no key tells. Under the lock of the unit, which
    ``open_record`` takes: of some sent at once all but one are asked. Files and places are not
    compared; they can be added to the one that stands.
    """
    same = {name: columns[name] for name in ("rule_key", "title", "document_number", "decided_on")}
    standing = Notice.objects.select_related("record").filter(
        record__unit_id=unit_id,
        record__state=Record.State.RECORDED,
        register_of="",
        corrects=corrects,
        has_names=named is not None,
        **same,
    )
    for other in standing.order_by("pk"):
        alike = (other.text, other.table, other.budget_period) == (
            columns["text"],
            columns["table"],
            columns["budget_period"],
        )
        if not alike or (named is not None and names_of(other) != tuple(named)):
            continue
        day = format_date(other.record.occurred_on)
        raise AlikeStands(
            other.record.public_id,
            f"Đã có nội dung giống hệt, công khai ngày {day}. Ghi thêm thì nội dung này được tính "
            "hai lần; nơi niêm yết, tệp mới thì ghi trên trang của nội dung đã có.",
            f"The same content, disclosed on {day}, is written down already. Written once more it "
            "counts twice; new places and files are added on the page of that one.",
            code="alike",
            field="title",
        )


def require_same_notice(
    actor: Actor, sent: Notice, said: Judged, content: NoticeInput, visibility: str
) -> None:
    """Raise ``Conflict`` (code "sent_before") where a form comes back with another content.

    Going back in the browser and writing the next notice into the same form, or adding to it,
    does that: nothing of it may be taken for published. Compared is what was written first, also
    where it was corrected or added to since. A list whose names are overwritten cannot be; of
    documents that went with it only the number is known.
    """
    kept = before_corrections(sent.record)
    first = kept or snapshot(sent)
    typed = _snapshot_of_columns(Notice(record=sent.record, **said.columns))
    compared = ("rule_key", "title", "text", "table", "document_number", "decided_on")
    now = {
        **{name: typed[name] for name in compared},
        "occurred_on": said.day.isoformat(),
        "named": None if said.named is None else len(said.named),
        "names_not_after": _iso(said.names_end),
        "planned_item": content.planned_item_id,
        "corrects": content.corrects_id,
        "visibility": visibility,
    }
    # What the versions did not keep yet when the first was kept is not known.
    same = all(first.get(name, value) == value for name, value in now.items())
    same = same and first.get("budget_period", "") == said.columns["budget_period"]
    if same and kept is None and sent.names_forgotten_at is None:
        same = names_of(sent) == (said.named or ())
    if same:
        # Whatever the first sending brought was there when the ledger was told of it.
        written = first_done_at(sent.pk, "disclosure.recorded") or clock.now()
        same = _same_documents(actor, sent, content.documents, written) and (
            _places_of(sent, written) == _places_in(actor, said, content)
        )
    if not same:
        raise Conflict(
            f"Phiếu này đã được gửi trước đó cho nội dung “{sent.title}”. Nội dung vừa nhập khác "
            "nên chưa được lưu và chưa công khai. Nếu là nội dung mới, bấm gửi lần nữa; nếu là "
            "sửa, mở nội dung đó để sửa.",
            f"This form was sent before for “{sent.title}”. What was typed now is different; it "
            "was not saved or published. If it is a new content, send it once more; to correct "
            "that one, open it.",
            code="sent_before",
        )


def _same_documents(
    actor: Actor, sent: Notice, files: Sequence[HandedIn], written: dt.datetime
) -> bool:
    """Whether the same files came, told by the hash of what was handed in."""
    there = list(sent.documents.filter(added_at__lte=written).select_related("file"))
    given = {file.public_id: file for file in files}.values()
    if any(row.file is None for row in there):  # deleted with the names of the list
        return len(there) == len(given)
    hashes = _hashes(actor, given)
    return Counter(row.file.sha256_given for row in there if row.file) == Counter(
        hashes.get(file.public_id) for file in given
    )


def _places_of(sent: Notice, written: dt.datetime) -> Counter[_Place]:
    """The places that came with a notice, as they were written first."""
    rows = Posting.objects.filter(notice=sent, record__created_at__lte=written)
    found: Counter[_Place] = Counter()
    for posting in rows.select_related("record").order_by("pk"):
        first = before_corrections(posting.record) or told(posting)
        shown = sorted(
            (row.moment, row.file.sha256_given if row.file else row.link)
            for row in posting.evidence.filter(added_at__lte=written).select_related("file")
        )
        found[(*(first[name] for name in _PLACE), *shown)] += 1
    return found


_PLACE = ("kind", "place", "starts_on", "link")


def _places_in(actor: Actor, said: Judged, content: NoticeInput) -> Counter[_Place]:
    """The places that came now."""
    proofs = [one.evidence for one in content.postings]
    hashes = _hashes(actor, [one.file for one in proofs if one is not None and one.file])
    found: Counter[_Place] = Counter()
    for values, proof in zip(said.postings, proofs, strict=True):
        typed = {**values, "starts_on": values["starts_on"].isoformat()}
        shown = () if proof is None else ((proof.moment, _shown(proof, hashes)),)
        found[(*(typed[name] for name in _PLACE), *shown)] += 1
    return found


def _shown(proof: EvidenceInput, hashes: dict[object, str]) -> str | None:
    if proof.file is not None:
        return hashes.get(proof.file.public_id)
    return clean_link(proof.link, "evidence_link", required=False)


def _hashes(actor: Actor, files: Iterable[HandedIn]) -> dict[object, str]:
    """By the file, the hash of what the person handed in; of nobody else's file."""
    rows = StoredFile.objects.filter(
        public_id__in=[file.public_id for file in files], uploaded_by_id=actor.actor_id
    )
    return dict(rows.values_list("public_id", "sha256_given"))


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
