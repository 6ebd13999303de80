"""A document kept as data is the same document: the same pages, today and later."""

from __future__ import annotations

import json

import pytest

from danchu.core.documents import render_docx, render_pdf
from danchu.core.documents.keeping import as_data, from_data

from .papers import big, party, state


@pytest.mark.parametrize("paper", [state(), party(), big()], ids=["state", "party", "big"])
def test_what_was_kept_prints_the_same_files(paper):
    kept = json.dumps(as_data(paper), ensure_ascii=False, sort_keys=True)
    again = from_data(json.loads(kept))
    assert again == paper
    assert render_docx(again) == render_docx(paper)
    assert render_pdf(again) == render_pdf(paper)


def test_anything_else_is_refused():
    for wrong in (
        {},
        {"is": "Run", "text": "x"},
        {"is": "Popen", "args": "x"},
        {"is": "OfficialDocument", "layout": "state"},
        {**as_data(state()), "unknown": 1},
        {**as_data(state()), "blocks": [{"text": "no kind"}]},
    ):
        with pytest.raises(ValueError, match="not a kept document"):
            from_data(wrong)
