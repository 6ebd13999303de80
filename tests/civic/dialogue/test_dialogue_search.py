"""Minutes and opinions in lists that mix kinds: only what the viewer may see."""

from __future__ import annotations

from danchu.civic.dialogue.services import publish_result
from danchu.core.contracts import NOBODY, declared_findables
from tests.cast import Cast
from tests.making import DAY, hold


def test_a_neighbour_finds_nothing_and_the_public_what_was_published(cast: Cast) -> None:
    writer = cast.recorder_benmau
    shown = hold(writer, cast.benmau, "Mương bị lấp.")
    hidden = hold(writer, cast.benmau, "Đèn hỏng.", topic="Việc nội bộ")
    publish_result(actor=writer, record_id=shown.pk, on=DAY, summary="Đã khơi.")
    minutes, opinions = declared_findables()["dialogue"], declared_findables()["opinion"]
    ids = [shown.pk, hidden.pk]
    said = [shown.opinions.get().pk, hidden.opinions.get().pk]
    address = f"/office/ghi-viec/doi-thoai/{shown.record.public_id}/"

    assert set(minutes.visible(writer, ids)) == set(ids)
    assert minutes.visible(writer, ids)[shown.pk] == (
        "20/05/2026: Đối thoại về vệ sinh môi trường",
        address,
    )
    assert opinions.visible(writer, said)[said[0]] == (
        "20/05/2026: Mương bị lấp.",
        f"{address}#y-kien-1",
    )
    for viewer in (NOBODY, cast.recorder_caumau, cast.village_head):
        assert set(minutes.visible(viewer, ids)) == {shown.pk}
        assert set(opinions.visible(viewer, said)) == {said[0]}
    assert minutes.visible(writer, []) == {}
    assert minutes.visible(writer, said) == {}
