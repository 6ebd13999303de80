"""Three years of disclosures of the whole nation: board, search, matrix, poster (issue 5)."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .child import Stage
from .measuring import asked_again, in_turns, percentile, spending, statements
from .results import Result, at_most

MOST_GIGABYTES = 20.0
MOST_STATEMENTS = 12
MOST_TIMES = 2.0
MOST_TURNING = 120.0  # s, by a worker, once a day
MOST_NEAR, MOST_FAR = 50.0, 200.0  # ms of database time: a commune or province, the nation
MOST_POSTER = 1.0  # s
STANDARD = "/bench/rows/"
TURNS = 30
# How often a statement is asked again: the server's clock counts in hundredths of a second.
REPEATS = 40
QUESTIONS = (
    ("a rare word", "tu bổ"),
    ("a word in nearly all", "xa"),
    ("a common word", "ngan sach"),
    ("several words", "quyết toán thu chi ngân sách 2024"),
    ("a word with accents", "nghèo"),
    ("a word that is nowhere", "khonghecotunay"),
)


def measure(stage: Stage, seed: int, scale: str) -> list[Result]:
    """Write the notices of the country that is there, then measure what stands on them."""
    return [
        *_written(scale, seed),
        *_pages(stage),
        *_searches(stage),
        *_poster(stage),
    ]


def _written(scale: str, seed: int) -> list[Result]:
    from django.db import connection

    from danchu.civic.disclosure.models import Notice, Posting
    from danchu.demo.simulate.notices_written import notices_in_bulk
    from danchu.demo.simulate.run import plan_for

    began = time.monotonic()
    plan = plan_for(scale, seed)
    if _is_light():
        plan = replace(plan, scale=replace(plan.scale, villages=0, workplaces=0))
    written = notices_in_bulk(plan, _told)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    seconds = time.monotonic() - began
    told = (
        f"{written} notices of {plan.scale.communes} communes, {Posting.objects.count()} postings"
    )
    if Notice.objects.count() != written:
        raise RuntimeError("there are other notices than were written")
    return [
        *_standings(told),
        at_most(
            "size of the database with three years of disclosures",
            size / 1e9,
            MOST_GIGABYTES,
            "GB",
            f"{told}, written in {seconds / 60:.1f} minutes on the clock of a shared machine",
        ),
    ]


def _standings(told: str) -> list[Result]:
    """What the worker does at the turn of the day, first of all for the year that is new."""
    from danchu.civic.disclosure.folding import turn_of_day
    from danchu.civic.disclosure.models import ClauseStanding, ClauseYear
    from danchu.core.clock import today

    found = []
    for name in ("of a new year", "of an ordinary day"):
        ClauseYear.objects.update(judged_on=today() - dt.timedelta(days=1))
        with spending(with_database=True) as spent:
            turn_of_day()
        found.append(
            at_most(
                f"standings of communes brought to the day, {name}",
                spent.cpu,
                MOST_TURNING,
                "s",
                f"{ClauseStanding.objects.count()} of them, {told}; processor time of this "
                "process and of the database",
            )
        )
    return found


def _is_light() -> bool:
    from danchu.core.units.models import Unit

    return not Unit.objects.filter(level="village", is_demo=True).exists()


def _told(name: str, number: int, of: int) -> None:
    print(f"{number}/{of} {name}", file=sys.stderr)


def _code(unit_id: int) -> tuple[str, str]:
    from danchu.core.units.models import UnitState

    state = UnitState.objects.get(unit_id=unit_id, valid_to=None)
    return state.code, state.name


def _pages(stage: Stage) -> list[Result]:
    """The board of a commune, made anew; the matrix of a province and of a commune."""
    from danchu.core.accounts.models import Account
    from danchu.web.portal.addresses import address_of_code
    from danchu.web.portal.caching import forget_all

    from .browser import Browser, cookie_of

    land = stage.land()
    province, _name = _code(land.province)
    commune = land.communes[0]
    email = f"committee.{province.lower()}@minhhoa.example"
    officer = Browser(cookie_of(Account.objects.get(email=email)))
    nation, _name = _code(land.nation)
    central = Browser(cookie_of(_committee_of(land.nation)))
    board = f"{address_of_code(*_code(commune))}cong-khai/"
    year = stage.today.year - 1  # the last whole year of the plan
    found = []
    for name, browser, address in (
        ("board of a commune, not kept", Browser(), board),
        ("board of a commune, third page, by clause", Browser(), f"{board}?khoan=xa_ck_03&trang=3"),
        ("matrix of a province", officer, f"/office/cong-khai/ma-tran/{province}/{year}/"),
        ("quarter of a province", officer, f"/office/cong-khai/ma-tran/{province}/{year}Q2/"),
        ("matrix of the nation", central, f"/office/cong-khai/ma-tran/{nation}/{year}/"),
        ("matrix of a commune", officer, f"/office/cong-khai/ma-tran/{_code(commune)[0]}/{year}/"),
    ):
        found += _page(name, browser, officer, address, forget_all)
    return found


def _committee_of(nation: int) -> Any:
    """Somebody who oversees the whole country; nobody else of the plan does."""
    from danchu.core.accounts.services import add_person
    from danchu.core.contracts import OPERATOR

    return add_person(
        actor=OPERATOR,
        email="committee.nation@minhhoa.example",
        name="Người Mẫu",
        post="Ban Chỉ đạo",
        unit_id=nation,
        role="committee",
        is_demo=True,
    ).account


def _page(
    name: str, browser: Any, officer: Any, address: str, forget: Callable[[], None]
) -> list[Result]:
    browser.get(address)
    forget()
    with statements() as sent:
        size = len(browser.get(address))
    pair = in_turns(
        lambda: browser.get(address), lambda: officer.get(STANDARD), times=TURNS, before=forget
    )
    seconds = asked_again(sent.sent, REPEATS)
    return [
        at_most(
            f"{name}: statements",
            len(sent.sent),
            MOST_STATEMENTS,
            "statements",
            f"{address}; {seconds * 1000:.1f} ms of processor time of the database for all of "
            f"them, {size} bytes as sent",
        ),
        at_most(
            f"{name}: processor time",
            pair.ratio,
            MOST_TIMES,
            "times a bare page",
            f"through the WSGI door, {TURNS} turns, medians {pair.measured * 1000:.2f} ms and "
            f"{pair.standard * 1000:.2f} ms",
        ),
    ]


def _searches(stage: Stage) -> list[Result]:
    from danchu.core.contracts import NOBODY
    from danchu.core.search.selectors import search

    land = stage.land()
    places: tuple[tuple[str, dict[str, int], float], ...] = (
        ("a commune", {"below": land.communes[0]}, MOST_NEAR),
        ("a province", {"below": land.province}, MOST_NEAR),
        ("the nation", {}, MOST_FAR),
    )
    found = []
    for question, words in QUESTIONS:
        for place, scope, budget in places:
            with statements() as sent:
                hits = search(NOBODY, words, kinds=["disclosure"], **scope)
            many = f"more than {hits.total}" if hits.more else str(hits.total)
            found.append(
                at_most(
                    f"search in {place}, {question}",
                    asked_again(sent.sent, REPEATS) * 1000,
                    budget,
                    "ms",
                    f"“{words}”: {many} found; {len(sent.sent)} statements asked again {REPEATS} "
                    "times, processor time of the database",
                )
            )
    return found


def _poster(stage: Stage) -> list[Result]:
    from danchu.civic.disclosure.models import Notice
    from danchu.web.portal.addresses import address_of_code
    from danchu.web.portal.caching import forget_all

    from .browser import Browser

    commune = stage.land().communes[0]
    notice = Notice.objects.filter(record__unit_id=commune).order_by("-pk")[0]
    browser = Browser()
    start = f"{address_of_code(*_code(commune))}cong-khai/{notice.record.public_id}/to-dan-"
    found = []
    for paper in ("a4", "a3"):
        browser.get(f"{start}{paper}.pdf")  # the typesetter reads its fonts once
        times = []
        for _ in range(5):
            forget_all()
            with spending(with_database=True) as spent:
                size = len(browser.get(f"{start}{paper}.pdf"))
            times.append(spent.cpu)
        found.append(
            at_most(
                f"poster of a notice, {paper.upper()}",
                percentile(times, 0.5),
                MOST_POSTER,
                "s",
                f"median of 5, processor time of this process and of the database; {size} bytes",
            )
        )
    return found
