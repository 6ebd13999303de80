from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("figures", "0002_comparisons")]

    operations = [
        migrations.RemoveIndex(model_name="cell", name="figures_cel_period__4311c6_idx"),
    ]
