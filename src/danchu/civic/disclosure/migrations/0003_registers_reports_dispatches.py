import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_documents_and_last_day_of_names'),
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CouncilReport',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='council_report', serialize=False, to='records.record')),
                ('period', models.CharField(max_length=6)),
                ('number', models.CharField(blank=True, max_length=80)),
                ('document', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='dispatch', serialize=False, to='records.record')),
                ('recipient', models.CharField(choices=[('front', 'Front'), ('council', 'Council')], max_length=8)),
                ('way', models.CharField(choices=[('paper', 'Paper'), ('system', 'System'), ('email', 'Email'), ('post', 'Post')], max_length=8)),
                ('number', models.CharField(blank=True, max_length=80)),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches_about', to='records.record')),
            ],
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('added_from', models.CharField(blank=True, max_length=7)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listed', to='disclosure.notice')),
                ('register', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='disclosure.notice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('register', 'order'), name='register_order_once'), models.UniqueConstraint(fields=('register', 'notice'), name='register_lists_once')],
            },
        ),
    ]
