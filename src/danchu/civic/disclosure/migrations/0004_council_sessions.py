"""Days of regular sessions of the People's Council, by which its report is due."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0003_registers_reports_dispatches"),
        ("records", "0002_public_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="CouncilSession",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="council_session",
                        serialize=False,
                        to="records.record",
                    ),
                ),
            ],
        ),
    ]
