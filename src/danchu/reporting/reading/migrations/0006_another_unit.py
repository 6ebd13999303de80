"""A text that names another unit than its batch waits for a person's decision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reading", "0005_rules")]

    operations = [
        migrations.AddField(
            model_name="batchfile",
            name="is_own",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="batchfile",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("done", "Done"),
                    ("duplicate", "Duplicate"),
                    ("other_unit", "Other Unit"),
                    ("failed", "Failed"),
                    ("left_out", "Left Out"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
    ]
