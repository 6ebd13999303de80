"""Who may not see an overview is told so in words, and shown the way to the own one."""

from __future__ import annotations

NOW = "nd09:2026H1"


def test_an_overview_outside_the_scope_says_so_and_leads_to_the_own_one(cast, as_person, settle):
    client = as_person(cast.reporter_benmau)
    answer = client.get(f"/office/toan-canh/9A/{NOW}/")
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "tỉnh Minh Họa" in said and "ngoài phạm vi được xem" in said
    assert f'href="/office/toan-canh/9A001/{NOW}/"' in said
    assert client.get(f"/office/toan-canh/9A001/{NOW}/").status_code == 200
    # The name of a workplace elsewhere is not told.
    other = client.get(f"/office/toan-canh/9A.CN/{NOW}/")
    assert other.status_code in (403, 404)
    assert "Toàn cảnh này ngoài phạm vi" in other.content.decode() or other.status_code == 404
