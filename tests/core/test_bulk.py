"""References that are checked in one go: taken away while a country is written, and put back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection

from danchu.core.bulk import references_checked_at_the_end, restore_references
from danchu.core.work.models import Task

DAY = dt.date(2026, 6, 10)
pytestmark = pytest.mark.django_db(transaction=True)


def checked_columns() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Task._meta.db_table)
    return {one["columns"][0] for one in found.values() if one["foreign_key"]}


def a_task_of_nobody() -> Task:
    return Task(unit_id=987654321, kind="round.submit", title="Việc mẫu", starts_on=DAY, key="mẫu")


def test_every_reference_is_back_after_the_writing_and_after_a_failure_in_it():
    before = checked_columns()
    with references_checked_at_the_end([Task]):
        during = checked_columns()
    assert checked_columns() == before
    # SQLite checks row by row all the time.
    assert during == (set() if connection.vendor == "postgresql" else before)
    with pytest.raises(RuntimeError), references_checked_at_the_end([Task]):
        raise RuntimeError
    assert checked_columns() == before
    restore_references([Task])
    assert checked_columns() == before


def test_a_row_that_points_nowhere_is_refused_at_the_end():
    before = checked_columns()
    with pytest.raises(IntegrityError), references_checked_at_the_end([Task]):
        a_task_of_nobody().save()
    Task.objects.all().delete()
    restore_references([Task])
    assert checked_columns() == before
    with pytest.raises(IntegrityError):
        a_task_of_nobody().save()
