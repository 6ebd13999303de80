import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0001_initial'),
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='correction',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims_answered', to='records.record'),
        ),
        migrations.AddField(
            model_name='claim',
            name='cancelled_as',
            field=models.CharField(blank=True, choices=[('twice', 'Twice'), ('mistake', 'Mistake'), ('spam', 'Spam'), ('elsewhere', 'Elsewhere'), ('harmful', 'Harmful')], default='', max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='claim',
            name='cancel_note',
            field=models.CharField(blank=True, default='', max_length=300),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='claim',
            name='outcome',
            field=models.CharField(blank=True, choices=[('corrected', 'Corrected'), ('stands', 'Stands'), ('withdrawn', 'Withdrawn'), ('noted', 'Noted')], max_length=10),
        ),
    ]
