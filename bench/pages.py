"""List and dashboard pages: statements and processor time, whatever the amount of data."""

from __future__ import annotations

from dataclasses import dataclass

from .child import Stage
from .measuring import in_turns, statements
from .results import Result, at_most

TIMES = 60
STANDARD = "/bench/rows/"
MOST_STATEMENTS = 12
MOST_TIMES = 2.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page and who looks at it; "" is a citizen, whose page is made anew each time."""

    name: str
    address: str
    person: str


PAGES = (
    Page("office home", "/office/", "ghiviec.benmau"),
    Page("office home of a province", "/office/", "bcd.tinh"),
    Page("records list", "/office/ghi-viec/?trang=3", "ghiviec.benmau"),
    Page("readings list", "/office/ra-soat/", "baocao.benmau"),
    Page("reports list", "/office/bao-cao/", "baocao.benmau"),
    Page("figures table", "/office/so-lieu/9A001/nd09:2026H1/", "baocao.benmau"),
    Page("figures table of a province", "/office/so-lieu/9A/nd09:2026H1/", "bcd.tinh"),
    Page("overview of a commune", "/office/toan-canh/9A001/nd09:2026H1/", "baocao.benmau"),
    Page("overview of a province", "/office/toan-canh/9A/nd09:2026H1/", "bcd.tinh"),
    Page("people list", "/office/nguoi-dung/", "quantri.benmau"),
    Page("unit page of the portal, not kept", "/dia-phuong/9A001-xa-ben-mau/", ""),
    Page("dialogue list of the portal, not kept", "/dia-phuong/9A001-xa-ben-mau/doi-thoai/", ""),
)


def measure(stage: Stage) -> list[Result]:
    """Each page against the bare page, in turns."""
    from danchu.core.accounts.models import Account
    from danchu.web.portal.caching import forget_all

    from .browser import Browser, cookie_of
    from .bulk import fill_commune

    told = fill_commune(stage.today)
    found = []
    for page in PAGES:
        cookie = cookie_of(
            Account.objects.get(email=f"{page.person or 'baocao.benmau'}@minhhoa.example")
        )
        standard = Browser(cookie)
        browser = standard if page.person else Browser()
        browser.get(page.address)
        forget_all()
        with statements() as sent:
            browser.get(page.address)
        pair = in_turns(
            lambda b=browser, p=page: b.get(p.address),  # type: ignore[misc]
            lambda s=standard: s.get(STANDARD),  # type: ignore[misc]
            times=TIMES,
            before=forget_all,
        )
        name = f"{page.name}, {stage.engine}"
        found.append(
            at_most(f"{name}: statements", len(sent.sent), MOST_STATEMENTS, "statements", told)
        )
        found.append(
            at_most(
                f"{name}: processor time",
                pair.ratio,
                MOST_TIMES,
                "times a bare page",
                f"through the WSGI door, {TIMES} turns, medians "
                f"{pair.measured * 1000:.2f} ms and {pair.standard * 1000:.2f} ms; the bare page: "
                "the same middleware, the signed-in person, a count and 25 rows with two "
                f"relations; {told}",
            )
        )
    return found
