"""The tags: numbers, days, shares, icons and bars."""

from __future__ import annotations

import datetime as dt
import uuid
from fractions import Fraction

import pytest
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from danchu.web.design.templatetags.danchu import at, fig, icon, percent, tag_state, vdate, vnumber


def drawn(source, request=None, **context):
    return engines["django"].from_string(source).render(context, request)


def test_numbers_are_grouped_as_each_language_groups_them():
    assert [vnumber(n) for n in (0, 12, 1246, 1234567, -4984)] == [
        "0",
        "12",
        "1.246",
        "1.234.567",
        "-4.984",
    ]
    assert vnumber(948, 1) == "94,8"
    assert vnumber(5, 2) == "0,05"
    assert vnumber(None) == ""
    with override("en"):
        assert vnumber(1246) == "1,246"
        assert vnumber(948, 1) == "94.8"


def test_words_and_addresses_that_are_kept_follow_the_language_of_each_page():
    words = engines["django"].from_string(
        '{% trans "Ghi việc" %} {% trans "Ghi việc" as w %}{{ w }}'
    )
    address = engines["django"].from_string(
        '{% url "office:dialogue" id %} {% url "office:record" %}'
    )
    for number in (1, 2**90 + 7):
        one = uuid.UUID(int=number)
        for language in ("vi", "en", "vi"):
            with override(language):
                said = words.render().split(" ")
                assert said[: len(said) // 2] == said[len(said) // 2 :]
                assert (" ".join(said) == "Ghi việc Ghi việc") is (language == "vi")
                assert address.render({"id": one}) == (
                    f"{reverse('office:dialogue', args=[one])} {reverse('office:record')}"
                )


def test_a_sentence_that_is_kept_takes_its_values_anew_and_escapes_them():
    source = "{% blocktrans with name=who.name %}Người dùng: {{ name }}{% endblocktrans %}"
    sentence = engines["django"].from_string(source)
    for language, name in (("vi", "<b>"), ("en", "An"), ("vi", "Bình & An")):
        with override(language):
            plain = engines["django"].from_string("{{ name }}").render({"name": name})
            said = sentence.render({"who": {"name": name}})
            assert said.endswith(f": {plain}")
            assert said.startswith("Người dùng") is (language == "vi")
    counted = "{% blocktrans count n=n %}{{ n }} việc{% plural %}{{ n }} việc{% endblocktrans %}"
    assert drawn(counted, n=0) == "0 việc"
    with override("en"):
        said = [drawn(counted, n=n) for n in (1, 2, 1234)]
    assert [text.split()[1] for text in said] == ["task", "tasks", "tasks"]
    # As Django writes it, in a variable as well.
    assert drawn(
        "{% blocktrans asvar w with n=5 %}{{ n }} số 100%{% endblocktrans %}[{{ w }}]"
    ) == ("[5 số 100%]")


def test_an_address_with_a_wrong_id_is_refused_as_django_refuses_it():
    address = engines["django"].from_string('{% url "office:person" id %}')
    assert address.render({"id": 12}) == reverse("office:person", args=[12])
    for wrong in (-1, "", "x/y", None):
        with pytest.raises(NoReverseMatch):
            address.render({"id": wrong})


@pytest.mark.parametrize("value", [1.5, "1246", True])
def test_a_figure_is_an_integer_and_nothing_else(value):
    with pytest.raises(TypeError):
        vnumber(value)


def test_days_are_written_as_each_language_reads_them():
    day = dt.date(2026, 11, 20)
    assert vdate(day) == "20/11/2026"
    assert vdate(day, "short") == "20/11"
    assert vdate(day, "long") == "Thứ Sáu, 20/11/2026"
    assert vdate(None) == ""
    with override("en"):
        assert vdate(day) == "20 November 2026"
        assert vdate(day, "short") == "20 Nov"
        assert vdate(day, "in") == vdate(day, "long") == "Friday, 20 November 2026"
        assert vdate(dt.date(2026, 12, 3)) == "3 December 2026"


def test_an_instant_is_told_in_the_time_of_viet_nam():
    late = dt.datetime(2026, 11, 20, 17, 30, tzinfo=dt.UTC)  # 00:30 on the 21st there
    assert vdate(late) == "21/11/2026"
    assert vdate(late, "time") == "0 giờ 30, 21/11/2026"


def test_a_share_is_made_of_its_two_numbers():
    assert percent(1181, 1246) == "94,8%"
    assert percent(96, 100) == "96%"
    assert percent(1, 3) == "33,3%"
    assert percent(1, 8, 1) == "12,5%"
    assert percent(1, 16, 1) == "6,3%"  # 6,25 is rounded away from zero
    assert percent(-1, 16, 1) == "-6,3%"
    assert percent(0, 5) == "0%"
    assert percent(0, 0) == ""
    assert percent(None, 5) == ""


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_a_share_is_the_exact_share_rounded_half_away_from_zero(part, whole):
    shown = percent(part, whole)
    value = Fraction(shown.rstrip("%").replace(".", "").replace(",", "."))
    assert abs(value - Fraction(part * 100, whole)) <= Fraction(1, 20)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_bar_is_empty_only_at_nothing_and_full_only_at_all(part, whole):
    width = int(at(part, whole).removeprefix("at-"))
    assert 0 <= width <= 100
    assert (width == 0) == (part == 0)
    assert (width == 100) == (part >= whole)


def test_an_icon_is_hidden_from_screen_readers_and_must_exist():
    assert 'aria-hidden="true"' in icon("search")
    assert "<path d=" in icon("search")
    with pytest.raises(TemplateSyntaxError, match="no icon 'lotus'"):
        icon("lotus")


def test_a_state_is_a_word_with_its_tone():
    assert "is-late" in drawn('{% tag_state "late" "Quá hạn 2 ngày" %}')
    assert "Quá hạn 2 ngày" in drawn('{% tag_state "late" "Quá hạn 2 ngày" %}')
    with pytest.raises(TemplateSyntaxError):
        tag_state("red", "x")


@pytest.mark.parametrize(
    ("n", "m", "css", "words"),
    [
        (6, 15, "at-40", "Ngày 6/15"),
        (14, 15, "is-soon", "Ngày 14/15"),
        (15, 15, "is-soon", "Ngày cuối"),
        (17, 15, "is-late", "Ngày 17/15"),
    ],
)
def test_day_n_of_m_says_the_day_and_turns_red_only_when_late(n, m, css, words):
    page = drawn("{% day_bar n m %}", n=n, m=m)
    assert css in page
    assert words in page
    assert ("is-late" in page) == (n > m)


def test_a_figure_is_a_link_to_where_it_comes_from():
    page = drawn('{% fig 1246 "/so-lieu/1/" label="ý kiến" %}')
    assert '<a class="fig" href="/so-lieu/1/" aria-label="1.246, ý kiến">1.246</a>' in page
    assert "<span" in drawn("{% fig 27 tone='hand' %}")
    with pytest.raises(TemplateSyntaxError):
        fig(1, tone="good")


def test_the_parts_escape_what_people_wrote():
    bad = "<script>x</script>"
    for source in (
        "{% fig bad %}",
        "{% tag_state 'idle' bad %}",
        "{% empty bad bad bad '/x/' %}",
        "{% crumbs trail %}",
        "{% day_cells cells bad %}",
    ):
        assert "<script>" not in drawn(source, bad=bad, trail=[(bad, "/x/")], cells=["p"])


def test_pages_keep_the_other_parameters(rf):
    page = Paginator(range(300), 10).page(15)
    shown = drawn("{% pagination page %}", rf.get("/x/?q=a%26b&trang=15"), page=page)
    assert 'href="?q=a%26b&amp;trang=16"' in shown
    assert 'aria-current="page">15<' in shown
    assert (
        drawn("{% pagination page %}", rf.get("/x/"), page=Paginator([1], 10).page(1)).strip() == ""
    )


def test_a_telephone_number_can_be_called_and_other_words_stay_words():
    shown = drawn("{{ a|telephone }}", a="0203 3.123-456")
    assert shown == '<a class="nowrap" href="tel:02033123456">0203 3.123-456</a>'
    assert drawn("{{ a|telephone }}", a="+84 203 3123456").startswith("<a ")
    for words in ("0203 3123456, xin gặp văn thư", "<b>113</b>", "", "11"):
        assert "<a" not in drawn("{{ a|telephone }}", a=words)
        assert "<b>" not in drawn("{{ a|telephone }}", a=words)


def test_a_number_written_elsewhere_is_read_in_the_language_of_the_page():
    numbers = {"1.246": "1,246", "94,8%": "94.8%", "9.300,5": "9,300.5", "−12,5%": "−12.5%"}
    for vietnamese, english in numbers.items():
        assert drawn("{{ a|written }}", a=vietnamese) == vietnamese
        with override("en"):
            assert drawn("{{ a|written }}", a=vietnamese) == english
    with override("en"):
        for words in ("dưới 5", "", "12, 13", "quý I"):
            assert drawn("{{ a|written }}", a=words) == words
