"""The same bytes handed in anywhere are found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["sha256_given"], name="stored_file_given"),
        ),
    ]
