from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='unitstate',
            name='is_ahead',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='lineage',
            name='is_ahead',
            field=models.BooleanField(default=False),
        ),
    ]
