"""A link that was shared opens the page it was copied from."""

from __future__ import annotations

from typing import Any

BOARD = "/dia-phuong/9A001-xa-ben-mau/cong-khai/"


def test_what_a_network_adds_to_a_shared_link_is_left_out(cast: Any, client: Any) -> None:
    led = client.get(f"{BOARD}?fbclid=IwAR0x&gidzl=a_-b&tinh-trang=dang-niem-yet&utm_source=zalo")
    assert (led.status_code, led["Location"]) == (301, f"{BOARD}?tinh-trang=dang-niem-yet")
    led = client.get("/dia-phuong/?UTM_Campaign=x")
    assert (led.status_code, led["Location"]) == (301, "/dia-phuong/")
    assert client.get(BOARD).status_code == 200


def test_what_nobody_adds_is_still_refused_and_no_other_host_is_named(
    cast: Any, client: Any
) -> None:
    assert client.get(f"{BOARD}?la=1").status_code == 400
    led = client.get("//evil.example/dia-phuong/?fbclid=1")
    assert not led.get("Location", "").startswith(("//", "http"))
    assert client.post(f"{BOARD}?fbclid=1").status_code in (403, 405)
