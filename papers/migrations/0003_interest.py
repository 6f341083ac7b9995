import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

COUNTS = [(name, models.IntegerField(db_default=0)) for name in ("pdf", "answers", "related", "stars", "opens")]


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_change_log")]
    operations = [
        migrations.CreateModel(
            name="DaySalt",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("salt", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("place", models.BinaryField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("readers", django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("site", models.BinaryField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("used", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                *COUNTS,
                ("paper", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="interest", serialize=False, to="papers.paper")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="InterestDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                *COUNTS,
                ("day", models.DateField()),
                ("paper", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="papers.paper")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("day", "paper"), name="interest_of_day")]},
        ),
    ]
