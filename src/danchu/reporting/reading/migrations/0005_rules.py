"""The rule that took a figure, kept with it and with what a person made of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reading", "0004_what_stood_before")]

    operations = [
        migrations.AddField(
            model_name="readfigure",
            name="rule",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AddField(
            model_name="correction",
            name="rule",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
    ]
