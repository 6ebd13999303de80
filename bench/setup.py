"""A fresh installation: migrations, the whole country, the demonstration the others stand on."""

from __future__ import annotations

from pathlib import Path

from .child import Stage
from .measuring import Spent, spending
from .results import Result, at_most

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements" / "runtime.txt"


def measure(stage: Stage) -> list[Result]:
    """Set up as ``danchu init --demo`` does, its slow parts timed one by one."""
    from django.core.management import call_command

    from danchu.cli.references import reference_sets
    from danchu.cli.static_files import collect_when_stale
    from danchu.core.accounts import installation
    from danchu.demo.load import load_demo

    with spending(with_database=True) as migrating:
        call_command("migrate", interactive=False, verbosity=0)
    loading = Spent()
    for one in reference_sets():
        with spending(with_database=True) as spent:
            one.apply(one.folder)
        if one.name == "units":
            loading = spent
    installation.set_up(mode=installation.DEMO, serves=[], loading=True)
    load_demo()
    installation.loaded()
    collect_when_stale()
    found = [
        at_most(f"migrations, {stage.engine}", migrating.cpu, 15, "s", _told(migrating, "migrate")),
        at_most(
            f"whole country loaded, {stage.engine}",
            loading.cpu,
            15,
            "s",
            _told(loading, "the reference set of units into an empty database"),
        ),
    ]
    if stage.engine == "SQLite":
        found.append(
            at_most(
                "runtime distributions",
                distributions(REQUIREMENTS.read_text(encoding="utf-8")),
                60,
                "distributions",
                "pinned names in requirements/runtime.txt, whatever the platform",
            )
        )
    return found


def distributions(lock: str) -> int:
    """How many distributions a hashed requirements file pins."""
    return sum("==" in line and not line.startswith((" ", "#")) for line in lock.splitlines())


def _told(spent: Spent, what: str) -> str:
    return (
        f"{what}; processor time of this process and of the database server, "
        f"{spent.wall:.1f} s on the clock of a shared machine"
    )
