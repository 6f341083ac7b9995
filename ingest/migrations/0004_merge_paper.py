from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ingest", "0003_merges")]

    operations = [
        migrations.AddIndex(model_name="merge", index=models.Index(fields=["paper"], name="merge_paper")),
    ]
