"""Rules are read in words, and a comparison is chosen from lists instead of written."""

from __future__ import annotations

from danchu.reporting.checks.models import CheckRule
from danchu.web.office.rule_words import applied_in_words, rule_in_words, sentence_shown


def test_a_rule_is_told_by_the_names_of_its_indicators(cast):
    told = rule_in_words("opinions_resolved <= opinions_received")
    assert told.startswith("“") and "không lớn hơn" in told and "opinions" not in told
    assert rule_in_words("value <= 10000000") == "số của chỉ tiêu không lớn hơn 10.000.000"
    assert applied_in_words("counts -dialogues_held") == "các số đếm, trừ “Cuộc đối thoại”"
    assert sentence_shown("“{name}” ghi {value}.") == "“[tên chỉ tiêu]” ghi [số đã ghi]."


def test_a_comparison_is_chosen_from_lists_tried_and_kept(cast, as_person):
    client = as_person(cast.admin)
    page = client.get("/office/quy-tac/").content.decode()
    assert "Từ điển chỉ tiêu" in page
    assert "{name}" not in page and "các số đếm" in page
    given = {
        "left": "dialogues_held",
        "relation": "<=",
        "right": "conferences_held",
        "layer": "form",
        "severity": "justify",
    }
    tried = client.post("/office/quy-tac/moi/", given | {"viec": "thu"})
    said = tried.content.decode()
    assert tried.status_code == 200 and "Cán bộ sẽ thấy:" in said
    mark = said.partition('name="da-thu" value="')[2].partition('"')[0]
    client.post("/office/quy-tac/moi/", given | {"viec": "luu", "da-thu": mark})
    kept = CheckRule.objects.get(rule="dialogues_held <= conferences_held")
    assert "{dialogues_held}" in kept.sentence_vi
    nothing = client.post("/office/quy-tac/moi/", {"layer": "form", "severity": "warn"})
    assert nothing.status_code == 400
