"""The kept copy of a compared text is held on to: a file that nothing refers to is swept away."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial"), ("files", "0002_given")]

    operations = [
        migrations.RenameField("localconfirmation", "file_id", "file"),
        migrations.AlterField(
            "localconfirmation",
            "file",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
    ]
