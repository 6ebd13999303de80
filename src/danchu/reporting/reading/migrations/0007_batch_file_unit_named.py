"""A file of a batch that names another unit keeps which, where the person may write for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reading", "0006_another_unit"), ("units", "0002_ahead_of_release")]

    operations = [
        migrations.AddField(
            model_name="batchfile",
            name="other_unit",
            field=models.ForeignKey(
                null=True, on_delete=models.deletion.PROTECT, to="units.unit"
            ),
        ),
    ]
