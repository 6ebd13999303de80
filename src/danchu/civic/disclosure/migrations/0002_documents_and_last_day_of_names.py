import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0001_initial'),
        ('files', '0002_given'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='names_not_after',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='NoticeDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('removed_reason', models.CharField(blank=True, max_length=500)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='disclosure.notice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('notice', 'order'), name='notice_document_order_once'), models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('notice', 'file'), name='notice_document_file_once')],
            },
        ),
    ]
