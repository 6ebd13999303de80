"""Forms: Vietnamese days and numbers, sentences beside the field, nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from danchu.core.errors import BadInput, Conflict
from danchu.web.design.forms import (
    DanchuForm,
    VietnameseDateField,
    VietnameseNumberField,
    of_row,
)
from tests.web.design.pages import SampleForm

FULL = {"place": "Nhà văn hóa", "held_on": "20/11/2026", "number": "1.246", "kind": "a"}


@pytest.mark.parametrize(
    "typed",
    [
        "20/11/2026",
        "20-11-2026",
        "20.11.2026",
        "2026-11-20",
        "20112026",
        " 20/11/2026 ",
        "20 11 2026",
    ],
)
def test_a_day_is_read_in_every_usual_way(typed):
    assert VietnameseDateField().clean(typed) == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31/02/2026", "Không có ngày 31/2/2026"),
        ("11/20/2026", "Không có ngày 11/20/2026"),
        ("20/11", "Ghi ngày, tháng, năm bằng số"),
        ("20/11/26", "Ghi đủ bốn chữ số của năm"),
        ("1.12.26", "Ghi đủ bốn chữ số của năm"),
        ("hôm nay", "Ghi ngày, tháng, năm bằng số"),
        ("20/11-2026", "Ghi ngày, tháng, năm bằng số"),
        ("٢٠/١١/٢٠٢٦", "Ghi ngày, tháng, năm bằng số"),
        ("20/11/0026", "Ghi ngày từ 01/01/1900"),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_write(typed, says):
    with pytest.raises(forms.ValidationError, match=says):
        VietnameseDateField().clean(typed)


def test_a_day_outside_the_bounds_of_the_page_is_refused():
    field = VietnameseDateField(latest=dt.date(2026, 11, 20))
    assert field.clean("20/11/2026")
    with pytest.raises(forms.ValidationError, match="đến 20/11/2026"):
        field.clean("21/11/2026")


@pytest.mark.parametrize(
    ("typed", "read"),
    [("4.984", 4984), ("4984", 4984), ("4 984", 4984), ("0", 0), ("1.234.567", 1234567)],
)
def test_a_number_is_read_as_it_is_written(typed, read):
    assert VietnameseNumberField().clean(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["4.98", "12.34", "4,984.5", "mấy", "-1", "1/2", "hơn 10", "3-5", "12,5", "1e9", "9" * 30],
)
def test_what_is_no_number_or_could_be_two_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        VietnameseNumberField().clean(typed)


def test_decimals_come_out_as_an_exact_integer_of_the_last_place():
    field = VietnameseNumberField(decimals=1)
    assert field.clean("94,8") == 948
    assert field.clean("94") == 940
    with pytest.raises(forms.ValidationError):
        field.clean("94,85")
    assert VietnameseNumberField(smallest=-100).clean("-5") == -5
    with pytest.raises(forms.ValidationError, match=r"từ 0 đến 1\.000"):
        VietnameseNumberField(largest=1000).clean("1001")


def test_a_number_and_a_day_are_shown_as_they_are_written():
    form = SampleForm(initial={"number": 4984, "held_on": dt.date(2026, 11, 20)})
    assert 'value="4.984"' in str(form["number"])
    assert 'value="20/11/2026"' in str(form["held_on"])


def test_one_wrong_field_keeps_all_the_others_as_typed():
    form = SampleForm({**FULL, "held_on": "31/02/2026", "number": "1.246", "topics": ["y"]})
    assert not form.is_valid()
    assert list(form.errors) == ["held_on"]
    page = str(form)
    assert 'value="31/02/2026"' in page
    assert 'value="1.246"' in page
    assert 'value="Nhà văn hóa"' in page
    assert page.count("checked") == 2  # the radio and the topic


def test_the_error_stands_between_hint_and_input_and_is_linked_from_the_top():
    form = SampleForm({**FULL, "place": ""})
    page = str(form)
    assert (
        page.index("id_place_helptext")
        < page.index('id="id_place_error"')
        < page.index('name="place"')
    )
    assert '<a href="#id_place">Điền “Nơi họp”.</a>' in page
    assert 'aria-describedby="id_place_helptext id_place_error"' in page
    assert "Còn 1 chỗ cần sửa" in page
    assert page.index("govuk-error-summary") < page.index("govuk-form-group")


def test_radios_are_one_group_with_a_legend_and_the_link_goes_to_the_first():
    page = str(SampleForm({**FULL, "kind": ""}))
    assert '<a href="#id_kind_0">Chọn “Loại”.</a>' in page
    assert '<legend class="govuk-fieldset__legend">Loại</legend>' in page
    assert 'class="govuk-radios__input"' in page
    assert 'class="govuk-checkboxes__input"' in page


def test_hints_and_labels_are_text_never_markup():
    page = str(SampleForm())
    assert "Ghi &lt;b&gt;tên&lt;/b&gt; thôn." in page
    assert "style=" not in page


def test_a_file_field_says_what_to_do_in_the_language_of_the_page_beside_its_own_input():
    class Sheets(DanchuForm):
        one = forms.FileField(label="Bảng")
        photo = forms.FileField(widget=forms.FileInput(attrs={"capture": "environment"}))

    page = str(Sheets())
    for name, words in (("one", "Chọn tệp"), ("photo", "Chụp, chọn ảnh")):
        inside = page[page.index(f'name="{name}"') :].split("</span>")[0]
        assert inside.endswith(f'<span class="pick-words" aria-hidden="true">{words}')
    assert page.count('<span class="pick"><input class="govuk-file-upload"') == 2
    assert '<label class="govuk-label" for="id_one">' in page


def test_a_refused_form_names_the_files_that_have_to_be_chosen_again():
    class Upload(DanchuForm):
        title = forms.CharField(label="Tên")
        report = forms.FileField(label="Tệp", help_text="Nhiều nhất 20 MB.", required=False)
        other = forms.FileField(label="Tệp khác", required=False)

    sent = MultiValueDict({"report": [SimpleUploadedFile("báo <b> cáo.docx", b"x")]})
    refused = Upload({"title": ""}, sent)
    assert not refused.is_valid()
    again = "Trang không giữ được tệp đã chọn. Chọn lại: “báo &lt;b&gt; cáo.docx”."
    shown = refused["report"].as_field_group()
    assert f"{again} Nhiều nhất 20 MB.</div>" in shown
    assert "Chọn lại" not in refused["other"].as_field_group()
    # A file that is itself refused is told of by its own error; a form that is taken says nothing.
    refused.add_error("report", "Tệp lớn hơn 20 MB.")
    assert "Chọn lại" not in refused["report"].as_field_group()
    taken = Upload({"title": "Một"}, sent)
    assert taken.is_valid() and "Chọn lại" not in taken["report"].as_field_group()
    # What the service refuses later is a refused form too.
    taken.refuse(Conflict("Đã có.", "There is one."))
    assert again in taken["report"].as_field_group()


def test_text_is_cleaned_at_the_door_and_refused_there_beside_its_field(monkeypatch):
    apart = unicodedata.normalize("NFD", "Nhà ở")
    assert apart != "Nhà ở"
    form = SampleForm({**FULL, "place": apart + "  "})
    assert form.is_valid()
    assert form.cleaned_data["place"] == "Nhà ở"

    def closed(text):
        raise BadInput("Không nhận nội dung mật.", "No secrets.")

    monkeypatch.setattr("danchu.web.design.forms.at_the_door", closed)
    form = SampleForm(FULL)
    assert not form.is_valid()
    assert form.errors["place"] == ["Không nhận nội dung mật."]


def test_a_password_is_left_exactly_as_typed():
    class Secret(DanchuForm):
        word = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput, strip=False)

    apart = " " + unicodedata.normalize("NFD", "ở") + " "
    form = Secret({"word": apart})
    assert form.is_valid()
    assert form.cleaned_data["word"] == apart


def test_every_fault_is_told_where_the_form_says_and_a_known_key_is_remembered():
    class WithRows(SampleForm):
        def tell(self, fault):
            found = of_row(fault, "rows")
            if found is None:
                super().tell(fault)
            else:
                rows[found[0]].tell(found[1])

    form, rows = WithRows(FULL), [SampleForm(FULL), SampleForm(FULL)]
    assert all(one.is_valid() for one in (form, *rows))
    refusal = Conflict("Đã gửi.", "Sent before.", code="sent_before")
    refusal.also = (
        BadInput("Ghi nơi.", "Write the place.", field="rows-1-place"),
        BadInput("Ghi ngày.", "Write the day.", field="held_on"),
        BadInput("Sai phụ lục.", "A wrong annex.", field="annexes-0-title"),
    )
    form.refuse(refusal)
    assert form.wrong_fields == [
        ("", "Đã gửi."),
        ("", "Sai phụ lục."),
        ("id_held_on", "Ghi ngày."),
    ]
    assert [row.wrong_fields for row in rows] == [[], [("id_place", "Ghi nơi.")]]
    assert form.sent_before and not rows[1].sent_before


def test_what_a_service_refuses_stands_beside_the_field_it_names_or_at_the_top():
    form = SampleForm(FULL)
    assert form.is_valid()
    form.refuse(Conflict("Đã có người ghi.", "Somebody wrote it.", field="held_on"))
    assert form.errors["held_on"] == ["Đã có người ghi."]
    form = SampleForm(FULL)
    assert form.is_valid()
    form.refuse(Conflict("Chưa mở kỳ.", "The period is not open."))
    assert form.wrong_fields == [("", "Chưa mở kỳ.")]
    with override("en"):
        form = SampleForm(FULL)
        form.is_valid()
        form.refuse(Conflict("Chưa mở kỳ.", "The period is not open."))
        assert form.wrong_fields == [("", "The period is not open.")]


@pytest.mark.usefixtures("sample_pages")
def test_a_form_page_shows_the_refusal_of_the_service_and_keeps_what_was_typed(client, db):
    answer = client.post("/bieu-mau/", FULL)
    text = answer.content.decode()
    assert "Đã có người ghi." in text
    assert 'value="Nhà văn hóa"' in text
    assert "<title>Lỗi:" in text
    assert "no-store" in answer["Cache-Control"]
