"""When a record that was written down for inside was first shown to everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="record",
            name="public_at",
            field=models.DateTimeField(null=True),
        ),
    ]
