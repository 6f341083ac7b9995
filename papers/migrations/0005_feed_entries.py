import django.db.models.deletion
from django.db import migrations, models

# What is here already was told by no feed: it stands where it would have stood.
HERE_ALREADY = """
INSERT INTO papers_feedentry (paper_id, list, track, venue, told, name)
SELECT place.paper_id, place.category, '', '',
       least(place.day::timestamp AT TIME ZONE 'America/New_York', date_trunc('second', now())), paper.key
FROM (
    SELECT DISTINCT ON (paper_id, category) paper_id, category, day, kind, position FROM papers_listing
    WHERE kind <> 'replacement' ORDER BY paper_id, category, day
) place JOIN papers_paper paper ON paper.id = place.paper_id
ORDER BY place.day, place.kind = 'new', place.position DESC NULLS FIRST, paper.key;

INSERT INTO papers_feedentry (paper_id, list, track, venue, told, name)
SELECT place.paper_id, edition.name, place.track, venue.name,
       least(make_timestamptz(edition.year, 1, 1, 0, 0, 0, 'UTC'), date_trunc('second', now())), paper.key
FROM papers_appearance place
JOIN papers_edition edition ON edition.id = place.edition_id
JOIN papers_venue venue ON venue.id = edition.venue_id
JOIN papers_paper paper ON paper.id = place.paper_id
ORDER BY edition.year, place.position DESC NULLS FIRST, paper.key;
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0004_record_arrived")]
    operations = [
        migrations.CreateModel(
            name="FeedEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list", models.TextField(help_text="a category, or the name of an edition")),
                ("track", models.TextField(help_text="of an edition")),
                ("venue", models.TextField(help_text="the edition's; empty for a category")),
                ("told", models.DateTimeField(help_text="in whole seconds; entries of one moment go by id")),
                ("name", models.TextField(help_text="what ids of entries are made of: the first key that the paper was told under")),
                ("paper", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="papers.paper")),
            ],
        ),
        migrations.RunSQL(HERE_ALREADY, migrations.RunSQL.noop),
        migrations.AddIndex("FeedEntry", models.Index(fields=["list", "told", "id"], name="feed_entry_list")),
        migrations.AddIndex(
            "FeedEntry",
            models.Index(fields=["venue", "told", "id"], name="feed_entry_venue", condition=~models.Q(venue="")),
        ),
        migrations.AddIndex(
            "FeedEntry",
            models.Index(fields=["told", "id"], name="feed_entry_latest", condition=~models.Q(venue="")),
        ),
        migrations.AddConstraint(
            "FeedEntry", models.UniqueConstraint(fields=["paper", "list", "track"], name="feed_entry_once")
        ),
        migrations.AddIndex("Change", models.Index(fields=["paper_id", "at"], name="change_paper")),
    ]
