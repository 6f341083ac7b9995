import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("ingest", "0004_merge_paper"), ("papers", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PdfText",
            fields=[
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="papers.paper",
                    ),
                ),
                ("address", models.TextField(help_text="of the version that was asked for")),
                ("text", models.BinaryField(default=b"", help_text="compressed by zlib")),
                ("pages", models.PositiveIntegerField(default=0)),
                ("is_whole", models.BooleanField(default=True, help_text="all pages were read")),
                ("reason", models.TextField(blank=True, help_text="why there is no text")),
                ("fetched", models.DateTimeField(db_default=Now())),
            ],
        ),
    ]
