"""Several processes append at once, on the real engine: the chain stays one chain."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from danchu.core.ledger import selectors
from danchu.core.ledger.models import Entry

WRITERS, EACH = 3, 15

# Each writer waits for the others to be up, so that they really meet.
WRITER = """
import os, pathlib, sys, time
import django
from django.conf import settings
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.db import transaction
from danchu.core.contracts import OPERATOR
from danchu.core.ledger.services import log_action
meet = pathlib.Path(sys.argv[2])
(meet / str(os.getpid())).touch()
while len(list(meet.iterdir())) < int(sys.argv[3]):
    time.sleep(0.01)
for number in range(int(sys.argv[4])):
    with transaction.atomic():
        log_action("test.done", actor=OPERATOR, record_id=number, data={"n": number})
"""


def append_at_once(name: str, tmp_path: Path) -> None:
    meet = tmp_path / "meet"
    meet.mkdir()
    command = [sys.executable, "-c", WRITER, name, str(meet), str(WRITERS), str(EACH)]
    running = [
        subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors


@pytest.mark.django_db(transaction=True)
def test_writers_in_several_processes_keep_one_chain(tmp_path: Path) -> None:
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        connection.close()
        append_at_once(name, tmp_path)
        assert selectors.verify() == selectors.Verification(True, WRITERS * EACH, None, "")
        return
    # The test database of SQLite lives in memory; the writers need one in a file.
    name = str(tmp_path / "chain.sqlite3")
    make = """
import sys, os, django
from django.conf import settings
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.db import connection
from danchu.core.ledger.models import Entry, EntrySalt, Head, DailyRoot
with connection.schema_editor() as editor:
    for model in (Entry, EntrySalt, Head, DailyRoot):
        editor.create_model(model)
"""
    subprocess.run([sys.executable, "-c", make, name], check=True, timeout=60)
    append_at_once(name, tmp_path)
    check = """
import sys, os, django
from django.conf import settings
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from danchu.core.ledger.selectors import verify
print(verify().ok, verify().entries)
"""
    told = subprocess.run(
        [sys.executable, "-c", check, name], check=True, timeout=60, capture_output=True, text=True
    )
    assert told.stdout.split() == ["True", str(WRITERS * EACH)]
    assert settings.DATABASES["default"]["NAME"] != name
    assert not Entry.objects.exists()
