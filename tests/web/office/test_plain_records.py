"""Receptions and other work."""

from __future__ import annotations

import uuid

from danchu.civic.otherwork.models import OtherWork
from danchu.civic.reception.models import Reception

RECEPTION = "/office/ghi-viec/tiep-cong-dan/moi/"
OTHER = "/office/ghi-viec/viec-khac/moi/"


def _reception(**changes):
    return {
        "client_key": str(uuid.uuid4()),
        "occurred_on": "03/06/2026",
        "form": "periodic",
        "receiver": "head",
        "receiver_post": "Chủ tịch UBND xã",
        "visits": "3",
        "people": "12",
        "matters": "2",
        "mass_groups": "1",
        **changes,
    }


def test_a_reception_is_written_and_visits_people_and_matters_are_not_ordered(cast, as_person):
    client = as_person(cast.recorder_benmau)
    assert client.post(RECEPTION, _reception()).status_code == 302
    assert client.post(RECEPTION, _reception(people="1", matters="9")).status_code == 302
    assert sorted(Reception.objects.values_list("visits", "people", "matters")) == [
        (3, 1, 9),
        (3, 12, 2),
    ]
    for changes in ({"visits": ""}, {"visits": "-1"}, {"visits": "2,5"}, {"form": "x"}):
        assert client.post(RECEPTION, _reception(**changes)).status_code == 400, changes
    assert as_person(cast.viewer_benmau).post(RECEPTION, _reception()).status_code == 403
    assert Reception.objects.count() == 2


def test_a_reception_is_corrected_and_cancelled(cast, as_person):
    client = as_person(cast.recorder_benmau)
    page = client.post(RECEPTION, _reception()).url
    made = Reception.objects.get()
    wrong = client.post(page + "sua/", _reception(version=99, visits="4", reason="Đếm lại"))
    assert wrong.status_code == 400
    right = client.post(page + "sua/", _reception(version=1, visits="4", reason="Đếm lại"))
    assert right.status_code == 302
    made.refresh_from_db()
    assert made.visits == 4
    assert client.post(page + "huy/", {"reason": "Ghi trùng"}).status_code == 302
    assert "Ghi trùng" in client.get(page).content.decode()
    assert as_person(cast.recorder_caumau).get(page).status_code == 404


def test_other_work_reads_its_number_in_the_unit_of_its_kind(cast, as_person):
    client = as_person(cast.recorder_benmau)
    typed = {
        "client_key": str(uuid.uuid4()),
        "occurred_on": "03/06/2026",
        "kind": "land_donated_m2",
        "number": "9.300,5",
        "base_kind": "commune",
    }
    page = client.post(OTHER, typed)
    assert page.status_code == 302
    assert OtherWork.objects.get().number == 9_300_500
    assert "9.300,5" in client.get(page.url).content.decode()
    for changes in ({"number": "nhiều"}, {"kind": ""}, {"number": "-2"}):
        answer = client.post(OTHER, {**typed, "client_key": str(uuid.uuid4()), **changes})
        assert answer.status_code == 400, changes
    assert OtherWork.objects.count() == 1


def test_who_received_is_chosen_never_assumed(cast, as_person):
    client = as_person(cast.recorder_benmau)
    page = "/office/ghi-viec/tiep-cong-dan/moi/"
    assert '<option value="" selected>Chọn người tiếp</option>' in " ".join(
        client.get(page).content.decode().split()
    )
    typed = {"occurred_on": "10/06/2026", "form": "regular", "receiver_post": "Công chức"}
    typed |= {"visits": "3", "mass_groups": "0"}
    wrong = client.post(page, typed)
    assert wrong.status_code == 400
    assert "Chọn “Người tiếp”." in wrong.content.decode()
    assert client.post(page, {**typed, "receiver": "officer"}).status_code == 302


def test_a_reception_on_a_day_off_says_so(cast, as_person):
    client = as_person(cast.recorder_benmau)
    for day, why in (
        ("30/04/2026", "nghỉ lễ"),
        ("06/06/2026", "nghỉ hằng tuần"),
        ("10/06/2026", ""),
    ):
        typed = {"occurred_on": day, "form": "regular", "receiver": "officer"}
        typed |= {"receiver_post": "Công chức", "visits": "3", "mass_groups": "0"}
        page = client.post("/office/ghi-viec/tiep-cong-dan/moi/", typed, follow=True)
        text = page.content.decode()
        assert ("là ngày nghỉ" in text) == bool(why), day
        assert why in text


def test_a_session_that_does_not_count_as_the_leaders_says_so(cast, as_person):
    client = as_person(cast.recorder_benmau)
    for form, receiver, words in (
        ("periodic", "officer", "không tính vào số buổi lãnh đạo tiếp"),
        ("periodic", "deputy", "không tính vào số buổi người đứng đầu tiếp"),
        ("periodic", "head", ""),
        ("regular", "officer", ""),
    ):
        made = client.post(RECEPTION, _reception(form=form, receiver=receiver))
        page = client.get(made.url).content.decode()
        assert ("không tính vào số buổi" in page) == bool(words), (form, receiver)
        assert words in page
    nobody = client.post(RECEPTION, _reception(visits="0", people="3", mass_groups="0"))
    assert nobody.status_code == 400
    assert "ít nhất một lượt tiếp" in nobody.content.decode()
