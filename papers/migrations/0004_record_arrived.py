from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """In two steps: records that are here already came in at a time that nobody wrote down, and get none."""

    dependencies = [("papers", "0003_interest")]

    operations = [
        migrations.AddField("record", "arrived", models.DateTimeField(null=True)),
        migrations.AlterField(
            "record",
            "arrived",
            models.DateTimeField(db_default=Now(), help_text="empty where that was not kept", null=True),
        ),
    ]
