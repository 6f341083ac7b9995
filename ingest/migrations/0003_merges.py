import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models

# Few records say which other records they are of. The importer asks for each new record whether one of them names it.
NAMES = """
CREATE INDEX record_same_as ON papers_record USING gin ((data->'same_as')) WHERE data ? 'same_as'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('ingest', '0002_harvest'),
        ('papers', '0002_change_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='Apart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one', models.TextField(help_text='the name that sorts first')),
                ('other', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.TextField(blank=True)),
            ],
            options={
                'verbose_name_plural': 'kept apart',
                'indexes': [models.Index(fields=['other'], name='apart_other')],
                'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='apart_once')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField()),
                ('source_id', models.TextField(help_text='the record that brought the evidence')),
                ('title', models.TextField()),
                ('paper', models.BigIntegerField(help_text='id of the paper that was kept')),
                ('paper_title', models.TextField()),
                ('records', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), help_text='SOURCE:ID of all records that came', size=None)),
                ('stayed', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='SOURCE:ID of those that were left at the undoing', size=None)),
                ('emptied', models.BigIntegerField(help_text='id of the paper that they came from, and go back to', null=True)),
                ('evidence', models.TextField(choices=[('id', 'a source says so'), ('doi', 'DOI'), ('title', 'title and authors'), ('near-title', 'nearly the same title, and authors')])),
                ('score', models.FloatField(help_text='from 0 to 1')),
                ('detail', models.JSONField(default=dict)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('undone', models.DateTimeField(null=True)),
                ('undone_by', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'source_id'], name='merge_record'), models.Index(fields=['-at'], name='merge_latest')],
            },
        ),
        migrations.RunSQL(NAMES, "DROP INDEX record_same_as"),
    ]
