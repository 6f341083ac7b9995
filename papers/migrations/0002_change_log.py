from django.db import migrations

# Statement triggers with transition tables: one INSERT ... SELECT per statement, however many rows it touched.
# pg_current_xact_id() never wraps around, so it orders changes for good.
FORWARDS = """
CREATE FUNCTION papers_log_created() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO papers_change (paper_id, kind, transaction)
    SELECT id, 'I', pg_current_xact_id()::text::bigint FROM fresh;
    RETURN NULL;
END $$;

CREATE FUNCTION papers_log_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO papers_change (paper_id, kind, transaction)
    SELECT fresh.id, 'U', pg_current_xact_id()::text::bigint
    FROM fresh JOIN stale USING (id) WHERE fresh.content_hash <> stale.content_hash;
    RETURN NULL;
END $$;

CREATE FUNCTION papers_log_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO papers_change (paper_id, kind, transaction)
    SELECT id, 'D', pg_current_xact_id()::text::bigint FROM stale;
    RETURN NULL;
END $$;

CREATE TRIGGER papers_created AFTER INSERT ON papers_paper
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION papers_log_created();
CREATE TRIGGER papers_updated AFTER UPDATE ON papers_paper
    REFERENCING NEW TABLE AS fresh OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION papers_log_updated();
CREATE TRIGGER papers_deleted AFTER DELETE ON papers_paper
    REFERENCING OLD TABLE AS stale FOR EACH STATEMENT EXECUTE FUNCTION papers_log_deleted();
"""
BACKWARDS = """
DROP TRIGGER papers_created ON papers_paper;
DROP TRIGGER papers_updated ON papers_paper;
DROP TRIGGER papers_deleted ON papers_paper;
DROP FUNCTION papers_log_created(), papers_log_updated(), papers_log_deleted();
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
