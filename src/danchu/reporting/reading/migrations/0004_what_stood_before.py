"""What was read before 0003: the period and place each figure counts in, and the words of texts."""

from django.db import migrations, models

from danchu.reporting.reading.likeness import likeness_of


def fill(apps, schema_editor):
    figures = apps.get_model("reading", "ReadFigure")
    documents = apps.get_model("reading", "ReadDocument")
    of_report = documents.objects.filter(pk=models.OuterRef("document_id")).values("period_id")
    figures.objects.update(period_id=models.Subquery(of_report), decided_scope=models.F("scope"))
    for pk in list(documents.objects.order_by("pk").values_list("pk", flat=True)):
        document = documents.objects.only("pk", "text").get(pk=pk)
        documents.objects.filter(pk=pk).update(likeness=likeness_of(document.text))


class Migration(migrations.Migration):
    dependencies = [("reading", "0003_review_desk")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
